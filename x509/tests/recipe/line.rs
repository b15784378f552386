//! The plainest path of three certificates, for breaking one rule at a time.
use super::verify::Question;
use super::{Key, Recipe};
use x509::path::error::Reason;
use x509::path::profile::Breach;
use x509::{PathErrorKind as Kind, Profile};

/// A root, a CA below it, and a server below that, with keys 1, 2 and 3.
pub struct Line {
    pub root: Recipe,
    pub ca: Recipe,
    pub leaf: Recipe,
}

impl Line {
    pub fn new() -> Self {
        let [root, ca, leaf] = [1, 2, 3].map(Key::new);
        Self {
            root: Recipe::root("root", &root),
            ca: Recipe::ca("ca", &ca, "root", &root),
            leaf: Recipe::server("a.example", &leaf, "ca", &ca),
        }
    }
    pub fn root(self, extension: Vec<u8>) -> Self {
        Self { root: self.root.with(extension), ..self }
    }
    pub fn ca(self, extension: Vec<u8>) -> Self {
        Self { ca: self.ca.with(extension), ..self }
    }
    pub fn leaf(self, extension: Vec<u8>) -> Self {
        Self { leaf: self.leaf.with(extension), ..self }
    }
    pub fn question(&self) -> Question {
        let [root, ca] = [1, 2].map(Key::new);
        Question::new(&[self.root.sign(&root)], &[self.leaf.sign(&ca), self.ca.sign(&root)])
    }
    pub fn kind(&self) -> Kind {
        self.question().kind()
    }
    pub fn breach(&self) -> Option<Breach> {
        let question = self.question();
        let Reason::Nonconforming(breach) = question.ask().unwrap_err().reason() else { return None };
        assert_eq!(Question { profile: Profile::Basic, ..question }.ask(), Ok((2, 0)), "{breach:?}");
        Some(breach)
    }
    pub fn is_good(&self) -> bool {
        self.question().ask() == Ok((2, 0))
    }
}
