"""Writes rfc6979.txt: ECDSA on P-256 with the nonce of RFC 6979, from the definitions, in Python integers."""
import hashlib, hmac

p = 2**256 - 2**224 + 2**192 + 2**96 - 1
n = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
G = (0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
     0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5)


def add(a, b):
    if a is None or b is None:
        return a or b
    if a[0] == b[0]:
        if (a[1] + b[1]) % p == 0:
            return None
        slope = (3 * a[0] * a[0] - 3) * pow(2 * a[1], -1, p)
    else:
        slope = (b[1] - a[1]) * pow(b[0] - a[0], -1, p)
    x = (slope * slope - a[0] - b[0]) % p
    return x, (slope * (a[0] - x) - a[1]) % p


def multiply(k, a):
    total = None
    while k:
        if k & 1:
            total = add(total, a)
        a, k = add(a, a), k >> 1
    return total


def nonces(hash, d, digest, additional):
    """RFC 6979 section 3.2 with 3.6."""
    bits = int.from_bytes(digest, "big") >> max(0, 8 * len(digest) - 256)
    seed = d.to_bytes(32, "big") + (bits % n).to_bytes(32, "big") + additional
    mac = lambda key, data: hmac.new(key, data, hash).digest()
    size = hashlib.new(hash).digest_size
    v, k = b"\x01" * size, b"\x00" * size
    for separator in (b"\x00", b"\x01"):
        k = mac(k, v + separator + seed)
        v = mac(k, v)
    while True:
        t = b""
        while len(t) < 32:
            v = mac(k, v)
            t += v
        candidate = int.from_bytes(t[:32], "big")
        if 0 < candidate < n:
            yield candidate
        k = mac(k, v + b"\x00")
        v = mac(k, v)


def case(name, hash, d, message, additional):
    digest = hashlib.new(hash, message).digest()
    source = nonces(hash, d, digest, additional)
    k, second = next(source), next(source)
    e = int.from_bytes(digest, "big") >> max(0, 8 * len(digest) - 256)
    r = multiply(k, G)[0] % n
    s = pow(k, -1, n) * (e + r * d) % n
    print(f"\nhash = {name}\nmessage = {message.hex()}\nadditional = {additional.hex()}\nx = {d:064x}")
    print(f"k = {k:064x}\nsecond k = {second:064x}\nr = {r:064x}\ns = {s:064x}")


hashes = [("SHA-224", "sha224"), ("SHA-256", "sha256"), ("SHA-384", "sha384"), ("SHA-512", "sha512")]
d = 0xC9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721
print("# RFC 6979 A.2.5, with the nonce that would come next")
for message in (b"sample", b"test"):
    for name, hash in hashes:
        case(name, hash, d, message, b"")
print("\n# The same with additional bytes (section 3.6)")
for name, hash in hashes:
    case(name, hash, d, b"sample", bytes(range(32)))
