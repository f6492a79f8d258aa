import { afterEach, expect, test, vi } from "vitest";
import { sendCallsOnce } from "../src/ipc/once";

afterEach(() => vi.unstubAllGlobals());

/** Returns a page whose requests end with `ends`, one after the other. */
function page(...ends: (Response | Error)[]) {
  const fetch = () => {
    const end = ends.shift();
    return end instanceof Response ? Promise.resolve(end) : Promise.reject(end ?? new Error("one request too many"));
  };
  vi.stubGlobal("window", { fetch });
  sendCallsOnce();
}

const answered = () => new Response("[]", { headers: { "Tauri-Response": "ok" } });
const broken = () => new TypeError("Load failed");

test("a call that is broken off is answered as a fault, and those after it are sent", async () => {
  page(answered(), broken(), answered());
  expect((await window.fetch("ipc://localhost/banks")).headers.get("Tauri-Response")).toBe("ok");
  const cut = await window.fetch("ipc://localhost/log_in_with_id");
  expect(cut.headers.get("Tauri-Response")).toBe("error");
  expect(await cut.json()).toBe(null);
  expect((await window.fetch("ipc://localhost/banks")).headers.get("Tauri-Response")).toBe("ok");
});

test("where no request reaches the shell, the other way is open", async () => {
  page(broken());
  await expect(window.fetch("ipc://localhost/appearance")).rejects.toThrow("Load failed");
});

test("a request that goes elsewhere ends as it does", async () => {
  page(answered(), broken());
  await window.fetch("ipc://localhost/banks");
  await expect(window.fetch("https://outside.example/")).rejects.toThrow("Load failed");
});
