//! A CPU of which no fast backend knows anything.
use super::Features;

pub(super) fn features() -> Features {
    Features::none()
}
