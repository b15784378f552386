//! Ciphers: AES and ChaCha20, without authentication.
