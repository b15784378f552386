//! Messages that only TLS 1.2 has, or has in this form (RFC 5246 §7.4, RFC 8422 §5, RFC 5077 §3.3).
mod certificate;
mod certificate_request;
mod client_key_exchange;
mod empty;
mod new_session_ticket;
mod server_key_exchange;
pub(crate) use certificate::Certificate;
pub(crate) use certificate_request::CertificateRequest;
pub(crate) use client_key_exchange::ClientKeyExchange;
pub(crate) use empty::{HelloRequest, ServerHelloDone};
pub(crate) use new_session_ticket::NewSessionTicket;
pub(crate) use server_key_exchange::{ServerEcdhParams, ServerKeyExchange};
