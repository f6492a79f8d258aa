import { type Problem, problemWho } from "./bindings";

/** The answer of every command. */
export type Outcome<T> = { status: "ok"; data: T } | { status: "error"; error: Problem };

/** Who can mend a problem. */
export type Who = "you" | "administrator" | "branch" | "bank";

/**
 * Waits for a command. If it ends in any other way than with an answer, for example because the shell does not know it,
 * returns a problem, so that no page waits forever. The texts in the answer are not escaped: a page escapes what it
 * shows.
 */
export async function outcome<T>(command: Promise<Outcome<T>>): Promise<Outcome<T>> {
  try {
    const result = await command;
    return result.status === "ok" || isProblem(result.error) ? result : { status: "error", error: fault() };
  } catch {
    return { status: "error", error: fault() };
  }
}

/** The person who helps, for each helper that a bank names (S3-4, S4-4). */
const helpers: Record<string, Who> = {
  administrator: "administrator",
  other_administrator: "administrator",
  revocation_form: "branch",
  request_form: "branch",
  branch: "branch",
  telephone: "bank",
  revocation: "you",
};

/** Returns who can mend a problem. If only a newer program knows the code, returns the bank. */
export function whoMends(problem: Problem): Who {
  if (problem.code === "certificate_already_issued" && problem.params?.["here"] === "installed") return "you";
  const helper = helpers[problem.params?.["helper"] ?? ""];
  if (helper !== undefined) return helper;
  return (problemWho as Record<string, Who>)[problem.code] ?? "bank";
}

/** Returns whether the problem says that the session is over. */
export function endsSession(problem: Problem): boolean {
  return problem.code === "session_ended" || problem.code === "session_not_bound";
}

/**
 * Returns whether the problem means that the user can do nothing more in the session: the contract is frozen, or the
 * user's certificate is no longer valid.
 */
export function shutsOut(problem: Problem): boolean {
  const codes: Problem["code"][] = [
    "contract_frozen",
    "certificate_revoked",
    "certificate_superseded",
    "certificate_expired",
  ];
  return codes.includes(problem.code);
}

function isProblem(error: unknown): error is Problem {
  return typeof error === "object" && error !== null && "code" in error;
}

function fault(): Problem {
  return { code: "app_fault", params: {}, reference: "" };
}
