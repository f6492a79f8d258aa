import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import type { MigrationRequest } from "../../src/ipc/bindings";
import { at } from "./browser";
import { details, chosen, importable } from "./certificates.data";
import * as data from "./data";
import type { Answers } from "./stub";
import { calls, inEveryLook, logIn, ok } from "./walk";

// What failed and takes no secret is tried again by the button beside the problem, on every page that can.

const failed = { error: data.problem("store_unavailable") };
const noConnection = { error: data.problem("bank_unreachable", { address: "okmate.example" }) };

const again = `${at("problem")} ${at("remedy-again")}`;

/** Presses the button beside the problem. The problem is then gone. */
async function tryAgain(page: Page): Promise<void> {
  await page.click(again);
  await page.waitForSelector(at("problem"), { state: "detached" });
}

/** A command that a page needs, and how to open the page. */
type Reading = {
  command: string;
  fails: Answers[string];
  more?: Answers;
  open: (page: Page) => Promise<void>;
  then: string;
};

const readings: Record<string, Reading> = {
  certificates: {
    command: "certificates",
    fails: [ok(data.rows), failed, ok(data.rows)],
    open: (page) => page.click(at("nav-certificates")),
    then: "certificate-row",
  },
  "clean-up": {
    command: "clean_up",
    fails: [failed, ok({ spent: [data.old], kept: [] })],
    open: async (page) => {
      await page.click(at("nav-certificates"));
      await page.click(at("clean-open"));
    },
    then: "spent-row",
  },
  renewal: {
    command: "certificates",
    fails: [ok([data.ichiro]), failed, ok([data.ichiro])],
    open: (page) => page.click(at("renew-open")),
    then: "certificate",
  },
  users: {
    command: "people",
    fails: [noConnection, ok([])],
    open: async (page) => {
      await logIn(page);
      await page.click(at("nav-users"));
    },
    then: "users-none",
  },
  "the way to a new PC": {
    command: "guide",
    fails: [failed, ok(null)],
    open: (page) => page.click(at("nav-move")),
    then: "move-begin",
  },
  "the report": {
    command: "report",
    fails: [failed, ok(data.report)],
    open: async (page) => {
      await page.click(at("nav-settings"));
      await page.click(at("report-open"));
    },
    then: "report",
  },
  stores: {
    command: "stores",
    fails: [failed, ok(data.stores)],
    open: (page) => page.click(at("nav-settings")),
    then: "store-choice",
  },
  "what is remembered": {
    command: "remembered",
    fails: [failed, ok(data.remembered)],
    open: (page) => page.click(at("nav-settings")),
    then: "remembered-row",
  },
};

const request: MigrationRequest = {
  asked: { method: "certificate", role: "master", old_pc_works: true, another_administrator: true },
  this_pc: "old",
  user: "ichirodt",
  contract: null,
};

inEveryLook((walk, as) => {
  for (const [name, { command, fails, open, then }] of Object.entries(readings)) {
    // Their words and problems are shown elsewhere: one look will do.
    it.runIf(as.theme === "light" && as.language === "ja")(`reads once more what could not be read: ${name}`, () =>
      walk({ [command]: fails }, async (page) => {
        await open(page);
        await tryAgain(page);
        await page.waitForSelector(at(then));
      }),
    );
  }

  it("reads a certificate once more, and deletes it once more", () =>
    walk(
      {
        certificate_details: [failed, ok(details(data.old))],
        delete_certificate: [
          { error: data.problem("deletion_incomplete", { left: "hanakodt" }) },
          ok({ id: data.old.id, key: "gone" }),
        ],
      },
      async (page, see) => {
        await page.click(at("nav-certificates"));
        await page.click(`${at("certificate-row")}[data-id="${data.old.id}"]`);
        await page.waitForSelector(again);
        await see("certificate-unread");
        await tryAgain(page);
        await page.click(at("delete-open"));
        await page.click(at("delete-submit"));
        await page.waitForSelector(again);
        await see("delete-incomplete");
        await page.click(again);
        await page.waitForSelector(at("deleted-notice"));
      },
    ));

  it("takes once more from a file what could not be kept", () =>
    walk(
      { open_import_file: [ok([importable(1, data.hanako)])], import_file: [failed, ok(data.hanako)] },
      async (page, see) => {
        await page.waitForFunction(() => "drop" in window);
        await page.evaluate((dropped) => window.drop({ dropped }), chosen);
        await page.click(at("import-look"));
        await page.click(at("import-submit"));
        await page.waitForSelector(again);
        await see("import-again");
        await page.click(again);
        await page.waitForSelector(at("import-login"));
      },
    ));

  it("keeps a setting once more", () =>
    walk(
      {
        set_language: [failed, ok(null)],
        set_text_size: [failed, ok(null)],
        set_reminders: [failed, ok(null)],
        set_proxy: [failed, ok("none")],
        set_store: [failed, ok(null)],
        forget: [failed, ok(null)],
        remove_bank: [failed, ok(null)],
      },
      async (page, see) => {
        await page.click(at("nav-settings"));
        await page.check(at(`language-${as.language === "ja" ? "en" : "ja"}`));
        await tryAgain(page);
        await page.check(at(`language-${as.language}`));
        await page.check(at("text-size-125"));
        await tryAgain(page);
        await page.check(at("text-size-100"));
        for (const press of [at("reminders-on"), at("proxy-none"), `${at("store-choice")}[value^="pkcs11"]`]) {
          await page.click(press);
          await page.waitForSelector(again);
          await tryAgain(page);
        }
        await page.click(`${at("remembered-row")}:first-child ${at("remembered-forget")}`);
        await tryAgain(page);
        await page.click(at("bank-remove"));
        await see("bank-remove");
        await page.click(at("bank-remove-submit"));
        await tryAgain(page);
        for (const command of ["set_reminders", "set_proxy", "set_store", "forget", "remove_bank"]) {
          const asked = await calls(page, command);
          expect(asked, command).toHaveLength(2);
          expect(asked[1], command).toEqual(asked[0]);
        }
      },
    ));

  it("puts a token off once more, and says once more that a step is done", () =>
    walk(
      {
        log_in_with_certificate: [ok({ ...data.session, next: "token_activation" })],
        skip_token: [noConnection, ok(data.session)],
        guide: [
          ok({
            bank: "okmate",
            request,
            alone: false,
            steps: [
              {
                actor: "you",
                location: "new_pc",
                kind: "check_pc",
                act: "confirm",
                done: false,
                unknown: false,
                said: false,
              },
            ],
            helpers: [],
            certificate: null,
          }),
        ],
        say_done: [failed, ok(null)],
      },
      async (page, see) => {
        await logIn(page);
        await page.click(at("token-skip"));
        await page.waitForSelector(again);
        await see("token-not-skipped");
        await page.click(again);
        await page.waitForSelector(at("top"));
        await page.click(at("nav-move"));
        await page.click(at("move-said"));
        await tryAgain(page);
        await page.waitForSelector(at("move-begin"));
        expect(await calls(page, "say_done")).toHaveLength(2);
      },
    ));
});
