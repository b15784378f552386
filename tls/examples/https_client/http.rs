//! One request and its response (RFC 9112): a body by length, by chunks, or until the end.
use crate::Failure;
use crate::url::Url;
use httparse::Status;
use std::fmt;
use std::io::{self, BufRead, BufReader, ErrorKind, Read, Take, Write};

pub(crate) enum Error {
    Head(httparse::Error),
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
            (_, Body::Length(length)) => return exactly(&mut input, length, output).map(|()| status),
            (_, Body::Chunked) => return chunks(&mut input, output).map(|()| status),
            (_, Body::UntilEnd) => return copy(&mut input, output).map(|()| status),
        }
    }
}

enum Body {
    Length(u64),
    Chunked,
    UntilEnd,
}

fn head(input: &mut impl BufRead) -> Result<(u16, Body), Failure> {
    let mut head = Vec::new();
    let mut input = input.take(LONGEST_HEAD);
    while !matches!(line(&mut input, &mut head)?, b"\n" | b"\r\n") {}
    let mut fields = [httparse::EMPTY_HEADER; MOST_FIELDS];
    let mut response = httparse::Response::new(&mut fields);
    response.parse(&head).map_err(|error| Failure::Response(Error::Head(error)))?;
    let status = response.code.ok_or(Failure::Response(Error::Truncated))?;
    let mut body = Body::UntilEnd;
    for field in response.headers {
        let value = field.value.trim_ascii();
        if field.name.eq_ignore_ascii_case("transfer-encoding") {
            // Chunks win over a length (RFC 9112 §6.3).
            match value.eq_ignore_ascii_case(b"chunked") {
                true => body = Body::Chunked,
                false => return Err(Failure::Response(Error::Encoding)),
            }
        } else if field.name.eq_ignore_ascii_case("content-length") {
            let length = str::from_utf8(value).ok().filter(|digits| !digits.starts_with('+'));
            let length = length.and_then(|digits| digits.parse().ok());
            let length = length.ok_or(Failure::Response(Error::Length))?;
            body = match body {
                Body::Chunked => Body::Chunked,
                Body::Length(other) if other != length => return Err(Failure::Response(Error::Length)),
                Body::Length(_) | Body::UntilEnd => Body::Length(length),
            };
        }
    }
    Ok((status, body))
}

fn chunks(input: &mut impl BufRead, output: &mut impl Write) -> Result<(), Failure> {
    const BAD: Failure = Failure::Response(Error::Chunk);
    let mut text = Vec::new();
    loop {
        text.clear();
        let size = line(&mut input.take(LONGEST_HEAD), &mut text)?;
        // No digit at all would be read as the last chunk.
        match httparse::parse_chunk_size(size) {
            Ok(Status::Complete((_, size))) if text.first().is_some_and(u8::is_ascii_hexdigit) => {
                match size {
                    0 => break,
                    size => exactly(input, size, output)?,
                }
            }
            Ok(_) | Err(_) => return Err(BAD),
        }
        let mut end = [0; 2];
        input.read_exact(&mut end).map_err(broken)?;
        if end != *b"\r\n" {
            return Err(BAD);
        }
    }
    // Trailers, until an empty line.
    let mut input = input.take(LONGEST_HEAD);
    while !matches!(line(&mut input, &mut text)?, b"\n" | b"\r\n") {}
    Ok(())
}

fn exactly(input: &mut impl BufRead, length: u64, output: &mut impl Write) -> Result<(), Failure> {
    let mut input = input.take(length);
    copy(&mut input, output)?;
    if input.limit() == 0 { Ok(()) } else { Err(Failure::Response(Error::Truncated)) }
}
fn copy(input: &mut impl Read, output: &mut impl Write) -> Result<(), Failure> {
    let mut buffer = vec![0; 1 << 14];
    loop {
        match input.read(&mut buffer).map_err(broken)? {
            0 => return Ok(()),
            count => output.write_all(buffer.get(..count).unwrap_or_default()).map_err(Failure::Output)?,
        }
    }
}

/// Appends a line, and gives it back with its end.
fn line<'t>(input: &mut Take<impl BufRead>, text: &'t mut Vec<u8>) -> Result<&'t [u8], Failure> {
    let start = text.len();
    input.read_until(b'\n', text).map_err(broken)?;
    match text.get(start..) {
        Some(line) if line.ends_with(b"\n") => Ok(line),
        _ => Err(Failure::Response(if input.limit() == 0 { Error::TooLong } else { Error::Truncated })),
    }
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
            Self::Head(error) => write!(f, "its head is malformed: {error}"),
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
const MOST_FIELDS: usize = 128;
