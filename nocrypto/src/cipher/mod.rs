//! Ciphers: AES and ChaCha20, without authentication.
pub mod aes;
pub mod chacha20;
