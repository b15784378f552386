"""Makes legacy.txt: Triple DES, RC2 and RC4 by OpenSSL, through Python's cryptography, on inputs that SHA-256 makes."""
import hashlib
from cryptography.hazmat.decrepit.ciphers.algorithms import ARC4, RC2, TripleDES
from cryptography.hazmat.primitives.ciphers import Cipher, modes


def some(name, length):
    out = b""
    while len(out) < length:
        out += hashlib.sha256(f"{name} {len(out)}".encode()).digest()
    return out[:length]


def record(**fields):
    print("\n".join(f"{name} = {value.hex()}" for name, value in fields.items()) + "\n")


print("# Made by legacy.py.\n\n[TripleDES]\n")
for i in range(4):
    key, iv, plain = some(f"des key {i}", 24), some(f"des iv {i}", 8), some(f"des {i}", 8 * (1 + 5 * i))
    record(Key=key, IV=iv, Plaintext=plain, Ciphertext=Cipher(TripleDES(key), modes.CBC(iv)).encryptor().update(plain))
print("[RC2]\n")
for i in range(4):
    key, iv, plain = some(f"rc2 key {i}", 16), some(f"rc2 iv {i}", 8), some(f"rc2 {i}", 8 * (1 + 5 * i))
    record(Key=key, IV=iv, Plaintext=plain, Ciphertext=Cipher(RC2(key), modes.CBC(iv)).encryptor().update(plain))
print("[RC4]\n")
for i in (5, 7, 8, 16, 20, 24, 32):
    key, plain = some(f"rc4 key {i}", i), some(f"rc4 {i}", 400)
    record(Key=key, Plaintext=plain, Ciphertext=Cipher(ARC4(key), None).encryptor().update(plain))
