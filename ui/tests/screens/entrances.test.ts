import { expect, it } from "vitest";
import { at } from "./browser";
import * as data from "./data";
import * as banks from "./other-banks";
import { calls, inEveryLook, ok } from "./walk";

const here = {
  banks: [ok([banks.keiyaku])],
  usual_entrance: [ok("users"), ok("administrators")],
  certificates: [
    ok([banks.riyousya, banks.kanrisya]),
    ok([
      { ...banks.kanrisya, usable: true, reasons: [] },
      { ...banks.riyousya, usable: false, reasons: ["not_of_this_entrance"] },
    ]),
  ],
};

inEveryLook((walk) => {
  it("offers the entrances, and says which a certificate is for (S3-16, S3-18)", () =>
    walk(here, async (page, see) => {
      expect(await page.isChecked(at("entrance-users"))).toBe(true);
      expect(await page.locator(at("login-id-open")).count()).toBe(0);
      await see("entrances-start");
      await page.click(at("choose-open"));
      await see("entrances-choose");
      await page.click(at("other-entrance"));
      await page.waitForSelector(`${at("entrance-administrators")}:checked`);
      await page.waitForSelector(`${at("certificate-row")}[data-id="${banks.kanrisya.id}"] input:checked`);
      expect((await calls(page, "certificates")).at(-1)).toEqual({ bank: "keiyaku", entrance: "administrators" });
    }));

  it("asks for the contract number, then for what the token shows (S3-9, S3-10, S3-12)", () =>
    walk(
      {
        ...here,
        acquire: [
          { error: data.problem("token_not_active") },
          ok(data.acquired(banks.riyousya, banks.riyousyaSession)),
        ],
      },
      async (page, see) => {
        await page.click(at("acquire-open"));
        await page.fill(at("acquire-contract"), "9876543");
        await page.fill(at("acquire-user"), "riyousya");
        await page.fill(at("acquire-password"), "Riyou2026");
        await page.click(at("acquire-submit"));
        await page.waitForSelector(`${at("problem")}[data-code="contract_number_invalid"]`);
        await see("contract");
        await page.fill(at("acquire-contract"), "00009876543");
        await page.click(at("acquire-submit"));
        await page.waitForSelector(at("acquire-otp"));
        await page.waitForFunction((field) => document.activeElement?.matches(field), at("acquire-otp"));
        await see("proof");
        await page.fill(at("acquire-otp"), "123456");
        await page.click(at("acquire-prove"));
        await page.waitForFunction(() => "acquisition" in window);
        await page.evaluate(() => window.acquisition.end());
        await page.waitForSelector(`${at("problem")}[data-code="token_not_active"]`);
        expect(await page.inputValue(at("acquire-password"))).toBe("");
        await see("proof-serial");
        await page.fill(at("acquire-password"), "Riyou2026");
        await page.fill(at("acquire-otp"), "123456");
        await page.fill(at("acquire-serial"), "22345678");
        await page.click(at("acquire-prove"));
        await page.waitForSelector(at("acquire-stop"));
        await page.evaluate(() => window.acquisition.end());
        await page.waitForSelector(at("acquired"));
        const asked = (await calls(page, "acquire")).map((call) => call["asking"]);
        expect(asked).toHaveLength(2);
        expect(asked[1]).toMatchObject({ contract: "00009876543", user: "riyousya", token_serial: "22345678" });
      },
    ));

  it("changes no confirmation password of a role that has none (S1-7)", () =>
    walk(
      { ...here, log_in_with_certificate: [ok({ ...banks.riyousyaSession, next: "password_change" })] },
      async (page, see) => {
        await page.click(at("login-certificate"));
        await page.fill(at("password"), "Riyou2026");
        await page.click(at("password-submit"));
        await page.fill(at("login-password"), "Riyou2026");
        await page.fill(at("new-login-password"), "Riyou2027");
        await page.fill(at("again-login-password"), "Riyou2027");
        expect(await page.locator(at("new-confirmation-password")).count()).toBe(0);
        expect(await page.isEnabled(at("change-submit"))).toBe(true);
        await see("change-login-only");
      },
    ));

  it("stops an acquisition that its person stops (S3-13)", () =>
    walk(
      { acquire: [{ error: data.problem("acquisition_cancelled") }], stop_enrolment: [ok(null)] },
      async (page, see) => {
        await page.click(at("acquire-open"));
        await page.fill(at("acquire-user"), "jirodt");
        await page.fill(at("acquire-password"), "Jiro2026");
        await page.click(at("acquire-submit"));
        await page.click(at("acquire-stop"));
        await page.waitForSelector(`${at("acquire-stop")}:disabled`);
        await page.evaluate(() => window.acquisition.end());
        await page.waitForSelector(at("acquire-stopped"));
        await see("acquire-stopped");
      },
    ));
});
