use csv::{ReaderBuilder, StringRecord, Trim};
use data_encoding::{BASE32_NOPAD, HEXLOWER_PERMISSIVE};
use inkan_profile::TokenDigest;
use zeroize::Zeroizing;

use super::{ImportedToken, TokenFieldFault, TokenImportError, check, moment};

/// The names of the columns, which the first line gives in any order.
const COLUMNS: [&str; 6] = ["serial", "secret", "expires", "step", "digits", "digest"];

/// Reads the tokens of a CSV file (RFC 4180) with the columns serial, secret (base32 or hex), expires (a date
/// in Japan, or a moment by RFC 3339), step (seconds), digits, digest.
///
/// # Errors
/// The first fault, with its line and column.
pub(crate) fn csv(text: &str) -> Result<Vec<ImportedToken>, TokenImportError> {
    let syntax = |error: csv::Error| TokenImportError::Syntax(error.to_string());
    let mut reader = ReaderBuilder::new().trim(Trim::All).from_reader(text.as_bytes());
    let head = reader.headers().map_err(syntax)?.clone();
    let mut tokens = Vec::new();
    for record in reader.records() {
        let record = record.map_err(syntax)?;
        let line = record.position().map_or(0, csv::Position::line);
        let token = Line { head: &head, record: &record, line }.token()?;
        check(&token, line, &tokens)?;
        tokens.push(token);
    }
    if tokens.is_empty() { Err(TokenImportError::Empty) } else { Ok(tokens) }
}

struct Line<'a> {
    head: &'a StringRecord,
    record: &'a StringRecord,
    line: u64,
}

impl Line<'_> {
    fn token(&self) -> Result<ImportedToken, TokenImportError> {
        let [serial, secret, expires, step, digits, digest] = COLUMNS;
        Ok(ImportedToken {
            serial: self.field(serial)?.to_owned(),
            secret: self.read(secret, secret_bytes)?,
            expires: self.read(expires, moment)?,
            step_seconds: self.read(step, |text| text.parse().ok())?,
            digits: self.read(digits, |text| text.parse().ok())?,
            digest: self.read(digest, digest_named)?,
        })
    }

    fn field(&self, name: &'static str) -> Result<&str, TokenImportError> {
        let at = self.head.iter().position(|column| column.eq_ignore_ascii_case(name));
        let field = at.and_then(|at| self.record.get(at)).filter(|field| !field.is_empty());
        field.ok_or_else(|| self.wrong(name, TokenFieldFault::Missing))
    }

    fn read<T>(&self, name: &'static str, read: impl FnOnce(&str) -> Option<T>) -> Result<T, TokenImportError> {
        read(self.field(name)?).ok_or_else(|| self.wrong(name, TokenFieldFault::Unreadable))
    }

    fn wrong(&self, field: &'static str, fault: TokenFieldFault) -> TokenImportError {
        TokenImportError::Field { line: self.line, field, fault }
    }
}

/// Decodes hex if every character is a hex digit, otherwise base32. A base32 text without a letter above F would be
/// decoded as hex. Fewer than one random secret of 160 bits in 10¹³ has such a text.
fn secret_bytes(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let decoded = match text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        true => HEXLOWER_PERMISSIVE.decode(text.as_bytes()),
        false => BASE32_NOPAD.decode(text.trim_end_matches('=').to_ascii_uppercase().as_bytes()),
    };
    decoded.ok().map(Zeroizing::new)
}

pub(super) fn digest_named(text: &str) -> Option<TokenDigest> {
    match text.to_ascii_lowercase().replace('-', "").as_str() {
        "sha1" => Some(TokenDigest::Sha1),
        "sha256" => Some(TokenDigest::Sha256),
        "sha512" => Some(TokenDigest::Sha512),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    const HEAD: &str = "serial,secret,expires,step,digits,digest\n";

    fn read(lines: &str) -> Result<Vec<ImportedToken>, String> {
        csv(&format!("{HEAD}{lines}")).map_err(|error| error.to_string())
    }

    fn fault(lines: &str) -> String {
        read(lines).err().unwrap()
    }

    #[test]
    fn a_delivery_is_read_whole() {
        let tokens = read(
            "33456789,GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ,2030-01-31,60,6,sha1\n\
             33456790, 3132333435363738393031323334353637383930 ,2030-01-31T09:00:00+09:00,30,8,SHA-256\n",
        )
        .unwrap();
        assert_eq!((tokens[0].serial.as_str(), tokens[0].digest), ("33456789", TokenDigest::Sha1));
        assert_eq!(tokens[0].expires, datetime!(2030-01-31 23:59:59 +9), "S2-1: the day is a day in Japan");
        assert_eq!(tokens[1].expires, datetime!(2030-01-31 9:00 +9));
        assert_eq!((tokens[1].step_seconds, tokens[1].digits, tokens[1].digest), (30, 8, TokenDigest::Sha256));
        for token in &tokens {
            assert_eq!(token.secret.as_slice(), b"12345678901234567890");
        }
    }

    #[test]
    fn the_columns_may_stand_in_any_order() {
        let text = "digest,digits,step,expires,serial,secret\nsha1,6,60,2030-01-31,33456789,GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\n";
        assert_eq!(csv(text).ok().unwrap()[0].serial, "33456789");
    }

    #[test]
    fn the_first_fault_is_named_by_line_and_field() {
        let good = "33456789,GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ,2030-01-31,60,6,sha1\n";
        let cases = [
            ("1234567,GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ,2030-01-31,60,6,sha1\n", "line 3: serial: not 8 to 12 digits"),
            (good, "line 3: serial: occurs twice"),
            ("33456790,GEZDGNBVGY3TQOJQ,2030-01-31,60,6,sha1\n", "line 3: secret: not allowed"),
            ("33456790,GEZ1,2030-01-31,60,6,sha1\n", "line 3: secret: cannot be read"),
            ("33456790,GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ,01/31/30,60,6,sha1\n", "line 3: expires: cannot be read"),
            ("33456790,GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ,2030-01-31,0,6,sha1\n", "line 3: step: not allowed"),
            ("33456790,GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ,2030-01-31,60,9,sha1\n", "line 3: digits: not allowed"),
            ("33456790,GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ,2030-01-31,60,6,md5\n", "line 3: digest: cannot be read"),
            ("33456790,GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ,2030-01-31,60,6,\n", "line 3: digest: missing"),
            ("33456790,GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\n", "line: 3"),
        ];
        for (bad, said) in cases {
            assert!(fault(&format!("{good}{bad}")).contains(said), "{bad}: {}", fault(&format!("{good}{bad}")));
        }
        assert_eq!(fault(""), "the delivery has no token");
        let headless = csv("serial,secret\n33456789,GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\n").err().unwrap().to_string();
        assert_eq!(headless, "line 2: expires: missing");
    }
}
