type Markup = { content: string; filename?: string };

/** The preprocessor of `phrases.js`. */
export function phrases(): { name: string; markup(markup: Markup): { code: string } | undefined };
