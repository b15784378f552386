//! Whether the subject is a CA, and how deep below it others may be (RFC 5280 §4.2.1.9).

asn1::sequence! {
    /// ```text
    /// BasicConstraints ::= SEQUENCE { cA BOOLEAN DEFAULT FALSE, pathLenConstraint INTEGER (0..MAX) OPTIONAL }
    /// ```
    pub struct BasicConstraints {
        /// Whether the key may verify signatures on certificates.
        pub ca: bool = false,
        /// How many intermediate certificates, those that are self-issued not counted, may follow. Only of a CA.
        pub path_length: Option<u32>,
    }
}
