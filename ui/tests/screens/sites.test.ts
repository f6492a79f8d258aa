import { expect, it } from "vitest";
import type { CertificateRow, Reason, SiteSummary } from "../../src/ipc/bindings";
import { at } from "./browser";
import * as data from "./data";
import { calls, inEveryLook, ok } from "./walk";

const site: SiteSummary = {
  name: "ib.example.co.jp",
  title: "ib.example.co.jp",
  address: "https://ib.example.co.jp/login",
  asks: true,
  authorities: ["CN=Example Client CA G2,O=Example Trust Services,C=JP"],
  asked_at: "2026-11-21T00:00:00Z",
};

function row(
  name: string,
  person: string,
  reasons: Reason[],
  issuer = "CN=Example Client CA G2,O=Example Trust Services",
): CertificateRow {
  const [first] = data.rows;
  if (!first) throw new Error("no sample certificate");
  const usable = reasons.length === 0;
  const id = name.padEnd(64, "0");
  const not_after = reasons.includes("expired") ? "2025-11-20T15:00:00Z" : first.not_after;
  return {
    ...first,
    not_after,
    id,
    name,
    person,
    issuer,
    reasons,
    usable,
    bank: null,
    site: usable ? site.name : null,
    last_used: false,
  };
}

const right = row("tanaka", "田中 花子", []);
const others = [
  row("stranger", "田中 花子", ["not_accepted_by_server"], "CN=Another CA,O=Elsewhere"),
  row("tanaka-2025", "田中 花子", ["expired"]),
  row("mail", "田中 花子", ["no_client_authentication"]),
  row("copied", "田中 花子", ["key_missing"]),
];
const report = {
  address: site.address,
  reached: true,
  tls: null,
  server: null,
  client_certificate: { asked: true, authorities: site.authorities, schemes: [], fitting: [] },
  presented: right.id,
  answer: null,
  findings: [],
};

inEveryLook((walk) => {
  it("offers to add a site where an address publishes no profile", () =>
    walk(
      {
        banks: [ok([])],
        sites: [ok([]), ok([site])],
        certificates: [ok([right, ...others])],
        add_bank: [{ error: data.problem("no_profile", { address: site.title, adding: "yes" }) }],
        add_site: [ok(site)],
        visit_site: [ok({ address: site.address, certificate: right })],
        check_site: [ok({ site, report })],
        remove_site: [ok(null)],
      },
      async (page, see) => {
        await page.fill(at("bank-address"), site.address);
        await page.click(at("bank-add"));
        await page.waitForSelector(at("site-offer"));
        await see("site-offer");
        await page.click(at("site-add"));
        await page.waitForSelector(at("site-open"));
        expect(await calls(page, "add_site")).toEqual([{ address: site.address, ca: null }]);
        await see("site");
        await page.click(at("site-check"));
        await page.waitForSelector(at("site-accepted"));
        await page.click(at("site-open"));
        await page.waitForSelector(at("site-opened"));
        expect(await calls(page, "visit_site")).toEqual([{ name: site.name, certificate: right.id }]);
        await see("site-opened");
        await page.click(at("site-remove-open"));
        await see("site-remove");
      },
    ));

  it("says where a site asks for no certificate as one connects", () =>
    walk(
      {
        banks: [ok([])],
        sites: [ok([{ ...site, asks: false, authorities: [] }])],
        certificates: [ok([right])],
        check_site: [ok({ site, report: { ...report, presented: null } })],
      },
      async (page, see) => {
        await page.click(at("site-check"));
        await page.waitForSelector(at("site-not-asked"));
        await see("site-not-asked");
      },
    ));

  it("lets the person choose where several fit, and says where none does", () =>
    walk(
      {
        banks: [ok([data.okmate])],
        sites: [ok([site])],
        certificates: [
          ok(data.rows),
          ok([right, row("suzuki", "鈴木 一郎", []), ...others]),
          ok(data.rows),
          ok(others),
        ],
        check_site: [ok({ site, report: { ...report, presented: null, findings: [finding] } })],
      },
      async (page, see) => {
        await page.click(at("site-row"));
        await page.waitForSelector(at("site-open"));
        await page
          .locator(`${at("certificate-row")} input`)
          .nth(1)
          .check();
        await see("site-several");
        await page.click(at("bank-change"));
        await see("banks-and-sites");
        await page.click(at("site-row"));
        await page.waitForSelector(at("site-open"));
        await page.click(at("site-check"));
        await page.waitForSelector(at("problem"));
        await see("site-none");
      },
    ));
});

const finding = {
  code: "certificate_not_sent",
  params: { address: site.title },
  who: "you",
  title: "",
  detail: "",
  next: "",
};
