//! Portable Symmetric Key Container (RFC 6030).

use data_encoding::BASE64;
use inkan_profile::TokenDigest;
use roxmltree::{Document, Node};
use zeroize::Zeroizing;

use super::csv::digest_named;
use super::encryption::{Cipher, MacAlgorithm};
use super::{ImportedToken, TokenFieldFault, TokenImportError, check, moment};

const NAMESPACE: &str = "urn:ietf:params:xml:ns:keyprov:pskc";
const TOTP: &str = "urn:ietf:params:xml:ns:keyprov:pskc:totp";

/// Reads the TOTP tokens of a container: `DeviceInfo/SerialNo`, `ExpiryDate` of the device or the key policy,
/// `Data/Secret` plain or encrypted with the pre-shared key, `TimeInterval`, `ResponseFormat`, and the digest as
/// `Suite`.
///
/// # Errors
/// The first fault, with its line and element. A container is encrypted wholly or not at all.
pub(crate) fn pskc(text: &str, shared: Option<&[u8]>) -> Result<Vec<ImportedToken>, TokenImportError> {
    let document = Document::parse(text).map_err(|error| TokenImportError::Syntax(error.to_string()))?;
    let container = Element { document: &document, node: document.root_element() };
    if !container.node.has_tag_name((NAMESPACE, "KeyContainer")) {
        return Err(container.wrong("KeyContainer", TokenFieldFault::Missing));
    }
    let keys = Keys::of(&container, shared)?;
    let mut tokens = Vec::new();
    for package in container.children("KeyPackage") {
        let token = token(&package, &keys)?;
        check(&token, package.line(), &tokens)?;
        tokens.push(token);
    }
    if tokens.is_empty() { Err(TokenImportError::Empty) } else { Ok(tokens) }
}

fn token(package: &Element<'_, '_>, keys: &Keys) -> Result<ImportedToken, TokenImportError> {
    let device = package.child("DeviceInfo")?;
    let key = package.child("Key")?;
    if key.node.attribute("Algorithm") != Some(TOTP) {
        return Err(key.wrong("Algorithm", TokenFieldFault::Algorithm));
    }
    let parameters = key.child("AlgorithmParameters")?;
    let digits = parameters.child("ResponseFormat")?.node.attribute("Length");
    let digits = digits.and_then(|digits| digits.parse().ok());
    let data = key.child("Data")?;
    let expires = match (key.find(&["Policy", "ExpiryDate"]), device.find(&["ExpiryDate"])) {
        (Some(found), _) | (None, Some(found)) => {
            moment(found.text()).ok_or_else(|| found.wrong("ExpiryDate", TokenFieldFault::Unreadable))?
        }
        (None, None) => return Err(device.wrong("ExpiryDate", TokenFieldFault::Missing)),
    };
    let digest = match parameters.find(&["Suite"]) {
        None => TokenDigest::Sha1,
        Some(suite) => digest_of(suite.text()).ok_or_else(|| suite.wrong("Suite", TokenFieldFault::Algorithm))?,
    };
    let step = data.child("TimeInterval")?;
    let step = step.find(&["PlainValue"]).and_then(|value| value.text().parse().ok());
    Ok(ImportedToken {
        serial: device.child("SerialNo")?.text().to_owned(),
        secret: keys.secret(&data.child("Secret")?)?,
        expires,
        step_seconds: step.ok_or_else(|| data.wrong("TimeInterval", TokenFieldFault::Unreadable))?,
        digits: digits.ok_or_else(|| parameters.wrong("ResponseFormat", TokenFieldFault::Unreadable))?,
        digest,
    })
}

/// Returns the digest that a suite names. Makers write it in several ways, such as `SHA-256` or `HMAC-SHA256`.
fn digest_of(suite: &str) -> Option<TokenDigest> {
    let suite = suite.to_ascii_uppercase();
    digest_named(suite.trim_start_matches("HMAC").trim_start_matches('-'))
}

/// The keys of an encrypted container.
enum Keys {
    Plain,
    Shared { key: Zeroizing<Vec<u8>>, mac: Option<(MacAlgorithm, Zeroizing<Vec<u8>>)> },
}

impl Keys {
    fn of(container: &Element<'_, '_>, shared: Option<&[u8]>) -> Result<Self, TokenImportError> {
        let Some(encryption) = container.find(&["EncryptionKey"]) else { return Ok(Self::Plain) };
        let shared = shared.ok_or_else(|| TokenImportError::KeyNeeded(encryption.line()))?;
        let mac = match container.find(&["MACMethod"]) {
            None => None,
            Some(method) => {
                let algorithm = method.node.attribute("Algorithm").and_then(MacAlgorithm::named);
                let algorithm = algorithm.ok_or_else(|| method.wrong("MACMethod", TokenFieldFault::Algorithm))?;
                Some((algorithm, open(&method.child("MACKey")?, "MACKey", shared)?.holds))
            }
        };
        Ok(Self::Shared { key: Zeroizing::new(shared.to_vec()), mac })
    }

    fn secret(&self, secret: &Element<'_, '_>) -> Result<Zeroizing<Vec<u8>>, TokenImportError> {
        match self {
            Self::Plain => match secret.find(&["PlainValue"]) {
                Some(value) => value.base64("PlainValue"),
                None if secret.find(&["EncryptedValue"]).is_some() => Err(TokenImportError::KeyNeeded(secret.line())),
                None => Err(secret.wrong("Secret", TokenFieldFault::Missing)),
            },
            Self::Shared { key, mac } => {
                let Opened { sealed, holds } = open(&secret.child("EncryptedValue")?, "Secret", key)?;
                let Some((algorithm, mac_key)) = mac else { return Ok(holds) };
                let given = secret.child("ValueMAC")?.base64("ValueMAC")?;
                match algorithm.verifies(mac_key, &sealed, &given) {
                    true => Ok(holds),
                    false => Err(secret.wrong("ValueMAC", TokenFieldFault::Mac)),
                }
            }
        }
    }
}

/// An `EncryptedValue` or `MACKey`.
struct Opened {
    /// The ciphertext, with the initialization vector before it.
    sealed: Zeroizing<Vec<u8>>,
    holds: Zeroizing<Vec<u8>>,
}

fn open(value: &Element<'_, '_>, field: &'static str, shared: &[u8]) -> Result<Opened, TokenImportError> {
    let method = value.child("EncryptionMethod")?;
    let cipher = method.node.attribute("Algorithm").and_then(Cipher::named);
    let cipher = cipher.ok_or_else(|| method.wrong("EncryptionMethod", TokenFieldFault::Algorithm))?;
    if shared.len() != cipher.key_length() {
        return Err(TokenImportError::KeyLength { expected: cipher.key_length(), given: shared.len() });
    }
    let sealed = value.find(&["CipherData", "CipherValue"]);
    let sealed = sealed.ok_or_else(|| value.wrong("CipherValue", TokenFieldFault::Missing))?.base64("CipherValue")?;
    let holds = cipher.open(shared, &sealed).ok_or_else(|| value.wrong(field, TokenFieldFault::Mac))?;
    Ok(Opened { sealed, holds })
}

/// An element with the document that holds it. The document gives the line of the element for an error.
#[derive(Clone, Copy)]
struct Element<'a, 'i> {
    document: &'a Document<'i>,
    node: Node<'a, 'i>,
}

impl<'a, 'i> Element<'a, 'i> {
    fn children(self, name: &'static str) -> impl Iterator<Item = Element<'a, 'i>> {
        let named = self.node.children().filter(move |node| node.is_element() && node.tag_name().name() == name);
        named.map(move |node| Element { document: self.document, node })
    }

    fn find(self, path: &[&'static str]) -> Option<Self> {
        path.iter().try_fold(self, |element, name| element.children(name).next())
    }

    fn child(self, name: &'static str) -> Result<Self, TokenImportError> {
        self.find(&[name]).ok_or_else(|| self.wrong(name, TokenFieldFault::Missing))
    }

    fn text(self) -> &'a str {
        self.node.text().unwrap_or_default().trim()
    }

    fn base64(self, field: &'static str) -> Result<Zeroizing<Vec<u8>>, TokenImportError> {
        let packed: Zeroizing<String> = Zeroizing::new(self.text().split_ascii_whitespace().collect());
        let decoded = BASE64.decode(packed.as_bytes());
        decoded.map(Zeroizing::new).map_err(|_| self.wrong(field, TokenFieldFault::Unreadable))
    }

    fn line(self) -> u64 {
        self.document.text_pos_at(self.node.range().start).row.into()
    }

    fn wrong(self, field: &'static str, fault: TokenFieldFault) -> TokenImportError {
        TokenImportError::Field { line: self.line(), field, fault }
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    /// RFC 6030 §6.1, figure 6, as a TOTP token whose serial a bank of this kind takes.
    const ENCRYPTED: &str = include_str!("encrypted.pskc.xml");
    const SHARED: &[u8] = b"\x12\x34\x56\x78\x90\x12\x34\x56\x78\x90\x12\x34\x56\x78\x90\x12";

    const PLAIN: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<KeyContainer Version="1.0" xmlns="urn:ietf:params:xml:ns:keyprov:pskc">
  <KeyPackage>
    <DeviceInfo><Manufacturer>Maker</Manufacturer><SerialNo>33456789</SerialNo>
      <ExpiryDate>2030-01-31T00:00:00Z</ExpiryDate></DeviceInfo>
    <Key Id="1" Algorithm="urn:ietf:params:xml:ns:keyprov:pskc:totp">
      <AlgorithmParameters><Suite>HMAC-SHA256</Suite><ResponseFormat Length="6" Encoding="DECIMAL"/></AlgorithmParameters>
      <Data>
        <Secret><PlainValue>MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=</PlainValue></Secret>
        <Time><PlainValue>0</PlainValue></Time>
        <TimeInterval><PlainValue>60</PlainValue></TimeInterval>
      </Data>
    </Key>
  </KeyPackage>
</KeyContainer>"#;

    fn fault(text: &str, shared: Option<&[u8]>) -> String {
        pskc(text, shared).err().unwrap().to_string()
    }

    #[test]
    fn a_plain_container_is_read() {
        let tokens = pskc(PLAIN, None).ok().unwrap();
        let [token] = tokens.as_slice() else { panic!("{}", tokens.len()) };
        assert_eq!((token.serial.as_str(), token.secret.as_slice()), ("33456789", b"12345678901234567890".as_slice()));
        assert_eq!((token.step_seconds, token.digits, token.digest), (60, 6, TokenDigest::Sha256));
        assert_eq!(token.expires, datetime!(2030-01-31 0:00 UTC));
    }

    #[test]
    fn an_encrypted_container_opens_with_its_key_only() {
        let token = &pskc(ENCRYPTED, Some(SHARED)).ok().unwrap()[0];
        assert_eq!((token.serial.as_str(), token.secret.as_slice()), ("98765432", b"12345678901234567890".as_slice()));
        assert_eq!(token.digest, TokenDigest::Sha1);
        assert!(fault(ENCRYPTED, None).contains("the pre-shared key is needed"));
        assert!(fault(ENCRYPTED, Some(&[1; 32])).contains("must have 16 bytes, not 32"));
        assert!(fault(ENCRYPTED, Some(&[1; 16])).contains("wrong pre-shared key, or altered"));
        let altered = ENCRYPTED.replace("Su+NvtQfmvfJzF6bmQiJqoLRExc=", "Su+NvtQfmvfJzF6bmQiJqoLRExd=");
        assert!(pskc(&altered, Some(SHARED)).is_err());
        let other = ENCRYPTED.replace("AAECAwQFBgcICQoLDA0OD+cI", "AQECAwQFBgcICQoLDA0OD+cI");
        assert!(fault(&other, Some(SHARED)).contains("wrong pre-shared key, or altered"));
    }

    #[test]
    fn the_first_fault_is_named_by_line_and_element() {
        let cases = [
            ("33456789", "334", "line 3: serial: not 8 to 12 digits"),
            ("<SerialNo>33456789</SerialNo>", "", "line 4: SerialNo: missing"),
            ("pskc:totp", "pskc:hotp", "line 6: Algorithm: unknown algorithm"),
            ("HMAC-SHA256", "MD5", "line 7: Suite: unknown algorithm"),
            ("MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=", "***", "line 9: PlainValue: cannot be read"),
            ("MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=", "MTIzNDU2", "line 3: secret: not allowed"),
            ("<PlainValue>60</PlainValue>", "", "line 8: TimeInterval: cannot be read"),
            ("2030-01-31T00:00:00Z", "soon", "line 5: ExpiryDate: cannot be read"),
        ];
        for (from, to, said) in cases {
            let said_really = fault(&PLAIN.replace(from, to), None);
            assert!(said_really.contains(said), "{from}: {said_really}");
        }
        assert!(fault("<KeyContainer/>", None).contains("KeyContainer: missing"));
        assert!(fault("<a>\n</b>", None).contains("2:1"));
        let empty = "<KeyContainer xmlns=\"urn:ietf:params:xml:ns:keyprov:pskc\"/>";
        assert_eq!(fault(empty, None), "the delivery has no token");
    }
}
