import { type Problem, problemWho } from "./bindings";

/** What every command answers. */
export type Outcome<T> = { status: "ok"; data: T } | { status: "error"; error: Problem };

/** Who can mend a problem. */
export type Who = "you" | "administrator" | "branch" | "bank";

/**
 * Waits for a command and makes a problem of whatever else it may end in, such as a shell that does not know it:
 * no page is left waiting for ever. Text in it is as it came: a page escapes what it shows.
 */
export async function outcome<T>(command: Promise<Outcome<T>>): Promise<Outcome<T>> {
  try {
    const result = await command;
    return result.status === "ok" || isProblem(result.error) ? result : { status: "error", error: fault() };
  } catch {
    return { status: "error", error: fault() };
  }
}

/** Who a helper that the bank names is (S3-4, S4-4). */
const helpers: Record<string, Who> = {
  administrator: "administrator",
  other_administrator: "administrator",
  revocation_form: "branch",
  request_form: "branch",
  branch: "branch",
  telephone: "bank",
  revocation: "you",
};

/** Returns who can mend a problem; the bank if the code is one that only a newer program knows. */
export function whoMends(problem: Problem): Who {
  if (problem.code === "certificate_already_issued" && problem.params?.["here"] === "installed") return "you";
  const helper = helpers[problem.params?.["helper"] ?? ""];
  if (helper !== undefined) return helper;
  return (problemWho as Record<string, Who>)[problem.code] ?? "bank";
}

/** Whether the session that the problem speaks of is over. */
export function endsSession(problem: Problem): boolean {
  return problem.code === "session_ended" || problem.code === "session_not_bound";
}

/** Returns whether a person who is logged in can do nothing more: the contract or the person's certificate is over. */
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
