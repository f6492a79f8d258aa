/**
 * Returns the part of a distinguished name (RFC 4514) that people know: its first common name, or else the whole name.
 */
export function commonName(name: string): string {
  const found = /(?:^|,|\+)CN=((?:\\.|[^,+\\])*)/i.exec(name)?.[1];
  return found ? found.replace(/\\(.)/g, "$1") : name;
}
