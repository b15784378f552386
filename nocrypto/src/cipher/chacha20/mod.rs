//! ChaCha20 (RFC 8439 §2.3, §2.4): a block of key stream from key, counter and nonce.
