import { vitePreprocess } from "@sveltejs/vite-plugin-svelte";
import { phrases } from "./phrases.js";

export default {
  preprocess: [phrases(), vitePreprocess()],
  compilerOptions: { runes: true },
};
