# RSA keys of unlike sizes and their signatures by OpenSSL; new ones at each run.
import math
import subprocess

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

HASHES = {"sha256": hashes.SHA256(), "sha384": hashes.SHA384(), "sha512": hashes.SHA512()}
SIZES = [(2048, 65537), (2048, 3), (2049, 65537), (2050, 65537), (2056, 65537), (3072, 65537), (4096, 65537)]
MESSAGE = b"The quick brown fox signs the lazy dog."


def prime(bits):
    return int(subprocess.check_output(["openssl", "prime", "-generate", "-bits", str(bits)]))


def hexadecimal(number):
    return number.to_bytes((number.bit_length() + 7) // 8, "big").hex()


def key(bits, e):
    while True:
        p, q = prime((bits + 1) // 2), prime(bits // 2)
        if (p * q).bit_length() == bits and math.gcd(e, (p - 1) * (q - 1)) == 1:
            break
    d = pow(e, -1, math.lcm(p - 1, q - 1))
    public = rsa.RSAPublicNumbers(e, p * q)
    return rsa.RSAPrivateNumbers(p, q, d, d % (p - 1), d % (q - 1), pow(q, -1, p), public)


print("# Private keys and signatures by OpenSSL 3, see SOURCE.md. pss_HASH_N has a salt of N bytes.")
for bits, e in SIZES:
    numbers = key(bits, e)
    private = numbers.private_key()
    print(f"\nbits = {bits}")
    for name, value in [
        ("n", numbers.public_numbers.n), ("e", e), ("d", numbers.d), ("p", numbers.p), ("q", numbers.q),
        ("dp", numbers.dmp1), ("dq", numbers.dmq1), ("qinv", numbers.iqmp),
    ]:
        print(f"{name} = {hexadecimal(value)}")
    print(f"message = {MESSAGE.hex()}")
    for name, hash in HASHES.items():
        print(f"pkcs1_{name} = {private.sign(MESSAGE, padding.PKCS1v15(), hash).hex()}")
        longest = (bits - 1 + 7) // 8 - hash.digest_size - 2
        for salt in (hash.digest_size, 0, longest):
            signature = private.sign(MESSAGE, padding.PSS(padding.MGF1(hash), salt), hash)
            print(f"pss_{name}_{salt} = {signature.hex()}")
