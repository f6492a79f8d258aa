import type { Component } from "svelte";
import type { View } from "../state/router.svelte";
import Acquire from "./Acquire.svelte";
import AddBank from "./AddBank.svelte";
import Certificate from "./Certificate.svelte";
import Certificates from "./Certificates.svelte";
import ChangePasswords from "./ChangePasswords.svelte";
import ChangePc from "./ChangePc.svelte";
import Choose from "./Choose.svelte";
import CleanUp from "./CleanUp.svelte";
import Doctor from "./Doctor.svelte";
import EditUser from "./EditUser.svelte";
import Freeze from "./Freeze.svelte";
import Frozen from "./Frozen.svelte";
import IdLogin from "./IdLogin.svelte";
import Import from "./Import.svelte";
import Paper from "./Paper.svelte";
import Password from "./Password.svelte";
import PasswordsChanged from "./PasswordsChanged.svelte";
import Renew from "./Renew.svelte";
import Report from "./Report.svelte";
import Resync from "./Resync.svelte";
import Sessions from "./Sessions.svelte";
import Settings from "./Settings.svelte";
import Start from "./Start.svelte";
import Token from "./Token.svelte";
import Tokens from "./Tokens.svelte";
import TokensRevoked from "./TokensRevoked.svelte";
import Top from "./Top.svelte";
import User from "./User.svelte";
import UserDone from "./UserDone.svelte";
import Users from "./Users.svelte";

/** A component for each page, which takes the fields of its view. */
type Pages = { [Page in View["page"]]: Component<Omit<Extract<View, { page: Page }>, "page">> };

/**
 * The component of each page. If a page has no component, or its component takes a field that its view lacks, the code
 * does not type-check.
 */
const pages: Pages = {
  start: Start,
  "add-bank": AddBank,
  acquire: Acquire,
  choose: Choose,
  password: Password,
  "id-login": IdLogin,
  "change-passwords": ChangePasswords,
  "passwords-changed": PasswordsChanged,
  token: Token,
  top: Top,
  sessions: Sessions,
  users: Users,
  user: User,
  "edit-user": EditUser,
  "user-done": UserDone,
  tokens: Tokens,
  "tokens-revoked": TokensRevoked,
  resync: Resync,
  freeze: Freeze,
  frozen: Frozen,
  certificates: Certificates,
  certificate: Certificate,
  import: Import,
  renew: Renew,
  "clean-up": CleanUp,
  "change-pc": ChangePc,
  paper: Paper,
  doctor: Doctor,
  report: Report,
  settings: Settings,
};

/**
 * Returns the component of a view. It takes the whole view as its parameter type, since TypeScript cannot infer that
 * the two belong together.
 */
export function pageOf(view: View): Component<View> {
  return pages[view.page] as Component<View>;
}
