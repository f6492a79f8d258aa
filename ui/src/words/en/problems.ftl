# The buttons of problems

copy = Copy
copied = Copied
copy-failed = Could not be copied
problem-session-in-doubt = You may be logged in at the bank. If so, the bank logs you out by itself after a while.
problem-who = Who can fix it: { $who }
problem-system = System error: { $name } ({ $number })
problem-reference = Reference number: { $reference }
problem-copy-reference = reference number
problem-again = Try again
problem-tell = Copy what to report
problem-tell-administrator = Copy what to tell the administrator
problem-tell-branch = Copy what to tell the branch
problem-report-service = Service: { $service }
problem-report-user = Login ID: { $user }
problem-report-at = Time: { $at }
problem-to-acquire = Get certificate
problem-to-add-bank = Add bank
problem-to-certificates = See certificates
problem-to-change-passwords = Change passwords
problem-to-change-pc = See how to move to a new PC
problem-to-choose = Choose another certificate
problem-to-login = Log in
problem-to-settings = Open settings
problem-to-token = Activate token
