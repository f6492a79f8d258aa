# The texts of the command line.

help-inkan = Gets, chooses and deletes certificates of corporate internet banking
help-inkan-bank = Adds, lists, opens and removes banks and sites
help-inkan-bank-add = Adds a bank
help-inkan-bank-list = Lists the banks that were added
help-inkan-bank-remove = Removes a bank. Its certificates stay
help-inkan-certificates = Lists, shows, imports and deletes the certificates on this PC
help-inkan-certificates-list = Lists the certificates, with the reason if a certificate cannot be used
help-inkan-certificates-show = Shows one certificate in detail
help-inkan-certificates-import = Imports a certificate and its key from a file (.p12, .pfx)
help-inkan-certificates-delete = Deletes a certificate and its key, and checks that both are gone
help-inkan-acquire = Gets a certificate on this PC, or continues an interrupted request
help-inkan-login = Logs in, shows the home page and logs out
help-inkan-probe = Finds out what a server asks for and what it answers, and explains it
help-inkan-token = Shows, activates, revokes and unlocks hardware tokens
help-inkan-token-show = Shows your own token
help-inkan-token-activate = Activates your own token
help-inkan-token-skip = Logs in without activating the token. The next login offers it again
help-inkan-token-resync = Resynchronises your own token with two one-time passwords that follow each other
help-inkan-token-list = Lists the users and their tokens
help-inkan-token-revoke = Revokes the tokens of one or several users
help-inkan-token-unlock = Unlocks another user’s token
help-inkan-sessions = Lists and ends your own sessions at the bank
help-inkan-sessions-list = Lists your sessions on every PC
help-inkan-sessions-end = Ends one of your sessions, or all others
help-inkan-notices = Notices of the home page
help-inkan-notices-list = Lists the notices and marks the unread ones
help-inkan-notices-read = Shows a notice. Without one, asks for its number in the list
help-inkan-users = Lists and changes users and their certificates
help-inkan-users-list = Lists the users
help-inkan-users-show = Shows one user
help-inkan-users-certificate = Keeps, reissues or revokes a user’s certificate
argument-json = Prints the result as one JSON value
argument-answers = File of secrets as one JSON object (- for standard input)
argument-store = Certificate store: native, nss:DIR, pkcs11:MODULE?token=LABEL
argument-lang = Language
argument-home = Directory of the app’s data
argument-help = Shows this help
argument-version = Shows the version
argument-address = The bank’s web address (https://…)
argument-ca = CA certificate by which the bank’s server is verified (PEM)
argument-name = The bank’s short name
argument-bank = The bank’s short name
argument-certificate = The certificate’s ID, or its first eight characters or more
argument-certificates = The certificates’ IDs, or their first eight characters or more
argument-file = The file (.p12, .pfx)
argument-file_key = Key to import, if the file has several: its number, or the ID of its certificate
argument-preview = Shows what is in the file, and imports nothing
argument-accept_unprotected = Also imports a file without an integrity check. Use this only if you know where the file comes from
argument-yes = Deletes without asking
argument-user = Login ID
argument-key = Kind of key
argument-entrance = Login type (inkan bank list names the login types). Without it: the first that accepts the certificate or ID
argument-subject = Login ID of the user concerned
argument-session = The session’s ID, or its first characters
argument-notice = Number or ID of the notice (see: inkan notices list)
argument-others = Ends every session but that of this command
argument-keep = Keeps the current certificate
argument-reissue = Reissues the certificate
argument-revoke = Revokes the certificate
ask-login-password = Login password
ask-confirmation-password = Confirmation password
ask-new-login-password = New login password
ask-new-confirmation-password = New confirmation password
ask-new-approval-password = New approval password
ask-new-transfer-password = New single transfer password
ask-store-pin = PIN of the certificate store
argument-subjects = Login IDs of the users concerned
argument-expires_by = Lists only tokens that expire on this day or before (2020-05-31, or 05/31/20 as engraved)
ask-token-serial = Serial number (the 8 to 12 digits at the top of the back of the token; empty to skip)
ask-otp = One-time password
ask-own-otp = One-time password of your own token
ask-token-otp = One-time password ({ $digits ->
        [one] 1 digit
       *[other] the { $digits } digits
    } on the display of the token)
ask-otp-next = The one-time password that follows
ask-pkcs12-password = Password of the file
problem-who = Who can fix it: { $who }
problem-next = What to do: { $next }
option-yes = To go on, add --yes.
option-key = To import one of them, add --key and its number.
option-accept-unprotected = To import it without the integrity check, add --accept-unprotected.
problem-system = System error: { $name } ({ $number })
problem-reference = Reference number: { $reference } ({ $code })
bank-added = Added: { $bank }
bank-same = {"  "}{ $before } ({ $address }) is the same bank: it has the same profile and the same CA certificate. If the bank has moved, log in at { $now } first, then remove the old one: inkan bank remove { $before }
bank-removed = Removed: { $bank }
bank-none = No bank has been added
certificates-none = There are no certificates on this PC
list-facts = {"  "}until { $until } · serial { $serial } · ID { $id }
list-unreadable = {"  "}serial { $serial } · ID { $id }
unreadable-part = cannot be read
details-subject = {"  "}Subject: { $subject }
details-issuer = {"  "}Issuer: { $issuer }
details-serial = {"  "}Serial number: { $serial }
details-validity = {"  "}Valid: { $from } to { $until }
details-key = {"  "}Key: { $kind }, { $protection }
details-key-alone = {"  "}Key: { $protection }
details-label = {"  "}Name in the store: { $label }
details-id = {"  "}ID: { $id }
protection-hardware = kept by a TPM or card
no-end = 31 Dec 9999 (no end)
protection-os = kept by this PC’s system
protection-file = in a file on this PC
protection-none = not on this PC
reason-not-of-this-bank = Not issued by a bank that was added
reason-not-of-this-entrance = For another login type
reason-not-accepted-by-server = The bank’s server does not accept its CA
reason-intermediate-missing = The server does not accept its CA, and an intermediate CA certificate may be missing. Ask the issuer of the certificate
reason-revoked = Revoked by the bank
reason-dates-contradict = Its dates contradict each other: it expires before it becomes valid. Ask its issuer for another one
reason-expired = Expired, or this PC’s clock is ahead
reason-not-yet-valid = Not valid yet, or this PC’s clock is behind
reason-superseded = A newer one is here
reason-superseded-elsewhere = Replaced by a newer one that is not on this PC. Have that one revoked, then get one here
reason-key-missing = Its private key is not on this PC
reason-key-unsupported = Inkan cannot sign with this kind of key ({ $kind }), only with { $supported }
reason-no-client-authentication = Not for logging in
reason-unreadable = Cannot be read: it does not follow the rules for certificates. It cannot log in, and you can delete it
reason-unreadable-date = Cannot be read: its validity ({ $from } – { $until }) has a date that does not exist, or no time zone. It cannot log in, and you can delete it
reason-unreadable-bytes-after = Cannot be read: bytes follow the end of the certificate. It cannot log in, and you can delete it
step-checked-by-bank = The bank has checked your details
step-key-made = A key was made on this PC
step-key-found = The key that was made before is used
step-request-sent = The request was sent and the certificate received
step-installed = The certificate was saved
step-bank-told = Bank notified
import-choose = Number of the key to import
import-number = Key { $number } of the file
import-chain = {"  "}Issued through: { $chain }
import-unprotected = {"  "}The file has no integrity check. Nothing shows whether the file was changed
import-same-serial = {"  "}Cannot be imported: the certificate with the ID { $id } on this PC has the same issuer and serial number
import-unreadable = {"  "}Certificates in the file that are damaged and are left out: { $count }
import-already = {"  "}Already on this PC
imported = The certificate of { $name } and its key were imported
delete-facts = { $name }: until { $until } · serial { $serial } · issued { $issued }
delete-facts-unreadable = { $name }: cannot be read · serial { $serial } · ID { $id }
delete-ask = Certificate and key will be deleted for good. Go on? (y/N)
delete-failed = ✗ { $name } ({ $id }) could not be deleted: { $why }
deleted-with-key = The certificate of { $name } and its key were deleted. A check has shown that both are gone
deleted-without-key = The certificate of { $name } was deleted. There was no key
deleted-key-shared = The certificate of { $name } was deleted. Its key stays, because it is also the key of { $others }
frame-bank = Bank: { $code } { $bank }
frame-person = Welcome, { $name } ({ $role })
frame-this-login = This login: { $this }
frame-last-login = Last login: { $last }
top-connection = Connection: { $protocol } { $cipher } certificate { $certificate }
top-person = ({ $badge }) { $name } ({ $id }), { $role }, { $company }
top-logins = Recent logins
login-this = This login
login-last = Last login
login-before = Before that
login-check = {"  "}Always check the times of the last 3 logins.
login-unknown = {"  "}If you do not recognise a login, call your { $branch }: { $telephone } ({ $hours })
login-unknown-sessions = {"  "}To end all other logins: inkan sessions --bank { $bank } end --others
top-operations = Recent operations
top-transactions = Unapproved transactions
top-token = Hardware token: { $token }
token-line = { $state }, serial { $serial }, until { $until }
token-until = { $until } (engraved { $engraved })
token-waits = , the next token can be activated from { $from }
token-user = { $login_id }: { $id }, name: { $name }, role: { $role }
token-facts = serial number: { $serial }, one-time password status: { $state }, token expires: { $until }
tokens-engraved = The date on which a token expires is engraved on its back as month/day/year, with two digits each.
tokens-dash = A dash as one-time password status means that the user needs no one-time password.
token-activation = Activate your hardware token
token-activation-lead = Enter the serial number on the hardware token, and the one-time password that it shows.
token-date-from = Check the date on the back of the token: it must be { $engraved } ({ $date }) or later.
token-skip-when = If your token does not work, or if you do not want to activate it yet, you can skip this. The next login asks you again.
token-activated = ✓ The hardware token is activated
token-expired-note = Your hardware token has expired. Ask for its revocation ({ $roles }), then activate the new token.
token-unregistered = not activated yet
token-active = in use
token-expired = expired
token-revoked = revoked
token-locked = locked
token-out-of-step = out of sync
tokens-revoked = These users can no longer use one-time passwords. Each can activate the next token from { $from }.
top-notices = Notices
top-notices-read = {"  "}To read one: inkan notices --bank { $bank } read
notice-unread = {" "}(unread)
notices-none = There are no notices
notice-number = Number of the notice to read (empty to end)
top-menu = Menu
menu-users = inkan users --bank { $bank } list
menu-freeze = inkan users --bank { $bank } freeze
menu-about = {"    "}({ $about })
transaction = { $kind }, { $count ->
        [one] 1 payment
       *[other] { $count } payments
    }, JPY { $amount }
transaction-awaits = awaits approval
transaction-draft = draft
transactions-page = {"  "}To see the data of a transaction: { $address }
session-line = { $begun } · { $method }{ $certified ->
        [yes] {" "}(serial { $serial })
       *[no] {""}
    } · from { $address } · last used { $used } · ID { $id }{ $this ->
        [yes] {" "}(this command)
       *[no] {""}
    }
sessions-ended = Ended:
sessions-no-others = There is no other session
method-certificate = certificate
method-id-password = ID and password
operation-certificate-issued = Certificate issued
operation-certificate-acquired = Certificate saved on a PC
operation-certificate-revoked = Certificate revoked
operation-certificate-reissued = Certificate reissued
operation-token-activated = Hardware token activated
operation-token-revoked = Hardware token revoked
operation-token-resynchronised = Hardware token resynchronised
operation-token-unlocked = Hardware token unlocked
operation-user-edited = User changed
operation-user-unlocked = Passwords unlocked
operation-contract-frozen = Contract stopped
operation-passwords-changed = Passwords changed
certificate-state = certificate: { $state }
locked-token = hardware token
state-none = none
certificate-line = certificate: { $state }, until { $until }
state-issued = issued, not on a PC yet
state-valid = valid
state-expired = expired
state-superseded = renewed
state-revoked = revoked
probe-tls = Encryption: { $protocol } { $cipher }
probe-fallback = {"  "}Connected over TLS 1.2, because the key cannot sign for TLS 1.3
probe-server-trusted = Server certificate: trusted
probe-server-unknown-ca = Server certificate: from an unknown CA
probe-server-out-of-date = Server certificate: out of date
probe-server-wrong-name = Server certificate: for another name
probe-server-no-name = Server certificate: names no host
probe-server-algorithm-unsupported = Server certificate: signed in a way that is not supported
probe-server-algorithm-weak = Server certificate: too weak
probe-server-unusable = Server certificate: not usable
probe-chain = {"  "}{ $subject } (issued by { $issuer }, until { $until })
probe-fingerprint = {"    "}SHA-256 { $fingerprint }
probe-not-asked = Certificate: not asked for
probe-asked = Certificate: asked for
probe-authority = {"  "}Accepted CA: { $name }
probe-any-authority = {"  "}No accepted CAs are named
probe-schemes = {"  "}Accepted signature schemes: { $schemes }
probe-fitting = {"  "}Can be used: { $name } ID { $id }
probe-store-closed = Not compared with the certificates of this PC, because their store does not open ({ $code })
probe-superseded = {"  "}Not used, because a newer one is here: { $name } ID { $id }
probe-fitting-none = {"  "}No certificate on this PC can be used
probe-presented = Certificate sent: { $name } ID { $id }
probe-answer = Answer: HTTP { $status }
probe-nothing-found = Nothing was found that prevents a login
help-inkan-certificates-clean = Deletes unneeded certificates, which no added bank or site can accept any more
help-inkan-certificates-forget = Clears which certificate was used last
help-inkan-certificates-status = Asks the CAs whether they have revoked the certificates (OCSP)
revocation-nothing = No certificate that could be used names a responder of a known CA
revocation-good = Not revoked: { $name } ID { $id }
revocation-revoked = Revoked: { $name } ID { $id }
revocation-on-hold = On hold at the CA: { $name } ID { $id }
revocation-unknown = Not known to its CA: { $name } ID { $id }
revocation-no-answer = The CA gave no answer that can be verified: { $name } ID { $id }
clean-none = There are no unneeded certificates
kept = Not deleted: { $name } ID { $id }: { $because }
kept-not-of-a-service-here = it belongs to no bank or site that was added here
kept-another-purpose = its key is not only for logging in; it may open old mail or files
kept-clock-not-compared = it looks expired, and no bank or site could be asked whether this PC’s clock is right
kept-may-log-in = a bank or site that was added here may still accept it
forgotten = Cleared which certificate was last used at { $bank }
argument-resume = Continues an interrupted request, and begins no new one
acquire-resumed = An interrupted request was completed
acquired-here = Only the PC that got a certificate can log in with it. Before you replace this PC, check early what you need.
acquire-waiting = The certificate request of { $user } at { $bank } has not been complete since { $since }. To continue: inkan acquire --bank { $bank } --user { $user }
help-inkan-renew = Renews a certificate before it expires
argument-delete_old = Deletes the old certificate and its key after the renewal
renewed = Renewed
renewed-old = The old certificate is no longer used. You can delete it: inkan certificates delete { $id }
before-changing-pc = Before you replace this PC, check what you need: inkan change-pc --bank { $bank }
old-waits = This old certificate is no longer used. To delete it: inkan certificates delete { $id }
alone-ask = Revoke it anyway? (y/N)
ask-user-password = The user’s new { $password } (empty to leave it)
ask-user-login-password = The user’s new login password (empty to leave it)
ask-user-confirmation-password = The user’s new confirmation password (empty to leave it)
ask-user-approval-password = The user’s new approval password (empty to leave it)
ask-user-transfer-password = The user’s new single transfer password (empty to leave it)
password-approval = Approval password
password-transfer = Single transfer password
help-inkan-users-edit = Changes the settings of a user. A setting that is left out is not changed
help-inkan-users-unlock = Unlocks another user’s passwords
help-inkan-users-freeze = Stops the whole contract at once. Only the branch can reopen it
argument-person_name = The user’s name
argument-role = Role
argument-forced_change = Whether the next login must change the passwords
argument-single_transfer = Whether the user may make single transfers
argument-transfer_limit = Limit of single transfers, in thousands of yen. 0 means the bank’s own limit
argument-change_period = Change period in days. 0 means no period
argument-alarm_period = Alarm period in days. 0 means no period
argument-company = Codes of all companies that the user may act for
argument-certificate_act = Keeps, reissues or revokes the certificate
argument-passwords = Asks for new passwords of the user
argument-password = Password to unlock. Without it: all locked passwords
argument-knowingly = Goes on without asking, as if the warning was read
users-done = Done for { $id }
tell-title = Tell { $name } ({ $id }) the following.
tell-next = { $id } gets the certificate next, on the PC to be used: by Get certificate in the window, or by inkan acquire --bank { $bank } --user { $id }
tell-needs = Needed to get it: { $needs }. The { $password } is the user’s current one
tell-token = { $id } has not activated a hardware token. Without one, it must be registered first: the user enters its serial number, too, when getting the certificate.
tell-delete = If an old certificate is still there, it is deleted afterwards.
users-frozen = The contract has been stopped. Everyone is logged out. No user can log in until the branch reopens the contract
user-fact = { $name }: { $value }
user-name = Name: { $name }
user-role = Role: { $role }
user-issue-number = Issue number
user-state = Certificate status
user-registered = Issued
user-serial = Serial number
user-until = Valid until
user-deadline = Get by
user-own-form = For security, you can’t reissue or revoke your own certificate here. Hand in the request form at your { $home }.
user-own-telephone = You can’t reissue or revoke your own certificate here. Please call { $bank }: { $branch }, { $telephone } ({ $hours })
user-locked = Locked: { $passwords }
user-nothing-locked = nothing
user-companies = Companies
company-name = Company: { $name }
company-code = Company code: { $code }
company-account = Account: { $account }
company-contracts = Contracts: { $contracts }
user-single-transfer = Single transfers: { $answer }
user-limit = Limit of single transfers: { $limit } thousand yen
user-limit-of-the-bank = Limit of single transfers: that of { $bank }
user-forced-change = Forced password change: { $answer }
user-change-period = Change period: { $period }
user-alarm-period = Alarm period: { $period }
user-days = { $days ->
        [one] 1 day
       *[other] { $days } days
    }
state-lapsed = deadline passed
word-yes = yes
word-no = no
help-inkan-doctor = Checks whether this PC is ready for the bank
doctor-fit = This PC is ready
doctor-unfit = This PC is not ready yet. Fix what is marked ×
help-inkan-change-pc = Shows the steps for moving to a new PC, and does those that can be done on this PC
argument-method = How you log in: by certificate, or by ID and password
argument-own_role = Your role
argument-old_pc = Whether you can still log in at the old PC
argument-other_administrator = Whether there is another administrator in the company who can act for you
argument-this_pc = Whether this is the new PC or the old one. Without it: the new one
argument-paper = File for the page (HTML) to print, if a paper form is needed
ask-method = Number of the way you log in
choice-certificate = Certificate: you log in with the certificate and the { $password }
choice-id-password = ID and password: you log in with the { $id } and the { $password }
ask-role = Number of your role
choice-role = { $role } ({ $badge })
role-is-shown = After login to { $bank }, the badge before your name ({ $badges }) shows your role
ask-old-pc = Can you still log in at the old PC? (number)
ask-other-administrator = Is there another { $roles } in your company? (number)
ask-new-pc-ready = After the revocation you cannot log in from this PC. Have you made sure that the new PC is ready for { $bank }? (y/N)
answer-yes = Yes
answer-no = No
word-or = {" or "}
word-bank = the bank
word-and = {", "}
place-old-pc = old PC
place-new-pc = new PC
place-their-pc = their PC
place-branch = bank
form-revocation = notice of revocation
form-request = request for a new certificate
migration-another = another { $role }
migration-title = Moving to the new PC
migration-alone = Warning: after the revocation nobody else in your company can act for you. First make sure that the new PC is ready
migration-done = Done
migration-left = Still to do
migration-nothing-left = Nothing is left to do
migration-form = Page to print: { $file }
migration-check-pc = Check whether the new PC is ready for { $bank } (inkan doctor)
migration-environment = Make sure that { $bank } supports the operating system and the browser of the new PC. Supported environment: { $page }
migration-revoke-own = Log in to { $bank } and revoke your certificate. This needs your { $password }
migration-revoke-other = { $may ->
        [no] The role “{ $role }” cannot revoke certificates.{" "}
       *[yes] {""}
    }Have your certificate revoked by: { $who }. This needs { $one ->
        [yes] the { $password } of the { $who }
       *[no] their own { $password }
    }
migration-reissue = { $may ->
        [no] The role “{ $role }” cannot reissue certificates.{" "}
       *[yes] {""}
    }Have your certificate reissued by: { $who }. This revokes the current one, and needs { $one ->
        [yes] the { $password } of the { $who }
       *[no] their own { $password }
    }
migration-helper = The person you ask logs in to { $bank }, opens { $named ->
        [yes] { $user }
       *[no] you
    } in the list of users, and { $act ->
        [reissue] reissues
       *[revoke] revokes
    } the certificate ({ $command })
migration-hand-in-form = Print the { $form }, fill it in, stamp it and hand it in at your { $branch } (change-pc --form writes it)
migration-telephone = Call your { $branch } for a reissue: { $telephone } ({ $hours })
migration-revoke-and-report = Your { $branch } revokes the certificate and tells you when it is done
migration-reissue-and-report = Your { $branch } reissues the certificate and tells you when it is done
migration-acquire = Get the certificate on the new PC. This needs { $needs }
migration-log-in = Log in to { $bank } on the new PC
migration-delete-old = Delete the old certificate from the old PC
migration-old-pc-at-hand = If you still have the old PC, delete the old certificate from it once you have logged in on the new PC (on the old PC: inkan certificates delete)

help-inkan-settings = Shows and changes the settings on this PC
help-inkan-settings-show = Shows the settings and the history
help-inkan-settings-proxy = Sets the proxy for connections to the bank. Inkan asks for its password when needed, and never keeps it
help-inkan-settings-store = Sets the certificate store
help-inkan-settings-forget = Clears one entry of the history
argument-system = Uses the system’s proxy settings
argument-manual = Uses this proxy
argument-none = Uses no proxy
argument-proxy_user = User name for the proxy
argument-except = Hosts that are reached without the proxy, separated by commas. Without it: only this PC itself
argument-location = Certificate store: native, nss:DIR, pkcs11:MODULE?token=LABEL
argument-number = Number of the entry in inkan settings show
ask-proxy-user = User name for { $proxy }
ask-proxy-password = Password for { $proxy }
proxy-login-refused = { $proxy } did not accept this user name and password
settings-language = Language: { $language }
settings-proxy-system = Proxy: system settings
settings-proxy-none = Proxy: none
settings-proxy-manual = Proxy: { $proxy } (user: { $user }; not for: { $except })
settings-store = Certificate store: { $store }
settings-used = { $number }. At { $bank } you last logged in with { $name }
settings-refused = { $number }. A bank said that { $name } cannot be used ({ $reason })
settings-nothing-remembered = There is no history
settings-kept = Saved
settings-forgotten = Cleared
help-inkan-bank-open = Opens a site in the browser, and names the certificate to pick
argument-site = Adds a site that opens in the browser
argument-login_host = Agrees that the login with a certificate is at this host, which is not the bank’s own
bank-add-login-host = To add it with that host: { $command }
bank-add-as-site = It can be added as a site for the browser: { $command }
site-kind = site
site-authority = {"  "}Accepts certificates of: { $name }
site-any-authority = {"  "}It does not say whose certificates it accepts
site-not-asking = {"  "}It asked for no certificate when connecting
site-fitting = {"  "}Usable certificates: { $count } (inkan certificates list --bank { $bank })
site-pick = When the browser asks for a certificate, choose { $name } (issued by { $issuer }, until { $until })
site-none-fits = No certificate on this PC can be used at this site
argument-help_desk = Writes a support report to this file, without names or secrets
doctor-report = The support report is in { $file }

help-usage = Usage
help-commands = Commands
help-arguments = Arguments
help-options = Options
usage-unknown-argument = There is no “{ $argument }” here.
usage-unknown-subcommand = There is no command “{ $subcommand }”.
usage-subcommand-missing = A command must follow.
usage-argument-missing = { $argument } must be given.
usage-argument-twice = { $argument } can be given only once.
usage-argument-conflict = { $argument } and { $prior } cannot be given together.
usage-value-missing = { $argument } needs a value.
usage-value-one-of = “{ $value }” cannot be given for { $argument }. It can be: { $valid }
usage-value-invalid = “{ $value }” cannot be given for { $argument }.
usage-values-too-many = The value “{ $value }” is one too many.
usage-not-utf8 = The command line has characters that are not UTF-8.
usage-unreadable = The command line cannot be read.
usage-suggestion = Did you mean “{ $suggestion }”?
ask-again = { $what } (once more)
ask-differs = The two entries differ. Type both again
login-certificate = Certificate: { $certificate }
ask-certificate = Number of the certificate to use
choose-certificate = { $name }  { $person }  until { $until }  issued by { $issuer } (ID { $id })
passwords-must-change = The passwords must be changed. What you have just entered is used as the current one ({ $password }).
passwords-changed = ✓ { $what } changed
passwords-confirm = Press Enter to confirm
password-rules = Rules for the { $what }:
ask-current-password = Current { $what }
ask-current-password-or-none = Current { $what } (empty if none is registered)
ask-new-password = New { $what }
ask-new-password-again = New { $what } (once more)
rule-length = { $max ->
        [one] 1 character
       *[other] { $min } to { $max } characters
    }
rule-exact-length = { $length ->
        [one] 1 character
       *[other] { $length } characters
    }
rule-characters = half-width letters and digits; upper and lower case differ
rule-characters-opaque = letters of any script, digits, signs and spaces; upper and lower case differ
rule-mixed = both letters and digits
rule-unlike-user-id = not the same as: { $id }
rule-unlike-login-password = not the same as the { $password }
users-changed = Changed: { $what }
changed-name = name
changed-role = role
changed-single_transfer = single transfers
changed-transfer_limit = limit of single transfers
changed-forced_change = forced password change
changed-change_period = change period
changed-alarm_period = alarm period
changed-companies = companies
changed-certificate = certificate
freeze-everybody = If you stop the contract, everyone who is logged in is logged out, including you.
freeze-nobody = No user can log in or get a certificate.
freeze-open = Only your branch ({ $branch }, { $telephone }) can reopen the contract.
freeze-ask = Stop the contract? (y/N)
option-change-pc = To see every step: inkan change-pc --bank { $bank } --old-pc gone
option-certificate = Choose the certificate to use with --certificate.
answers-unused = These answers were not used: { $fields }
migration-none-here = { $named ->
        [yes] This PC has no certificate of { $user } at { $bank }.
       *[no] This PC has no certificate of the kind “{ $role }” at { $bank }.
    } Make sure that this really is the old PC.
migration-here-before = The certificate of { $user } was on this PC before, and nothing shows that it is a new one. If this is the old PC, do not delete that certificate. It may be the only one.
migration-unknown = This PC does not show whether it is done
this-pc-gave-up = A certificate of this person was revoked and deleted on this PC
migration-other-role = { $user } has the role “{ $own }”, and not “{ $asked }”. Nothing was revoked. Give --role { $role }
ending-revoking = The bank was asked to revoke the certificate of { $user }, and has not answered. The certificate may be revoked.{ $goes_on ->
        [yes] {" "}Run the command again: it goes on from there.
       *[no] {""}
    }
ending-revoked = The certificate of { $user } has been revoked at the bank.{ $goes_on ->
        [yes] {" "}Run the command again: it goes on from there.
       *[no] {""}
    }
this-pc-has = This PC has a certificate of { $name }
ask-this-pc = Which of the two is this PC? (number)
answer-old-pc = The old PC, used until now
answer-new-pc = The new PC
top-password-due = △ Your passwords must be changed soon. After { $until }, you will be asked for new ones at login
users-unlocked = Unlocked: { $what }
users-certificate-kept = The certificate is kept as it is (not changed)
users-others-locked = This was not locked: { $asked }. What is locked: { $locked }
users-nothing-unlocked = No password was locked
standard-input = standard input
ending-session = Ending the session at the bank …
change-in-doubt = The bank has not answered whether it has made the change. Check the current state before you try again.
ending-left = The bank has not confirmed that no session is open. A session that is still open ends by itself at the bank after its idle time.
revoke-means = { $name } ({ $id }) can no longer log in with the certificate that is revoked. A revocation cannot be undone.
revoke-ask = Revoke the certificate of { $id }? (y/N)
reissue-means = The current certificate of { $name } ({ $id }), if there is one, is revoked at once, which cannot be undone. Then { $id } gets a new one.
reissue-ask = Reissue the certificate of { $id }? (y/N)
tokens-revoke-means = These users can then no longer use one-time passwords, until they activate another token.
tokens-revoke-ask = Revoke these tokens? (y/N)
tokens-wait = The next token can be activated { $minutes ->
        [one] 1 minute
       *[other] { $minutes } minutes
    } after the revocation.
tokens-wait-night = After a revocation from { $night_from } to { $over_midnight ->
        [yes] { $night_to } of the next day
       *[no] { $night_to }
    }, it can be activated from { $morning }.
tokens-wait-closed = From { $night_from } to { $morning } no token can be activated.
tokens-steps = Have the token that is in use and the token that was sent to you at hand. Two steps follow:
tokens-step-revoke = {"  "}1. Revoke the token that is in use
tokens-step-activate = {"  "}2. Activate the token that was sent to you
tokens-step-activate-from = {"  "}2. Activate the token that was sent to you (its date is { $engraved } ({ $date }) or later)
tokens-who = Only these roles can revoke tokens: { $roles }.
tokens-lost = If a token is lost, it can still be revoked ({ $roles }). The lost token is not needed for that.
tokens-paper = If a token cannot be revoked here, a paper form is needed. For details, ask your { $where }.
contact = {"  "}{ $name }: { $telephone } ({ $hours })
tokens-shared = This token is also used by { $users }. Revoke it for every user who uses it.
tokens-shared-ask = Also revoke the token of { $users }? (y/N)
tokens-shared-still = This token is still in use by { $users }. Revoke it for every user who uses it.
rule-unlike-present = The password is the same as the current one. Choose another.
ask-own-token-serial = Serial number (the 8 to 12 digits at the top of the back of the token)
settings-unchanged = Nothing was changed. The certificate store that is set stays { $store }.
settings-language-system = Language: system settings
delete-usable = {"  "}! { $name } can still be used to log in. A deleted certificate cannot be brought back. A reissue is needed to get another one.

help-inkan-completions = Prints the script by which a shell completes commands and options
help-inkan-manual = Writes this manual: a man page for each command, or one page in Markdown, in each language
argument-shell = The shell: bash, elvish, fish, powershell or zsh
argument-directory = The directory below which the pages are written
argument-markdown = Writes one page in Markdown (cli.md and cli.ja.md)
manual-name = NAME
manual-synopsis = SYNOPSIS
manual-description = DESCRIPTION
manual-version = VERSION
manual-generated = `inkan manual --markdown docs` writes this page from the definition of the command line.
manual-options-everywhere = Every command takes these options:
manual-argument = Argument
manual-meaning = Meaning
manual-key = Key
manual-answers = A JSON object gives the answers in advance, as text. The terminal is asked for those that are not given. A key that is not one of these is refused.
manual-answer-login_password = The login password
manual-answer-confirmation_password = The confirmation password
manual-answer-otp = The one-time password that the token shows
manual-answer-otp_next = The one-time password after it, to resynchronise the token
manual-answer-contract_id = The contract number, at a bank whose users have one
manual-answer-pkcs12_password = The password of the file to import
manual-answer-new_login_password = The new login password
manual-answer-new_confirmation_password = The new confirmation password
manual-answer-new_approval_password = The new approval password
manual-answer-new_transfer_password = The new single transfer password
manual-answer-new_user_login_password = The new login password of the user who is edited
manual-answer-new_user_confirmation_password = The new confirmation password of the user who is edited
manual-answer-new_user_approval_password = The new approval password of the user who is edited
manual-answer-new_user_transfer_password = The new single transfer password of the user who is edited
manual-answer-token_serial = The serial number on the token
manual-answer-store_pin = The PIN of the certificate store
manual-answer-proxy_user = The user name for the proxy
manual-answer-proxy_password = The password for the proxy
manual-exit-codes = Exit codes
manual-exit-code = Code
manual-exit-done = The command did what was asked
manual-exit-problem = A problem, which is printed with what to do
manual-exit-usage = The command line cannot be understood
manual-exit-interrupted = Interrupted by Ctrl-C or by the system
