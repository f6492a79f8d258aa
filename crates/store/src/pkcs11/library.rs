//! Finds and loads the library of a PKCS#11 module. If a file is not such a library, finds out why.

use std::env::consts::{ARCH, OS};
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use cryptoki::context::Pkcs11;
use cryptoki::error::Error;

use crate::{SystemError, Unavailable};

/// The folders of modules in which the loader does not search.
const FOLDERS: &[&str] = &[
    "/usr/lib/x86_64-linux-gnu/pkcs11",
    "/usr/lib/aarch64-linux-gnu/pkcs11",
    "/usr/lib64/pkcs11",
    "/usr/lib/pkcs11",
    "/usr/lib/x86_64-linux-gnu/softhsm",
    "/usr/lib/aarch64-linux-gnu/softhsm",
    "/usr/lib64/softhsm",
    "/usr/lib/softhsm",
];

/// Returns the path of the module, or its name if only the loader may find it.
pub(super) fn find(named: &Path) -> Result<PathBuf, Unavailable> {
    let is_name = named.components().count() == 1 && !named.exists();
    if is_name {
        let found = FOLDERS.iter().map(|folder| Path::new(folder).join(named)).find(|path| path.is_file());
        return Ok(found.unwrap_or_else(|| named.to_owned()));
    }
    let path = named.canonicalize().map_err(|error| unopened(named, error))?;
    let metadata = path.metadata().map_err(|error| unopened(named, error))?;
    if metadata.is_file() { Ok(path) } else { Err(Unavailable::ModuleNotALibrary { module: path, source: None }) }
}

/// Loads the library that [`find`] returned.
pub(super) fn load(library: &Path) -> Result<Pkcs11, Unavailable> {
    if is_cut(library) {
        return Err(Unavailable::ModuleNotALibrary { module: library.to_owned(), source: None });
    }
    Pkcs11::new(library).map_err(|error| match error {
        Error::MissingSymbol(_) => Unavailable::ModuleNotPkcs11(library.to_owned()),
        Error::LibraryLoading(_) => unloadable(library, error),
        error => Unavailable::ModuleFailed { module: library.to_owned(), source: error.into() },
    })
}

/// Returns why the loader refused the library: because of the library itself, or because of another library that it
/// needs.
fn unloadable(library: &Path, error: Error) -> Unavailable {
    let module = library.to_owned();
    // A name that the loader has not found: `find` has looked elsewhere.
    if library.components().count() == 1 {
        return Unavailable::ModuleMissing(module);
    }
    let start = match first_bytes(library) {
        Ok(start) => start,
        Err(error) => return unopened(library, error),
    };
    let source = SystemError::from(error);
    match Binary::of(&start) {
        None => Unavailable::ModuleNotALibrary { module, source: Some(source) },
        Some(binary) if !binary.runs_here() => Unavailable::ModuleOfOtherSystem { module, source },
        // The loader of Linux names the file at fault first.
        Some(_) if OS == "linux" && source.number().starts_with(&format!("{}: ", library.display())) => {
            Unavailable::ModuleNotALibrary { module, source: Some(source) }
        }
        Some(_) => Unavailable::ModuleNeedsLibrary { module, source },
    }
}

/// Returns whether the file ends before the end of a segment in its header. The loader of Linux crashes on such a file.
fn is_cut(library: &Path) -> bool {
    let (Ok(start), Ok(metadata)) = (first_bytes(library), library.metadata()) else { return false };
    let number = |at: usize, bytes: usize| {
        let field = start.get(at..at.checked_add(bytes)?)?;
        Some(field.iter().rev().fold(0u64, |sum, byte| sum << 8 | u64::from(*byte)))
    };
    // ELF, 64 bits, little-endian: e_phoff, e_phentsize and e_phnum, then p_offset and p_filesz of each segment.
    if !start.starts_with(b"\x7fELF\x02\x01") {
        return false;
    }
    let (Some(table), Some(size), Some(count)) = (number(32, 8), number(54, 2), number(56, 2)) else { return true };
    (0..count).any(|segment| {
        let at = usize::try_from(table.saturating_add(segment * size)).unwrap_or(usize::MAX);
        let end = number(at.saturating_add(8), 8).zip(number(at.saturating_add(32), 8));
        // A table further on than the first bytes is unusual, and left to the loader.
        end.is_some_and(|(offset, length)| offset.saturating_add(length) > metadata.len())
    })
}

fn unopened(module: &Path, error: io::Error) -> Unavailable {
    match error.kind() {
        io::ErrorKind::PermissionDenied => Unavailable::NotPermitted { path: module.to_owned(), source: error.into() },
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Unavailable::ModuleMissing(module.to_owned()),
        _ => Unavailable::ModuleNotALibrary { module: module.to_owned(), source: Some(error.into()) },
    }
}

/// Reads the first bytes of a library, as many as its headers need.
fn first_bytes(file: &Path) -> io::Result<Vec<u8>> {
    let mut start = Vec::new();
    File::open(file)?.take(4096).read_to_end(&mut start)?;
    Ok(start)
}

/// The system and the processor that a library is for.
#[derive(Debug, PartialEq, Eq)]
struct Binary {
    os: &'static str,
    /// The processor, as [`ARCH`] names it; none if this program does not know it.
    arch: Option<&'static str>,
}

impl Binary {
    /// Reads the header of an ELF, PE or Mach-O file.
    fn of(start: &[u8]) -> Option<Self> {
        let two = |at: usize| start.get(at..at + 2).map(|bytes| u16::from_le_bytes([bytes[0], bytes[1]]));
        let four = |at: usize| {
            let bytes = start.get(at..at + 4)?;
            Some(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
        };
        match start {
            // Byte 4 is 2 for 64 bits; e_machine is EM_X86_64, EM_AARCH64 or EM_RISCV.
            [0x7f, b'E', b'L', b'F', class, ..] => {
                let arch = match (class, two(18)?) {
                    (2, 62) => Some("x86_64"),
                    (2, 183) => Some("aarch64"),
                    (2, 243) => Some("riscv64"),
                    (1, 3) => Some("x86"),
                    (1, 40) => Some("arm"),
                    _ => None,
                };
                Some(Self { os: "linux", arch })
            }
            [b'M', b'Z', ..] => {
                let header = usize::try_from(four(0x3c)?).ok()?;
                let arch = match (start.get(header..header.checked_add(4)?)?, two(header + 4)?) {
                    (b"PE\0\0", 0x8664) => Some("x86_64"),
                    (b"PE\0\0", 0xaa64) => Some("aarch64"),
                    (b"PE\0\0", 0x014c) => Some("x86"),
                    _ => None,
                };
                Some(Self { os: "windows", arch })
            }
            // MH_MAGIC_64, then CPU_TYPE_X86_64 or CPU_TYPE_ARM64.
            [0xcf, 0xfa, 0xed, 0xfe, ..] => {
                let arch = match four(4)? {
                    0x0100_0007 => Some("x86_64"),
                    0x0100_000c => Some("aarch64"),
                    _ => None,
                };
                Some(Self { os: "macos", arch })
            }
            // A file for several processors.
            [0xca, 0xfe, 0xba, 0xbe, ..] => Some(Self { os: "macos", arch: Some(ARCH) }),
            _ => None,
        }
    }

    fn runs_here(&self) -> bool {
        self.os == OS && self.arch == Some(ARCH)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_tells_for_which_computer_a_library_is() {
        let mut elf = vec![0; 64];
        elf[..5].copy_from_slice(b"\x7fELF\x02");
        elf[18] = 183;
        assert_eq!(Binary::of(&elf), Some(Binary { os: "linux", arch: Some("aarch64") }));
        let mut pe = vec![0; 0x90];
        pe[..2].copy_from_slice(b"MZ");
        pe[0x3c] = 0x80;
        pe[0x80..0x86].copy_from_slice(b"PE\0\0\x64\x86");
        assert_eq!(Binary::of(&pe), Some(Binary { os: "windows", arch: Some("x86_64") }));
        let mach = b"\xcf\xfa\xed\xfe\x0c\x00\x00\x01";
        assert_eq!(Binary::of(mach), Some(Binary { os: "macos", arch: Some("aarch64") }));
    }

    #[test]
    fn a_short_header_is_read_without_a_panic() {
        for whole in [b"\x7fELF\x02\x01\x01".as_slice(), b"MZ", b"\xcf\xfa\xed\xfe", b"#!/bin/sh", b""] {
            for end in 0..=whole.len() {
                assert_eq!(Binary::of(&whole[..end]), None, "{whole:?}");
            }
        }
        let mut pe = vec![0xff; 0x40];
        pe[..2].copy_from_slice(b"MZ");
        assert_eq!(Binary::of(&pe), None);
    }
}
