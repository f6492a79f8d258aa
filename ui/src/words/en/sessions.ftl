# Where the user is logged in
sessions-open = See where you are logged in
sessions-title = Where you are logged in
sessions-lead = Each place where your ID is logged in at the moment
sessions-this = This window
sessions-others = { $count ->
    [one] 1 other login
   *[other] { $count } other logins
}
sessions-none = You are logged in nowhere else.
sessions-begun = Logged in { $at }
sessions-used = Last used { $at }
sessions-address = From { $address }
sessions-no-address = From an unknown address
sessions-serial = Serial number { $serial }
sessions-end = Log out
sessions-end-this = Log out the login of { $at }
sessions-end-others = Log out all others
sessions-ending = Logging out
sessions-ended = { $count ->
    [one] 1 login was ended. If it was not yours, change your password, too.
   *[other] { $count } logins were ended. If one was not yours, change your password, too.
}
sessions-change = Change password
