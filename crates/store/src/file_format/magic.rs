use super::FileKind;

/// The first bytes of binary files, with the kind of each.
const BEGINNINGS: &[(&[u8], FileKind)] = &[
    // JKS and JCEKS.
    (&[0xfe, 0xed, 0xfe, 0xed], FileKind::JavaKeyStore),
    (&[0xce, 0xce, 0xce, 0xce], FileKind::JavaKeyStore),
    // BKS of Bouncy Castle, versions 1 and 2, with a salt of 20 bytes.
    (&[0, 0, 0, 1, 0, 0, 0, 20], FileKind::JavaKeyStore),
    (&[0, 0, 0, 2, 0, 0, 0, 20], FileKind::JavaKeyStore),
    (b"SQLite format 3\0", FileKind::KeyDatabase),
    // Berkeley DB as NSS wrote it, and macOS' keychain.
    (&[0, 6, 0x15, 0x61], FileKind::KeyDatabase),
    (b"kych", FileKind::KeyDatabase),
    // A private key of Windows, .pvk.
    (&[0x1e, 0xf1, 0xb5, 0xb0], FileKind::PrivateKey),
    // A serialized store of Windows, .sst.
    (&[0, 0, 0, 0, b'C', b'E', b'R', b'T'], FileKind::CertificateCollection),
    // A shortcut of Windows, .lnk, and an alias of macOS.
    (&[0x4c, 0, 0, 0, 1, 0x14, 2, 0], FileKind::Shortcut),
    (b"book\0\0\0\0mark", FileKind::Shortcut),
    // 7z, RAR, gzip, bzip2, xz, Zstandard, cabinet.
    (b"7z\xbc\xaf\x27\x1c", FileKind::Archive),
    (b"Rar!\x1a\x07", FileKind::Archive),
    (&[0x1f, 0x8b], FileKind::Archive),
    (b"BZh", FileKind::Archive),
    (b"\xfd7zXZ\0", FileKind::Archive),
    (&[0x28, 0xb5, 0x2f, 0xfd], FileKind::Archive),
    (b"MSCF", FileKind::Archive),
    (b"%PDF-", FileKind::Document),
    (b"{\\rtf", FileKind::Document),
    // JPEG, PNG, GIF, TIFF, WebP.
    (&[0xff, 0xd8, 0xff], FileKind::Document),
    (b"\x89PNG\r\n", FileKind::Document),
    (b"GIF8", FileKind::Document),
    (b"II*\0", FileKind::Document),
    (b"MM\0*", FileKind::Document),
    (b"RIFF", FileKind::Document),
];

/// The first bytes of a compound file: a document of old Office, or a mail of Outlook.
const COMPOUND: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// Returns the kind of a file whose first bytes identify it; none for other files.
pub(super) fn kind_of(content: &[u8]) -> Option<FileKind> {
    if let Some((_, kind)) = BEGINNINGS.iter().find(|(beginning, _)| content.starts_with(beginning)) {
        return Some(*kind);
    }
    let at = |position: usize, wanted: &[u8]| content.get(position..).is_some_and(|rest| rest.starts_with(wanted));
    if content.starts_with(b"PK\x03\x04") || content.starts_with(b"PK\x05\x06") {
        // Office's documents are archives whose first file has this name.
        return Some(if at(30, b"[Content_Types].xml") { FileKind::Document } else { FileKind::Archive });
    }
    if content.starts_with(COMPOUND) {
        let stream: Vec<u8> = "__substg1.0_".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let is_mail = content.windows(stream.len()).any(|window| window == stream);
        return Some(if is_mail { FileKind::Mail } else { FileKind::Document });
    }
    // LHA has its method there, tar its name, HEIF and MP4 theirs.
    if at(2, b"-lh") && at(6, b"-") || at(257, b"ustar") {
        return Some(FileKind::Archive);
    }
    at(4, b"ftyp").then_some(FileKind::Document)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn binary_files_are_known_by_their_beginning() {
        let mail: Vec<u8> =
            COMPOUND.iter().copied().chain("__substg1.0_1000".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let mut tar = vec![b'a'; 257];
        tar.extend(b"ustar");
        for (content, kind) in [
            (&b"PK\x03\x04\x14\0"[..], FileKind::Archive),
            (&[&b"PK\x03\x04"[..], &[0; 26], b"[Content_Types].xml"].concat(), FileKind::Document),
            (b"\x20\x00-lh5-", FileKind::Archive),
            (&tar, FileKind::Archive),
            (COMPOUND, FileKind::Document),
            (&mail, FileKind::Mail),
            (b"\0\0\0\x18ftypheic", FileKind::Document),
            (&[0xfe, 0xed, 0xfe, 0xed, 0, 0, 0, 2], FileKind::JavaKeyStore),
        ] {
            assert_eq!(kind_of(content), Some(kind), "{content:x?}");
        }
        assert_eq!(kind_of(b"-----BEGIN"), None);
    }
}
