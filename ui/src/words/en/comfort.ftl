# Filling in fields
field-empty = Fill in this field.
field-malformed = Check what you have entered.
choice-empty = Choose one of these.
again-password = New password, again
again-open = Enter the same password once more.
again-same = It is the same.
again-differs = It differs from the password above.
tries-failed = { $count ->
    [one] 1 wrong password on this page.
   *[other] { $count } wrong passwords on this page.
} After { $limit } in a row the password is locked.
login-give-up = Stop waiting
login-given-up = The login was given up.
address-fault = { $title }. { $next }

# Changes that are not saved
leave-title = Your changes are not saved
leave-what = If you leave this page, what you have entered is lost.
leave-stay = Stay on this page
leave-agree = Leave without saving

# The look
settings-theme = Colours
theme-system = Like the system
theme-light = Light
theme-dark = Dark

# Welcome
welcome-import = If you received a certificate as a file
