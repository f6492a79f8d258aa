# Administration: users, hardware tokens, stopping the contract

administration-parts = Sections of the administration
administration-users = Users
administration-tokens = Revoke tokens
administration-freeze = Stop the contract
confirmation-own = Your { $password } ({ $user })
required = Required

# The state of a certificate
state-issued = Issued, not on a PC yet
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
users-none = No users match.
users-only-locked = Show only locked users
users-none-locked = No users are locked.
users-user = User
users-certificate = Certificate
users-token = Hardware token
users-act = Actions
users-locked = Locked
users-own = { $name } (you)
users-good-until = Until { $date }
users-acquire-by = Get by { $date }
users-open = Open
users-open-this = Open { $user }

# One user
user-lead = Status of the certificate, hardware token and passwords
user-no-certificate = No certificate has been issued yet.
user-act = Keep, reissue or revoke
user-own-form = For security, you can’t reissue or revoke your own certificate here. Hand in the request form at your { $branch }.
user-own-telephone = You can’t reissue or revoke your own certificate here. Please call { $bank }: { $branch }, { $telephone } ({ $hours })
bank-itself = the bank
user-tokens = Revoke the token
user-passwords = Locked passwords
user-nothing-locked = No passwords are locked.
user-locked = Locked: { $passwords }.
user-own-locked = You can’t unlock your own passwords. Ask another administrator.
user-edit = Edit user
users-back = Back to users
fact-standing = Certificate status:
fact-issue-number = Issue number
fact-registered = Issued
fact-deadline = Get by
fact-not-after = Valid until
fact-activation-from = Next activation from

# Actions on a certificate
act-title = The certificate of { $name } ({ $user })
act-choice = What do you want to do with this certificate?
act-keep = Keep the current certificate
act-keep-what = The certificate stays in use.
act-keep-expired = The certificate has expired and can’t be kept.
act-keep-submit = Keep
act-keep-busy = Saving
act-reissue = Reissue
act-reissue-what = The current certificate stops working at once. { $name } then gets a new one. This can’t be undone.
act-reissue-submit = Reissue
act-reissue-busy = Reissuing
act-revoke = Revoke
act-revoke-what = { $name } can no longer log in with this certificate, but can get a new one on the PC to be used. This can’t be undone.
act-revoke-for-good-what = { $name } can no longer log in with this certificate. A reissue is needed to use the service again. This can’t be undone.
act-revoke-own-what = This is your own certificate. You can no longer log in with it, and you will be logged out. This can’t be undone.
act-revoke-alone = No other administrator can help you. If you can’t get a new certificate on the new PC, you need a paper form from your branch. Make sure that the new PC is ready.
act-revoke-submit = Revoke
act-revoke-busy = Revoking
revoke-busy = Revoking
act-submit = Continue
act-none = Do nothing
act-none-what = The certificate is not changed.

# Unlocking
unlock-title = Unlock { $name }?
unlock-what = Unlocks: { $passwords }. The user can try again with the same password.
unlock-token-title = Unlock the hardware token of { $name }?
unlock-token-what = The user can try again with one-time passwords of the same token.
unlock-submit = Unlock
unlocked-passwords = The passwords are unlocked.
unlocked-token = The hardware token is unlocked.

# Changing what is registered
edit-title = Edit { $name }
edit-lead = Only your changes are saved
edit-id = { $term } { $user }
edit-role = Role
edit-single-transfer = Can make single transfers
edit-limit = Limit of a single transfer (thousand yen)
edit-limit-hint = 0 means the limit of { $bank }.
edit-forced-change = Forced password change
edit-forced-change-what = The user must change the passwords at the next login.
edit-change-period = Change period (days)
edit-change-period-hint = Days until a password must be changed. Leave it empty for no limit.
edit-alarm-period = Alarm period (days)
edit-alarm-period-hint = How many days before the change period is over the user is told.
edit-withheld = The role “{ $role }” cannot have this: { $password }
edit-digits = Enter digits only.
edit-passwords = Passwords
edit-set-password = Set a new password: { $password }
edit-new-password = New { $password }
edit-new-password-again = Enter it again
edit-again-open = Enter the same password again.
edit-again-same = The passwords match.
edit-again-differs = The passwords don’t match.
edit-login-password-what = Tell the user this password. It must be changed at the next login.
edit-companies = Companies
company-code = Company code
company-account = Account
company-contracts = Contracts
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
done-edit-reissue-what = The settings of { $name } ({ $user }) were changed, and the certificate was reissued. The old certificate no longer works.
done-keep-what = { $name } ({ $user }) can go on using the current certificate.
done-reissue-what = The certificate of { $name } ({ $user }) was reissued. The old certificate no longer works.
done-revoke-what = The certificate of { $name } ({ $user }) was revoked.
done-revoke-own-what = Your own certificate ({ $user }) was revoked. You have been logged out.
done-own-next = Get a certificate on the new PC. You can delete the old one from this PC.
done-revoke-next = To let the user use the service again, open the user and choose Reissue.
done-notice = All administrators were notified of the reissue.
done-users = Back to users
done-user = Open { $user }
done-start = Go to login
tell-title = Tell { $name }
tell-copy = Copy this
tell-about = Please get your certificate for { $service }.
tell-fact = { $name }: { $value }
tell-acquire = On the PC to be used, choose Get certificate. Enter the details above and your own { $password }.
tell-otp = Also enter a one-time password of your hardware token.
tell-token = You have not activated your hardware token yet. Also enter its serial number.
tell-token-note = { $name } has not activated a hardware token. Without one, it must be registered first. The user can do so when getting the certificate.
tell-login = Log in from that PC with the new certificate.
tell-delete = If an old certificate is still there, delete it.

# Revoking hardware tokens
tokens-title = Revoke hardware tokens
tokens-lead = Choose the users who get a new token
tokens-choose = Select
tokens-state = One-time password status
tokens-until = Token expires
tokens-engraved = The date on which a token expires is engraved on its back as month/day/year, with two digits each.
tokens-engraved-as = engraved { $engraved }
tokens-dash = A dash under “{ $state }” means that the user needs no one-time password.
tokens-by-expiry = Select by engraved date
tokens-steps = Have the token that is in use and the token that was sent to you at hand. Two steps follow:
tokens-step-revoke = Revoke the token that is in use
tokens-step-activate = Activate the token that was sent to you
tokens-step-activate-from = Activate the token that was sent to you (its date is { $engraved } ({ $date }) or later)
tokens-lost = If a token is lost, it can still be revoked ({ $roles }). The lost token is not needed for that.
tokens-paper = If a token can’t be revoked here, a paper form is needed. For details, ask your { $where }.
contact = { $name }: { $telephone } ({ $hours })
tokens-from = From { $from }
tokens-shared = If several people use one token, choose all of them.
tokens-own-unusable = Your own token does not work, so you can’t revoke tokens. Ask another { $roles }. If there is none, a paper form is needed.
tokens-count = { $count } selected
tokens-revoke = Revoke tokens of the selected users
tokens-dialog-title = { $count ->
    [one] Revoke the token of { $count } user?
   *[other] Revoke the tokens of { $count } users?
}
tokens-dialog-what = These users can no longer use one-time passwords. This can’t be undone.
tokens-wait = The next token can be activated { $minutes ->
    [one] 1 minute
   *[other] { $minutes } minutes
} after the revocation.
tokens-wait-night = After a revocation from { $night_from } to { $over_midnight ->
    [yes] { $night_to } of the next day
   *[no] { $night_to }
}, it can be activated from { $morning }.
tokens-wait-closed = From { $night_from } to { $morning } no token can be activated.
tokens-shared-by = This token is also used by { $users }. Revoke it for every user who uses it.
tokens-add-sharers = Select all of them
tokens-shared-still = This token is still in use by { $users }. Revoke it for every user who uses it.
tokens-otp = One-time password of your own token
tokens-submit = Revoke
tokens-revoked-title = The hardware tokens are revoked
tokens-revoked-lead = Tell the selected users the following
tokens-revoked-what = The selected users can no longer use one-time passwords.
tokens-revoked-from = New tokens can be activated from { $from }.
tokens-back = Back to tokens
token-unregistered = Not activated
token-active = In use
token-expired = Expired
token-revoked = Revoked
token-locked = Locked
token-out-of-step = Out of sync

# Resynchronising
resync-open = Resynchronise
resync-open-own = Resynchronise my token
resync-title = Resynchronise the token
resync-lead = Enter two one-time passwords shown one after the other
resync-submit = Resynchronise
resync-done = Your hardware token is resynchronised.
resync-back = Back
token-out-of-step-note = Your hardware token is out of sync. Resynchronise it to use it again.

# Notices of reissues
reissue-note = If you did not expect this, stop the contract at once.
reissue-open = Details
notice-freeze = Stop the contract

# Stopping the contract
freeze-title = Stop the contract
freeze-lead = If you suspect fraud, stop everything at once
freeze-what-title = What happens
freeze-what-everybody = Everyone who is logged in is logged out, including you.
freeze-what-nobody = Nobody can log in.
freeze-what-issue = Nobody can get a certificate.
freeze-what-open = Only your branch can reopen the contract.
freeze-less = To stop one person only, revoke that user’s certificate.
freeze-branch = Questions: { $branch }, { $telephone } ({ $hours })
freeze-submit = Continue
freeze-ask = Stop the contract?
freeze-ask-company = Stop the contract of { $company }?
freeze-ask-what = Everyone is logged out, and nobody can use the service until your branch reopens the contract.
freeze-submit-now = Stop the contract
frozen-title = The contract has been stopped
frozen-what = Everyone has been logged out. Nobody can use this service.
frozen-branch = Please call your { $branch } now: { $telephone } ({ $hours })
frozen-next = Please contact your branch now.
