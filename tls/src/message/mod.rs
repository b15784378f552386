//! Handshake messages (RFC 5246 §7.4), borrowed from the record where they can be: one struct of the RFCs a file.
mod certificate_verify;
mod client_hello;
mod extension;
mod finished;
mod server_hello;
pub(crate) mod tls12;
pub(crate) use certificate_verify::CertificateVerify;
pub use client_hello::ClientHello;
pub(crate) use finished::Finished;
pub(crate) use server_hello::ServerHello;
