import { mkdirSync } from "node:fs";

/** The folder of the pictures, beside those of the real window. */
export const PICTURES = new URL("../../../target/screens/", import.meta.url);

mkdirSync(PICTURES, { recursive: true });

/** The file of a picture. */
export const picture = (name: string) => new URL(name, PICTURES).pathname;
