//! The engine from outside. Bytes are lent, the world is lent, and what has failed stays failed.
mod inbound;
mod machine;
mod outbound;
mod poll;
#[cfg(test)]
mod tests;
mod write;
pub use poll::{Event, Plaintext};
pub use write::RecordWriter;

use crate::action::{Action, Actions, Gate, Note};
use crate::ask::{Answer, Question};
use crate::config::{ClientConfig, ServerConfig};
use crate::error::{Error, Refused};
use crate::registry::{AlertDescription, ProtocolVersion};
use crate::session::Ticket;
use crate::step::{Cx, Input};
use crate::trace::{Observe, Trace};
use crate::{client, server};
use alloc::collections::VecDeque;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;
use inbound::Inbound;
use machine::Machine;
use outbound::{Level, Outbound};
use rand_core::CryptoRng;
use x509::{ServerName, Time, Verifier};

/// Everything that is not a function of earlier bytes, lent for one call.
pub struct World<'w> {
    /// What the clock says.
    pub now: Time,
    /// Unpredictable, except where everything shall be the same again: in tests and replays.
    pub random: &'w mut dyn CryptoRng,
    /// Decides whose certificates lead somewhere.
    pub verifier: &'w Verifier<'w>,
    /// Looks on; `&mut ()` looks away.
    pub observer: &'w mut dyn Observe,
}

/// One end of a connection, client or server. It does no input and no output: you move the bytes.
///
/// 1. Take records with [`Self::poll`] until [`Event::Starved`], then forget [`crate::Wire::taken`] bytes of what you had
///    received.
/// 2. Whatever must be said to the peer is appended to `out`, also when a call fails: then `out` ends with the alert.
/// 3. Offer `out` to the transport before you wait for input, and stop reading while more than 64 KiB of it is unsent;
///    but do not stop reading merely because something is unsent, or two ends that write without reading stop each other;
///    nor let your own data make it so much.
/// 4. Nothing is done behind your back: no timer, no thread, no callback but the observer's, which only looks. So you hold
///    the deadline, also for questions.
///
/// [`Event::Asked`] means: look at [`Self::question`], then [`Self::answer`]. Meanwhile the peer's bytes stay with you.
///
/// A connection is a function of its configuration, the bytes, the clock, the random stream and the answers: the same
/// calls give the same output.
pub struct Connection {
    machine: Result<Machine, Error>,
    inbound: Inbound,
    outbound: Outbound,
    notes: VecDeque<Note>,
}

impl Connection {
    /// A client that wants to talk to `name`, and perhaps to go on with the session of a `ticket` that the same server has
    /// given it; one that does not fit is left aside. Its ClientHello is in `out`: there is no client without one.
    #[must_use]
    pub fn client(
        config: Arc<ClientConfig>,
        name: ServerName<'static>,
        ticket: Option<Ticket>,
        out: &mut Vec<u8>,
        world: &mut World<'_>,
    ) -> Self {
        let mut cx = world.lend();
        let state = client::State::start(config, name, ticket, &mut cx);
        let actions = cx.actions;
        let mut own = Self::new(Machine::Client(state));
        // The ClientHello's record says an old version, for servers that look no further (RFC 5246 §E.1).
        own.outbound.version = ProtocolVersion::Tls10;
        own.apply(actions, out, world.observer);
        own.outbound.version = ProtocolVersion::Tls12;
        own
    }
    /// A server that waits for a client.
    #[must_use]
    pub fn server(config: Arc<ServerConfig>) -> Self {
        Self::new(Machine::Server(server::State::new(config)))
    }
    const fn new(machine: Machine) -> Self {
        Self {
            machine: Ok(machine),
            inbound: Inbound::new(),
            outbound: Outbound::new(),
            notes: VecDeque::new(),
        }
    }

    /// What is being waited for from you, if anything.
    #[must_use]
    pub fn question(&self) -> Option<Question<'_>> {
        self.machine.as_ref().ok().and_then(Machine::question)
    }
    /// Answers [`Self::question`], and appends to `out` what follows from it.
    ///
    /// # Errors
    /// [`Refused::WrongAnswer`] and [`Refused::NoQuestion`] change nothing; [`Refused::Failed`] has ended the connection.
    pub fn answer(
        &mut self,
        answer: Answer,
        out: &mut Vec<u8>,
        world: &mut World<'_>,
    ) -> Result<(), Refused> {
        let machine = self.machine.as_ref().map_err(|error| Refused::Failed(*error))?;
        if !machine.question().ok_or(Refused::NoQuestion)?.fits(&answer) {
            return Err(Refused::WrongAnswer);
        }
        self.step(Input::Answer(answer), out, world)
            .map_err(|error| Refused::Failed(self.fail(error, out, world.observer)))
    }

    /// Whether we may send data: the handshake is done, and our side is not closed.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.outbound.gate == Gate::Open
    }
    /// Fills `out` with a key for the application (RFC 5705). `None` before the handshake is done, after a failure, or if
    /// the peers don't share the extended master secret (RFC 7627 §5.4).
    pub fn export<'k>(&self, label: &[u8], context: Option<&[u8]>, out: &'k mut [u8]) -> Option<&'k [u8]> {
        self.machine.as_ref().ok()?.connected12()?.export(label, context, out)
    }

    /// We will send nothing more; the peer may. Before the handshake is done there is nothing to keep: then it ends here.
    pub fn close(&mut self, out: &mut Vec<u8>, world: &mut World<'_>) {
        if self.machine.is_err() || self.outbound.gate == Gate::Closed {
            return;
        }
        let open = self.is_open();
        if !open {
            self.outbound.alert(Level::Warning, AlertDescription::UserCanceled, out, world.observer);
        }
        self.outbound.alert(Level::Warning, AlertDescription::CloseNotify, out, world.observer);
        self.outbound.gate = Gate::Closed;
        if !open {
            self.end(Error::Cancelled);
        }
    }
    /// The transport has ended.
    ///
    /// # Errors
    /// [`Error::Truncated`] if the peer had not said that it would: what was received may be a part of what was sent.
    /// Another [`Error`] if the connection had failed before.
    pub fn transport_ended(&mut self) -> Result<(), Error> {
        match self.machine {
            Ok(_) if self.inbound.gate == Gate::Closed => Ok(()),
            Ok(_) => Err(self.end(Error::Truncated)),
            Err(error) => Err(error),
        }
    }

    fn step(&mut self, input: Input<'_>, out: &mut Vec<u8>, world: &mut World<'_>) -> Result<(), Error> {
        // While a step runs there is no machine; if it fails, `fail` writes the reason over this one.
        let machine = core::mem::replace(&mut self.machine, Err(Error::Cancelled))?;
        let from = machine.name();
        let mut cx = world.lend();
        let next = machine.step(input, &mut cx)?;
        let actions = cx.actions;
        world.observer.see(Trace::State { from, to: next.name() });
        self.machine = Ok(next);
        self.apply(actions, out, world.observer);
        Ok(())
    }
    /// In order: a key change between two messages is a key change between two messages.
    fn apply(&mut self, actions: Actions, out: &mut Vec<u8>, observer: &mut dyn Observe) {
        for action in actions {
            match action {
                Action::Negotiated(version, suite) => {
                    observer.see(Trace::Negotiated { version, suite });
                    self.inbound.version = Some(version);
                }
                Action::Send(kind, raw) => {
                    observer.see(Trace::MessageOut { at: self.outbound.next_content(), kind, raw: &raw });
                    self.outbound.handshake(&raw, out, observer);
                }
                Action::ChangeCipherSpec => self.outbound.change_cipher_spec(out, observer),
                Action::WriteKeys(keys) => {
                    observer.see(Trace::WriteKeys { at: self.outbound.total });
                    self.outbound.sealer.install(keys);
                }
                Action::ReadKeys(keys, aligned) => {
                    observer.see(Trace::ReadKeys { at: self.inbound.total });
                    self.inbound.opener.install(keys, aligned);
                }
                // After our close nothing is said any more (RFC 5246 §7.2.1).
                Action::Warn(_) if self.outbound.gate == Gate::Closed => {}
                Action::Warn(description) => {
                    self.outbound.alert(Level::Warning, description, out, observer);
                }
                Action::Note(note) => self.notes.push_back(note),
                Action::Established(facts) => {
                    self.inbound.gate = Gate::Open;
                    self.outbound.gate = Gate::Open;
                    self.notes.push_back(Note::Established(facts));
                }
            }
        }
    }
    fn next_note(&mut self) -> Option<Note> {
        let note = self.notes.pop_front()?;
        if self.notes.is_empty() {
            self.notes = VecDeque::new(); // an idle connection keeps no room for notes
        }
        Some(note)
    }
    /// The only maker of fatal alerts. It goes out under the write keys of now; then they are gone.
    fn fail(&mut self, error: Error, out: &mut Vec<u8>, observer: &mut dyn Observe) -> Error {
        observer.see(Trace::Failed(error));
        if let Some(description) = error.alert()
            && self.outbound.gate != Gate::Closed
        {
            self.outbound.alert(Level::Fatal, description, out, observer);
        }
        self.end(error)
    }
    /// Drops the machine and every secret.
    fn end(&mut self, error: Error) -> Error {
        self.machine = Err(error);
        self.inbound = Inbound::new();
        self.outbound = Outbound { gate: Gate::Closed, ..Outbound::new() };
        self.notes = VecDeque::new();
        error
    }
}

impl World<'_> {
    /// For one step.
    fn lend(&mut self) -> Cx<'_> {
        Cx {
            now: self.now,
            random: &mut *self.random,
            verifier: self.verifier,
            observer: &mut *self.observer,
            actions: Actions::default(),
        }
    }
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut own = f.debug_struct("Connection");
        match &self.machine {
            Ok(machine) => own.field("state", &machine.name()),
            Err(error) => own.field("error", error),
        };
        own.finish_non_exhaustive()
    }
}
impl fmt::Debug for World<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("World").field("now", &self.now).finish_non_exhaustive()
    }
}
