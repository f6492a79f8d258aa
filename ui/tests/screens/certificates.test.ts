import { expect, it } from "vitest";
import { at } from "./browser";
import { details, many } from "./certificates.data";
import * as data from "./data";
import { calls, inEveryLook, ok } from "./walk";

inEveryLook((walk, as) => {
  it("shows a certificate whole, deletes it, and says what was proved (decision 5, M10)", () =>
    walk(
      {
        certificates: [ok(data.rows), ok(data.rows), ok(data.rows.slice(1))],
        certificate_details: [ok(details(data.hanako, { only_usable: true }))],
        delete_certificate: [ok({ id: data.hanako.id, key: { shared_with: [data.ichiro.id] } })],
      },
      async (page, see) => {
        await page.click(at("nav-certificates"));
        await page.waitForSelector(at("certificate-row"));
        await see("certificates");
        await page.click(`${at("certificate-row")}[data-id="${data.hanako.id}"]`);
        await page.waitForSelector(at("certificate-facts"));
        await see("certificate");
        await page.click(at("certificate-more"));
        await page.waitForSelector(at("certificate-chain"));
        await page.click(at("copy-serial"));
        await page.locator(at("certificate-chain")).scrollIntoViewIfNeeded();
        await see("certificate-chain");
        await page.click(at("delete-open"));
        // The only certificate that can be used is deleted only after the person has read that.
        expect(await page.isDisabled(at("delete-submit"))).toBe(true);
        await see("delete-only");
        await page.click(at("delete-understood"));
        await page.click(at("delete-submit"));
        await page.waitForSelector(at("deleted-notice"));
        expect(await page.textContent(at("deleted-notice"))).toContain("ichirodt");
        expect(await page.locator(at("certificate-row")).count()).toBe(data.rows.length - 1);
        await see("deleted");
      },
    ));

  it("keeps ten thousand in a list that the keyboard walks, with the rows in sight alone in the page", () =>
    walk({ certificates: [ok(many(10_000))] }, async (page, see) => {
      await page.click(at("nav-certificates"));
      await page.waitForSelector(at("certificate-row"));
      const rows = () => page.locator(at("certificate-row")).count();
      const here = () =>
        page.evaluate(() => {
          const item = document.activeElement?.closest("li");
          return [Number(item?.getAttribute("aria-posinset")), Number(item?.getAttribute("aria-setsize"))];
        });
      const inSight = () =>
        page.evaluate((list) => {
          const box = document.activeElement?.getBoundingClientRect();
          const around = document.querySelector(list)?.getBoundingClientRect();
          return !!box && !!around && box.top >= around.top - 1 && box.bottom <= around.bottom + 1;
        }, at("certificate-list"));
      expect(await rows()).toBeLessThan(60);
      await page.keyboard.press("Control+f");
      expect(await page.evaluate(() => document.activeElement?.getAttribute("data-test"))).toBe("certificate-search");
      await page.focus(at("sort-until"));
      await page.keyboard.press("Tab");
      expect(await here()).toEqual([1, 7000]);
      // The box of the row, and then the row.
      await page.keyboard.press("Tab");
      expect(await here()).toEqual([1, 7000]);
      await page.keyboard.press("ArrowDown");
      await page.waitForFunction(() => document.activeElement?.closest("li")?.ariaPosInSet === "2");
      await page.keyboard.press("PageDown");
      await page.waitForFunction(() => Number(document.activeElement?.closest("li")?.ariaPosInSet) > 3);
      expect(await inSight()).toBe(true);
      await page.keyboard.press("End");
      // The last of the second group.
      await page.waitForFunction(() => document.activeElement?.closest("li")?.ariaPosInSet === "3000");
      expect(await here()).toEqual([3000, 3000]);
      expect(await inSight()).toBe(true);
      expect(await rows()).toBeLessThan(60);
      if (as.theme === "light") await see("certificates-end");
      // The row with the focus stays, wherever the wheel goes.
      await page.evaluate((list) => document.querySelector(list)?.scrollTo(0, 0), at("certificate-list"));
      await page.waitForSelector(`${at("certificate-list")} li[aria-posinset="1"]`);
      expect(await here()).toEqual([3000, 3000]);
      await page.keyboard.press("Home");
      await page.waitForFunction(() => document.activeElement?.closest("li")?.ariaPosInSet === "1");
      expect(await here()).toEqual([1, 7000]);
      // Full-width letters find the same.
      await page.fill(at("certificate-search"), "ｕｓｅｒ９９９９");
      await page.waitForFunction((row) => document.querySelectorAll(row).length === 1, at("certificate-row"));
      await see("certificates-found");
      await page.fill(at("certificate-search"), "nobody");
      await page.waitForSelector(at("certificate-list"), { state: "detached" });
    }));

  it("sorts by its columns, chooses several by mouse and keyboard, and deletes them after one question", () =>
    walk(
      {
        certificates: [ok(data.rows), ok(data.rows), ok([data.hanako])],
        delete_chosen_certificates: [
          ok([
            { id: data.ichiro.id, name: data.ichiro.name, key: "gone", problem: null },
            { id: data.orphan.id, name: data.orphan.name, key: "was_missing", problem: null },
          ]),
        ],
      },
      async (page, see) => {
        await page.click(at("nav-certificates"));
        await page.waitForSelector(at("certificate-row"));
        const order = () =>
          page.$$eval(at("certificate-row"), (rows) =>
            rows
              .map((one) => [Number(one.closest("li")?.ariaPosInSet), one.getAttribute("data-id")] as const)
              .map(([, id]) => id),
          );
        await page.click(at("sort-until"));
        expect((await order()).slice(0, 2)).toEqual([data.ichiro.id, data.hanako.id]);
        await page.click(at("sort-until"));
        expect((await order()).slice(0, 2)).toEqual([data.hanako.id, data.ichiro.id]);
        await see("certificates-sorted");

        const row = (id: string) => `${at("certificate-row")}[data-id="${id}"]`;
        const box = (id: string) => `${at("certificate-pick")}[data-id="${id}"]`;
        await page.click(box(data.ichiro.id));
        await page.click(row(data.orphan.id), { modifiers: ["Control"] });
        expect(await page.textContent(at("chosen-count"))).toContain("2");
        await see("certificates-chosen");
        // Shift chooses a range; the space bar removes one again.
        await page.click(at("choose-none"));
        await page.click(box(data.hanako.id));
        await page.click(row(data.ichiro.id), { modifiers: ["Shift"] });
        expect(await page.locator(`${at("certificate-pick")}:checked`).count()).toBe(2);
        await page.focus(row(data.hanako.id));
        await page.keyboard.press("Space");
        expect(await page.isChecked(box(data.hanako.id))).toBe(false);
        await page.keyboard.press("Control+a");
        expect(await page.locator(`${at("certificate-pick")}:checked`).count()).toBe(data.rows.length);
        await page.click(at("choose-none"));
        await page.click(box(data.ichiro.id));
        await page.click(box(data.orphan.id));
        await page.click(at("delete-chosen-open"));
        expect(await page.isDisabled(at("delete-chosen-submit"))).toBe(true);
        await see("delete-chosen");
        await page.click(at("delete-understood"));
        await page.click(at("delete-chosen-submit"));
        await page.evaluate(() => window.acquisition.end());
        await page.waitForSelector(at("clean-report"));
        expect(await calls(page, "delete_chosen_certificates")).toEqual([{ ids: [data.ichiro.id, data.orphan.id] }]);
        await see("deleted-chosen");
        await page.click(at("delete-chosen-done"));
        await page.waitForSelector(at("certificate-row"));
      },
    ));

  it("saves a certificate without its key to a file, as text or as bytes", () =>
    walk(
      {
        certificate_details: [ok(details(data.hanako))],
        save_certificate: [ok("/home/hanako/hanakodt.cer")],
      },
      async (page, see) => {
        await page.click(at("nav-certificates"));
        await page.click(`${at("certificate-row")}[data-id="${data.hanako.id}"]`);
        await page.click(at("export-open"));
        await page.check(at("format-der"));
        await see("export");
        await page.click(at("export-submit"));
        await page.waitForSelector(at("export-done"));
        await see("exported");
        const [saved] = await calls(page, "save_certificate");
        expect(saved).toMatchObject({ id: data.hanako.id, format: "der", name: "hanakodt" });
      },
    ));

  it("cleans up what is spent, says why of each, and reports each (M10)", () =>
    walk(
      {
        clean_up: [
          ok({
            spent: [data.old, data.orphan],
            kept: [
              { certificate: data.foreign, because: "not_of_a_service_here" },
              { certificate: { ...data.old, id: "d".repeat(64) }, because: "another_purpose" },
              { certificate: { ...data.old, id: "f".repeat(64) }, because: "may_log_in" },
            ],
          }),
        ],
        delete_certificates: [
          ok([
            { id: data.old.id, name: data.old.name, key: "gone", problem: null },
            {
              id: data.orphan.id,
              name: data.orphan.name,
              key: null,
              problem: { code: "store_refused", params: {}, reference: "0K4TQ2M8" },
            },
          ]),
        ],
      },
      async (page, see) => {
        await page.click(at("nav-certificates"));
        await page.click(at("clean-open"));
        await page.waitForSelector(at("spent-row"));
        expect(await page.locator(`${at("spent-row")} input:checked`).count()).toBe(2);
        await see("clean-up");
        expect(await page.locator(at("kept-row")).first().isVisible()).toBe(false);
        await page.click(at("kept-open"));
        expect(await page.locator(`${at("kept-row")}:visible`).count()).toBe(3);
        await see("clean-up-kept");
        await page.click(at("clean-submit"));
        await page.evaluate(() => window.acquisition.end());
        await page.waitForSelector(at("clean-report"));
        expect(await calls(page, "delete_certificates")).toEqual([{ ids: [data.old.id, data.orphan.id] }]);
        expect(await page.locator(`${at("clean-outcome")}[data-left="true"]`).count()).toBe(1);
        await see("clean-up-done");
      },
    ));
});
