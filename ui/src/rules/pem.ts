/** A certificate file as PEM text, whether it holds PEM or DER (RFC 7468 section 5); null where it is neither. */
export function pemOf(bytes: Uint8Array): string | null {
  const text = new TextDecoder().decode(bytes);
  if (text.includes("-----BEGIN CERTIFICATE-----")) return text;
  // A certificate is a SEQUENCE in the long form of length: 0x30 0x82.
  if (bytes[0] !== 0x30 || bytes[1] !== 0x82) return null;
  const base64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  const lines = base64.match(/.{1,64}/g) ?? [];
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
}
