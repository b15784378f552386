"""Writes fortuna.txt: the generator of Fortuna (Cryptography Engineering, section 9.4), from the book's description,
over the AES of Python's `cryptography` package. A record is one call; the state goes on until the next heading."""
import hashlib
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes


def sha_d256(message):
    return hashlib.sha256(hashlib.sha256(bytes(64) + message).digest()).digest()


class Generator:
    def __init__(self):
        self.key, self.counter = bytes(32), 0

    def reseed(self, seed):
        self.key = sha_d256(self.key + seed)
        self.counter += 1

    def blocks(self, count):
        aes = Cipher(algorithms.AES(self.key), modes.ECB()).encryptor()
        plain = b"".join(((self.counter + i) % 2**128).to_bytes(16, "little") for i in range(count))
        self.counter = (self.counter + count) % 2**128
        return aes.update(plain)

    def request(self, length):
        assert length <= 2**20
        out = self.blocks((length + 15) // 16)[:length]
        self.key = self.blocks(2)
        return out


def run(name, calls):
    print(f"[{name}]\n")
    generator = Generator()
    for call, value in calls:
        print(f"Call = {call}")
        if call == "reseed":
            generator.reseed(value)
            print(f"Seed = {value.hex()}\n")
        elif call == "stir":
            generator.counter = (generator.counter + (value << 64)) % 2**128
            print(f"Fresh = {value}\n")
        else:
            out = b"".join(generator.request(min(2**20, value - at)) for at in range(0, value, 2**20))
            print(f"Length = {value}\nSHA256 = {hashlib.sha256(out).hexdigest()}")
            print(f"Start = {out[:64].hex()}\n")


run("one byte of seed", [("reseed", b"\0"), ("fill", 64), ("fill", 1), ("fill", 0), ("fill", 15), ("fill", 16), ("fill", 17)])
run("reseeds", [("reseed", bytes(range(32))), ("fill", 32), ("reseed", b""), ("fill", 32), ("reseed", b"\xff" * 500), ("fill", 33)])
run("long requests", [("reseed", b"long")] + [("fill", n) for n in (4095, 4096, 4097, 2**20 - 1, 2**20, 2**20 + 1, 3 * 2**20)])
run("stirred", [("reseed", b"stir"), ("stir", 1), ("fill", 40), ("stir", 2**64 - 1), ("fill", 40), ("stir", 2**64 - 1), ("fill", 40)])
