/**
 * The one character that a seal shows: the first of the given name, which in Japanese comes last, so that people of
 * one family differ; without a name, the first of the login ID.
 */
export function sealCharacter(person: string | null, id: string): string {
  const name = person?.trim() ?? "";
  const parts = name.split(/\s+/);
  const latin = /^[\p{Script=Latin}]/u.test(name);
  const given = (latin ? parts[0] : parts.at(-1)) ?? "";
  const [first] = given || id;
  return (first ?? "").toUpperCase();
}
