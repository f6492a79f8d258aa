# Reminders
reminder-today = The certificate of { $name } expires today
reminder-tomorrow = The certificate of { $name } expires tomorrow
reminder-days = { $days ->
        [one] The certificate of { $name } expires in 1 day
      *[other] The certificate of { $name } expires in { $days } days
}
reminder-until = It can be used until { $date }. Get a new one in good time.
reminder-open = Show certificate
reminder-more = { $count ->
    [one] 1 more certificate expires soon
   *[other] { $count } more certificates expire soon
}
reminder-more-text = Get new ones in good time.
reminder-more-open = Show list

# The menu of a text field
menu-cut = Cut
menu-copy = Copy
menu-paste = Paste
menu-select-all = Select all

# The tray’s menu
tray-open = Open
tray-log-in = Log in
tray-quit = Quit
