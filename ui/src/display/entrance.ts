import { catalogue } from "../state/catalogue.svelte";
import { inText } from "../words/terms";
import { local, t } from "../words/words.svelte";

/**
 * Returns the name of the login type that a certificate is for, if it cannot be used with the chosen one. A bank with
 * more than two login types does not tell which of the others it is.
 */
export function otherEntrance(): string {
  const others = catalogue.bank?.profile.entrances.filter(({ id }) => id !== catalogue.entrance) ?? [];
  const [other] = others;
  return other && others.length === 1 ? inText(local(other.name)) : t("other-entrance");
}
