//! Key schedules. "Ours" and "theirs" are settled at birth, so nobody above ever asks which side we are.
mod share;
pub(crate) mod tls12;
pub(crate) use share::KeyShare;

/// The peer's Finished matched. Made by the key schedules only.
pub(crate) struct FinishedVerified(());
