//! PEM (RFC 7468): blocks of Base64 (RFC 4648 §4) between lines of text that mean nothing.
//!
//! A block is read by the standard grammar (RFC 7468 §3, figure 1), and nothing laxer. It may hold a private key, so
//! Base64 is computed and not looked up in a table, the buffer never grows, and it is wiped. What decides a branch is
//! only whether a byte is one of those that are no letters: an end of line, a blank, a hyphen, a colon, padding.
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use nocrypto::ct::{self, Choice};
use zeroize::Zeroizing;

/// The certificates of a PEM file, in their order. Other blocks are passed over.
///
/// # Errors
/// What is wrong with any block, and [`PemErrorKind::Missing`] if none is a certificate.
pub fn certificates(text: &[u8]) -> Result<Vec<Vec<u8>>, PemError> {
    let mut blocks = Blocks::new(text);
    let mut certificates = Vec::new();
    for block in &mut blocks {
        let mut block = block?;
        if block.label == Some(Label::Certificate) {
            certificates.push(core::mem::take(&mut *block.der));
        }
    }
    if certificates.is_empty() { Err(blocks.missing(Label::Certificate)) } else { Ok(certificates) }
}

/// `der` as a block of this label, with lines of 64 characters (RFC 7468 §2). If it is secret, the caller wipes it.
#[must_use]
pub fn encode(label: Label, der: &[u8]) -> String {
    let letters = der.len().div_ceil(3).saturating_mul(4);
    // The letters, an end of each line, the label twice and what is around it: so the text never grows.
    let parts = [letters, letters.div_ceil(64), label.as_str().len(), label.as_str().len(), AROUND_LABELS];
    let mut text = String::with_capacity(parts.into_iter().fold(0, usize::saturating_add));
    for part in [BEGIN, label.as_str(), HYPHENS, "\n"] {
        text.push_str(part);
    }
    for line in der.chunks(48) {
        for bytes in line.chunks(3) {
            let mut all = [0; 4];
            for (to, from) in all.iter_mut().skip(1).zip(bytes) {
                *to = *from;
            }
            let all = u64::from(u32::from_be_bytes(all));
            for (at, shift) in [18, 12, 6, 0].into_iter().enumerate() {
                text.push(if at <= bytes.len() { letter(all >> shift & 0x3f) } else { PAD });
            }
        }
        text.push('\n');
    }
    for part in [END, label.as_str(), HYPHENS, "\n"] {
        text.push_str(part);
    }
    text
}

/// A block.
#[derive(Debug)]
pub struct Block {
    /// What it says it is; none if it is nothing known here.
    pub label: Option<Label>,
    /// What is in it.
    pub der: Zeroizing<Vec<u8>>,
}

/// What a block can be (RFC 7468 §4, and what came before it).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Label {
    /// A certificate (RFC 7468 §5).
    Certificate,
    /// A certificate revocation list (RFC 7468 §6).
    Crl,
    /// A certification request (RFC 7468 §7).
    CertificateRequest,
    /// A private key as of PKCS#8, in the clear (RFC 7468 §10).
    PrivateKey,
    /// A private key as of PKCS#8, encrypted (RFC 7468 §11).
    EncryptedPrivateKey,
    /// A private key of RSA as of PKCS#1.
    RsaPrivateKey,
    /// A private key of ECDSA as of SEC 1 (RFC 5915 §4).
    EcPrivateKey,
    /// Parameters of a curve, which OpenSSL writes before a private key.
    EcParameters,
    /// A public key, as SubjectPublicKeyInfo (RFC 7468 §13).
    PublicKey,
}

impl Label {
    const ALL: [Self; 9] = [
        Self::Certificate,
        Self::Crl,
        Self::CertificateRequest,
        Self::PrivateKey,
        Self::EncryptedPrivateKey,
        Self::RsaPrivateKey,
        Self::EcPrivateKey,
        Self::EcParameters,
        Self::PublicKey,
    ];
    /// As it stands between the hyphens.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Certificate => "CERTIFICATE",
            Self::Crl => "X509 CRL",
            Self::CertificateRequest => "CERTIFICATE REQUEST",
            Self::PrivateKey => "PRIVATE KEY",
            Self::EncryptedPrivateKey => "ENCRYPTED PRIVATE KEY",
            Self::RsaPrivateKey => "RSA PRIVATE KEY",
            Self::EcPrivateKey => "EC PRIVATE KEY",
            Self::EcParameters => "EC PARAMETERS",
            Self::PublicKey => "PUBLIC KEY",
        }
    }
    fn of(text: &[u8]) -> Option<Self> {
        Self::ALL.into_iter().find(|label| label.as_str().as_bytes() == text)
    }
}

/// The blocks of a text, one after the other, in one pass. After an error there is nothing more.
#[derive(Debug)]
pub struct Blocks<'t> {
    rest: &'t [u8],
    line: usize,
    count: usize,
    /// The label of the first block, for who asked for another.
    found: Option<Option<Label>>,
    is_der: bool,
}

impl<'t> Blocks<'t> {
    /// The blocks of `text`.
    #[must_use]
    pub const fn new(text: &'t [u8]) -> Self {
        Self { rest: text, line: 0, count: 0, found: None, is_der: matches!(text, [0x30, 0x80..=0xff, ..]) }
    }
    /// What to say when all blocks have been seen, and what was `wanted` was not among them.
    #[must_use]
    pub const fn missing(&self, wanted: Label) -> PemError {
        let kind = match self.found {
            Some(found) => PemErrorKind::Missing { wanted, found },
            None if self.is_der => PemErrorKind::Der,
            None => PemErrorKind::NoBlock,
        };
        PemError { line: self.line, kind }
    }
    /// The next line, without its end, which is CR, LF, or both.
    fn line(&mut self) -> Option<&'t [u8]> {
        if self.rest.is_empty() {
            return None;
        }
        let length = self.rest.iter().position(|byte| matches!(byte, b'\r' | b'\n'));
        let (line, rest) = self.rest.split_at_checked(length.unwrap_or(self.rest.len()))?;
        self.rest = match rest {
            [b'\r', b'\n', rest @ ..] | [_, rest @ ..] => rest,
            [] => &[],
        };
        self.line = self.line.saturating_add(1);
        Some(line)
    }
    /// The block that begins behind the line that gave its label.
    fn block(&mut self, label: &[u8]) -> Result<Block, PemErrorKind> {
        self.count = self.count.saturating_add(1);
        if self.count > MAX_BLOCKS {
            return Err(PemErrorKind::TooManyBlocks);
        }
        let known = Label::of(label);
        let length = self.rest.iter().position(|byte| *byte == b'-').unwrap_or(self.rest.len());
        if length > MAX_LENGTH {
            return Err(PemErrorKind::TooLong);
        }
        let mut base64 = Base64::with_room_for(length);
        let mut begun = false;
        while let Some(line) = self.line() {
            let line = without_blanks(line);
            if let Some(end) = line.strip_prefix(END.as_bytes()) {
                if end.strip_suffix(HYPHENS.as_bytes()) != Some(label) {
                    return Err(PemErrorKind::WrongEnd(known));
                }
                return Ok(Block { label: known, der: base64.finish()? });
            }
            if line.is_empty() && !begun {
                continue;
            }
            if line.contains(&b':') {
                return Err(PemErrorKind::Headers);
            }
            if line.is_empty() {
                return Err(PemErrorKind::Character);
            }
            begun = true;
            base64.line(line)?;
        }
        Err(PemErrorKind::NoEnd(known))
    }
}

impl Iterator for Blocks<'_> {
    type Item = Result<Block, PemError>;
    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let Some(label) = without_blanks(self.line()?).strip_prefix(BEGIN.as_bytes()) else { continue };
            let block = match label.strip_suffix(HYPHENS.as_bytes()) {
                Some(label) => self.block(label),
                None => Err(PemErrorKind::Begin),
            };
            if let Ok(block) = &block {
                self.found.get_or_insert(block.label);
            } else {
                self.rest = &[];
            }
            return Some(block.map_err(|kind| PemError { line: self.line, kind }));
        }
    }
}

/// Without the blanks at its end (WSP of RFC 7468 §3).
const fn without_blanks(mut line: &[u8]) -> &[u8] {
    while let [rest @ .., b' ' | b'\t'] = line {
        line = rest;
    }
    line
}

/// Base64 on its way to bytes.
struct Base64 {
    bytes: Zeroizing<Vec<u8>>,
    /// The last letters, six bits each.
    bits: u32,
    letters: usize,
    pads: usize,
}

impl Base64 {
    /// For at most `length` letters: so long the buffer doesn't grow, and leaves no copy behind.
    fn with_room_for(length: usize) -> Self {
        let bytes = Zeroizing::new(Vec::with_capacity(length));
        Self { bytes, bits: 0, letters: 0, pads: 0 }
    }
    fn line(&mut self, line: &[u8]) -> Result<(), PemErrorKind> {
        let mut valid = Choice::from_lsb(1);
        for letter in line {
            if *letter == b'=' {
                self.pads = self.pads.saturating_add(1);
                continue;
            }
            if self.pads > 0 {
                return Err(PemErrorKind::Padding);
            }
            let (sextet, is_letter) = sextet(*letter);
            valid = valid & is_letter;
            self.bits = self.bits << 6 | u32::from(sextet);
            self.letters = self.letters.wrapping_add(1);
            if self.letters.is_multiple_of(4) {
                self.push(0, 3);
            }
        }
        if valid.reveal() { Ok(()) } else { Err(PemErrorKind::Character) }
    }
    fn finish(mut self) -> Result<Zeroizing<Vec<u8>>, PemErrorKind> {
        let unused = match (self.letters % 4, self.pads) {
            (0, 0) => 0,
            (2, 2) => self.push(12, 1) & 0x0f,
            (3, 1) => self.push(6, 2) & 0x03,
            _ => return Err(PemErrorKind::Padding),
        };
        if unused == 0 { Ok(core::mem::take(&mut self.bytes)) } else { Err(PemErrorKind::Padding) }
    }
    /// Takes `count` bytes from the top of 24 bits, the last `missing` of which have not come.
    fn push(&mut self, missing: u32, count: usize) -> u32 {
        let [_, bytes @ ..] = (self.bits << missing).to_be_bytes();
        self.bytes.extend(bytes.iter().take(count));
        self.bits
    }
}
impl Drop for Base64 {
    fn drop(&mut self) {
        zeroize::Zeroize::zeroize(&mut self.bits);
    }
}

/// The six bits of a letter, and whether it is one.
fn sextet(letter: u8) -> (u8, Choice) {
    let (mut sextet, mut valid) = (0, Choice::from_lsb(0));
    for (first, count, value) in ALPHABET {
        let offset = u64::from(letter).wrapping_sub(first);
        let here = ct::less_than(offset, count);
        sextet |= ct::select(here, offset.wrapping_add(value), 0);
        valid = valid | here;
    }
    let [sextet, ..] = sextet.to_le_bytes();
    (sextet, valid)
}

/// The letter of six bits.
fn letter(sextet: u64) -> char {
    let mut letter = 0;
    for (first, count, value) in ALPHABET {
        let offset = sextet.wrapping_sub(value);
        letter |= ct::select(ct::less_than(offset, count), offset.wrapping_add(first), 0);
    }
    let [letter, ..] = letter.to_le_bytes();
    char::from(letter)
}

/// What is wrong with PEM, and where.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PemError {
    /// The number of the line, from 1; the last one if something is missing.
    pub line: usize,
    /// What is wrong.
    pub kind: PemErrorKind,
}

/// What is wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PemErrorKind {
    /// No line begins a block.
    NoBlock,
    /// This is DER, which is in PEM, but not PEM.
    Der,
    /// There are blocks, but none of the label that was wanted.
    Missing {
        /// What was asked for.
        wanted: Label,
        /// The label of the first block; none if it is nothing known here.
        found: Option<Label>,
    },
    /// A line that begins a block, but does not end in five hyphens.
    Begin,
    /// The end of a block with another label than its beginning, which is given.
    WrongEnd(Option<Label>),
    /// The end of a block, whose label is given, does not come.
    NoEnd(Option<Label>),
    /// Headers in a block (RFC 1421 §4.6): so OpenSSL once wrote encrypted keys.
    Headers,
    /// A character that Base64 has not, or an empty line in the middle.
    Character,
    /// The padding does not fit, or is not zero, or something follows it.
    Padding,
    /// A block of more than a megabyte.
    TooLong,
    /// More than 4096 blocks.
    TooManyBlocks,
}

impl fmt::Display for PemError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = |label: Option<Label>| label.map_or("something else", Label::as_str);
        match self.kind {
            PemErrorKind::NoBlock => return f.write_str("no PEM: there is no line with -----BEGIN"),
            PemErrorKind::Der => return f.write_str("no PEM: it looks like DER"),
            PemErrorKind::Missing { wanted, found } => {
                return write!(f, "no {} in the PEM, but {}", wanted.as_str(), name(found));
            }
            PemErrorKind::Begin => f.write_str("a beginning without five hyphens at its end")?,
            PemErrorKind::WrongEnd(label) => write!(f, "{} ends as something else", name(label))?,
            PemErrorKind::NoEnd(label) => write!(f, "{} does not end", name(label))?,
            PemErrorKind::Headers => f.write_str("headers, as in encrypted keys of old")?,
            PemErrorKind::Character => f.write_str("not a character of Base64")?,
            PemErrorKind::Padding => f.write_str("Base64 ends wrongly")?,
            PemErrorKind::TooLong => f.write_str("the block is too long")?,
            PemErrorKind::TooManyBlocks => f.write_str("too many blocks")?,
        }
        write!(f, ", in line {} of the PEM", self.line)
    }
}
impl core::error::Error for PemError {}

const BEGIN: &str = "-----BEGIN ";
const END: &str = "-----END ";
const HYPHENS: &str = "-----";
const AROUND_LABELS: usize = BEGIN.len() + END.len() + 2 * HYPHENS.len() + 2;
const PAD: char = '=';
/// Runs of letters: the first, how many, and the bits of the first (RFC 4648 §4).
const ALPHABET: [(u64, u64, u64); 5] =
    [(0x41, 26, 0), (0x61, 26, 26), (0x30, 10, 52), (0x2b, 1, 62), (0x2f, 1, 63)];
/// Characters of one block: a large revocation list.
const MAX_LENGTH: usize = 1 << 20;
/// Blocks of one file: the roots of all the web fit 20 times.
const MAX_BLOCKS: usize = 4096;
