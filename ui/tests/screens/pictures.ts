import { mkdirSync } from "node:fs";

/** The folder of the pictures, beside those of the real window. */
export const PICTURES = new URL("../../../target/screens/", import.meta.url);

/** Whether every judged page is to be in a picture, or only a page with a fault: a picture takes as long as a check. */
export const ALL_PICTURES = process.env["INKAN_PICTURES"] === "all";

mkdirSync(PICTURES, { recursive: true });

/** The file of a picture. */
export const picture = (name: string) => new URL(name, PICTURES).pathname;
