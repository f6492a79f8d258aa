import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";
import problemsEn from "@problems/en/problems.ftl?raw";
import problemsJa from "@problems/ja/problems.ftl?raw";
import type { Language, LocalText, Problem } from "../ipc/bindings";
import { calledWord } from "./names/called";
import { shown, shownLines } from "./printable";
import { problemArgument } from "./problem-arguments";

type Arguments = Record<string, FluentVariable>;

// One file for each part of the window, of the same name in both languages.
const ja = import.meta.glob<string>("./ja/*.ftl", { query: "?raw", import: "default", eager: true });
const en = import.meta.glob<string>("./en/*.ftl", { query: "?raw", import: "default", eager: true });

const bundles: Record<Language, FluentBundle> = {
  ja: bundle("ja-JP", ...Object.values(ja), problemsJa),
  en: bundle("en-GB", ...Object.values(en), problemsEn),
};

let current = $state<Language>("ja");

/** Returns the language of the window. */
export function language(): Language {
  return current;
}

/**
 * Changes the language from now on, and sets it in the document, so that a screen reader pronounces the text correctly.
 */
export function speak(chosen: Language): void {
  current = chosen;
  document.documentElement.lang = chosen;
}

/** Returns the language that the system prefers. */
export function systemLanguage(tags: readonly string[]): Language {
  const known = tags.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag === "ja" || tag === "en");
  return known === "en" ? "en" : "ja";
}

/** Returns the message `id` in the language of the window. Arguments from outside are escaped as by {@link shown}. */
export function t(id: string, args?: Arguments): string {
  return format(bundles[current].getMessage(id)?.value, args) ?? id;
}

/** Returns a bank's own words in the language of the window. */
export function local(text: LocalText): string {
  return shown(text[current]);
}

/** Returns a text of a bank that may have several lines, in the language of the window. */
export function localLines(text: LocalText): string {
  return shownLines(text[current]);
}

/** Returns the texts of a problem: what happened, what that means, what to do next. */
export function problemWords(problem: Problem): { title: string; detail: string; next: string } {
  const message = bundles[current].getMessage(problem.code) ?? bundles[current].getMessage("unrecognised");
  const params = Object.entries(problem.params ?? {}).map(([name, value]) => [
    name,
    problemArgument(name, value, current),
  ]);
  // The words of the bank, or else the plain ones.
  const plain = (Object.keys(calledWord) as (keyof typeof calledWord)[]).map((name) => [name, t(calledWord[name])]);
  const args = Object.fromEntries([...plain, ...params]) as Arguments;
  const part = (pattern: Parameters<typeof format>[0]) => format(pattern, args) ?? "";
  return {
    title: part(message?.value),
    detail: part(message?.attributes["detail"]),
    next: part(message?.attributes["next"]),
  };
}

function format(pattern: Parameters<FluentBundle["formatPattern"]>[0] | null | undefined, args?: Arguments) {
  const given = args && Object.fromEntries(Object.entries(args).map(([name, value]) => [name, shown(value)]));
  // Errors are collected rather than thrown: a missing variable must not blank a page.
  return pattern == null ? undefined : bundles[current].formatPattern(pattern, given, []);
}

function bundle(locale: string, ...sources: string[]): FluentBundle {
  const made = new FluentBundle(locale, { useIsolating: false });
  for (const source of sources) made.addResource(new FluentResource(source));
  return made;
}
