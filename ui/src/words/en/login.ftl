# From the login to the top page

entrances-name = Entrance
contract-digits = A number of { $digits } digits.
approval-password = Approval password
transfer-password = Single transfer password

banks-interrupted = Unfinished

# The keyboard on the screen
keyboard-open = Type on the screen
keyboard-name = Keyboard for { $label }
keyboard-capitals = Capitals
keyboard-erase = Erase one
keyboard-clear = Erase all
keyboard-count = { $count } characters typed

# The way out for certificates that cannot be used
next-step-entrance = Change entrance
next-step-bank = Open that bank
next-step-acquire-this = Get certificate for { $name }

# Acquisition
acquire-next = Next
acquire-go-on = Go on
acquire-stop = Stop
acquire-stopping = Stopping
acquire-stopped = Stopped. What was done so far is kept, and you can go on at any time.
acquire-stopped-early = Stopped. Nothing had begun yet.
acquire-old = The earlier certificate of { $name } (until { $date }) is still on this PC.
acquire-old-open = Review and delete
proof-title = Enter the one-time password
proof-lead = The number that your hardware token shows proves that it is you
proof-otp-hint = Administrators who have no token leave this empty.
proof-without-token = My token is not activated yet
proof-back = Change the entries

# Token activation
token-title = Activate your hardware token
token-lead = Makes the token in your hand ready for use
token-serial = Serial number
token-serial-hint = The 8 to 12 digits on the back of the token.
token-otp = One-time password
token-otp-hint = The number that the token shows.
token-otp-now = The one-time password it shows now
token-otp-next = The one-time password it shows next
token-otp-next-hint = Wait until the number changes. The two numbers together set the token’s clock.
token-submit = Activate
token-skip = Later
token-skip-what = You can go on without it. The next login asks again.
token-offered = Your hardware token is not activated yet.
token-open = Activate
token-waits = The new hardware token can be activated from { $from }.
token-expired-note = Your hardware token has expired. Ask an administrator to revoke it, then activate the new one.
token-locked-note = Your hardware token is locked. Ask an administrator to unlock it.

# Passwords
change-lead-first = Choose your new passwords before you go on
rule-exact-length = exactly { $min } characters

# The top page
frame-bank-code = Bank
frame-this-login = This login
frame-last-login = Last login
top-login-unknown-open = What to do
unknown-login-title = If you do not know one of the logins
unknown-login-password = Change your { $password } now. Whoever is logged in elsewhere is then logged out.
unknown-login-revoke = Revoke the certificates that nobody can account for, and stop the contract if need be.
unknown-login-ask = Ask them to revoke the certificate and to stop the contract.
unknown-login-branch = Call { $branch }: { $telephone } ({ $hours })
unknown-login-change = Change passwords
unknown-login-users = Open the users
