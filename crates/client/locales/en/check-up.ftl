# What a check of this PC found, what that means, and what to do where there is something to do.

version = Inkan { $version }
    .detail = The version that runs on this PC.

store-hardware = The certificate store opens
    .detail = { $store }, with { $count ->
        [one] 1 certificate
       *[other] { $count } certificates
    }. A TPM or card keeps new keys, and they cannot leave it.

store-os = The certificate store opens
    .detail = { $store }, with { $count ->
        [one] 1 certificate
       *[other] { $count } certificates
    }. This PC’s system keeps new keys.

store-file = The certificate store opens
    .detail = { $store }, with { $count ->
        [one] 1 certificate
       *[other] { $count } certificates
    }. New keys are stored in a file on this PC.

certificate-unreadable = The certificate “{ $name }” cannot be read
    .detail = { $fault ->
        [date] Its validity ({ $from } – { $until }) has a date that does not exist, or no time zone.
        [bytes-after] Bytes follow the end of the certificate.
       *[structure] Its content does not follow the rules for certificates (X.509).
    } It cannot be used to log in. Its ID begins with { $id }.
    .next = If you need it, ask its issuer for another one. If not, you can delete it from the list of certificates.

certificate-dates-contradict = The dates of the certificate “{ $name }” contradict each other
    .detail = It expires on { $until }, before it becomes valid on { $from }, so it cannot be used to log in. Its ID begins with { $id }.
    .next = If you need it, ask its issuer for another one. This PC’s clock is not the cause.

keys-open = The keys of the certificates work
    .detail = { $count ->
        [one] 1 key signed
       *[other] { $count } keys signed
    } a test message.

keys-none = There is no certificate for a bank or a site
    .detail = There is no key to test.

key-lost = The key of “{ $name }” can no longer be opened
    .detail = A software key belongs to an account of Windows or another system. Under another account, after an administrator has reset the password, after a repair or a restored profile it cannot be opened any more. A TPM’s key is lost with the board.
    .next = If the PC cannot be brought back to what it was, the certificate must be reissued.

key-lost-of-site = The key of “{ $name }” can no longer be opened
    .detail = A software key belongs to an account of this PC. Under another account, after an administrator has reset the password, after a repair or a restored profile it cannot be opened any more.
    .next = If the PC cannot be brought back to what it was, ask the issuer of the certificate for a new one.

key-not-usable-now = The key of “{ $name }” did not sign just now
    .detail = Its store, or a person, refused the use of the key, or was busy. That says nothing against the key, and nothing is lost.
    .next = Close other programs that use the store, allow the use of the key if you are asked, and check again. Do not delete the certificate.

key-unsupported = Inkan cannot sign with the key of “{ $name }”
    .detail = The key is { $kind }. Inkan signs with { $supported }. The key is not lost, and other programs may be able to use it.
    .next = Ask the issuer of the certificate for one with such a key. Nothing needs to be revoked or deleted.

key-not-tried = The key of “{ $name }” was not tried
    .detail = It needs a PIN or a card.
    .next = Have the PIN ready, connect the card and try again.

acquisition-waits = The certificate request of { $user } at { $bank } is not complete
    .detail = It continues with the same key. No reissue is needed.
    .next = Continue to get the certificate.

renewal-waits = The renewal of “{ $user }” at { $bank } is not complete
    .detail = It continues with the same key. The old certificate works until then.
    .next = Continue the renewal.

proxy-none = No proxy is set
    .detail = Connections go straight to the bank.

proxy-off = The settings say: no proxy
    .detail = Connections go straight to the bank, whatever the system says.

proxy-by-hand = A proxy is set manually
    .detail = Connections go through { $proxy }.

proxy-set = A proxy is set
    .detail = { $variable } sends connections through { $proxy }.

proxy-unreadable = The proxy settings cannot be used
    .detail = What { $variable } holds cannot be used as the address of a proxy.
    .next = Ask your administrator for the right address and set it.

roots = The trusted CAs are loaded
    .detail = This system trusts { $count ->
        [one] 1 CA
       *[other] { $count } CAs
    }; { $unreadable } could not be read.

roots-none = There is no trusted CA
    .detail = Only a bank that hands out a CA certificate of its own can be verified.
    .next = Install the system’s certificates (ca-certificates or the like).

bank-answers = { $bank } can be reached
    .detail = { $address } and the certificate login answer.

site-answers = { $bank } answers
    .detail = { $address } answered.

clock-right = The clock is right
    .detail = It differs from the clock of { $address } by no more than a minute.

clock-drifts = The clock has drifted
    .detail = It is about { $unit ->
        [seconds] { $amount ->
                [one] 1 second
               *[other] { $amount } seconds
            }
        [minutes] { $amount ->
                [one] 1 minute
               *[other] { $amount } minutes
            }
        [hours] { $amount ->
                [one] 1 hour
               *[other] { $amount } hours
            }
       *[days] { $amount ->
                [one] 1 day
               *[other] { $amount } days
            }
    } { $direction ->
        [ahead] ahead of
       *[behind] behind
    } the clock of { $address }. This PC says { $here }, and { $address } says { $there } (both in Japan time). One-time passwords and the dates of certificates may be judged wrongly.
    .next = Let the system set its clock by itself.

clock-of-server = The clock of { $address } cannot be right
    .detail = It says { $there } (Japan time), which its own certificate contradicts. This says nothing about the clock of this PC.
    .next = Compare this PC’s date and time with another clock, and tell the bank or the site’s administrator.

clock-not-told = The clock was not compared
    .detail = No server that was added has said what time it is.
    .next = Compare this PC’s date and time with another clock.

clock-not-compared = The clock was not compared
    .detail = No bank and no site has been added yet to compare it with.
    .next = Add a bank and try again.

bank-elsewhere = The bank’s login has moved to another server
    .detail = “{ $bank }” now publishes { $host } as the place to log in with a certificate. For safety, the previous place is kept.
    .next = If this agrees with what the bank has told you, remove this bank and add it again.
