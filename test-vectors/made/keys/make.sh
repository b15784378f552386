#!/bin/sh
# Makes the keys and signatures of this folder with the openssl command (3.0), all anew. Run it here.
set -eu

# Private keys in their three forms, and their public keys.
openssl genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out rsa2048.pkcs8.pem
openssl genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:3072 -out rsa3072.pkcs8.pem
openssl genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:4096 -out rsa4096.pkcs8.pem
openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out p256.pkcs8.pem
openssl genpkey -quiet -algorithm ED25519 -out ed25519.pkcs8.pem
for key in rsa2048 rsa3072 rsa4096 p256 ed25519; do
    openssl pkey -in $key.pkcs8.pem -pubout -out $key.spki.pem
done
openssl pkey -in rsa2048.pkcs8.pem -traditional -out rsa2048.pkcs1.pem
openssl pkey -in p256.pkcs8.pem -traditional -out p256.sec1.pem
openssl ecparam -name P-256 -genkey -out p256-after-parameters.sec1.pem
openssl pkey -in p256.pkcs8.pem -pubout -ec_conv_form compressed -out p256-compressed.spki.pem
openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out p384.pkcs8.pem
openssl pkey -in p384.pkcs8.pem -pubout -out p384.spki.pem

# What is refused.
openssl pkey -in p256.pkcs8.pem -aes256 -passout pass:secret -out encrypted.pkcs8.pem
openssl rsa -in rsa2048.pkcs8.pem -traditional -aes256 -passout pass:secret -out encrypted.pkcs1.pem 2>/dev/null
openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-521 -out p521.pkcs8.pem
openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:secp256k1 -out secp256k1.pkcs8.pem
openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -pkeyopt ec_param_enc:explicit \
    -out p256-explicit.pkcs8.pem
openssl genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:1024 -out rsa1024.pkcs8.pem
openssl genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -pkeyopt rsa_keygen_primes:3 \
    -out rsa2048-three-primes.pkcs8.pem
openssl genpkey -quiet -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048 -out rsa-pss.pkcs8.pem
openssl genpkey -quiet -algorithm X25519 -out x25519.pkcs8.pem
for key in p521 secp256k1 p256-explicit rsa1024 rsa-pss x25519; do
    openssl pkey -in $key.pkcs8.pem -pubout -out $key.spki.pem
done

# One signature of each algorithm over the same message.
printf 'a message that is signed' > message
hex() { od -An -v -tx1 | tr -d ' \n'; }
record() {
    name=$1 key=$2
    shift 2
    printf 'algorithm = %s\nkey = %s\nsignature = %s\n\n' "$name" "$key" "$(openssl "$@" message | hex)"
}
{
    echo '# Signatures of "a message that is signed", by make.sh.'
    echo
    for bits in 256 384 512; do
        record "RsaPkcs1Sha$bits" rsa2048 dgst -sha$bits -sign rsa2048.pkcs8.pem
        record "RsaPssSha$bits" rsa3072 dgst -sha$bits -sign rsa3072.pkcs8.pem -sigopt rsa_padding_mode:pss \
            -sigopt rsa_pss_saltlen:digest
        record "EcdsaSha$bits" p256 dgst -sha$bits -sign p256.pkcs8.pem
        record "EcdsaSha$bits" p384 dgst -sha$bits -sign p384.pkcs8.pem
    done
    record Ed25519 ed25519 pkeyutl -sign -rawin -inkey ed25519.pkcs8.pem -in
} > signatures.txt
rm message
