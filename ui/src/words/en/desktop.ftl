# Idle
idle-title = You will be logged out soon
idle-lead = You have done nothing for a while, so you will be logged out.
idle-seconds = { $seconds } { $seconds ->
    [one] second
   *[other] seconds
} left
idle-stay = Stay logged in
idle-leave = Log out
start-idled-out = You were logged out because you did nothing for a while.

# Reminders
revocation-setting = Check for revocation
revocation-on = Ask the issuing CA whether it has revoked a certificate
revocation-what = At start, Inkan asks the responder that the certificate names (OCSP). The responder then knows that this PC has the certificate.
reminders-setting = Expiry reminders
reminders-on = Remind me when a certificate is about to expire
reminders-when = This PC notifies you 30, 10 and 3 days and 1 day before. From 30 days before, the login page shows it, too.
reminder-note = The certificate of { $name } expires { $days ->
    [0] today
    [1] tomorrow
   *[other] in { $days } days
} ({ $date }).
reminder-open = Show certificate
reminder-more = { $count ->
    [one] 1 more certificate expires soon.
   *[other] { $count } more certificates expire soon.
}
reminder-more-open = Show list

# Links
link-title = Link
link-add = Opened from a link. Check that the address is the one the bank gave you before you add it.
