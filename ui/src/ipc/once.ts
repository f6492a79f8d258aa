/**
 * Prevents a call from being sent twice. A call is a request to the shell. If a request fails, Tauri sends the call
 * again in another way. But an interrupted request, for example by a page that is reloaded, may have reached the shell,
 * which continues it: a password would be tried twice. Once the shell has answered a request, it is known that requests
 * reach it. A later request that fails is then answered as a fault of the program.
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

/**
 * Returns whether a request goes to the shell: by the shell's own scheme, or on Windows by the host that replaces the
 * scheme.
 */
function isCall(request: RequestInfo | URL): boolean {
  const address = request instanceof Request ? request.url : String(request);
  return /^(ipc:|https?:\/\/ipc\.localhost\/)/.test(address);
}
