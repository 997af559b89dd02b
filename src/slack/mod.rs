//! The way to Slack and back: what people tap becomes an [`Event`](crate::core::event::Event), what we say becomes a
//! call, and what Slack answers becomes a [`Fate`](fate::Fate).
//!
//! Reading order: [`action`] and [`form`] are our own words (what our buttons and forms carry), [`parse`] reads what
//! comes in, [`socket`] and [`http`] are its two doors, [`client`] is the way out and [`fate`] says what an error means.

pub mod action;
pub mod client;
pub mod fate;
pub mod form;
pub mod http;
pub mod parse;
pub mod probe;
pub mod render;
mod respond;
pub mod scope;
pub mod socket;
mod tls;
pub mod user;

use std::future::Future;

use serde_json::Value;

pub use parse::Incoming;

/// What a door tells Slack after the handler is done.
#[derive(Clone, Debug, PartialEq)]
pub enum Ack {
    /// Taken.
    Empty,
    /// Taken, with an answer that Slack allows only here: a form error, a message only for this person.
    Payload(Value),
    /// Not taken in time: nothing is said on the socket, and 500 over HTTP, so that nobody reads "saved". Slack then
    /// repeats an event; of a tap, a form or a command the person sees a warning sign and tries again.
    Late,
}

/// What both doors hand an [`Incoming`] to. Clones share whatever they hold.
///
/// A handler keeps its own deadline (Slack's is 3 s) and answers [`Ack::Late`] past it. Its future may be dropped when
/// the person's connection goes away, so work that must not stop half way belongs in a task of its own.
pub trait Handler: Clone + Send + Sync + 'static {
    /// Takes in one thing; returns when it is committed, or too late.
    fn handle(&self, incoming: Incoming) -> impl Future<Output = Ack> + Send;
}

impl<F, A> Handler for F
where
    F: Fn(Incoming) -> A + Clone + Send + Sync + 'static,
    A: Future<Output = Ack> + Send,
{
    fn handle(&self, incoming: Incoming) -> impl Future<Output = Ack> + Send {
        self(incoming)
    }
}
