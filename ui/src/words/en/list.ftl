# The list of certificates
list-sort = Sort by
list-column-name = Login ID
list-column-issuer = Issued by
list-column-until = Valid until
list-ascending = ascending
list-descending = descending
list-days-left = { $days ->
    [0] ends today
    [1] ends tomorrow
   *[other] { $days } days left
}
list-choose = Choose the certificate of { $name }
list-chosen = { $count ->
    [one] 1 chosen
   *[other] { $count } chosen
}
list-choose-all = Choose all
list-choose-none = Choose none
issued-by = Issued by { $issuer }

# Deleting what was chosen
delete-chosen-title = { $count ->
    [one] Delete 1 certificate?
   *[other] Delete { $count } certificates?
}
delete-chosen-what = The certificates and their keys are deleted from this PC. This cannot be undone.
delete-chosen-more = and { $count } more
delete-chosen-usable = { $count ->
    [one] One of them can be used now. After the deletion you cannot log in with it until you get a new one.
   *[other] { $count } of them can be used now. After the deletion you cannot log in with them until you get new ones.
}
delete-chosen-done = { $count ->
    [one] 1 certificate was deleted
   *[other] { $count } certificates were deleted
}
delete-chosen-none-done = Nothing was deleted

# Details
certificate-more = Details
fact-issuer = Issued by
copy-serial = Copy serial number
copy-fingerprint = Copy fingerprint
export-open = Save certificate to a file
export-title = Save certificate to a file
export-what = The file contains no key. Use it to give the certificate to somebody.
export-pem = Text (PEM)
export-der = Binary (DER)
export-done = Saved as { $file }.

# Importing one file after the other
drop-many = { $count ->
    [one] Drop here to import 1 file
   *[other] Drop here to import { $count } files, one after the other
}
import-queue = File { $number } of { $count }
import-next = Next file
import-skip = Leave out this file
import-refused = { $file } can’t be imported. { $why }
import-place = For
import-place-none = Not of a bank or site that was added
import-done-elsewhere = It is saved on this PC
certificate-no-service = No bank added for it
