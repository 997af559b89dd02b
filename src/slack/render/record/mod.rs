//! A person's record: the page, the message with a picture, what a mentor is shown of it, and the sentences around it.

mod curve;

use serde_json::{Value, json};

use crate::core::content::{HomeRecord, ReceivedThanks, RecordForm, RecordPage, RecordPair, RecordPost, SessionSum};
use crate::core::goal::Goal;
use crate::core::id::{MessageKey, MessageName};
use crate::core::record::{RecordAct, RecordRefusal};
use crate::slack::action::Action;

use super::Rendered;
use super::block::{Blocks, button, plain};
use super::goal::head;
use super::text::{day, line, listed, name, time};

/// Goals of one pair.
const GOALS: usize = 8;

/// The longest that a skill and thanks are shown.
const WORDS: usize = 500;

/// Records that mentees share, with a button each on App Home.
const SHARED: usize = 3;

/// Pairs with goals on one page, and blocks that one of them takes at most.
const PAIRS: usize = 6;

/// Thanks on one page.
const THANKS: usize = 20;

/// The modal.
pub fn form(form: &RecordForm) -> Value {
    match form {
        RecordForm::Own(page) => view("Your record", |blocks| {
            blocks.context("Only you see this, unless you share the part about a pair with its mentor.");
            whole(page, true, blocks);
            blocks.row([button("Send me this", &Action::Record(RecordAct::Send))]);
        }),
        RecordForm::Shared(part) => view("A shared record", |blocks| {
            blocks.context(&format!(
                "{} shares this with you alone, and can stop at any time. Coordinators never see it.",
                name(&part.partner)
            ));
            of_pair(part, &name(&part.partner), blocks);
        }),
    }
}

fn view(title: &str, write: impl FnOnce(&mut Blocks<'_>)) -> Value {
    let key = MessageName::from("record").key();
    let mut blocks = Blocks::view(&key, 1);
    write(&mut blocks);
    json!({
        "type": "modal",
        "callback_id": "record",
        "title": plain(title, 24),
        "close": plain("Close", 24),
        "blocks": blocks.done(),
    })
}

/// The message to its owner: what a form cannot show is the picture.
pub fn post(post: &RecordPost, key: &MessageKey, revision: i64) -> Rendered {
    let mut blocks = Blocks::message(key, revision);
    blocks.section("Your record, as you asked for it. Only you see this.");
    for part in post.page.pairs.iter().take(2).filter(|_| post.charts) {
        if let Some(chart) = curve::chart(part) {
            blocks.chart(chart);
        }
    }
    whole(&post.page, false, &mut blocks);
    Rendered::post(key, "Your record, as you asked for it.".to_owned(), blocks)
}

/// Whether the message has a picture.
pub fn has_chart(post: &RecordPost) -> bool {
    post.charts && post.page.pairs.iter().take(2).any(|part| curve::chart(part).is_some())
}

/// All of one's own, with buttons where it is a page.
fn whole(page: &RecordPage, shares: bool, blocks: &mut Blocks<'_>) {
    for part in page.pairs.iter().take(PAIRS) {
        of_pair(part, "you", blocks);
        if shares {
            sharing(part, blocks);
        }
    }
    if !page.mentoring.is_empty() {
        let each = |(partner, sum): &(String, SessionSum)| format!("*{}* · {}", name(partner), sessions(sum));
        let lines: Vec<String> = page.mentoring.iter().map(each).collect();
        blocks.section(&format!("*Your sessions as a mentor*\n{}", listed(&lines, "\n", 20, 2_800)));
    }
    thanks(&page.thanks, blocks);
}

/// What a mentee has of one pair: at most three blocks. `who` is what the mentee is called.
fn of_pair(part: &RecordPair, who: &str, blocks: &mut Blocks<'_>) {
    let over = if part.running { "" } else { " · ended" };
    let head = format!("*{}* · {}{over}", name(&part.partner), name(&part.program_name));
    blocks.section(&format!("{head}\n{}", sessions(&part.sessions)));
    let goals: Vec<String> = part.goals.iter().take(GOALS).map(goal).collect();
    if goals.is_empty() {
        blocks.section("No goal yet.");
    } else {
        blocks.section(&listed(&goals, "\n", GOALS, 2_900));
    }
    if let Some(said) = curve::said(part, who) {
        blocks.section(&said);
    }
}

fn goal(goal: &Goal) -> String {
    let skill = goal.words.skill.as_ref().map(|skill| format!(" · skill: {}", line(skill, WORDS)));
    format!("• {}{}", head(goal), skill.unwrap_or_default())
}

/// Whether the mentor sees it, and the button that changes that.
fn sharing(part: &RecordPair, blocks: &mut Blocks<'_>) {
    let partner = name(&part.partner);
    let tap =
        |label: &str, shared| button(label, &Action::Record(RecordAct::Share { pair: part.pair.clone(), shared }));
    if part.shared {
        blocks.section_with(&format!("{partner} sees this part of your record."), tap("Stop sharing", false));
    } else if part.running {
        blocks.section_with(
            &format!(
                "{partner} does not see how sure you felt. If you share, {partner} sees this part, not your thanks."
            ),
            tap("Share with my mentor", true),
        );
    }
}

/// `3 sessions, 2 h 15 min; the last on 12 May`.
fn sessions(sum: &SessionSum) -> String {
    let count = match sum.count {
        0 => return "no session logged yet".to_owned(),
        1 => "1 session".to_owned(),
        count => format!("{count} sessions"),
    };
    let length = match (sum.minutes / 60, sum.minutes % 60) {
        (0, 0) => String::new(),
        (0, minutes) => format!(", {minutes} min"),
        (hours, 0) => format!(", {hours} h"),
        (hours, minutes) => format!(", {hours} h {minutes} min"),
    };
    let last = sum.last.map(|on| format!("; the last on {}", day(on))).unwrap_or_default();
    format!("{count}{length}{last}")
}

fn thanks(received: &[ReceivedThanks], blocks: &mut Blocks<'_>) {
    if received.is_empty() {
        return;
    }
    blocks.header("What you were thanked for");
    for one in received.iter().take(THANKS.min(blocks.left().saturating_sub(2))) {
        blocks.section(&format!("> {}\n{} · {}", line(&one.words, WORDS), name(&one.from), time(one.at)));
    }
}

/// What App Home says: at most five blocks.
pub fn on_home(home: &HomeRecord, blocks: &mut Blocks<'_>) {
    if home.own {
        let open = button("My record", &Action::Record(RecordAct::Open));
        blocks.section_with("*Your record*: goals, sessions and thanks, for you alone.", open);
    }
    for (pair, mentee) in home.shared.iter().take(SHARED) {
        let open = button("Look", &Action::Record(RecordAct::OpenShared { pair: pair.clone() }));
        blocks.section_with(&format!("{} shares a record with you.", name(mentee)), open);
    }
    if home.shared.len() > SHARED {
        blocks.context("For the others that are shared with you: */rapport record with* and a name.");
    }
}

/// The words after it was asked for.
pub fn sent() -> String {
    "Your record comes as a message of this app, to you alone.".to_owned()
}

/// The sentence of a refusal.
pub fn refused(refusal: RecordRefusal) -> String {
    match refusal {
        RecordRefusal::NotShared => "This record is not shared with you at the moment.".to_owned(),
        RecordRefusal::OnlyTheMentee => {
            "A mentee's record is the mentee's to share, so nothing was changed.".to_owned()
        }
        RecordRefusal::Empty => "There is nothing to record yet: you are in no mentoring pair.".to_owned(),
    }
}
