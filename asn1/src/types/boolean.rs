//! BOOLEAN (X.690 §8.2, §11.1).
use crate::error::{Error, ErrorKind};
use crate::read::{DecodeValue, Reader, Tagged};
use crate::tag::Tag;
use crate::write::{EncodeValue, Writer};

impl Tagged for bool {
    const TAG: Tag = Tag::BOOLEAN;
}
impl<'a> DecodeValue<'a> for bool {
    fn decode_value(contents: &mut Reader<'a>) -> Result<Self, Error> {
        contents.take_rest(|octets| match octets {
            [0x00] => Ok(false),
            [0xff] => Ok(true),
            _ => Err(ErrorKind::Boolean),
        })
    }
}
impl EncodeValue for bool {
    fn encode_value(&self, writer: &mut Writer) {
        writer.bytes(if *self { &[0xff] } else { &[0x00] });
    }
}
