//! Changes bytes inside DER, and corrects every length around them.

/// Returns the offsets at which `wanted` begins in `bytes`.
pub(crate) fn positions(bytes: &[u8], wanted: &[u8]) -> Vec<usize> {
    let found: Vec<usize> =
        bytes.windows(wanted.len()).enumerate().filter(|(_, w)| *w == wanted).map(|(n, _)| n).collect();
    assert!(!found.is_empty());
    found
}

/// Returns `der` with another INTEGER instead of the value at `position`, which may be inside OCTET STRINGs.
pub(crate) fn with_integer(der: &[u8], position: usize, integer: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut start = 0;
    while start < der.len() {
        let (header, length) = header(&der[start..]);
        let end = start + header + length;
        let content = &der[start + header..end];
        match position.checked_sub(start) {
            Some(0) => write(&mut out, der[start], integer),
            Some(inside) if position < end => {
                write(&mut out, der[start], &with_integer(content, inside - header, integer));
            }
            _ => write(&mut out, der[start], content),
        }
        start = end;
    }
    out
}

fn header(der: &[u8]) -> (usize, usize) {
    match der[1] {
        short if short < 0x80 => (2, short.into()),
        long => {
            let bytes = &der[2..2 + usize::from(long & 0x7f)];
            (2 + bytes.len(), bytes.iter().fold(0, |length, byte| length << 8 | usize::from(*byte)))
        }
    }
}

fn write(out: &mut Vec<u8>, tag: u8, content: &[u8]) {
    out.push(tag);
    match content.len() {
        short if short < 0x80 => out.push(short as u8),
        long => {
            out.push(0x82);
            out.extend((long as u16).to_be_bytes());
        }
    }
    out.extend(content);
}
