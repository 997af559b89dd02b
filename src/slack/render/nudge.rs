//! A nudge: what may help, why it came, one thing to do, and how to get rid of it.

use serde_json::Value;

use crate::core::content::{NudgePage, NudgeSaid};
use crate::core::goal::GoalAct;
use crate::core::id::MessageKey;
use crate::core::nudge::{Kind, NudgeAct, Reaction, Wanted, tip};
use crate::slack::action::Action;
use crate::slack::action::agreement::AgreementTap;

use super::Rendered;
use super::block::{Blocks, button, primary};
use super::care::write_to;
use super::text::{day, name, time};

/// The message, with its buttons until something was said to it.
///
/// A lock screen shows no more than that it is a nudge about this pair: the words of some say what the reader answered.
pub fn nudge(page: &NudgePage, key: &MessageKey, revision: i64) -> Rendered {
    let mut blocks = Blocks::message(key, revision);
    let program = page.program_name.as_ref().map(|program| format!(" ({})", name(program))).unwrap_or_default();
    let words = page.kind.words();
    let again = if page.again { "Once more, as you asked. " } else { "" };
    blocks.section(&format!("{again}*{}*", fill(&words.text, page)));
    blocks.context(&format!("Why you get this{program}: {}", fill(&words.why, page)));
    match page.reaction {
        None => {
            let react = |reaction| Action::Nudge(NudgeAct::Reacted { nudge: page.nudge.clone(), reaction });
            blocks.row([
                action(page),
                button("Done", &react(Reaction::Done)),
                button("Tomorrow", &react(Reaction::Tomorrow)),
                button("Not helpful", &react(Reaction::NotHelpful)),
                button("Stop these", &react(Reaction::Stopped)),
            ]);
        }
        Some(reaction) => blocks.context(match reaction {
            Reaction::Done => "You said: done.",
            Reaction::Tomorrow => "It comes once more on your next working day.",
            Reaction::NotHelpful => "You said: not helpful. Nudges of this kind rest for eight weeks.",
            Reaction::Stopped => "Nudges of this kind do not come any more. The Home tab of this app takes that back.",
        }),
    }
    let about = format!("A small thing for you and {}{program}.", name(&page.partner_name));
    Rendered::post(key, about, blocks)
}

/// The one thing to do that rapport can open.
fn action(page: &NudgePage) -> Option<Value> {
    let pair = page.pair.clone();
    let dates = |label| primary(label, &Action::OpenDates { pair: pair.clone() });
    match page.kind {
        Kind::FirstMeeting => dates("Suggest three times"),
        Kind::BookNext => dates("Set a date"),
        Kind::OverdueMentee | Kind::WelcomeBack => dates("Suggest two times"),
        Kind::EndNear => dates("Plan the last session"),
        Kind::OverdueMentor => Some(write_to(&page.partner, &page.partner_name)),
        Kind::Anniversary => Some(write_to(&page.partner, &page.partner_name)),
        Kind::OwnCommunication => primary("Get help", &Action::OpenHelp { pair }),
        Kind::MentorLoad => primary("Ask for help", &Action::OpenHelp { pair }),
        Kind::RhythmCheck => button("Change rhythm", &Action::Agreement(AgreementTap::Open { pair })),
        Kind::NoGoal => primary("Write a goal", &Action::Goal(GoalAct::OpenNew { pair })),
        Kind::GoalStalled => primary("Update the goal", &Action::Goal(GoalAct::OpenPage { pair })),
        // Their words are the whole of it.
        Kind::AskFeedback | Kind::FeedbackCard | Kind::AfterSession => None,
    }
}

/// The bank's words with what is true of this pair.
fn fill(words: &str, page: &NudgePage) -> String {
    let next = match page.rhythm {
        7 => "14",
        _ => "28",
    };
    words
        .replace("{partner}", &name(&page.partner_name))
        .replace("{days}", &page.days.to_string())
        .replace("{date}", &day(page.episode))
        .replace("{rhythm}", &page.rhythm.to_string())
        .replace("{next_rhythm}", next)
        .replace("{stage_tip}", tip(page.week, page.weeks))
        .replace("'{goal}'", "of your pair")
}

/// What a kind is about, behind "nudges about".
pub fn named(kind: Kind) -> &'static str {
    match kind {
        Kind::FirstMeeting => "a first meeting",
        Kind::OverdueMentor | Kind::OverdueMentee => "meetings that are overdue",
        Kind::RhythmCheck => "the rhythm of meetings",
        Kind::MentorLoad => "your load as a mentor",
        Kind::OwnCommunication => "how you two talk",
        Kind::NoGoal => "a first goal",
        Kind::GoalStalled => "goals that rest",
        Kind::AskFeedback => "asking for feedback",
        Kind::FeedbackCard => "giving feedback",
        Kind::BookNext => "the next date",
        Kind::WelcomeBack => "coming back",
        Kind::AfterSession => "what helps after a session",
        Kind::EndNear => "the end of the programme",
        Kind::Anniversary => "anniversaries",
    }
}

/// The words after a tap.
pub fn said(said: NudgeSaid, blocks: &mut Blocks<'_>) -> String {
    let choose = |wanted| Action::Nudge(NudgeAct::Chose(wanted));
    let (words, row) = match said {
        NudgeSaid::Done => ("Noted. Thank you.".to_owned(), Vec::new()),
        NudgeSaid::Tomorrow { until } => (format!("It comes once more {}.", time(until)), Vec::new()),
        NudgeSaid::NotHelpful => {
            let words = "Thank you for saying so: nudges of this kind rest for eight weeks.".to_owned();
            (words, vec![button("Stop all nudges", &choose(Wanted::Stop(None)))])
        }
        NudgeSaid::Stopped { kind: Some(kind) } => {
            let words = format!("You get no more nudges about {}.", named(kind));
            let none = button("Stop all nudges", &choose(Wanted::Stop(None)));
            (words, vec![none, button("Undo", &choose(Wanted::Again(Some(kind))))])
        }
        NudgeSaid::Stopped { kind: None } => {
            let words = "You get no more nudges. Questions come as before; the Home tab of this app takes this back.";
            (words.to_owned(), vec![button("Undo", &choose(Wanted::Again(None)))])
        }
        NudgeSaid::Again => ("Nudges may come again: at most one a week.".to_owned(), Vec::new()),
        NudgeSaid::Revived { kind } => {
            (format!("Nudges about {} are sent again in this workspace.", named(kind)), Vec::new())
        }
        NudgeSaid::NotRetired { kind } => {
            (format!("Nudges about {} have not been retired: they are sent as before.", named(kind)), Vec::new())
        }
        NudgeSaid::Weekly { weekly: 1 } => ("Noted: at most one message a week.".to_owned(), Vec::new()),
        NudgeSaid::Weekly { weekly } => (format!("Noted: at most {weekly} messages a week."), Vec::new()),
    };
    blocks.section(&words);
    blocks.row(row);
    words
}
