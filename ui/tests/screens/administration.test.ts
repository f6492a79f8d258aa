import { expect, it } from "vitest";
import { at } from "./browser";
import * as data from "./data";
import { inEveryLook, logIn, ok } from "./walk";

inEveryLook((walk) => {
  it("revokes another's certificate with the confirmation password (S0-6, S0-14)", () =>
    walk(
      { change_certificate: [{ error: data.problem("confirmation_password_wrong") }, ok(data.jiroRevoked)] },
      async (page, see) => {
        await logIn(page);
        await page.click(at("nav-users"));
        await page.waitForSelector(at("user-row"));
        expect(await page.locator(at("revoke-open")).count()).toBe(3);
        await see("users");
        await page.click(`${at("user-row")}[data-id="jirodt"] ${at("revoke-open")}`);
        await page.fill(at("confirmation-password"), "Kakunin99");
        await page.click(at("revoke-submit"));
        await page.waitForSelector(at("problem"));
        expect(await page.inputValue(at("confirmation-password"))).toBe("");
        await see("revoke");
        await page.fill(at("confirmation-password"), "Kakunin01");
        await page.click(at("revoke-submit"));
        await page.waitForSelector(`${at("user-row")}[data-id="jirodt"][data-state="revoked"]`);
        await page.waitForSelector(at("revoked-notice"));
        await see("users-revoked");
      },
    ));
});
