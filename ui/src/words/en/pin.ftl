# The PIN of a certificate store

pin-title = Enter the PIN
pin-what = The certificate store needs a PIN to use the key of your certificate.
pin-each-use = This key asks for the PIN each time it is used.
pin-label = PIN
pin-token = Certificate store { $token }
pin-wrong = The PIN is wrong
pin-fewer = If you enter a wrong PIN again, the store may be locked.
pin-last = One more wrong PIN locks the store.
pin-submit = Continue
