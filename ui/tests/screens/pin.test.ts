import { expect, it } from "vitest";
import { at } from "./browser";
import { calls, inEveryLook, ok } from "./walk";

const question = (id: number, more = {}) => ({
  id,
  token: "Journey",
  wrong: false,
  left: "enough",
  each_use: false,
  ...more,
});

inEveryLook((walk) => {
  it("asks for the PIN of a store over whatever page there is, says what is left, and can be cancelled", () =>
    walk({ ask_pins: [ok(null)], answer_pin: [ok(null)] }, async (page, see) => {
      await page.evaluate((asked) => window.askPin(asked), question(1));
      await page.fill(at("pin"), "0000");
      await see("pin");
      await page.click(at("pin-submit"));
      await page.waitForSelector(at("pin-dialog"), { state: "detached" });
      await page.evaluate((asked) => window.askPin(asked), question(2, { wrong: true, left: "last" }));
      await page.waitForSelector(at("pin-wrong"));
      expect(await page.inputValue(at("pin"))).toBe("");
      await see("pin-wrong");
      await page.keyboard.press("Escape");
      await page.waitForSelector(at("pin-dialog"), { state: "detached" });
      await page.evaluate((asked) => window.askPin(asked), question(3, { each_use: true }));
      await see("pin-each-use");
      await page.click(at("pin-cancel"));
      await page.waitForSelector(at("pin-dialog"), { state: "detached" });
      const answers = (await calls(page, "answer_pin")).map(({ id, pin }) => [id, pin]);
      expect(answers).toEqual([
        [1, "0000"],
        [2, null],
        [3, null],
      ]);
    }));
});
