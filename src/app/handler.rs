//! What came in, on its way through: commit first, then acknowledge.

use std::time::Duration;

use metrics::counter;
use secrecy::SecretString;
use serde_json::{Value, json};
use tracing::{debug, error, info, warn};

use super::App;
use super::replies::Confirmation;
use crate::core::content::Said;
use crate::core::decision::Reply;
use crate::core::event::{Act, Event, What};
use crate::core::message::Message;
use crate::core::refusal::Refusal;
use crate::slack::fate::Fate;
use crate::slack::{Ack, Handler, Incoming, form, render};
use crate::store::{Claim, StoreError};

/// Slack waits three seconds. Past this the person gets an honest error instead of a late "saved". What was under way may
/// still be stored: tapping again is what the error asks for, and storing it twice changes nothing.
const DEADLINE: Duration = Duration::from_secs(2);

impl Handler for App {
    async fn handle(&self, incoming: Incoming) -> Ack {
        // A task of its own: a connection that goes away must not stop a commit half way.
        let app = self.clone();
        let work = self.tasks.spawn(async move { app.take(incoming).await });
        let deadline = if self.step_by_step { Duration::MAX } else { DEADLINE };
        match tokio::time::timeout(deadline, work).await {
            Ok(Ok(ack)) => ack,
            Ok(Err(panic)) => {
                error!(%panic, "an event was not handled");
                Ack::Late
            }
            Err(_) => {
                counter!("rapport_acks_late_total").increment(1);
                warn!("an event was not stored within {DEADLINE:?}");
                Ack::Late
            }
        }
    }
}

impl App {
    async fn take(&self, incoming: Incoming) -> Ack {
        let Incoming { event, response_url, trigger_id, in_ephemeral, view, .. } = incoming;
        let taken = match event {
            Event::Acted(act) => {
                counter!("rapport_acts_total").increment(1);
                let submitted = view.as_ref().is_some_and(|view| view.submitted);
                let (in_view, view) = view.map(|view| (view.kind, view.id)).unzip();
                return self.act(act, Ways { response_url, trigger_id, in_ephemeral, in_view, view, submitted }).await;
            }
            Event::Echoed(proof) => self.store.found(proof.key, proof.receipt, self.clock.now()).await,
            Event::Uninstalled => {
                warn!(workspace = %self.us.workspace, "the app was removed, or its tokens were revoked: nothing is posted any more");
                self.store.stop(self.us.workspace.clone(), "uninstalled".to_owned(), self.clock.now()).await
            }
            Event::EventsLimited => {
                counter!("rapport_events_limited_total").increment(1);
                warn!("Slack drops events of this workspace: there are more than 30,000 an hour");
                Ok(())
            }
            Event::Ignored(kind) => {
                counter!("rapport_events_ignored_total", "kind" => kind).increment(1);
                Ok(())
            }
        };
        match taken {
            Ok(()) => Ack::Empty,
            Err(error) => late(&error),
        }
    }

    async fn act(&self, act: Act, ways: Ways) -> Ack {
        let now = self.clock.now();
        let speaks = ways.response_url.is_some() && !matches!(act.what, What::Commanded { .. });
        let acted = match self.store.act(act.clone(), &self.vault, speaks, now).await {
            Ok(acted) => acted,
            Err(error) => return late(&error),
        };
        if acted.repeated {
            counter!("rapport_events_repeated_total").increment(1);
            return Ack::Empty;
        }
        match acted.reply {
            Reply::Nothing => Ack::Empty,
            Reply::Say(said) => self.say(&act, said, acted.claim, ways),
            Reply::Open(form) => {
                self.open(render::form(&form), &act, ways);
                Ack::Empty
            }
            Reply::Redraw(form) => {
                self.redraw(render::form(&form), &act, ways);
                Ack::Empty
            }
            Reply::Mend { field, sentence } => {
                Ack::Payload(json!({ "response_action": "errors", "errors": { (form::block_of(field)): sentence } }))
            }
        }
    }

    /// Words for the person who acted, by the way that the act left open.
    fn say(&self, act: &Act, said: Said, claim: Option<Claim>, ways: Ways) -> Ack {
        let message = Message::Said { event: act.id.clone(), person: act.by.clone() };
        let name = message.name();
        match (&act.what, ways.in_view.as_deref(), ways.response_url.clone().zip(claim)) {
            (What::Commanded { .. }, ..) => Ack::Payload(render::said(&said, &name.key(), 1, false)),
            // A tap in a form has no acknowledgement that draws: its words stand on top of the form.
            (_, Some("modal"), _) if !ways.submitted => {
                self.open(render::said_view(&said, &name.key()), act, ways);
                Ack::Empty
            }
            (_, Some("modal"), _) => {
                Ack::Payload(json!({ "response_action": "update", "view": render::said_view(&said, &name.key()) }))
            }
            (_, _, Some((url, claim))) => {
                let (in_ephemeral, since) = (ways.in_ephemeral, self.clock.now());
                self.replies.add(Confirmation { claim, url, said, in_ephemeral, since });
                Ack::Empty
            }
            // In App Home the refreshed view is the answer, unless there is none.
            (_, Some("home"), None) if matches!(said, Said::How(_) | Said::Refused(_)) => {
                let view = match &said {
                    Said::How(how) => render::how_view(how),
                    _ => render::said_view(&said, &name.key()),
                };
                self.open(view, act, ways);
                Ack::Empty
            }
            // A shortcut brings nothing but a trigger.
            (_, None, None) => {
                self.open(render::said_view(&said, &name.key()), act, ways);
                Ack::Empty
            }
            _ => Ack::Empty,
        }
    }

    /// Draws the form anew in which the tap was.
    fn redraw(&self, drawn: Value, act: &Act, ways: Ways) {
        let Some(view) = ways.view.filter(|_| ways.in_view.as_deref() == Some("modal")) else {
            return;
        };
        let (app, by) = (self.clone(), act.by.clone());
        self.tasks.spawn(async move {
            let Err(failure) = app.client.call("views.update", json!({ "view_id": view, "view": drawn })).await else {
                return;
            };
            match failure.fate {
                // Whoever closed it meanwhile sees what they tapped when they open it again: there is nothing to draw in.
                Fate::Drop => debug!(person = %by, %failure, "a form was closed before it was drawn anew"),
                // Nor is this repeated: the next tap draws it, and the answer is kept.
                _ => {
                    counter!("rapport_redraws_failed_total").increment(1);
                    warn!(person = %by, %failure, "a form was not drawn anew");
                }
            }
        });
    }

    /// Opens a form while the acknowledgement is on its way: the trigger lives three seconds.
    fn open(&self, view: Value, act: &Act, ways: Ways) {
        let Some(trigger) = ways.trigger_id else { return };
        // On top of the form in which the tap was, or alone.
        let method = if ways.in_view.as_deref() == Some("modal") { "views.push" } else { "views.open" };
        let (app, by) = (self.clone(), act.by.clone());
        self.tasks.spawn(async move {
            let Err(failure) = app.client.call(method, json!({ "trigger_id": trigger, "view": view })).await else {
                return;
            };
            info!(person = %by, %failure, "a form did not open");
            if let (Fate::MomentGone, Some(url)) = (&failure.fate, &ways.response_url) {
                let words = render::said(
                    &Said::Refused(Refusal::TryAgain),
                    &Message::Home { person: by }.name().key(),
                    1,
                    false,
                );
                if let Err(failure) = app.client.respond(url, &words).await {
                    info!(%failure, "and that was not said either");
                }
            }
        });
    }
}

/// The ways in which a person can be answered in the act.
struct Ways {
    response_url: Option<SecretString>,
    trigger_id: Option<String>,
    /// The tap was in a message that only this person sees.
    in_ephemeral: bool,
    /// `modal` or `home` when it happened there.
    in_view: Option<String>,
    /// The id of that form or Home tab.
    view: Option<String>,
    /// A form was sent; otherwise something was tapped.
    submitted: bool,
}

fn late(error: &StoreError) -> Ack {
    counter!("rapport_acks_late_total").increment(1);
    error!(%error, "an event was not stored");
    Ack::Late
}
