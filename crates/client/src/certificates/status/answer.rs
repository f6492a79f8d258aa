use time::{Duration, OffsetDateTime};
use x509_cert::der::oid::ObjectIdentifier;
use x509_cert::der::{Decode, Encode};
use x509_cert::ext::pkix::CrlReason;
use x509_ocsp::{BasicOcspResponse, CertStatus, OcspGeneralizedTime, OcspResponse, OcspResponseStatus, SingleResponse};
use x509_parser::asn1_rs::BitString;
use x509_parser::prelude::{AlgorithmIdentifier, FromDer, X509Certificate};
use x509_parser::verify::verify_signature;

use super::question::Question;
use super::revocation_status::RevocationStatus;
use crate::certificates::judge::CLOCK_ALLOWANCE;

/// `id-pkix-ocsp-basic` (RFC 6960 §4.2.1).
const BASIC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.48.1.1");
/// How old an answer without an end may be. Such an answer says that newer information is always available (RFC 6960
/// §4.2.2.1).
const ENDLESS: Duration = Duration::DAY;

/// Reads what a responder says about the certificate of the question. Returns none unless the CA, or a responder to
/// which the CA delegates, has signed it (RFC 6960 §3.2), and unless it holds now.
pub(super) fn read(der: &[u8], question: &Question, now: OffsetDateTime) -> Option<RevocationStatus> {
    let response = OcspResponse::from_der(der).ok()?;
    let bytes = response.response_bytes.filter(|_| response.response_status == OcspResponseStatus::Successful)?;
    if bytes.response_type != BASIC {
        return None;
    }
    let basic = BasicOcspResponse::from_der(bytes.response.as_bytes()).ok()?;
    if !is_proved(&basic, question.authority(), now)? {
        return None;
    }
    let mut about = basic.tbs_response_data.responses.iter().filter(|one| question.is_about(&one.cert_id));
    about.find(|one| holds(one, now)).map(|one| status(&one.cert_status))
}

fn status(status: &CertStatus) -> RevocationStatus {
    match status {
        CertStatus::Good(_) => RevocationStatus::Good,
        CertStatus::Revoked(revoked) if revoked.revocation_reason == Some(CrlReason::CertificateHold) => {
            RevocationStatus::OnHold
        }
        CertStatus::Revoked(_) => RevocationStatus::Revoked,
        CertStatus::Unknown(_) => RevocationStatus::Unknown,
    }
}

/// Returns whether the answer holds now, by a clock that may be wrong by some minutes.
fn holds(one: &SingleResponse, now: OffsetDateTime) -> bool {
    let (Some(from), until) = (moment(&one.this_update), one.next_update.as_ref().map(moment)) else { return false };
    let until = until.unwrap_or_else(|| from.checked_add(ENDLESS));
    let begins = from.checked_sub(CLOCK_ALLOWANCE).is_none_or(|from| from <= now);
    begins && until.and_then(|until| until.checked_add(CLOCK_ALLOWANCE)).is_none_or(|until| now <= until)
}

/// Returns whether the CA's key, or the key of a certificate by which the CA delegates, verifies the signature. Returns
/// none if the answer cannot be read.
fn is_proved(basic: &BasicOcspResponse, authority: &[u8], now: OffsetDateTime) -> Option<bool> {
    let (_, authority) = X509Certificate::from_der(authority).ok()?;
    let signed = basic.tbs_response_data.to_der().ok()?;
    let (algorithm, signature) = (basic.signature_algorithm.to_der().ok()?, basic.signature.to_der().ok()?);
    let (_, algorithm) = AlgorithmIdentifier::from_der(&algorithm).ok()?;
    let (_, signature) = BitString::from_der(&signature).ok()?;
    let by =
        |signer: &X509Certificate<'_>| verify_signature(signer.public_key(), &algorithm, &signature, &signed).is_ok();
    let delegated = basic.certs.iter().flatten().filter_map(|certificate| certificate.to_der().ok());
    let by_delegate = |der: &Vec<u8>| {
        X509Certificate::from_der(der).is_ok_and(|(_, one)| is_delegate(&one, &authority, now) && by(&one))
    };
    Some(by(&authority) || delegated.into_iter().any(|der| by_delegate(&der)))
}

/// Returns whether the CA has issued the certificate for the signing of OCSP answers, and the certificate is valid (RFC
/// 6960 §4.2.2.2).
fn is_delegate(certificate: &X509Certificate<'_>, authority: &X509Certificate<'_>, now: OffsetDateTime) -> bool {
    let signs_answers =
        certificate.extended_key_usage().is_ok_and(|usage| usage.is_some_and(|usage| usage.value.ocsp_signing));
    let validity = certificate.validity();
    let (from, until) = (validity.not_before.to_datetime(), validity.not_after.to_datetime());
    signs_answers
        && from.saturating_sub(CLOCK_ALLOWANCE) <= now
        && now <= until.saturating_add(CLOCK_ALLOWANCE)
        && certificate.issuer().as_raw() == authority.subject().as_raw()
        && certificate.verify_signature(Some(authority.public_key())).is_ok()
}

fn moment(time: &OcspGeneralizedTime) -> Option<OffsetDateTime> {
    OffsetDateTime::from_unix_timestamp(i64::try_from(time.0.to_unix_duration().as_secs()).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use rcgen::{CertificateParams, CustomExtension, ExtendedKeyUsagePurpose, KeyPair, SigningKey};
    use x509_cert::Certificate;
    use x509_cert::der::DateTime;
    use x509_cert::der::asn1::{BitString as DerBits, OctetString};
    use x509_cert::spki::AlgorithmIdentifierOwned;
    use x509_ocsp::{CertId, ResponderId, ResponseData, RevokedInfo, Version};

    use super::*;
    use crate::certificates::tests::test_client::{Ca, NOW};

    /// `ecdsa-with-SHA256` (RFC 5758 §3.2).
    const ECDSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.2");

    /// DER of AuthorityInfoAccess with one OCSP responder (RFC 5280 §4.2.2.1).
    fn access(address: &str) -> CustomExtension {
        let mut place = vec![0x06, 8, 0x2b, 6, 1, 5, 5, 7, 0x30, 1, 0x86, u8::try_from(address.len()).unwrap()];
        place.extend(address.as_bytes());
        let sequence = |content: Vec<u8>| [vec![0x30, u8::try_from(content.len()).unwrap()], content].concat();
        CustomExtension::from_oid_content(&[1, 3, 6, 1, 5, 5, 7, 1, 1], sequence(sequence(place)))
    }

    /// A CA, the question about one of its certificates, and the certificate's ID in answers.
    struct Asked {
        ca: Ca,
        question: Question,
        id: CertId,
    }

    fn asked() -> Asked {
        let ca = Ca::root("Bank CA");
        let mut parameters = CertificateParams::default();
        (parameters.not_before, parameters.not_after) = (NOW - Duration::DAY, NOW + Duration::DAY);
        parameters.custom_extensions = vec![access("http://ocsp.example/")];
        let certificate = ca.issue_from(parameters, &KeyPair::generate().unwrap());
        let question = Question::about(&certificate, &[Ca::root("Bank CA").der, ca.der.clone()]).unwrap();
        assert_eq!(question.responder().as_str(), "http://ocsp.example/");
        let request = x509_ocsp::OcspRequest::from_der(&question.to_der().unwrap()).unwrap();
        let id = request.tbs_request.request_list[0].req_cert.clone();
        Asked { ca, question, id }
    }

    fn time(at: OffsetDateTime) -> OcspGeneralizedTime {
        let seconds = u64::try_from(at.unix_timestamp()).unwrap();
        DateTime::from_unix_duration(std::time::Duration::from_secs(seconds)).unwrap().into()
    }

    fn about(id: &CertId, cert_status: CertStatus, (from, until): (Duration, Option<Duration>)) -> SingleResponse {
        SingleResponse {
            cert_id: id.clone(),
            cert_status,
            this_update: time(NOW + from),
            next_update: until.map(|until| time(NOW + until)),
            single_extensions: None,
        }
    }

    fn signed(single: SingleResponse, key: &impl SigningKey, certs: Vec<Certificate>) -> Vec<u8> {
        let tbs_response_data = ResponseData {
            version: Version::V1,
            responder_id: ResponderId::ByKey(OctetString::new([7; 20]).unwrap()),
            produced_at: time(NOW),
            responses: vec![single],
            response_extensions: None,
        };
        let signature = key.sign(&tbs_response_data.to_der().unwrap()).unwrap();
        let basic = BasicOcspResponse {
            tbs_response_data,
            signature_algorithm: AlgorithmIdentifierOwned { oid: ECDSA, parameters: None },
            signature: DerBits::from_bytes(&signature).unwrap(),
            certs: (!certs.is_empty()).then_some(certs),
        };
        OcspResponse::successful(basic).unwrap().to_der().unwrap()
    }

    fn revoked(reason: Option<CrlReason>) -> CertStatus {
        CertStatus::revoked(RevokedInfo { revocation_time: time(NOW - Duration::HOUR), revocation_reason: reason })
    }

    const USUAL: (Duration, Option<Duration>) = (Duration::ZERO, Some(Duration::HOUR));

    #[test]
    fn what_the_ca_says_is_read() {
        let Asked { ca, question, id } = asked();
        let said = |status| read(&signed(about(&id, status, USUAL), ca.key(), Vec::new()), &question, NOW);
        assert_eq!(said(CertStatus::good()), Some(RevocationStatus::Good));
        assert_eq!(said(revoked(None)), Some(RevocationStatus::Revoked));
        assert_eq!(said(revoked(Some(CrlReason::KeyCompromise))), Some(RevocationStatus::Revoked));
        assert_eq!(said(revoked(Some(CrlReason::CertificateHold))), Some(RevocationStatus::OnHold));
        assert_eq!(said(CertStatus::unknown()), Some(RevocationStatus::Unknown));
    }

    #[test]
    fn an_answer_counts_only_while_it_holds() {
        let Asked { ca, question, id } = asked();
        let said = |dates| {
            let answer = signed(about(&id, CertStatus::good(), dates), ca.key(), Vec::new());
            read(&answer, &question, NOW).is_some()
        };
        let (minutes, day) = (Duration::minutes, Duration::DAY);
        assert!(said((-day * 7, Some(minutes(-10)))), "a clock may be wrong by ten minutes");
        assert!(!said((-day * 7, Some(minutes(-11)))));
        assert!(said((minutes(10), Some(day))));
        assert!(!said((minutes(11), Some(day))));
        assert!(said((-day, None)));
        assert!(!said((-day * 2, None)), "an answer without an end is soon old");
    }

    #[test]
    fn only_the_ca_and_whom_it_delegates_to_are_believed() {
        let Asked { ca, question, id } = asked();
        let other = KeyPair::generate().unwrap();
        let single = || about(&id, CertStatus::good(), USUAL);
        assert_eq!(read(&signed(single(), &other, Vec::new()), &question, NOW), None);
        let delegate = |ca: &Ca, purpose, until| {
            let mut parameters = CertificateParams::default();
            (parameters.not_before, parameters.not_after) = (NOW - Duration::DAY, NOW + until);
            parameters.extended_key_usages = vec![purpose];
            Certificate::from_der(&ca.sign(parameters, &other)).unwrap()
        };
        let said = |certificate| read(&signed(single(), &other, vec![certificate]), &question, NOW);
        let (signing, day) = (ExtendedKeyUsagePurpose::OcspSigning, Duration::DAY);
        assert_eq!(said(delegate(&ca, signing.clone(), day)), Some(RevocationStatus::Good));
        assert_eq!(said(delegate(&ca, ExtendedKeyUsagePurpose::ClientAuth, day)), None, "another purpose");
        assert_eq!(said(delegate(&ca, signing.clone(), -Duration::HOUR)), None, "expired");
        assert_eq!(said(delegate(&Ca::root("Bank CA"), signing, day)), None, "another CA of the same name");
    }

    #[test]
    fn nothing_else_is_an_answer() {
        let Asked { ca, question, id } = asked();
        let theirs = asked().id;
        assert_eq!(
            read(&signed(about(&theirs, CertStatus::good(), USUAL), ca.key(), Vec::new()), &question, NOW),
            None
        );
        let answer = signed(about(&id, CertStatus::good(), USUAL), ca.key(), Vec::new());
        for length in 0..answer.len() {
            assert_eq!(read(&answer[..length], &question, NOW), None, "{length}");
        }
        for at in 0..answer.len() {
            let mut changed = answer.clone();
            changed[at] ^= 1;
            // The status and the name of the hash are not all that is signed. No bit of what is signed may change.
            let said = read(&changed, &question, NOW);
            assert!(said.is_none() || said == Some(RevocationStatus::Good), "{at}");
        }
        let refused = OcspResponse::try_later().to_der().unwrap();
        assert_eq!(read(&refused, &question, NOW), None);
    }

    #[test]
    fn only_a_certificate_of_a_known_ca_that_names_a_responder_is_asked_about() {
        let ca = Ca::root("Bank CA");
        let certificate = |address: Option<&str>| {
            let mut parameters = CertificateParams::default();
            (parameters.not_before, parameters.not_after) = (NOW - Duration::DAY, NOW + Duration::DAY);
            parameters.custom_extensions = address.map(access).into_iter().collect();
            ca.issue_from(parameters, &KeyPair::generate().unwrap())
        };
        let known = [ca.der.clone()];
        assert!(Question::about(&certificate(Some("http://ocsp.example/")), &known).is_some());
        for address in
            [None, Some("https://ocsp.example/"), Some("ldap://ocsp.example/"), Some("file:///etc"), Some("x")]
        {
            assert!(Question::about(&certificate(address), &known).is_none(), "{address:?}");
        }
        let stranger = [Ca::root("Bank CA").der];
        assert!(Question::about(&certificate(Some("http://ocsp.example/")), &stranger).is_none());
    }
}
