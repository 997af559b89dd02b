//! App Home: what is open, what one has answered, and what the bot knows.

use serde_json::{Value, json};

use crate::core::care::Looked;
use crate::core::content::{Home, HomeItem, HomePair, HomePulse, HomeShared, LookShown, PauseShown, Started};
use crate::core::id::{MessageKey, ProgramId};
use crate::core::question::Role;
use crate::slack::action::Action;

use super::block::{Blocks, button, primary};
use super::care::weekday;
use super::pulse::{bold, count, met, more, scale};
use super::text::{line, listed, name, time};
use super::{audience, session};

/// Blocks that open pulses may take.
const OPEN: usize = 70;

/// Bytes that open pulses may take before one more; a view has 250,000, and past answers of many long words need 100,000.
const OPEN_BYTES: usize = 100_000;

/// Programmes whose Start and "Not for me" stand here.
const PROGRAMS: usize = 4;

/// Pairs whose sessions stand here with buttons, the blocks that one can take, and those that the rest of the page needs.
const SESSIONS: usize = 6;
const SESSION_BLOCKS: usize = 7;
const REST: usize = 26;

/// The longest that a question, and one's own comment, is shown here.
const ASKED: usize = 300;
const COMMENT: usize = 400;

/// The view for `views.publish`.
pub fn home(home: &Home, key: &MessageKey, revision: i64) -> Value {
    json!({"type": "home", "callback_id": "home", "blocks": blocks(home, key, revision)})
}

/// Its blocks.
pub fn blocks(home: &Home, key: &MessageKey, revision: i64) -> Value {
    let mut blocks = Blocks::view(key, revision);
    if home.pairs.is_empty() && home.coordinates.is_empty() && home.open.is_empty() && home.past.is_empty() {
        blocks.header("You are in no mentoring pair");
        blocks.section(
            "rapport asks short questions of mentoring pairs. Whoever coordinates a programme can put you in; you are \
             welcomed first, and nothing is asked before.",
        );
        knows(None, &mut blocks);
        return blocks.done();
    }
    open(&home.open, &mut blocks);
    pairs(&home.pairs, &mut blocks);
    if !home.coordinates.is_empty() {
        let programs: Vec<String> = home.coordinates.iter().map(|program| name(program)).collect();
        blocks.section(&format!(
            "*You coordinate* {}\nThe digest comes to you once a week, in a message of this app.",
            listed(&programs, ", ", 20, 2_000)
        ));
    }
    shared(&home.shared, &mut blocks);
    past(&home.past, &mut blocks);
    looks(&home.looks, &mut blocks);
    let program = home.pairs.first().map(|pair| &pair.program).or(home.open.first().map(|pulse| &pulse.frame.program));
    knows(program, &mut blocks);
    if let (Some((used, weekly)), false) = (home.attention, home.pairs.is_empty()) {
        blocks.context(&format!(
            "Messages that rapport started this week: {used} of {weekly}. It starts no more than that."
        ));
    }
    blocks.done()
}

fn open(pulses: &[HomePulse], blocks: &mut Blocks<'_>) {
    blocks.header("Open now");
    if pulses.is_empty() {
        blocks.section("Nothing is asked of you at the moment.");
        return;
    }
    let whole: usize = pulses.iter().map(|pulse| 4 + 3 * pulse.items.len()).sum();
    let most = if whole <= OPEN { pulses.len() } else { OPEN / 2 };
    for (n, pulse) in pulses.iter().enumerate() {
        if n == most || blocks.bytes() > OPEN_BYTES {
            blocks.context(&format!("… and {} more that close later.", pulses.len() - n));
            return;
        }
        if whole <= OPEN { in_full(pulse, blocks) } else { in_short(pulse, blocks) }
    }
}

/// At most 4 blocks and 3 for each question.
fn in_full(pulse: &HomePulse, blocks: &mut Blocks<'_>) {
    let frame = &pulse.frame;
    blocks.section_with(&title(pulse), more(frame, false));
    for HomeItem { item, answer } in &pulse.items {
        let mine = own(pulse, &HomeItem { item: item.clone(), answer: answer.clone() });
        blocks.section(&format!("{}\n{mine}", bold(&line(&item.text, ASKED))));
        blocks.row(scale(&frame.pulse, item, answer.as_ref().map(|answer| answer.value)));
        if let Some(answer) = answer {
            let comment = if answer.comment.is_some() { "Edit comment" } else { "Add a comment" };
            let (id, question) = (frame.pulse.clone(), item.question.clone());
            blocks.row([
                button(comment, &Action::OpenComment { pulse: id.clone(), question: question.clone() }),
                button("Who sees this", &Action::OpenAudience { pulse: id, question }),
            ]);
        }
    }
    met(frame, blocks);
    blocks.divider();
}

/// Two blocks: all questions with one's answers, and the buttons of the first that is not answered.
fn in_short(pulse: &HomePulse, blocks: &mut Blocks<'_>) {
    let lines: Vec<String> = pulse
        .items
        .iter()
        .take(3)
        .map(|item| format!("{}\n{}", bold(&line(&item.item.text, ASKED)), own(pulse, item)))
        .collect();
    blocks.section_with(&format!("{}\n{}", title(pulse), lines.join("\n")), more(&pulse.frame, true));
    let next = pulse.items.iter().find(|item| item.answer.is_none()).or(pulse.items.first());
    if let Some(HomeItem { item, answer }) = next {
        let (id, question) = (pulse.frame.pulse.clone(), item.question.clone());
        let mut row = scale(&pulse.frame.pulse, item, answer.as_ref().map(|answer| answer.value));
        if answer.is_some() {
            row.push(button("Comment", &Action::OpenComment { pulse: id.clone(), question: question.clone() }));
            row.push(button("Who sees this", &Action::OpenAudience { pulse: id, question }));
        }
        blocks.row(row);
    }
}

fn title(pulse: &HomePulse) -> String {
    let frame = &pulse.frame;
    let program = frame.program_name.as_ref().map(|program| format!(" · {}", name(program))).unwrap_or_default();
    let skipped = if pulse.skipped { "\nNot this week, you said. The buttons still work." } else { "" };
    format!("*{}* · {}{program} · open until {}{skipped}", name(&pulse.partner), count(frame), time(frame.closes))
}

fn own(pulse: &HomePulse, item: &HomeItem) -> String {
    let Some(answer) = &item.answer else {
        return format!("Not answered yet. {}", audience::before(item.item.audience, &pulse.partner));
    };
    let label = usize::from(answer.value).checked_sub(1).and_then(|at| item.item.labels.get(at));
    let label = label.map(|label| line(label, 75)).unwrap_or_default();
    let comment = answer.comment.as_ref().map(|words| format!("\n> {}", line(words, COMMENT))).unwrap_or_default();
    format!("You said: *{label}*. {}{comment}", audience::after(answer.audience, &pulse.partner))
}

fn pairs(pairs: &[HomePair], blocks: &mut Blocks<'_>) {
    if pairs.is_empty() {
        return;
    }
    blocks.header(if pairs.len() == 1 { "Your pair" } else { "Your pairs" });
    let lines: Vec<String> = pairs
        .iter()
        .map(|pair| {
            let kind = match pair.role {
                Role::Mentee => "your mentor",
                Role::Mentor => "your mentee",
            };
            let paused = pair.paused.as_ref().map(paused).unwrap_or_default();
            format!("*{}*, {kind} in {}{paused}", name(&pair.partner), name(&pair.program_name))
        })
        .collect();
    blocks.section(&listed(&lines, "\n", 40, 2_900));
    sessions(pairs, blocks);
    let mut programs: Vec<&HomePair> = Vec::new();
    for pair in pairs {
        if programs.iter().all(|seen| seen.program != pair.program) {
            programs.push(pair);
        }
    }
    for pair in programs.into_iter().take(PROGRAMS) {
        standing(pair, blocks);
    }
}

/// Sessions of the pairs in which nobody is out: with buttons for few, by command for many.
fn sessions(pairs: &[HomePair], blocks: &mut Blocks<'_>) {
    let running = pairs.iter().filter(|pair| pair.said != Some(Started::No));
    for (n, pair) in running.enumerate() {
        if n == SESSIONS || blocks.left() < SESSION_BLOCKS + REST {
            blocks.context("For the other pairs: */rapport log 45m yesterday with* and a name.");
            return;
        }
        session::on_home(pair, blocks);
    }
}

/// Nothing is asked until a day.
fn paused(pause: &PauseShown) -> String {
    let by = pause.by.as_ref().map(|by| format!(" by {}", name(by))).unwrap_or_default();
    format!(
        ". Paused{by}: nothing is asked until {}, and nothing counts as missed. What is open stays until it closes.",
        weekday(pause.until)
    )
}

/// Who looked at named answers.
fn looks(looks: &[LookShown], blocks: &mut Blocks<'_>) {
    if looks.is_empty() {
        return;
    }
    blocks.header("Who looked");
    let several = looks.iter().any(|look| look.partner != looks[0].partner);
    let lines: Vec<String> = looks
        .iter()
        .map(|look| {
            let what = match look.what {
                Looked::Answers => "answers by name",
            };
            let pair = if several { format!(" of you and {}", name(&look.partner)) } else { String::new() };
            format!("{} looked at {what}{pair} · {}", name(&look.coordinator), time(look.at))
        })
        .collect();
    blocks.section(&listed(&lines, "\n", 10, 2_900));
}

fn standing(pair: &HomePair, blocks: &mut Blocks<'_>) {
    let program = name(&pair.program_name);
    let start = primary("Start", &Action::Start { program: pair.program.clone() });
    let decline = button("Not for me", &Action::Decline { program: pair.program.clone() });
    match pair.said {
        None => {
            blocks.section(&format!("{program} waits for your word."));
            blocks.row([start, decline]);
        }
        Some(Started::Yes) => blocks.section_with(&format!("You take part in {program}."), decline),
        Some(Started::No) => blocks.section_with(&format!("Nothing is asked of you in {program}."), start),
    }
}

fn past(pulses: &[HomePulse], blocks: &mut Blocks<'_>) {
    if pulses.is_empty() {
        return;
    }
    blocks.header("What you answered");
    for pulse in pulses.iter().take(10) {
        let frame = &pulse.frame;
        let program = frame.program_name.as_ref().map(|program| format!(" · {}", name(program))).unwrap_or_default();
        let mut lines =
            vec![format!("*{}* · {}{program} · closed {}", name(&pulse.partner), count(frame), time(frame.closes))];
        let answered = pulse.items.iter().filter(|item| item.answer.is_some()).take(3);
        lines.extend(answered.map(|item| format!("{}\n{}", line(&item.item.text, ASKED), own(pulse, item))));
        if lines.len() == 1 {
            lines.push(if pulse.skipped { "Not this week, you said." } else { "No answer." }.to_owned());
        }
        blocks.section(&lines.join("\n"));
    }
}

fn shared(answers: &[HomeShared], blocks: &mut Blocks<'_>) {
    if answers.is_empty() {
        return;
    }
    blocks.header("Shared with you");
    let each = |one: &HomeShared| {
        let comment = one.comment.as_ref().map(|words| format!("\n> {}", line(words, COMMENT))).unwrap_or_default();
        let (partner, closed) = (name(&one.partner), time(one.closed));
        format!("*{partner}* · {closed}\n{}\n*{}*{comment}", line(&one.text, ASKED), line(&one.label, 75))
    };
    for answer in answers.iter().take(4) {
        blocks.section(&each(answer));
    }
}

fn knows(program: Option<&ProgramId>, blocks: &mut Blocks<'_>) {
    let sees = program.and_then(|program| button("Who sees what", &Action::WhoSeesWhat { program: program.clone() }));
    blocks.section_with(
        "*What rapport knows of you*\nYour name and time zone in Slack, your pairs, what you tapped and wrote here, and whether \
         you two have met, as you said it. It reads no conversations.",
        sees,
    );
}
