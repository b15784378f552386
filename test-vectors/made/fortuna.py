"""Writes fortuna.txt, the generator of Fortuna (Cryptography Engineering, section 9.4), and fortuna_pools.txt, all of it
(section 9.5), from the book's description, over the AES of Python's `cryptography` package; "fill" is ours (decision 5).
A record is one call; the state goes on until the next heading."""
import hashlib
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes


def sha_d256(message):
    return hashlib.sha256(hashlib.sha256(bytes(64) + message).digest()).digest()


class Generator:
    def __init__(self):
        self.key, self.counter, self.store = bytes(32), 0, b""

    def reseed(self, seed):
        self.key = sha_d256(self.key + seed)
        self.counter += 1
        self.store = b""

    def stir(self, fresh):
        self.counter = (self.counter + (fresh << 64)) % 2**128
        self.store = b""

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

    def requests(self, length):
        return b"".join(self.request(min(2**20, length - at)) for at in range(0, length, 2**20))

    def fill(self, length):
        if length > 128:
            return self.requests(length)
        if length > len(self.store):
            self.store = self.request(512)
        out, self.store = self.store[:length], self.store[length:]
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
            generator.stir(value)
            print(f"Fresh = {value}\n", file=out)
        else:
            got = generator.fill(value) if call == "fill" else generator.requests(value)
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
            outputs.update(fortuna.generator.fill(1 + i % 140))
    print(f"Reseeds = {fortuna.reseeds}\nOutputs = {outputs.hexdigest()}\n", file=out)


with open("fortuna.txt", "w") as out:
    run(out, "one byte of seed", [("reseed", b"\0"), ("request", 64), ("request", 1), ("request", 0), ("request", 15), ("request", 16), ("request", 17)])
    run(out, "reseeds", [("reseed", bytes(range(32))), ("request", 32), ("reseed", b""), ("request", 32), ("reseed", b"\xff" * 500), ("request", 33)])
    run(out, "long requests", [("reseed", b"long")] + [("request", n) for n in (4095, 4096, 4097, 2**20 - 1, 2**20, 2**20 + 1, 3 * 2**20)])
    run(out, "stirred", [("reseed", b"stir"), ("stir", 1), ("request", 40), ("stir", 2**64 - 1), ("request", 40), ("stir", 2**64 - 1), ("request", 40)])
    run(out, "short fills", [("reseed", b"short")] + [("fill", n) for n in (1, 0, 16, 128, 129, 128, 128, 111, 1, 128, 128, 128, 128, 2**20 + 1)])
    run(out, "a store that is emptied", [("reseed", b"store"), ("fill", 32), ("reseed", b"more"), ("fill", 32), ("stir", 7), ("fill", 32), ("request", 32), ("fill", 32)])

with open("fortuna_pools.txt", "w") as out:
    run_pools(out, "the clock decides when to reseed", 200, 20000, 1)
    run_pools(out, "the length of pool 0 decides", 200, 20000, 16000)
    run_pools(out, "many reseeds, to the tenth pool", 200, 200000, 800)
