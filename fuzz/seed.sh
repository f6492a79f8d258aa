#!/bin/sh
# Writes valid and nearly valid files for the fuzzer to change: those of this project, and files made by openssl.
set -eu
cd "$(dirname "$0")"
for target in pkcs12 files names est issued ocsp tokens proxy_header profile bank_document messages data_files deep_link; do
    mkdir -p "corpus/$target"
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Certificates, requests, and files with keys.
for kind in P-256 P-384; do
    openssl req -x509 -newkey ec -pkeyopt "ec_paramgen_curve:$kind" -nodes -utf8 -subj "/O=株式会社オーケー/CN=データ花子" \
        -keyout "$work/key.pem" -out "$work/certificate.pem" 2> /dev/null
    openssl x509 -in "$work/certificate.pem" -outform DER -out "corpus/names/$kind"
    cat "$work/certificate.pem" "$work/certificate.pem" > "corpus/files/pem-$kind"
    openssl crl2pkcs7 -nocrl -certfile "$work/certificate.pem" -out "corpus/files/pkcs7-$kind"
    openssl crl2pkcs7 -nocrl -certfile "$work/certificate.pem" -outform DER -out "corpus/est/answer-$kind"
    openssl ocsp -issuer "$work/certificate.pem" -cert "$work/certificate.pem" -reqout "corpus/ocsp/nonce-$kind"
    openssl ocsp -no_nonce -sha256 -issuer "$work/certificate.pem" -serial 1 -serial 2 -reqout "corpus/ocsp/two-$kind"
    openssl ocsp -issuer "$work/certificate.pem" -serial 1 -signer "$work/certificate.pem" -signkey "$work/key.pem" \
        -reqout "corpus/ocsp/signed-$kind"
    export_as() {
        name=$1
        shift
        openssl pkcs12 -export -inkey "$work/key.pem" -in "$work/certificate.pem" -name 花子 -passout pass:s3cret \
            -iter 1 "$@" -out "corpus/pkcs12/$kind-$name"
    }
    export_as modern
    export_as legacy -legacy
    export_as open -keypbe NONE -certpbe NONE
    export_as rc2 -legacy -keypbe PBE-SHA1-RC2-128 -certpbe PBE-SHA1-RC4-128
    export_as camellia -keypbe CAMELLIA-256-CBC -certpbe ARIA-128-CBC
done
for request in ../crates/bank/tests/requests/*.b64; do
    openssl base64 -d -in "$request" -out "corpus/est/$(basename "$request" .b64)"
    cp "$request" corpus/est/
done

# What the key of RFC 6979 §A.2.5 signs, which the targets sign anew.
printf '%s%s' MHcCAQEEIMmvqdhFunUWa1whV2ex1pNOUMPbNuibEnuKYisSD2choAoGCCqGSM49AwEHoUQDQgAEYP7UuiVanTHJYet0xjVt \
    aMBJuJI7Yfps5mliLmDyn7Z5A/4QCLi8maQa6elWKLxk8vGyDC1+n1F3o8KU1EYimQ== |
    openssl base64 -d -A | openssl ec -inform DER -out "$work/key.pem" 2> /dev/null
openssl req -x509 -key "$work/key.pem" -days 36500 -subj "/CN=Fuzzing CA" -out "$work/ca.pem"
cat > "$work/requests.cnf" <<'END'
[req]
distinguished_name = name
attributes = attributes
req_extensions = extensions
prompt = no
utf8 = yes
[name]
CN = hanakodt
[attributes]
challengePassword = BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=
[extensions]
subjectAltName = DNS:bank.example
END
openssl req -new -key "$work/key.pem" -config "$work/requests.cnf" -outform DER -out corpus/est/own-key
issue() {
    name=$1 subject=$2 days=$3
    printf '%s\n' "$4" > "$work/extensions.cnf"
    openssl req -new -key "$work/key.pem" -utf8 -multivalue-rdn -subj "$subject" -out "$work/request.pem"
    openssl x509 -req -in "$work/request.pem" -CA "$work/ca.pem" -CAkey "$work/key.pem" -CAcreateserial -days "$days" \
        -extfile "$work/extensions.cnf" -outform DER -out "corpus/issued/$name" 2> /dev/null
}
purpose='keyUsage=critical,digitalSignature
extendedKeyUsage=clientAuth'
issue good "/CN=hanakodt/name=データ花子/O=株式会社オーケー" 36500 "$purpose
basicConstraints=critical,CA:FALSE
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid
crlDistributionPoints=URI:http://bank.example/crl
authorityInfoAccess=OCSP;URI:http://bank.example/ocsp"
issue bare "/CN=hanakodt" 36500 ""
issue other-name "/CN=jirodt" 36500 "$purpose"
issue two-names "/CN=hanakodt/CN=jirodt" 36500 "$purpose"
issue one-part "/CN=hanakodt+CN=jirodt" 36500 "$purpose"
issue authority "/CN=hanakodt" 36500 "$purpose
basicConstraints=critical,CA:TRUE"
issue server "/CN=hanakodt" 36500 "keyUsage=critical,digitalSignature
extendedKeyUsage=serverAuth"
issue encipherment "/CN=hanakodt" 36500 "keyUsage=critical,keyEncipherment
extendedKeyUsage=clientAuth,anyExtendedKeyUsage"
issue expired "/CN=hanakodt" 1 "$purpose"

# Deliveries of tokens.
cp ../crates/bank/src/branch/token_import/*.xml corpus/tokens/
cat > corpus/tokens/csv <<'END'
serial,secret,expires,step,digits,digest
33456789,GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ,2030-01-31,60,6,sha1
END
cat > corpus/tokens/csv-hex <<'END'
digest,"digits",step,expires,secret,serial
SHA-256,8,30,2030-01-31T09:00:00+09:00, 3132333435363738393031323334353637383930 ,33456790
sha512,7,300,9999-12-31,"3132333435363738393031323334353637383930",123456789012
END
cat > corpus/tokens/plain.pskc.xml <<'END'
<?xml version="1.0" encoding="UTF-8"?>
<KeyContainer Version="1.0" xmlns="urn:ietf:params:xml:ns:keyprov:pskc"><KeyPackage>
<DeviceInfo><SerialNo>33456789</SerialNo><ExpiryDate>2030-01-31T00:00:00Z</ExpiryDate></DeviceInfo>
<Key Id="1" Algorithm="urn:ietf:params:xml:ns:keyprov:pskc:totp">
<AlgorithmParameters><Suite>HMAC-SHA256</Suite><ResponseFormat Length="6" Encoding="DECIMAL"/></AlgorithmParameters>
<Data><Secret><PlainValue>MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=</PlainValue></Secret>
<TimeInterval><PlainValue>60</PlainValue></TimeInterval></Data>
<Policy><ExpiryDate>2030-01-31</ExpiryDate></Policy></Key></KeyPackage></KeyContainer>
END

# Headers of the PROXY protocol.
printf 'PROXY TCP4 192.0.2.7 192.0.2.1 80 443\r\n\026\003\001' > corpus/proxy_header/tcp4
printf 'PROXY TCP6 2001:db8::7 2001:db8::1 65535 443\r\n' > corpus/proxy_header/tcp6
printf 'PROXY UNKNOWN\r\n' > corpus/proxy_header/unknown
signature='\r\n\r\n\0\r\nQUIT\n'
printf "$signature"'\041\021\0\014\300\0\002\007\300\0\002\001\0P\001\273\026\003\001' > corpus/proxy_header/inet
printf "$signature"'\041\021\0\022\300\0\002\007\300\0\002\001\0P\001\273\001\0\003h2\n' > corpus/proxy_header/alpn
printf "$signature"'\040\0\0\0' > corpus/proxy_header/local

# Profiles, and the documents of banks that have them.
cp ../profiles/*.toml ../crates/bank/tests/*.toml corpus/profile/
for profile in corpus/profile/*.toml; do
    cargo run --quiet --locked --package inkan-protocol --manifest-path ../Cargo.toml --example bank_document -- \
        "$profile" > "corpus/bank_document/$(basename "$profile" .toml)"
done

# One file for each line.
lines() {
    number=0
    while IFS= read -r line; do
        number=$((number + 1))
        printf '%s' "$line" > "corpus/$1/$number"
    done
}
lines messages <<'END'
{"contract":"９９９-9999","user":" hanakodt ","login_password":"Hanako2026","entrance":"first"}
{"user":"hanakodt","login_password":"Hanako2026","otp":"123 456","token_serial":"3345-6789","public_key_sha256":"00"}
{"login_password":"a1b2c3","new_login_password":"d4e5f6","confirmation_password":"a","new_confirmation_password":"b"}
{"new_login_password":"d4e5f6","new_approval_password":"b","new_transfer_password":"c"}
{"serial":"33456789","otp":"123456","otp_next":"654321"}
{"otp":"123456","otp_next":"654321"}
{"users":["hanakodt"],"otp":"123456","confirmation_password":"a1b2c3"}
{"confirmation_password":"a1b2c3","passwords":["login"],"act":"reissue"}
{"confirmation_password":"a1b2c3","name":"データ\u0000花子","role":"general","companies":["1234567890"],"forced_change":true}
{"user":"hanakodt","code":"abc","expires":"2026-11-28T12:00:00Z"}
{"token":"t","person":{"id":"h","name":"花子","role":"general"},"next":"top","connection":{"protocol":"TLSv1.3","cipher":"x","certificate":null}}
[{"id":"1","this":true,"method":"certificate","certificate":null,"address":"192.0.2.1","begun":"2026-11-28T12:00:00Z","last_used":"2026-11-28T12:00:00+09:00"}]
{"person":{"id":"h","name":"花子","role":"general"},"company":"オーケー","method":"id_password","certificate":null,"logins":[{"at":"2026-11-28T12:00:00Z","method":"certificate"}],"operations":[{"at":"2026-11-28T12:00:00Z","kind":"user_edited","operator":"a","subject":"b"}],"transactions":[{"kind":{"ja":"総合振込","en":"x"},"count":1,"amount_yen":2,"awaits_approval":true}],"notices":[{"id":"1","title":{"ja":"お知らせ","en":"x"},"published":"2026-11-28T12:00:00Z","unread":true}]}
[{"person":{"id":"h","name":"花子","role":"general"},"certificate":{"issue_number":1,"serial":"01","fingerprint_sha256":"ab","state":"valid","issued":"2026-11-28T12:00:00Z","not_after":"2027-11-28T12:00:00Z"},"issue":null,"token":{"state":"active","serial":"33456789","expires":"2030-01-31T00:00:00Z"},"locked":["login"]}]
{"users":[{"person":{"id":"h","name":"花子","role":"general"},"token":{"state":"revoked","serial":null,"expires":null}}],"activation_from":"2026-11-28T12:00:00Z"}
{"state":"active","serial":"33456789","expires":"2030-01-31T00:00:00Z","offered":true}
{"name":"花子","role":"general","single_transfer":true,"transfer_limit_thousand_yen":1,"forced_change":false,"change_period_days":90,"alarm_period_days":7,"companies":[{"code":"1234567890","name":"x","account":{"ja":"普通","en":"x"},"contracts":{"ja":"x","en":"x"},"chosen":true}]}
{"type":"urn:inkan:problem:certificate_expired","title":"x","status":403,"detail":"x","code":"certificate_expired","who":"you","next":"x","params":{"name":"花子\u001b[2J","until":"2026"},"reference":"ABCD1234"}
END
printf 'HTTP/1.1 403 Forbidden\r\nContent-Type: application/problem+json\r\nContent-Length: 2\r\n\r\n{}' > corpus/messages/http-1
printf 'HTTP/1.1 200 OK\r\nDate: Sat, 28 Nov 2026 12:00:00 GMT\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n%s' \
    '40' > corpus/messages/http-2
printf '\r\n<meta http-equiv="refresh" content="0; url=https://login.example/">\r\n0\r\n\r\n' >> corpus/messages/http-2
printf 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 302 Found\r\nLocation: https://login.example/x\r\nRetry-After: 120\r\n\r\n' \
    > corpus/messages/http-3
lines data_files <<'END'
{"language":"en","text_size":"125","without_reminders":true,"proxy":"system","store":"nss:/tmp/db"}
{"bank":"okmate","contract":null,"user":"hanakodt","store":"native","name":"0123456789abcdef0123456789abcdef","key":null,"algorithm":"EcP256","started":"2026-11-28T12:00:00Z"}
{"last_used":{"okmate":"aa"},"used_at":{"aa":"2026-11-28T12:00:00Z"},"refused":{"bb":"certificate_revoked"},"clock_ahead":5}
{"asked":{"method":"certificate","role":"general","old_pc_works":true,"another_administrator":false},"this_pc":"new","user":"hanakodt","contract":null}
{"name":"site","address":"https://site.example/x?y","ca":null,"asks":true,"accepted":["MA0xCzAJBgNVBAMTAkNB"],"asked_at":"2026-11-28T12:00:00Z"}
{"user":"hanakodt","login_password":"Hanako2026","otp":null}
{"sequence":18446744073709551614,"at":"2026-11-28T12:00:00Z","event":{"act":"session_ended"},"previous":"00","hash":"00"}
pkcs11:/usr/lib/softhsm/libsofthsm2.so?token=My card
END
printf '{"sequence":%s,"at":"2026-11-28T12:00:00Z","event":{},"previous":"","hash":""}\n' 1 2 4 > corpus/data_files/log
for document in corpus/bank_document/*; do
    printf '{"name":"bank","address":"https://bank.example/","ca":null,"issuers":["MA0xCzAJBgNVBAMTAkNB"],%s' \
        "$(cut -c2- "$document")" > "corpus/data_files/bank-$(basename "$document")"
done
lines deep_link <<'END'
inkan://add?bank=https://bank.example:8443
inkan://acquire?user=hanakodt&bank=https%3A%2F%2Fbank.example
INKAN://acquire?user=hanako%00dt&bank=http://user@bank.example/x?y#z
https://bank.example./login?x#y
ｂａｎｋ．ｅｘａｍｐｌｅ：８４４３
[2001:db8::1]:8443
http://user:secret@proxy.example:3128
END
