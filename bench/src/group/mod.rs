//! The rows, by what they are about. None is built before it is asked for.
use crate::measure::Row;

mod aead;
mod hash;
mod hmac;
#[cfg(feature = "openssl")]
mod openssl;
mod rng;

/// A row that is not built yet.
pub struct Plan {
    /// The row's name.
    pub name: String,
    /// Builds it.
    pub build: Box<dyn Fn(String) -> Row>,
}

impl Plan {
    fn new(name: String, build: impl Fn(String) -> Row + 'static) -> Self {
        Self { name, build: Box::new(build) }
    }
}

/// All rows, in the order in which they are shown.
#[must_use]
pub fn all() -> Vec<Plan> {
    [aead::plans(), hash::plans(), hmac::plans(), rng::plans()].into_iter().flatten().collect()
}
