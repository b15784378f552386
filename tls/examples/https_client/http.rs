//! One request and its response (RFC 9112): a body by length, by chunks, or until the end.
use crate::Failure;
use crate::url::Url;
use std::fmt;
use std::io::{self, BufRead, BufReader, ErrorKind, Read, Write};

pub(crate) enum Error {
    StatusLine,
    Header,
    TooLong,
    Length,
    Chunk,
    Encoding,
    Truncated,
    Status(u16),
}

pub(crate) fn request(url: &Url) -> String {
    let Url { host, port, target } = url;
    let port = if *port == 443 { String::new() } else { format!(":{port}") };
    format!(
        "GET {target} HTTP/1.1\r\nHost: {host}{port}\r\nUser-Agent: nqsb\r\nAccept: */*\r\nConnection: close\r\n\r\n"
    )
}

/// Copies the body of the response, all of it, and gives the status code.
pub(crate) fn response(stream: &mut impl Read, output: &mut impl Write) -> Result<u16, Failure> {
    let mut input = BufReader::new(stream);
    loop {
        let (status, body) = head(&mut input)?;
        match (status, body) {
            (100..200, _) => {} // interim: another follows
            (204 | 304, _) => return Ok(status),
            (_, Body::Length(length)) => return copy(&mut input, length, output).map(|()| status),
            (_, Body::Chunked) => return chunks(&mut input, output).map(|()| status),
            (_, Body::UntilEnd) => {
                let mut buffer = vec![0; 1 << 14];
                loop {
                    match input.read(&mut buffer).map_err(broken)? {
                        0 => return Ok(status),
                        count => put(output, buffer.get(..count).unwrap_or_default())?,
                    }
                }
            }
        }
    }
}

enum Body {
    Length(u64),
    Chunked,
    UntilEnd,
}

fn head(input: &mut impl BufRead) -> Result<(u16, Body), Failure> {
    let mut room = LONGEST_HEAD;
    let first = line(input, &mut room)?;
    let status = first
        .strip_prefix("HTTP/1.")
        .and_then(|rest| rest.split(' ').nth(1))
        .filter(|code| code.len() == 3)
        .and_then(|code| code.parse().ok())
        .ok_or(Failure::Response(Error::StatusLine))?;
    let mut body = Body::UntilEnd;
    loop {
        let field = line(input, &mut room)?;
        if field.is_empty() {
            return Ok((status, body));
        }
        let (name, value) = field.split_once(':').ok_or(Failure::Response(Error::Header))?;
        let value = value.trim();
        if name.eq_ignore_ascii_case("transfer-encoding") {
            // Chunks win over a length (RFC 9112 §6.3).
            match value.eq_ignore_ascii_case("chunked") {
                true => body = Body::Chunked,
                false => return Err(Failure::Response(Error::Encoding)),
            }
        } else if name.eq_ignore_ascii_case("content-length") {
            let length = value.parse().map_err(|_| Failure::Response(Error::Length))?;
            body = match body {
                Body::Chunked => Body::Chunked,
                Body::Length(other) if other != length => return Err(Failure::Response(Error::Length)),
                Body::Length(_) | Body::UntilEnd => Body::Length(length),
            };
        }
    }
}

fn chunks(input: &mut impl BufRead, output: &mut impl Write) -> Result<(), Failure> {
    const BAD: Failure = Failure::Response(Error::Chunk);
    loop {
        let size = line(input, &mut LONGEST_HEAD.clone())?;
        let size = size.split(';').next().unwrap_or_default().trim();
        if size.starts_with('+') {
            return Err(BAD);
        }
        match u64::from_str_radix(size, 16).map_err(|_| BAD)? {
            0 => break,
            size => copy(input, size, output)?,
        }
        if !line(input, &mut LONGEST_HEAD.clone())?.is_empty() {
            return Err(BAD);
        }
    }
    // Trailers, until an empty line.
    let mut room = LONGEST_HEAD;
    while !line(input, &mut room)?.is_empty() {}
    Ok(())
}

fn copy(input: &mut impl BufRead, length: u64, output: &mut impl Write) -> Result<(), Failure> {
    let mut left = length;
    let mut buffer = vec![0; 1 << 14];
    while left > 0 {
        let want = usize::try_from(left).unwrap_or(usize::MAX).min(buffer.len());
        let count = input.read(buffer.get_mut(..want).unwrap_or_default()).map_err(broken)?;
        if count == 0 {
            return Err(Failure::Response(Error::Truncated));
        }
        put(output, buffer.get(..count).unwrap_or_default())?;
        left = left.saturating_sub(u64::try_from(count).unwrap_or(u64::MAX));
    }
    Ok(())
}

/// A line without its end, at most `room` bytes long.
fn line(input: &mut impl BufRead, room: &mut u64) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    input.take(*room).read_until(b'\n', &mut bytes).map_err(broken)?;
    *room = room.saturating_sub(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
    if bytes.pop() != Some(b'\n') {
        return Err(Failure::Response(if *room == 0 { Error::TooLong } else { Error::Truncated }));
    }
    if bytes.last() == Some(&b'\r') {
        bytes.pop();
    }
    String::from_utf8(bytes).map_err(|_| Failure::Response(Error::Header))
}
fn put(output: &mut impl Write, bytes: &[u8]) -> Result<(), Failure> {
    output.write_all(bytes).map_err(Failure::Output)
}
fn broken(error: io::Error) -> Failure {
    if error.kind() == ErrorKind::UnexpectedEof {
        return Failure::Response(Error::Truncated);
    }
    Failure::Exchange(error)
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::StatusLine => f.write_str("it does not begin as HTTP/1"),
            Self::Header => f.write_str("a header is malformed"),
            Self::TooLong => f.write_str("its head is too long"),
            Self::Length => f.write_str("its length is malformed or said twice"),
            Self::Chunk => f.write_str("a chunk is malformed"),
            Self::Encoding => f.write_str("its transfer coding is unknown"),
            Self::Truncated => f.write_str("it ends too early"),
            Self::Status(status) => write!(f, "status {status}"),
        }
    }
}

const LONGEST_HEAD: u64 = 1 << 16;
