/**
 * Keeps a call from being sent a second time. A call is a request to the shell; if a request fails, Tauri sends the call
 * again by another way. But a request that is broken off, as by a page that is loaded anew, may have reached the shell, which
 * goes on with it: a password would be tried twice. From the first request that the shell has answered, it is known that
 * requests reach it, and one that fails is answered as a fault of the program.
 */
export function sendCallsOnce(): void {
  const send = window.fetch.bind(window);
  let reached = false;
  window.fetch = async (...request) => {
    try {
      const response = await send(...request);
      reached = true;
      return response;
    } catch (error) {
      if (!reached || !isCall(request[0])) throw error;
      return new Response("null", { headers: { "Content-Type": "application/json", "Tauri-Response": "error" } });
    }
  };
}

/** Returns whether a request goes to the shell: by its own scheme, or by the host that Windows has in its place. */
function isCall(request: RequestInfo | URL): boolean {
  const address = request instanceof Request ? request.url : String(request);
  return /^(ipc:|https?:\/\/ipc\.localhost\/)/.test(address);
}
