#!/bin/sh
# Makes the chains of this folder with the openssl command (3.0), all anew. Run it here. Each file is an end entity, its
# CA and the root, valid for a hundred years from the day they were made.
set -eu
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT

cat >"$work/extensions" <<'END'
[root]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash

[ca]
basicConstraints = critical, CA:true, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid:always
extendedKeyUsage = serverAuth, clientAuth
nameConstraints = critical, @subtrees
certificatePolicies = 1.2.3.4
authorityInfoAccess = OCSP;URI:http://ocsp.example/, caIssuers;URI:http://ca.example/root.der
crlDistributionPoints = URI:http://crl.example/root.crl

[leaf]
basicConstraints = CA:false
keyUsage = critical, digitalSignature
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid:always, issuer:always
extendedKeyUsage = serverAuth
subjectAltName = @names
certificatePolicies = 1.2.3.4, @policy
freshestCRL = URI:http://crl.example/delta.crl
subjectInfoAccess = 1.3.6.1.5.5.7.48.5;URI:http://ca.example/

[subtrees]
permitted;DNS.0 = example
permitted;IP.0 = 192.0.2.0/255.255.255.0
permitted;email.0 = .example
permitted;URI.0 = .example
excluded;DNS.0 = not.example
excluded;IP.0 = 2001:db8::/ffff:ffff::

[names]
DNS.0 = a.example
DNS.1 = *.b.example
IP.0 = 192.0.2.1
email.0 = me@mail.example
URI.0 = https://a.example/
dirName.0 = directory
otherName.0 = 1.3.6.1.4.1.311.20.2.3;UTF8:me
RID.0 = 1.2.3.4

[directory]
O = we
CN = me

[policy]
policyIdentifier = 1.2.3.5
CPS.0 = http://cps.example/
userNotice.0 = @notice

[notice]
explicitText = UTF8:beware
organization = we
noticeNumbers = 1, 2
END

# chain NAME KEY SIGNING...: KEY as genpkey wants it, SIGNING as req and x509 want it.
chain() {
    name=$1 key=$2
    shift 2
    for who in root ca leaf; do
        # shellcheck disable=SC2086 # the words of KEY are words
        openssl genpkey -quiet $key -out "$work/$who.key"
        openssl req -new -key "$work/$who.key" -subj "/O=nqsb/CN=$who $name" -out "$work/$who.csr"
    done
    # certify WHO BY SIGNING...
    certify() {
        who=$1 by=$2
        shift 2
        if [ "$who" = "$by" ]; then signer="-signkey $work/$by.key"; else signer="-CA $work/$by.pem -CAkey $work/$by.key"; fi
        # shellcheck disable=SC2086 # the words of the signer are words
        openssl x509 -req -in "$work/$who.csr" $signer -days 36500 -extfile "$work/extensions" \
            -extensions "$who" -out "$work/$who.pem" "$@" 2>"$work/log" || { cat "$work/log" >&2; exit 1; }
    }
    certify root root "$@"
    certify ca root "$@"
    certify leaf ca "$@"
    cat "$work/leaf.pem" "$work/ca.pem" "$work/root.pem" >"$name.pem"
}

RSA='-algorithm RSA -pkeyopt rsa_keygen_bits:2048'
P256='-algorithm EC -pkeyopt ec_paramgen_curve:P-256'
P384='-algorithm EC -pkeyopt ec_paramgen_curve:P-384'
PSS='-sigopt rsa_padding_mode:pss'
chain rsa-sha256 "$RSA" -sha256
chain rsa-sha384 "$RSA" -sha384
chain rsa-sha512 "$RSA" -sha512
# shellcheck disable=SC2086 # as above
chain pss-sha256 "$RSA" -sha256 $PSS -sigopt rsa_pss_saltlen:digest
# shellcheck disable=SC2086
chain pss-sha384 "$RSA" -sha384 $PSS -sigopt rsa_pss_saltlen:digest
# shellcheck disable=SC2086
chain pss-sha512 "$RSA" -sha512 $PSS -sigopt rsa_pss_saltlen:digest
chain p256-sha256 "$P256" -sha256
chain p256-sha512 "$P256" -sha512
chain p384-sha384 "$P384" -sha384
chain p384-sha256 "$P384" -sha256
chain ed25519 '-algorithm ED25519'

# What is refused: weak or unknown algorithms.
chain weak-rsa-sha1 "$RSA" -sha1
chain weak-rsa-md5 "$RSA" -md5
chain weak-p256-sha1 "$P256" -sha1
# shellcheck disable=SC2086
chain weak-pss-salt "$RSA" -sha256 $PSS -sigopt rsa_pss_saltlen:20
# shellcheck disable=SC2086
chain weak-pss-sha1 "$RSA" -sha1 $PSS -sigopt rsa_pss_saltlen:digest
