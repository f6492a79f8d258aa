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
        ca_certificates: [
          { error: data.problem("ca_file_unsuitable", { file: "ca.p12", kind: "pkcs12" }) },
          ok("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"),
        ],
        add_bank: [{ error: data.problem("bank_ca_unknown", { address: data.okmate.address }) }, ok(data.okmate)],
        certificates: [ok([])],
      },
      async (page, see) => {
        expect(await page.locator(at("welcome")).count()).toBe(1);
        expect(await page.locator(`main ${at("import-open")}`).count()).toBe(1);
        await see("bank-add");
        expect(await page.locator(at("bank-ca-file")).count()).toBe(0);
        await page.fill(at("bank-address"), data.okmate.address);
        await page.click(at("bank-add"));
        await page.waitForSelector(at("bank-ca-file"));
        const pem = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
        const file = (name: string) => ({ name, mimeType: "application/octet-stream", buffer: Buffer.from([48, 3]) });
        await page.setInputFiles(at("bank-ca-file"), file("ca.p12"));
        await page.waitForSelector(`${at("problem")}[data-code="ca_file_unsuitable"]`);
        await see("bank-ca-unsuitable");
        await page.setInputFiles(at("bank-ca-file"), file("ca.pem"));
        await page.getByText("ca.pem").waitFor();
        await see("bank-ca");
        await page.click(at("bank-add"));
        await page.waitForSelector(at("acquire-open"));
        expect(await calls(page, "ca_certificates")).toEqual([
          { name: "ca.p12", content: [48, 3] },
          { name: "ca.pem", content: [48, 3] },
        ]);
        expect(await calls(page, "add_bank")).toEqual([
          { address: data.okmate.address, ca: null, loginHost: null },
          { address: data.okmate.address, ca: pem, loginHost: null },
        ]);
        await see("start-none");
      },
    ));

  it("shows another host for the login, and adds the bank only when the person agrees", () =>
    walk(
      {
        banks: [ok([]), ok([data.okmate])],
        add_bank: [
          {
            error: data.problem("certificate_login_elsewhere", {
              address: "okmate.bank.example",
              host: "login.elsewhere.example",
            }),
          },
          ok(data.okmate),
        ],
        certificates: [ok([])],
      },
      async (page, see) => {
        await page.fill(at("bank-address"), data.okmate.address);
        await page.click(at("bank-add"));
        await page.getByText("login.elsewhere.example").first().waitFor();
        await see("bank-login-host");
        await page.click(at("login-host-agree"));
        await page.waitForSelector(at("acquire-open"));
        expect(await calls(page, "add_bank")).toEqual([
          { address: data.okmate.address, ca: null, loginHost: null },
          { address: data.okmate.address, ca: null, loginHost: "login.elsewhere.example" },
        ]);
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
