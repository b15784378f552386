//! What both ends do the same way: believing a chain, ending the handshake, living on. Functions and leaf states, no
//! generic machine.
pub(crate) mod connected12;
pub(crate) mod identity;
pub(crate) mod last12;
