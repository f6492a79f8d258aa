# Proxy
proxy-title = Proxy
proxy-system = Use the system’s settings
proxy-manual = Manual
proxy-none = No proxy
proxy-host = Proxy name
proxy-port = Port number
proxy-user = User name
proxy-user-hint = Leave it empty unless the proxy asks for it. You will be asked for the password when it is needed.
proxy-exceptions = Hosts to reach without the proxy
proxy-exceptions-hint = Separate them with commas.
proxy-keep = Save
proxy-kept = Saved. The next connection uses it.
proxy-password = Password
proxy-password-hint = It is not saved. Inkan keeps it until you close the app.
proxy-login-title = User name and password for the proxy
proxy-login-what = { $proxy }, the proxy of your company’s network, asks who is using it. You can go on once you have entered it.
proxy-login-refused = The user name or the password was not accepted.
proxy-login-submit = Continue

# Certificate store
stores-title = Certificate store
store-native = This PC’s standard store
store-nss = Store of a browser or another program
store-device = Card or other security device
stores-fixed = The store was set when Inkan was started.
stores-later = Inkan uses the store that you chose from the next start.

# History
remembered-title = History
remembered-nothing = There is no history.
remembered-used = At { $bank } you last logged in with { $name }
remembered-refused = { $name } could not be used at the bank ({ $reason })
remembered-gone = a certificate that is no longer on this PC, { $head }…
remembered-forget = Clear
remembered-forget-this = Clear “{ $what }”
remembered-forgotten = Cleared.
remembered-undo = Undo

# The support report
report-section = Help desk
report-section-what = Collects the state of this PC and recent events for the help desk.
report-make = Create a support report
report-title = Support report
report-lead = The state of this PC and recent events
report-read-it = Passwords, names, companies and login IDs are left out. Read the report, then save or copy it for the help desk.
report-busy = Creating the report. The connection to the banks is checked, too.
report-save = Save
report-save-title = Save the support report
report-saved = Saved as { $file }.
report-copy = Copy
