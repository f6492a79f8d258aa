# The words of the window. No component holds a word of its own.

product = Inkan
mark = { "\u5370" }
window-title = { $page } - Inkan
page-back = Back
skip-to-page = Skip to the page
page-back-keys = Alt and ← go back, too
close = Close
cancel = Cancel
no-value = -
list-separator = { ", " }
sentence-separator = { " " }
this-pc = This PC
this-bank = any bank added here

# Navigation
nav-name = Navigation
nav-login = Log in
nav-top = Top
nav-certificates = Certificates
nav-users = Administration
nav-settings = Settings
nav-menu = Menu

# Who is logged in
session-name = { $name }
session-person = Show user information
session-log-out = Log out

# Names of facts
fact-role = User class
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

key-hardware = A security device guards the key
key-os = This PC guards the key
key-file = The key is in a file on this PC
key-hardware-word = Security device
key-os-word = This PC
key-file-word = File

reason-dates-contradict = Faulty dates
reason-dates-contradict-sentence = Its dates contradict each other: it ends before it begins.
reason-expired = Expired
reason-expired-sentence = Expired on { $date }, by this PC’s clock.
reason-not-yet-valid = Not yet valid
reason-not-yet-valid-sentence = Not valid until { $date }, by this PC’s clock.
reason-no-client-authentication = Other purpose
reason-no-client-authentication-sentence = This certificate is not for logging in. Choose another one.
reason-key-missing = No key
reason-key-missing-sentence = Its private key is not on this PC.
reason-key-unsupported = Other kind of key
reason-key-unsupported-sentence = Inkan cannot sign with this kind of key ({ $kind }). Ask the issuer of the certificate for one with an RSA, EC P-256 or EC P-384 key.
reason-not-of-this-bank = Another bank
reason-not-of-this-bank-sentence = It was not issued by { $bank }.
reason-not-of-this-entrance = Another entrance
reason-not-of-this-entrance-sentence = It is for another entrance and cannot be used at this one.
reason-not-accepted-by-server = Not accepted
reason-not-accepted-by-server-sentence = Its CA is not among those that the server accepts.
reason-superseded = Replaced
reason-superseded-elsewhere = Replaced
reason-superseded-elsewhere-sentence = It has been replaced by a newer certificate, which is not on this PC.
reason-superseded-sentence = There is a newer certificate for the same ID.
reason-intermediate-missing = No intermediate
reason-intermediate-missing-sentence = The server does not name its CA, and an intermediate certificate may be missing on this PC. Ask the issuer of the certificate.
reason-revoked = Revoked
reason-revoked-sentence = The bank has revoked it.
next-step-acquire = Get a new one on this PC.
next-step-clock = If that day has passed, check the clock of this PC.
next-step-revoke-first = Have the newer one revoked, then get one on this PC.
next-step-delete = You can delete this one.
next-step-issuer = Get a new one from its issuer.
next-step-issuer-key = Import a file with the key, or have it issued again.

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
start-unheard = The bank could not be told that you logged out. It ends the session by itself after a while.
start-logged-out = You have logged out.
start-interrupted = Getting the certificate of { $user } was interrupted on { $date }.
start-resume = Continue
start-log-in = Log in with certificate
start-another = Use another certificate
start-id = ID and password
start-acquire = Get certificate
start-acquire-more = Get certificate
start-none = No certificate on this PC can be used
start-unusable = The certificate of { $name } cannot be used now
start-none-detail = Have your { $id } and { $password } ready. The key is made on this PC.
start-why-none = { $count ->
    [one] 1 certificate that cannot be used, and why
   *[other] { $count } certificates that cannot be used, and why
}
start-other-bank = Change bank
start-other-service = Change bank or site

banks-title = Which bank do you want to log in to?
banks-lead = These banks have been added on this PC
services-title = Where do you want to log in?
services-lead = These banks and sites have been added on this PC
banks-add = Add bank

add-bank-title = Add a bank
add-bank-lead = Enter the address that your bank gave you
add-bank-address = Address of the bank
add-bank-hint = It starts with https://
add-bank-example = https://
add-bank-authority = You can name the bank’s certificate authority
add-bank-login-host = Agree only if the bank has confirmed to you that { $host } is its own server. Your password will be sent to it.
add-bank-login-host-agree = Add with this server
add-bank-authority-warning = Any server that this authority vouches for will then count as the real bank. Choose only a file that you received directly from the bank or from your administrator.
add-bank-file = Choose CA certificate
add-bank-no-file = No file chosen
add-bank-submit = Add bank
add-bank-busy = Checking

choose-title = Which certificate do you want to log in with?
choose-lead = Those that { $bank } accepts stand at the top
choose-none = No certificate can be used.
choose-others = { $count ->
    [one] 1 that cannot be used, and why
   *[other] { $count } that cannot be used, and why
}
choose-last-used = Used last time
choose-submit = Continue with this one
choose-id = ID and password, no certificate

password-title = Enter your { $password }
password-lead = You are logging in to { $bank }
id-title = Log in with ID and password

# Acquiring
acquire-title = Get a certificate
acquire-lead = Makes a certificate of { $bank } usable on this PC
acquire-resume-lead = Goes on where it was interrupted
acquire-goes-on = There is an unfinished request for this ID. It goes on where it was interrupted.
acquire-submit = Get certificate
acquire-busy-title = Getting the certificate
acquire-busy-lead = If you close the window, you can go on from here later
acquire-done-title = Your certificate is ready
acquire-done-lead = You can now log in from this PC
acquire-to-login = Go to login
step-checked-by-bank = The bank has checked your ID and password
step-checked-by-bank-ahead = The bank checks your ID and password
step-key-made = The key was made on this PC
step-key-found = The key that was made before is used
step-key-made-ahead = The key is made on this PC
step-request-sent = The request was sent
step-request-sent-ahead = The request is sent
step-installed = The certificate was saved
step-installed-ahead = The certificate is saved
step-bank-told = The bank was notified
step-bank-told-ahead = The bank is notified
step-done = done
step-now = in progress
step-waiting = not yet

# Changing passwords
change-title = Choose new passwords
change-lead = You will use them from your next login
change-current = Current password
change-new = New password
change-confirmation-purpose = You enter it at important steps, such as revoking a certificate.
change-registered = I already have one ({ $password })
change-submit = Change passwords
change-busy = Changing
changed-title = Your passwords were changed
changed-lead = Use the new { $password } from your next login on
changed-note = Changed: { $passwords }.
changed-confirm = Continue
rule-length = { $min } to { $max } characters
rule-characters = Plain letters and digits only
rule-characters-opaque = Letters, digits, signs and spaces
rule-mixed = Both letters and digits
rule-unlike-user-id = Not the same as: { $id }
rule-unlike-login-password = Not the same as: { $other }
rule-met = fulfilled
rule-open = not yet

# Top page
top-title = Top
password-change-due = Your passwords must be changed soon: from { $until } on, the login asks for new ones.
top-logins = Recent logins
top-login-this = This time
top-login-last = Last time
top-login-before = Before that
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
top-being-made = In preparation
top-transactions-none = No transaction awaits approval or is in preparation.
top-operations = Latest operations
top-operations-none = There are no operations yet.
operation-certificate-issued = Certificate issued ({ $subject })
operation-certificate-acquired = Certificate acquired ({ $subject })
operation-certificate-revoked = Certificate revoked ({ $subject })
operation-certificate-reissued = Certificate reissued ({ $subject })
operation-token-activated = Hardware token activated ({ $subject })
operation-token-revoked = Hardware token revoked ({ $subject })
operation-token-resynchronised = Clock of hardware token set ({ $subject })
operation-token-unlocked = Hardware token unlocked ({ $subject })
operation-user-edited = User changed ({ $subject })
operation-user-unlocked = Passwords unlocked ({ $subject })
operation-contract-frozen = Contract frozen
operation-passwords-changed = Passwords changed
top-connection = Connection
top-connection-certificate = certificate { $name }
menu-name = Menu
menu-browser = Opens in the browser

# Certificates on this PC
certificates-title = Certificates
certificates-lead = { $count ->
    [0] Drop a file on this window to import it
    [one] 1 certificate on this PC; drop a file on this window to import it
   *[other] { $count } certificates on this PC; drop a file on this window to import it
}
certificates-none = There is no certificate on this PC.
certificates-open = Details
certificates-open-this = Details of the certificate of { $name }
delete-open = Delete from this PC
delete-title = Delete the certificate of { $name }?
delete-what-keyless = The certificate is removed from this PC. Its key is not on this PC. This cannot be undone.
delete-what = The certificate and its key are removed from this PC. This cannot be undone.
delete-usable = This certificate works. Once it is deleted, you cannot log in with it until you get a new one.
delete-submit = Delete
delete-busy = Deleting
deleted-title = The certificate of { $name } was deleted
deleted-key-gone = We checked: neither the certificate nor its key is left on this PC.
deleted-key-missing = We checked: the certificate is gone. Its key was not on this PC.
deleted-key-shared = We checked: the certificate is gone. The key stays, because the certificate of { $names } uses it too.

# Settings
settings-title = Settings
settings-language = Language
language-ja = { "\u65E5\u672C\u8A9E" }
language-en = English
settings-text-size = Text size
settings-text-normal = Normal
settings-text-percent = { $size }%
settings-text-keys = On any page, hold Ctrl and press + or - to change it. Ctrl and 0 goes back to normal.
settings-banks = Banks
settings-remove = Remove
settings-remove-this = Remove { $bank }
settings-remove-title = Remove { $bank }?
settings-remove-what = Only the address is forgotten. The certificates stay on this PC.
settings-about = About
settings-version = Version
settings-store = Certificate store
settings-store-unavailable = cannot be opened now
