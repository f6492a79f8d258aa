# The words of the window. No component holds a word of its own.

product = Inkan
mark = { "\u5370" }
window-title = { $page } - Inkan
page-back = Back
skip-to-page = Skip to main content
page-back-keys = You can also go back with Alt and ←
close = Close
cancel = Cancel
no-value = -
list-separator = { ", " }
sentence-separator = { " " }
home-branch = home branch
this-pc = This PC
this-bank = any bank added here

# Navigation
nav-name = Navigation
nav-login = Log in
nav-top = Home
nav-certificates = Certificates
nav-users = Administration
nav-settings = Settings
nav-menu = Menu

# Who is logged in
session-name = { $name }
session-person = Show user information
person-reissue = Only this role can reissue your certificate: { $roles }. You can’t do it yourself.
session-log-out = Log out

# Names of facts
fact-role = Role
fact-company = Company
fact-bank = Service
fact-certificate = Certificate
fact-until = until { $date }
fact-none = none
fact-person = Name
fact-organisation = Company
fact-issued = Issued
fact-expiry = Expires
fact-serial = Serial number
fact-subject = Subject
fact-key = Key
fact-fingerprint = Fingerprint (SHA-256)


# Certificates
no-end = 31 Dec 9999 (no end)
certificate-until = Until { $date } ({ $days ->
    [0] today
    [1] tomorrow
   *[other] { $days } days left
})
certificate-usable = Ready to use
certificate-ending = Expires soon
certificate-ending-other = The certificate of { $name } expires in { $days ->
    [one] 1 day
   *[other] { $days } days
}.
certificate-title = Certificate details
serial-short = Serial { $head }…{ $tail }
serial-whole = Serial { $serial }

key-hardware = A security device protects the key
key-os = This PC protects the key
key-file = Saved on this PC
key-hardware-word = Security device
key-os-word = This PC
key-file-word = Saved on this PC

reason-dates-contradict = Contradictory dates
reason-dates-contradict-sentence = The dates contradict each other: the certificate expires before it becomes valid.
reason-expired = Expired
reason-expired-sentence = Expired on { $date }, by this PC’s clock.
reason-not-yet-valid = Not yet valid
reason-not-yet-valid-sentence = Not valid until { $date }, by this PC’s clock.
reason-no-client-authentication = Not for logging in
reason-no-client-authentication-sentence = This certificate is not for logging in. Choose another one.
reason-key-missing = No key
reason-key-missing-sentence = The private key is not on this PC.
reason-key-unsupported = Unsupported key
reason-key-unsupported-sentence = Inkan can’t sign with this kind of key ({ $kind }). Ask the issuer for a certificate with an RSA, EC P-256 or EC P-384 key.
reason-not-of-this-bank = Another bank
reason-not-of-this-bank-sentence = This certificate was not issued by { $bank }.
other-entrance = another login type
reason-not-of-this-entrance = For { $entrance }
reason-not-of-this-entrance-sentence = This certificate is for { $entrance }. It can’t be used with the login type that is selected.
reason-not-accepted-by-server = Can’t be used at this bank
reason-not-accepted-by-server-sentence = The server does not accept the CA of this certificate.
reason-superseded = Replaced
reason-superseded-elsewhere = Replaced
reason-superseded-elsewhere-sentence = This certificate was replaced by a newer one, which is not on this PC.
reason-superseded-sentence = There is a newer certificate for the same ID.
reason-intermediate-missing = Intermediate CA certificate missing
reason-intermediate-missing-sentence = The server does not accept the CA of this certificate. An intermediate CA certificate may be missing. Ask the issuer.
reason-revoked = Revoked
reason-revoked-sentence = The bank has revoked this certificate.
next-step-acquire = Get a new certificate on this PC.
next-step-reissue-administrator = Ask an administrator of your company to reissue it, then get it on this PC.
next-step-reissue-other = Ask another administrator to reissue it, then get it on this PC.
next-step-reissue-form = Hand the request form to your branch. After the reissue, get it on this PC.
next-step-reissue-telephone = Call the bank and ask for a reissue, then get it on this PC.
next-step-reissue-branch = Ask your branch. After the reissue, get it on this PC.
next-step-clock = If that day has passed, check the clock of this PC.
next-step-revoke-first = Have the newer one revoked, then get a certificate on this PC.
next-step-delete = You can delete this certificate.
next-step-issuer = Get a new certificate from its issuer.
next-step-issuer-key = Import a file with the key, or ask the issuer for a reissue.

# Logging in
login-id = Login ID
login-password = Login password
confirmation-password = Confirmation password
login-submit = Log in
login-busy = Checking
password-show = Show
password-hide = Hide
password-show-this = Show { $label }
password-hide-this = Hide { $label }

start-lead = You will log in with this certificate
start-lead-none = Get a certificate to log in from this PC
start-lead-unusable = See why, and what you can do
start-lead-unread = The certificates could not be read
start-unheard = The bank could not be told that you logged out. It logs you out by itself after a while.
start-logged-out = You have logged out.
start-interrupted = Getting the certificate of { $user } was interrupted on { $date }.
start-resume = Continue
start-log-in = Log in with certificate
start-another = Use another certificate
start-id = Log in with ID and password
start-acquire = Get certificate
start-acquire-more = Get certificate
start-none = No certificate on this PC can be used
start-unusable = The certificate of { $name } can’t be used now
start-none-detail = Have your { $id } and { $password } ready.
start-none-here = A certificate can be used only on the PC that got it.
start-why-none = { $count ->
    [one] 1 certificate can’t be used (see why)
   *[other] { $count } certificates can’t be used (see why)
}
start-other-bank = Switch bank
start-other-service = Switch bank or site

banks-title = Which bank do you want to log in to?
banks-lead = These banks have been added on this PC
services-title = Where do you want to log in?
services-lead = These banks and sites have been added on this PC
banks-add = Add bank

add-bank-first-title = First, add your bank
add-bank-first-lead = Inkan gets the certificates of corporate internet banking and logs in with them. Enter the web address that your bank gave you
add-bank-title = Add a bank
add-bank-lead = Enter the web address that your bank gave you
add-bank-address = Your bank’s web address (URL)
add-bank-hint = It starts with https://
add-bank-example = https://
add-bank-authority = Use the bank’s CA certificate
add-bank-login-host = Agree only if the bank has confirmed to you that { $host } is its own server. Your password will be sent to it.
add-bank-login-host-agree = Add with this server
add-bank-authority-warning = Any server that this CA confirms will then count as the real bank. Choose only a file that you received directly from the bank or from your administrator.
add-bank-file = Choose CA certificate
add-bank-no-file = No file chosen
add-bank-submit = Add bank
add-bank-busy = Checking

choose-title = Which certificate do you want to log in with?
choose-lead = Certificates for { $bank } are listed first
choose-none = There are no usable certificates.
choose-others = { $count ->
    [one] 1 can’t be used (see why)
   *[other] { $count } can’t be used (see why)
}
choose-last-used = Last used
choose-submit = Continue
choose-id = Log in with ID and password

password-title = Enter your { $password }
password-forgotten = If you do not know the { $password }, ask an administrator of your company. If you are an administrator and there is no other one, ask your branch.
password-lead = You are logging in to { $bank }
id-title = Log in with ID and password

# Acquiring
acquire-user-told = Unless you are an administrator: the { $id } that an administrator of your company told you.
acquire-title = Get a certificate
acquire-lead = Makes a certificate of { $bank } ready for use on this PC
acquire-resume-lead = Continues from where it stopped
acquire-goes-on = A request for this ID is not complete. It continues from where it stopped.
acquire-submit = Get certificate
acquire-busy-title = Getting the certificate
acquire-busy-lead = If you close the window, you can continue later
acquire-done-title = Your certificate is ready
acquire-done-lead = You can now log in from this PC
acquire-to-login = Continue to log in
acquired-here = The certificate is on this PC.
acquired-logged-in = You are logged in with it.
step-checked-by-bank = The bank has checked your details
step-checked-by-bank-ahead = The bank checks your details
step-key-made = A key was made on this PC
step-key-found = The key made earlier is used
step-key-made-ahead = A key is made on this PC
step-request-sent = Request sent
step-request-sent-ahead = Send the request
step-installed = Certificate saved
step-installed-ahead = Save the certificate
step-bank-told = Bank notified
step-bank-told-ahead = Notify the bank
step-log-in = Logged in
step-log-in-ahead = Log in
step-done = done
step-now = in progress
step-waiting = not yet

# Changing passwords
change-title = Choose new passwords
change-lead = You will use them from your next login
change-current = Current password
change-new = New password
change-confirmation-purpose = You enter it for important actions, such as revoking a certificate.
change-registered = I already have a { $password } (enter the current one)
change-submit = Change passwords
change-busy = Changing
changed-title = Your passwords were changed
changed-lead = Use the new { $password } from your next login on
changed-note = Changed: { $passwords }.
changed-confirm = Continue
rule-length = { $max ->
    [one] { $min } to 1 character
   *[other] { $min } to { $max } characters
}
rule-characters = Half-width letters and digits only; upper and lower case differ
rule-characters-opaque = Letters, digits, signs and spaces
rule-mixed = Both letters and digits
rule-unlike-user-id = Different from your { $id }
rule-unlike-login-password = Different from your { $other }
rule-met = met
rule-open = not met yet

# Top page
top-title = Home
password-change-due = Your passwords must be changed soon. After { $until }, you will be asked for new ones at login.
top-logins = Recent logins
top-login-this = This login
top-login-last = Last login
top-login-before = Before that
top-login-check = Always check the times of the last 3 logins.
top-login-unknown = Not you?
method-certificate = Certificate
method-id-password = ID and password
top-notices = Notices
top-unread-count = { $count } unread
top-unread = Unread
top-notices-none = There are no notices.
top-transactions = Unapproved transactions
top-transaction = { $count ->
    [one] 1 payment
   *[other] { $count } payments
}, JPY { $yen }
top-awaits-approval = Awaits approval
top-being-made = Draft
top-transactions-none = There are no transactions awaiting approval and no drafts.
top-operations = Recent operations
top-operations-none = There are no operations yet.
operation-certificate-issued = Certificate issued ({ $subject })
operation-certificate-acquired = Certificate saved on a PC ({ $subject })
operation-certificate-revoked = Certificate revoked ({ $subject })
operation-certificate-reissued = Certificate reissued ({ $subject })
operation-token-activated = Hardware token activated ({ $subject })
operation-token-revoked = Hardware token revoked ({ $subject })
operation-token-resynchronised = Hardware token resynchronised ({ $subject })
operation-token-unlocked = Hardware token unlocked ({ $subject })
operation-user-edited = User changed ({ $subject })
operation-user-unlocked = Passwords unlocked ({ $subject })
operation-contract-frozen = Contract stopped
operation-passwords-changed = Passwords changed
top-connection = Connection
top-connection-certificate = certificate { $name }
menu-name = Menu
menu-browser = Opens in the browser

# Certificates on this PC
certificates-title = Certificates
certificates-lead = { $count ->
    [0] Drop a file on this window to import it
    [one] 1 certificate on this PC. Drop a file on this window to import it
   *[other] { $count } certificates on this PC. Drop a file on this window to import it
}
certificates-none = There are no certificates on this PC.
certificates-open = Details
certificates-open-this = Details of the certificate of { $name }
delete-open = Delete from this PC
delete-title = Delete the certificate of { $name }?
delete-what-keyless = The certificate is deleted from this PC. Its key is not on this PC. This can’t be undone.
delete-what = The certificate and its key are deleted from this PC. This can’t be undone.
delete-usable = You can log in with this certificate now. Once it is deleted, you can’t do so until you get a new one.
delete-submit = Delete
delete-busy = Deleting
deleted-title = The certificate of { $name } was deleted
deleted-key-gone = A check has shown that neither the certificate nor its key is left on this PC.
deleted-key-missing = A check has shown that the certificate is gone. Its key was not on this PC.
deleted-key-shared = A check has shown that the certificate is gone. The key stays, because the certificate of { $names } uses it, too.

# Settings
settings-title = Settings
settings-language = Language
language-ja = { "\u65E5\u672C\u8A9E" }
language-en = English
settings-text-size = Text size
settings-text-normal = Normal
settings-text-percent = { $size }%
settings-text-keys = On any page, hold Ctrl and press + or - to change the size. Ctrl and 0 goes back to normal.
settings-banks = Banks
settings-remove = Remove
settings-remove-this = Remove { $bank }
settings-remove-title = Remove { $bank }?
settings-remove-what = Only the web address is removed. The certificates stay on this PC.
settings-about = About
settings-version = Version
settings-store = Certificate store
settings-store-unavailable = can’t be opened now
