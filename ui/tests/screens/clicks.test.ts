import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { at } from "./browser";
import { details, renewed } from "./certificates.data";
import * as data from "./data";
import * as people from "./people";
import type { Answers } from "./stub";
import { inEveryLook, ok } from "./walk";

// How many clicks and typed characters each journey takes. Keys that only move the focus are not counted.

/** A person's hands, which count what they do. */
class Hands {
  clicks = 0;
  characters = 0;

  constructor(readonly page: Page) {}

  async click(name: string): Promise<void> {
    await this.page.click(name.startsWith("[") ? name : at(name));
    this.clicks += 1;
  }

  /** Types into the field that has the focus. That it has it is the page's work. */
  async type(name: string, text: string): Promise<void> {
    await this.page.waitForFunction((field) => document.activeElement?.matches(field), at(name));
    await this.page.keyboard.type(text);
    this.characters += text.length;
  }

  async press(key: "Enter" | "Tab"): Promise<void> {
    await this.page.keyboard.press(key);
    if (key === "Enter") this.characters += 1;
  }

  /** Moves on to that field by the tab key, and types into it. */
  async tabTo(name: string, text: string): Promise<void> {
    for (let turn = 0; turn < 4; turn++) {
      await this.press("Tab");
      if (await this.page.evaluate((field) => document.activeElement?.matches(field), at(name))) break;
    }
    await this.type(name, text);
  }
}

type Journey = {
  answers: Answers;
  clicks: number;
  characters: number;
  walk: (hands: Hands, page: Page) => Promise<void>;
};

const row = (id: string) => `${at("certificate-row")}[data-id="${id}"]`;
const ADDRESS = "okmate.bank.example";
const end = (page: Page) => page.waitForFunction(() => "acquisition" in window).then(() => endNow(page));
const endNow = (page: Page) => page.evaluate(() => window.acquisition.end());

async function password(hands: Hands): Promise<void> {
  await hands.type("password", "Hanako2026");
  await hands.press("Enter");
  await hands.page.waitForSelector(at("top"));
}

const journeys: Record<string, Journey> = {
  "first certificate and login": {
    answers: {
      banks: [ok([]), ok([data.okmate])],
      add_bank: [ok(data.okmate)],
      certificates: [ok([]), ok([]), ok([data.hanako])],
      acquire: [ok(data.acquired(data.hanako, data.session))],
    },
    clicks: 8,
    characters: 70,
    async walk(hands, page) {
      await hands.type("bank-address", ADDRESS);
      await hands.press("Enter");
      await hands.click("acquire-open");
      await hands.type("acquire-user", "hanakodt");
      await hands.tabTo("acquire-password", "Hanako2026");
      await hands.press("Enter");
      await end(page);
      await page.waitForSelector(at("top"));
    },
  },
  "daily login": {
    answers: {},
    clicks: 1,
    characters: 11,
    async walk(hands) {
      await hands.click("login-certificate");
      await password(hands);
    },
  },
  "choosing another certificate": {
    answers: {},
    clicks: 3,
    characters: 11,
    async walk(hands) {
      await hands.click("choose-open");
      await hands.click(row(data.ichiro.id));
      await hands.click("choose-submit");
      await password(hands);
    },
  },
  renewal: {
    answers: { certificates: [ok([data.ichiro])], renew: [ok(renewed)] },
    clicks: 2,
    characters: 0,
    async walk(hands, page) {
      await hands.click("renew-open");
      await hands.click("renew-submit");
      await end(page);
      await page.waitForSelector(at("renew-old"));
    },
  },
  deletion: {
    answers: {
      certificate_details: [ok(details(data.old))],
      delete_certificate: [ok({ id: data.old.id, key: "gone" })],
    },
    clicks: 4,
    characters: 0,
    async walk(hands, page) {
      await hands.click("nav-certificates");
      await hands.click(row(data.old.id));
      await hands.click("delete-open");
      await hands.click("delete-submit");
      await page.waitForSelector(at("deleted-notice"));
    },
  },
  "token revocation": {
    answers: {
      banks: [ok([people.okmate])],
      people: [ok(people.subjects)],
      tokens: [ok(people.tokens)],
      own_token: [ok({ state: "active", serial: "33456789", expires: "2030-03-05T00:00:00Z", offered: false })],
      current_session: [ok(data.session)],
      revoke_tokens: [ok({ users: people.tokens.slice(1, 2), activation_from: "2026-11-20T23:40:00Z" })],
    },
    clicks: 5,
    characters: 16,
    async walk(hands, page) {
      await hands.click("nav-users");
      await hands.click("tab-tokens");
      await hands.click(`${at("token-row")}[data-id="ichirodt"] ${at("token-choose")}`);
      await hands.click("tokens-revoke");
      await hands.type("otp", "123456");
      await hands.tabTo("confirmation-password", "Kakunin01");
      await hands.press("Enter");
      await page.waitForSelector(at("activation-from"));
    },
  },
};

inEveryLook((walk, as) => {
  for (const [name, { answers, clicks, characters, walk: steps }] of Object.entries(journeys)) {
    // Every look has the same controls: one will do.
    it.runIf(as.theme === "light" && as.language === "ja")(`takes few clicks: ${name}`, () =>
      walk(answers, async (page) => {
        const hands = new Hands(page);
        await steps(hands, page);
        console.info(`${name}: ${hands.clicks} clicks (at most ${clicks}), ${hands.characters} typed characters`);
        expect(hands.clicks).toBeLessThanOrEqual(clicks);
        expect(hands.characters).toBeLessThanOrEqual(characters);
      }),
    );
  }
});
