# Certificates on this PC
certificates-usable = { $count ->
    [one] 1 ready to use
   *[other] { $count } ready to use
}
certificates-others = { $count ->
    [one] 1 that cannot be used, and why
   *[other] { $count } that cannot be used, and why
}
certificates-search = Find by login ID, name or serial number
certificates-matches = { $count ->
    [one] 1 found
   *[other] { $count } found
}
certificates-no-match = No certificate matches. Try fewer words.

fact-renewal = Renewal
fact-last-login = Last login
renewal-from = possible from { $date }
last-login-never = No login from this PC yet
sentence-end = .
key-strength = { $kind }
key-none = Its key is not on this PC. Nobody can log in with this certificate.
key-hardware-more = The key cannot be taken out of the device, and so not copied to another PC.
key-os-more = The key is kept from being taken out. Only your own account on this PC can use it.
key-file-more = Whoever can sign in to this PC may be able to use the key. Lock the screen when you leave your seat.
chain-title = Who vouches for it
chain-lead = Each authority vouches for the certificate below it.
chain-until = Valid until { $date }
chain-elsewhere = The certificate of this authority is held by the server
chain-own = This certificate
certificate-login = Log in with this certificate

# Deleting
delete-only = This is the only certificate on this PC with which { $name } can log in. Once it is deleted, nobody can log in until a new one is acquired. This cannot be undone.
delete-understood = I understand that nobody will be able to log in

# Importing
import-open = Import from a file
import-choose-title = Choose the certificate file to import
import-kind = Certificate file
import-title = Import this file
import-lead = Enter the password that you were told when you received the file
import-password = Password of the file
import-password-hint = If the file has no password, leave this empty.
import-look = See what is in it
import-looking = Checking
import-accept-when = Go on only if the file came straight from the bank or from your administrator.
import-accept = Go on without the check
import-unprotected = Nothing shows whether this file has been changed on its way. Import only what you expected.
import-check-title = Import this certificate?
import-check-lead = This is what { $file } holds
import-which = Certificate to import
import-unreadable = { $count ->
    [one] 1 damaged certificate in the file is left out
   *[other] { $count } damaged certificates in the file are left out
}
import-already = Already here
import-same-serial = Same serial number as a certificate on this PC (ID { $id })
import-told-apart = Issued { $from } · expires { $until } · issuer { $issuer } · serial number { $serial }
import-chain = Issued by: { $names }
import-submit = Import
import-busy = Importing
import-done-title = The certificate is imported
import-done-lead = You can use it on this PC
import-keep-file = “{ $file }” holds the key. Put it where nobody else can get it, or delete it.
import-no-bank = The bank that issued this certificate has not been added. Add it in order to log in.
import-to-list = See all certificates
drop-here = Let go to import
drop-here-more = Nothing is kept yet. First you see what is in the file.
drop-several = One at a time, please
drop-several-more = Bring only the one file that you want to import.
drop-refused = This cannot be imported

# Renewing
renew-open = Renew
renew-title = Renew the certificate
renew-lead = { $bank } gives you a certificate with a new expiry date
renew-resume-lead = It goes on from where it stopped
renew-resume = Go on
renew-what = A new key is made on this PC. No password is needed. Until it is done, the present certificate can be used.
renew-busy-title = Renewing the certificate
renew-busy-lead = If you close the window, you can go on later
renew-stopped = Stopped. What was done so far is kept, and you can go on at any time.
renew-done-title = The certificate is renewed
renew-done-lead = The next login uses the new one
renew-old = The old certificate of { $name } (until { $date }) is no longer used.
renew-delete-old = Delete the old one
renewal-cut = The renewal of the certificate of { $name } is not finished.

# Cleaning up
clean-open = Clean up
clean-title = Clean up certificates that are no longer needed?
clean-lead = Certificates that will not be used again are deleted from this PC, with their keys
clean-what = This cannot be undone. Uncheck any that you want to keep. Listed here is only what no bank or site that was added can accept any more; never a key that opens old mail, nor a certificate of another program.
clean-count = { $count ->
    [one] 1 can be cleaned up
   *[other] { $count } can be cleaned up
}
clean-none = There is nothing to clean up.
clean-kept = { $count ->
    [one] 1 that cannot be used and stays, and why
   *[other] { $count } that cannot be used and stay, and why
}
kept-not-of-a-service-here = Kept: it belongs to no bank or site that was added here. Another program may use it.
kept-another-purpose = Kept: its key is not for logging in alone. It may open old mail or files.
kept-clock-not-compared = Kept: it looks expired, and no bank or site could be asked whether this PC’s clock is right.
kept-may-log-in = Kept: a bank or site that was added here may still accept it.
clean-submit = { $count ->
    [one] Delete 1 certificate
   *[other] Delete { $count } certificates
}
clean-progress = { $done } of { $count } done
clean-done-title = The clean-up is done
clean-done-lead = Each was checked to be gone
clean-done-left = { $count } could not be deleted; see why below
clean-gone = The certificate of { $name } is deleted
clean-left = The certificate of { $name } is still here
clean-why = { $title }. { $next }
spent-issued = Issued { $date }
spent-expiry = Expires { $date }

# Certificates that cannot be read
unreadable-heading = { $count ->
    [one] 1 that cannot be read
   *[other] { $count } that cannot be read
}
unreadable-word = Cannot be read
unreadable-part = cannot be read
unreadable-issuer = Issuer
unreadable-id = ID
unreadable-date = Its validity ({ $from } – { $until }) has a date that does not exist, or no time zone. It cannot be used to log in. If you need it, ask its issuer for another one.
unreadable-bytes-after = Bytes follow the end of the certificate. It cannot be used to log in. If you need it, ask its issuer for another one.
unreadable-structure = Its content does not follow the rules for certificates. It cannot be used to log in. If you need it, ask its issuer for another one.
