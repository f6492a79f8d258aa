use inkan_client::protocol::Secret;
use inkan_client::{Error, ImportableKey, Inkan, OpenedFile, Unprotected};
use inkan_journeys::{Authority, VALID, run};

use crate::mutation::Mutations;
use crate::{panics, pc};

/// The options for a file without encryption and without an integrity check, so that a mutation reaches keys,
/// certificates, and names.
const OPEN: &[&str] = &["-keypbe", "NONE", "-certpbe", "NONE", "-nomac"];
/// The options for a file with an integrity check, so that a mutation reaches its parameters.
const CHECKED: &[&str] = &["-iter", "1", "-maciter", "-certpbe", "PBE-SHA1-3DES", "-keypbe", "PBE-SHA1-3DES"];

fn preview(inkan: &Inkan, file: &[u8], password: &Secret) -> Result<Vec<ImportableKey>, Error> {
    inkan.preview_import(&OpenedFile::decode(file, password, Unprotected::Accepted)?)
}

#[test]
fn twenty_four_hundred_mutated_files_are_previewed() {
    panics::watch();
    let (inkan, _home) = pc::client();
    let authority = Authority::new("Mutated CA");
    let issued = authority.client("hanakodt", VALID);
    let [certificate, key] = [&issued.certificate, &issued.key].map(|file| file.to_str().unwrap());
    let made = |name: &str, options: &[&str]| {
        let file = issued.certificate.with_file_name(name);
        let export = ["pkcs12", "-export", "-in", certificate, "-inkey", key, "-passout", "pass:pass1234"];
        let chain = ["-certfile", authority.certificate().to_str().unwrap(), "-name", "花子", "-out"];
        let output = run("openssl", [&export, &chain[..], &[file.to_str().unwrap()], options].concat());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        std::fs::read(file).unwrap()
    };
    let originals = [made("open.p12", OPEN), made("checked.p12", CHECKED)];
    let password = "pass1234".to_owned().into();
    for original in &originals {
        assert_eq!(preview(&inkan, original, &password).unwrap().len(), 1);
    }
    let mut mutations = Mutations::new(12);
    let mut read = 0;
    for number in 0..2_400 {
        // Most mutations are of the file without encryption.
        let file = mutations.of(&originals[usize::from(number % 5 == 0)]);
        match preview(&inkan, &file, &password) {
            Ok(_) => read += 1,
            Err(error) => drop(error.into_problem()),
        }
    }
    assert!(read > 50, "only {read} mutations left a file that can be read: they do not reach far");
    panics::assert_none();
}
