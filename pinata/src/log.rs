//! Lines for the operator: on standard error, one for each connection, and never a secret.
use core::fmt;
use core::net::SocketAddr;
use core::time::Duration;
use std::io::Write;

/// Says a line. Nobody may be listening any more; that is no reason to stop.
pub(crate) fn say(line: impl fmt::Display) {
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}

/// What became of one connection.
#[derive(Debug)]
pub(crate) struct Connection {
    pub(crate) port: u16,
    pub(crate) peer: SocketAddr,
    pub(crate) outcome: String,
    /// Version, suite and group, as far as they were settled.
    pub(crate) channel: Option<String>,
    pub(crate) alert_sent: Option<String>,
    pub(crate) alert_received: Option<String>,
    pub(crate) duration: Duration,
}
impl fmt::Display for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}", self.port, self.peer, self.outcome)?;
        for (what, value) in [
            ("", &self.channel),
            ("alert sent: ", &self.alert_sent),
            ("alert received: ", &self.alert_received),
        ] {
            if let Some(value) = value {
                write!(f, "; {what}{value}")?;
            }
        }
        write!(f, "; {} ms", self.duration.as_millis())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_connection_is_one_line() {
        let mut line = Connection {
            port: 10000,
            peer: "192.0.2.1:4242".parse().unwrap(),
            outcome: "no certificate was shown".to_owned(),
            channel: None,
            alert_sent: Some("handshake_failure".to_owned()),
            alert_received: None,
            duration: Duration::from_micros(12_900),
        };
        assert_eq!(
            line.to_string(),
            "10000 192.0.2.1:4242: no certificate was shown; alert sent: handshake_failure; 12 ms"
        );
        line.channel = Some("TLS 1.2".to_owned());
        assert!(line.to_string().contains("shown; TLS 1.2; alert sent"));
    }
}
