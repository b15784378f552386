//! Why the server does not start: one sentence that says what was found and what to do.
use core::fmt;

/// The sentence, for a person, without a full stop.
#[derive(Debug)]
pub(crate) struct Failure(pub(crate) String);
impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
