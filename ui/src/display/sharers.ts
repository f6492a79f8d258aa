import type { TokenLine } from "../ipc/bindings";

/**
 * Returns the users who share the token of one of the `chosen` users and are not chosen themselves (S2-4). The lines are
 * those before a revocation, since a revoked token shows no serial number.
 */
export function sharers(lines: TokenLine[], chosen: string[]): TokenLine[] {
  const picked = lines.filter((line) => chosen.includes(line.person.id));
  const serials = new Set(picked.flatMap((line) => line.token.serial ?? []));
  return lines.filter(
    (line) => !chosen.includes(line.person.id) && line.token.serial !== null && serials.has(line.token.serial),
  );
}
