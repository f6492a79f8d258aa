import type { Code, Problem } from "../ipc/bindings";

/** A page that a problem can lead to. */
export type PageTarget =
  | "acquire"
  | "add-bank"
  | "certificates"
  | "change-passwords"
  | "change-pc"
  | "choose"
  | "doctor"
  | "login"
  | "settings"
  | "token";

/** The action of a button beside a problem. */
export type Remedy =
  /** Tries the failed action again, if the page can: the action took no secret that the page no longer has. */
  | "again"
  /** Copies what the person who can mend the problem must know. */
  | "tell"
  /** Opens the page on which the next step is done. */
  | { to: PageTarget };

/** Why a problem has no button. */
export type Without = { because: string };

const HERE: Without = { because: "its next step is to fill in the page or dialog where it stands" };
const WAIT: Without = { because: "only time mends it; the words say until when" };
const TERMINAL: Without = { because: "only the command line has it" };
const FILE: Without = { because: "another file is needed, which the page where it stands lets one choose" };

/** The buttons of each problem, the most important first, or the reason why it has none. */
export const remedies: Record<Code, Remedy[] | Without> = {
  login_failed: HERE,
  login_password_locked: ["tell"],
  id_password_not_allowed: [{ to: "choose" }],
  entrance_not_allowed: [{ to: "choose" }],
  certificate_revoked: [{ to: "acquire" }, { to: "certificates" }],
  certificate_superseded: [{ to: "choose" }, { to: "certificates" }],
  certificate_expired: [{ to: "acquire" }, { to: "certificates" }],
  certificate_unknown: [{ to: "choose" }, "tell"],
  session_ended: [{ to: "login" }],
  session_not_bound: [{ to: "login" }],
  password_change_required: [{ to: "change-passwords" }],
  login_id_malformed: HERE,
  password_malformed: HERE,
  password_rule_broken: HERE,

  confirmation_password_wrong: HERE,
  confirmation_password_locked: ["tell"],
  confirmation_password_unregistered: ["tell"],
  not_permitted: ["tell"],
  user_unknown: HERE,
  no_live_certificate: { because: "the user acts, on the user's own PC" },
  expired_not_kept: HERE,
  own_not_allowed: ["tell"],
  user_field_invalid: HERE,
  user_field_not_allowed: HERE,
  contract_frozen: ["tell"],
  cooling_down: WAIT,

  otp_required: HERE,
  otp_malformed: HERE,
  otp_wrong: HERE,
  otp_used: HERE,
  token_locked: ["tell"],
  token_out_of_step: HERE,
  token_resync_failed: HERE,
  token_not_active: [{ to: "token" }],
  token_expired: ["tell"],
  token_unusable: ["tell"],
  token_serial_unknown: HERE,
  token_activation_too_early: WAIT,
  token_already_active: ["tell"],
  token_none: HERE,

  certificate_not_issued: ["tell"],
  acquisition_deadline_passed: ["tell"],
  certificate_already_issued: [{ to: "change-pc" }, "tell"],
  too_many_certificates: WAIT,
  enrolment_code_invalid: HERE,
  renewal_too_early: WAIT,
  certification_request_invalid: ["tell"],
  ca_ending: ["tell"],

  request_invalid: ["tell"],
  not_found: ["again"],
  bank_unavailable: ["again"],
  bank_fault: ["again", "tell"],

  contract_number_invalid: HERE,
  entrance_unknown: HERE,
  certificate_of_other_entrance: [{ to: "choose" }],
  nobody_else_can_help: HERE,
  guide_of_other_role: { because: "the page below the dialog has the button that changes the answers" },

  bank_unreachable: ["again", { to: "doctor" }],
  host_unknown: ["again", { to: "doctor" }],
  connection_refused: ["again", { to: "doctor" }],
  network_unreachable: ["again", { to: "doctor" }],
  server_silent: ["again", { to: "doctor" }],
  captive_portal: ["again"],
  bank_ca_unknown: ["tell"],
  bank_certificate_invalid: ["tell"],
  certificate_refused: [{ to: "choose" }, "tell"],
  certificate_not_yet_valid: ["again", { to: "doctor" }],
  certificate_of_other_purpose: [{ to: "choose" }],
  certificate_dates_contradict: [{ to: "choose" }],
  server_cannot_check_certificate: ["tell"],
  certificate_asked_later: ["tell"],
  access_forbidden: ["tell"],
  server_login_required: ["tell"],
  bank_redirected: HERE,
  page_answered: ["again", "tell"],
  profile_unusable: ["tell"],
  certificate_login_elsewhere: HERE,
  certificate_not_sent: [{ to: "choose" }, { to: "acquire" }],
  certificate_ca_unknown: [{ to: "choose" }],
  intermediate_missing: [{ to: "choose" }],
  certificate_not_asked: HERE,
  no_common_scheme: ["tell"],
  server_certificate_out_of_date: ["again", { to: "doctor" }, "tell"],
  server_name_mismatch: ["tell"],
  server_names_no_host: ["tell"],
  server_algorithm_unsupported: ["tell"],
  server_algorithm_weak: ["tell"],
  intercepted_by_proxy: ["tell"],
  clock_wrong: ["again", { to: "doctor" }],
  plain_http_answered: HERE,
  tls_not_spoken: HERE,
  tls_not_agreed: [{ to: "doctor" }, "tell"],
  proxy_address_invalid: HERE,
  proxy_login_required: [{ to: "settings" }],
  proxy_login_unsupported: ["tell"],
  proxy_refused: ["tell"],
  proxy_unreachable: ["again", { to: "settings" }, { to: "doctor" }],
  bank_answer_unknown: ["again", { to: "doctor" }, "tell"],
  bank_address_invalid: HERE,
  link_unusable: [{ to: "add-bank" }],
  bank_not_added: [{ to: "add-bank" }],
  no_profile: { because: "the page that adds it has the button that adds a site" },
  not_a_bank: [{ to: "login" }],
  not_a_site: [{ to: "login" }],

  certificate_not_found: [{ to: "certificates" }],
  certificate_not_spent: [{ to: "certificates" }],
  no_usable_certificate: [{ to: "acquire" }],
  several_certificates: [{ to: "choose" }],
  answer_missing: HERE,
  answer_unused: TERMINAL,
  not_confirmed: HERE,
  nothing_to_change: HERE,
  certificate_id_needed: TERMINAL,
  usage_invalid: TERMINAL,
  output_unwritable: TERMINAL,
  file_unreadable: FILE,
  file_not_regular: FILE,
  file_too_large: FILE,
  ca_file_unsuitable: HERE,
  ca_certificate_damaged: HERE,
  answers_not_json: { because: "only the command line takes a file of answers" },
  file_not_unicode: FILE,
  answers_key_unknown: { because: "only the command line takes a file of answers" },
  answers_key_twice: { because: "only the command line takes a file of answers" },
  answers_not_text: { because: "only the command line takes a file of answers" },
  file_unwritable: ["again"],
  paper_not_needed: [{ to: "change-pc" }],
  store_unavailable: ["again", { to: "doctor" }, { to: "settings" }],
  store_folder_missing: ["again", { to: "settings" }],
  store_not_a_folder: ["again", { to: "settings" }],
  store_folder_foreign: ["again", { to: "settings" }],
  store_not_permitted: [{ to: "settings" }, "tell"],
  store_read_only: [{ to: "settings" }, "tell"],
  store_incomplete: [{ to: "settings" }, "tell"],
  store_damaged: [{ to: "settings" }, "tell"],
  store_old_format: [{ to: "settings" }, "tell"],
  store_busy: ["again", { to: "settings" }],
  store_path_unusable: ["again", { to: "settings" }],
  store_other_open: ["tell"],
  store_nss_missing: [{ to: "settings" }, "tell"],
  store_no_home: [{ to: "settings" }, "tell"],
  store_keychain_missing: [{ to: "settings" }, "tell"],
  store_module_missing: ["again", { to: "settings" }],
  store_module_not_a_library: ["again", { to: "settings" }],
  store_module_of_other_system: ["again", { to: "settings" }],
  store_module_needs_library: [{ to: "settings" }, "tell"],
  store_module_not_pkcs11: ["again", { to: "settings" }],
  store_module_failed: [{ to: "settings" }, "tell"],
  store_reader_missing: ["again", { to: "settings" }],
  store_no_token: ["again", { to: "settings" }],
  store_token_not_set_up: ["again", { to: "settings" }],
  store_token_unrecognised: ["again", { to: "settings" }],
  store_token_unknown: ["again", { to: "settings" }],
  store_locked: ["again"],
  store_wrong_pin: ["again"],
  store_pin_locked: ["tell"],
  token_removed: ["again", { to: "settings" }],
  token_write_protected: [{ to: "settings" }],
  key_denied: ["again"],
  store_unsupported: [{ to: "settings" }],
  certificate_unreadable: [{ to: "certificates" }],
  store_refused: ["again", "tell"],
  key_missing: ["tell", { to: "acquire" }],
  key_kind_unsupported: [{ to: "choose" }],
  key_mismatch: ["tell"],
  issued_certificate_refused: ["tell"],
  already_installed: [{ to: "certificates" }],
  serial_number_taken: [{ to: "certificates" }],
  import_unsupported: [{ to: "settings" }, { to: "acquire" }],
  pkcs12_password_wrong: HERE,
  pkcs12_password_encoding: FILE,
  pkcs12_unreadable: FILE,
  file_empty: FILE,
  file_zeros: FILE,
  file_certificate_only: FILE,
  file_certificate_collection: FILE,
  file_key_only: FILE,
  file_key_and_certificate: FILE,
  file_other_key: FILE,
  file_certification_request: FILE,
  file_revocation_list: FILE,
  file_java_key_store: FILE,
  file_key_database: FILE,
  file_archive: FILE,
  file_web_page: FILE,
  file_document: FILE,
  file_mail: FILE,
  file_shortcut: FILE,
  pkcs12_unprotected: FILE,
  pkcs12_encryption_unknown: FILE,
  pkcs12_too_many_iterations: FILE,
  pkcs12_too_large: FILE,
  pkcs12_without_key: FILE,
  pkcs12_without_certificate: FILE,
  pkcs12_certificate_unreadable: FILE,
  pkcs12_key_mismatch: FILE,
  several_keys: HERE,
  key_number_unknown: HERE,
  several_files: FILE,
  acquisition_cancelled: HERE,
  acquisition_running: ["again"],
  no_acquisition_waiting: HERE,
  deletion_incomplete: ["again"],
  data_unusable: ["again"],
  unrecognised: ["tell"],
  app_fault: ["again", "tell"],
};

/**
 * Returns the buttons of a problem. If the problem says that the certificate is on this PC, a button leads to the
 * login.
 */
export function remediesFor(problem: Problem): Remedy[] {
  // The page that adds a bank has the button that adds a site.
  if (problem.params?.["adding"] === "yes") return [];
  // Another person has the next certificate issued first (S3-1).
  const another = problem.params?.["issue"] === "another";
  if (another && (problem.code === "certificate_revoked" || problem.code === "certificate_expired")) {
    return ["tell", ...remediesOf(problem.code)];
  }
  const here = problem.code === "certificate_already_issued" && problem.params?.["here"] === "installed";
  return here ? [{ to: "login" }] : remediesOf(problem.code);
}

/**
 * Returns the buttons of a problem, by its code alone. A code that only a newer program knows has a button to copy the
 * text.
 */
export function remediesOf(code: string): Remedy[] {
  const found = (remedies as Partial<Record<string, Remedy[] | Without>>)[code] ?? (["tell"] satisfies Remedy[]);
  return Array.isArray(found) ? found : [];
}

/**
 * Returns whether the client says that the address may be a site: its server answers, is trusted, and publishes no
 * profile.
 */
export function mayBeSite(problem: Problem): boolean {
  return problem.params?.["adding"] === "yes";
}

/** Returns the host to which a bank's document leads the login, if the client asks whether to agree to it. */
export function otherLoginHost(problem: Problem): string | null {
  return problem.code === "certificate_login_elsewhere" ? (problem.params?.["host"] ?? null) : null;
}
