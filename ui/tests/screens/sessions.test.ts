import { expect, it } from "vitest";
import type { SessionLine } from "../../src/ipc/bindings";
import { at } from "./browser";
import * as data from "./data";
import { calls, inEveryLook, logIn, ok } from "./walk";

const session = (id: string, more: Partial<SessionLine> = {}): SessionLine => ({
  id,
  this: false,
  method: "certificate",
  certificate: data.top.certificate,
  address: "192.0.2.17",
  begun: "2026-11-20T23:52:00Z",
  last_used: "2026-11-21T00:40:00Z",
  ...more,
});
const own = session("1a", { this: true });
const others = [
  session("2b", { begun: "2026-11-20T08:31:00Z", address: "198.51.100.4" }),
  session("3c", { begun: "2026-11-19T23:49:00Z", method: "id_password", certificate: null, address: null }),
];

inEveryLook((walk) => {
  it("shows where the user is logged in, and ends one login or all others", () =>
    walk(
      {
        own_sessions: [ok([own, ...others]), ok([own, others[1]]), ok([own, ...others]), ok([own])],
        end_session: [ok(null)],
        end_other_sessions: [ok(null)],
      },
      async (page, see) => {
        await logIn(page);
        await page.click(at("sessions-open"));
        await page.waitForSelector(at("session-row"));
        expect(await page.locator(at("session-row")).count()).toBe(3);
        // The one of this window ends by the logout alone.
        expect(await page.locator(`${at("session-row")}[data-this="true"] ${at("session-end")}`).count()).toBe(0);
        await see("sessions");
        await page.click(`${at("session-row")}[data-id="2b"] ${at("session-end")}`);
        await page.waitForSelector(at("sessions-ended"));
        expect(await calls(page, "end_session")).toEqual([{ id: "2b" }]);
        expect(await page.locator(at("session-row")).count()).toBe(2);
        await see("session-ended-elsewhere");
        await page.click(at("back"));
        await page.click(at("unknown-login-open"));
        await page.click(at("unknown-login-sessions"));
        await page.click(at("sessions-end-others"));
        await page.waitForSelector(at("sessions-none"));
        expect((await calls(page, "end_other_sessions")).length).toBe(1);
        await see("sessions-none");
      },
    ));
});
