#!/bin/sh
# Honest files for the fuzzer to change, made by openssl.
set -eu
cd "$(dirname "$0")"
mkdir -p corpus/pkcs12 corpus/names
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for kind in P-256 P-384; do
    openssl req -x509 -newkey ec -pkeyopt "ec_paramgen_curve:$kind" -nodes -utf8 -subj "/O=株式会社オーケー/CN=データ花子" \
        -keyout "$work/key.pem" -out "$work/certificate.pem" 2> /dev/null
    openssl x509 -in "$work/certificate.pem" -outform DER -out "corpus/names/$kind"
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
