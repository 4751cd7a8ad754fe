//! Remembers the calls that had an id, so that the same call again does nothing again.

use std::collections::HashMap;

use serde_json::Value;

/// A kind of call that can be repeated safely.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Call {
    CreateOrder,
    CaptureOrder,
    RefundCapture,
}

impl Call {
    /// How long the provider remembers it, in seconds.
    fn remembered(self) -> i64 {
        match self {
            Self::CreateOrder | Self::CaptureOrder => 6 * 60 * 60,
            Self::RefundCapture => 45 * 24 * 60 * 60,
        }
    }
}

struct Done {
    at: i64,
    path: String,
    body: Value,
    made: String,
}

/// The calls that were carried out. Those that were refused are not remembered: they may be tried
/// again.
#[derive(Default)]
pub(super) struct Replays(HashMap<(Call, String), Done>);

/// What is known about a call that comes with an id.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Known {
    /// Nothing.
    New,
    /// It has been carried out, and has made this.
    Done(String),
    /// Another call had the id.
    Other,
}

impl Replays {
    /// What is known about a call.
    pub(super) fn look(
        &self,
        (call, id): (Call, &str),
        (path, body): (&str, &Value),
        now: i64,
    ) -> Known {
        match self.0.get(&(call, id.to_owned())) {
            Some(done) if now >= done.at + call.remembered() => Known::New,
            Some(done) if done.path == path && done.body == *body => Known::Done(done.made.clone()),
            Some(_) => Known::Other,
            None => Known::New,
        }
    }

    /// Remembers what a call has made.
    pub(super) fn remember(
        &mut self,
        (call, id): (Call, String),
        (path, body): (&str, Value),
        (made, at): (String, i64),
    ) {
        let path = path.to_owned();
        let done = Done {
            at,
            path,
            body,
            made,
        };
        self.0.insert((call, id), done);
    }
}
