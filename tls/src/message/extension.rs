//! `Extension` (RFC 5246 §7.4.1.4) and the bodies that look the same in both hellos.
use crate::codec::{Reader, vec8, vec16};
use crate::error::{Error, Misbehaviour, Structure};
use crate::registry::ExtensionType;
use alloc::vec::Vec;

/// Visits each extension of the hello that `reader` is in, with its body, which must be read to its end.
/// No extensions at all is an old way of having none.
pub(super) fn each<'a>(
    reader: &mut Reader<'a>,
    mut visit: impl FnMut(ExtensionType, &mut Reader<'a>) -> Result<(), Error>,
) -> Result<(), Error> {
    if reader.is_empty() {
        return Ok(());
    }
    let extensions = reader.vec16()?;
    let mut list = reader.inside(extensions);
    let mut seen = Vec::new();
    while !list.is_empty() {
        let kind = ExtensionType::from(list.u16()?);
        let mut body = Reader::new(list.vec16()?, Structure::Extension(kind));
        seen.push(kind);
        visit(kind, &mut body)?;
        body.finish()?;
    }
    // Sorted, because the list is the peer's to make long.
    seen.sort_unstable_by_key(|kind| u16::from(*kind));
    match seen.windows(2).any(|pair| matches!(pair, [a, b] if a == b)) {
        true => Err(Error::Misbehaved(Misbehaviour::DuplicateExtension)),
        false => Ok(()),
    }
}

/// Writes one extension.
pub(super) fn put(out: &mut Vec<u8>, kind: ExtensionType, body: impl FnOnce(&mut Vec<u8>)) {
    out.extend(u16::from(kind).to_be_bytes());
    vec16(out, body);
}

/// `ECPointFormatList` (RFC 8422 §5.1.2): whether it has the uncompressed one, without which nobody can speak.
pub(super) fn point_formats(body: &mut Reader<'_>) -> Result<(), Error> {
    match body.vec8()? {
        [] => Err(body.bad()),
        formats if formats.contains(&UNCOMPRESSED) => Ok(()),
        _ => Err(Error::Misbehaved(Misbehaviour::WrongPointFormats)),
    }
}
pub(super) fn put_point_formats(out: &mut Vec<u8>) {
    put(out, ExtensionType::EcPointFormats, |out| vec8(out, |out| out.push(UNCOMPRESSED)));
}

/// `RenegotiationInfo` (RFC 5746 §3.2) of a first handshake: empty, as there was nothing before it.
pub(super) fn renegotiation_info(body: &mut Reader<'_>) -> Result<(), Error> {
    match body.vec8()? {
        [] => Ok(()),
        _ => Err(Error::Misbehaved(Misbehaviour::BadRenegotiationInfo)),
    }
}
pub(super) fn put_renegotiation_info(out: &mut Vec<u8>) {
    put(out, ExtensionType::RenegotiationInfo, |out| vec8(out, |_| {}));
}

/// `ProtocolNameList` (RFC 7301 §3.1): at least one name, none of them empty.
pub(super) fn protocols<'a>(body: &mut Reader<'a>) -> Result<Vec<&'a [u8]>, Error> {
    let names = body.vec16()?;
    body.list(names, |names| match names.vec8()? {
        [] => Err(names.bad()),
        name => Ok(name),
    })
}
pub(super) fn put_protocols<'n>(out: &mut Vec<u8>, names: impl IntoIterator<Item = &'n [u8]>) {
    put(out, ExtensionType::ApplicationLayerProtocolNegotiation, |out| {
        vec16(out, |out| names.into_iter().for_each(|name| vec8(out, |out| out.extend(name))));
    });
}

const UNCOMPRESSED: u8 = 0;
