# Proxy
proxy-title = Proxy
proxy-system = Use the system’s settings
proxy-manual = Set by hand
proxy-none = Use none
proxy-host = Name of the proxy
proxy-port = Port
proxy-user = User name
proxy-user-hint = Leave it empty unless the proxy asks. The password is asked for when it is needed.
proxy-exceptions = Not for these hosts
proxy-exceptions-hint = Separated by commas.
proxy-keep = Set
proxy-kept = Set. The next connection uses it.
proxy-password = Password
proxy-password-hint = It is not saved, and forgotten when Inkan closes.
proxy-login-title = User name and password for the proxy
proxy-login-what = The proxy of your company’s network, { $proxy }, wants to know who is there. Once you have entered it, everything goes on.
proxy-login-refused = The user name or the password was not accepted.
proxy-login-submit = Continue

# Where certificates are
stores-title = Certificate store
store-native = This PC’s usual place
store-nss = A browser’s or another program’s store
store-device = A card or another device
stores-fixed = The store was set when Inkan was started.
stores-later = The store that you chose is used from the next start.

# What is remembered
remembered-title = What is remembered
remembered-nothing = Nothing is remembered.
remembered-used = At { $bank } you last logged in with { $name }
remembered-refused = { $name } could not be used at the bank ({ $reason })
remembered-gone = a certificate that is gone, { $head }…
remembered-forget = Forget
remembered-forget-this = Forget “{ $what }”
remembered-forgotten = Forgotten.
remembered-undo = Undo

# The report for the help desk
report-section = Help desk
report-section-what = Tells a help desk about this PC and what happened last.
report-make = Make a report for the help desk
report-title = Report for the help desk
report-lead = This PC and what happened last
report-read-it = Passwords, names, companies and login IDs are left out. Read it, then save or copy it for the help desk.
report-busy = Making the report. The banks are tried, too.
report-save = Save
report-save-title = Save the report for the help desk
report-saved = Saved as { $file }.
report-copy = Copy
