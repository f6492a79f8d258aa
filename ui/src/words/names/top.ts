import type { LoginMethod, OperationKind } from "../../ipc/bindings";

// The ids of the words that name the members of an enumeration. Every value here is an id of both catalogues.

/** The word for the way in which a user logged in. */
export const methodWord: Record<LoginMethod, string> = {
  certificate: "method-certificate",
  id_password: "method-id-password",
};

/** The sentence for an operation. */
export const operationSentence: Record<OperationKind, string> = {
  certificate_issued: "operation-certificate-issued",
  certificate_acquired: "operation-certificate-acquired",
  certificate_revoked: "operation-certificate-revoked",
  certificate_reissued: "operation-certificate-reissued",
  token_activated: "operation-token-activated",
  token_revoked: "operation-token-revoked",
  token_resynchronised: "operation-token-resynchronised",
  token_unlocked: "operation-token-unlocked",
  user_edited: "operation-user-edited",
  user_unlocked: "operation-user-unlocked",
  contract_frozen: "operation-contract-frozen",
  passwords_changed: "operation-passwords-changed",
};
