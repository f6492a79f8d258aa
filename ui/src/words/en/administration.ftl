# Administration: users, hardware tokens, stopping the contract

administration-parts = Parts of the administration
administration-users = Users
administration-tokens = Revoke tokens
administration-freeze = Stop the contract
confirmation-own = Your { $password } ({ $user })
required = Required

# The state of a certificate
state-issued = Issued, not acquired
state-valid = Valid
state-expired = Expired
state-superseded = Renewed
state-revoked = Revoked
state-lapsed = Deadline passed
state-none = None

# The list of users
users-title = Users
users-lead = Check the users’ certificates and do what is needed
users-search = Find by login ID or name
users-found = { $count } found
users-none = No user matches.
users-user = User
users-certificate = Certificate
users-token = Hardware token
users-act = Act
users-locked = Locked
users-own = { $name } (you)
users-good-until = Until { $date }
users-acquire-by = Acquire by { $date }
users-open = Open
users-open-this = Open { $user }

# One user
user-lead = Certificate, hardware token and passwords at a glance
user-no-certificate = None has been issued yet.
user-act = Keep, reissue or revoke
user-own-form = You cannot reissue or revoke your own certificate here. Hand in a request form: { $branch }.
user-own-telephone = You cannot reissue or revoke your own certificate here. Please call { $branch }: { $telephone } ({ $hours })
user-tokens = Revoke the token
user-passwords = Locked passwords
user-nothing-locked = None is locked.
user-locked = Locked: { $passwords }.
user-own-locked = You cannot unlock your own. Ask another administrator.
user-edit = Edit user
users-back = Back to the users
fact-standing = Status:
fact-issue-number = Issue number
fact-registered = Issue registered
fact-deadline = Acquire by
fact-not-after = Valid until
fact-activation-from = Next activation from

# What becomes of a certificate
act-title = The certificate of { $name }
act-choice = What becomes of the certificate?
act-keep = Keep the present certificate
act-keep-what = It stays in use as it is.
act-keep-expired = It has expired and cannot be kept.
act-keep-submit = Keep
act-keep-busy = Saving
act-reissue = Reissue
act-reissue-what = The present certificate stops working at once. { $name } then gets a new one. This cannot be undone.
act-reissue-submit = Reissue
act-reissue-busy = Reissuing
act-revoke = Revoke
act-revoke-what = { $name } can no longer log in with this certificate, and can get a new one on the PC to be used. This cannot be undone.
act-revoke-for-good-what = { $name } can no longer log in with this certificate. To use the service again takes a reissue. This cannot be undone.
act-revoke-own-what = This is your own certificate. You can no longer log in with it, and this session ends. This cannot be undone.
act-revoke-alone = No other administrator can help you. If you cannot get a new certificate on the new PC, it takes a paper form at your branch. Make sure that the new PC is ready.
act-revoke-submit = Revoke
act-revoke-busy = Revoking
revoke-busy = Revoking
act-submit = Continue
act-none = Nothing
act-none-what = The certificate is left alone.

# Unlocking
unlock-title = Unlock { $name }?
unlock-what = Unlocks: { $passwords }. They can try again with the same password as before.
unlock-token-title = Unlock the hardware token of { $name }?
unlock-token-what = They can try again with one-time passwords of the same token.
unlock-submit = Unlock
unlocked-passwords = The passwords are unlocked.
unlocked-token = The hardware token is unlocked.

# Changing what is registered
edit-title = Edit { $name }
edit-lead = Only what you change is saved
edit-id = { $term } { $user }
edit-role = Rights
edit-single-transfer = May make single transfers
edit-limit = Limit of a single transfer (thousand yen)
edit-limit-hint = 0 means the bank’s own limit.
edit-forced-change = Forced password change
edit-forced-change-what = They change their passwords at the next login.
edit-change-period = Change period (days)
edit-change-period-hint = Days until a password must be changed. Empty means no period.
edit-alarm-period = Alarm period (days)
edit-alarm-period-hint = How many days before that it is announced.
edit-digits = Digits only, please.
edit-passwords = Passwords
edit-set-password = Set a new password: { $password }
edit-new-password = New: { $password }
edit-new-password-again = Once more, to be sure
edit-again-open = Type the same once more.
edit-again-same = The same.
edit-again-differs = Not the same.
edit-login-password-what = Tell them the password. They change it at the next login.
edit-companies = Companies
edit-submit = Save
edit-busy = Saving
edit-reset = Undo changes
edit-unchanged = Nothing has been changed yet.

# Done
done-edit = The changes to { $user } were saved
done-keep = The certificate of { $user } is kept
done-reissue = The certificate of { $user } is reissued
done-revoke = The certificate of { $user } is revoked
done-edit-what = The settings of { $name } ({ $user }) were changed.
done-edit-reissue-what = The settings of { $name } ({ $user }) were changed, and the certificate was reissued. The one before no longer works.
done-keep-what = { $name } ({ $user }) goes on with the present certificate.
done-reissue-what = The certificate of { $name } ({ $user }) was reissued. The one before no longer works.
done-revoke-what = The certificate of { $name } ({ $user }) was revoked.
done-revoke-own-what = Your own certificate ({ $user }) was revoked. This session is over.
done-own-next = Get a certificate on the new PC. You can delete the old one from this PC.
done-revoke-next = To let them use the service again, open this user and reissue.
done-notice = All administrators were notified of the reissue.
done-users = Back to the users
done-user = Open { $user }
done-start = Go to login
tell-title = Tell { $name }
tell-copy = Copy this
tell-about = Please get your certificate for { $service }.
tell-fact = { $name }: { $value }
tell-acquire = On the PC to be used they choose to get a certificate, and type the above and their own password: { $password }.
tell-otp = They also type a one-time password of their hardware token.
tell-login = From that PC they log in with the new certificate.
tell-delete = An old certificate that is left there is deleted.

# Revoking hardware tokens
tokens-title = Revoke hardware tokens
tokens-lead = Choose the users who get a new token
tokens-choose = Choose
tokens-state = One-time passwords
tokens-from = From { $from }
tokens-shared = If several people use one token, choose all of them.
tokens-own-unusable = Your own token does not work, so you cannot revoke any. Ask another administrator, or hand in the paper form at your branch.
tokens-count = { $count } chosen
tokens-revoke = Revoke their tokens
tokens-dialog-title = { $count ->
    [one] Revoke the token of { $count } user?
   *[other] Revoke the tokens of { $count } users?
}
tokens-dialog-what = These users can no longer use one-time passwords. This cannot be undone.
tokens-otp = One-time password of your own token
tokens-submit = Revoke
tokens-revoked-title = The hardware tokens are revoked
tokens-revoked-lead = Tell the users whom you chose
tokens-revoked-what = The users whom you chose can no longer use one-time passwords.
tokens-revoked-from = New tokens can be activated from { $from }.
tokens-back = Back to the tokens
token-unregistered = Not activated
token-active = In use
token-expired = Expired
token-revoked = Revoked
token-locked = Locked
token-out-of-step = Clock has drifted

# Setting the clock
resync-open = Set its clock
resync-open-own = Set the clock of my token
resync-title = Set the token’s clock
resync-lead = Two numbers shown one after the other set its clock
resync-submit = Set the clock
resync-done = The clock of your hardware token is set.
resync-back = Back
token-out-of-step-note = The clock of your hardware token has drifted. It works again once the clock is set.

# Notices of reissues
reissue-note = If you did not expect this, stop the contract at once.
reissue-open = See details
notice-freeze = Stop the contract

# Stopping the contract
freeze-title = Stop the contract
freeze-lead = If you suspect fraud, this stops everything at once
freeze-what-title = What happens then
freeze-what-everybody = Everybody who is logged in is logged out, you too.
freeze-what-nobody = Nobody can log in.
freeze-what-issue = Nobody can get a certificate.
freeze-what-open = Only your branch can open the contract again.
freeze-less = To stop one person only, revoke that user’s certificate.
freeze-branch = For questions: { $branch }, { $telephone } ({ $hours })
freeze-submit = Continue to stop
freeze-ask = Stop the contract?
freeze-ask-company = Stop the contract of { $company }?
freeze-ask-what = Everybody is logged out, and nobody can use the service until your branch opens it again.
freeze-submit-now = Stop the contract
frozen-title = The contract is stopped
frozen-what = Everybody is logged out. Nobody can use this service.
frozen-branch = Now please call { $branch }: { $telephone } ({ $hours })
frozen-next = Now please contact your branch.
