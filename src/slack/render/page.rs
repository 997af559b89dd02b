//! A pair's page for its coordinators, and named answers when they ask for them.

use serde_json::{Value, json};

use crate::core::answer::Audience;
use crate::core::care::{About, Care};
use crate::core::content::{AnswersPage, NamedAnswer, PairPage, Side, Started};
use crate::core::id::MessageName;
use crate::slack::action::Action;

use super::block::{Blocks, button, plain};
use super::care::{asking, cared, done_by, weekday};
use super::text::{day, line, listed, name, plain_name, quote, time};

/// The longest that a question is shown, and a piece of a comment.
const ASKED: usize = 300;
const PIECE: usize = 1_500;

/// The pair's page.
pub fn page(page: &PairPage) -> Value {
    let key = MessageName::from(format!("page:{}", page.pair)).key();
    let mut blocks = Blocks::view(&key, 1);
    blocks.header(&plain_name(&page.pair_name));
    blocks.context(&who(page));
    if let Some(done) = &page.done {
        blocks.section(&format!("*Done.* {}", cared(done)));
    }
    standing(page, &mut blocks);
    blocks.section(&format!("*Meetings*\n{}", meetings(page)));
    blocks.section(&format!("*Answering*\n{}", answering(page)));
    feedback(page, &mut blocks);
    steps(page, &mut blocks);
    if page.ended.is_none() {
        act(page, &mut blocks);
    }
    view("pair", "Pair", blocks)
}

fn who(page: &PairPage) -> String {
    let [mentee, mentor] = &page.sides;
    let person = |side: &Side| format!("{} (<@{}>)", name(&side.name), side.user);
    format!(
        "{} · since {} · mentee {} · mentor {}",
        name(&page.program_name),
        day(page.starts),
        person(mentee),
        person(mentor)
    )
}

/// What keeps the pair from being asked.
fn standing(page: &PairPage, blocks: &mut Blocks<'_>) {
    if let Some(at) = page.ended {
        blocks.section(&format!("This pair ended {}.", time(at)));
        return;
    }
    for side in &page.sides {
        if side.said == Some(Started::No) {
            blocks.section(&format!(
                "{} pressed “Not for me”: nothing is asked of this pair. The other has not been told.",
                name(&side.name)
            ));
        }
    }
    if page.unreachable {
        blocks.section("Slack refuses messages to this pair; nothing is asked until it can be reached again.");
    }
    if let Some(pause) = &page.paused {
        let by = pause.by.as_ref().map(|by| format!(" by {}", name(by))).unwrap_or_default();
        let words = format!("*Paused*{by} until {}. It goes on by itself.", weekday(pause.until));
        blocks.section_with(&words, button("Resume now", &Action::Care(Care::Resume(page.pair.clone()))));
    }
}

fn meetings(page: &PairPage) -> String {
    match page.last_met {
        Some(at) if page.meetings == 1 => format!("Known to have met once, {}.", time(at)),
        Some(at) => format!("Known to have met {} times, last {}.", page.meetings, time(at)),
        None => "No meeting is known; they may have met without saying so.".to_owned(),
    }
}

fn answering(page: &PairPage) -> String {
    if page.pulses == 0 {
        return "Nothing was asked yet.".to_owned();
    }
    let [mentee, mentor] = &page.sides;
    let side = |side: &Side| {
        let (missed, asked) = side.missed;
        format!("{} answered {} of the last {asked}", name(&side.name), asked - missed)
    };
    let pulses = if page.pulses == 1 { "1 pulse".to_owned() } else { format!("{} pulses", page.pulses) };
    format!("{pulses} so far. {}, {}. Silence has many reasons.", side(mentee), side(mentor))
}

/// How much there is to read by name, and what reading it means.
fn feedback(page: &PairPage, blocks: &mut Blocks<'_>) {
    let [mentee, mentor] = &page.sides;
    let known = mentee.named + mentor.named;
    if known == 0 {
        blocks.section("*Feedback*\nThere is no answer that you may read by name.");
        return;
    }
    let each = |side: &Side| format!("{} of {}", side.named, name(&side.name));
    let words = format!(
        "*Feedback*\n{known} answers that you may read by name: {}, {}. Both will see in their Home tab that you looked, \
         and when.",
        each(mentee),
        each(mentor)
    );
    let show = Action::Care(Care::OpenAnswers { pair: page.pair.clone(), skip: 0 });
    blocks.section_with(&words, button("Show answers", &show));
}

fn steps(page: &PairPage, blocks: &mut Blocks<'_>) {
    let done: Vec<String> = page.steps.iter().map(done_by).collect();
    let done = if done.is_empty() { "Nothing yet.".to_owned() } else { listed(&done, "\n", 10, 2_500) };
    blocks.section(&format!("*What was done*\n{done}"));
}

fn act(page: &PairPage, blocks: &mut Blocks<'_>) {
    let about = About { pair: page.pair.clone(), line: None };
    let tap = |label: &str, care: Care| button(label, &Action::Care(care));
    blocks.row([
        tap("Message both", Care::OpenMessage(about.clone())),
        tap("Ask each privately", Care::AskEach(about.clone())).map(asking),
        if page.paused.is_none() { tap("Pause 2 weeks", Care::Pause(about)) } else { None },
    ]);
}

/// Named answers.
pub fn answers(page: &AnswersPage) -> Value {
    let key = MessageName::from(format!("answers:{}:{}", page.pair, page.skip)).key();
    let mut blocks = Blocks::view(&key, 1);
    blocks.header(&plain_name(&page.pair_name));
    if page.answers.is_empty() {
        blocks.section("There is no answer here that you may read by name.");
    } else {
        blocks.context(
            "Both see in their Home tab that you looked at these, and when. What counts in totals only is not here.",
        );
    }
    for answer in &page.answers {
        blocks.section(&said(answer));
        for piece in answer.words.iter().flat_map(|words| quote(words, 1, PIECE)) {
            blocks.section(&piece);
        }
    }
    if page.more {
        let shown = u32::try_from(page.answers.len()).unwrap_or(u32::MAX);
        let older = Care::OpenAnswers { pair: page.pair.clone(), skip: page.skip.saturating_add(shown) };
        blocks.row([button("Older", &Action::Care(older))]);
    }
    view("answers", "Answers", blocks)
}

fn said(answer: &NamedAnswer) -> String {
    let shared = if answer.audience == Audience::Partner { " · shared with the partner" } else { "" };
    format!(
        "*{}* · {}{shared}\n{}\n*{}*",
        name(&answer.name),
        time(answer.closed),
        line(&answer.question, ASKED),
        line(&answer.label, 75)
    )
}

fn view(callback_id: &str, title: &str, blocks: Blocks<'_>) -> Value {
    json!({
        "type": "modal",
        "callback_id": callback_id,
        "title": plain(title, 24),
        "close": plain("Close", 24),
        "blocks": blocks.done(),
    })
}
