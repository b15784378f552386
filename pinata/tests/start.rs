//! From the command line to the printed lines and the end: ports, files, flags and signals.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test"
)]
mod harness;

use harness::program::{Folder, run};
use harness::{DEADLINE, Server, pinata};
use std::net::TcpListener;

/// What it says on standard error when it does not start.
fn refused(arguments: &[&str]) -> String {
    let folder = Folder::new("refused");
    let mut command = pinata();
    command.args(["--https-port", "0", "--ca-file", &folder.file("ca.pem")]).args(arguments);
    if !arguments.contains(&"--port") {
        command.args(["--port", "0"]);
    }
    let said = run(&mut command, b"", DEADLINE);
    assert_eq!(said.status.code(), Some(2), "{arguments:?}: {}", said.text());
    assert!(said.stdout.is_empty());
    assert_eq!(said.stderr.lines().count(), 1, "{}", said.stderr);
    said.stderr
}

#[test]
fn it_tells_what_is_up_and_writes_no_private_key() {
    let server = Server::start("up", &[]);
    for (row, value) in [
        ("page", format!("https://localhost:{}/ ", server.https)),
        ("bounty", format!("localhost:{} ", server.bounty)),
        ("CA", server.ca.clone()),
        ("entropy", "seeded".to_owned()),
    ] {
        let line = server.banner.lines().find(|l| l.trim_start().starts_with(row)).unwrap();
        assert!(line.contains(&value), "{line}");
    }
    assert_eq!(
        server.commands()[0],
        format!("curl --cacert {} https://localhost:{}/", server.ca, server.https)
    );
    let files: Vec<_> = std::fs::read_dir(&server.folder.0).unwrap().map(|f| f.unwrap().path()).collect();
    assert_eq!(files.len(), 1, "{files:?}");
    let ca = std::fs::read_to_string(&server.ca).unwrap();
    assert_eq!(ca.matches("-----BEGIN ").count(), 1);
    assert!(ca.starts_with("-----BEGIN CERTIFICATE-----\n"));
}

#[test]
fn each_signal_that_asks_for_the_end_gets_it_with_a_line() {
    for signal in ["INT", "TERM"] {
        let (status, last) = Server::start(&format!("signal-{signal}"), &[]).signal(signal);
        assert_eq!(status.code(), Some(0));
        assert!(last.starts_with("The Piñata is down. "), "{last}");
        assert_eq!(last.lines().count(), 1);
    }
}

#[test]
fn a_port_in_use_takes_the_next_and_says_so() {
    // A free port with free neighbours, as far as one can know.
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let server = Server::start("ports", &["--port", &port.to_string()]);
    assert_ne!(server.bounty, port);
    let note = format!("port {port} is in use, the bounty is at {}", server.bounty);
    assert!(server.banner.contains(&note), "{}", server.banner);
}

#[cfg(unix)]
#[test]
fn a_rehearsal_leaves_a_key_that_only_its_owner_can_read() {
    use std::os::unix::fs::PermissionsExt;
    let server = Server::start_with("rehearse", |folder| vec!["--rehearse".into(), folder.file("new")]);
    let file = |name: &str| server.folder.0.join("new").join(name);
    assert_eq!(file("client-key.pem").metadata().unwrap().permissions().mode() & 0o777, 0o600);
    let certificate = std::fs::read_to_string(file("client.pem")).unwrap();
    assert!(!certificate.contains("PRIVATE KEY"));
    assert!(server.commands().last().unwrap().contains("new/client-key.pem"));
}

#[test]
fn every_wrong_flag_or_file_gets_one_sentence() {
    let folder = Folder::new("wrong");
    for (name, size) in [("empty", 0), ("long", 4097)] {
        std::fs::write(folder.file(name), vec![7; size]).unwrap();
    }
    let (missing, empty, long) = (folder.file("missing"), folder.file("empty"), folder.file("long"));
    let here = folder.file("");
    let below = folder.file("empty/ca.pem");
    for (arguments, found) in [
        (["--port", "port"], "invalid value 'port' for '--port <PORT>'"),
        (["--listen", "192.0.2.1"], "cannot listen on 192.0.2.1:0"),
        (["--secret", &missing], "No such file"),
        (["--secret", &empty], "the file is empty"),
        (["--secret", &long], "the file is longer than 4096 bytes"),
        (["--secret", &here], "this is not a regular file"),
        (["--rehearse", &empty], "this is not a folder"),
        (["--max-connections", "none"], "a whole number from 1 to 1000000 is wanted"),
    ] {
        let said = refused(&arguments);
        assert!(said.starts_with("pinata: ") && said.contains(found), "{arguments:?}: {said}");
        assert!(said.contains("; "), "what to do is missing: {said}");
    }
    let mut command = pinata();
    let said = run(command.args(["--port", "0", "--https-port", "0", "--ca-file", &below]), b"", DEADLINE);
    assert_eq!(said.status.code(), Some(2));
    assert!(said.stderr.contains("give a path that can be written"), "{}", said.stderr);
}
