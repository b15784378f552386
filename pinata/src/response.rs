//! What is answered: status, body and fields, written as bytes (RFC 9112 §4, RFC 9110 §6.6.1 and §8.6).
use crate::clock;
use std::borrow::Cow;
use x509::Time;

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Status {
    Ok,
    BadRequest,
    NotFound,
    MethodNotAllowed,
    HeadTooLarge,
    VersionNotSupported,
}
impl Status {
    pub(crate) const fn line(self) -> &'static str {
        match self {
            Self::Ok => "200 OK",
            Self::BadRequest => "400 Bad Request",
            Self::NotFound => "404 Not Found",
            Self::MethodNotAllowed => "405 Method Not Allowed",
            Self::HeadTooLarge => "431 Request Header Fields Too Large",
            Self::VersionNotSupported => "505 HTTP Version Not Supported",
        }
    }
}

#[derive(Debug)]
pub(crate) struct Response {
    pub(crate) status: Status,
    pub(crate) media_type: &'static str,
    pub(crate) body: Cow<'static, str>,
}

/// What follows the answer.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Then {
    KeepAlive,
    Close,
}

impl Response {
    pub(crate) fn html(status: Status, body: String) -> Self {
        Self { status, media_type: "text/html; charset=utf-8", body: body.into() }
    }

    /// The whole answer; to HEAD (`with_body` false) without its body, but with the length that GET would have had.
    pub(crate) fn to_bytes(&self, with_body: bool, then: Then, now: Time) -> Vec<u8> {
        let Self { status, media_type, body } = self;
        let allow = if *status == Status::MethodNotAllowed { "Allow: GET, HEAD\r\n" } else { "" };
        let then = match then {
            Then::KeepAlive => "keep-alive",
            Then::Close => "close",
        };
        let mut bytes = format!(
            "HTTP/1.1 {}\r\nDate: {}\r\nContent-Type: {media_type}\r\nContent-Length: {}\r\n\
             Connection: {then}\r\n{allow}{PRECAUTIONS}\r\n",
            status.line(),
            clock::imf_fixdate(now),
            body.len(),
        )
        .into_bytes();
        if with_body {
            bytes.extend_from_slice(body.as_bytes());
        }
        bytes
    }
}

/// Nothing but our own style sheet is loaded, nothing runs, nobody frames us.
const PRECAUTIONS: &str = "Content-Security-Policy: default-src 'none'; style-src 'self'; base-uri 'none'; \
    form-action 'none'; frame-ancestors 'none'\r\n\
    X-Content-Type-Options: nosniff\r\n\
    Referrer-Policy: no-referrer\r\n\
    Cache-Control: no-store\r\n";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn head_has_the_length_of_get_and_no_body() {
        let page = Response::html(Status::Ok, "Piñata".to_owned());
        let get = String::from_utf8(page.to_bytes(true, Then::KeepAlive, Time(0))).unwrap();
        let head = String::from_utf8(page.to_bytes(false, Then::KeepAlive, Time(0))).unwrap();
        assert_eq!(get, format!("{head}Piñata"));
        assert!(head.ends_with("\r\n\r\n"));
        assert!(head.contains("\r\nContent-Length: 7\r\n"), "{head}"); // bytes, not characters
        assert!(head.contains("\r\nConnection: keep-alive\r\n"));
    }
    #[test]
    fn every_answer_forbids_scripts_and_says_whether_it_is_the_last() {
        let text = Response::html(Status::MethodNotAllowed, String::new()).to_bytes(
            true,
            Then::Close,
            Time(784_111_777),
        );
        let text = String::from_utf8(text).unwrap();
        assert!(
            text.starts_with("HTTP/1.1 405 Method Not Allowed\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n")
        );
        assert!(text.contains("\r\nContent-Security-Policy: default-src 'none'; style-src 'self'; base-uri"));
        assert!(text.contains("\r\nAllow: GET, HEAD\r\n"));
        assert!(text.contains("\r\nConnection: close\r\n"));
    }
}
