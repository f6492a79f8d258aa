# The paper that is handed to the branch.

title-revocation = Notice of revocation of a certificate
title-request = Request for a new certificate
addressed = To: { $to }
date = Date: ____________________
request = For the user named below we ask for the { $act }.
service = Service
company = Company
user = Login ID
person = Name
role = Role
serial = Serial number of the certificate
until = Certificate valid until
act = What is asked for
act-revoke = revocation of the certificate
act-reissue = reissue of the certificate
reason = Reason
reasons = □ Another PC　□ Broken or lost　□ Other (                        )
branch = Branch
telephone = Telephone
seal = Registered seal
note = The branch reports when it is done.
note-branch = Fill in, stamp and hand this to your { $branch }, which reports when it is done. Questions: { $telephone } ({ $hours })
bank-use = For the bank
bank-received = Received
bank-seal-checked = Seal checked
bank-done = Done
