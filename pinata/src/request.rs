//! The head of a request: bytes in, method, path and framing out (RFC 9112 §2 to §7, RFC 9110 §7.2).
use crate::response::Status;

/// Longest request line with all fields, in bytes.
pub(crate) const MAX_HEAD: usize = 8 << 10;

/// What stands at the beginning of the bytes received.
#[derive(Debug, Eq, PartialEq)]
pub(crate) enum Head {
    /// Not all of it has come yet.
    Incomplete,
    Complete(Request),
    /// Cannot be served; after the answer the connection is closed, for nobody knows where the next request begins.
    Refused(Status),
}

#[derive(Debug, Eq, PartialEq)]
pub(crate) struct Request {
    pub(crate) method: Method,
    /// As sent, without the query.
    pub(crate) path: String,
    /// Whether another request may follow. No body is ever read: a request that announces one is the last.
    pub(crate) keep_alive: bool,
    /// Bytes of the head.
    pub(crate) size: usize,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Method {
    Get,
    Head,
    Other,
}

/// Reads one head from the beginning of `received`.
pub(crate) fn head(received: &[u8]) -> Head {
    let mut fields = [httparse::EMPTY_HEADER; MAX_FIELDS];
    let mut request = httparse::Request::new(&mut fields);
    match request.parse(received) {
        Ok(httparse::Status::Complete(size)) if size <= MAX_HEAD => {
            judge(&request, size).map_or_else(Head::Refused, Head::Complete)
        }
        Ok(httparse::Status::Partial) if received.len() < MAX_HEAD => Head::Incomplete,
        Ok(_) | Err(httparse::Error::TooManyHeaders) => Head::Refused(Status::HeadTooLarge),
        Err(httparse::Error::Version) => Head::Refused(Status::VersionNotSupported),
        Err(_) => Head::Refused(Status::BadRequest),
    }
}

fn judge(request: &httparse::Request<'_, '_>, size: usize) -> Result<Request, Status> {
    let values = |name: &'static str| {
        request.headers.iter().filter(move |f| f.name.eq_ignore_ascii_case(name)).map(|f| f.value)
    };
    let newer = request.version == Some(1); // HTTP/1.1
    match values("host").count() {
        1 => {}
        0 if !newer => {}
        _ => return Err(Status::BadRequest), // RFC 9112 §3.2
    }
    let body = announces_body(values("content-length"), values("transfer-encoding").count())?;
    let option = |wanted: &str| values("connection").any(|v| has_token(v, wanted));
    Ok(Request {
        method: match request.method {
            Some("GET") => Method::Get,
            Some("HEAD") => Method::Head,
            _ => Method::Other,
        },
        path: path(request.path.unwrap_or_default()).ok_or(Status::BadRequest)?.to_owned(),
        keep_alive: !body && !option("close") && (newer || option("keep-alive")),
        size,
    })
}

/// RFC 9112 §6.3. Two lengths, a length beside a transfer coding, or a length that is no number: two readers could
/// disagree where the request ends, so nobody reads it.
fn announces_body<'a>(mut lengths: impl Iterator<Item = &'a [u8]>, codings: usize) -> Result<bool, Status> {
    match (lengths.next(), lengths.next(), codings) {
        (None, _, codings) => Ok(codings > 0),
        (Some(length), None, 0) if !length.is_empty() && length.iter().all(u8::is_ascii_digit) => {
            Ok(length.iter().any(|&digit| digit != b'0'))
        }
        _ => Err(Status::BadRequest),
    }
}

fn has_token(list: &[u8], wanted: &str) -> bool {
    list.split(|&b| b == b',').any(|token| token.trim_ascii().eq_ignore_ascii_case(wanted.as_bytes()))
}

/// Origin form and absolute form (RFC 9112 §3.2.1 and §3.2.2), without the query.
fn path(target: &str) -> Option<&str> {
    let rest = if target.starts_with('/') || target == "*" {
        target
    } else {
        let (_scheme, rest) = target.split_once("://")?;
        rest.find(['/', '?']).and_then(|at| rest.get(at..)).unwrap_or_default()
    };
    let path = rest.split('?').next()?;
    Some(if path.is_empty() { "/" } else { path })
}

const MAX_FIELDS: usize = 64;

#[cfg(test)]
mod tests {
    use super::*;

    fn complete(text: &str) -> Request {
        match head(text.as_bytes()) {
            Head::Complete(request) => request,
            other @ (Head::Incomplete | Head::Refused(_)) => panic!("{text:?}: {other:?}"),
        }
    }
    fn refused(text: &str) -> Status {
        match head(text.as_bytes()) {
            Head::Refused(status) => status,
            other @ (Head::Incomplete | Head::Complete(_)) => panic!("{text:?}: {other:?}"),
        }
    }

    #[test]
    fn every_prefix_of_a_request_is_incomplete() {
        let text = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        for end in 0..text.len() {
            assert_eq!(head(&text.as_bytes()[..end]), Head::Incomplete, "{end}");
        }
        assert_eq!(complete(text).size, text.len());
        assert_eq!(complete(&format!("{text}GET /next")).size, text.len());
    }
    #[test]
    fn the_path_is_taken_from_both_forms_and_loses_its_query() {
        for (target, path) in [
            ("/", "/"),
            ("/ca.pem?x=/y", "/ca.pem"),
            ("https://localhost:10443/ca.pem", "/ca.pem"),
            ("https://localhost", "/"),
            ("https://localhost?x", "/"),
            ("*", "*"),
        ] {
            assert_eq!(complete(&format!("GET {target} HTTP/1.1\r\nHost: h\r\n\r\n")).path, path, "{target}");
        }
        assert_eq!(refused("GET localhost HTTP/1.1\r\nHost: h\r\n\r\n"), Status::BadRequest);
    }
    #[test]
    fn the_connection_stays_only_where_both_sides_know_where_a_request_ends() {
        for (text, stays) in [
            ("GET / HTTP/1.1\r\nHost: h\r\n\r\n", true),
            ("GET / HTTP/1.1\r\nHost: h\r\nConnection: x, Close\r\n\r\n", false),
            ("GET / HTTP/1.0\r\n\r\n", false),
            ("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n", true),
            ("GET / HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n", true),
            ("GET / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\n", false),
            ("GET / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n", false),
        ] {
            assert_eq!(complete(text).keep_alive, stays, "{text:?}");
        }
    }
    #[test]
    fn requests_whose_end_is_in_doubt_are_refused() {
        for fields in [
            "",
            "Host: a\r\nHost: b\r\n",
            "Host: h\r\nContent-Length: 1\r\nContent-Length: 1\r\n",
            "Host: h\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n",
            "Host: h\r\nContent-Length: +1\r\n",
            "Host: h\r\nContent-Length:\r\n",
            "Host: h\r\nA: b\r\n folded\r\n",
            "Host : h\r\n",
        ] {
            assert_eq!(refused(&format!("GET / HTTP/1.1\r\n{fields}\r\n")), Status::BadRequest, "{fields:?}");
        }
    }
    #[test]
    fn garbage_is_a_bad_request_and_other_versions_are_named_as_such() {
        assert_eq!(refused("\x16\x03\x01\x02\x00"), Status::BadRequest);
        assert_eq!(refused("GET  / HTTP/1.1\r\n\r\n"), Status::BadRequest);
        assert_eq!(refused("GET / HTTP/2.0\r\n\r\n"), Status::VersionNotSupported);
    }
    #[test]
    fn a_head_may_have_a_bounded_size_and_number_of_fields() {
        let long = |n| format!("GET / HTTP/1.1\r\nHost: h\r\nA: {}\r\n\r\n", "x".repeat(n));
        let spare = MAX_HEAD - long(0).len();
        assert_eq!(complete(&long(spare)).size, MAX_HEAD);
        assert_eq!(refused(&long(spare + 1)), Status::HeadTooLarge);
        assert_eq!(refused(&format!("GET /{}", "x".repeat(MAX_HEAD))), Status::HeadTooLarge);
        let many = |n| format!("GET / HTTP/1.1\r\nHost: h\r\n{}\r\n", "A: b\r\n".repeat(n));
        complete(&many(MAX_FIELDS - 1));
        assert_eq!(refused(&many(MAX_FIELDS)), Status::HeadTooLarge);
    }
}
