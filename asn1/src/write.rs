//! Value → bytes: [`Writer`] and [`Encode`], what it writes (X.690 §8.1, §10.1).
use crate::read::Tagged;
use crate::tag::Tag;
use alloc::vec::Vec;

/// A type with a DER form.
pub trait Encode {
    /// Writes the value.
    fn encode(&self, writer: &mut Writer);

    /// The encoding. It is measured first and allocated once, so a secret leaves no outgrown buffer behind.
    fn to_der(&self) -> Vec<u8> {
        let mut writer = Writer(Sink::Bytes(Vec::with_capacity(Writer::measure(|w| self.encode(w)))));
        self.encode(&mut writer);
        match writer.0 {
            Sink::Bytes(der) => der,
            Sink::Length(_) => Vec::new(),
        }
    }
}

/// The contents of a type with one tag. Such a type has [`Encode`].
pub trait EncodeValue: Tagged {
    /// Writes the contents.
    fn encode_value(&self, writer: &mut Writer);
}

impl<T: EncodeValue> Encode for T {
    fn encode(&self, writer: &mut Writer) {
        writer.element(T::TAG, |contents| self.encode_value(contents));
    }
}

/// Collects an encoding, or only its length.
#[derive(Debug)]
pub struct Writer(Sink);

#[derive(Debug)]
enum Sink {
    Length(usize),
    Bytes(Vec<u8>),
}

impl Writer {
    /// Writes an element: `tag`, the length, and what `contents` writes. That runs twice, first to be measured.
    pub fn element(&mut self, tag: Tag, contents: impl Fn(&mut Self)) {
        let length = Self::measure(&contents);
        self.bytes(&[tag.octet()]);
        self.length(length);
        match &mut self.0 {
            Sink::Length(total) => *total = total.saturating_add(length),
            Sink::Bytes(_) => contents(self),
        }
    }
    /// Writes `bytes` as they are.
    pub fn bytes(&mut self, bytes: &[u8]) {
        match &mut self.0 {
            Sink::Length(total) => *total = total.saturating_add(bytes.len()),
            Sink::Bytes(out) => out.extend_from_slice(bytes),
        }
    }
    fn length(&mut self, length: usize) {
        match u8::try_from(length) {
            Ok(short @ 0..=0x7f) => self.bytes(&[short]),
            _ => {
                let octets = length.to_be_bytes();
                let leading_zeros = octets.iter().take_while(|octet| **octet == 0).count();
                let significant = octets.get(leading_zeros..).unwrap_or_default();
                // At most eight octets, so the count fits beside the mark.
                self.bytes(&[u8::try_from(significant.len()).unwrap_or_default() | 0x80]);
                self.bytes(significant);
            }
        }
    }
    /// The number of bytes that `contents` writes.
    fn measure(contents: impl Fn(&mut Self)) -> usize {
        let mut counter = Self(Sink::Length(0));
        contents(&mut counter);
        match counter.0 {
            Sink::Length(length) => length,
            Sink::Bytes(_) => 0,
        }
    }
}
