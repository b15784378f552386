//! DNS names in certificates: the preferred name syntax (RFC 1034 §3.5, RFC 1123 §2.1) and wildcards (RFC 9525 §6.3).

/// A host name in the preferred syntax: one to 127 labels of letters, digits and inner hyphens, 253 octets at most,
/// no dot at either end, and a last label that is not all digits, so that no address passes for a name.
///
/// Names are kept as they came, compared without case, and never taken for Unicode: an A-label is a label like any
/// other.
#[derive(Clone, Copy, Debug)]
pub struct DnsName<'a>(&'a str);

impl<'a> DnsName<'a> {
    /// The name that `text` is, if it keeps to the syntax.
    #[must_use]
    pub fn new(text: &'a str) -> Option<Self> {
        let last = text.rsplit('.').next()?;
        let well_formed = text.len() <= MAX_NAME
            && text.split('.').all(is_label)
            && !last.bytes().all(|octet| octet.is_ascii_digit());
        well_formed.then_some(Self(text))
    }
    /// The name as it was written.
    #[must_use]
    pub const fn as_str(&self) -> &'a str {
        self.0
    }
    /// Whether this name is `ancestor` itself, or ends with its labels.
    #[must_use]
    pub fn is_within(&self, ancestor: Self) -> bool {
        self.labels_before(ancestor).is_some()
    }
    /// What stands before `ancestor` in this name, without the dot between: empty if they are equal.
    fn labels_before(&self, ancestor: Self) -> Option<&'a str> {
        let cut = self.0.len().checked_sub(ancestor.0.len())?;
        let (before, end) = self.0.split_at_checked(cut)?;
        if !end.eq_ignore_ascii_case(ancestor.0) {
            return None;
        }
        if before.is_empty() { Some(before) } else { before.strip_suffix('.') }
    }
}

/// Without case (RFC 4343).
impl PartialEq for DnsName<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(other.0)
    }
}
impl Eq for DnsName<'_> {}

/// The contents of a dNSName (RFC 5280 §4.2.1.6): one name, or all names with one label more.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DnsPattern<'a> {
    /// This name alone.
    Name(DnsName<'a>),
    /// `*.` and this name: the wildcard is the whole left-most label, and stands for exactly one.
    Wildcard(DnsName<'a>),
}

impl<'a> DnsPattern<'a> {
    /// The pattern that `text` is; `*` anywhere but as the whole first label is no pattern.
    #[must_use]
    pub fn new(text: &'a str) -> Option<Self> {
        match text.strip_prefix("*.") {
            Some(base) => DnsName::new(base).map(Self::Wildcard),
            None => DnsName::new(text).map(Self::Name),
        }
    }
    /// Whether `host` is meant, a name without a dot at its end. A wildcard stands for any one label, and means nobody
    /// if there are fewer than two labels behind it (`*.com`).
    #[must_use]
    pub fn matches(&self, host: &str) -> bool {
        match self {
            Self::Name(only) => only.0.eq_ignore_ascii_case(host),
            Self::Wildcard(base) => {
                let below = host
                    .split_once('.')
                    .is_some_and(|(label, rest)| !label.is_empty() && rest.eq_ignore_ascii_case(base.0));
                below && base.0.contains('.')
            }
        }
    }
    /// Whether every name that is meant lies within `ancestor`.
    #[must_use]
    pub fn is_within(&self, ancestor: DnsName<'_>) -> bool {
        let (Self::Name(name) | Self::Wildcard(name)) = self;
        name.is_within(ancestor)
    }
    /// Whether any name that is meant lies within `ancestor`.
    #[must_use]
    pub fn overlaps(&self, ancestor: DnsName<'_>) -> bool {
        match self {
            Self::Name(name) => name.is_within(ancestor),
            Self::Wildcard(base) => {
                base.is_within(ancestor) || ancestor.labels_before(*base).is_some_and(is_one_label)
            }
        }
    }
}

impl core::fmt::Display for DnsName<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.0)
    }
}
impl core::fmt::Display for DnsPattern<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Name(name) => write!(f, "{name}"),
            Self::Wildcard(base) => write!(f, "*.{base}"),
        }
    }
}

fn is_label(label: &str) -> bool {
    label.len() <= MAX_LABEL
        && !label.is_empty()
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label.bytes().all(|octet| octet.is_ascii_alphanumeric() || octet == b'-')
}

/// Of what stands before a name.
fn is_one_label(before: &str) -> bool {
    !before.is_empty() && !before.contains('.')
}

const MAX_LABEL: usize = 63;
const MAX_NAME: usize = 253;
