"""Writes fortuna.txt, the generator of Fortuna (Cryptography Engineering, section 9.4), and fortuna_pools.txt, all of it
(section 9.5), from the book's description, over the AES of Python's `cryptography` package. A record is one call; the
state goes on until the next heading."""
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


class Fortuna:
    """Seeded by all pools at once, which is ours; from there on the book's."""

    def __init__(self):
        self.generator, self.pools, self.turn = Generator(), [b""] * 32, {}
        self.first, self.reseeds, self.last = 0, 0, None

    def put(self, source, event):
        pool = self.turn.get(source, 0)
        self.turn[source] = (pool + 1) % 32
        self.pools[pool] += bytes([source, len(event)]) + event
        if pool == 0:
            self.first += len(event)

    def reseed(self, pools):
        self.generator.reseed(b"".join(sha_d256(self.pools[i]) for i in pools))
        for i in pools:
            self.pools[i] = b""
        self.first = 0

    def add(self, source, event, now):
        self.put(source, event)
        if self.first >= 64 and (self.last is None or now - self.last >= 100):
            self.last, self.reseeds = now, self.reseeds + 1
            self.reseed([i for i in range(32) if self.reseeds % 2**i == 0])


def run(out, name, calls):
    print(f"[{name}]\n", file=out)
    generator = Generator()
    for call, value in calls:
        print(f"Call = {call}", file=out)
        if call == "reseed":
            generator.reseed(value)
            print(f"Seed = {value.hex()}\n", file=out)
        elif call == "stir":
            generator.counter = (generator.counter + (value << 64)) % 2**128
            print(f"Fresh = {value}\n", file=out)
        else:
            got = b"".join(generator.request(min(2**20, value - at)) for at in range(0, value, 2**20))
            print(f"Length = {value}\nSHA256 = {hashlib.sha256(got).hexdigest()}", file=out)
            print(f"Start = {got[:64].hex()}\n", file=out)


def run_pools(out, name, first, later, step):
    """Both sides draw the events from SHA-256: event i of source s is the first 1 + i % 32 bytes of SHA-256(s, i)."""
    print(f"[{name}]\n\nFirst = {first}\nLater = {later}\nStep = {step}", file=out)
    event = lambda s, i: hashlib.sha256(bytes([s]) + i.to_bytes(4, "little")).digest()[: 1 + i % 32]
    fortuna = Fortuna()
    for i in range(first):
        fortuna.put(16 + i % 3, event(16 + i % 3, i))
    fortuna.reseed(range(32))
    outputs = hashlib.sha256()
    for i in range(later):
        fortuna.add(16 + i % 5, event(16 + i % 5, i), i * step // 16)
        if i % 7 == 0:
            outputs.update(fortuna.generator.request(1 + i % 100))
    print(f"Reseeds = {fortuna.reseeds}\nOutputs = {outputs.hexdigest()}\n", file=out)


with open("fortuna.txt", "w") as out:
    run(out, "one byte of seed", [("reseed", b"\0"), ("fill", 64), ("fill", 1), ("fill", 0), ("fill", 15), ("fill", 16), ("fill", 17)])
    run(out, "reseeds", [("reseed", bytes(range(32))), ("fill", 32), ("reseed", b""), ("fill", 32), ("reseed", b"\xff" * 500), ("fill", 33)])
    run(out, "long requests", [("reseed", b"long")] + [("fill", n) for n in (4095, 4096, 4097, 2**20 - 1, 2**20, 2**20 + 1, 3 * 2**20)])
    run(out, "stirred", [("reseed", b"stir"), ("stir", 1), ("fill", 40), ("stir", 2**64 - 1), ("fill", 40), ("stir", 2**64 - 1), ("fill", 40)])

with open("fortuna_pools.txt", "w") as out:
    run_pools(out, "the clock decides when to reseed", 200, 20000, 1)
    run_pools(out, "the length of pool 0 decides", 200, 20000, 16000)
    run_pools(out, "many reseeds, to the tenth pool", 200, 200000, 800)
