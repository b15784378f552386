//! Names as text (RFC 4514 §2): the last attribute first, special characters escaped.
use crate::name::{Attribute, Name};
use crate::oid;
use asn1::Oid;
use core::fmt::{Display, Formatter, Result, Write as _};

impl Display for Name<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let mut comma = "";
        for rdn in self.rdns().rev() {
            f.write_str(comma)?;
            comma = ",";
            let mut plus = "";
            for attribute in rdn {
                f.write_str(plus)?;
                plus = "+";
                write!(f, "{attribute}")?;
            }
        }
        Ok(())
    }
}

/// `CN=example`; the value as `#` and hexadecimal DER if its type has no keyword, or it no text.
impl Display for Attribute<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let keyword = keyword(self.kind());
        match keyword {
            Some(keyword) => write!(f, "{keyword}=")?,
            None => write!(f, "{}=", self.kind())?,
        }
        match self.text().filter(|_| keyword.is_some()) {
            Some(text) => escape(text, f),
            None => {
                f.write_char('#')?;
                self.der().iter().try_for_each(|octet| write!(f, "{octet:02x}"))
            }
        }
    }
}

/// What RFC 4514 §2.4 escapes, and every character that could mislead a reader: controls, marks that turn the
/// direction of writing, and whatever beyond ASCII is neither letter nor digit.
fn escape(text: &str, f: &mut Formatter<'_>) -> Result {
    let last = text.char_indices().next_back().map(|(at, _)| at);
    for (at, character) in text.char_indices() {
        match character {
            '"' | '+' | ',' | ';' | '<' | '>' | '\\' => write!(f, "\\{character}")?,
            '#' if at == 0 => f.write_str("\\#")?,
            ' ' if at == 0 || Some(at) == last => f.write_str("\\ ")?,
            ' '..='~' => f.write_char(character)?,
            _ if character.is_alphanumeric() => f.write_char(character)?,
            _ => {
                let mut utf8 = [0; 4];
                character.encode_utf8(&mut utf8).bytes().try_for_each(|octet| write!(f, "\\{octet:02x}"))?;
            }
        }
    }
    Ok(())
}

/// The keywords of RFC 4514 §3, and the one that everybody has for mail.
fn keyword(kind: Oid<'_>) -> Option<&'static str> {
    Some(match kind {
        oid::COMMON_NAME => "CN",
        oid::LOCALITY => "L",
        oid::STATE_OR_PROVINCE => "ST",
        oid::ORGANIZATION => "O",
        oid::ORGANIZATIONAL_UNIT => "OU",
        oid::COUNTRY => "C",
        oid::STREET => "STREET",
        oid::DOMAIN_COMPONENT => "DC",
        oid::USER_ID => "UID",
        oid::EMAIL_ADDRESS => "emailAddress",
        _ => return None,
    })
}
