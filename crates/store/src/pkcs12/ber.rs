//! Converts BER (X.690) to DER, as far as PKCS#12 files need it. NSS writes indefinite lengths and strings in pieces.

use super::Pkcs12Error;

const MAX_DEPTH: usize = 32;
const CONSTRUCTED: u8 = 0x20;
const OCTET_STRING: u8 = 0x04;
/// An OCTET STRING in pieces.
const PIECES: u8 = 0x24;

/// Which bytes may follow a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum After {
    /// Zeros, with which Windows and some libraries fill the last block of a cipher.
    Zeros,
    /// Any bytes, as OpenSSL, NSS and Windows allow them.
    Anything,
}

/// Returns the first value in `ber` as DER: with definite, minimal lengths, and each OCTET STRING in one piece. The
/// content of an OCTET STRING and the order of a SET are not changed.
///
/// # Errors
/// [`Pkcs12Error::NotPkcs12`] if there is no whole value, or if what follows it is not what `after` allows;
/// [`Pkcs12Error::TooLarge`] beyond 32 levels.
pub(crate) fn der_from_ber(ber: &[u8], after: After) -> Result<Vec<u8>, Pkcs12Error> {
    let mut input = Input { rest: ber };
    let mut der = Vec::with_capacity(ber.len());
    input.value(&mut der, 0)?;
    let allowed = after == After::Anything || input.rest.iter().all(|byte| *byte == 0);
    if allowed { Ok(der) } else { Err(Pkcs12Error::NotPkcs12) }
}

struct Input<'a> {
    rest: &'a [u8],
}

impl<'a> Input<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8], Pkcs12Error> {
        let (taken, rest) = self.rest.split_at_checked(length).ok_or(Pkcs12Error::NotPkcs12)?;
        self.rest = rest;
        Ok(taken)
    }

    fn byte(&mut self) -> Result<u8, Pkcs12Error> {
        self.take(1).map(|bytes| bytes[0])
    }

    /// Reads one value and appends it to `der`.
    fn value(&mut self, der: &mut Vec<u8>, depth: usize) -> Result<(), Pkcs12Error> {
        if depth > MAX_DEPTH {
            return Err(Pkcs12Error::TooLarge);
        }
        let tag = self.tag()?;
        let length = self.length()?;
        let constructed = tag[0] & CONSTRUCTED != 0;
        if !constructed {
            let content = self.take(length.ok_or(Pkcs12Error::NotPkcs12)?)?;
            append(der, tag, content);
            return Ok(());
        }
        let mut content = Vec::new();
        let whole = tag == [PIECES];
        self.contents(length, &mut |input| {
            if whole { input.piece(&mut content, depth + 1) } else { input.value(&mut content, depth + 1) }
        })?;
        append(der, if whole { &[OCTET_STRING] } else { tag }, &content);
        Ok(())
    }

    /// Reads a piece of an OCTET STRING and appends it to `content`. A piece may itself be in pieces.
    fn piece(&mut self, content: &mut Vec<u8>, depth: usize) -> Result<(), Pkcs12Error> {
        if depth > MAX_DEPTH {
            return Err(Pkcs12Error::TooLarge);
        }
        let tag = self.byte()?;
        let length = self.length()?;
        match (tag, length) {
            (OCTET_STRING, Some(length)) => {
                content.extend_from_slice(self.take(length)?);
                Ok(())
            }
            (PIECES, length) => self.contents(length, &mut |input| input.piece(content, depth + 1)),
            _ => Err(Pkcs12Error::NotPkcs12),
        }
    }

    /// Calls `each` for the values in a constructed value, up to its length or its end-of-contents.
    fn contents(
        &mut self,
        length: Option<usize>,
        each: &mut dyn FnMut(&mut Self) -> Result<(), Pkcs12Error>,
    ) -> Result<(), Pkcs12Error> {
        if let Some(length) = length {
            let mut inside = Input { rest: self.take(length)? };
            while !inside.rest.is_empty() {
                each(&mut inside)?;
            }
            return Ok(());
        }
        while !self.rest.starts_with(&[0, 0]) {
            each(self)?;
        }
        self.take(2).map(|_| ())
    }

    fn tag(&mut self) -> Result<&'a [u8], Pkcs12Error> {
        let all = self.rest;
        let mut length = 1;
        if self.byte()? & 0x1f == 0x1f {
            length += 1;
            while self.byte()? & 0x80 != 0 {
                length += 1;
            }
        }
        Ok(&all[..length])
    }

    /// Returns the length of a value; none if the length is indefinite.
    fn length(&mut self) -> Result<Option<usize>, Pkcs12Error> {
        match self.byte()? {
            0x80 => Ok(None),
            short @ ..0x80 => Ok(Some(short.into())),
            long => {
                let bytes = self.take(usize::from(long & 0x7f))?;
                let significant = bytes.iter().position(|byte| *byte != 0).map_or(&[][..], |start| &bytes[start..]);
                if significant.len() > size_of::<u32>() {
                    return Err(Pkcs12Error::NotPkcs12);
                }
                Ok(Some(significant.iter().fold(0, |length, byte| (length << 8) + usize::from(*byte))))
            }
        }
    }
}

fn append(der: &mut Vec<u8>, tag: &[u8], content: &[u8]) {
    der.extend_from_slice(tag);
    let length = content.len().to_be_bytes();
    let zeros = length.iter().take_while(|byte| **byte == 0).count();
    let significant = &length[zeros..];
    match significant {
        [] => der.push(0),
        [short] if *short < 0x80 => der.push(*short),
        // At most eight bytes.
        long => {
            der.push(0x80 + long.len().to_le_bytes()[0]);
            der.extend_from_slice(long);
        }
    }
    der.extend_from_slice(content);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A value in the form in which BER may write it.
    #[derive(Debug, Clone)]
    enum Node {
        Primitive(u8, Vec<u8>),
        Octets(Vec<(Vec<u8>, bool)>, bool),
        Constructed(u8, Vec<Node>, bool),
    }

    impl Node {
        fn der(&self) -> Vec<u8> {
            let mut der = Vec::new();
            match self {
                Self::Primitive(tag, content) => append(&mut der, &[*tag], content),
                Self::Octets(pieces, _) => {
                    let whole: Vec<u8> = pieces.iter().flat_map(|(piece, _)| piece.clone()).collect();
                    append(&mut der, &[OCTET_STRING], &whole);
                }
                Self::Constructed(tag, inside, _) => {
                    append(&mut der, &[tag | CONSTRUCTED], &inside.iter().flat_map(Self::der).collect::<Vec<_>>());
                }
            }
            der
        }

        fn ber(&self) -> Vec<u8> {
            match self {
                Self::Primitive(..) => self.der(),
                Self::Octets(pieces, indefinite) => {
                    let piece = |(bytes, nested): &(Vec<u8>, bool)| {
                        let inner = [&[OCTET_STRING, 0x82][..], &(bytes.len() as u16).to_be_bytes(), bytes].concat();
                        if *nested { written(0x24, &inner, true) } else { inner }
                    };
                    written(0x24, &pieces.iter().flat_map(piece).collect::<Vec<_>>(), *indefinite)
                }
                Self::Constructed(tag, inside, indefinite) => {
                    written(tag | CONSTRUCTED, &inside.iter().flat_map(Self::ber).collect::<Vec<_>>(), *indefinite)
                }
            }
        }
    }

    /// Writes a value with an indefinite length, or with more length bytes than necessary.
    fn written(tag: u8, content: &[u8], indefinite: bool) -> Vec<u8> {
        if indefinite {
            [&[tag, 0x80], content, &[0, 0]].concat()
        } else {
            [&[tag, 0x84], &(content.len() as u32).to_be_bytes()[..], content].concat()
        }
    }

    fn node() -> impl Strategy<Value = Node> {
        let bytes = || prop::collection::vec(any::<u8>(), 0..200);
        let leaf = prop_oneof![
            (prop::sample::select(vec![2u8, 3, 4, 5, 6, 0x0c, 0x80, 0x81]), bytes())
                .prop_map(|(tag, content)| Node::Primitive(tag, content)),
            (prop::collection::vec((bytes(), any::<bool>()), 0..4), any::<bool>())
                .prop_map(|(pieces, indefinite)| Node::Octets(pieces, indefinite)),
        ];
        leaf.prop_recursive(6, 40, 5, |inner| {
            let tags = prop::sample::select(vec![0x10u8, 0x11, 0x80, 0x81, 0xa0]);
            (tags, prop::collection::vec(inner, 0..5), any::<bool>())
                .prop_map(|(tag, inside, indefinite)| Node::Constructed(tag, inside, indefinite))
        })
    }

    proptest! {
        #[test]
        fn every_way_of_writing_gives_the_same_der(node in node()) {
            let der = node.der();
            prop_assert_eq!(der_from_ber(&node.ber(), After::Zeros).unwrap(), der.clone());
            prop_assert_eq!(der_from_ber(&der, After::Zeros).unwrap(), der);
        }

        #[test]
        fn bytes_after_a_value_are_left_out(node in node(), bytes in prop::collection::vec(any::<u8>(), 1..20)) {
            let followed = |bytes: &[u8]| [&node.ber(), bytes].concat();
            prop_assert_eq!(der_from_ber(&followed(&bytes), After::Anything).unwrap(), node.der());
            prop_assert_eq!(der_from_ber(&followed(&vec![0; bytes.len()]), After::Zeros).unwrap(), node.der());
            let refused = der_from_ber(&followed(&[&bytes[..], &[1]].concat()), After::Zeros);
            prop_assert_eq!(refused, Err(Pkcs12Error::NotPkcs12));
        }

        #[test]
        fn a_cut_value_is_refused(node in node(), cut in any::<prop::sample::Index>()) {
            let ber = node.ber();
            prop_assert_eq!(der_from_ber(&ber[..cut.index(ber.len())], After::Anything), Err(Pkcs12Error::NotPkcs12));
        }

        #[test]
        fn anything_at_all_ends(bytes in prop::collection::vec(any::<u8>(), 0..500)) {
            let _ = der_from_ber(&bytes, After::Anything);
        }
    }

    #[test]
    fn values_may_be_nested_as_deep_as_the_limit() {
        for tag in [0x30, 0x24] {
            let nested = |depth: usize| {
                let inner = if tag == 0x24 { vec![OCTET_STRING, 1, 7] } else { vec![5, 0] };
                der_from_ber(&(0..depth).fold(inner, |inner, _| written(tag, &inner, true)), After::Zeros)
            };
            assert!(nested(MAX_DEPTH).is_ok(), "{tag}");
            assert_eq!(nested(MAX_DEPTH + 1), Err(Pkcs12Error::TooLarge), "{tag}");
        }
    }

    #[test]
    fn a_piece_of_an_octet_string_is_an_octet_string() {
        let pieces = |inner: &[u8]| der_from_ber(&written(0x24, inner, false), After::Zeros);
        assert_eq!(pieces(&[OCTET_STRING, 1, 7, OCTET_STRING, 1, 8]), Ok(vec![OCTET_STRING, 2, 7, 8]));
        assert_eq!(pieces(&[2, 1, 7]), Err(Pkcs12Error::NotPkcs12));
        assert_eq!(pieces(&written(0x30, &[OCTET_STRING, 1, 7], false)), Err(Pkcs12Error::NotPkcs12));
        assert_eq!(pieces(&[OCTET_STRING, 0x80]), Err(Pkcs12Error::NotPkcs12));
    }

    #[test]
    fn a_tag_may_have_several_bytes() {
        for value in [&[0x1f, 0x22, 1, 7][..], &[0x9f, 0x81, 0x22, 1, 7], &[0xbf, 0x81, 0x80, 1, 2, 5, 0]] {
            assert_eq!(der_from_ber(value, After::Zeros).as_deref(), Ok(value));
        }
        assert_eq!(der_from_ber(&[0x1f, 0x81], After::Anything), Err(Pkcs12Error::NotPkcs12));
    }

    #[test]
    fn a_length_has_four_significant_bytes_at_most() {
        let long =
            |length: &[u8]| der_from_ber(&[&[4, 0x80 | length.len() as u8], length, &[7]].concat(), After::Zeros);
        assert_eq!(long(&[0, 0, 0, 0, 0, 1]), Ok(vec![4, 1, 7]));
        assert_eq!(long(&[1, 0, 0, 0, 0]), Err(Pkcs12Error::NotPkcs12));
        for length in [0x7f, 0x80, 0xff, 0x100, 0x1234] {
            let content = vec![7; length];
            let der = der_from_ber(&written(4, &content, false), After::Zeros).unwrap();
            let header: &[u8] = match length {
                0x7f => &[4, 0x7f],
                0x80 => &[4, 0x81, 0x80],
                0xff => &[4, 0x81, 0xff],
                0x100 => &[4, 0x82, 1, 0],
                _ => &[4, 0x82, 0x12, 0x34],
            };
            assert_eq!(der, [header, &content].concat(), "{length}");
        }
    }

    #[test]
    fn hostile_lengths_and_depths_are_refused() {
        assert_eq!(der_from_ber(&[0x30, 0x84, 0x06, 0, 0, 0], After::Anything), Err(Pkcs12Error::NotPkcs12));
        assert_eq!(
            der_from_ber(&[0x30, 0x89, 1, 0, 0, 0, 0, 0, 0, 0, 0], After::Anything),
            Err(Pkcs12Error::NotPkcs12)
        );
        for (begin, end) in [([0x30, 0x80], [0, 0]), ([0x24, 0x80], [0, 0])] {
            let deep = [begin.repeat(100_000), end.repeat(100_000)].concat();
            assert_eq!(der_from_ber(&deep, After::Anything), Err(Pkcs12Error::TooLarge));
        }
    }
}
