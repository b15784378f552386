//! The format of NIST's response files, used for all our plain-text vectors: records of `name = value`, parted by
//! empty lines, under headings in brackets; `#` begins a comment. Values are hexadecimal, numbers, or text in quotes.

/// One record. Values are asked for by name, whose case does not matter.
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
            fields.push((name.trim().to_owned(), value.trim().to_owned()));
        }
    }
    all
}

/// The records that have `last`, each with what was said before it, in headings or in records, and not said anew.
#[must_use]
pub fn cumulated(text: &str, last: &str) -> Vec<Record> {
    let mut said: Vec<(String, String)> = Vec::new();
    let mut all = Vec::new();
    for record in records(text) {
        let heading = record.heading.split(',').filter_map(|part| part.split_once('='));
        let heading = heading.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()));
        for (name, value) in heading.chain(record.fields.iter().cloned()) {
            said.retain(|(n, _)| !n.eq_ignore_ascii_case(&name));
            said.push((name, value));
        }
        if record.get(last).is_some() {
            all.push(Record { heading: record.heading, fields: said.clone() });
        }
    }
    all
}

impl Record {
    /// The value of `name`, if the record has one.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.raw(name).map(|value| value.trim_matches('"'))
    }
    fn raw(&self, name: &str) -> Option<&str> {
        let found = self.fields.iter().find(|(n, _)| n.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }
    /// The value of `name`.
    ///
    /// # Panics
    /// If there is none.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.get(name).unwrap_or_else(|| panic!("no {name} in {self:?}"))
    }
    /// The value of `name` as bytes; it is written in hexadecimal, or is text in quotes.
    ///
    /// # Panics
    /// If there is none, or it is not hexadecimal.
    #[must_use]
    pub fn bytes(&self, name: &str) -> Vec<u8> {
        let value = self.text(name);
        if self.raw(name).is_some_and(|raw| raw.starts_with('"')) {
            return value.as_bytes().to_vec();
        }
        hex::decode(value).unwrap_or_else(|e| panic!("{name}: {e} in {self:?}"))
    }
    /// [`Record::bytes`] of the first of `names` that the record has: not every file has the same name for a thing.
    ///
    /// # Panics
    /// If it has none of them, or the value is not hexadecimal.
    #[must_use]
    pub fn bytes_of(&self, names: &[&str]) -> Vec<u8> {
        let name = names.iter().find(|name| self.get(name).is_some());
        self.bytes(name.unwrap_or_else(|| panic!("none of {names:?} in {self:?}")))
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
