//! Hash functions whose collisions can be made: for what old files and old protocols demand, and nothing new.
mod md5;
mod sha1;

pub use md5::Md5;
pub use sha1::Sha1;
