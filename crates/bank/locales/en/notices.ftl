reissue = The certificate of { $user } was reissued
    .by-user = { $operator } had the certificate of { $name } ({ $user }) reissued on { $at }. If you did not expect this, stop the contract at once and call your branch.
    .by-branch = Your branch had the certificate of { $name } ({ $user }) reissued on { $at }. If you did not expect this, stop the contract at once and call your branch.
