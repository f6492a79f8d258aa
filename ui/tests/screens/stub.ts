type Answer = { ok: unknown } | { error: unknown };

/**
 * The answers of the shell. Each command has a list of answers, and its last answer is repeated. An answer may never
 * come, or may come only when it is released.
 */
export type Answers = Record<string, (Answer | { never: true } | { held: Answer })[]>;

/** A call that the page has sent to the shell. */
export type Call = { command: string; args: Record<string, unknown> };

declare global {
  interface Window {
    /** Every call so far. */
    calls: Call[];
    /** Makes the running acquisition report a step, or end. */
    acquisition: { step: (name: string) => void; end: () => void };
    /** Reports files over the window to the page. */
    drop: (event: unknown) => void;
    /** For each command, a function that releases an answer which is held back. */
    release: Record<string, () => void>;
    /** Asks for a PIN as a store does. */
    askPin: (question: unknown) => void;
    /** Sends the page a message over the channel that it opened with that command. */
    tell: (command: string, message: unknown) => void;
    /** The resources that the content security policy refused. */
    refused: string[];
  }
}

/**
 * Replaces the shell inside the page, only in these tests. The function is sent to the browser before the page loads,
 * so it must not refer to anything outside itself.
 */
export function stub(answers: Answers): void {
  const callbacks = new Map<number, (message: unknown) => void>();
  const given = new Map<string, number>();
  let ids = 0;
  window.calls = [];
  window.refused = [];
  window.release = {};
  document.addEventListener("securitypolicyviolation", (event) => {
    window.refused.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
  });

  function answer(command: string): Promise<unknown> {
    const list = answers[command] ?? [];
    const turn = given.get(command) ?? 0;
    given.set(command, turn + 1);
    const found = list[Math.min(turn, list.length - 1)];
    // Tauri rejects with what the shell answered, which is not an Error.
    /* eslint-disable @typescript-eslint/prefer-promise-reject-errors */
    if (!found) return Promise.reject(`no such command: ${command}`);
    if ("never" in found) return new Promise(() => {});
    const settled = (now: Answer) => ("ok" in now ? Promise.resolve(now.ok) : Promise.reject(now.error));
    /* eslint-enable @typescript-eslint/prefer-promise-reject-errors */
    if (!("held" in found)) return settled(found);
    const { held } = found;
    return new Promise<void>((resolve) => (window.release[command] = resolve)).then(() => settled(held));
  }

  function watch(channel: { id: number }) {
    let index = 0;
    window.drop = (event) => callbacks.get(channel.id)?.({ index: index++, message: event });
  }

  function acquire(command: string, channel: { id: number }): Promise<unknown> {
    let index = 0;
    return new Promise((resolve) => {
      window.acquisition = {
        step: (name) => callbacks.get(channel.id)?.({ index: index++, message: name }),
        end: () => resolve(answer(command)),
      };
    });
  }

  const channels = new Map<string, { id: number; told: number }>();
  window.tell = (command, message) => {
    const channel = channels.get(command);
    if (channel) callbacks.get(channel.id)?.({ index: channel.told++, message });
  };
  window.askPin = (question) => window.tell("ask_pins", question);

  Object.assign(window, {
    __TAURI_INTERNALS__: {
      transformCallback(callback: (message: unknown) => void) {
        callbacks.set(++ids, callback);
        return ids;
      },
      unregisterCallback: (id: number) => callbacks.delete(id),
      invoke(command: string, args: Record<string, unknown> = {}) {
        const { onProgress, onDrop, ...rest } = args;
        if (onDrop) watch(onDrop as { id: number });
        for (const arg of Object.values(args)) {
          const id = (arg as { id?: unknown } | null)?.id;
          if (typeof id === "number" && callbacks.has(id)) channels.set(command, { id, told: 0 });
        }
        window.calls.push({ command, args: rest });
        return onProgress ? acquire(command, onProgress as { id: number }) : answer(command);
      },
    },
  });
}
