# The PIN of a certificate store

pin-title = Enter the PIN
pin-what = The key of your certificate is kept under a PIN.
pin-each-use = This key asks for its PIN each time that it is used.
pin-label = PIN
pin-token = Kept in { $token }
pin-wrong = That PIN is wrong
pin-fewer = More wrong PINs will lock it.
pin-last = One more wrong PIN will lock it.
pin-submit = Continue
