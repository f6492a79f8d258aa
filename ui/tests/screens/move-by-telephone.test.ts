import { expect, it } from "vitest";
import type { Guide, GuideStep } from "../../src/ipc/bindings";
import { at } from "./browser";
import { details } from "./certificates.data";
import * as data from "./data";
import * as people from "./people";
import { calls, inEveryLook, ok } from "./walk";

// The way of a master whom no one else at the company can help: the branch reissues by telephone (S4-4), and the old
// certificate is still here.

const DEEDS: Omit<GuideStep, "done" | "unknown" | "said">[] = [
  { actor: "you", location: "branch", kind: "telephone", act: "confirm" },
  { actor: "branch", location: "branch", kind: "reissue_and_report", act: "confirm" },
  { actor: "you", location: "new_pc", kind: "acquire", act: "acquire" },
  { actor: "you", location: "new_pc", kind: "log_in", act: "log_in" },
  { actor: "you", location: "new_pc", kind: "delete_old", act: "delete" },
];

/** Returns the guide after so many steps are done. */
const atStep = (done: number): Guide => ({
  bank: "shinkin",
  request: {
    asked: { method: "certificate", role: "administrator", old_pc_works: false, another_administrator: false },
    this_pc: "new",
    user: "keir001",
    contract: null,
  },
  alone: false,
  steps: DEEDS.map((step, index) => ({ ...step, unknown: false, done: index < done, said: index < Math.min(done, 2) })),
  helpers: [],
  certificate: data.old.id,
});

inEveryLook((walk) => {
  it("telephones, waits, logs in and deletes what is left (S4-4, S0-15)", () =>
    walk(
      {
        banks: [ok([people.shinkin])],
        guide: [ok(atStep(0)), ok(atStep(3)), ok(atStep(4))],
        say_done: [ok(atStep(1))],
        certificate_details: [ok(details(data.old))],
      },
      async (page, see) => {
        await page.click(at("nav-move"));
        await page.waitForSelector(at("move-said"));
        expect(await page.textContent(at("move-step"))).toContain("0120-000-002");
        await see("move-telephone");
        await page.click(at("move-said"));
        expect(await calls(page, "say_done")).toEqual([{ bank: "shinkin", kind: "telephone", done: true }]);
        await page.click(at("nav-login"));
        await page.click(at("nav-move"));
        await page.waitForSelector(at("move-log-in"));
        await see("move-log-in");
        await page.click(at("move-log-in"));
        await page.waitForSelector(at("login-certificate"));
        await page.click(at("nav-move"));
        await page.waitForSelector(at("move-delete"));
        await see("move-delete");
        await page.click(at("move-delete"));
        await page.waitForSelector(at("certificate-facts"));
      },
    ));
});
