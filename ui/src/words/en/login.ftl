# From the login to the top page

entrances-name = Login type
contract-digits = { $digits ->
    [one] It has 1 digit.
   *[other] It has { $digits } digits.
}
approval-password = Approval password
transfer-password = Single transfer password

banks-interrupted = Not complete

# The keyboard on the screen
keyboard-open = Use the on-screen keyboard
keyboard-name = Keyboard for { $label }
keyboard-capitals = Capital letters
keyboard-erase = Delete one
keyboard-clear = Delete all
keyboard-count = { $count ->
    [one] 1 character entered
   *[other] { $count } characters entered
}

# The way out for certificates that cannot be used
next-step-entrance = Switch to { $entrance }
next-step-bank = Open the bank
next-step-acquire-this = Get certificate for { $name }

# Acquisition
acquire-next = Next
acquire-go-on = Continue
acquire-stop = Stop
acquire-stopping = Stopping
acquire-stopped = Stopped. Your progress is kept, and you can continue at any time.
acquire-stopped-early = Stopped. Nothing had been started yet.
acquire-old = The old certificate of { $name } (until { $date }) is still on this PC.
acquire-old-open = Review and delete
proof-title = Enter the one-time password
proof-lead = The number on your hardware token shows that it is you
proof-otp-hint = Administrators who have no token leave this empty.
proof-without-token = My token is not activated yet
proof-back = Change the details

# Token activation
token-title = Activate your hardware token
token-lead = Enter the serial number on the hardware token and the one-time password that it shows, and press “{ $submit }”
token-date = Check the date on the back of the token: it must be { $engraved } ({ $date }) or later.
token-serial = Serial number
token-serial-hint = The 8 to 12 digits at the top of the back of the token.
token-otp = One-time password
token-otp-hint = { $digits ->
    [one] The digit on the display of the token.
   *[other] The { $digits } digits on the display of the token.
}
token-otp-now = The one-time password shown now
token-otp-next = The one-time password shown next
token-otp-next-hint = Wait until the number changes. Both numbers together resynchronise the token.
token-submit = Activate
token-skip = Later
token-skip-named = Skip: { $name }
token-skip-what = If your token does not work, or if you do not want to activate it yet, you can continue without it. You will be asked again at the next login.
token-offered = Your hardware token is not activated yet.
token-open = Activate
token-waits = The new hardware token can be activated from { $from }.
token-expired-note = Your hardware token has expired. Ask for its revocation ({ $roles }), then activate the new token.
token-locked-note = Your hardware token is locked. Ask an administrator to unlock it.

# Passwords
change-lead-first = Choose your new passwords before you go on
rule-exact-length = { $min ->
    [one] 1 character
   *[other] { $min } characters
}

# The top page
frame-bank-code = Bank
frame-this-login = This login
frame-last-login = Last login
top-login-unknown-open = What to do
unknown-login-title = If you don’t recognise a login
unknown-login-password = Change your { $password } now. Anyone who is logged in elsewhere is then logged out.
unknown-login-revoke = Revoke certificates that you don’t recognise, and stop the contract if necessary.
unknown-login-ask = Ask them to revoke the certificate and to stop the contract.
unknown-login-branch = Call your { $branch }: { $telephone } ({ $hours })
unknown-login-change = Change passwords
unknown-login-users = Open users
