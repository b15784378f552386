//! The format of NIST's response files, used for all our plain-text vectors: records of `name = value`, parted by
//! empty lines, under headings in brackets; `#` begins a comment.

/// One record. Values are asked for by name.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// The last heading, without its brackets.
    pub heading: String,
    fields: Vec<(String, String)>,
}

/// All records of a text, in order.
#[must_use]
pub fn records(text: &str) -> Vec<Record> {
    let mut all = Vec::new();
    let mut heading = String::new();
    let mut fields = Vec::new();
    for line in text.lines().map(str::trim).chain([""]) {
        if line.is_empty() && !fields.is_empty() {
            all.push(Record { heading: heading.clone(), fields: core::mem::take(&mut fields) });
        } else if let Some(inside) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            heading = inside.to_owned();
        } else if let Some((name, value)) = line.split_once('=').filter(|_| !line.starts_with('#')) {
            fields.push((name.trim().to_owned(), value.trim().trim_matches('"').to_owned()));
        }
    }
    all
}

impl Record {
    /// The value of `name`, if the record has one.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }
    /// The value of `name`.
    ///
    /// # Panics
    /// If there is none.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.get(name).unwrap_or_else(|| panic!("no {name} in {self:?}"))
    }
    /// The value of `name` as bytes; it is written in hexadecimal.
    ///
    /// # Panics
    /// If there is none, or it is not hexadecimal.
    #[must_use]
    pub fn bytes(&self, name: &str) -> Vec<u8> {
        hex::decode(self.text(name)).unwrap_or_else(|e| panic!("{name}: {e} in {self:?}"))
    }
    /// The value of `name` as a decimal number.
    ///
    /// # Panics
    /// If there is none, or it is not a number.
    #[must_use]
    pub fn number(&self, name: &str) -> usize {
        self.text(name).parse().unwrap_or_else(|e| panic!("{name}: {e} in {self:?}"))
    }
}
