import { mkdirSync } from "node:fs";

/** The folder of the pictures, beside those of the real window. */
export const PICTURES = new URL("../../../target/screens/", import.meta.url);

/**
 * Whether a picture of every checked page is taken, or only of a page with a fault. A picture takes as long as a check.
 */
export const ALL_PICTURES = process.env["INKAN_PICTURES"] === "all";

mkdirSync(PICTURES, { recursive: true });

/** Returns the path of a picture. */
export const picture = (name: string) => new URL(name, PICTURES).pathname;
