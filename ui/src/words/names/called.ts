// The ids of the words that name the members of an enumeration. Every value here is an id of both catalogues.

/** The plain word for each parameter of a problem that is a bank's own word. */
export const calledWord = {
  called_login_id: "called-login-id",
  called_login_password: "called-login-password",
  called_confirmation: "called-confirmation",
  called_bank: "called-bank",
} as const;
