# Reminders
reminder-today = The certificate of { $name } ends today
reminder-tomorrow = The certificate of { $name } ends tomorrow
reminder-days = The certificate of { $name } ends in { $days } days
reminder-until = It can be used until { $date }. Get a new one in good time.
reminder-open = Show certificate
reminder-more = Certificates that end soon: { $count } more
reminder-more-text = Get new ones in good time.
reminder-more-open = Show list

# The menu of a text field
menu-cut = Cut
menu-copy = Copy
menu-paste = Paste
menu-select-all = Select all

# The tray's menu
tray-open = Open
tray-log-in = Log in
tray-quit = Quit
