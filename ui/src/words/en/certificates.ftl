# Certificates on this PC
certificates-usable = { $count ->
    [one] 1 ready to use
   *[other] { $count } ready to use
}
certificates-others = { $count ->
    [one] 1 can’t be used (see why)
   *[other] { $count } can’t be used (see why)
}
certificates-search = Find by login ID, name or serial number
certificates-matches = { $count ->
    [one] 1 found
   *[other] { $count } found
}
certificates-no-match = No certificates match. Try fewer words.

fact-renewal = Renewal
fact-last-login = Last login
renewal-from = from { $date }
last-login-never = No login from this PC yet
sentence-end = .
key-strength = { $kind }
key-none = The key is not on this PC. Nobody can log in with this certificate.
key-hardware-more = The key can’t be taken out of the device or copied to another PC.
key-os-more = The key can’t be taken out. Only your own account on this PC can use it.
key-file-more = Anyone who can use this PC may be able to use the key. Lock the screen when you leave your seat.
chain-title = Issuer (certificate authority)
chain-lead = Each authority confirms that the certificate below it is genuine.
chain-until = Valid until { $date }
chain-elsewhere = The certificate of this authority is held by the server
chain-own = This certificate
certificate-login = Log in with this certificate

# Deleting
delete-only = This is the only certificate on this PC with which { $name } can log in. Once it is deleted, { $name } can’t log in until you get a new one. This can’t be undone.
delete-reissue = To get it again, it must be reissued first.
delete-understood = I understand that nobody will be able to log in

# Importing
import-open = Import from a file
import-choose-title = Choose the certificate file to import
import-kind = Certificate file
import-title = Import this file
import-lead = Enter the password that came with the file
import-password = Password of the file
import-password-hint = If the file has no password, leave this empty.
import-look = Check the contents
import-looking = Checking
import-accept-when = Go on only if the file came straight from the bank or from your administrator.
import-accept = Continue without the check
import-unprotected = Nothing shows whether this file was changed on the way. Import only what you expected.
import-check-title = Import this certificate?
import-check-lead = Contents of { $file }
import-which = Certificate to import
import-unreadable = { $count ->
    [one] 1 damaged certificate in the file is left out
   *[other] { $count } damaged certificates in the file are left out
}
import-already = Already on this PC
import-same-serial = Same serial number as a certificate on this PC (ID { $id })
import-chain = Issued by: { $names }
import-submit = Import
import-busy = Importing
import-done-title = The certificate has been imported
import-done-lead = You can use it on this PC
import-keep-file = “{ $file }” holds the key. Keep it where nobody else can get it, or delete it.
import-no-bank = The bank that issued this certificate has not been added. Add the bank to log in.
import-to-list = See all certificates
drop-here = Drop to import
drop-here-more = Nothing is saved yet. You check the contents first.
drop-refused = This file can’t be imported

# Renewing
renew-open = Renew
renew-title = Renew the certificate
renew-lead = { $bank } gives you a certificate with a new expiry date
renew-resume-lead = Continues from where it stopped
renew-resume = Continue
renew-what = No password is needed. You can use the current certificate until the renewal is complete.
renew-busy-title = Renewing the certificate
renew-busy-lead = If you close the window, you can continue later
renew-stopped = Stopped. Your progress is kept, and you can continue at any time.
renew-done-title = The certificate has been renewed
renew-done-lead = The next login uses the new certificate
renew-old = The old certificate of { $name } (until { $date }) is no longer used.
renew-delete-old = Delete the old certificate
renewal-cut = The renewal of the certificate of { $name } is not complete.

# Deleting what is no longer needed
clean-open = Delete unneeded certificates
clean-title = Delete the certificates that are no longer needed?
clean-lead = Certificates that will not be used again are deleted from this PC, with their keys
clean-what = This can’t be undone. Uncheck any that you want to keep. Only certificates that no bank or site added here can accept any more are listed; never a key that opens old mail, nor a certificate of another program.
clean-count = { $count ->
    [one] 1 can be deleted
   *[other] { $count } can be deleted
}
clean-none = There are no unneeded certificates.
clean-kept = { $count ->
    [one] 1 can’t be used but stays (see why)
   *[other] { $count } can’t be used but stay (see why)
}
kept-not-of-a-service-here = Kept: it belongs to no bank or site that was added here. Another program may use it.
kept-another-purpose = Kept: its key is not only for logging in. It may open old mail or files.
kept-clock-not-compared = Kept: it looks expired, and no bank or site could be asked whether this PC’s clock is right.
kept-may-log-in = Kept: a bank or site that was added here may still accept it.
clean-submit = { $count ->
    [one] Delete 1 certificate
   *[other] Delete { $count } certificates
}
clean-progress = { $done } of { $count } done
clean-done-title = The unneeded certificates were deleted
clean-done-lead = Each was checked to be gone
clean-done-left = { $count } could not be deleted; see why below
clean-gone = The certificate of { $name } was deleted
clean-left = The certificate of { $name } is still here
clean-why = { $title }. { $next }
spent-issued = Issued { $date }
spent-expiry = Expires { $date }

# Certificates that cannot be read
unreadable-heading = { $count ->
    [one] 1 can’t be read
   *[other] { $count } can’t be read
}
unreadable-word = Can’t be read
unreadable-part = can’t be read
unreadable-issuer = Issuer
unreadable-id = ID
unreadable-date = Its validity ({ $from } – { $until }) has a date that does not exist, or no time zone. It can’t be used to log in. If you need it, ask its issuer for another one.
unreadable-bytes-after = Bytes follow the end of the certificate. It can’t be used to log in. If you need it, ask its issuer for another one.
unreadable-structure = Its content does not follow the rules for certificates. It can’t be used to log in. If you need it, ask its issuer for another one.
