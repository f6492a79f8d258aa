# What happened, what it means, what to do next: one message for each problem code.

who-you = You
who-administrator = An administrator
who-branch = Your branch
who-bank = The bank

# The plain words for what a bank may call by its own word.
called-login-id = login ID
called-login-password = login password
called-confirmation = confirmation password
called-bank = the bank

# The way to the next certificate, if its holder cannot get it alone.
reissue-first = { $helper ->
        [other_administrator] Ask another administrator to reissue the certificate.
        [revocation_form] Ask your branch.
        [request_form] Hand the request form to your branch.
        [telephone] { call-for-reissue }
        [branch] Ask your branch.
       *[administrator] Ask an administrator of your company to reissue the certificate.
    } After the reissue, get the new certificate on this PC, then delete the old one.
call-for-reissue = { $reached ->
        [yes] Call { $called_bank } for a reissue of an administrator’s certificate: { $desk }, { $telephone } ({ $hours }).
       *[no] Call { $called_bank } and ask for a reissue.
    }

login_failed = Could not log in
    .detail = { $method ->
        [certificate] The { $called_login_password } is not right. It was compared with that of the { $called_login_id } in the certificate { $name }.
       *[id_password] The { $called_login_id } or the { $called_login_password } is not right.
    }
    .next = { $holders ->
        [certificate] If you have a certificate, log in with the certificate. Otherwise check capital and small letters, and try again. Too many wrong tries lock the login.
       *[anybody] Check capital and small letters, and try again. Too many wrong tries lock the { $called_login_password }.
    } If you do not know the { $called_login_password }, ask an administrator of your company. If you are an administrator and there is no other one, ask your branch.

login_password_locked = The { $called_login_password } is locked
    .detail = It was entered wrongly too many times in a row.
    .next = { $holders ->
        [certificate] If you have a certificate, log in with the certificate. If you have none, ask
       *[anybody] Ask
    } an administrator of your company to unlock it. If you are an administrator and no other one can unlock it, ask your branch.

id_password_not_allowed = ID and password cannot be used
    .detail = { $at ->
        [bank] At this bank you log in with a certificate only.
        [entrance] This login type is for certificates only. To log in with ID and password, use: { $entrances }.
       *[person] This login ID may log in with its certificate only.
    }
    .next = { $at ->
        [entrance] Log in with your certificate, or choose another login type.
       *[person] Log in with your certificate.
    }

entrance_not_allowed = You cannot log in with this login type
    .detail = The certificate or ID that you chose cannot be used with this login type.
    .next = Choose another login type or another certificate.

certificate_revoked = This certificate has been revoked
    .detail = The bank no longer accepts the certificate of { $name }.
    .next = { $issue ->
        [another] If it has not been reissued yet: { reissue-first }
       *[holder] Get a new certificate on this PC, then delete the old one. If you did not expect this, ask your administrator.
    }

certificate_superseded = This certificate has been renewed
    .detail = { $newer ->
        [elsewhere] The certificate of { $name } has been replaced by a newer one, which is not on this PC. The bank no longer accepts this one.
       *[here] A newer certificate of { $name } is in use. The bank no longer accepts this one.
    }
    .next = { $newer ->
        [here] Choose the newer certificate. This one can be deleted.
        [elsewhere] If you use the newer one on another PC, log in there. If not, have it revoked, then get a certificate on this PC.
       *[unknown] If the newer certificate is on this PC, choose it. If not, have it revoked, then get a certificate on this PC.
    }

certificate_expired = { $clock ->
        [unconfirmed] This certificate has expired, or this PC’s clock is ahead
       *[confirmed] This certificate has expired
    }
    .detail = { $judged ->
        [here] The certificate of { $name } is valid until { $until }. By this PC’s clock, today is { $today }.
       *[there] The certificate of { $name } is past its last day.
    }
    .next = { $clock ->
        [unconfirmed] If this PC’s date is wrong, set it right and delete nothing. { $issue ->
            [another] If it is right: { reissue-first }
           *[holder] If it is right, get a new certificate on this PC, then delete the old one.
        }
       *[confirmed] { $issue ->
            [another] { reissue-first }
           *[holder] Get a new certificate on this PC, then delete the old one.
        }
    }

certificate_unknown = The bank does not know this certificate
    .detail = Its CA signed it, but there is no record of the issue.
    .next = Choose another certificate, or ask your branch.

session_ended = You have been logged out
    .detail = You logged out, or you did nothing for a while.
    .next = Log in again.

session_not_bound = This is not the certificate that you logged in with
    .detail = You can stay logged in only with the certificate that you logged in with.
    .next = Log in again.

password_change_required = Your passwords must be changed
    .detail = { $by ->
        [another] Another person set the current password. Until you choose a new one, you cannot get a certificate or do anything else with it.
       *[other] The bank asks for new passwords before anything else.
    }
    .next = { $how ->
        [both_answers] Put new_login_password and new_confirmation_password into the answers (--answers).
        [login_answer] Put new_login_password into the answers (--answers).
       *[other] Choose new passwords.
    }

login_id_malformed = This cannot be a login ID
    .detail = The login ID is empty, or has a blank or a line end inside. It was not sent to the bank and not counted as a wrong try.
    .next = Check the login ID and enter it again.

password_malformed = { $fault ->
        [too_long] The password is too long
       *[character] The password contains a character that is not allowed
    }
    .detail = { $fault ->
        [too_long] A { $which ->
            [confirmation] confirmation password
           *[login] login password
        } of this bank has at most { $max ->
            [one] 1 character
           *[other] { $max } characters
        }. What you entered is longer. It was not counted as a wrong try.
        [opaque_character] What you entered contains a character that is not seen, such as a line end, or is empty. It was not counted as a wrong try.
       *[character] Passwords have half-width letters and digits. What you entered contains another character, such as a full-width one or a blank, or is empty. It was not counted as a wrong try.
    }
    .next = { $fault ->
        [too_long] Check what you entered, and enter it again.
        [opaque_character] Check what you entered, and enter it again.
       *[character] Switch the Japanese input off and enter half-width letters and digits.
    }

password_rule_broken = This password cannot be used
    .detail = { $fault ->
        [exact_length] It must have { $max ->
            [one] 1 character
           *[other] { $max } characters
        }.
        [too_short] It must have { $min } to { $max } characters.
        [too_long] It must have { $min } to { $max } characters.
        [character] Only half-width letters and digits can be used.
        [opaque_character] Characters that are not seen, such as line ends, cannot be used.
        [not_mixed] It must have both half-width letters and digits.
        [like_user_id] It must differ from the { $called_login_id }.
        [like_login_password] It must differ from the { $called_login_password }.
        [unchanged] It is the same as the current password, and must differ from it.
        [common] Many people use it, so that it is easy to guess.
        [like_name] It can be guessed from the { $called_login_id }, the name or the name of the bank.
       *[other] It breaks a rule of the bank.
    } No password was changed.
    .next = Enter another password.

confirmation_password_wrong = The { $called_confirmation } is not right
    .detail = Nothing was done.
    .next = Enter your own { $called_confirmation } again. Repeated wrong entries lock it.

confirmation_password_locked = The { $called_confirmation } is locked
    .detail = It was entered wrongly too many times in a row.
    .next = Ask another administrator to unlock it. If no other administrator can unlock it, ask your branch.

confirmation_password_unregistered = No { $called_confirmation } is registered
    .detail = The { $called_confirmation } is needed for this.
    .next = Log in and register your { $called_confirmation }.

not_permitted = { $helper ->
        [other_administrator] You can’t do this for yourself
        [revocation_form] This is done on paper
        [request_form] This is done on paper
        [telephone] This is done by telephone
        [branch] Your branch does this
        [revocation] Here a certificate is revoked, not reissued
       *[administrator] An administrator does this
    }
    .detail = { $helper ->
        [other_administrator] Another administrator does it for your own certificate.
        [revocation_form] No user of your company can do it for your own certificate.
        [request_form] For security, an administrator’s own certificate cannot be reissued or revoked over the internet.
        [telephone] An administrator’s own certificate cannot be reissued or revoked here.
        [branch] { $limit ->
            [unlocks] The passwords of this user were unlocked { $most ->
                [one] once
               *[other] { $most } times
            } within a day. After that, only the branch unlocks them.
           *[none] At this bank no user of your company can do this.
        }
        [revocation] At this bank the certificate is revoked, and its holder gets a new one.
       *[administrator] Your role may not do this.
    }
    .next = { $helper ->
        [other_administrator] Ask another administrator.
        [revocation_form] Hand the notice of revocation to your branch.
        [request_form] Hand the request form to your branch.
        [telephone] { call-for-reissue }
        [branch] Ask your branch.
        [revocation] Revoke it, then get the new one on the new PC.
       *[administrator] Ask an administrator of your company.
    }

user_unknown = There is no such user
    .detail = { $user } is not a user of this contract.
    .next = Check the login ID.

no_live_certificate = There is no valid certificate
    .detail = { $user } has no certificate that is valid now.
    .next = { $remedy ->
        [reissue] Choose “Reissue”.
       *[other] Have the user get a certificate on the PC to be used.
    }

expired_not_kept = An expired certificate cannot be kept
    .detail = The certificate of { $user } has expired.
    .next = Choose “Reissue”.

own_not_allowed = You can’t do this for yourself
    .detail = { $helper ->
        [branch] No other user of your company can do this for you.
       *[other_administrator] This is done by an administrator who is not the person concerned.
    }
    .next = { $helper ->
        [branch] Ask your branch.
       *[other_administrator] Ask another administrator. If there is none, ask your branch.
    }

user_field_invalid = This value cannot be set
    .detail = { $fault ->
        [alarm_period] The alarm period ({ $alarm }) is longer than the change period ({ $change }), in days.
        [company] The contract has no company with the code { $value }.
        [characters] A name cannot have control characters, or characters that hide or reverse the text.
        [set_by_another] A user must change a password that another person set, at the next login. The forced password change cannot be switched off.
        [name] A name has { $max ->
            [one] 1 character
           *[other] 1 to { $max } characters
        }.
       *[too_large] { $field } can be { $max } at most.
    } Nothing was changed.
    .next = Correct it and try again.

user_field_not_allowed = This cannot be changed
    .detail = { $field ->
        [name] The name
        [role] The role
        [login_password] The login password
        [confirmation_password] The confirmation password
        [approval_password] The approval password
        [transfer_password] The password for single transfers
        [single_transfer] Whether single transfers are allowed
        [transfer_limit] The limit of single transfers
        [forced_change] The forced password change
        [change_period] The change period
        [alarm_period] The alarm period
        [companies] The choice of companies
       *[other] { $field }
    } cannot be changed for this user by an administrator.
    .next = Leave it out, and change the rest.

contract_frozen = The contract has been stopped
    .detail = An administrator or the branch has stopped all use of this contract.
    .next = Call your branch. Only the branch can reopen the contract.

cooling_down = Changes must wait after a reissue
    .detail = To stop fraud by a false reissue, a reissued certificate can change nothing until { $until }.
    .next = Try again after { $until }, or ask another administrator.

certificate_not_issued = No certificate has been issued
    .detail = There is no certificate that { $user } can get.
    .next = { $helper ->
        [administrator] Ask an administrator to reissue it.
        [other_administrator] Ask another administrator to reissue it.
        [revocation_form] Ask your branch.
        [request_form] Hand the request form to your branch.
        [telephone] { call-for-reissue }
        [branch] Ask your branch.
       *[unknown] Ask an administrator to reissue it. The branch issues an administrator’s own certificate.
    }

acquisition_deadline_passed = The time to get the certificate is over
    .detail = The certificate that was issued to { $user } was not saved on a PC by the deadline.
    .next = { $helper ->
        [administrator] Ask an administrator to reissue it.
        [other_administrator] Ask another administrator to reissue it.
        [revocation_form] Ask your branch.
        [request_form] Hand the request form to your branch.
        [telephone] { call-for-reissue }
        [branch] Ask your branch.
       *[unknown] Ask an administrator to reissue it. The branch issues an administrator’s own certificate.
    }

otp_required = A one-time password is needed
    .detail = Getting a certificate also takes the one-time password of your hardware token.
    .next = Enter the one-time password that your token shows. If the token has not been activated yet, enter its serial number, too.

otp_malformed = A one-time password has half-width digits only
    .detail = What you entered does not have all the half-width digits that the token shows. It was not counted as a wrong try.
    .next = Switch the Japanese input off and enter all digits that the token shows in half-width.

otp_wrong = The one-time password is not right
    .detail = Nothing was done.
    .next = Enter what your hardware token shows now. Too many wrong tries lock the token.

otp_used = This one-time password has been used already
    .detail = Each one-time password counts only once, also if several people share a token.
    .next = Wait until the token shows the next one, and enter that.

token_locked = The hardware token is locked
    .detail = Wrong one-time passwords were entered too many times in a row.
    .next = Ask another administrator to unlock it. If there is none, hand the paper form to your branch.

token_out_of_step = The hardware token is out of sync
    .detail = The one-time password is not the current one. Nothing was done.
    .next = Enter the one-time password that the token shows now. If this happens again, resynchronise the token with two that follow each other.

token_resync_failed = The hardware token was not resynchronised
    .detail = The two one-time passwords do not follow each other on your token.
    .next = Enter the one-time password that the token shows, wait for the next one, and enter that, too.

token_not_active = A hardware token is needed
    .detail = This needs a one-time password, and you have activated no token yet.
    .next = { $how ->
        [answers] Try again with the serial number as token_serial and the one-time password that it shows as otp in the answers (--answers). That also activates the token.
       *[other] Activate your token with its serial number and the one-time password that it shows.
    }

token_expired = The hardware token has expired
    .detail = The expiry date of the token has passed.
    .next = Have an administrator revoke it, then activate the new one. If none was sent to you, ask your branch.

token_unusable = Your own hardware token cannot be used
    .detail = A revocation needs a one-time password of your own token, which must be in use. Nothing was done.
    .next = Ask another administrator to do it. If there is none, hand the paper form to your branch, or call your branch.

token_serial_unknown = The serial number is not right
    .detail = What you entered is not the serial number of a hardware token that was sent to your company.
    .next = Check the serial number on the back of the token, 8 to 12 digits.

token_activation_too_early = The new hardware token cannot be activated yet
    .detail = The old token was revoked a short time ago. The new one can be activated from { $from } (Japan time).
    .next = Activate it then. Before that, you can log in and skip the activation.

token_already_active = A hardware token is in use already
    .detail = The old token must be revoked before a new one is activated.
    .next = Have an administrator revoke the old token first.

token_none = There is no hardware token
    .detail = { $user } has no hardware token to which this applies.
    .next = Choose other users.

certificate_already_issued = { $here ->
        [installed] The certificate is on this PC already
        [keyless] The certificate is on this PC without its key
        [deleted] The certificate was deleted from this PC
       *[elsewhere] The certificate has been issued already
    }
    .detail = { $here ->
        [installed] The certificate of { $name } is here and valid until { $until } (Japan time). { $user } can have only one.
        [keyless] The certificate of { $name } is here, but its private key is not. The bank still counts it as the only one of { $user }.
        [deleted] It was deleted here{ $dated ->
            [no] , while this PC’s clock was wrong
           *[yes] {" "}on { $on } (Japan time)
        }, and the bank still counts it as valid. A deleted certificate cannot be brought back, and { $user } can have only one.
       *[elsewhere] { $user } can have only one, and it is not on this PC: it is on another PC, or was deleted there. It must be revoked first.
    }
    .next = { $here ->
        [installed] Log in with it.
        [keyless] { $helper ->
            [other_administrator] Have another administrator { $act ->
                [revoke] revoke
                [reissue] reissue
               *[either] revoke or reissue
            } it; delete the one here, and get a new one.
            [revocation_form] Hand the notice of revocation to your branch; delete the one here, and get a new one.
            [request_form] Hand the request form to your branch; delete the one here, and get a new one.
            [telephone] Call { $called_bank } and ask for a reissue; delete the one here, and get a new one.
            [branch] Ask your branch.
           *[administrator] Have an administrator of your company { $act ->
                [revoke] revoke
                [reissue] reissue
               *[either] revoke or reissue
            } it; delete the one here, and get a new one.
        }
        [deleted] { $helper ->
            [other_administrator] Have another administrator { $act ->
                [revoke] revoke
                [reissue] reissue
               *[either] revoke or reissue
            } it; then get it here again.
            [revocation_form] Hand the notice of revocation to your branch; then get it here again.
            [request_form] Hand the request form to your branch; then get it here again.
            [telephone] Call { $called_bank } and ask for a reissue; then get it here again.
            [branch] Ask your branch.
           *[administrator] Have an administrator of your company { $act ->
                [revoke] revoke
                [reissue] reissue
               *[either] revoke or reissue
            } it; then get it here again.
        }
       *[elsewhere] { $helper ->
            [other_administrator] { $own ->
                [yes] Revoke it on the old PC, or have
               *[no] Have
            } another administrator { $act ->
                [revoke] revoke
                [reissue] reissue
               *[either] revoke or reissue
            } it; then get it here.
            [revocation_form] Hand the notice of revocation to your branch; when it is done, get it here.
            [request_form] Hand the request form to your branch; when it is done, get it here.
            [telephone] Call { $called_bank } and ask for a reissue; then get it here.
            [branch] Ask your branch.
           *[administrator] { $own ->
                [yes] Revoke it on the old PC, or have
               *[no] Have
            } an administrator of your company { $act ->
                [revoke] revoke
                [reissue] reissue
               *[either] revoke or reissue
            } it; then get it here.
        }
    }

too_many_certificates = Too many certificates within one hour
    .detail = The bank issues at most { $most ->
        [one] 1 certificate
       *[other] { $most } certificates
    } within one hour to one person.
    .next = Try again after { $until } (Japan time). If you did not ask for these certificates, call the bank.

enrolment_code_invalid = The time to get the certificate is over
    .detail = The bank’s check is valid for a few minutes only.
    .next = Start again with your { $called_login_id } and { $called_login_password }. Inkan goes on from where it stopped.

renewal_too_early = The certificate cannot be renewed yet
    .detail = This certificate can be renewed from { $from } (Japan time).
    .next = Try again after { $from }. Until then, go on using the current certificate.

certification_request_invalid = The bank did not accept the request
    .detail = { $fault ->
        [key_kind] The bank accepts keys on the curve P-256, and RSA keys of 2048 to 4096 bits with the exponent 65537. The key of the request is of another kind.
        [key_weak] The key of the request is weak: others can compute it.
        [hash] The request is signed with a hash that is no longer secure. The bank accepts SHA-256 and stronger ones.
        [signature] The signature of the request does not match its key.
        [other_connection] The request was made for another connection than the one on which it was sent.
        [form] The request is not in the form that the bank reads (PKCS#10).
       *[none] The form, the signature or the key of the request is not accepted.
    }
    .next = Tell your branch the reference number.

ca_ending = The bank cannot issue certificates now
    .detail = The bank’s CA expires at { $until } (Japan time), before a new certificate would expire. Nothing was done.
    .next = Tell your branch the reference number.

request_invalid = { $late ->
        [yes] The request did not reach the bank in time
       *[no] The bank did not understand the request
    }
    .detail = { $late ->
        [yes] The connection to the bank is slow, or was interrupted. The bank has done nothing.
       *[no] This app and the bank’s service may be of different versions.
    }
    .next = { $late ->
        [yes] Check the network of this PC, then try again.
       *[no] Update the app and try again.
    }

not_found = The bank did not find it
    .detail = What was asked for does not exist at the bank.
    .next = Open the page again.

bank_unavailable = The bank’s service is not available now
    .detail = { $answered ->
        [yes] { $address } answered with the HTTP status { $status }: the service is stopped for a while, or has too many requests.
       *[no] The bank’s service is stopped for a while, or has too many requests.
    }
    .next = { $wait ->
        [yes] Try again after { $again } (Japan time), as the server asks.
       *[no] Try again in a while.
    } If you were in the middle of something, see first whether it was done.

bank_fault = Something went wrong at the bank
    .detail = Nothing was done.
    .next = Try again in a while. If it happens again, tell the bank the reference number.

bank_unreachable = The connection to the bank broke
    .detail = { $how ->
        [asked] { $address } asked for a certificate and broke the connection off { $sent ->
            [yes] after “{ $name }” was sent. It gave no reason, and may not accept that certificate.
           *[nothing] when none was sent. It gave no reason, and may demand a certificate.
        }
        [answer] The connection to { $address } broke before the answer was complete.
        [alert] { $address } broke the connection off. The reason that it gave by TLS is “{ $alert }”.
       *[unexplained] The connection to { $address } broke, or a proxy on the way did not find the server.
    }
    .next = { $how ->
        [asked] Try again in a while. If it happens again, ask the bank or the site’s administrator { $sent ->
            [yes] whether the certificate is accepted.
           *[nothing] which certificate is needed.
        }
        [alert] Try again in a while. If it happens again, tell the bank or the site’s administrator that reason.
       *[unexplained] Check the network and the address, then try again.
    }

proxy_login_required = The proxy asks for a user name and password
    .detail = { $proxy } demands a login before it connects to the bank.
    .next = Enter your user name and password for the company’s network, then try again. If you do not know them, ask your administrator.

proxy_login_unsupported = The proxy asks for a login that Inkan does not support
    .detail = { $proxy } accepts only { $schemes }.
    .next = Ask your administrator for a proxy that takes a user name and password.

proxy_unreachable = The proxy cannot be reached
    .detail = { $proxy } does not answer as a proxy.
    .next = Check the proxy’s address and port in the settings, then try again.

proxy_refused = The proxy refuses the connection to the bank
    .detail = { $proxy } answered { $status }.
    .next = Ask the network’s administrator to allow connections to the bank’s web address.

proxy_address_invalid = The proxy’s address is not valid
    .detail = { $proxy } cannot be used as the address of a proxy.
    .next = Check the proxy’s name and port number in the settings, or in the variable HTTPS_PROXY or ALL_PROXY.

bank_ca_unknown = The bank’s server cannot be verified
    .detail = The server certificate of { $address } { $relation ->
        [itself] is self-signed: no CA issued it.
        [namesake] leads up to “{ $issuer }”. A CA of that name was given, but with another key.
        [alone] comes from “{ $issuer }”, a CA that this PC does not trust. The server sends no intermediate CA certificate, and one may be missing.
       *[stranger] comes from a CA that this PC does not trust.
    } None of your data was sent.
    .next = { $relation ->
        [namesake] Get the bank’s current CA certificate from your administrator. Do not go on without it.
       *[other] Check the address, and have your administrator verify the bank’s CA certificate.
    }

bank_certificate_invalid = The bank’s server certificate is not valid
    .detail = The certificate of { $address } { $fault ->
        [purpose] was not issued for a server.
        [encoding] is malformed and cannot be read.
        [revoked] is revoked.
        [constrained] comes from a CA that may not issue certificates for this name.
       *[other] holds something that cannot be verified.
    } None of your data was sent.
    .next = Tell your branch.

certificate_refused = The server refused this certificate
    .detail = “{ $name }” was sent to { $address }, which { $known ->
        [short-key] refused it without a reason. Its RSA key is shorter than 2048 bits, and many servers refuse such a key.
       *[nothing] refused it without a reason or could not read it. As far as this PC knows, it is valid until { $until }.
    }
    .next = { $known ->
        [short-key] Ask the issuer of the certificate for one with a longer key.
       *[nothing] It may be revoked there, or the server may be at fault. Ask the issuer of the certificate what state it is in.
    }

certificate_not_sent = No certificate was sent
    .detail = { $asked ->
        [no] { $address } answers that it needs a certificate. It did not ask for one while the connection was made, so none could be sent.
       *[yes] { $address } asks for a certificate, and none was sent.
    }
    .next = { $asked ->
        [no] Check the address and its port number. If they are right, ask the bank or the site’s administrator: the server has to ask for the certificate.
       *[yes] { $adding ->
            [yes] If the address is right, add it as a site for the browser. You choose the certificate there.
           *[no] Choose the certificate to use and try again. If you have none, get one.
        }
    }

certificate_ca_unknown = The server does not accept the CA of this certificate
    .detail = { $address } does not accept certificates issued by { $issuer }.
    .next = Choose a certificate that you got from this bank.

intermediate_missing = An intermediate CA certificate may be missing
    .detail = { $address } does not accept { $issuer } by name, and no valid certificate on this PC leads from there to a CA that the server does accept.
    .next = Ask the issuer of the certificate for the CA certificates that belong to it (or a .p12 file that contains them), or choose another certificate.

certificate_not_asked = This server asks for no certificate
    .detail = { $address } accepted the connection without one. None was sent. Some sites ask for a certificate on some of their pages only.
    .next = Check that this is the address for logging in with a certificate.

no_common_scheme = The key cannot sign in a way that the server accepts
    .detail = { $address } accepts none of the signature schemes of this certificate’s key. TLS 1.2 was tried as well.
    .next = Ask your administrator about a certificate with another kind of key.

server_certificate_out_of_date = The bank’s server certificate { $early ->
        [yes] is not valid yet
       *[no] has expired
    }
    .detail = The certificate of { $address } is valid from { $from } to { $until }. By this PC’s clock, today is { $today }. None of your data was sent.
    .next = If the PC’s date is wrong, set it right. If it is right, tell your branch.

server_name_mismatch = The server certificate is for another name
    .detail = The certificate of { $address } is for { $names }. None of your data was sent.
    .next = Check the address. If it is right, do not connect, and tell your branch.

intercepted_by_proxy = Something on the way opens the connection
    .detail = In place of { $address }, something answered with a certificate of { $issuer }. Certificates do not work through a device that opens connections.
    .next = Ask your network administrator to exempt { $address } from inspection.

host_unknown = The server was not found
    .detail = { $answered ->
        [yes] A server answers there, and says that it is not { $address }.
       *[no] No server of the name { $address } was found.
    }
    .next = { $answered ->
        [yes] Check the spelling of the address.
       *[no] Check the spelling of the address, and that this PC is connected to the network.
    }

connection_refused = No service is running at this address
    .detail = The server of { $address } is there, but accepts no connection at this port number.
    .next = Check the address and its port number. If they are right, try again in a while.

network_unreachable = There is no network connection
    .detail = This PC has no route to { $address }.
    .next = Check the network connection and the VPN, then try again.

server_silent = The server does not answer
    .detail = { $begun ->
        [yes] { $address } began to answer, but its answer did not end in time.
       *[no] { $address } did not answer in time.
    } The service has too many requests, or a device on the way holds the connection back.
    .next = Try again in a while. If it happens again, ask your network administrator or the bank.

captive_portal = The network’s login page answers
    .detail = In place of { $address }, the login page of the network ({ $target }) answered. In a hotel or on public Wi-Fi, you must log in to the network first.
    .next = Open your browser and complete the network’s login, then try again.

server_names_no_host = The server certificate names no host
    .detail = The certificate of { $address } ({ $subject }) does not say which server it is for. A common name (CN) alone is not enough. None of your data was sent.
    .next = Tell the server’s administrator or the bank that the certificate needs the host name (SAN).

server_algorithm_unsupported = The server certificate is signed in a way that is not supported
    .detail = The certificate of { $address }, or its CA, uses { $algorithm }, which this app cannot verify. None of your data was sent.
    .next = Ask the server’s administrator or the bank for a certificate of a supported kind (RSA of 2048 bits or more, ECDSA P-256 or P-384).

server_algorithm_weak = The cryptography of the server certificate is too weak
    .detail = The certificate of { $address }, or its CA, uses { $algorithm }, which can be forged. None of your data was sent.
    .next = Tell the server’s administrator or the bank to replace the certificate.

certificate_of_other_purpose = This certificate is not for logging in
    .detail = “{ $name }” was sent to { $address }, which refused it. The certificate does not allow client authentication by its purpose.
    .next = Choose a certificate for logging in.

certificate_dates_contradict = The dates of this certificate contradict each other
    .detail = “{ $name }” expires on { $until }, before it becomes valid on { $from }. It cannot be used anywhere. This PC’s clock is not the cause.
    .next = Ask the issuer of the certificate for another one.

server_cannot_check_certificate = The server cannot check this certificate
    .detail = “{ $name }” is valid until { $until }, but { $address } refused it as expired or unverifiable. The server’s revocation list (CRL), its CA certificates or its clock may be out of date.
    .next = Do not delete the certificate. Check this PC’s date and time. If they are right, tell the administrator of { $address } or the bank.

certificate_asked_later = This site asks for a certificate only later
    .detail = { $address } connects first, and asks for a certificate by a second handshake when some of its pages are opened. Current TLS does not support that.
    .next = Try it in the browser. If it does not open there, ask the site’s administrator to request the certificate at the beginning of the connection.

access_forbidden = The server refused access (403)
    .detail = { $sent ->
        [yes] “{ $name }” was sent to { $address }, which refused with 403. The certificate may not be registered there, may have been removed, or may not be allowed to use this page.
        [nothing] { $address } asked for a certificate, got none, and answered 403. It may demand a certificate.
       *[no] { $address } answered 403. The address may be wrong, or may not be open to this network.
    }
    .next = { $sent ->
        [yes] Ask the site’s administrator or the bank whether the certificate is registered and what it may do.
        [nothing] Choose a certificate for this server and try again. If you have none, ask the site’s administrator or the bank.
       *[no] Check the address. If it is right, ask the site’s administrator or the bank.
    }

server_login_required = This server asks for a user name and password
    .detail = { $address } answered { $status } and asks for { $by ->
        [proxy] the user name and password of a proxy on the way
       *[web] a user name and password by HTTP
    }. This app sends none.
    .next = Check the address. If it is right, open it in the browser, or ask your administrator.

bank_redirected = The server points to another address
    .detail = { $address } answered that { $named ->
        [yes] { $target } is to be used in its place.
        [plain] { $target } is to be used in its place, where nothing would be encrypted.
        [within] another of its own pages is to be opened, as one for browsers does.
       *[no] another address is to be used, but did not say which.
    } This app does not go there by itself.
    .next = { $named ->
        [yes] If { $target } is what the bank gave you, enter that address.
        [plain] Check the address that the bank gave you. If it is right, tell the bank or the site’s administrator.
        [within] Check the address that the bank gave you. If it is right, the address is for the browser: add it as a site.
       *[no] Check the address that the bank gave you.
    }

page_answered = A web page came in place of the bank’s answer
    .detail = { $address } sent a web page, which this app cannot read. { $adding ->
        [yes] This app cannot be used with it directly. You can add it as a site for the browser.
       *[no] The service may be under maintenance, or a device on the way may answer in its place.
    }
    .next = { $adding ->
        [yes] If the address is right, add it as a site for the browser.
       *[no] Try again in a while. If it happens again, open the same address in the browser and look for an announcement.
    }

profile_unusable = What the bank publishes cannot be used
    .detail = What { $address } publishes about the bank is inconsistent. If the bank was added before, Inkan uses what it knew before.
    .next = Update the app. If it happens again, tell the bank.

certificate_login_elsewhere = The bank’s login is on another server
    .detail = { $address } leads to { $host } for the login with a certificate. A bank may use a second host, but a forged page would lead to one too. Nothing was added.
    .next = Ask the bank, by a telephone number that you already know, whether { $host } is its own. Add the bank with it only then.

clock_wrong = This PC’s clock is wrong
    .detail = It is about { $unit ->
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
    } the clock of { $address }. This PC says { $here }, and { $address } says { $there } (both in Japan time).
    .next = Set date and time right, then try again.

plain_http_answered = The answer was not encrypted
    .detail = { $address } answered in http, not https. None of your data was sent.
    .next = Check the address and its port number.

tls_not_spoken = The server does not encrypt connections
    .detail = The server at { $address } does not speak TLS.
    .next = Check the address and its port number.

tls_not_agreed = There is no common way to encrypt
    .detail = { $address } and this app share no version of TLS, no cipher, or no kind of key. The app uses TLS 1.2 and 1.3, and verifies servers with keys of RSA, P-256, P-384 or Ed25519.
    .next = Tell your branch.

bank_answer_unknown = The answer cannot be read
    .detail = { $fault ->
        [too-long] The answer of { $address } is too large to be that of a bank.
       *[unreadable] { $address } is not a service that this app knows, or is a newer one.
    }
    .next = Check the address, and update the app.

bank_address_invalid = The address is not right
    .detail = { $fault ->
        [empty] No address was entered.
        [http] An address that begins with http:// is not connected to, because nothing would be encrypted.
        [scheme] The address does not begin with https://.
        [login] The address has a user name or a password in it. Nothing was sent or kept.
        [blanks] The address has a blank or a line break inside.
        [port] The port, which follows the colon, is a number from 1 to 65535.
       *[unreadable] What was entered cannot be read as an address.
    }
    .next = Enter only the address that the bank gave you, which begins with https://.

link_unusable = This link cannot be opened
    .detail = The link is not written correctly, or this version does not know it. Nothing was done.
    .next = Enter the address that the bank gave you on the page that adds a bank.

no_profile = The server answered { $status }, which is not a login
    .detail = { $address } answered with the HTTP status { $status }{ $meaning ->
        [bad-request] {" "}(bad request)
        [not-found] {" "}(not found)
        [gone] {" "}(gone)
        [legal] {" "}(closed for legal reasons)
       *[other] {""}
    }. That is neither a bank’s answer nor a page to log in at.
    .next = { $adding ->
        [yes] If the address is right, add it as a site for the browser.
       *[no] Check the address. If it is right, try again in a while, then ask the bank or the site’s administrator.
    }

not_a_bank = This cannot be done here
    .detail = “{ $bank }” was added as a site, which opens in the browser. Logging in, getting certificates and the like happen on the site itself.
    .next = Open the site in the browser.

not_a_site = This bank does not open in the browser
    .detail = “{ $bank }” is used in this app.
    .next = Log in with this app.

bank_not_added = The bank has not been added
    .detail = There is no bank called { $bank } on this PC.
    .next = Add the bank first.

certificate_not_found = The certificate was not found
    .detail = The certificate that you chose is not on this PC.
    .next = Open the list again and choose.

contract_number_invalid = This cannot be the { $name }
    .detail = The { $name } has { $digits ->
        [one] 1 digit
       *[other] { $digits } digits
    }. Nothing was sent to the bank.
    .next = Look it up in the letter from your bank or ask your administrator, and enter it again.

entrance_unknown = There is no such login type
    .detail = The login types of this bank are { $entrances }.
    .next = Choose one of them and try again.

certificate_of_other_entrance = This certificate is for another login type
    .detail = The certificate “{ $name }” cannot be used for { $entrance }.
    .next = Switch to { $fitting }, or choose a certificate for { $entrance }.

nobody_else_can_help = After this, no other user of your company can help you
    .detail = No other user of your company can revoke or reissue your certificate. If you cannot get a new one on the new PC, you need a paper form from your branch. Nothing has been revoked yet.
    .next = Make sure that the new PC is ready before you go on.

guide_of_other_role = These steps are for another role
    .detail = The steps to a new PC were begun for another role than that of { $user }. The steps depend on the role, so nothing was revoked.
    .next = Choose your own role, and begin the steps again.

certificate_not_spent = This certificate stays
    .detail = The certificate of { $name } may still be needed, so it was not deleted.
    .next = Look at the list again. If you are sure, delete the certificate by itself.

certificate_not_yet_valid = { $clock ->
        [unconfirmed] This certificate is not valid yet, or this PC’s clock is behind
       *[confirmed] This certificate is not valid yet
    }
    .detail = The certificate of { $name } is valid from { $from } (Japan time). By this PC’s clock that is still to come.
    .next = Check this PC’s date and time. If they are right, log in after { $from }.

no_usable_certificate = { $reason ->
        [deleted] The certificate was deleted from this PC
       *[none] There is no certificate to use
    }
    .detail = { $reason ->
        [deleted] The certificate of { $user } was deleted here{ $dated ->
            [no] , while this PC’s clock was wrong
           *[yes] {" "}on { $on } (Japan time)
        }. It cannot be brought back, and { $user } can have only one: the bank gives no other until it is { $act ->
            [reissue] reissued
           *[revoke] revoked
        }.
        [revoked] The certificate of { $name } on this PC has been revoked, and no other one can be used at this bank.
       *[none] No certificate on this PC can be used at this bank. A certificate can be used only on the PC that got it.
    }
    .next = { $reason ->
        [deleted] { $helper ->
            [other_administrator] Have another administrator { $act ->
                [reissue] reissue
               *[revoke] revoke
            } it, if that has not been done; then get it here again.
            [revocation_form] Hand the notice of revocation to your branch, if that has not been done; then get it here again.
            [request_form] Hand the request form to your branch, if that has not been done; then get it here again.
            [telephone] Call { $called_bank } and ask for a reissue, if that has not been done; then get it here again.
            [branch] Ask your branch.
           *[administrator] Have an administrator of your company { $act ->
                [reissue] reissue
               *[revoke] revoke
            } it, if that has not been done; then get it here again.{ $role ->
                [unknown] {" "}For an administrator’s own certificate, see Move to a new PC.
               *[known] {""}
            }
        }
       *[none] { $methods ->
            [certificate] { $reason ->
                [revoked] { $issue ->
                    [another] If it has not been reissued yet: { reissue-first }
                   *[holder] Get a new certificate on this PC. If you did not expect this, ask your administrator.
                }
               *[none] Get a certificate on this PC.
            }
           *[both] { $reason ->
                [revoked] { $issue ->
                    [another] If it has not been reissued yet: { reissue-first }
                   *[holder] Get a new certificate, or log in with ID and password. If you did not expect this, ask your administrator.
                }
               *[none] Get a certificate, or log in with ID and password.
            }
        }
    }

several_certificates = Several certificates can be used
    .detail = Inkan does not know which one to use: { $names }
    .next = Look at the login ID and choose one.

not_confirmed = Nothing was done
    .detail = The question was not answered with yes (y).
    .next = To do it, run the command again and answer y.

answer_missing = Something is missing
    .detail = { $kind ->
        [option] This needs the option { $field }.
       *[answer] This needs { $field ->
            [login_password] the login password (login_password)
            [confirmation_password] the confirmation password (confirmation_password)
            [new_login_password] the new login password (new_login_password)
            [new_confirmation_password] the new confirmation password (new_confirmation_password)
            [new_approval_password] the new approval password (new_approval_password)
            [new_transfer_password] the new single transfer password (new_transfer_password)
            [new_user_login_password] the user’s new login password (new_user_login_password)
            [pkcs12_password] the password of the file (pkcs12_password)
            [otp] the one-time password (otp)
            [otp_next] the one-time password that follows (otp_next)
            [token_serial] the serial number on the token (token_serial)
            [contract_id] the contract number (contract_id)
           *[other] { $field }
        }.
    }
    .next = Enter it and try again.

answer_unused = Something that you gave is not used
    .detail = This command does not use { $fields }. Nothing was changed.
    .next = Check what you gave and try again.

nothing_to_change = There is nothing to change
    .detail = Nothing was given, or only what is registered already. Nothing was changed.
    .next = Give what is to be changed and try again.

certificate_id_needed = Give the certificate’s ID
    .detail = “{ $given }” does not say which certificate is meant. On this PC: { $candidates }
    .next = Give at least the first eight characters of the ID and try again.

usage_invalid = The command cannot be understood
    .detail = { $why }
    .next = “{ $command } --help” shows how it is used.

output_unwritable = The result could not be written
    .detail = The command has ended, but its result could not be printed ({ $cause }).
    .next = Check that there is room where the output goes. Before you repeat the command, check what it did, for example in the list.

file_unreadable = The file cannot be read
    .detail = { $reason ->
        [missing] There is no file { $file }.
        [denied] You have no permission to read { $file }.
       *[other] { $file } cannot be read.
    }
    .next = { $reason ->
        [denied] Ask the file’s owner or your administrator for permission to read it.
       *[other] Check the file’s name and folder, and try again.
    }

file_not_regular = This is not a file
    .detail = { $kind ->
        [directory] { $file } is a folder.
       *[device] { $file } is a pipe or a device, not a file.
    } Nothing was read.
    .next = Choose a file.

file_too_large = The file is too large
    .detail = { $file } is larger than { $limit } bytes. It may be another file than the one that was meant.
    .next = Check the file, and try again.

ca_certificate_damaged = A certificate in the file cannot be read
    .detail = { $file } holds { $of } certificates, and number { $number } of them is damaged. None was used, because the damaged one may be the server’s CA.
    .next = Get the file again, or take that certificate out of it.

ca_file_unsuitable = The file holds no CA certificate
    .detail = { $file } is { $kind ->
        [empty] empty.
        [zeros] a file of zeros: its content was lost, for example in a download that broke off.
        [pkcs12] a certificate with its private key (.p12, .pfx).
        [private_key] a private key.
        [public_key] a public key.
        [certification_request] a certificate signing request (.csr).
        [revocation_list] a revocation list (.crl).
        [java_key_store] a Java key store.
        [key_database] a database of keys.
        [ssh_key] a key for SSH.
        [open_pgp] a key or a message of OpenPGP.
        [archive] an archive. Unpack it: the certificate may be inside.
        [web_page] a web page. The login may have ended before the download.
        [document] a document or a picture.
        [mail] a mail. Save the file that is attached to it.
        [shortcut] a shortcut.
       *[unknown] not a certificate, or damaged.
    }
    .next = Ask the bank or your administrator for the CA certificate (.cer, .crt, .pem, .p7b).

answers_not_json = The file of answers cannot be read
    .detail = { $fault ->
        [empty] { $file } is empty. A file of answers has the form {"{"}"name": "value"{"}"}.
        [kind] { $file } is JSON, but not an object. The whole file has the form {"{"}"name": "value"{"}"}.
       *[syntax] { $file }, line { $line }, near column { $column }: this is not JSON. The whole file has the form {"{"}"name": "value"{"}"}.
    }
    .next = { $fault ->
        [empty] Write the answers into it, or leave out --answers.
        [kind] Put the answers into one pair of braces, each with its name.
       *[syntax] Check the quotation marks, commas and brackets in that line.
    }

file_not_unicode = The file is in another encoding
    .detail = { $file }, line { $line }: there is a character that is neither UTF-8 nor UTF-16.
    .next = Save the file as UTF-8.

answers_key_unknown = The file of answers has an unknown name
    .detail = { $file }, line { $line }: “{ $key }” is not the name of an answer. The names are { $keys }.
    .next = Correct the name.

answers_key_twice = The file of answers has the same name twice
    .detail = { $file }, line { $line }: “{ $key }” occurs a second time.
    .next = Keep only one of them.

answers_not_text = An answer in the file is not text
    .detail = { $file }, line { $line }: the value of “{ $key }” must be text between quotation marks.
    .next = Put the value between quotation marks.

file_unwritable = The file cannot be saved
    .detail = { $file } cannot be written.
    .next = Check that there is room on the disk and that you may write there, and try again.

paper_not_needed = No paper is needed
    .detail = The steps to your new PC need no paper form.
    .next = See the steps under Move to a new PC.

# Ends the next step of a store that was chosen.
-store-set-back = To go back to this system’s own store, open the settings or run inkan settings store native.

store_unavailable = The certificate store cannot be opened
    .detail = This PC’s certificate store could not be opened ({ $number }).
    .next = Try again. If it happens again, tell the help desk the reference number. { -store-set-back }

store_folder_missing = The folder of the certificate store does not exist
    .detail = There is no { $place }.
    .next = Check the path. { -store-set-back }

store_not_a_folder = The certificate store is not a folder
    .detail = { $place } is a file, not a folder.
    .next = Choose the folder that holds the database. { -store-set-back }

store_folder_foreign = The folder holds no certificate database
    .detail = { $place } holds other files, and no NSS database (cert9.db, key4.db). Nothing has changed.
    .next = Choose the folder that holds the database, or an empty one. { -store-set-back }

store_not_permitted = The certificate store may not be read
    .detail = Your account may not read { $place } ({ $number }).
    .next = Ask the administrator of this PC for the permission. { -store-set-back }

store_read_only = The certificate store is read-only
    .detail = { $place } cannot be written to ({ $number }).
    .next = Check the permissions of the folder and its files, and the disk. { -store-set-back }

store_incomplete = A part of the certificate database is missing
    .detail = { $place } is missing. Certificates and keys need both cert9.db and key4.db. Nothing has changed.
    .next = Restore the file from a backup. If there is no backup, move the other file away and get a new certificate. { -store-set-back }

store_damaged = The certificate database is damaged
    .detail = { $place } cannot be read: it is damaged, or a part of it is missing. Nothing has changed.
    .next = Restore both cert9.db and key4.db from a backup. Without a backup, set an empty folder as the store and get a new certificate. { -store-set-back }

store_old_format = The certificate database has an older format
    .detail = The database in { $place } (cert8.db) has an older format, which Inkan does not use. Nothing has changed.
    .next = Convert it with certutil -K -X -d sql:FOLDER. { -store-set-back }

store_busy = Another app is using the certificate store
    .detail = Another app holds { $place } ({ $number }).
    .next = Close the apps that use the same store, such as a browser, and try again.

store_path_unusable = The path of the certificate store cannot be used
    .detail = A folder with the name { $place } cannot be used.
    .next = Choose a folder with another name. { -store-set-back }

store_other_open = Another certificate database is open
    .detail = This app has { $place } open, and cannot open a second one.
    .next = Close the app and start it again.

store_nss_missing = NSS is not installed
    .detail = The library that keeps certificates (libsoftokn3) was not found ({ $number }).
    .next = Ask the administrator of this PC to install NSS (on Debian and Ubuntu the package libnss3).

store_no_home = There is no home folder
    .detail = The system does not name a home folder of your account, so the certificate store cannot be found.
    .next = Check the variable HOME, or name the store.

store_keychain_missing = There is no keychain
    .detail = This account has no keychain that can be used ({ $number }).
    .next = Check the default keychain in Keychain Access.

store_module_missing = The PKCS#11 module does not exist
    .detail = There is no { $place }.
    .next = Check the path. If the software of the card or device is not installed, install it. { -store-set-back }

store_module_not_a_library = The file is not a PKCS#11 module
    .detail = { $place } is not a library, or is damaged.
    .next = Choose the module that came with the software of the card or device. { -store-set-back }

store_module_of_other_system = The PKCS#11 module is for another kind of PC
    .detail = { $place } is for another system or another processor.
    .next = Install the module for this kind of PC. { -store-set-back }

store_module_needs_library = A library that the PKCS#11 module needs is missing
    .detail = { $place } needs another library, which cannot be loaded ({ $number }).
    .next = Install the software of the card or device again. { -store-set-back }

store_module_not_pkcs11 = The library is not a PKCS#11 module
    .detail = { $place } is a library without the functions of PKCS#11.
    .next = Choose the module that came with the software of the card or device. { -store-set-back }

store_module_failed = The PKCS#11 module does not start
    .detail = { $place } could not be started ({ $number }).
    .next = Check the configuration of the software of the card or device. { -store-set-back }

store_reader_missing = No card reader was found
    .detail = { $place } finds no card reader and no device.
    .next = Connect the card reader or the device, then try again. { -store-set-back }

store_no_token = There is no card in the reader
    .detail = No reader has a card ({ $place }).
    .next = Insert the card, then try again. { -store-set-back }

store_token_not_set_up = The card or device is not set up
    .detail = No card or device of { $place } has been initialised.
    .next = Initialise it with the software that came with it. { -store-set-back }

store_token_unrecognised = The card is not recognised
    .detail = { $place } does not know the card that is there ({ $number }).
    .next = Check that the card is inserted the right way round, and that the module is the one for this card. { -store-set-back }

store_token_unknown = No card or device has that name
    .detail = { $there ->
        [none] No card or device is called “{ $token }”, and no other one is connected.
       *[some] No card or device is called “{ $token }”. These are connected: { $tokens }.
    }
    .next = Check the name. { -store-set-back }

store_locked = The certificate store is locked
    .detail = It opens with a PIN.
    .next = Unlock it and try again.

store_wrong_pin = The PIN is wrong
    .detail = The certificate store does not open with that PIN.
    .next = Check the PIN and enter it again. Several wrong PINs may lock it.

store_pin_locked = The PIN is locked
    .detail = A wrong PIN was entered too often, so the card or device accepts no PIN now.
    .next = For a card, ask your administrator or the issuer of the card to unlock it. The security chip (TPM) of a PC unlocks by itself after a while.

token_removed = The card or device is not connected
    .detail = The card or device that holds the certificate has been removed.
    .next = Connect it again, then try again.

token_write_protected = The card or device is write-protected
    .detail = The card or device accepts no changes. Nothing has changed.
    .next = Allow changes to it, or choose another certificate store.

key_denied = The key may not be used
    .detail = Its use was cancelled when you were asked, or the settings of this PC forbid it.
    .next = Try again, and allow it when you are asked.

store_unsupported = This certificate store is not supported
    .detail = This version cannot use it.
    .next = Choose a store that is supported.

certificate_unreadable = The certificate cannot be read
    .detail = “{ $name }” is on this PC, but its content does not follow the rules for certificates (X.509). It cannot be used to log in.
    .next = Ask its issuer for another one. You can delete this one.

store_refused = The certificate store refused the operation
    .detail = Nothing has changed.{ $known ->
        [yes] {" "}The system’s own number for it is { $number }.
       *[no] {""}
    }
    .next = Try again. If it happens again, tell the help desk the reference number.

key_missing = The key is missing
    .detail = The certificate is on this PC, but its private key is missing or can no longer be opened. This happens under another account, after an administrator has reset the password, after a repair or a restored profile of Windows, or with a new board.
    .next = If the PC cannot be brought back to what it was, have the certificate revoked or reissued by your administrator or branch, delete it here and get a new one.

key_kind_unsupported = Inkan cannot sign with this kind of key
    .detail = The key is { $kind }. Inkan signs with { $supported }, in every certificate store.
    .next = Ask the issuer of the certificate for one with such a key. Nothing on this PC needs to be deleted.

key_mismatch = Certificate and key do not match
    .detail = The certificate that the bank sent belongs to another key. Nothing was saved.
    .next = Tell your branch the reference number.

issued_certificate_refused = The new certificate cannot be used
    .detail = { $fault ->
        [issuer] Its issuer ({ $issuer }) is not a CA of this bank.
        [signature] Its signature is not by its issuer ({ $issuer }).
        [name] It is for “{ $name }”, not for “{ $expected }”.
        [authority] It is a certificate for a CA, not for a user.
        [purpose] Its purposes do not include logging in (client authentication).
        [dates] It expires on { $until }, before it becomes valid on { $from }.
        [expired] It expired on { $until }. By the bank’s clock it is { $now }.
       *[early] It becomes valid on { $from }. By the bank’s clock it is { $now }.
    } Inkan did not install it. The key on this PC stays, so you can go on later.
    .next = Tell your branch the reference number. When the bank has put it right, start again as before.

already_installed = The certificate is already here
    .detail = The same certificate is on this PC.
    .next = Use it as it is.

serial_number_taken = A certificate with the same serial number is here
    .detail = The certificate on this PC whose ID begins with { $id } has the same issuer and serial number. Only one of the two can be on this PC, and nothing has changed.
    .next = Trying again does not help. Ask the issuer which of the two is right. Delete the one on this PC only if it is not the right one.

import_unsupported = This certificate store accepts no such key from outside
    .detail = It makes its keys itself, or does not know keys of this kind.
    .next = Choose another certificate store, or get a certificate on this PC.

pkcs12_password_wrong = The password is wrong, or the file is damaged
    .detail = The file does not show which of the two it is. Nothing was imported.
    .next = Enter the password again. If it still does not open, ask for a new file.

pkcs12_password_encoding = The password is right, but the contents cannot be opened
    .detail = The program that made the file encoded the password in an unknown way. Nothing was imported.
    .next = Ask the person who made the file for one whose password has only half-width letters and digits.

pkcs12_unreadable = This is not a certificate file with a key
    .detail = The file is not in the PKCS#12 format (.p12, .pfx), or part of it is missing.
    .next = Choose the .p12 or .pfx file that you were given.

file_empty = The file is empty
    .detail = There is nothing in { $file }. Nothing was imported.
    .next = Get the file again, or download it again.

file_zeros = The file holds nothing but zeros
    .detail = { $file } is not empty, but no content was written to it, as when a copy or a download breaks off. Nothing was imported.
    .next = Get the file again, or download it again.

file_certificate_only = The file holds a certificate without its private key
    .detail = { $file } holds certificates only (.cer, .crt, .pem). A certificate cannot be used to log in without its private key.
    .next = Ask the person who made the file for a .p12 or .pfx file with the private key, and for its password. If you have the PC that it comes from, export it there together with the private key.

file_certificate_collection = The file is a collection of certificates without private keys
    .detail = { $file } is in PKCS#7 (.p7b, .p7c) or a similar format, which has no place for a private key. A certificate cannot be used to log in without its private key.
    .next = Ask the person who made the file for a .p12 or .pfx file with the private key, and for its password.

file_key_only = The file holds a private key without its certificate
    .detail = { $file } holds a private key only (.key, .pem, .pvk). It cannot be imported by itself.
    .next = Ask the person who made the file for a .p12 or .pfx file that holds both key and certificate. Keep this key file in a place that other people cannot read.

file_key_and_certificate = The file holds a private key and a certificate in PEM
    .detail = Both are in { $file }, but only PKCS#12 files (.p12, .pfx) can be imported. Nothing was imported.
    .next = Ask the person who made the file to convert it to .p12 or .pfx (openssl pkcs12 -export does it).

file_other_key = The file holds a key of another kind
    .detail = { $file } holds { $kind ->
        [ssh_key] a key for SSH
        [open_pgp] a key or a message of OpenPGP
       *[public_key] a public key
    }, which cannot be used to log in.
    .next = Choose the .p12 or .pfx file that you were given.

file_certification_request = The file is a request for a certificate
    .detail = { $file } is a certificate signing request (.csr, .p10), not a certificate.
    .next = Ask the person who made the file for a .p12 or .pfx file with the certificate that was issued and its private key.

file_revocation_list = The file is a list of revoked certificates
    .detail = { $file } is a revocation list (.crl), not a certificate.
    .next = Choose the .p12 or .pfx file that you were given.

file_java_key_store = The file is a Java key store
    .detail = { $file } is in JKS or a similar format (.jks, .keystore), which cannot be imported.
    .next = Ask the person who made the file to convert it to .p12 or .pfx (keytool -importkeystore -deststoretype PKCS12 does it).

file_key_database = The file is a database of keys
    .detail = { $file } belongs to a browser or to the system, and cannot be imported by itself.
    .next = In that browser or system, export the certificate with its private key as .p12 or .pfx.

file_archive = The file is an archive
    .detail = { $file } is a ZIP or another archive, which cannot be imported.
    .next = Unpack it, and choose the .p12 or .pfx file inside.

file_web_page = The file is a web page
    .detail = A web page was saved as { $file } instead of a certificate. This happens if the login ended before the download.
    .next = Log in at the download page again, and download the certificate file again.

file_document = The file is a document or a picture
    .detail = { $file } is a PDF, another document or a picture, not a certificate.
    .next = Choose the .p12 or .pfx file that came with it.

file_mail = The file is a mail
    .detail = { $file } is a saved mail, not a certificate.
    .next = Open the mail, save the .p12 or .pfx file that is attached to it, and choose that file.

file_shortcut = The file is a shortcut
    .detail = { $file } only points to another file or to a web page. There is no certificate in it.
    .next = Choose the .p12 or .pfx file that it points to.

pkcs12_unprotected = The file has no integrity check
    .detail = Nothing shows whether the file was changed on its way. Nothing was imported.
    .next = Ask the person who made the file for one with an integrity check (MAC). Import it without the check only if it reached you by a safe way.

pkcs12_encryption_unknown = The file is encrypted in an unknown way
    .detail = This version does not support { $algorithm }.
    .next = Ask the person who made the file for one encrypted with AES-256.

pkcs12_too_many_iterations = The file would take too long to open
    .detail = It asks for { $iterations ->
        [one] 1 iteration
       *[other] { $iterations } iterations
    }; up to { $limit } are accepted. Nothing was imported.
    .next = Do not use this file unless you know where it comes from. Ask for a new one.

pkcs12_too_large = The file is too large
    .detail = It is larger, or nested deeper, than a certificate file can be.
    .next = Choose the .p12 or .pfx file that you were given.

pkcs12_without_key = There is no private key in the file
    .detail = The file holds certificates only. Without its key a certificate cannot be used to log in.
    .next = Export it again where it was made, together with its private key.

pkcs12_without_certificate = There is no certificate in the file
    .detail = The file holds { $count ->
        [one] a private key
       *[other] { $count } private keys
    } without a certificate. A key cannot be used to log in without its certificate. Nothing was imported.
    .next = Export it again where it was made, the certificate together with its private key.

pkcs12_certificate_unreadable = The certificate in the file cannot be read
    .detail = The password is right, and the private key is there. { $fault ->
        [date] The validity of the certificate ({ $from } – { $until }) has a date that does not exist, or no time zone.
       *[other] The content of the certificate does not follow the rules for certificates (X.509).
    } Nothing was imported.
    .next = Ask the issuer of the certificate for another one.

pkcs12_key_mismatch = Key and certificate do not belong together
    .detail = No certificate in the file is for its private key. Nothing was imported.
    .next = Have the file made again.

several_keys = There are several keys in the file
    .detail = They are: { $names }.
    .next = Choose the one to import.

key_number_unknown = The file has no such key
    .detail = “{ $given }” means none of the keys in the file, which has { $count ->
        [one] one key, number 1
       *[other] { $count } keys, numbers 1 to { $count }
    }. Nothing was imported.
    .next = Give the number of a key as the preview shows it, or the first eight characters or more of the ID of its certificate.

several_files = At most { $most ->
        [one] 1 file
       *[other] { $most } files
    } can be imported at once
    .detail = { $count ->
        [one] 1 file was
       *[other] { $count } files were
    } given. Nothing was imported.
    .next = Choose only the files that you want to import.

acquisition_running = The certificate of { $user } is being saved already
    .detail = Another window or command on this PC is getting the certificate.
    .next = Wait until it ends. If nothing goes on there, close it and try again here.

acquisition_cancelled = You stopped getting the certificate
    .detail = What was done so far is kept on this PC.
    .next = Go on whenever it suits you. No reissue is needed.

no_acquisition_waiting = There is nothing to continue
    .detail = No interrupted request of { $user } is in this certificate store.
    .next = If the certificate is not among those on this PC, get it from the beginning.

deletion_incomplete = Not everything was deleted
    .detail = { $left } is still there.
    .next = Close other apps and delete again.

data_unusable = The app’s data cannot be used
    .detail = { $file } cannot be read or written.
    .next = Check free space and permissions.

unrecognised = This app does not know the answer of the bank
    .detail = The bank sent an answer that this version does not know.
    .next = Update the app.

app_fault = Something went wrong in the app
    .detail = The app could not finish what it was doing.
    .next = Open the app again. If it happens again, tell your administrator the reference number.
