/// Returns sixteen random bytes that are a positive number of that length (RFC 5280 §4.1.2.2).
pub(super) fn fresh() -> [u8; 16] {
    let mut serial: [u8; 16] = rand::random();
    serial[0] = serial[0] & 0x7f | 0x40;
    serial
}
