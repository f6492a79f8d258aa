import { expect, it } from "vitest";
import { at } from "./browser";
import * as data from "./data";
import { inEveryLook, ok } from "./walk";

inEveryLook((walk) => {
  it("shows a certificate whole, deletes it, and says what was proved (decision 5, M10)", () =>
    walk(
      {
        certificates: [ok(data.rows), ok(data.rows), ok(data.rows.slice(1))],
        delete_certificate: [ok({ id: data.hanako.id, key: { shared_with: [data.ichiro.id] } })],
      },
      async (page, see) => {
        await page.click(at("nav-certificates"));
        await page.waitForSelector(at("certificate-row"));
        await see("certificates");
        await page.click(`${at("certificate-row")}[data-id="${data.hanako.id}"]`);
        await page.waitForSelector(at("certificate-facts"));
        await see("certificate");
        await page.click(at("delete-open"));
        await see("delete");
        await page.click(at("delete-submit"));
        await page.waitForSelector(at("deleted-notice"));
        expect(await page.textContent(at("deleted-notice"))).toContain("ichirodt");
        expect(await page.locator(at("certificate-row")).count()).toBe(data.rows.length - 1);
        await see("deleted");
      },
    ));
});
