//! What is up, and what to paste: told once at the start, and the commands again on the page.
use core::fmt::Write;
use core::net::IpAddr;
use std::path::Path;

/// Where the two ports are, as a client would say it.
#[derive(Debug)]
pub(crate) struct Place {
    host: String,
    https: u16,
    bounty: u16,
}

impl Place {
    /// `listen` is what was bound; a client reaches it by a name where it has one.
    pub(crate) fn new(listen: IpAddr, https: u16, bounty: u16) -> Self {
        let host = match listen {
            address if has_name(address) => "localhost".to_owned(),
            IpAddr::V4(address) => address.to_string(),
            IpAddr::V6(address) => format!("[{address}]"),
        };
        Self { host, https, bounty }
    }
    /// Host and port of the bounty.
    pub(crate) fn bounty(&self) -> String {
        format!("{}:{}", self.host, self.bounty)
    }
    fn page(&self) -> String {
        format!("https://{}:{}/", self.host, self.https)
    }
}

/// Whether `localhost` leads there, or may.
fn has_name(address: IpAddr) -> bool {
    let usual = matches!(address.to_string().as_str(), "127.0.0.1" | "::1");
    usual || address.is_unspecified()
}

/// Lines for a shell: the page by curl, by openssl, and a knock at the bounty port; with a rehearsal's certificate and
/// key also the one that opens it.
pub(crate) fn commands(place: &Place, ca: &Path, rehearsal: Option<(&Path, &Path)>) -> Vec<String> {
    let ca = quoted(ca);
    let connect = |port| format!("openssl s_client -tls1_2 -connect {}:{port} -CAfile {ca}", place.host);
    let mut lines = vec![
        format!("curl --cacert {ca} {}", place.page()),
        format!("{} -verify_return_error -brief", connect(place.https)),
        connect(place.bounty),
    ];
    if let Some((certificate, key)) = rehearsal {
        let own = format!("-cert {} -key {}", quoted(certificate), quoted(key));
        lines.push(format!("{} {own} -quiet", connect(place.bounty)));
    }
    lines
}

/// What the banner tells, beside the commands.
#[derive(Debug)]
pub(crate) struct Status<'a> {
    pub(crate) place: &'a Place,
    pub(crate) ca: &'a Path,
    /// Ports that were asked for and in use, as sentences.
    pub(crate) moved: &'a [String],
    pub(crate) prize: &'a str,
    /// Which source gave what.
    pub(crate) entropy: &'a str,
}

/// Everything that is told at the start; it ends with an empty line.
pub(crate) fn banner(status: &Status<'_>, commands: &[String]) -> String {
    let Status { place, ca, moved, prize, entropy } = status;
    let mut text = String::from("The Piñata is up. Ctrl-C ends it.\n");
    let rows = [
        ("page", format!("{} (a browser warns: it does not know the authority)", place.page())),
        ("bounty", format!("{} (demands a client certificate)", place.bounty())),
        ("CA", quoted(ca)),
        ("secret", (*prize).to_owned()),
        ("entropy", (*entropy).to_owned()),
    ];
    let moved = moved.iter().map(|sentence| ("note", sentence.clone()));
    let commands = commands.iter().map(|command| ("try", command.clone()));
    for (what, value) in rows.into_iter().chain(moved).chain(commands) {
        let _ = writeln!(text, "  {what:<8} {value}"); // a String takes everything
    }
    text.push('\n'); // what follows is the log
    text
}

/// A path as one word of a POSIX shell.
fn quoted(path: &Path) -> String {
    let text = path.display().to_string();
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-+,:@%".contains(c);
    if !text.is_empty() && text.chars().all(plain) && !text.starts_with('-') {
        return text;
    }
    format!("'{}'", text.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_command_is_curl_with_the_ca_file_and_the_last_wins_the_rehearsal() {
        let place = Place::new("127.0.0.1".parse().unwrap(), 10443, 10001);
        let ca = Path::new("target/pinata/ca.pem");
        let lines = commands(&place, ca, Some((Path::new("/tmp/r/client.pem"), Path::new("/tmp/r/key.pem"))));
        assert_eq!(lines[0], "curl --cacert target/pinata/ca.pem https://localhost:10443/");
        assert!(
            lines[2].starts_with(
                "openssl s_client -tls1_2 -connect localhost:10001 -CAfile target/pinata/ca.pem"
            )
        );
        assert!(lines[3].contains(" -cert /tmp/r/client.pem -key /tmp/r/key.pem "));
    }
    #[test]
    fn an_address_without_a_name_stands_for_itself() {
        for (listen, host) in [
            ("127.0.0.1", "localhost"),
            ("::", "localhost"),
            ("127.0.0.2", "127.0.0.2"),
            ("2001:db8::1", "[2001:db8::1]"),
        ] {
            assert_eq!(Place::new(listen.parse().unwrap(), 1, 2).bounty(), format!("{host}:2"));
        }
    }
    #[test]
    fn a_path_is_one_word_of_the_shell() {
        for (path, word) in [
            ("a/b-c.pem", "a/b-c.pem"),
            ("a b", "'a b'"),
            ("it's", "'it'\\''s'"),
            ("$(x)", "'$(x)'"),
            ("-x", "'-x'"),
        ] {
            assert_eq!(quoted(Path::new(path)), word);
        }
    }
}
