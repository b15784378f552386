//! Errors told to a human, in one sentence without its full stop (RFC 5246 §7.2.2 has the same for machines).
use super::{Declined, Error, Got, Incompatible, Misbehaviour, Refused, Structure};
use crate::registry::AlertDescription;
use core::fmt;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Decode(Structure::Record) => f.write_str("the peer does not speak TLS"),
            Self::Decode(what) => write!(f, "the peer sent a malformed {what}"),
            Self::Unexpected { state, got } => write!(f, "the peer sent {got} in state {state}"),
            Self::Misbehaved(what) => write!(f, "the peer broke a rule of TLS: {what}"),
            Self::Incompatible(what) => write!(f, "the peer has too little in common with us: {what}"),
            Self::BadCertificate => f.write_str("the peer's certificate cannot be read"),
            Self::Path(kind) => write!(f, "the peer's certificate is not trusted ({kind:?})"),
            Self::BadRecord => f.write_str("a record did not open: it was damaged or forged"),
            Self::RecordTooLong => f.write_str("a record is longer than TLS allows"),
            Self::PeerAlert(AlertDescription::CloseNotify) => {
                f.write_str("the peer left during the handshake")
            }
            Self::PeerAlert(what) => write!(f, "the peer gave up ({what:?})"),
            Self::Truncated => f.write_str("the transport ended before the peer had said so"),
            Self::Cancelled => f.write_str("we closed before the handshake was done"),
            Self::Declined(Declined::Host) => f.write_str("there is no host for this client"),
            Self::Declined(Declined::Signature) => f.write_str("our key did not sign"),
        }
    }
}
impl core::error::Error for Error {}

impl fmt::Display for Structure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Alert => f.write_str("alert"),
            Self::Handshake(kind) => write!(f, "{kind:?}"),
            Self::Extension(kind) => write!(f, "extension {kind:?}"),
            Self::Record => f.write_str("record"),
        }
    }
}
impl fmt::Display for Got {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Handshake(kind) => write!(f, "{kind:?}"),
            Self::ChangeCipherSpec => f.write_str("ChangeCipherSpec"),
            Self::Record(kind) => write!(f, "{kind:?}"),
            Self::Answer => f.write_str("an answer"),
        }
    }
}

impl fmt::Display for Misbehaviour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::BadFinished => "it has not heard the same handshake",
            Self::BadSignature => "its signature is wrong",
            Self::BadShare => "its share of the key exchange is no point of the group, or a bad one",
            Self::NotAligned => "something stands inside a message or behind a flight",
            Self::Flood => "it sends again and again what nobody needs",
            Self::BadChangeCipherSpec => "its ChangeCipherSpec is malformed",
            Self::EmptyRecord => "a record is empty that must not be",
            Self::MessageTooLong => "a message is longer than its kind may be",
            Self::RecordVersion => "a record has another version than was agreed on",
            Self::WrongSuite => "it chose a cipher suite that was not offered",
            Self::WrongGroup => "it chose a group that was not offered",
            Self::WrongScheme => "it signs by a scheme that was not offered or is not its key's",
            Self::WrongKey => "its certificate's key does not fit the cipher suite or our groups",
            Self::WrongCompression => "it wants compression",
            Self::WrongPointFormats => "it does not take uncompressed points",
            Self::DuplicateExtension => "an extension is there twice",
            Self::UnsolicitedExtension => "it answers an extension that was not sent",
            Self::BadServerName => "the host name is no DNS name",
            Self::WrongProtocol => "it chose an application protocol that was not offered",
            Self::BadRenegotiationInfo => "it takes the first handshake for another",
            Self::ExtendedMasterSecretLost => "it resumes a session without its extended master secret",
            Self::EmptyCertificate => "it has no certificate",
            Self::CertificateRequired => "it shows no certificate, and one is required",
        })
    }
}

impl fmt::Display for Incompatible {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Version => "no version of TLS",
            Self::Ssl2 => "it speaks SSL 2",
            Self::Fallback => "it fell back from a version that we speak",
            Self::Suite => "no cipher suite that fits the certificate",
            Self::Group => "no group for the key exchange",
            Self::Scheme => "no signature scheme of our key",
            Self::Protocol => "no application protocol",
            Self::SecureRenegotiation => "it does not know secure renegotiation",
            Self::ExtendedMasterSecret => "it does not know the extended master secret",
        })
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotYet => f.write_str("the handshake is not done yet"),
            Self::Closed => f.write_str("our side of the connection is closed"),
            Self::Failed(error) => error.fmt(f),
            Self::WrongAnswer => f.write_str("the answer belongs to another question"),
            Self::NoQuestion => f.write_str("nothing was asked"),
            Self::KeysExhausted => f.write_str("the write keys are used up"),
        }
    }
}
impl core::error::Error for Refused {}
