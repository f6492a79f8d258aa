/**
 * Returns the character that a seal shows: the first one of the given name, or the first one of the login ID if the
 * name is unknown. In Japanese the given name comes last. The family name is not used, so that people of one family
 * have different seals.
 */
export function sealCharacter(person: string | null, id: string): string {
  const name = person?.trim() ?? "";
  const parts = name.split(/\s+/);
  const latin = /^[\p{Script=Latin}]/u.test(name);
  const given = (latin ? parts[0] : parts.at(-1)) ?? "";
  const [first] = given || id;
  return (first ?? "").toUpperCase();
}
