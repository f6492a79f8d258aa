import type { CertificateRow } from "../ipc/bindings";
import { otherEntrance } from "../display/entrance";
import { dateText } from "./dates";
import { reasonSentence, nextStep, nextStepElsewhere, nextStepReissue } from "./names/certificates";
import { language, t } from "./words.svelte";

/** Returns why a certificate cannot be used at the bank with the title `bank`, as sentences. */
export function reasonsOf(certificate: CertificateRow, bank: string | undefined): string {
  return sentences(certificate, bank).join(t("sentence-separator"));
}

/** Returns why a certificate cannot be used, and what helps. */
export function whyUnusable(certificate: CertificateRow, bank: string | undefined): string {
  const { reasons } = certificate;
  // What no bank here has issued is not acquired here; and if there is a newer one, it decides what helps.
  const steps = certificate.bank === null ? nextStepElsewhere : nextStep;
  const replaced = reasons.find((reason) => reason === "superseded" || reason === "superseded_elsewhere");
  const reissued = certificate.reissued_by ? nextStepReissue[certificate.reissued_by] : undefined;
  const way = replaced ? steps[replaced] : (reissued ?? reasons.map((reason) => steps[reason])[0]);
  const facts = sentences(certificate, bank);
  return (way ? [...facts, t(way)] : facts).join(t("sentence-separator"));
}

function sentences(certificate: CertificateRow, bank: string | undefined): string[] {
  const day = (at: string) => dateText(at, language());
  return certificate.reasons.map((reason) =>
    t(reasonSentence[reason], {
      date: day(reason === "not_yet_valid" ? certificate.not_before : certificate.not_after),
      bank: bank ?? t("this-bank"),
      kind: certificate.key_kind,
      entrance: otherEntrance(),
    }),
  );
}
