//! TLS as a value: bytes in, record, message, state, actions, bytes out. No socket, no clock, no randomness.
//!
//! [`Connection`] is the engine; its documentation is the contract. [`Desk`] is whoever answers its questions, with
//! [`desk::ServerDesk`] and [`desk::ClientDesk`] for keys that are at hand. [`io`] moves the bytes for those who would
//! rather read and write.
#![cfg_attr(not(test), no_std)]
#![forbid(unsafe_code)]
extern crate alloc;
#[cfg(test)]
extern crate self as tls;
#[cfg(feature = "std")]
extern crate std; // the tests within stand on the same ground as the tests without

mod action;
mod ask;
mod client;
mod codec;
mod config;
mod connection;
pub mod desk;
mod error;
pub mod io;
mod key_schedule;
mod message;
mod peer;
mod record;
mod registry;
mod scheme;
mod server;
mod session;
mod step;
mod suite;
mod trace;
mod transcript;

pub use action::{Established, Note};
pub use ask::{Answer, Question};
pub use config::{ClientAuth, ClientConfig, Credential, CredentialError, Host, ServerConfig};
pub use connection::{Connection, Event, Plaintext, RecordWriter, World};
pub use desk::Desk;
pub use error::{Declined, Error, Got, Incompatible, Misbehaviour, Refused, Structure};
pub use message::ClientHello;
pub use record::Wire;
pub use registry::{
    AlertDescription, CipherSuite, ContentType, ExtensionType, HandshakeType, NamedGroup, ProtocolVersion,
    SignatureScheme,
};
pub use session::{Session, Ticket};
pub use trace::{Observe, Trace};
