//! The last exchange of TLS 1.2, for either end: ChangeCipherSpec and Finished, ours first or theirs first (RFC 5246 §7.3).
use super::connected12::Connected;
use super::identity::Authenticated;
use crate::action::{Action, Established};
use crate::error::Error;
use crate::key_schedule::FinishedVerified;
use crate::key_schedule::tls12::{KeyPair, Master};
use crate::message::Finished;
use crate::record::{Aligned, Keys};
use crate::session::{Binding, Session12};
use crate::step::{Cx, Heard};
use crate::transcript::{Spoken, Transcript};
use alloc::boxed::Box;
use x509::Time;

/// All secrets are there; their Finished is not.
pub(crate) struct Last {
    master: Master,
    transcript: Transcript,
    peer: Authenticated,
    ours: Ours,
    facts: Box<Established>,
}

/// Whose Finished comes first. The client of a new session and the server of a resumed one have `Sent` theirs.
enum Ours {
    Sent,
    Due(Keys),
}

/// Before their ChangeCipherSpec.
pub(crate) struct Unchanged {
    pub(crate) last: Box<Last>,
    theirs: Keys,
}

impl Unchanged {
    /// We speak first: ChangeCipherSpec and Finished go out now. Nobody signs the words any more.
    pub(crate) fn ours_first(
        master: Master,
        spoken: Spoken,
        peer: Authenticated,
        facts: Box<Established>,
        cx: &mut Cx<'_>,
    ) -> Self {
        let KeyPair { ours, theirs } = master.keys();
        let mut last = Last::new(master, spoken, peer, Ours::Sent, facts);
        speak(&last.master, ours, &mut last.transcript, cx);
        Self { last: Box::new(last), theirs }
    }
    /// They speak first.
    pub(crate) fn theirs_first(
        master: Master,
        spoken: Spoken,
        peer: Authenticated,
        facts: Box<Established>,
    ) -> Self {
        let KeyPair { ours, theirs } = master.keys();
        Self { last: Box::new(Last::new(master, spoken, peer, Ours::Due(ours), facts)), theirs }
    }
    pub(crate) fn change_cipher_spec(self, aligned: Aligned, cx: &mut Cx<'_>) -> Box<Last> {
        cx.actions.push(Action::ReadKeys(self.theirs, aligned));
        self.last
    }
}

impl Last {
    fn new(master: Master, spoken: Spoken, peer: Authenticated, ours: Ours, facts: Box<Established>) -> Self {
        let transcript = spoken.hash(master.suite().hash);
        Self { master, transcript, peer, ours, facts }
    }
    /// What is said between our Finished and theirs, or before both: the ticket.
    pub(crate) const fn transcript(&mut self) -> &mut Transcript {
        &mut self.transcript
    }
    /// Nothing may follow their Finished in its record: it is the end of a flight.
    pub(crate) fn finished(&mut self, mut m: Heard<'_, Finished<'_>>) -> Result<FinishedVerified, Error> {
        m.aligned()?;
        let verified = self.master.verify_finished(self.transcript.so_far(), m.body.verify_data)?;
        m.tell(&mut self.transcript);
        Ok(verified)
    }
    /// The session that a ticket will name; `None` without the extended master secret.
    pub(crate) fn session(&self, bound: Binding, born: Time) -> Option<Session12> {
        Some(Session12 { suite: self.master.suite(), master: self.master.remember()?, bound, born })
    }
    pub(crate) fn connected(self, verified: FinishedVerified, cx: &mut Cx<'_>) -> Connected {
        let Self { master, mut transcript, peer, ours, mut facts } = self;
        if let Ours::Due(keys) = ours {
            speak(&master, keys, &mut transcript, cx);
        }
        facts.resumed = peer.resumed;
        facts.extended_master_secret = master.is_extended();
        let connected = Connected::new(master, &peer, verified);
        facts.peer = peer.chain;
        cx.actions.push(Action::Established(facts));
        connected
    }
}

fn speak(master: &Master, keys: Keys, transcript: &mut Transcript, cx: &mut Cx<'_>) {
    cx.actions.push(Action::ChangeCipherSpec);
    cx.actions.push(Action::WriteKeys(keys));
    let verify_data = master.our_finished(transcript.so_far());
    cx.actions.say(&Finished { verify_data: &verify_data }, transcript);
}
