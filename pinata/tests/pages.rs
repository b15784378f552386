//! Real clients fetch the page: curl by the printed line, openssl, Python and Node.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test"
)]
mod harness;

use harness::program::{Running, program, run, start};
use harness::{DEADLINE, Server};
use std::io::{BufRead, BufReader, Read, Write};

const GET: &str = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

/// curl towards a path of the page, with more arguments; what it wrote.
fn curl(server: &Server, path: &str, arguments: &[&str]) -> Option<String> {
    let url = format!("https://localhost:{}{path}", server.https);
    let mut command = program("curl")?;
    let said = run(
        command.args(["--silent", "--show-error", "--cacert", &server.ca, &url]).args(arguments),
        b"",
        DEADLINE,
    );
    assert!(said.status.success(), "{}", said.text());
    Some(said.text())
}

#[test]
fn the_printed_curl_line_fetches_the_page() {
    let server = Server::start("curl", &[]);
    if program("curl").is_none() {
        return;
    }
    let said = run(program("sh").unwrap().args(["-c", server.commands()[0]]), b"", DEADLINE);
    assert!(said.status.success(), "{}", said.text());
    let page = String::from_utf8(said.stdout).unwrap();
    assert!(page.contains("<h1>The Piñata</h1>") && page.contains("<h2>Rules</h2>"));
    let there = server.commands()[0].replace(&server.ca, "ca.pem");
    assert!(page.contains(&there), "the page tells the same commands, for one who has saved the authority");
    assert!(page.contains(std::fs::read_to_string(&server.ca).unwrap().trim_end()), "and the authority");
    assert!(page.contains("TLS 1.2, "), "and how it was fetched");
    server.logged("peer closed, 1 request answered; TLS 1.2");
}

#[test]
fn the_other_pages_and_refusals_are_what_http_says() {
    let server = Server::start("http", &[]);
    let Some(ca) = curl(&server, "/ca.pem", &[]) else { return };
    assert_eq!(ca, std::fs::read_to_string(&server.ca).unwrap());
    let head = curl(&server, "/", &["--head"]).unwrap();
    assert!(head.starts_with("HTTP/1.1 200 OK\r\n"));
    assert!(head.contains("\r\nContent-Security-Policy: default-src 'none'; style-src 'self';"));
    assert!(head.ends_with("\r\n\r\n"));
    let missing = curl(&server, "/<x>", &["--include", "--globoff"]).unwrap();
    assert!(missing.starts_with("HTTP/1.1 404 ") && missing.contains("&lt;x&gt;"), "{missing}");
    let post = curl(&server, "/", &["--include", "--data", "a=b"]).unwrap();
    assert!(post.starts_with("HTTP/1.1 405 ") && post.contains("\r\nConnection: close\r\n"), "{post}");
    // Two on one connection.
    let url = format!("https://localhost:{}/style.css", server.https);
    let both = curl(&server, "/ca.pem", &["--write-out", "%{num_connects};", &url]).unwrap();
    assert!(both.contains("1;") && both.ends_with("0;"), "{both}");
    if let Some(said) = server.s_client(server.https, &["-quiet"], "nonsense\r\n\r\n") {
        assert!(said.text().contains("HTTP/1.1 400 Bad Request\r\n"), "{}", said.text());
    }
}

#[test]
fn python_fetches_the_page_and_checks_the_name() {
    let server = Server::start("python", &[]);
    let Some(mut python) = program("python3") else { return };
    let script = "
import http.client, ssl, sys
context = ssl.create_default_context(cafile=sys.argv[1])
connection = http.client.HTTPSConnection('localhost', int(sys.argv[2]), context=context, timeout=60)
for path in ('/', '/ca.pem'):
    connection.request('GET', path)
    response = connection.getresponse()
    print(response.status, len(response.read()), connection.sock.version(), connection.sock.cipher()[0])
";
    let said = run(python.args(["-c", script, &server.ca, &server.https.to_string()]), b"", DEADLINE);
    assert!(said.status.success(), "{}", said.text());
    let text = said.text();
    assert_eq!(text.matches("200 ").count(), 2, "{text}");
    assert_eq!(text.matches(" TLSv1.2 ECDHE-").count(), 2, "{text}");
}

#[test]
fn node_fetches_the_page_and_checks_the_name() {
    let server = Server::start("node", &[]);
    let Some(mut node) = program("node") else { return };
    let script = "
const https = require('https'), fs = require('fs');
const options = { ca: fs.readFileSync(process.argv[1]), host: 'localhost', port: process.argv[2], path: '/' };
https.get(options, r => {
  let size = 0, version = r.socket.getProtocol();
  r.on('data', d => size += d.length);
  r.on('end', () => console.log(r.statusCode, size == r.headers['content-length'], version));
}).on('error', e => { console.error(e); process.exit(1); });
";
    let said = run(node.args(["-e", script, &server.ca, &server.https.to_string()]), b"", DEADLINE);
    assert!(said.status.success(), "{}", said.text());
    assert_eq!(said.text().trim(), "200 true TLSv1.2");
}

#[test]
fn fifty_connections_at_once_are_all_served() {
    let server = Server::start("fifty", &[]);
    if program("openssl").is_none() {
        return;
    }
    let connect = format!("localhost:{}", server.https);
    let mut clients: Vec<_> = (0..50)
        .map(|_| {
            let mut command = program("openssl").unwrap();
            command.args(["s_client", "-tls1_2", "-quiet", "-verify_return_error"]);
            Running(start(command.args(["-connect", &connect, "-CAfile", &server.ca])))
        })
        .collect();
    // All have verified the chain before the first asks.
    for client in &mut clients {
        let lines = BufReader::new(client.0.stderr.as_mut().unwrap()).lines();
        assert!(lines.map(Result::unwrap).any(|line| line.starts_with("depth=0 ")));
    }
    for client in &mut clients {
        client.0.stdin.as_mut().unwrap().write_all(GET.as_bytes()).unwrap();
    }
    for client in &mut clients {
        let mut page = String::new();
        client.0.stdout.as_mut().unwrap().read_to_string(&mut page).unwrap();
        assert!(page.starts_with("HTTP/1.1 200 OK\r\n") && page.ends_with("</html>\n"), "{page}");
    }
}
