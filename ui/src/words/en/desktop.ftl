# Idle
idle-title = You will be logged out soon
idle-lead = Nothing has been done for a while, so you will be logged out.
idle-seconds = { $seconds } { $seconds ->
    [one] second
   *[other] seconds
} left
idle-stay = Stay logged in
idle-leave = Log out
start-idled-out = You were logged out because nothing was done for a while.

# Reminders
reminders-setting = Reminders of expiry
reminders-on = Tell me when a certificate is about to end
reminders-when = 30, 10, 3 days and 1 day before, by a notification of this PC. From 30 days before, on the page where you log in, too.
reminder-note = The certificate of { $name } ends { $days ->
    [0] today
    [one] tomorrow
   *[other] in { $days } days
} ({ $date }).
reminder-open = Show certificate
reminder-more = Certificates that end soon: { $count } more.
reminder-more-open = Show all

# Links
link-title = Link
link-add = Opened from a link. Check that the address is the one the bank gave you before you add it.
