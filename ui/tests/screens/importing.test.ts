import { expect, it } from "vitest";
import { at } from "./browser";
import { chosen, importable, problem } from "./certificates.data";
import * as data from "./data";
import { calls, inEveryLook, ok } from "./walk";

inEveryLook((walk) => {
  it("imports a dropped file: its password, what is in it, the way to the login", () =>
    walk(
      {
        open_import_file: [
          { error: problem("pkcs12_password_wrong") },
          { error: problem("pkcs12_unprotected") },
          ok([importable(1, data.hanako), importable(2, data.ichiro, true)]),
        ],
        import_file: [ok(data.hanako)],
      },
      async (page, see) => {
        await page.waitForFunction(() => "drop" in window);
        await page.evaluate(() => window.drop({ hovers: 1 }));
        await page.waitForSelector(at("drop-overlay"), { state: "visible" });
        await see("drop-here");
        await page.evaluate((dropped) => window.drop({ dropped }), chosen);
        await page.waitForSelector(at("import-password"));
        await page.waitForSelector(at("drop-overlay"), { state: "hidden" });
        await page.fill(at("import-password"), "wrong");
        await page.click(at("import-look"));
        await page.waitForSelector(`${at("problem")}[data-code="pkcs12_password_wrong"]`);
        // No password stays in the page.
        expect(await page.inputValue(at("import-password"))).toBe("");
        await see("import-password");
        await page.fill(at("import-password"), "right");
        await page.click(at("import-look"));
        await page.waitForSelector(at("import-accept"));
        await see("import-unprotected");
        await page.click(at("import-accept"));
        await page.waitForSelector(at("import-key"));
        expect(await page.locator(at("import-told-apart")).allInnerTexts()).toEqual([
          expect.stringContaining(data.hanako.serial),
          expect.stringContaining(data.ichiro.serial),
        ]);
        await see("import-check");
        await page.click(at("import-submit"));
        await page.waitForSelector(at("import-login"));
        await see("imported");
        const opened = await calls(page, "open_import_file");
        expect(opened.at(-1)).toEqual({ number: 0, password: null, acceptUnprotected: true });
        expect(await calls(page, "import_file")).toEqual([{ number: 0, key: 1 }]);
        await page.click(at("import-login"));
        await page.waitForSelector(at("login-certificate"));
      },
    ));

  it("imports several files one after the other, and names those that cannot be imported", () =>
    walk(
      {
        open_import_file: [ok([importable(1, data.hanako)]), ok([importable(1, data.foreign)])],
        import_file: [ok(data.hanako), ok(data.foreign)],
      },
      async (page, see) => {
        await page.waitForFunction(() => "drop" in window);
        await page.evaluate(() => window.drop({ hovers: 3 }));
        await page.waitForSelector(at("drop-overlay"), { state: "visible" });
        await see("drop-several");
        await page.evaluate((dropped) => window.drop({ dropped }), {
          files: [
            { number: 4, name: "hanakodt.p12" },
            { number: 5, name: "tanaka.p12" },
            { number: 6, name: "sato.p12" },
          ],
          refused: [{ name: "photo.jpg", problem: problem("file_document", { file: "photo.jpg" }) }],
        });
        await page.waitForSelector(at("import-refused"));
        expect(await page.textContent(at("import-refused"))).toContain("photo.jpg");
        await see("import-queue");
        await page.keyboard.type("himitsu");
        await page.keyboard.press("Enter");
        await page.click(at("import-submit"));
        await page.click(at("import-next"));
        expect(await page.textContent(at("import-file"))).toBe("tanaka.p12");
        expect(await page.locator(at("import-refused")).count()).toBe(0);
        await page.click(at("import-skip"));
        expect(await page.textContent(at("import-file"))).toBe("sato.p12");
        await page.click(at("import-look"));
        await page.click(at("import-submit"));
        await page.waitForSelector(at("import-to-list"));
        expect(await calls(page, "import_file")).toEqual([
          { number: 4, key: 1 },
          { number: 6, key: 1 },
        ]);
        expect(await calls(page, "put_import_file_away")).toEqual([{ number: 5 }]);
      },
    ));

  it("refuses too many files, and another kind of file", () =>
    walk({}, async (page, see) => {
      await page.waitForFunction(() => "drop" in window);
      const many = problem("several_files", { count: "73", most: "50" });
      await page.evaluate((refused) => window.drop({ refused }), many);
      await page.waitForSelector(at("drop-refused"));
      await see("drop-refused");
      await page.click(at("drop-close"));
      await page.waitForSelector(at("drop-refused"), { state: "detached" });
      const unreadable = problem("pkcs12_unreadable");
      await page.evaluate((dropped) => window.drop({ dropped }), {
        files: [],
        refused: [{ name: "a.p12", problem: unreadable }],
      });
      await page.waitForSelector(`${at("drop-refused")} [data-code="pkcs12_unreadable"]`);
    }));
});
