# Moving to a new PC

nav-move = Move to a new PC

move-title = Move to a new PC
move-early = Before you replace this PC, move your certificate. It works only on the PC where you got it.
move-remember = This certificate works only on this PC. Before you replace the PC, see Move to a new PC.
move-ask-lead = Answer a few questions to see who does what
move-ask-this-pc = Which PC is this?
move-new-pc = The new PC
move-old-pc = The old PC
move-ask-method = How do you log in?
move-method-certificate = Certificate
move-method-certificate-what = You log in with the certificate and the { $password }.
move-method-id-password = ID and password
move-method-id-password-what = You log in with the { $id } and the { $password }.
move-ask-role = What is your role?
move-role-where = After login, the badge before your name at the top right ({ $badges }) shows your role.
move-ask-old-works = Can you still log in from the old PC?
move-ask-other = Is there another { $roles } in your company?
move-yes = Yes
move-no = No
move-begin = Show the steps
move-no-bank = Add a bank first.
move-no-bank-add = Add bank
move-choose-bank = Choose a bank

move-lead = { $user }, { $role }. { $count ->
    [one] 1 step in all
   *[other] { $count } steps in all
}
move-lead-nobody = { $role }. { $count ->
    [one] 1 step in all
   *[other] { $count } steps in all
}
move-alone = Once you have revoked the certificate, nobody else in your company can act for you. First make sure that the new PC is ready.
move-step-done = Done
move-step-next = Next
move-step-ahead = Later
move-step-unknown = Unknown
move-unknown = This PC can’t tell whether this is done.
move-other-certificate = The certificate that works on this PC is not from these steps. If this is the old PC, choose “Change the answers”, and then “The old PC”.
move-who-this = This PC
move-who-old = Old PC
move-who-new = New PC
move-who-other = Person you ask
move-who-you = You
badge-separator = { ", " }
move-or = { " or " }
move-another = another { $role }

move-check-here = Check whether this PC is ready
move-check-here-done = This PC is ready
move-check-here-detail = Checks the clock, the certificate store and the connection to { $bank }.
move-check-there = Check whether the new PC is ready
move-check-there-done = The new PC is ready
move-check-there-detail = Open Move to a new PC on the new PC and check there.
move-environment = Make sure that { $bank } supports the operating system and the browser of the new PC.
move-environment-open = Supported environment
move-revoke-own = Revoke your own certificate on the old PC
move-revoke-own-detail = You need your { $confirmation }. A revoked certificate can no longer be used to log in.
move-revoke-other = Have your certificate revoked
move-revoke-other-detail = { $may ->
        [no] The role “{ $role }” can’t revoke certificates.{ " " }
       *[yes] { "" }
    }Ask: { $who }. This needs { $one ->
        [yes] the { $confirmation } of the { $who }
       *[no] their own { $confirmation }
    }.
move-revoke-done = The old certificate is revoked
move-reissue = Have your certificate reissued
move-reissue-detail = { $may ->
        [no] The role “{ $role }” can’t reissue certificates.{ " " }
       *[yes] { "" }
    }Ask: { $who }. This needs { $one ->
        [yes] the { $confirmation } of the { $who }
       *[no] their own { $confirmation }
    }. The current certificate is revoked at the same time.
move-reissue-done = The certificate has been reissued
move-helper = The person you ask logs in to { $bank }, opens { $named ->
        [yes] “{ $user }”
       *[no] your entry
    } in the list of users, and { $act ->
        [reissue] reissues
       *[revoke] revokes
    } the certificate.
move-helper-request = Please { $act ->
        [reissue] reissue
       *[revoke] revoke
    } my certificate at { $bank }. Log in to { $bank }, open { $named ->
        [yes] “{ $user }”
       *[no] my entry
    } in the list of users, and { $act ->
        [reissue] reissue
       *[revoke] revoke
    } the certificate. This needs your { $confirmation }.
move-helper-copy = Copy request
move-form = Hand in the form at your { $branch }
move-form-detail = Print it, fill it in, and stamp it with your registered seal.
move-form-done = You have handed in the form
move-telephone = Call your { $branch }
move-telephone-detail = { $telephone } ({ $hours })
move-telephone-done = You have called
move-revoke-report = Your { $branch } revokes the certificate
move-revoke-report-done = Your { $branch } has revoked the certificate
move-reissue-report = Your { $branch } reissues the certificate
move-reissue-report-done = Your { $branch } has reissued the certificate
move-report-detail = Wait until you are told that it is done.
move-acquire-here = Get the certificate on this PC
move-acquire-here-detail = Have ready: { $needs }. If you close this midway, you can continue later.
move-acquire-there = Get the certificate on the new PC
move-acquire-there-detail = Open Move to a new PC on the new PC to get it.
move-acquire-found = There is a working certificate on this PC
move-acquire-done = The new certificate is on the PC
move-log-in-here = Log in on this PC
move-log-in-here-detail = Then you can use { $bank }.
move-log-in-there = Log in on the new PC
move-log-in-there-detail = Once you have logged in, the certificate on the old PC is no longer needed.
move-log-in-found = Logged in on this PC
move-log-in-done = Logged in on the new PC
move-delete-here = Delete the old certificate
move-delete-here-detail = Deletes the certificate and its key, and checks that both are gone.
move-delete-there = Delete the certificate on the old PC
move-delete-there-detail = On the old PC, open Move to a new PC or Certificates and delete it there.
move-delete-done = The old certificate is deleted
move-old-pc-at-hand = If you still have the old PC, delete the old certificate from it once you have logged in on the new PC. On the old PC, Certificates does that.

move-act-check = Check
move-act-checking = Checking
move-act-log-in-to-revoke = Log in to revoke
move-act-revoke = Revoke
move-act-form = Create form
move-act-acquire = Get certificate
move-act-log-in = Log in
move-act-delete = Delete old certificate
move-revoke-hint = After logging in, come back to Move to a new PC.
move-unfit = Not ready yet
move-unfit-more = See details
move-said = Done
move-said-checked = I have checked it
move-said-revoked = I have revoked it
move-said-revoked-for-me = It has been revoked
move-said-reissued = It has been reissued
move-said-handed-in = I have handed it in
move-said-called = I have called
move-said-reported = I have been told that it is done
move-said-acquired = I have it
move-said-logged-in = I have logged in
move-said-deleted = I have deleted it
move-unsay = Undo
move-unsay-this = Undo: { $step }
move-again = Change the answers
move-finish = Close the guide
move-finished = All done. You can use { $bank } on the new PC.
move-finished-open = You can use { $bank } on this PC. Inkan can’t tell whether the steps marked “?” are done.

move-revoke-title = Revoke your own certificate?
move-revoke-what = You can no longer log in with this certificate, and you will be logged out. This can’t be undone.
move-revoke-confirmation = Your { $password } ({ $user })
move-revoke-knowing = Revoke anyway
move-revoked = The certificate was revoked. Continue on the new PC.

paper-title = Form to hand in
paper-lead = Print it, fill in the empty fields, and stamp it with your registered seal
paper-empty = empty
paper-print = Print
paper-save = Save as a file
paper-open = Open in the browser
paper-saved = Saved: { $file }
paper-more = If you are logged in, the company, your name and the certificate’s serial number are filled in, too.
