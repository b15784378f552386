//! Ports: what they are for, and how one is taken, the one asked for or the next that is free.
use crate::failure::Failure;
use core::net::{IpAddr, SocketAddr};
use std::io::{self, ErrorKind};
use tokio::net::TcpListener;

/// The two things that a port can be.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Role {
    /// HTTPS, for everybody.
    Page,
    /// For who has a client certificate.
    Bounty,
}

/// A port that was taken.
#[derive(Debug)]
pub(crate) struct Bound {
    pub(crate) listener: TcpListener,
    /// What it is in the end.
    pub(crate) port: u16,
}

/// Binds `asked` at `address`, or the next free port of the [`PORTS_TRIED`]; port 0 is any that is free.
pub(crate) async fn bind(address: IpAddr, asked: u16) -> Result<Bound, Failure> {
    let last = asked.saturating_add(PORTS_TRIED - 1);
    for port in asked..=last {
        match TcpListener::bind(SocketAddr::new(address, port)).await {
            Ok(listener) => {
                let port = listener.local_addr().map_err(|e| refused(address, port, &e))?.port();
                return Ok(Bound { listener, port });
            }
            Err(error) if error.kind() == ErrorKind::AddrInUse => {}
            Err(error) => return Err(refused(address, port, &error)),
        }
    }
    Err(Failure(format!(
        "the ports {asked} to {last} of {address} are all in use: free one of them, or give another with --port and \
         --https-port"
    )))
}

fn refused(address: IpAddr, port: u16, error: &io::Error) -> Failure {
    let advice = if error.kind() == ErrorKind::PermissionDenied {
        "give a port above 1023 with --port and --https-port"
    } else if error.kind() == ErrorKind::AddrNotAvailable {
        "give an address of this machine with --listen"
    } else {
        "give another address with --listen, or another port with --port and --https-port"
    };
    Failure(format!("cannot listen on {}: {error}; {advice}", SocketAddr::new(address, port)))
}

const PORTS_TRIED: u16 = 16;

#[cfg(test)]
mod tests {
    use super::*;
    use core::net::Ipv4Addr;

    const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

    #[tokio::test]
    async fn a_port_in_use_leads_to_a_later_one() {
        let first = bind(HERE, 0).await.unwrap();
        if first.port <= u16::MAX - PORTS_TRIED {
            let second = bind(HERE, first.port).await.unwrap();
            assert!((first.port + 1..first.port + PORTS_TRIED).contains(&second.port));
        }
    }
    #[tokio::test]
    async fn an_address_of_somebody_else_is_told_as_such() {
        let error = bind(IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1)), 0).await.unwrap_err().to_string();
        assert!(error.starts_with("cannot listen on 192.0.2.1:0: "), "{error}");
        assert!(error.ends_with("give an address of this machine with --listen"), "{error}");
    }
}
