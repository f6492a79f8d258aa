use std::path::Path;

use inkan_protocol::read_beginning;
use inkan_store::{FileKind, MAX_PKCS12_BYTES, Pkcs12Error, pkcs12_in};
use zeroize::Zeroizing;

use crate::Error;

/// The greatest number of bytes that are read. Base64 takes four bytes for three, and its line ends a few more.
const LONGEST: usize = 2 * MAX_PKCS12_BYTES;

/// The greatest number of files that a user may choose at once. A user who drops a whole folder by mistake gets no queue
/// of it.
pub const MOST_IMPORT_FILES: usize = 50;

/// A file to import, which is read once. The content that is shown is the content that is imported, even if the file
/// changes meanwhile.
#[derive(Debug)]
pub struct ImportFile {
    name: String,
    content: Zeroizing<Vec<u8>>,
}

impl ImportFile {
    /// Reads a file that a user named, before its password is asked for. Reads no more of the file than is needed to
    /// recognise it. A PKCS#12 file in PEM or base64 is decoded.
    ///
    /// # Errors
    /// [`Error::File`]; [`Error::OtherFile`] for any other kind of file; [`Error::Pkcs12`] for a file that is too
    /// large.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let most = LONGEST.saturating_add(1);
        let content = read_beginning(path, most).map_err(|fault| Error::File(path.to_owned(), fault))?;
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        match pkcs12_in(&content) {
            Ok(file) if file.len() > MAX_PKCS12_BYTES => Err(Pkcs12Error::TooLarge.into()),
            Ok(file) => Ok(Self { name, content: Zeroizing::new(file.into_owned()) }),
            // Only the beginning was read, so the kind of the whole file is not known.
            Err(FileKind::Unknown | FileKind::Zeros | FileKind::Empty) if content.len() > MAX_PKCS12_BYTES => {
                Err(Pkcs12Error::TooLarge.into())
            }
            Err(kind) => Err(Error::OtherFile { name, kind }),
        }
    }

    /// Returns the name of the file, without its directory.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the content of the file.
    pub fn content(&self) -> &[u8] {
        &self.content
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use inkan_protocol::FileFault;

    use super::*;

    const PFX: &[u8] = &[0x30, 0x05, 2, 1, 3, 0x30, 0];

    #[test]
    fn one_file_of_the_right_size_and_kind() {
        let directory = tempfile::tempdir().unwrap();
        let file = |name: &str, content: &[u8]| {
            let path = directory.path().join(name);
            std::fs::write(&path, content).unwrap();
            path
        };
        let good = file("good.p12", PFX);
        let photo = file("photo.p12", b"GIF89a");
        let large = file("large.p12", &vec![0x30; MAX_PKCS12_BYTES + 1]);
        let large_archive = file("archive.p12", &[b"PK\x03\x04", vec![0x55; 3 * MAX_PKCS12_BYTES].as_slice()].concat());
        assert_eq!(ImportFile::read(&good).unwrap().name(), "good.p12");
        let kind = |path: PathBuf| match ImportFile::read(&path) {
            Err(Error::OtherFile { kind, .. }) => Some(kind),
            _ => None,
        };
        assert_eq!(kind(file("zeros.p12", &[0; 512])), Some(FileKind::Zeros));
        let zeros = file("zeros-large.p12", &vec![0; 3 * MAX_PKCS12_BYTES]);
        assert!(matches!(ImportFile::read(&zeros), Err(Error::Pkcs12(Pkcs12Error::TooLarge))));
        assert_eq!(kind(photo), Some(FileKind::Document));
        assert_eq!(kind(large_archive), Some(FileKind::Archive));
        assert!(matches!(ImportFile::read(&large), Err(Error::Pkcs12(Pkcs12Error::TooLarge))));
        let directory = directory.path().to_owned();
        assert!(matches!(ImportFile::read(&directory), Err(Error::File(_, FileFault::Directory))));
    }

    /// A PKCS#12 file of that many bytes, as far as its beginning shows.
    fn pfx_of(bytes: usize) -> Vec<u8> {
        let content = bytes - 13;
        let length = |length: usize| u32::try_from(length).unwrap().to_be_bytes()[1..].to_vec();
        let outer = [vec![0x30, 0x83], length(content + 8), vec![2, 1, 3]].concat();
        [outer, vec![0x30, 0x83], length(content), vec![0; content]].concat()
    }

    #[test]
    fn a_file_of_the_largest_size_is_read_in_base64_too() {
        let directory = tempfile::tempdir().unwrap();
        let read = |content: &[u8]| {
            let path = directory.path().join("file.p12");
            std::fs::write(&path, content).unwrap();
            ImportFile::read(&path)
        };
        let largest = pfx_of(MAX_PKCS12_BYTES);
        assert_eq!(largest.len(), MAX_PKCS12_BYTES);
        assert_eq!(read(&largest).unwrap().content(), largest);
        let base64 = data_encoding::BASE64.encode(&largest);
        let armoured = format!("-----BEGIN PKCS12-----\n{base64}\n-----END PKCS12-----\n");
        assert_eq!(read(armoured.as_bytes()).unwrap().content(), largest);
        let larger = read(&pfx_of(MAX_PKCS12_BYTES + 1));
        assert!(matches!(larger, Err(Error::Pkcs12(Pkcs12Error::TooLarge))));
        let zeros = read(&vec![0; MAX_PKCS12_BYTES]);
        assert!(matches!(zeros, Err(Error::OtherFile { kind: FileKind::Zeros, .. })));
    }

    #[test]
    fn an_armoured_file_is_held_as_what_it_encodes() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("pem.p12");
        let base64 = data_encoding::BASE64.encode(PFX);
        std::fs::write(&path, format!("-----BEGIN PKCS12-----\r\n{base64}\r\n-----END PKCS12-----\r\n")).unwrap();
        assert_eq!(ImportFile::read(&path).unwrap().content(), PFX);
    }
}
