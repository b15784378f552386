"""Writes x25519_small_order.txt and the three ed25519_*.txt, from the definitions (RFC 7748, RFC 8032), in integers."""
import hashlib

p = 2**255 - 19
d = -121665 * pow(121666, -1, p) % p
L = 2**252 + 27742317777372353535851937790883648493


def add(a, b):
    (x1, y1), (x2, y2) = a, b
    t = d * x1 * x2 * y1 * y2
    return (x1 * y2 + x2 * y1) * pow(1 + t, -1, p) % p, (y1 * y2 + x1 * x2) * pow(1 - t, -1, p) % p


def multiply(k, a):
    total = 0, 1
    while k:
        if k & 1:
            total = add(total, a)
        a, k = add(a, a), k >> 1
    return total


def point(y, sign):
    square = (y * y - 1) * pow(d * y * y + 1, -1, p) % p
    x = pow(square, (p + 3) // 8, p)
    if x * x % p != square:
        x = x * pow(2, (p - 1) // 4, p) % p
    if x * x % p != square:
        return None
    return (x if x & 1 == sign else -x % p), y


def encode(a):
    return (a[1] | (a[0] & 1) << 255).to_bytes(32, "little")


def number(data):
    return int.from_bytes(hashlib.sha512(data).digest(), "little") % L


def little(value):
    return value.to_bytes(32, "little")


B = point(4 * pow(5, -1, p) % p, 0)
assert multiply(L, B) == (0, 1)
# L times a point of the whole curve has an order that divides 8; for y = 3 or so all of 8.
eighth = next(t for y in range(2, 99) if point(y, 0) for t in [multiply(L, point(y, 0))] if multiply(4, t) != (0, 1))
small = [multiply(i, eighth) for i in range(8)]

with open("ed25519_small_order.txt", "w") as out:
    print("# The eight points whose order divides 8, encoded", file=out)
    for a in small:
        print(f"\nA = {encode(a).hex()}", file=out)

with open("x25519_small_order.txt", "w") as out:
    print("# The u coordinates of the points of order 1, 2, 4 and 8 of Curve25519 and its twist, and their other", file=out)
    print("# encodings below 2^255 (RFC 7748 section 6.1 asks to see them refused); little-endian", file=out)
    order_8 = sorted({(1 + y) * pow(1 - y, -1, p) % p for x, y in small if y not in (0, 1, p - 1)})
    for u in [0, 1, *order_8, p - 1, p, p + 1]:
        print(f"\nu = {little(u).hex()}", file=out)

with open("ed25519_mixed_order.txt", "w") as out:
    print("# Signatures with a part of small order in A or R. All satisfy the equation times 8, half of them the one", file=out)
    print("# without the cofactor", file=out)
    for where in "AR":
        for verdict in ("good", "bad"):
            count, i = 0, 0
            while count < 4:
                i += 1
                a, r, t = number(b"a%d" % i), number(b"r%d" % i), small[1 + count * 2 % 7]
                A, R = multiply(a, B), multiply(r, B)
                if where == "A":
                    A = add(A, t)
                else:
                    R = add(R, t)
                    if verdict == "good":  # only with a part in A, too, can the sum come out right
                        A = add(A, eighth)
                message = b"message %d" % i
                h = number(encode(R) + encode(A) + message)
                s = (r + h * a) % L
                left, right = multiply(s, B), add(R, multiply(h, A))
                assert multiply(8, left) == multiply(8, right)
                if (left == right) == (verdict == "good"):
                    count += 1
                    print(f"\nA = {encode(A).hex()}\nM = {message.hex()}", file=out)
                    print(f"S = {(encode(R) + little(s)).hex()}\ncofactorless = {verdict}", file=out)

with open("ed25519_identity_r.txt", "w") as out:
    print("# Signatures with R the identity and S = h*a, so that S*B = R + h*A", file=out)
    a, message = number(b"key"), b"message"
    for name, R in (("canonical", little(1)), ("not canonical", little(p + 1))):
        A = encode(multiply(a, B))
        s = number(R + A + message) * a % L
        print(f"\nA = {A.hex()}\nM = {message.hex()}\nS = {(R + little(s)).hex()}\nR = {name}", file=out)
