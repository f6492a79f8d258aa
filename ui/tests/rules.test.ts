import { describe, expect, it } from "vitest";
import type { PasswordRule, Problem, UserSettings } from "../src/ipc/bindings";
import { chosenPasswords, demands, nothingChosen } from "../src/forms/chosen";
import { changes, draftOf, isNumber } from "../src/forms/edit";
import { fulfils, requirements } from "../src/forms/password";
import { sealCharacter } from "../src/display/seal";

const login: PasswordRule = { min: 6, max: 12, mixed: true };
const confirmation: PasswordRule = { ...login, unlike_user_id: true, unlike_login_password: true };
const context = { userId: "hanako1", loginPassword: "Login123" };

describe("a new password", () => {
  it("S1-9: is 6 to 12 half-width letters and digits, mixed", () => {
    const good = (candidate: string) => fulfils(login, candidate, context);
    expect(["abc123", "abcdef123456", "Login123"].filter((candidate) => !good(candidate))).toEqual([]);
    expect(["", "abc12", "abcdef1234567", "abcdef", "123456", "ａｂｃ１２３", "abc-123"].filter(good)).toEqual([]);
  });

  it("S1-10: is unlike the login ID and the login password, and case matters", () => {
    expect(fulfils(confirmation, "hanako1", context)).toBe(false);
    expect(fulfils(confirmation, "Login123", context)).toBe(false);
    expect(fulfils(confirmation, "login123", context)).toBe(true);
  });

  it("shows what is still to be done before anything is typed", () => {
    expect(requirements(confirmation, "", context).filter(({ met }) => met)).toEqual([]);
    expect(requirements(login, "", context).map(({ kind }) => kind)).toEqual(["length", "characters", "mixed"]);
  });
});

describe("passwords that are chosen before an acquisition", () => {
  const problem = (passwords: string): Problem => ({
    code: "password_change_required",
    params: { by: "another", passwords },
    reference: "",
  });

  it("S3-10: are those that the bank names", () => {
    expect(demands(problem("login"))).toEqual(["login"]);
    expect(demands(problem("login confirmation approval transfer"))).toHaveLength(4);
    expect(demands({ code: "password_change_required", reference: "" })).toEqual([]);
    expect(demands({ ...problem("login"), code: "login_failed" })).toEqual([]);
  });

  it("are sent only if they are demanded", () => {
    const draft = { ...nothingChosen(), login: "Atara2027", confirmation: "Kakunin99", present: "" };
    expect(chosenPasswords(draft, [])).toBeNull();
    expect(chosenPasswords(draft, ["login"])).toMatchObject({
      new_login_password: "Atara2027",
      new_confirmation_password: null,
    });
    expect(chosenPasswords({ ...draft, present: "Kakunin01" }, ["login", "confirmation"])).toMatchObject({
      confirmation_password: "Kakunin01",
      new_confirmation_password: "Kakunin99",
      new_approval_password: null,
    });
  });
});

describe("a number in an edit", () => {
  const settings: UserSettings = {
    name: "ゲータ 花子",
    role: "general",
    single_transfer: true,
    transfer_limit_thousand_yen: 5000,
    forced_change: false,
    change_period_days: 90,
    alarm_period_days: null,
    companies: [],
  };

  it("S4-7: is the same in full width and with a blank beside it", () => {
    const typed = (limit: string) => changes(settings, { ...draftOf(settings), limit });
    expect(["５０００", " 5000", "５０００　"].map(typed)).toEqual([{}, {}, {}]);
    expect(typed("７０００")).toEqual({ transfer_limit_thousand_yen: 7000 });
    expect(["5000", "５０００", ""].filter((text) => !isNumber(text, 8))).toEqual([]);
    expect(["-5000", "−5000", "5,000", "五千", "123456789"].filter((text) => isNumber(text, 8))).toEqual([]);
  });
});

describe("a seal", () => {
  it("shows the given name, so that people of one family differ", () => {
    expect(sealCharacter("ゲータ 花子", "hanakodt")).toBe("花");
    expect(sealCharacter("ゲータ　一郎", "ichirodt")).toBe("一");
    expect(sealCharacter("Hanako Geta", "hanakodt")).toBe("H");
    expect(sealCharacter("花子", "hanakodt")).toBe("花");
  });

  it("shows the ID where no name is known", () => {
    expect(sealCharacter(null, "hanakodt")).toBe("H");
    expect(sealCharacter(" ", "jirodt")).toBe("J");
    expect(sealCharacter(null, "")).toBe("");
  });
});
