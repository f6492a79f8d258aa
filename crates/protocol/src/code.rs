use serde::{Deserialize, Serialize};

/// Who can mend a problem.
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Who {
    /// The person at this PC.
    You,
    /// A master or administrator of the same contract.
    Administrator,
    /// The home branch, mostly on paper.
    Branch,
    /// The bank, which runs the service.
    Bank,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $code:ident = $name:literal, $status:literal, $who:ident;)*) => {
        /// The stable code of a problem. The store, the bank and the screen use the same codes.
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "specta", derive(specta::Type))]
        #[serde(rename_all = "snake_case")]
        pub enum Code { $($(#[$doc])* $code,)* }

        impl Code {
            /// All codes.
            pub const ALL: &'static [Self] = &[$(Self::$code,)*];

            /// Returns the code as JSON and logs contain it, such as `certificate_revoked`.
            pub fn name(self) -> &'static str {
                match self { $(Self::$code => $name,)* }
            }

            /// Returns the HTTP status of the code; 0 if the problem arises only on the PC.
            pub fn status(self) -> u16 {
                match self { $(Self::$code => $status,)* }
            }

            /// Returns who can mend the problem.
            pub fn who(self) -> Who {
                match self { $(Self::$code => Who::$who,)* }
            }
        }
    };
}

codes! {
    // Logging in.
    /// The login ID is unknown, or the login password is wrong. The code does not say which.
    LoginFailed = "login_failed", 401, You;
    /// Too many wrong login passwords were entered in a row (M5).
    LoginPasswordLocked = "login_password_locked", 403, Administrator;
    /// The user may not log in by ID and password here (M6).
    IdPasswordNotAllowed = "id_password_not_allowed", 403, You;
    /// The user may not log in at this entrance.
    EntranceNotAllowed = "entrance_not_allowed", 403, You;
    /// The certificate of the connection is revoked.
    CertificateRevoked = "certificate_revoked", 403, You;
    /// The certificate of the connection was renewed, and the new one is in use (更新済, M3).
    CertificateSuperseded = "certificate_superseded", 403, You;
    /// The certificate of the connection has expired.
    CertificateExpired = "certificate_expired", 403, You;
    /// The bank's CA signed the certificate, but the bank does not know it.
    CertificateUnknown = "certificate_unknown", 403, Bank;
    /// The request has no session, or its session is over.
    SessionEnded = "session_ended", 401, You;
    /// The session belongs to another certificate, or to none (RFC 8705 §3).
    SessionNotBound = "session_not_bound", 401, You;
    /// The passwords must be changed first (S1-7).
    PasswordChangeRequired = "password_change_required", 403, You;
    /// The login ID is empty, or contains a blank or a line end. It cannot be right, and is not counted as an attempt.
    LoginIdMalformed = "login_id_malformed", 422, You;
    /// The password contains a character that is not half-width, or is longer than the rule of the bank allows. It
    /// cannot be right, and is not counted as an attempt (S1-9).
    PasswordMalformed = "password_malformed", 422, You;
    /// The new password breaks a rule (S1-9, S1-10).
    PasswordRuleBroken = "password_rule_broken", 422, You;

    // Acts of change.
    /// The operator's confirmation password is wrong (S0-6).
    ConfirmationPasswordWrong = "confirmation_password_wrong", 403, You;
    /// Too many wrong confirmation passwords were entered in a row (M5).
    ConfirmationPasswordLocked = "confirmation_password_locked", 403, Administrator;
    /// The operator has registered no confirmation password yet (S1-7).
    ConfirmationPasswordUnregistered = "confirmation_password_unregistered", 403, You;
    /// The operator's role does not grant this action (S0-14).
    NotPermitted = "not_permitted", 403, Administrator;
    /// No user of this contract has that ID.
    UserUnknown = "user_unknown", 404, You;
    /// The user has no live certificate that could be kept or revoked.
    NoLiveCertificate = "no_live_certificate", 409, You;

    /// An expired certificate cannot be kept (Q8).
    ExpiredNotKept = "expired_not_kept", 409, You;
    /// Users may not do this to themselves. Another administrator must do it (M5).
    OwnNotAllowed = "own_not_allowed", 403, Administrator;
    /// Administrators of this bank may not change that field of a user (S4-7).
    UserFieldNotAllowed = "user_field_not_allowed", 422, You;
    /// The value is not valid for that field of a user (S4-7, S4-8).
    UserFieldInvalid = "user_field_invalid", 422, You;
    /// The contract is frozen (M7).
    ContractFrozen = "contract_frozen", 403, Branch;
    /// A certificate that was reissued a short time ago may change nothing yet (M7).
    CoolingDown = "cooling_down", 403, You;

    // Hardware tokens.
    /// An acquisition needs a one-time password at this bank (S3-9, Q6).
    OtpRequired = "otp_required", 403, You;
    /// The one-time password does not have as many digits as the token shows. It cannot be right, and is not counted as
    /// an attempt.
    OtpMalformed = "otp_malformed", 422, You;
    /// The one-time password does not come from this token, or is too old.
    OtpWrong = "otp_wrong", 403, You;
    /// The one-time password was accepted before, for any user of the token (Q5).
    OtpUsed = "otp_used", 403, You;
    /// Too many wrong one-time passwords were entered in a row (M4, M5).
    TokenLocked = "token_locked", 403, Administrator;
    /// The clock of the token has drifted. Two consecutive one-time passwords resynchronise the token (M4).
    TokenOutOfStep = "token_out_of_step", 403, You;
    /// The two one-time passwords do not follow each other on this token.
    TokenResyncFailed = "token_resync_failed", 403, You;
    /// The action needs a one-time password, and the user has not activated a token yet (S3-9).
    TokenNotActive = "token_not_active", 403, You;
    /// The token has expired (S2-1).
    TokenExpired = "token_expired", 403, Administrator;
    /// The operator's own token does not work (S2-8, Q4).
    TokenUnusable = "token_unusable", 403, Administrator;
    /// No token with that serial number was handed out to the user, or the token was revoked for the user.
    TokenSerialUnknown = "token_serial_unknown", 422, You;
    /// The time after the revocation of the old token is not over yet (S2-6, S2-7, S2-17).
    TokenActivationTooEarly = "token_activation_too_early", 409, You;
    /// The old token must be revoked first (S2-2).
    TokenAlreadyActive = "token_already_active", 409, Administrator;
    /// The user has no token that could be revoked or unlocked.
    TokenNone = "token_none", 409, You;

    // Acquiring.
    /// No certificate has been issued to this ID (S3-2, S4-15).
    CertificateNotIssued = "certificate_not_issued", 409, Administrator;
    /// The acquisition deadline has passed (取得期限切れ, M3).
    AcquisitionDeadlinePassed = "acquisition_deadline_passed", 409, Administrator;
    /// The user has a live certificate for another key (M2). It must be revoked before the next issue (S0-8).
    CertificateAlreadyIssued = "certificate_already_issued", 409, Administrator;
    /// The user got as many certificates in the last hour as anyone gets.
    TooManyCertificates = "too_many_certificates", 429, You;
    /// The enrolment code is unknown, used up or expired.
    EnrolmentCodeInvalid = "enrolment_code_invalid", 401, You;
    /// The certificate cannot be renewed yet (M1).
    RenewalTooEarly = "renewal_too_early", 409, You;
    /// The request is not in PKCS#10, its signature does not verify, or its key is not accepted.
    CertificationRequestInvalid = "certification_request_invalid", 400, Bank;
    /// The bank's CA ends before a new certificate would (RFC 5280 §6.1).
    CaEnding = "ca_ending", 503, Bank;

    // The interface itself.
    /// The request does not have the form that the path requires.
    RequestInvalid = "request_invalid", 400, Bank;
    /// The path does not exist, or the thing that the path names does not exist.
    NotFound = "not_found", 404, Bank;
    /// The bank cannot serve the request now. Nothing was done.
    BankUnavailable = "bank_unavailable", 503, Bank;
    /// The bank has a fault. Nothing was done.
    BankFault = "bank_fault", 500, Bank;

    // Before the bank is asked.
    /// The number cannot be a contract number of this bank (S3-10).
    ContractNumberInvalid = "contract_number_invalid", 0, You;
    /// The bank has no entrance of that name.
    EntranceUnknown = "entrance_unknown", 0, You;
    /// The certificate is for another entrance (S3-16).
    CertificateOfOtherEntrance = "certificate_of_other_entrance", 0, You;
    /// If this is done, no other user of the company can help this person afterwards (Q9).
    NobodyElseCanHelp = "nobody_else_can_help", 0, You;
    /// The steps to a new PC are for another role than that of the user who is logged in (S0-4).
    GuideOfOtherRole = "guide_of_other_role", 0, You;

    // The connection to the bank.
    /// The connection broke, or the proxy did not find the server.
    BankUnreachable = "bank_unreachable", 0, You;
    /// No name server knows the host, or no name server can be reached.
    HostUnknown = "host_unknown", 0, You;
    /// The host exists, but no program listens at the port.
    ConnectionRefused = "connection_refused", 0, You;
    /// No route leads to the host.
    NetworkUnreachable = "network_unreachable", 0, You;
    /// The server did not answer in time.
    ServerSilent = "server_silent", 0, Bank;
    /// The login page of a network answers in place of the server.
    CaptivePortal = "captive_portal", 0, You;
    /// The proxy demands a login, and accepts none that it got (M8).
    ProxyLoginRequired = "proxy_login_required", 0, You;
    /// The proxy demands a kind of login that Inkan does not support.
    ProxyLoginUnsupported = "proxy_login_unsupported", 0, Administrator;
    /// The proxy cannot be reached, or the server at its address is not a proxy.
    ProxyUnreachable = "proxy_unreachable", 0, You;
    /// The proxy refuses the connection to the bank.
    ProxyRefused = "proxy_refused", 0, Administrator;
    /// The proxy setting is not a proxy address that Inkan can use.
    ProxyAddressInvalid = "proxy_address_invalid", 0, You;
    /// The server's certificate comes from a CA that this PC does not trust.
    BankCaUnknown = "bank_ca_unknown", 0, Administrator;
    /// The server's certificate cannot be used: it is not for servers, cannot be read, or is revoked.
    BankCertificateInvalid = "bank_certificate_invalid", 0, Bank;
    /// The server refused this client certificate in the handshake.
    CertificateRefused = "certificate_refused", 0, Bank;
    /// The server demands a client certificate, and none was sent.
    CertificateNotSent = "certificate_not_sent", 0, You;
    /// The server does not accept certificates of the CA that issued this one.
    CertificateCaUnknown = "certificate_ca_unknown", 0, You;
    /// The server does not name the CA that issued this certificate. An intermediate certificate may be missing on this
    /// PC.
    IntermediateMissing = "intermediate_missing", 0, You;
    /// The server refused a certificate whose extensions do not allow client authentication.
    CertificateOfOtherPurpose = "certificate_of_other_purpose", 0, You;
    /// The certificate ends before it begins.
    CertificateDatesContradict = "certificate_dates_contradict", 0, You;
    /// The certificate is valid, but the server calls it expired or cannot verify it.
    ServerCannotCheckCertificate = "server_cannot_check_certificate", 0, Bank;
    /// The server asks for a certificate only after the handshake, which Inkan does not support.
    CertificateAskedLater = "certificate_asked_later", 0, You;
    /// The server answers with the HTTP status 403.
    AccessForbidden = "access_forbidden", 0, Bank;
    /// The server asks for a user name and a password by HTTP.
    ServerLoginRequired = "server_login_required", 0, You;
    /// The address redirects to another address.
    BankRedirected = "bank_redirected", 0, You;
    /// A web page came instead of the bank's answer.
    PageAnswered = "page_answered", 0, Bank;
    /// The bank publishes a profile that cannot be used.
    ProfileUnusable = "profile_unusable", 0, Bank;
    /// The bank's document names another host than the bank's for the certificate login.
    CertificateLoginElsewhere = "certificate_login_elsewhere", 0, You;
    /// The server did not ask for a certificate, although one was chosen for it.
    CertificateNotAsked = "certificate_not_asked", 0, You;
    /// The key cannot sign by any scheme that the server accepts, in TLS 1.3 or 1.2.
    NoCommonScheme = "no_common_scheme", 0, Administrator;
    /// The server's certificate has expired or is not valid yet, and the clocks agree.
    ServerCertificateOutOfDate = "server_certificate_out_of_date", 0, Bank;
    /// The server's certificate is for other names.
    ServerNameMismatch = "server_name_mismatch", 0, You;
    /// The server's certificate names no host (RFC 9525 §6.3).
    ServerNamesNoHost = "server_names_no_host", 0, Bank;
    /// The server's certificate, or its CA, uses an algorithm that this program does not know.
    ServerAlgorithmUnsupported = "server_algorithm_unsupported", 0, Bank;
    /// The server's certificate, or its CA, uses an algorithm or a key that is too weak.
    ServerAlgorithmWeak = "server_algorithm_weak", 0, Bank;
    /// A proxy or a security product between the PC and the bank answers in place of the bank.
    InterceptedByProxy = "intercepted_by_proxy", 0, Administrator;
    /// This PC's clock and the server's clock differ by minutes or more.
    ClockWrong = "clock_wrong", 0, You;
    /// The server answers a request for https in plain HTTP.
    PlainHttpAnswered = "plain_http_answered", 0, You;
    /// The server does not speak TLS.
    TlsNotSpoken = "tls_not_spoken", 0, You;
    /// Client and server share no version of TLS, no cipher suite, or no kind of key.
    TlsNotAgreed = "tls_not_agreed", 0, Bank;
    /// The server is not a bank of a version that Inkan knows. It may be newer.
    BankAnswerUnknown = "bank_answer_unknown", 0, Bank;
    /// The address is not a valid https address.
    BankAddressInvalid = "bank_address_invalid", 0, You;
    /// The `inkan://` link is malformed, or this version does not know it.
    LinkUnusable = "link_unusable", 0, You;
    /// No bank of that name has been added.
    BankNotAdded = "bank_not_added", 0, You;
    /// The server answers, but publishes no profile. It can only be added as a site.
    NoProfile = "no_profile", 0, You;
    /// The name is that of a site, which has no users and no logins in Inkan.
    NotABank = "not_a_bank", 0, You;
    /// The name is that of a bank, which is used in Inkan and not in the browser.
    NotASite = "not_a_site", 0, You;

    // Certificates, commands and files.
    /// No certificate on this PC has that ID.
    CertificateNotFound = "certificate_not_found", 0, You;
    /// A certificate that a clean-up was to delete can be used again, or belongs to no added bank or site.
    CertificateNotSpent = "certificate_not_spent", 0, You;
    /// The bank's certificate on this PC is not valid yet by this PC's clock.
    CertificateNotYetValid = "certificate_not_yet_valid", 0, You;
    /// No certificate on this PC can be used at this bank.
    NoUsableCertificate = "no_usable_certificate", 0, You;
    /// Several certificates can be used, and the person must choose one.
    SeveralCertificates = "several_certificates", 0, You;
    /// The person was asked whether to continue, and did not answer yes.
    NotConfirmed = "not_confirmed", 0, You;
    /// A secret that the command needs was not given.
    AnswerMissing = "answer_missing", 0, You;
    /// The command does not use some of the answers or options, so what they ask for would not be done.
    AnswerUnused = "answer_unused", 0, You;
    /// The edit changes nothing. Nothing was sent.
    NothingToChange = "nothing_to_change", 0, You;
    /// The name or the short ID that was given does not identify one certificate.
    CertificateIdNeeded = "certificate_id_needed", 0, You;
    /// The command line cannot be understood.
    UsageInvalid = "usage_invalid", 0, You;
    /// The output of a command could not be written.
    OutputUnwritable = "output_unwritable", 0, You;
    /// The named file does not exist, or the system does not read it.
    FileUnreadable = "file_unreadable", 0, You;
    /// The named file does not exist, or the system does not permit reading it.
    FileNotRegular = "file_not_regular", 0, You;
    /// The named file is larger than the limit.
    FileTooLarge = "file_too_large", 0, You;
    /// The file is neither in UTF-8 nor in UTF-16.
    FileNotUnicode = "file_not_unicode", 0, You;
    /// The file that was given as a CA certificate is another kind of file.
    CaFileUnsuitable = "ca_file_unsuitable", 0, You;
    /// One of several certificates in a file of CAs is damaged.
    CaCertificateDamaged = "ca_certificate_damaged", 0, You;
    /// The file of answers is not one JSON object.
    AnswersNotJson = "answers_not_json", 0, You;
    /// The file of answers has a key that no question has.
    AnswersKeyUnknown = "answers_key_unknown", 0, You;
    /// The file of answers has the same key twice.
    AnswersKeyTwice = "answers_key_twice", 0, You;
    /// An answer in the file of answers is not text.
    AnswersNotText = "answers_not_text", 0, You;
    /// The file cannot be written.
    FileUnwritable = "file_unwritable", 0, You;
    /// The change of PC needs no paper form (S0-11, S3-4).
    PaperNotNeeded = "paper_not_needed", 0, You;

    // This PC.
    /// The certificate store cannot be opened, for a cause that no other code names.
    StoreUnavailable = "store_unavailable", 0, You;
    /// The folder of the store does not exist.
    StoreFolderMissing = "store_folder_missing", 0, You;
    /// The path of the store is a file, not a folder.
    StoreNotAFolder = "store_not_a_folder", 0, You;
    /// The folder contains other files but no database.
    StoreFolderForeign = "store_folder_foreign", 0, You;
    /// This user may not read the store.
    StoreNotPermitted = "store_not_permitted", 0, You;
    /// The store cannot be written to.
    StoreReadOnly = "store_read_only", 0, You;
    /// The database has two files, and one of them is missing: that of the certificates or that of the keys.
    StoreIncomplete = "store_incomplete", 0, You;
    /// The database is damaged.
    StoreDamaged = "store_damaged", 0, You;
    /// The database has the format that NSS used before SQLite.
    StoreOldFormat = "store_old_format", 0, You;
    /// Another program has locked the store.
    StoreBusy = "store_busy", 0, You;
    /// The path cannot be passed to the store's library.
    StorePathUnusable = "store_path_unusable", 0, You;
    /// This process has another database open, and can open only one.
    StoreOtherOpen = "store_other_open", 0, You;
    /// NSS is not installed.
    StoreNssMissing = "store_nss_missing", 0, You;
    /// The system does not name a place for this user's data.
    StoreNoHome = "store_no_home", 0, You;
    /// The user has no keychain.
    StoreKeychainMissing = "store_keychain_missing", 0, You;
    /// The file of the PKCS#11 module does not exist.
    StoreModuleMissing = "store_module_missing", 0, You;
    /// The file is not a library.
    StoreModuleNotALibrary = "store_module_not_a_library", 0, You;
    /// The module is for another system or another processor.
    StoreModuleOfOtherSystem = "store_module_of_other_system", 0, You;
    /// The module needs a library that cannot be loaded.
    StoreModuleNeedsLibrary = "store_module_needs_library", 0, You;
    /// The library does not have the functions of PKCS#11.
    StoreModuleNotPkcs11 = "store_module_not_pkcs11", 0, You;
    /// The module does not start.
    StoreModuleFailed = "store_module_failed", 0, You;
    /// The module finds no reader.
    StoreReaderMissing = "store_reader_missing", 0, You;
    /// No slot contains a card.
    StoreNoToken = "store_no_token", 0, You;
    /// The tokens that are present have not been initialised.
    StoreTokenNotSetUp = "store_token_not_set_up", 0, You;
    /// The module does not recognise the card.
    StoreTokenUnrecognised = "store_token_unrecognised", 0, You;
    /// No token has the label that was asked for. The problem names the tokens that are present.
    StoreTokenUnknown = "store_token_unknown", 0, You;
    /// The store needs its PIN.
    StoreLocked = "store_locked", 0, You;
    /// The PIN was wrong.
    StoreWrongPin = "store_wrong_pin", 0, You;
    /// Too many wrong PINs were entered. The issuer of a card unlocks it. A TPM unlocks itself after a while.
    StorePinLocked = "store_pin_locked", 0, Administrator;
    /// The card or the TPM is no longer present.
    TokenRemoved = "token_removed", 0, You;
    /// The card or the device accepts no changes.
    TokenWriteProtected = "token_write_protected", 0, You;
    /// The person, or the operating system, refused the use of the key.
    KeyDenied = "key_denied", 0, You;
    /// This system has no store that Inkan can use yet.
    StoreUnsupported = "store_unsupported", 0, You;
    /// The certificate cannot be read, and cannot be used to log in.
    CertificateUnreadable = "certificate_unreadable", 0, You;
    /// The store refused an operation.
    StoreRefused = "store_refused", 0, You;
    /// The certificate is in the store, but its private key is not.
    KeyMissing = "key_missing", 0, You;
    /// Inkan cannot sign with a key of this kind, in any store.
    KeyKindUnsupported = "key_kind_unsupported", 0, You;
    /// The certificate does not belong to the key.
    KeyMismatch = "key_mismatch", 0, Bank;
    /// The certificate that the bank issued fails a check of the client, which has not installed it.
    IssuedCertificateRefused = "issued_certificate_refused", 0, Bank;
    /// The certificate is in the store already.
    AlreadyInstalled = "already_installed", 0, You;
    /// Another certificate with the same issuer and serial number is in the store (RFC 5280 §4.1.2.2).
    SerialNumberTaken = "serial_number_taken", 0, You;
    /// The store does not import keys, or does not import keys of this kind.
    ImportUnsupported = "import_unsupported", 0, You;

    // Importing a file with a key (PKCS#12).
    /// The password is wrong, or the file is damaged. The file does not show which.
    Pkcs12PasswordWrong = "pkcs12_password_wrong", 0, You;
    /// The password is right, but the contents are encrypted with an unknown encoding of the password.
    Pkcs12PasswordEncoding = "pkcs12_password_encoding", 0, You;
    /// The file is neither a PKCS#12 file nor of another known kind.
    Pkcs12Unreadable = "pkcs12_unreadable", 0, You;
    /// The file is empty.
    FileEmpty = "file_empty", 0, You;
    /// The file contains only zeros, as after an interrupted copy or download.
    FileZeros = "file_zeros", 0, You;
    /// The file contains certificates without their private keys.
    FileCertificateOnly = "file_certificate_only", 0, You;
    /// The file is a collection of certificates without their private keys (PKCS#7).
    FileCertificateCollection = "file_certificate_collection", 0, You;
    /// The file contains a private key without its certificate.
    FileKeyOnly = "file_key_only", 0, You;
    /// The file contains a key and its certificate in PEM, which is not PKCS#12.
    FileKeyAndCertificate = "file_key_and_certificate", 0, You;
    /// The file contains a public key, or a key for SSH or OpenPGP, which cannot be used to log in.
    FileOtherKey = "file_other_key", 0, You;
    /// The file is a certification request (PKCS#10).
    FileCertificationRequest = "file_certification_request", 0, You;
    /// The file is a list of revoked certificates.
    FileRevocationList = "file_revocation_list", 0, You;
    /// The file is a key store of Java.
    FileJavaKeyStore = "file_java_key_store", 0, You;
    /// The file is a key database of a browser or of the system.
    FileKeyDatabase = "file_key_database", 0, You;
    /// The file is an archive, which must be unpacked first.
    FileArchive = "file_archive", 0, You;
    /// The file is a web page that was saved instead of a download.
    FileWebPage = "file_web_page", 0, You;
    /// The file is a document or a picture.
    FileDocument = "file_document", 0, You;
    /// The file is a mail, whose attachment must be saved first.
    FileMail = "file_mail", 0, You;
    /// The file is a shortcut to another file or to a web page.
    FileShortcut = "file_shortcut", 0, You;
    /// The file has no integrity check (MAC), so a change of the file cannot be noticed.
    Pkcs12Unprotected = "pkcs12_unprotected", 0, You;
    /// The file is encrypted in a way that Inkan does not know.
    Pkcs12EncryptionUnknown = "pkcs12_encryption_unknown", 0, You;
    /// The file asks for more iterations of the key derivation than Inkan accepts.
    Pkcs12TooManyIterations = "pkcs12_too_many_iterations", 0, You;
    /// The file is larger, or nested deeper, than Inkan accepts.
    Pkcs12TooLarge = "pkcs12_too_large", 0, You;
    /// The file contains certificates but no key.
    Pkcs12WithoutKey = "pkcs12_without_key", 0, You;
    /// The file contains a key but no certificate.
    Pkcs12WithoutCertificate = "pkcs12_without_certificate", 0, You;
    /// The file contains a key, but no certificate that can be read.
    Pkcs12CertificateUnreadable = "pkcs12_certificate_unreadable", 0, You;
    /// The key and the certificate in the file do not belong together.
    Pkcs12KeyMismatch = "pkcs12_key_mismatch", 0, You;
    /// The file contains several keys, and the person must choose one.
    SeveralKeys = "several_keys", 0, You;
    /// The file has no key of that number, or of that certificate.
    KeyNumberUnknown = "key_number_unknown", 0, You;
    /// More than one file was given to import.
    SeveralFiles = "several_files", 0, You;

    /// Another process is acquiring a certificate for the same person.
    AcquisitionRunning = "acquisition_running", 0, You;
    /// The person stopped an acquisition, which can be resumed.
    AcquisitionCancelled = "acquisition_cancelled", 0, You;
    /// No interrupted acquisition of that person can be resumed.
    NoAcquisitionWaiting = "no_acquisition_waiting", 0, You;

    /// After the deletion, the certificate or its key was still in the store.
    DeletionIncomplete = "deletion_incomplete", 0, You;
    /// Inkan's own data cannot be read or written.
    DataUnusable = "data_unusable", 0, You;

    /// The client has a fault. Its log describes the fault under the reference.
    AppFault = "app_fault", 0, Administrator;

    /// A code that this version does not know, since the bank is newer.
    #[serde(other)]
    Unrecognised = "unrecognised", 0, Bank;
}
