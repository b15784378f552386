//! The types of ASN.1 that the PKI uses, one a file.

pub(crate) mod any;
pub(crate) mod bit_string;
mod boolean;
pub(crate) mod explicit;
pub(crate) mod implicit;
pub(crate) mod integer;
pub(crate) mod null;
pub(crate) mod octet_string;
pub(crate) mod raw;
pub(crate) mod sequence_of;
pub(crate) mod set_of;
pub(crate) mod string;
pub(crate) mod time;
