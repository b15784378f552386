//! Tokio: the same pump, polled. Safe to drop at any await: nothing is half done between two polls.
use super::Lend;
use super::pump::{MAX_WRITE, Need, Pump};
use super::std::{failed, refused};
use crate::config::{ClientConfig, ServerConfig};
use crate::session::Ticket;
use ::std::io::{self, ErrorKind};
use ::std::sync::{Mutex, MutexGuard, PoisonError};
use ::tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use alloc::sync::Arc;
use alloc::task::Wake;
use core::fmt;
use core::future::poll_fn;
use core::mem::take;
use core::pin::Pin;
use core::task::{Context, Poll, Waker, ready};
use x509::ServerName;

/// TLS over `T`. The handshake is made when it is needed, or by [`Self::handshake`].
///
/// Reading gives nothing only if the peer has said that nothing follows; if the transport ends before that, it gives
/// [`ErrorKind::UnexpectedEof`]. An [`crate::Error`] of TLS is the source of the [`io::Error`]. If the desk does not answer
/// at once, the task sleeps; whoever has the answer wakes it.
pub struct Stream<T, L> {
    pump: Pump,
    transport: T,
    lend: L,
    waiting: Arc<Waiting>,
}

impl<T: AsyncRead + AsyncWrite + Unpin, L: Lend + Unpin> Stream<T, L> {
    /// A client that wants to talk to `name`.
    pub fn client(
        transport: T,
        config: Arc<ClientConfig>,
        name: ServerName<'static>,
        ticket: Option<Ticket>,
        mut lend: L,
    ) -> Self {
        let pump = lend.lend(|world, _| Pump::client(config, name, ticket, world));
        Self { pump, transport, lend, waiting: Arc::default() }
    }
    /// A server, for a client that is just connecting.
    pub fn server(transport: T, config: Arc<ServerConfig>, lend: L) -> Self {
        Self { pump: Pump::server(config), transport, lend, waiting: Arc::default() }
    }
    /// Goes on until data may be sent.
    ///
    /// # Errors
    /// The transport's, or one whose source is an [`crate::Error`] of TLS.
    pub async fn handshake(&mut self) -> io::Result<()> {
        poll_fn(|cx| {
            ready!(self.poll_handshake(cx))?;
            Pin::new(&mut self.transport).poll_flush(cx)
        })
        .await
    }
    /// The connection and what it has brought.
    pub const fn pump(&self) -> &Pump {
        &self.pump
    }
    /// The connection and what it has brought, for taking it.
    pub const fn pump_mut(&mut self) -> &mut Pump {
        &mut self.pump
    }
    /// What lends it the world.
    pub const fn lend(&self) -> &L {
        &self.lend
    }
    /// What it runs over.
    pub const fn transport(&self) -> &T {
        &self.transport
    }

    fn poll_handshake(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.pump.established.is_none() {
            ready!(self.poll_drive(cx, |pump| pump.established.is_some()))?;
        }
        // The last flight may still be here.
        self.poll_send(cx)
    }
    /// Until `done`, or until there are data, or the end of them.
    fn poll_drive(&mut self, cx: &mut Context<'_>, done: impl Fn(&Pump) -> bool) -> Poll<io::Result<Need>> {
        loop {
            let turn = self.lend.lend(|world, desk| self.pump.turn(desk, world));
            let sent = self.poll_send(cx);
            let need = match turn {
                Ok(need) => need,
                Err(error) => {
                    // The alert leaves first, if it can.
                    let _ = ready!(sent);
                    return Poll::Ready(Err(failed(error)));
                }
            };
            if let Poll::Ready(Err(error)) = sent {
                return Poll::Ready(Err(error));
            }
            if done(&self.pump) {
                return Poll::Ready(Ok(need));
            }
            match need {
                Need::Write => ready!(sent)?,
                Need::Read(need) => {
                    // We are about to wait for an answer: what the transport keeps back must leave.
                    if let Poll::Ready(Err(error)) = Pin::new(&mut self.transport).poll_flush(cx) {
                        return Poll::Ready(Err(error));
                    }
                    let mut space = ReadBuf::new(self.pump.space(need));
                    ready!(Pin::new(&mut self.transport).poll_read(cx, &mut space))?;
                    match space.filled().len() {
                        0 => {
                            self.pump.connection.transport_ended().map_err(failed)?;
                            return Poll::Ready(Ok(Need::Nothing));
                        }
                        count => self.pump.got(count),
                    }
                }
                Need::TakeData | Need::Nothing => return Poll::Ready(Ok(need)),
                Need::Answer => return Poll::Pending,
            }
        }
    }
    fn poll_send(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        while !self.pump.outbox.is_empty() {
            match ready!(Pin::new(&mut self.transport).poll_write(cx, &self.pump.outbox))? {
                0 => return Poll::Ready(Err(ErrorKind::WriteZero.into())),
                count => drop(self.pump.outbox.drain(..count)),
            }
        }
        Poll::Ready(Ok(()))
    }
}

impl<T: AsyncRead + AsyncWrite + Unpin, L: Lend + Unpin> AsyncRead for Stream<T, L> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if into.remaining() == 0 {
            return Poll::Ready(Ok(()));
        }
        let waker = self.waiting.reader(cx);
        ready!(self.poll_drive(&mut Context::from_waker(&waker), |_| false))?;
        let count = self.pump.take(into.initialize_unfilled());
        into.advance(count);
        Poll::Ready(Ok(()))
    }
}
impl<T: AsyncRead + AsyncWrite + Unpin, L: Lend + Unpin> AsyncWrite for Stream<T, L> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, from: &[u8]) -> Poll<io::Result<usize>> {
        let waker = self.waiting.writer(cx);
        let cx = &mut Context::from_waker(&waker);
        // Nothing is taken while something is unsent, so that what waits here is bounded.
        ready!(self.poll_handshake(cx))?;
        let from = from.get(..MAX_WRITE).unwrap_or(from);
        let Self { pump, lend, .. } = &mut *self;
        lend.lend(|world, _| pump.connection.send(from, &mut pump.outbox, world)).map_err(refused)?;
        match self.poll_send(cx) {
            Poll::Ready(Err(error)) => Poll::Ready(Err(error)),
            Poll::Ready(Ok(())) | Poll::Pending => Poll::Ready(Ok(from.len())),
        }
    }
    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let waker = self.waiting.writer(cx);
        let cx = &mut Context::from_waker(&waker);
        ready!(self.poll_send(cx))?;
        Pin::new(&mut self.transport).poll_flush(cx)
    }
    /// Says that we will send nothing more, then shuts the transport's sending half.
    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let waker = self.waiting.writer(cx);
        let cx = &mut Context::from_waker(&waker);
        let Self { pump, lend, .. } = &mut *self;
        lend.lend(|world, _| pump.connection.close(&mut pump.outbox, world));
        ready!(self.poll_send(cx))?;
        Pin::new(&mut self.transport).poll_shutdown(cx)
    }
}

/// The tasks that wait for a stream: the two halves of a split one may be in two. Reading may have to write, and writing to
/// read, while a transport remembers one waiter for each; so what it gets to remember wakes both.
#[derive(Default)]
struct Waiting(Mutex<Tasks>);
#[derive(Default)]
struct Tasks {
    reader: Option<Waker>,
    writer: Option<Waker>,
}

impl Waiting {
    fn reader(self: &Arc<Self>, cx: &Context<'_>) -> Waker {
        self.tasks().reader = Some(cx.waker().clone());
        Arc::clone(self).into()
    }
    fn writer(self: &Arc<Self>, cx: &Context<'_>) -> Waker {
        self.tasks().writer = Some(cx.waker().clone());
        Arc::clone(self).into()
    }
    fn tasks(&self) -> MutexGuard<'_, Tasks> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
impl Wake for Waiting {
    fn wake(self: Arc<Self>) {
        let Tasks { reader, writer } = take(&mut *self.tasks());
        reader.into_iter().chain(writer).for_each(Waker::wake);
    }
}
impl<T, L> fmt::Debug for Stream<T, L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stream").field("pump", &self.pump).finish_non_exhaustive()
    }
}
