//! The HTTPS port: reads requests off one opened connection and answers them, with a deadline for every wait
//! (RFC 9112 §9).
use crate::page::{self, Facts};
use crate::request::{self, Head, MAX_HEAD, Method, Request};
use crate::response::{Response, Status, Then};
use core::fmt;
use core::time::Duration;
use std::borrow::Cow;
use std::io;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::time::timeout;
use x509::Time;

/// How long a peer may take.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Patience {
    /// From the first byte of a request to the end of its head.
    pub(crate) header: Duration,
    /// Until the next request begins, and until an answer has been taken.
    pub(crate) idle: Duration,
}

/// How it ended.
#[derive(Debug)]
pub(crate) struct Served {
    pub(crate) requests: u32,
    pub(crate) end: End,
}
#[derive(Debug)]
pub(crate) enum End {
    /// The peer went away between two requests.
    PeerClosed,
    /// The last answer said so.
    Closed,
    /// No request came.
    Idle,
    /// A request was begun and not ended.
    SlowRequest,
    /// The answer was not taken.
    SlowReader,
    Failed(io::Error),
}
impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PeerClosed => f.write_str("peer closed"),
            Self::Closed => f.write_str("closed"),
            Self::Idle => f.write_str("idle deadline"),
            Self::SlowRequest => f.write_str("header deadline"),
            Self::SlowReader => f.write_str("answer not taken before the idle deadline"),
            Self::Failed(error) => write!(f, "{error}"),
        }
    }
}

impl fmt::Display for Served {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = if self.requests == 1 { "" } else { "s" };
        write!(f, "{}, {} request{plural} answered", self.end, self.requests)
    }
}

/// Serves until either side has had enough. The caller closes.
pub(crate) async fn serve<S>(
    stream: &mut S,
    patience: Patience,
    clock: impl Fn() -> Time,
    answer: impl Fn(&Request) -> Response,
) -> Served
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let (mut received, mut requests) = (Vec::new(), 0);
    let end = loop {
        let request = match next(stream, &mut received, patience).await {
            Ok(request) => request,
            Err(end) => break end,
        };
        requests += 1;
        let (bytes, then) = match &request {
            Ok(request) => {
                let stays = request.keep_alive && requests < MAX_REQUESTS;
                let then = if stays { Then::KeepAlive } else { Then::Close };
                (answer(request).to_bytes(request.method != Method::Head, then, clock()), then)
            }
            Err(status) => (refused(*status).to_bytes(true, Then::Close, clock()), Then::Close),
        };
        let written = async {
            stream.write_all(&bytes).await?;
            stream.flush().await
        };
        match timeout(patience.idle, written).await {
            Err(_) => break End::SlowReader,
            Ok(Err(error)) => break End::Failed(error),
            Ok(Ok(())) => {}
        }
        match request {
            Ok(request) if then == Then::KeepAlive => drop(received.drain(..request.size)),
            _ => break End::Closed,
        }
    };
    Served { requests, end }
}

/// The answer of this server to a request that could be read.
pub(crate) fn answer(request: &Request, facts: &Facts<'_>) -> Response {
    if request.method == Method::Other {
        return refused(Status::MethodNotAllowed);
    }
    let text = |media_type, body| Response { status: Status::Ok, media_type, body };
    match request.path.as_str() {
        "/" => Response::html(Status::Ok, page::rules(facts)),
        "/ca.pem" => text("application/pem-certificate-chain", Cow::Owned(facts.ca_pem.to_owned())), // RFC 8555 §9.1
        "/style.css" => text("text/css; charset=utf-8", Cow::Borrowed(page::STYLE)),
        path => Response::html(Status::NotFound, page::not_found(path)),
    }
}

fn refused(status: Status) -> Response {
    Response::html(status, page::refused(status.line()))
}

/// The next request, or the status for one that cannot be served.
async fn next<S: AsyncRead + Unpin>(
    stream: &mut S,
    received: &mut Vec<u8>,
    patience: Patience,
) -> Result<Result<Request, Status>, End> {
    if received.is_empty() {
        match timeout(patience.idle, read_some(stream, received)).await {
            Err(_) => return Err(End::Idle),
            Ok(Err(error)) => return Err(End::Failed(error)),
            Ok(Ok(0)) => return Err(End::PeerClosed),
            Ok(Ok(_)) => {}
        }
    }
    let rest = async {
        loop {
            match request::head(received) {
                Head::Complete(request) => return Ok(Ok(request)),
                Head::Refused(status) => return Ok(Err(status)),
                Head::Incomplete => {}
            }
            if read_some(stream, received).await.map_err(End::Failed)? == 0 {
                return Ok(Err(Status::BadRequest)); // half a request, and the end
            }
        }
    };
    timeout(patience.header, rest).await.unwrap_or(Err(End::SlowRequest))
}

async fn read_some<S: AsyncRead + Unpin>(stream: &mut S, received: &mut Vec<u8>) -> io::Result<usize> {
    // Never more than one head: what is pipelined behind it waits in the record layer and in the socket.
    let space = u64::try_from(MAX_HEAD.saturating_sub(received.len())).unwrap_or_default();
    stream.take(space).read_buf(received).await
}

/// After so many a client may connect anew.
const MAX_REQUESTS: u32 = 100;

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{DuplexStream, duplex};
    use tokio::task::JoinHandle;
    use tokio::time::sleep;

    const PATIENCE: Patience = Patience { header: Duration::from_secs(10), idle: Duration::from_secs(30) };
    const GET: &str = "GET /ca.pem HTTP/1.1\r\nHost: localhost\r\n\r\n";

    fn facts() -> Facts<'static> {
        Facts {
            real_prize: false,
            bounty: "localhost:10000",
            commands: "curl",
            ca_pem: "the authority",
            channel: "nothing",
            attempts: 0,
            handed_over: 0,
        }
    }
    fn start(buffer: usize) -> (DuplexStream, JoinHandle<Served>) {
        let (client, mut server) = duplex(buffer);
        let task = tokio::spawn(async move {
            serve(&mut server, PATIENCE, || Time(0), |request| answer(request, &facts())).await
        });
        (client, task)
    }
    /// What the server says to `sent`, when nothing follows.
    async fn exchange(sent: &str) -> (String, Served) {
        let (mut client, task) = start(1 << 20);
        client.write_all(sent.as_bytes()).await.unwrap();
        client.shutdown().await.unwrap();
        let mut said = String::new();
        client.read_to_string(&mut said).await.unwrap();
        (said, task.await.unwrap())
    }

    #[tokio::test]
    async fn requests_are_answered_one_after_the_other_also_when_they_come_together() {
        let close = GET.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
        let (said, served) = exchange(&format!("{GET}{}{close}{GET}", GET.replace("GET", "HEAD"))).await;
        assert_eq!(said.matches("HTTP/1.1 200 OK\r\n").count(), 3);
        assert_eq!(said.matches("\r\nContent-Length: 13\r\n").count(), 3);
        assert_eq!(said.matches("\r\n\r\nthe authority").count(), 2); // HEAD has none
        assert_eq!(said.matches("Connection: keep-alive").count(), 2);
        assert!(said.ends_with("the authority"));
        assert!(matches!(served, Served { requests: 3, end: End::Closed }), "{served:?}");
    }
    #[tokio::test]
    async fn each_path_and_method_has_its_status() {
        for (line, status) in [
            ("GET / HTTP/1.1", "200 OK"),
            ("GET /style.css HTTP/1.1", "200 OK"),
            ("GET /<b> HTTP/1.1", "404 Not Found"),
            ("POST / HTTP/1.1", "405 Method Not Allowed"),
            ("GET / HTTP/3.0", "505 HTTP Version Not Supported"),
            ("GET /\u{0} HTTP/1.1", "400 Bad Request"),
        ] {
            let (said, _) = exchange(&format!("{line}\r\nHost: h\r\n\r\n")).await;
            assert!(said.starts_with(&format!("HTTP/1.1 {status}\r\n")), "{line}: {said}");
            assert!(!said.contains("<b>"));
        }
    }
    #[tokio::test]
    async fn half_a_request_is_a_bad_one_and_none_at_all_is_an_end() {
        let (said, served) = exchange("GET / HTT").await;
        assert!(said.starts_with("HTTP/1.1 400 "));
        assert!(matches!(served, Served { requests: 1, end: End::Closed }), "{served:?}");
        let (said, served) = exchange("").await;
        assert_eq!(said, "");
        assert!(matches!(served, Served { requests: 0, end: End::PeerClosed }), "{served:?}");
    }
    #[tokio::test]
    async fn an_endless_head_is_refused_before_its_end() {
        let (said, served) = exchange(&format!("GET / HTTP/1.1\r\nA: {}", "x".repeat(1 << 16))).await;
        assert!(said.starts_with("HTTP/1.1 431 "));
        assert!(matches!(served, Served { requests: 1, end: End::Closed }), "{served:?}");
    }
    #[tokio::test]
    async fn after_a_hundred_answers_the_connection_ends() {
        let (said, served) = exchange(&GET.repeat(120)).await;
        assert_eq!(said.matches("HTTP/1.1 200 OK").count(), 100);
        assert_eq!(said.matches("Connection: close").count(), 1);
        assert!(matches!(served, Served { requests: 100, end: End::Closed }), "{served:?}");
    }
    #[tokio::test(start_paused = true)]
    async fn who_says_nothing_is_idle_and_who_says_it_slowly_is_slow() {
        let (_silent, task) = start(1 << 20);
        assert!(matches!(task.await.unwrap(), Served { requests: 0, end: End::Idle }));

        let (mut client, task) = start(1 << 20);
        for byte in GET.bytes() {
            sleep(Duration::from_secs(1)).await; // shorter than either deadline
            if client.write_all(&[byte]).await.is_err() {
                break;
            }
        }
        let served = task.await.unwrap();
        assert!(matches!(served, Served { requests: 0, end: End::SlowRequest }), "{served:?}");
    }
    #[tokio::test(start_paused = true)]
    async fn who_does_not_take_the_answer_is_not_waited_for() {
        let (mut client, task) = start(100);
        client.write_all(GET.as_bytes()).await.unwrap();
        let served = task.await.unwrap();
        assert!(matches!(served, Served { requests: 1, end: End::SlowReader }), "{served:?}");
    }
}
