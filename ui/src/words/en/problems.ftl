# The buttons of problems

copy = Copy
copied = Copied
copy-failed = Could not be copied
problem-session-in-doubt = The bank may have opened a session. Such a session ends by itself after its idle time.
problem-who = Who can fix it: { $who }
problem-system = The system’s own error: { $name } ({ $number })
problem-reference = Reference: { $reference }
problem-copy-reference = the reference
problem-again = Try again
problem-tell = Copy what to report
problem-tell-administrator = Copy what to tell the administrator
problem-tell-branch = Copy what to tell the branch
problem-report-service = Service: { $service }
problem-report-user = Login ID: { $user }
problem-report-at = Time: { $at }
problem-to-acquire = Get certificate
problem-to-add-bank = Add bank
problem-to-certificates = See the certificates
problem-to-change-passwords = Change passwords
problem-to-change-pc = See the steps for a change of PC
problem-to-choose = Choose another certificate
problem-to-login = Log in
problem-to-settings = Open the settings
problem-to-token = Activate token
