//! What one connection brings with it: the answers to TLS's questions, and eyes for the log.
use crate::identity::Identity;
use crate::listen::Role;
use crate::names;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tls::{AlertDescription, Answer, Desk, Error, Observe, Question, Trace, World};

/// Answers from the identity that all connections share; unlike a desk of its own, it need not be locked.
#[derive(Debug)]
pub(crate) struct Answers<'i> {
    pub(crate) identity: &'i Identity,
    pub(crate) role: Role,
}
impl Desk for Answers<'_> {
    fn answer(&mut self, question: Question<'_>, world: &mut World<'_>) -> Option<Answer> {
        Some(match question {
            Question::Host(hello) => Answer::Host(Some(self.identity.host(&hello, self.role))),
            Question::Sign { credential, scheme, message } => {
                Answer::Signature(self.identity.sign(credential, scheme, message, world.random))
            }
            // Every visit is the first: there are no tickets.
            Question::FindSession { .. } => Answer::Session(None),
            Question::KeepSession(_) => Answer::Kept(None),
            Question::Credential { .. } => Answer::Credential(None),
        })
    }
}

/// What was seen of a connection: public facts.
#[derive(Debug, Default)]
pub(crate) struct Sight {
    /// Version and suite, later also the group.
    pub(crate) channel: Option<String>,
    pub(crate) alert_sent: Option<String>,
    pub(crate) alert_received: Option<String>,
    /// Why a client's certificates lead nowhere, in one line.
    pub(crate) path: Option<String>,
    pub(crate) failed: Option<Error>,
}

/// Looks on, and can be asked later what was seen.
#[derive(Clone, Debug, Default)]
pub(crate) struct Eyes(Arc<Mutex<Sight>>);
impl Eyes {
    pub(crate) fn sight(&self) -> MutexGuard<'_, Sight> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
impl Observe for Eyes {
    fn see(&mut self, event: Trace<'_>) {
        let mut sight = self.sight();
        match event {
            Trace::Negotiated { version, suite } => {
                sight.channel = Some(format!("{}, {}", names::version(version), names::suite(suite)));
            }
            // Who says goodbye as one should is not worth a word.
            Trace::AlertIn { description: AlertDescription::CloseNotify, .. }
            | Trace::AlertOut { description: AlertDescription::CloseNotify, .. } => {}
            Trace::AlertIn { description, .. } => sight.alert_received = Some(names::alert(description)),
            Trace::AlertOut { description, .. } => sight.alert_sent = Some(names::alert(description)),
            Trace::PathRefused(error) => sight.path = Some(one_line(&error.to_string())),
            Trace::Failed(error) => sight.failed = Some(error),
            // What a trace will tell one day is no matter of the log's.
            Trace::RecordIn { .. }
            | Trace::RecordOut { .. }
            | Trace::MessageIn { .. }
            | Trace::MessageOut { .. }
            | Trace::State { .. }
            | Trace::ReadKeys { .. }
            | Trace::WriteKeys { .. }
            | _ => {}
        }
    }
}

fn one_line(text: &str) -> String {
    let lines: Vec<_> = text.lines().map(str::trim).collect();
    lines.join(" | ")
}
