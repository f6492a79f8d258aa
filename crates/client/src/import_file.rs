use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use inkan_store::{MAX_PKCS12_BYTES, Pkcs12Error};
use zeroize::Zeroizing;

use crate::Error;

/// A file to import, read once: what is shown of it is what goes into the store, whatever becomes of the file.
#[derive(Debug)]
pub struct ImportFile {
    name: String,
    content: Zeroizing<Vec<u8>>,
}

impl ImportFile {
    /// Reads a file that a person named, and no more of it than shows that it is too much: it may be a disk image.
    ///
    /// # Errors
    /// [`Error::File`].
    pub fn read(path: &Path) -> Result<Self, Error> {
        let limit = u64::try_from(MAX_PKCS12_BYTES).unwrap_or(u64::MAX).saturating_add(1);
        let mut content = Zeroizing::new(Vec::new());
        let read = File::open(path).and_then(|file| file.take(limit).read_to_end(&mut content));
        read.map_err(|_| Error::File(path.to_owned()))?;
        let name = path.file_name().unwrap_or(path.as_os_str());
        Ok(Self { name: name.to_string_lossy().into_owned(), content })
    }

    /// Reads what a person chose or dropped, before a password is asked for it: one file, which looks like PKCS#12.
    ///
    /// # Errors
    /// [`Error::SeveralFiles`]; [`Error::Pkcs12`] for another kind of file or one that is too large; as [`Self::read`].
    pub fn chosen(paths: &[PathBuf]) -> Result<Self, Error> {
        let [path] = paths else { return Err(Error::SeveralFiles(paths.len())) };
        let file = Self::read(path)?;
        if file.content.len() > MAX_PKCS12_BYTES {
            return Err(Pkcs12Error::TooLarge.into());
        }
        if looks_like_pkcs12(&file.content) { Ok(file) } else { Err(Pkcs12Error::NotPkcs12.into()) }
    }

    /// Its name, without the way to it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What is in it.
    pub fn content(&self) -> &[u8] {
        &self.content
    }
}

/// A SEQUENCE that begins with version 3 (RFC 7292 §4), its length written in any way that BER knows.
fn looks_like_pkcs12(content: &[u8]) -> bool {
    let length_bytes = match content {
        [0x30, first @ 0x81..=0x84, ..] => usize::from(first & 0x7f),
        [0x30, ..=0x80, ..] => 0,
        _ => return false,
    };
    content.get(2 + length_bytes..).is_some_and(|inside| inside.starts_with(&[0x02, 0x01, 0x03]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_beginning_tells_the_kind() {
        for pkcs12 in [&[0x30, 0x82, 0x09, 0x10, 2, 1, 3][..], &[0x30, 0x80, 2, 1, 3], &[0x30, 0x03, 2, 1, 3]] {
            assert!(looks_like_pkcs12(pkcs12), "{pkcs12:x?}");
        }
        let certificate = [0x30, 0x82, 0x03, 0x10, 0x30, 0x82];
        for other in [&certificate[..], b"-----BEGIN CERTIFICATE-----", b"", &[0x30], &[0x30, 0x82, 2, 1, 3]] {
            assert!(!looks_like_pkcs12(other), "{other:x?}");
        }
    }

    #[test]
    fn one_file_of_the_right_size_and_kind() {
        let directory = tempfile::tempdir().unwrap();
        let file = |name: &str, content: &[u8]| {
            let path = directory.path().join(name);
            std::fs::write(&path, content).unwrap();
            path
        };
        let good = file("good.p12", &[0x30, 0x03, 2, 1, 3]);
        let photo = file("photo.p12", b"GIF89a");
        let large = file("large.p12", &vec![0x30; MAX_PKCS12_BYTES + 1]);
        assert_eq!(ImportFile::chosen(std::slice::from_ref(&good)).unwrap().name(), "good.p12");
        assert!(matches!(ImportFile::chosen(&[good.clone(), good]), Err(Error::SeveralFiles(2))));
        assert!(matches!(ImportFile::chosen(&[photo]), Err(Error::Pkcs12(Pkcs12Error::NotPkcs12))));
        assert!(matches!(ImportFile::chosen(&[large]), Err(Error::Pkcs12(Pkcs12Error::TooLarge))));
        assert!(matches!(ImportFile::chosen(&[directory.path().to_owned()]), Err(Error::File(_))));
    }
}
