//! The Piñata: a bounty server on nqsb. It holds a secret behind TLS, and hands it to whoever breaks in.
mod banner;
mod bounty;
mod caps;
mod clock;
mod config;
mod failure;
mod files;
mod https;
mod identity;
mod listen;
mod log;
mod names;
mod page;
mod prize;
mod random;
mod request;
mod response;
mod serve;
mod stop;
mod visit;

use banner::{Place, Status, banner, commands};
use caps::Caps;
use clock::now;
use config::{Config, Instead};
use core::sync::atomic::Ordering::Relaxed;
use core::time::Duration;
use failure::Failure;
use files::Rehearsal;
use https::Patience;
use identity::{Authority, Identity};
use listen::{Bound, Role};
use prize::Prize;
use random::Random;
use serve::{Server, Tally};
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use stop::Stop;
use tls::ServerConfig;

fn main() -> ExitCode {
    let config = match Config::read(std::env::args_os()) {
        Ok(config) => config,
        Err(Instead::Text(text)) => {
            print(&text);
            return ExitCode::SUCCESS;
        }
        Err(Instead::Failure(failure)) => return refuse(&failure),
    };
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return refuse(&Failure(format!("this machine gives no threads or sockets: {error}"))),
    };
    let result = runtime.block_on(run(config));
    runtime.shutdown_timeout(Duration::from_millis(100)); // whoever is still connected is cut off
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => refuse(&failure),
    }
}

async fn run(config: Config) -> Result<(), Failure> {
    let (mut random, entropy) = Random::seed()?;
    let (prize, whence) = match &config.secret {
        Some(path) => (Prize::read(path)?, format!("from {}", path.display())),
        None => (Prize::token(&mut random), "a token that is worth nothing (--secret FILE)".to_owned()),
    };
    let stop = Stop::listen()?;
    let https = listen::bind(config.listen, config.https_port).await?;
    let bounty = listen::bind(config.listen, config.port).await?;
    let place = Place::new(config.listen, https.port, bounty.port);
    let (identity, rehearsal) = identify(&config, &mut random)?;
    files::write_ca(&config.ca_file, &identity.ca_pem)?;

    let status = Status {
        place: &place,
        ca: &config.ca_file,
        moved: &moved(&config, &https, &bounty),
        prize: &whence,
        entropy: &entropy,
    };
    let keys = rehearsal.as_ref().map(|files| (files.certificate.as_path(), files.key.as_path()));
    print(&banner(&status, &commands(&place, &config.ca_file, keys)));

    let server = Arc::new(Server {
        identity,
        tls: Arc::new(ServerConfig { ticket_lifetime: 0, ..ServerConfig::default() }),
        random,
        prize,
        caps: Caps::new(config.max_connections, config.max_per_peer),
        handshake: config.handshake_deadline,
        patience: Patience { header: config.header_deadline, idle: config.idle_deadline },
        bounty: place.bounty(),
        // For one who has saved the certificate that the page gives.
        commands: commands(&place, Path::new("ca.pem"), None).join("\n"),
        tally: Tally::default(),
    });
    tokio::select! {
        () = Arc::clone(&server).accept(https.listener, https.port, Role::Page) => {}
        () = Arc::clone(&server).accept(bounty.listener, bounty.port, Role::Bounty) => {}
        () = stop.asked() => {}
    }
    let Tally { pages, attempts, handed_over } = &server.tally;
    print(&format!(
        "The Piñata is down. Connections to the page: {}; to the bounty: {}; handed over: {}\n",
        pages.load(Relaxed),
        attempts.load(Relaxed),
        handed_over.load(Relaxed),
    ));
    Ok(())
}

/// Makes the certificates. The authority's key ends here.
fn identify(config: &Config, random: &mut Random) -> Result<(Identity, Option<Rehearsal>), Failure> {
    let authority = Authority::new(now(), random)?;
    let identity = Identity::new(&authority, config.listen, random)?;
    let rehearsal = config.rehearse.as_deref().map(|folder| {
        let client = authority.rehearsal(random)?;
        files::write_rehearsal(folder, &client)
    });
    Ok((identity, rehearsal.transpose()?))
}

/// What is elsewhere than it was asked for.
fn moved(config: &Config, https: &Bound, bounty: &Bound) -> Vec<String> {
    [("page", config.https_port, https), ("bounty", config.port, bounty)]
        .into_iter()
        .filter(|(_, asked, bound)| *asked != 0 && *asked != bound.port)
        .map(|(what, asked, bound)| format!("port {asked} is in use, the {what} is at {}", bound.port))
        .collect()
}

fn refuse(failure: &Failure) -> ExitCode {
    log::say(format_args!("pinata: {failure}"));
    ExitCode::from(2)
}

/// Nobody may be reading any more; that is no reason to stop.
fn print(text: &str) {
    let mut out = io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}
