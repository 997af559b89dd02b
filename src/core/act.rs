//! What a person's act leads to. Every answer is a sentence for that person; none of them tells about the partner.

mod agenda;
mod agreement;
mod care;
mod digest;
mod ending;
mod fit;
mod goal;
mod help;
mod nudge;
mod program;
mod pulse;
mod record;
mod reply;
mod rest;
mod session;
mod survey;
#[cfg(test)]
mod tests;
mod thanks;

use chrono::{DateTime, Utc};

pub use agenda::on_agenda;
pub use agreement::on_agreement;
pub use care::{barred, on_answers, on_care, on_page, on_page_care};
pub use digest::{on_export, on_more};
pub use ending::on_ending;
pub use fit::on_fit;
pub use goal::{goal_pair, on_all_goals, on_goal};
pub use help::{on_asking, on_request};
pub use nudge::on_nudge;
pub use program::on_program;
pub use pulse::on_pulse;
pub use record::{on_record, on_share, on_shared};
pub use reply::on_reply;
pub use rest::on_rest;
pub use session::{ASK_WITHIN, on_session, unanswered};
pub use survey::on_survey;
pub use thanks::on_thanks;

use super::command::{self, Choice, Meant};
use super::content::{Form, Said};
use super::decision::{Change, Decision, Field, Reply};
use super::event::{Act, What};
use super::message::Message;
use super::person::Person;
use super::refusal::Refusal;

/// The longest comment or request, in characters: what a Slack text input takes.
const WORDS_LIMIT: usize = 3_000;

/// An act that needs no rows: App Home, commands, unknown buttons, and acts about something that is not here.
pub fn on_nothing(act: &Act, now: DateTime<Utc>) -> Decision {
    match act.what {
        What::OpenedHome => Decision {
            changes: vec![Change::HomeOpened { person: act.by.clone(), at: act.at }],
            messages: vec![Message::Home { person: act.by.clone() }.at(now)],
            reply: Reply::Nothing,
        },
        What::Commanded { .. } => say(Said::Commands),
        What::Unknown { .. } => refuse(Refusal::Unknown),
        _ => refuse(Refusal::Gone),
    }
}

/// What a command says, or whose session somebody wants to log who named no pair. `None`: nothing more than it says.
///
/// # Errors
/// The decision instead, where it cannot be followed or a form has to ask which pair.
pub fn meant(act: &Act, person: &Person, pairs: &[Choice], now: DateTime<Utc>) -> Result<Option<What>, Box<Decision>> {
    let today = now.with_timezone(&person.zone).date_naive();
    match &act.what {
        What::Commanded { text } => match command::understand(text, pairs, today) {
            Ok(Meant::Act(what)) => Ok(Some(what)),
            Ok(Meant::Help) => Ok(None),
            Err(refusal) => Err(Box::new(refuse(refusal))),
        },
        What::OpenedSession { pair: None, day } => match pairs {
            [] => Err(Box::new(refuse(Refusal::NoPair))),
            [only] => Ok(Some(What::OpenedSession { pair: Some(only.pair.clone()), day: *day })),
            several => {
                let pairs = several.iter().map(|one| (one.pair.clone(), one.partner.clone())).collect();
                Err(Box::new(open(Form::Session { pairs, was: None, day: today, minutes: None })))
            }
        },
        _ => Ok(None),
    }
}

/// A kind "no".
pub fn refused(refusal: Refusal) -> Decision {
    refuse(refusal)
}

fn say(said: Said) -> Decision {
    Decision { reply: Reply::Say(said), ..Decision::default() }
}

fn refuse(refusal: Refusal) -> Decision {
    say(Said::Refused(refusal))
}

fn open(form: Form) -> Decision {
    Decision { reply: Reply::Open(form), ..Decision::default() }
}

/// The form stays open, and says so at its field, when the words are more than can be kept.
fn too_long(words: &str) -> Option<Decision> {
    let over = words.chars().count().checked_sub(WORDS_LIMIT).filter(|over| *over > 0)?;
    let sentence = format!("This is {over} characters too long; {WORDS_LIMIT} fit.");
    Some(mend(Field::Words, sentence))
}

fn mend(field: Field, sentence: String) -> Decision {
    Decision { reply: Reply::Mend { field, sentence }, ..Decision::default() }
}
