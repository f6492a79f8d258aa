# The check-up: whether this PC can be used for the bank.

nav-doctor = Check this PC
doctor-title = Is this PC ready?
doctor-lead = Checks where certificates are kept, their keys, the connection and the clock
doctor-lead-bank = Checks one thing after another for { $bank }
doctor-running = Checking. { $count } done so far.
doctor-busy = Checking
doctor-again = Check again
doctor-fit = This PC is ready.
doctor-fit-but = This PC is ready. You may want to look at these.
doctor-unfit = This PC is not ready yet. Please fix these.
doctor-wrong = To look at
doctor-right = No problem
doctor-level-ok = No problem
doctor-level-warning = Caution
doctor-level-problem = Needs fixing
doctor-change-pc = See the way to a new certificate
doctor-certificate = See this certificate
doctor-settings = Open the settings
problem-to-doctor = Check this PC
