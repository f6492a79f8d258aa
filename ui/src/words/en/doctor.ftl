# The check-up: whether this PC can be used for the bank.

nav-doctor = Check this PC
doctor-title = Is this PC fit for use?
doctor-lead = Checks where certificates are kept, their keys, the connection and the clock
doctor-lead-bank = Checks one thing after another for { $bank }
doctor-running = Checking. { $count } done so far.
doctor-busy = Checking
doctor-again = Check again
doctor-fit = This PC is fit for use.
doctor-fit-but = This PC is fit for use. You may want to look at these.
doctor-unfit = This PC cannot be used as it is. Please fix these.
doctor-wrong = To look at
doctor-right = No problem
doctor-level-ok = No problem
doctor-level-warning = Caution
doctor-level-problem = Needs fixing
doctor-change-pc = See the way to a new certificate
doctor-certificate = See this certificate
doctor-settings = Open the settings
problem-to-doctor = Check this PC
