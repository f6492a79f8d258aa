//! Tests PKCS#12 files that other programs write in this run. Every file that `openssl pkcs12` reads can be read. A
//! file without an integrity check is read only if that is requested.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test, and it fails by panicking")]

mod corpus;

use corpus::Workshop;
use inkan_store::{Pkcs12Entry, Pkcs12Error, StoredCertificate, decode_pkcs12, decode_unprotected_pkcs12};

const JAPANESE: &str = "パスワード１２３";
const EMOJI: &str = "鍵🔑word";

fn name(entry: &Pkcs12Entry) -> String {
    StoredCertificate::parse(entry.identity.certificate(), None).unwrap().name
}

/// Asserts that the file is read as openssl reads it, and that both refuse another password.
fn is_read(workshop: &Workshop, file: &[u8], password: &str, what: &str) -> Vec<Pkcs12Entry> {
    let keys = workshop.keys_as_openssl_sees_them(file, password).unwrap_or_else(|| panic!("openssl: {what}"));
    let entries = decode_pkcs12(file, password).unwrap_or_else(|error| panic!("{what}: {error}"));
    assert_eq!(entries.len(), keys, "{what}");
    let wrong = format!("{password}x");
    assert_eq!(decode_pkcs12(file, &wrong), Err(Pkcs12Error::PasswordWrong), "{what}");
    assert_eq!(workshop.keys_as_openssl_sees_them(file, &wrong), None, "{what}");
    entries
}

/// Anchor 1: a right password is never reported as wrong because of the encryption of the file.
#[test]
fn anchor_1_every_encryption_of_openssl_is_read() {
    let workshop = Workshop::new();
    let leaf = workshop.identity("hanakodt", "P-256");
    let options: &[&[&str]] = &[
        &[],
        &["-legacy"],
        &["-legacy", "-macalg", "sha256"],
        &["-keypbe", "AES-128-CBC", "-certpbe", "AES-128-CBC"],
        &["-keypbe", "AES-192-CBC", "-certpbe", "AES-192-CBC"],
        &["-macalg", "sha512"],
        &["-macalg", "sha384"],
        &["-macalg", "sha224"],
        &["-macalg", "sha1"],
        &["-macalg", "md5"],
        &["-keypbe", "PBE-SHA1-3DES", "-certpbe", "PBE-SHA1-3DES", "-macalg", "sha1"],
        &["-keypbe", "PBE-SHA1-2DES", "-certpbe", "PBE-SHA1-2DES"],
        &["-legacy", "-keypbe", "PBE-SHA1-RC2-128", "-certpbe", "PBE-SHA1-RC2-128"],
        &["-legacy", "-keypbe", "PBE-SHA1-RC4-128", "-certpbe", "PBE-SHA1-RC4-40"],
        &["-keypbe", "DES-EDE3-CBC", "-certpbe", "DES-EDE3-CBC"],
        &["-legacy", "-keypbe", "DES-CBC", "-certpbe", "RC2-CBC"],
        &["-keypbe", "CAMELLIA-256-CBC", "-certpbe", "CAMELLIA-128-CBC"],
        &["-keypbe", "ARIA-256-CBC", "-certpbe", "ARIA-128-CBC"],
        &["-keypbe", "NONE", "-certpbe", "NONE"],
        &["-iter", "1"],
        &["-nomaciter"],
        &["-iter", "600000", "-maciter"],
    ];
    for option in options {
        let entries = is_read(&workshop, &workshop.export(&leaf, "s3cret", option), "s3cret", &option.join(" "));
        assert_eq!((entries.len(), name(&entries[0]).as_str()), (1, "hanakodt"), "{option:?}");
        assert_eq!(entries[0].identity.certificate(), leaf.certificate());
        assert_eq!(entries[0].friendly_name.as_deref(), Some("データ花子"));
    }
}

/// Anchor 4: passwords in Japanese and with emoji, an empty password, and no password.
#[test]
fn anchor_4_every_password_is_read() {
    let workshop = Workshop::new();
    let leaf = workshop.identity("hanakodt", "P-256");
    for password in ["", JAPANESE, EMOJI, "a b\"c'd\\", &"long ".repeat(40)] {
        for option in [&[][..], &["-legacy"]] {
            is_read(&workshop, &workshop.export(&leaf, password, option), password, password);
        }
    }
}

#[test]
fn every_kind_of_key_is_read() {
    let workshop = Workshop::new();
    for kind in ["P-256", "P-384", "P-521", "RSA", "ED25519", "secp256k1", "brainpoolP256r1"] {
        let leaf = workshop.identity("hanakodt", kind);
        is_read(&workshop, &workshop.export(&leaf, "s3cret", &[]), "s3cret", kind);
    }
}

#[test]
fn the_chain_is_kept_in_its_order() {
    let workshop = Workshop::new();
    let root = workshop.authority("Root CA", None);
    let middle = workshop.authority("Middle CA", Some(&root));
    let leaf = workshop.issued("hanakodt", &middle);
    let file = workshop.export_with(&leaf, &[&root, &middle], "s3cret", &[]);
    let entries = is_read(&workshop, &file, "s3cret", "chain");
    assert_eq!(entries[0].identity.certificate(), leaf.certificate());
    assert_eq!(entries[0].identity.chain(), [middle.certificate(), root.certificate()]);
}

#[test]
fn two_keys_are_both_found() {
    let workshop = Workshop::new();
    let entries = is_read(&workshop, &workshop.nss(2, "s3cret"), "s3cret", "two keys");
    assert_eq!(entries.len(), 2);
    assert_ne!(entries[0].identity.id(), entries[1].identity.id());
}

/// Anchor 2: NSS uses 600,000 iterations, and BER with indefinite lengths.
#[test]
fn anchor_2_what_nss_writes_is_read() {
    let workshop = Workshop::new();
    for password in ["s3cret", JAPANESE] {
        let file = workshop.nss(1, password);
        assert_eq!(file[1], 0x80, "pk12util writes indefinite lengths");
        assert_eq!(name(&is_read(&workshop, &file, password, "pk12util")[0]), "hanakodt");
    }
}

#[test]
fn what_gnutls_writes_is_read() {
    let workshop = Workshop::new();
    let leaf = workshop.identity("hanakodt", "P-256");
    for cipher in ["aes-256", "aes-128", "3des-pkcs12", "rc2-40", "arcfour"] {
        let file = workshop.certtool(&leaf, &["--password", "s3cret", "--pkcs-cipher", cipher]);
        is_read(&workshop, &file, "s3cret", cipher);
    }
    // Without any password, which is not an empty one.
    is_read(&workshop, &workshop.certtool(&leaf, &["--null-password"]), "", "null password");
    is_read(&workshop, &workshop.certtool(&leaf, &["--empty-password"]), "", "empty password");
}

#[test]
fn what_java_writes_is_read() {
    let workshop = Workshop::new();
    let Some(files) = workshop.keytool() else { return };
    for file in files {
        is_read(&workshop, &file, "s3cret", "keytool");
    }
}

#[test]
fn what_python_writes_is_read() {
    let workshop = Workshop::new();
    let leaf = workshop.identity("hanakodt", "RSA");
    let Some(files) = workshop.python(&leaf) else { return };
    for file in files {
        is_read(&workshop, &file, JAPANESE, "cryptography");
    }
}

/// OpenSSL 3.0 reads such a file without a warning. Nothing would show that another key was put into it.
#[test]
fn anchor_4_a_file_without_a_mac_has_its_own_error() {
    let workshop = Workshop::new();
    let leaf = workshop.identity("hanakodt", "P-256");
    let file = workshop.export(&leaf, "s3cret", &["-nomac"]);
    assert_eq!(decode_pkcs12(&file, "s3cret"), Err(Pkcs12Error::Unprotected));
}

/// A caller who requests it gets the same as from openssl, and a wrong password is still reported. Several wrong
/// passwords are tried, since each has one chance in 256 to leave a padding that looks valid, and RC4 has no padding.
#[test]
fn a_file_without_a_mac_is_read_where_that_is_asked_for() {
    let workshop = Workshop::new();
    let leaf = workshop.identity("hanakodt", "P-256");
    let options: &[&[&str]] = &[
        &["-iter", "1"],
        &["-legacy", "-iter", "1"],
        &["-iter", "1", "-certpbe", "NONE"],
        &["-legacy", "-iter", "1", "-keypbe", "PBE-SHA1-RC4-128", "-certpbe", "PBE-SHA1-RC4-40"],
        &["-legacy", "-iter", "1", "-keypbe", "PBE-SHA1-RC4-128", "-certpbe", "NONE"],
    ];
    for option in options {
        for password in ["s3cret", EMOJI, ""] {
            let file = workshop.export(&leaf, password, &[option, &["-nomac"][..]].concat());
            assert_eq!(workshop.keys_as_openssl_sees_them(&file, password), Some(1), "{option:?}");
            assert_eq!(decode_pkcs12(&file, password), Err(Pkcs12Error::Unprotected), "{option:?}");
            let entries = decode_unprotected_pkcs12(&file, password).unwrap();
            assert_eq!((entries.len(), name(&entries[0]).as_str()), (1, "hanakodt"), "{option:?}");
            assert_eq!(entries[0].identity.certificate(), leaf.certificate());
            for number in 0..30 {
                let wrong = format!("{password}{number}");
                let refused = decode_unprotected_pkcs12(&file, &wrong);
                assert_eq!(refused, Err(Pkcs12Error::PasswordWrong), "{option:?} {wrong}");
            }
        }
    }
    let whole = workshop.export(&leaf, "s3cret", &["-keypbe", "NONE", "-certpbe", "NONE"]);
    assert_eq!(
        decode_unprotected_pkcs12(&whole, "wrong"),
        Err(Pkcs12Error::PasswordWrong),
        "a MAC that is there counts"
    );
    let open = workshop.export(&leaf, "s3cret", &["-nomac", "-keypbe", "NONE", "-certpbe", "NONE"]);
    assert_eq!(decode_pkcs12(&open, "s3cret"), Err(Pkcs12Error::Unprotected));
    assert_eq!(decode_unprotected_pkcs12(&open, "").unwrap().len(), 1, "without any secret there is none to ask for");
}

/// Windows and some libraries fill the last block of a file, and a mail or a web page may add a line end. OpenSSL reads
/// only the first value, and so does this.
#[test]
fn bytes_after_the_end_of_a_file_are_left_out() {
    let workshop = Workshop::new();
    let leaf = workshop.identity("hanakodt", "P-256");
    for file in [workshop.export(&leaf, "s3cret", &[]), workshop.nss(1, "s3cret")] {
        for after in [&[0; 1][..], &[0; 4096], b"\r\n", b"\x1a", &[0x30, 0x82, 0xff, 0xff], &[0xff; 16], &file] {
            is_read(&workshop, &[&file, after].concat(), "s3cret", &format!("{} bytes after it", after.len()));
        }
        let cut = [&file[..file.len() - 8], &[0; 2]].concat();
        assert!(decode_pkcs12(&cut, "s3cret").is_err());
    }
}

/// NSS requires 600,000 iterations for each key, for each certificate and for the MAC.
#[test]
fn every_key_of_an_nss_backup_is_listed() {
    let workshop = Workshop::new();
    for count in [3, 10] {
        assert_eq!(decode_pkcs12(&workshop.nss(count, "s3cret"), "s3cret").unwrap().len(), count);
    }
}

/// OpenSSL takes the bytes that the terminal sends. The MAC is then computed from these bytes as characters, and the
/// contents are encrypted with the bytes themselves.
#[test]
fn a_password_in_the_encoding_of_an_old_terminal_is_read() {
    let workshop = Workshop::new();
    let leaf = workshop.identity("hanakodt", "P-256");
    // In Latin-1, in CP932 and in EUC-JP.
    let passwords: [(&str, &[u8]); 4] = [
        ("München1", b"M\xfcnchen1"),
        ("表示ソ１", b"\x95\x5c\x8e\xa6\x83\x5c\x82\x50"),
        ("ﾊﾟｽﾜｰﾄﾞ", b"\xca\xdf\xbd\xdc\xb0\xc4\xde"),
        ("暗号", b"\xb0\xc5\xb9\xe6"),
    ];
    for (typed, bytes) in passwords {
        for option in [&[][..], &["-legacy"], &["-keypbe", "PBE-SHA1-3DES", "-certpbe", "AES-256-CBC"]] {
            let file = workshop.export(&leaf, bytes, option);
            assert_eq!(decode_pkcs12(&file, typed).map(|keys| keys.len()), Ok(1), "{typed} {option:?}");
            let open = workshop.export(&leaf, bytes, &[option, &["-nomac"]].concat());
            assert_eq!(decode_unprotected_pkcs12(&open, typed).map(|keys| keys.len()), Ok(1), "{typed} {option:?}");
            for wrong in ["Munchen1", "München", "表示", "ハスワード"] {
                assert_eq!(decode_pkcs12(&file, wrong), Err(Pkcs12Error::PasswordWrong), "{wrong}");
            }
        }
    }
}

/// Once the MAC has proved a variant, typed or pasted text is accepted as it was meant.
#[test]
fn a_password_with_blanks_or_in_other_widths_is_read() {
    let workshop = Workshop::new();
    let leaf = workshop.identity("hanakodt", "P-256");
    let cases = [
        ("pass1234", &["pass1234 ", " pass1234", "pass1234\n", "pass1234\r\n", "pass1234　", "\u{feff}pass1234\t"][..]),
        ("pass1234", &["ｐａｓｓ１２３４", "ｐａｓｓ1234", "　ｐａｓｓ１２３４　"]),
        ("pass 1234 ", &["pass 1234 ", "pass 1234 \n"]),
        ("ｐａｓｓ１２３４", &["pass1234", "pass１２３４", "pass1234 "]),
        ("パスワード", &["パスワード ", "ﾊﾟｽﾜｰﾄﾞ", "ハ\u{309a}スワート\u{3099}"]),
        ("Mu\u{308}nchen", &["M\u{fc}nchen", "M\u{fc}nchen\n"]),
    ];
    for (password, all) in cases {
        for option in [&["-iter", "1"][..], &["-legacy"]] {
            let file = workshop.export(&leaf, password, option);
            for typed in all {
                assert_eq!(decode_pkcs12(&file, typed).map(|keys| keys.len()), Ok(1), "{typed:?} for {password:?}");
            }
            for wrong in ["pass12345", "PASS1234", "pass-1234", "ハスワード", ""] {
                assert_eq!(decode_pkcs12(&file, wrong), Err(Pkcs12Error::PasswordWrong), "{wrong:?} for {password:?}");
            }
        }
    }
}

/// Every attempt costs as much as the file demands, so the number of attempts is limited.
#[test]
fn a_costly_file_is_not_guessed_at_for_long() {
    let workshop = Workshop::new();
    let leaf = workshop.identity("hanakodt", "P-256");
    let file = workshop.export(&leaf, "s3cret", &["-iter", "1000000", "-maciter"]);
    assert_eq!(decode_pkcs12(&file, "　まちがったパスワード１２３　"), Err(Pkcs12Error::PasswordWrong));
    assert_eq!(decode_pkcs12(&file, "s3cret ").map(|keys| keys.len()), Ok(1));
}

#[test]
fn what_cannot_be_imported_says_why() {
    let workshop = Workshop::new();
    let [one, two] = ["one", "two"].map(|name| workshop.identity(name, "P-256"));
    assert_eq!(decode_pkcs12(&workshop.export_certificate(&one, "s3cret"), "s3cret"), Err(Pkcs12Error::NoKey));
    let mismatched = workshop.export_mismatched(&one, &two, "s3cret");
    assert_eq!(decode_pkcs12(&mismatched, "s3cret"), Err(Pkcs12Error::KeyMismatch));
    for wrong in [&b""[..], b"hello", b"-----BEGIN PKCS12-----", one.certificate().as_slice()] {
        assert_eq!(decode_pkcs12(wrong, "s3cret"), Err(Pkcs12Error::NotPkcs12));
    }
    assert_eq!(decode_pkcs12(&vec![0x30; inkan_store::MAX_PKCS12_BYTES + 1], ""), Err(Pkcs12Error::TooLarge));
}

/// Anchor 2: a hostile number of iterations is refused before any work, and the error has the number.
#[test]
fn anchor_2_hostile_iterations_are_refused_at_once() {
    let workshop = Workshop::new();
    let leaf = workshop.identity("hanakodt", "P-256");
    for option in [&["-iter", "123456"][..], &["-iter", "123456", "-legacy"], &["-iter", "123456", "-keypbe", "NONE"]] {
        let honest = workshop.export(&leaf, "s3cret", option);
        // 123456 as a DER INTEGER, and 2³¹ − 1 in its place with every length around it.
        for position in corpus::positions(&honest, &[2, 3, 1, 0xe2, 0x40]) {
            let hostile = corpus::with_integer(&honest, position, &[0x7f, 0xff, 0xff, 0xff]);
            let refused = decode_pkcs12(&hostile, "s3cret");
            let expected = Pkcs12Error::TooManyIterations { iterations: 0x7fff_ffff, limit: 1_000_000 };
            assert_eq!(refused, Err(expected), "{option:?} at {position}");
        }
    }
}

/// A file that is cut off anywhere is not a PKCS#12 file. A file that is changed anywhere is damaged, or is refused for
/// another reason that the change causes.
#[test]
fn damaged_files_are_refused() {
    let workshop = Workshop::new();
    let leaf = workshop.identity("hanakodt", "P-256");
    for option in [&["-iter", "1", "-maciter"][..], &["-legacy", "-iter", "1"]] {
        let file = workshop.export(&leaf, "s3cret", option);
        let whole = decode_pkcs12(&file, "s3cret").unwrap();
        for length in (0..file.len()).step_by(37) {
            assert_eq!(decode_pkcs12(&file[..length], "s3cret"), Err(Pkcs12Error::NotPkcs12), "{length}");
        }
        for position in 0..file.len() {
            for mask in [0x01, 0x80] {
                let mut flipped = file.clone();
                flipped[position] ^= mask;
                match decode_pkcs12(&flipped, "s3cret") {
                    // A byte that says nothing, such as the parameters of a digest.
                    Ok(entries) => assert_eq!(entries, whole, "{position}"),
                    Err(Pkcs12Error::NoKey | Pkcs12Error::KeyMismatch) => panic!("{position}"),
                    Err(_) => {}
                }
            }
        }
    }
}
