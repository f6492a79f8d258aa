//! Converts strings to and from the form of Windows: UTF-16 with a NUL at the end.

#![allow(unsafe_code)]

pub(super) fn wide(text: &str) -> Vec<u16> {
    text.encode_utf16().chain([0]).collect()
}

/// Returns the text at `pointer`; empty if `pointer` is null.
///
/// # Safety
/// `pointer` is null, or points to UTF-16 with a NUL at its end, and the text does not change during the call.
pub(super) unsafe fn narrow(pointer: *const u16) -> String {
    if pointer.is_null() {
        return String::new();
    }
    let mut units = Vec::new();
    for index in 0.. {
        // SAFETY: no further than the NUL, by the contract.
        match unsafe { *pointer.add(index) } {
            0 => break,
            unit => units.push(unit),
        }
    }
    String::from_utf16_lossy(&units)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        let there = wide("印鑑");
        assert_eq!(there.last(), Some(&0));
        // SAFETY: `there` ends with a NUL and outlives the call.
        assert_eq!(unsafe { narrow(there.as_ptr()) }, "印鑑");
        // SAFETY: null is allowed.
        assert_eq!(unsafe { narrow(std::ptr::null()) }, "");
    }
}
