# Reminders
reminder-today = The certificate of { $name } ends today
reminder-days = The certificate of { $name } ends in { $days ->
    [1] 1 day
   *[other] { $days } days
}
reminder-until = It can be used until { $date }. Get a new one in good time.
reminder-open = Show certificate

# The tray's menu
tray-open = Open
tray-log-in = Log in
tray-quit = Quit
