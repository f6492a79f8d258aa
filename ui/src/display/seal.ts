/**
 * Returns the characters that a seal shows: the first one of the given name. In Japanese the given name comes last. The
 * family name is not used, so that people of one family have different seals. If the name is unknown, returns the last
 * two digits of the login ID, by which the IDs of one company differ, or the first letter of an ID without digits.
 */
export function sealCharacter(person: string | null, id: string): string {
  const name = person?.trim() ?? "";
  const parts = name.split(/\s+/);
  const latin = /^[\p{Script=Latin}]/u.test(name);
  const given = (latin ? parts[0] : parts.at(-1)) ?? "";
  if (given !== "") return (Array.from(given)[0] ?? "").toUpperCase();
  // A name of several words holds the contract number and a constant beside the ID: the ID has letters.
  const words = id.trim().split(/\s+/);
  const own = words.find((word) => /\p{L}/u.test(word)) ?? id;
  const digits = /\p{L}.*?(\d{1,2})$/u.exec(own)?.[1];
  return digits ?? (Array.from(own)[0] ?? "").toUpperCase();
}
