# The check-up: whether this PC can be used for the bank.

nav-doctor = Check this PC
doctor-title = Is this PC ready?
doctor-lead = Checks the certificate store, the keys, the connection and the clock
doctor-lead-bank = Checks one item after another for { $bank }
doctor-running = Checking. { $count ->
    [one] 1 item checked.
   *[other] { $count } items checked.
}
doctor-busy = Checking
doctor-again = Check again
doctor-fit = This PC is ready.
doctor-fit-but = This PC is ready. Please note the following.
doctor-unfit = This PC is not ready yet. Please fix the following.
doctor-wrong = To check
doctor-right = No problem
doctor-level-ok = No problem
doctor-level-warning = Caution
doctor-level-problem = Needs fixing
doctor-change-pc = See how to get a new certificate
doctor-certificate = Show certificate
doctor-settings = Open settings
problem-to-doctor = Check this PC
