//! The end of the program, when it is asked for: SIGINT (Ctrl-C) and SIGTERM.
use crate::failure::Failure;

/// The signals that ask for the end.
pub(crate) struct Stop {
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
}
impl Stop {
    /// From here on they are heard, and do not end the program by themselves.
    pub(crate) fn listen() -> Result<Self, Failure> {
        #[cfg(unix)]
        {
            use tokio::signal::unix::{SignalKind, signal};
            let told = |error| Failure(format!("signals cannot be heard: {error}"));
            let interrupt = signal(SignalKind::interrupt()).map_err(told)?;
            let terminate = signal(SignalKind::terminate()).map_err(told)?;
            Ok(Self { interrupt, terminate })
        }
        #[cfg(not(unix))]
        Ok(Self {})
    }
    /// Waits for one of them.
    pub(crate) async fn asked(mut self) {
        #[cfg(unix)]
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
        #[cfg(not(unix))]
        let _ = tokio::signal::ctrl_c().await;
    }
}
