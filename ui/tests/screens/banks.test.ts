import { expect, it } from "vitest";
import { at } from "./browser";
import * as data from "./data";
import { calls, inEveryLook, ok } from "./walk";

const interrupted = [ok([{ bank: "minato", contract: null, user: "jirodt", started: "2026-11-20T00:00:00Z" }])];

inEveryLook((walk) => {
  it("adds a bank, with the certificate of its CA as the second step", () =>
    walk(
      {
        banks: [ok([]), ok([data.okmate])],
        add_bank: [{ error: data.problem("bank_ca_unknown", { address: data.okmate.address }) }, ok(data.okmate)],
        certificates: [ok([])],
      },
      async (page, see) => {
        await see("bank-add");
        expect(await page.locator(at("bank-ca-file")).count()).toBe(0);
        await page.fill(at("bank-address"), data.okmate.address);
        await page.click(at("bank-add"));
        await page.waitForSelector(at("bank-ca-file"));
        const pem = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
        const file = { name: "ca.pem", mimeType: "application/x-pem-file", buffer: Buffer.from(pem) };
        await page.setInputFiles(at("bank-ca-file"), file);
        await page.getByText("ca.pem").waitFor();
        await see("bank-ca");
        await page.click(at("bank-add"));
        await page.waitForSelector(at("acquire-open"));
        expect(await calls(page, "add_bank")).toEqual([
          { address: data.okmate.address, ca: null },
          { address: data.okmate.address, ca: pem },
        ]);
        await see("start-none");
      },
    ));

  it("asks which bank where there are several", () =>
    walk({ banks: [ok([data.okmate, data.another])], interrupted_acquisitions: interrupted }, async (page, see) => {
      await see("banks");
      await page.click(`${at("bank-row")}[data-id="okmate"]`);
      await page.waitForSelector(at("login-certificate"));
      await page.waitForSelector(at("bank-change"));
    }));
});
