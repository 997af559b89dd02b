//! Pulses on App Home: those that wait, with buttons, and what was answered and shared.

use crate::core::content::{HomeItem, HomePulse, HomeShared};
use crate::slack::action::Action;

use super::super::audience;
use super::super::block::{Blocks, button};
use super::super::pulse::{bold, count, met, more, scale};
use super::super::text::{line, name, time};

/// Blocks that open pulses may take.
const OPEN: usize = 70;

/// Bytes that open pulses may take before one more; a view has 250,000, and past answers of many long words need 100,000.
const OPEN_BYTES: usize = 100_000;

/// Blocks that the parts below what was shared take.
const BELOW: usize = 16;

/// The longest that a question, and one's own comment, is shown here.
const ASKED: usize = 300;
const COMMENT: usize = 400;

pub(super) fn open(pulses: &[HomePulse], nothing_else: bool, blocks: &mut Blocks<'_>) {
    blocks.header("Open now");
    if pulses.is_empty() {
        if nothing_else {
            blocks.section("Nothing is asked of you at the moment.");
        }
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

pub(super) fn past(pulses: &[HomePulse], blocks: &mut Blocks<'_>) {
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

pub(super) fn shared(answers: &[HomeShared], besides: u32, blocks: &mut Blocks<'_>) {
    if answers.is_empty() {
        return;
    }
    blocks.header("Shared with you");
    let each = |one: &HomeShared| {
        let comment = one.comment.as_ref().map(|words| format!("\n> {}", line(words, COMMENT))).unwrap_or_default();
        let (partner, closed) = (name(&one.partner), time(one.closed));
        format!("*{partner}* · {closed}\n{}\n*{}*{comment}", line(&one.text, ASKED), line(&one.label, 75))
    };
    // Where the page is long, the newest few have room.
    let most = answers.len().min(blocks.left().saturating_sub(BELOW));
    for answer in &answers[..most] {
        blocks.section(&each(answer));
    }
    let more = answers.len() - most + usize::try_from(besides).unwrap_or(usize::MAX);
    if more > 0 {
        blocks.context(&format!("… and {more} more."));
    }
}
