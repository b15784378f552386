//! The bounty port: hands the prize over, once, and says goodbye as TLS says it.
use core::fmt;
use core::time::Duration;
use std::io;
use tokio::io::{AsyncWrite, AsyncWriteExt};
use tokio::time::timeout;

/// What became of the prize.
#[derive(Debug)]
pub(crate) enum Handed {
    /// It was written, and so was the end.
    Over,
    /// It was not taken in time.
    NotTaken,
    Failed(io::Error),
}
impl fmt::Display for Handed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Over => f.write_str("the secret was handed over"),
            Self::NotTaken => f.write_str("the secret was not taken before the idle deadline"),
            Self::Failed(error) => write!(f, "the secret could not be handed over: {error}"),
        }
    }
}

/// Writes `prize` to a winner, and closes. Nothing is read.
pub(crate) async fn hand_over<S>(stream: &mut S, prize: &[u8], patience: Duration) -> Handed
where
    S: AsyncWrite + Unpin,
{
    let written = async {
        stream.write_all(prize).await?;
        stream.shutdown().await // close_notify, then the end of our half of TCP
    };
    match timeout(patience, written).await {
        Ok(Ok(())) => Handed::Over,
        Ok(Err(error)) => Handed::Failed(error),
        Err(_) => Handed::NotTaken,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, duplex};

    const PATIENCE: Duration = Duration::from_secs(30);

    #[tokio::test]
    async fn the_winner_gets_all_of_it_and_then_the_end() {
        let (mut winner, mut server) = duplex(5);
        let task = tokio::spawn(async move { hand_over(&mut server, b"the secret", PATIENCE).await });
        let mut got = Vec::new();
        winner.read_to_end(&mut got).await.unwrap();
        assert_eq!(got, b"the secret");
        assert!(matches!(task.await.unwrap(), Handed::Over));
    }
    #[tokio::test(start_paused = true)]
    async fn a_winner_who_does_not_take_it_is_not_waited_for() {
        let (_winner, mut server) = duplex(5);
        assert!(matches!(hand_over(&mut server, b"the secret", PATIENCE).await, Handed::NotTaken));
    }
    #[tokio::test]
    async fn a_winner_who_has_gone_is_an_error() {
        let (winner, mut server) = duplex(5);
        drop(winner);
        assert!(matches!(hand_over(&mut server, b"the secret", PATIENCE).await, Handed::Failed(_)));
    }
}
