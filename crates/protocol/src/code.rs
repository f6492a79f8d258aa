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
    /// Whoever runs the bank's service.
    Bank,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $code:ident = $name:literal, $status:literal, $who:ident;)*) => {
        /// The stable code of a problem: one enumeration from the store and the bank to the screen.
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "specta", derive(specta::Type))]
        #[serde(rename_all = "snake_case")]
        pub enum Code { $($(#[$doc])* $code,)* }

        impl Code {
            /// Every code there is.
            pub const ALL: &'static [Self] = &[$(Self::$code,)*];

            /// The code as it is written: `certificate_revoked`.
            pub fn name(self) -> &'static str {
                match self { $(Self::$code => $name,)* }
            }

            /// The HTTP status it travels with; 0 for one that only arises on the PC.
            pub fn status(self) -> u16 {
                match self { $(Self::$code => $status,)* }
            }

            /// Who can mend it.
            pub fn who(self) -> Who {
                match self { $(Self::$code => Who::$who,)* }
            }
        }
    };
}

codes! {
    // Logging in.
    /// Unknown login ID or wrong login password; never says which.
    LoginFailed = "login_failed", 401, You;
    /// Too many wrong login passwords in a row (M5).
    LoginPasswordLocked = "login_password_locked", 403, Administrator;
    /// This person may not use ID and password here (M6).
    IdPasswordNotAllowed = "id_password_not_allowed", 403, You;
    /// This person may not enter by this entrance.
    EntranceNotAllowed = "entrance_not_allowed", 403, You;
    /// The certificate of the connection is revoked.
    CertificateRevoked = "certificate_revoked", 403, You;
    /// The certificate of the connection was renewed, and the new one is in use (更新済, M3).
    CertificateSuperseded = "certificate_superseded", 403, You;
    /// The certificate of the connection has expired.
    CertificateExpired = "certificate_expired", 403, You;
    /// The bank's CA signed the certificate, but the bank does not know it.
    CertificateUnknown = "certificate_unknown", 403, Bank;
    /// No session, or one that is over.
    SessionEnded = "session_ended", 401, You;
    /// The session belongs to another certificate, or to none (RFC 8705 §3).
    SessionNotBound = "session_not_bound", 401, You;
    /// The passwords must be changed first (S1-7).
    PasswordChangeRequired = "password_change_required", 403, You;
    /// A login ID that is empty, or has a blank or a line end inside; it cannot be right and is not counted.
    LoginIdMalformed = "login_id_malformed", 422, You;
    /// A password with another character than half-width ones, or longer than the bank's rule, which cannot be right and
    /// is not counted (S1-9).
    PasswordMalformed = "password_malformed", 422, You;
    /// A new password breaks the rules (S1-9, S1-10).
    PasswordRuleBroken = "password_rule_broken", 422, You;

    // Acts of change.
    /// The operator's confirmation password is wrong (S0-6).
    ConfirmationPasswordWrong = "confirmation_password_wrong", 403, You;
    /// Too many wrong confirmation passwords in a row (M5).
    ConfirmationPasswordLocked = "confirmation_password_locked", 403, Administrator;
    /// The operator has registered none yet (S1-7).
    ConfirmationPasswordUnregistered = "confirmation_password_unregistered", 403, You;
    /// The operator's role does not grant this act (S0-14).
    NotPermitted = "not_permitted", 403, Administrator;
    /// No user of that ID in this contract.
    UserUnknown = "user_unknown", 404, You;
    /// The user has no live certificate to act upon.
    NoLiveCertificate = "no_live_certificate", 409, You;

    /// What has expired cannot be kept (Q8).
    ExpiredNotKept = "expired_not_kept", 409, You;
    /// An act that nobody does for themself: another administrator must (M5).
    OwnNotAllowed = "own_not_allowed", 403, Administrator;
    /// This bank's administrators do not set that of a user (S4-7).
    UserFieldNotAllowed = "user_field_not_allowed", 422, You;
    /// A value that a user's field cannot have (S4-7, S4-8).
    UserFieldInvalid = "user_field_invalid", 422, You;
    /// The contract was stopped (M7).
    ContractFrozen = "contract_frozen", 403, Branch;
    /// A certificate that was reissued a short while ago may change nothing yet (M7).
    CoolingDown = "cooling_down", 403, You;

    // Hardware tokens.
    /// Acquiring takes a one-time password here (S3-9, Q6).
    OtpRequired = "otp_required", 403, You;
    /// Not the digits that a token shows, which cannot be right and is not counted.
    OtpMalformed = "otp_malformed", 422, You;
    /// The one-time password is not the token's, or too old.
    OtpWrong = "otp_wrong", 403, You;
    /// That one-time password has counted already, for whomever (Q5).
    OtpUsed = "otp_used", 403, You;
    /// Too many wrong one-time passwords in a row (M4, M5).
    TokenLocked = "token_locked", 403, Administrator;
    /// The token's clock has drifted: two consecutive one-time passwords set it anew (M4).
    TokenOutOfStep = "token_out_of_step", 403, You;
    /// Two one-time passwords that do not follow each other on this token.
    TokenResyncFailed = "token_resync_failed", 403, You;
    /// The act takes a one-time password, and this person has activated no token yet (S3-9).
    TokenNotActive = "token_not_active", 403, You;
    /// The token is past its date (S2-1).
    TokenExpired = "token_expired", 403, Administrator;
    /// The operator's own token does not work (S2-8, Q4).
    TokenUnusable = "token_unusable", 403, Administrator;
    /// No token of that serial was handed out to this person, or it is over.
    TokenSerialUnknown = "token_serial_unknown", 422, You;
    /// The old token was revoked too short a while ago (S2-6, S2-7, S2-17).
    TokenActivationTooEarly = "token_activation_too_early", 409, You;
    /// The old token must be revoked first (S2-2).
    TokenAlreadyActive = "token_already_active", 409, Administrator;
    /// The user has no token to act upon.
    TokenNone = "token_none", 409, You;

    // Acquiring.
    /// Nobody has issued a certificate to this ID (S3-2, S4-15).
    CertificateNotIssued = "certificate_not_issued", 409, Administrator;
    /// 取得期限切れ (M3)
    AcquisitionDeadlinePassed = "acquisition_deadline_passed", 409, Administrator;
    /// The ID has a live certificate on another key (M2): revoke first, then issue (S0-8).
    CertificateAlreadyIssued = "certificate_already_issued", 409, Administrator;
    /// Unknown, used up or out of date.
    EnrolmentCodeInvalid = "enrolment_code_invalid", 401, You;
    /// The certificate cannot be renewed yet (M1).
    RenewalTooEarly = "renewal_too_early", 409, You;
    /// Not a PKCS#10, its signature does not verify, or its key is not accepted.
    CertificationRequestInvalid = "certification_request_invalid", 400, Bank;

    // The interface itself.
    /// The request does not read as what the path takes.
    RequestInvalid = "request_invalid", 400, Bank;
    /// No such path or thing.
    NotFound = "not_found", 404, Bank;
    /// The bank cannot do it now; nothing was done.
    BankUnavailable = "bank_unavailable", 503, Bank;
    /// A fault in the bank; nothing was done.
    BankFault = "bank_fault", 500, Bank;

    // Before the bank is asked.
    /// Not a contract number of this bank (S3-10).
    ContractNumberInvalid = "contract_number_invalid", 0, You;
    /// No entrance of that name.
    EntranceUnknown = "entrance_unknown", 0, You;
    /// The certificate is for another entrance (S3-16).
    CertificateOfOtherEntrance = "certificate_of_other_entrance", 0, You;
    /// After this nobody else of the company could help this person (Q9).
    NobodyElseCanHelp = "nobody_else_can_help", 0, You;

    // The way to the bank.
    /// The connection broke, or the proxy has not found the server.
    BankUnreachable = "bank_unreachable", 0, You;
    /// No name server knows the host, or none can be asked.
    HostUnknown = "host_unknown", 0, You;
    /// The host is there, and nobody listens at the port.
    ConnectionRefused = "connection_refused", 0, You;
    /// No way leads to the host.
    NetworkUnreachable = "network_unreachable", 0, You;
    /// Nothing came in time.
    ServerSilent = "server_silent", 0, Bank;
    /// The login page of a network answers in the server's place.
    CaptivePortal = "captive_portal", 0, You;
    /// The proxy on the way asks who is there, and was told nothing that it believes (M8).
    ProxyLoginRequired = "proxy_login_required", 0, You;
    /// The proxy asks who is there in a way that Inkan does not speak.
    ProxyLoginUnsupported = "proxy_login_unsupported", 0, Administrator;
    /// The proxy is not there, or what answers is none.
    ProxyUnreachable = "proxy_unreachable", 0, You;
    /// The proxy does not let anybody through to the bank.
    ProxyRefused = "proxy_refused", 0, Administrator;
    /// What is set as the proxy is none that Inkan can use.
    ProxyAddressInvalid = "proxy_address_invalid", 0, You;
    /// The server's certificate comes from a CA that this PC does not trust.
    BankCaUnknown = "bank_ca_unknown", 0, Administrator;
    /// The server's certificate cannot be used: it is not for servers, cannot be read, or is revoked.
    BankCertificateInvalid = "bank_certificate_invalid", 0, Bank;
    /// The server refused this client certificate in the handshake.
    CertificateRefused = "certificate_refused", 0, Bank;
    /// The server demands a client certificate and was given none.
    CertificateNotSent = "certificate_not_sent", 0, You;
    /// The server does not accept certificates of the CA that issued this one.
    CertificateCaUnknown = "certificate_ca_unknown", 0, You;
    /// As `certificate_ca_unknown`; and what leads from its CA to one that the server accepts may be missing here.
    IntermediateMissing = "intermediate_missing", 0, You;
    /// The server refused a certificate whose extensions do not allow client authentication.
    CertificateOfOtherPurpose = "certificate_of_other_purpose", 0, You;
    /// The certificate ends before it begins.
    CertificateDatesContradict = "certificate_dates_contradict", 0, You;
    /// The certificate is valid, and the server calls it expired or cannot verify it.
    ServerCannotCheckCertificate = "server_cannot_check_certificate", 0, Bank;
    /// The server asks for a certificate only after the connection is made, which TLS as it is now does not do.
    CertificateAskedLater = "certificate_asked_later", 0, You;
    /// The server answers 403.
    AccessForbidden = "access_forbidden", 0, Bank;
    /// The server asks for a user name and a password by HTTP.
    ServerLoginRequired = "server_login_required", 0, You;
    /// The address leads on to another one.
    BankRedirected = "bank_redirected", 0, You;
    /// A web page came in the place of a bank's answer.
    PageAnswered = "page_answered", 0, Bank;
    /// The bank publishes a profile that cannot be used.
    ProfileUnusable = "profile_unusable", 0, Bank;
    /// The server did not ask for a certificate, although one was meant for it.
    CertificateNotAsked = "certificate_not_asked", 0, You;
    /// The key signs with no scheme that the server takes, in TLS 1.3 or 1.2.
    NoCommonScheme = "no_common_scheme", 0, Administrator;
    /// The server's certificate is past its period, or before it, and the clocks agree.
    ServerCertificateOutOfDate = "server_certificate_out_of_date", 0, Bank;
    /// The server's certificate is for other names.
    ServerNameMismatch = "server_name_mismatch", 0, You;
    /// The server's certificate names no host at all (RFC 9525 §6.3).
    ServerNamesNoHost = "server_names_no_host", 0, Bank;
    /// The server's certificate, or its CA, uses an algorithm that this program does not know.
    ServerAlgorithmUnsupported = "server_algorithm_unsupported", 0, Bank;
    /// The server's certificate, or its CA, uses an algorithm or a key that is too weak.
    ServerAlgorithmWeak = "server_algorithm_weak", 0, Bank;
    /// A proxy or a security product on the way answers in the bank's place.
    InterceptedByProxy = "intercepted_by_proxy", 0, Administrator;
    /// This PC's clock and the server's are minutes apart.
    ClockWrong = "clock_wrong", 0, You;
    /// The server speaks plain HTTP where https was asked for.
    PlainHttpAnswered = "plain_http_answered", 0, You;
    /// What listens there speaks no TLS.
    TlsNotSpoken = "tls_not_spoken", 0, You;
    /// No version or cipher of TLS that both ends allow.
    TlsNotAgreed = "tls_not_agreed", 0, Bank;
    /// What answered is no bank of this kind, or a newer one.
    BankAnswerUnknown = "bank_answer_unknown", 0, Bank;
    /// Not an https address.
    BankAddressInvalid = "bank_address_invalid", 0, You;
    /// A link into the app that this program does not know.
    LinkUnusable = "link_unusable", 0, You;
    /// No bank of that name has been added.
    BankNotAdded = "bank_not_added", 0, You;
    /// The server is there and publishes no profile: it can be added as a site only.
    NoProfile = "no_profile", 0, You;
    /// A site, which has no people and no logins here.
    NotABank = "not_a_bank", 0, You;
    /// A bank, whose business is done here and not in the browser.
    NotASite = "not_a_site", 0, You;

    // Choosing.
    /// No certificate of that ID on this PC.
    CertificateNotFound = "certificate_not_found", 0, You;
    /// One that was to be cleared away can be used again, or belongs to no service here.
    CertificateNotSpent = "certificate_not_spent", 0, You;
    /// The bank's certificate here begins later, by this PC's clock.
    CertificateNotYetValid = "certificate_not_yet_valid", 0, You;
    /// None on this PC can be used at this bank.
    NoUsableCertificate = "no_usable_certificate", 0, You;
    /// Several could be used: the person must choose.
    SeveralCertificates = "several_certificates", 0, You;
    /// The person did not answer yes when asked whether to go on.
    NotConfirmed = "not_confirmed", 0, You;
    /// A secret that the act needs was not given.
    AnswerMissing = "answer_missing", 0, You;
    /// Answers or options that the command does not use, so that what they ask for would not be done.
    AnswerUnused = "answer_unused", 0, You;
    /// An edit that leaves everything as it is; nothing was sent.
    NothingToChange = "nothing_to_change", 0, You;
    /// A certificate was given by a name or a short ID that does not tell it from others.
    CertificateIdNeeded = "certificate_id_needed", 0, You;
    /// A command line that cannot be understood.
    UsageInvalid = "usage_invalid", 0, You;
    /// What a command printed could not be written.
    OutputUnwritable = "output_unwritable", 0, You;
    /// A file that was named is not there, or the system does not read it.
    FileUnreadable = "file_unreadable", 0, You;
    /// A name that leads to a directory, a pipe or a device.
    FileNotRegular = "file_not_regular", 0, You;
    /// A file that is larger than what it should hold.
    FileTooLarge = "file_too_large", 0, You;
    /// A file that should be text is in another encoding than UTF-8 and UTF-16.
    FileNotUnicode = "file_not_unicode", 0, You;
    /// What was handed over as a CA's certificate is something else.
    CaFileUnsuitable = "ca_file_unsuitable", 0, You;
    /// One of several certificates in a file of CAs is damaged.
    CaCertificateDamaged = "ca_certificate_damaged", 0, You;
    /// The file of answers is not one JSON object.
    AnswersNotJson = "answers_not_json", 0, You;
    /// The file of answers has a key that no question has.
    AnswersKeyUnknown = "answers_key_unknown", 0, You;
    /// The file of answers has a key twice.
    AnswersKeyTwice = "answers_key_twice", 0, You;
    /// An answer is not text.
    AnswersNotText = "answers_not_text", 0, You;
    /// A file that was to be written cannot be.
    FileUnwritable = "file_unwritable", 0, You;
    /// The way to a new PC leads to no paper here (S0-11, S3-4).
    PaperNotNeeded = "paper_not_needed", 0, You;

    // This PC.
    /// The certificate store cannot be opened, for none of the causes below.
    StoreUnavailable = "store_unavailable", 0, You;
    /// The folder of the store does not exist.
    StoreFolderMissing = "store_folder_missing", 0, You;
    /// What is named as the folder of a store is a file.
    StoreNotAFolder = "store_not_a_folder", 0, You;
    /// The folder holds other files, and no database.
    StoreFolderForeign = "store_folder_foreign", 0, You;
    /// This user may not read the store.
    StoreNotPermitted = "store_not_permitted", 0, You;
    /// The store cannot be written to.
    StoreReadOnly = "store_read_only", 0, You;
    /// The file of the certificates is missing, beside that of the keys.
    StoreIncomplete = "store_incomplete", 0, You;
    /// The database is damaged.
    StoreDamaged = "store_damaged", 0, You;
    /// A database of the format before SQLite.
    StoreOldFormat = "store_old_format", 0, You;
    /// Another program holds the store.
    StoreBusy = "store_busy", 0, You;
    /// The path cannot be given to the store's library.
    StorePathUnusable = "store_path_unusable", 0, You;
    /// This process has another database open, and can have only one.
    StoreOtherOpen = "store_other_open", 0, You;
    /// NSS is not installed.
    StoreNssMissing = "store_nss_missing", 0, You;
    /// The system cannot say where this user's data belongs.
    StoreNoHome = "store_no_home", 0, You;
    /// The user has no keychain.
    StoreKeychainMissing = "store_keychain_missing", 0, You;
    /// The file of the PKCS#11 module does not exist.
    StoreModuleMissing = "store_module_missing", 0, You;
    /// The file is not a library.
    StoreModuleNotALibrary = "store_module_not_a_library", 0, You;
    /// The module is for another kind of computer.
    StoreModuleOfOtherSystem = "store_module_of_other_system", 0, You;
    /// The module needs a library that cannot be loaded.
    StoreModuleNeedsLibrary = "store_module_needs_library", 0, You;
    /// The library has none of PKCS#11's functions.
    StoreModuleNotPkcs11 = "store_module_not_pkcs11", 0, You;
    /// The module does not start.
    StoreModuleFailed = "store_module_failed", 0, You;
    /// The module finds no reader.
    StoreReaderMissing = "store_reader_missing", 0, You;
    /// No slot has a card.
    StoreNoToken = "store_no_token", 0, You;
    /// The tokens that are there have not been initialised.
    StoreTokenNotSetUp = "store_token_not_set_up", 0, You;
    /// The module does not understand the card.
    StoreTokenUnrecognised = "store_token_unrecognised", 0, You;
    /// No token has the label that was asked for; these are there.
    StoreTokenUnknown = "store_token_unknown", 0, You;
    /// The store asks for its PIN.
    StoreLocked = "store_locked", 0, You;
    /// The PIN was wrong.
    StoreWrongPin = "store_wrong_pin", 0, You;
    /// Too many wrong PINs: a card opens again by whoever issued it, a TPM after a while.
    StorePinLocked = "store_pin_locked", 0, Administrator;
    /// The card or the TPM is no longer there.
    TokenRemoved = "token_removed", 0, You;
    /// The card or the device takes no changes.
    TokenWriteProtected = "token_write_protected", 0, You;
    /// The person, or the operating system, refused the use of the key.
    KeyDenied = "key_denied", 0, You;
    /// This system has no store that Inkan can use yet.
    StoreUnsupported = "store_unsupported", 0, You;
    /// The certificate cannot be read, and logs in nowhere.
    CertificateUnreadable = "certificate_unreadable", 0, You;
    /// The store refused an operation.
    StoreRefused = "store_refused", 0, You;
    /// The certificate is there, its private key is not.
    KeyMissing = "key_missing", 0, You;
    /// Inkan cannot sign with a key of this kind, here or in any store.
    KeyKindUnsupported = "key_kind_unsupported", 0, You;
    /// The certificate does not belong to the key.
    KeyMismatch = "key_mismatch", 0, Bank;
    /// The certificate is in the store already.
    AlreadyInstalled = "already_installed", 0, You;
    /// Another certificate of the same issuer and serial number is here (RFC 5280 §4.1.2.2).
    SerialNumberTaken = "serial_number_taken", 0, You;
    /// The store takes no keys from outside, or none of this kind.
    ImportUnsupported = "import_unsupported", 0, You;

    // Importing a file with a key (PKCS#12).
    /// Wrong password or a damaged file: the two cannot be told apart.
    Pkcs12PasswordWrong = "pkcs12_password_wrong", 0, You;
    /// The password is right, and its encoding in the file is unknown.
    Pkcs12PasswordEncoding = "pkcs12_password_encoding", 0, You;
    /// Not such a file, and of no kind that is known here.
    Pkcs12Unreadable = "pkcs12_unreadable", 0, You;
    /// A file in which there is nothing.
    FileEmpty = "file_empty", 0, You;
    /// A file of zeros, which a copy or a download that broke off leaves.
    FileZeros = "file_zeros", 0, You;
    /// Certificates without their keys.
    FileCertificateOnly = "file_certificate_only", 0, You;
    /// A collection of certificates without their keys (PKCS#7).
    FileCertificateCollection = "file_certificate_collection", 0, You;
    /// A private key without its certificate.
    FileKeyOnly = "file_key_only", 0, You;
    /// A key and its certificate in PEM, which is not PKCS#12.
    FileKeyAndCertificate = "file_key_and_certificate", 0, You;
    /// A public key, or a key for SSH or OpenPGP, of no use at a bank.
    FileOtherKey = "file_other_key", 0, You;
    /// What a certificate is asked for with (PKCS#10).
    FileCertificationRequest = "file_certification_request", 0, You;
    /// A list of revoked certificates.
    FileRevocationList = "file_revocation_list", 0, You;
    /// A key store of Java.
    FileJavaKeyStore = "file_java_key_store", 0, You;
    /// The database of a browser's or a system's keys.
    FileKeyDatabase = "file_key_database", 0, You;
    /// An archive, which must be unpacked first.
    FileArchive = "file_archive", 0, You;
    /// A page of a web site in the place of a download.
    FileWebPage = "file_web_page", 0, You;
    /// A document or a picture.
    FileDocument = "file_document", 0, You;
    /// A mail, whose attachment must be saved first.
    FileMail = "file_mail", 0, You;
    /// A shortcut to a file or a page.
    FileShortcut = "file_shortcut", 0, You;
    /// Nothing in the file proves that nobody changed it.
    Pkcs12Unprotected = "pkcs12_unprotected", 0, You;
    /// Encrypted in a way that Inkan does not know.
    Pkcs12EncryptionUnknown = "pkcs12_encryption_unknown", 0, You;
    /// More iterations of the key derivation than any honest file has.
    Pkcs12TooManyIterations = "pkcs12_too_many_iterations", 0, You;
    /// Larger or nested deeper than any honest file.
    Pkcs12TooLarge = "pkcs12_too_large", 0, You;
    /// Certificates only.
    Pkcs12WithoutKey = "pkcs12_without_key", 0, You;
    /// A key, and no certificate beside it.
    Pkcs12WithoutCertificate = "pkcs12_without_certificate", 0, You;
    /// A key, and beside it no certificate that can be read.
    Pkcs12CertificateUnreadable = "pkcs12_certificate_unreadable", 0, You;
    /// The key and the certificate in the file do not belong together.
    Pkcs12KeyMismatch = "pkcs12_key_mismatch", 0, You;
    /// Several keys: the person must choose.
    SeveralKeys = "several_keys", 0, You;
    /// The file has no key of that number, or of that certificate.
    KeyNumberUnknown = "key_number_unknown", 0, You;
    /// More files than one were given to import.
    SeveralFiles = "several_files", 0, You;

    /// Another process gets a certificate for the same person now.
    AcquisitionRunning = "acquisition_running", 0, You;
    /// The person stopped an acquisition, which waits to go on.
    AcquisitionCancelled = "acquisition_cancelled", 0, You;
    /// No interrupted acquisition of that person to go on with.
    NoAcquisitionWaiting = "no_acquisition_waiting", 0, You;

    /// After the deletion something was still there.
    DeletionIncomplete = "deletion_incomplete", 0, You;
    /// Inkan's own data cannot be read or written.
    DataUnusable = "data_unusable", 0, You;

    /// A fault in the client itself; the log has more under the reference.
    AppFault = "app_fault", 0, Administrator;

    /// A code that only a newer bank knows.
    #[serde(other)]
    Unrecognised = "unrecognised", 0, Bank;
}
