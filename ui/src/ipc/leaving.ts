/**
 * Keeps a page that is being left from sending its calls a second time. A call is a request to the shell; where the request
 * fails, Tauri sends the call again by another way. A page that is loaded anew breaks off its requests while the shell goes
 * on with them, so that a password would be tried twice.
 */
export function sendCallsOnce(): void {
  const send = window.fetch;
  let leaving = false;
  window.addEventListener("beforeunload", () => (leaving = true));
  window.fetch = (...request) =>
    send(...request).catch((error: unknown) => {
      if (leaving) return new Promise<never>(() => {});
      throw error;
    });
}
