import { mount } from "svelte";
import App from "./App.svelte";
import { sendCallsOnce } from "./ipc/once";
import "./tokens.css";
import "./base.css";
import "./choices.css";
import "./tables.css";
import "./print.css";

sendCallsOnce();
const target = document.getElementById("app");
if (target) mount(App, { target });
