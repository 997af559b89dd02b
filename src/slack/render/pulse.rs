//! The pulse: one question under a heading, five buttons, the meeting, and who sees what.

use chrono::NaiveDate;
use serde_json::Value;

use crate::core::content::{Item, MentorPulses, PrivatePulse, PulseFrame, SharedPulse};
use crate::core::id::{MessageKey, PulseId, QuestionId};
use crate::slack::action::Action;

use super::block::{Blocks, button, menu};
use super::text::{self, day, line, name, time, utc};
use super::{Rendered, audience};

/// The longest that a question is shown.
pub const QUESTION: usize = 600;

/// More rows than this, and the meeting moves into each row's menu.
const ROOMY: usize = 14;

/// The post in the pair's group DM.
pub fn shared(pulse: &SharedPulse, key: &MessageKey, revision: i64) -> Rendered {
    let frame = &pulse.frame;
    let (mentee, mentor) = (name(&pulse.mentee_name), name(&pulse.mentor_name));
    let heading = heading(frame, &format!("{mentee} &amp; {mentor}"));
    let (mentee_reads, mentor_reads) = (line(&pulse.mentee.text, QUESTION), line(&pulse.mentor.text, QUESTION));
    let lines = if mentee_reads == mentor_reads {
        vec![mentee_reads]
    } else {
        vec![format!("{mentee}: {mentee_reads}"), format!("{mentor}: {mentor_reads}")]
    };
    let asked = lines.join(" ");
    let mut blocks = Blocks::message(key, revision);
    blocks.context(&heading);
    blocks.section(&bold(&lines.join("\n")));
    if frame.closed {
        blocks.context(CLOSED);
        return Rendered::post(key, format!("{heading}, closed. {asked}"), blocks);
    }
    blocks.row(scale(&frame.pulse, &pulse.mentee, None).into_iter().chain([more(frame, false)]));
    met(frame, &mut blocks);
    let sees = match (pulse.mentee.audience, pulse.mentor.audience) {
        (both, other) if both == other => audience::before_for_both(both).to_owned(),
        (a, b) => format!("{mentee}: {} {mentor}: {}", audience::before_for_both(a), audience::before_for_both(b)),
    };
    blocks.context(&format!("Open until {} (your time). {sees} You can change that.", time(frame.closes)));
    let text = format!("{heading}. {asked} Open until {}. {sees} You can change that.", utc(frame.closes));
    Rendered::post(key, text, blocks)
}

/// The post to one person alone.
pub fn private(pulse: &PrivatePulse, key: &MessageKey, revision: i64) -> Rendered {
    let (frame, item) = (&pulse.frame, &pulse.item);
    let heading = heading(frame, &format!("you &amp; {}", name(&pulse.partner)));
    let asked = line(&item.text, QUESTION);
    let again = if pulse.again { "You wished to be asked again today. " } else { "" };
    let mut blocks = Blocks::message(key, revision);
    blocks.context(&heading);
    if frame.closed {
        blocks.section(&bold(&asked));
        blocks.context(CLOSED);
        return Rendered::post(key, format!("{heading}, closed. {asked}"), blocks);
    }
    blocks.section(&format!("{again}{}", bold(&asked)));
    blocks.row(scale(&frame.pulse, item, None).into_iter().chain([more(frame, false)]));
    met(frame, &mut blocks);
    let sees = audience::before(item.audience, &pulse.partner);
    blocks.context(&format!("Open until {} (your time). {sees} You can change that.", time(frame.closes)));
    let text = format!("{heading}. {again}{asked} Open until {}. {sees} You can change that.", utc(frame.closes));
    Rendered::post(key, text, blocks)
}

/// One message to a mentor of many: a row for each mentee.
pub fn rows(pulses: &MentorPulses, key: &MessageKey, revision: i64) -> Rendered {
    let rows = &pulses.rows[..pulses.rows.len().min(20)];
    let roomy = rows.len() <= ROOMY;
    let program = name(&pulses.program_name);
    let mut blocks = Blocks::message(key, revision);
    let mut text = format!("Your pulses in {program}.");
    blocks.context(&format!("{program} · your pulses, one for each mentee"));
    for row in rows {
        let (frame, partner) = (&row.frame, name(&row.partner));
        let asked = line(&row.item.text, 150);
        text.push_str(&format!(" {partner}: {asked}"));
        if frame.closed {
            blocks.section(&format!("{partner} · {} · closed\n{}", count(frame), bold(&asked)));
            continue;
        }
        let sees = audience::before(row.item.audience, &row.partner);
        let until = time(frame.closes);
        blocks.section(&format!("{partner} · {} · open until {until}\n{}\n{sees}", count(frame), bold(&asked)));
        blocks.row(scale(&frame.pulse, &row.item, None).into_iter().chain([more(frame, !roomy)]));
        if roomy {
            met_in_short(frame.since, |met| meeting(&frame.pulse, met), &mut blocks);
        }
    }
    if pulses.more > 0 {
        let others = format!("{} more are in the Home tab of this app, the unanswered ones first.", pulses.more);
        blocks.context(&others);
        text.push_str(&format!(" {others}"));
    }
    if rows.iter().all(|row| row.frame.closed) {
        blocks.context(CLOSED);
    } else {
        blocks.context(SEEN);
        text.push(' ');
        text.push_str(SEEN);
    }
    Rendered::post(key, text, blocks)
}

const SEEN: &str = "Each row says who can see that answer. You can change that.";

const CLOSED: &str = "This pulse is closed. Your own answers are in the Home tab of this app.";

/// The five buttons of a question; `chosen` is the value that stands now.
pub fn scale(pulse: &PulseId, item: &Item, chosen: Option<u8>) -> Vec<Option<Value>> {
    (1..=5u8)
        .zip(&item.labels)
        .map(|(value, label)| {
            let action = answer(pulse, &item.question, value);
            let mut button = button(label, &action)?;
            button["accessibility_label"] = text::cut(&format!("{value} of 5: {}", text::one_line(label)), 75).into();
            if chosen == Some(value) {
                button["style"] = "primary".into();
            }
            Some(button)
        })
        .collect()
}

/// "Did you two meet?" with its two buttons.
pub fn met(frame: &PulseFrame, blocks: &mut Blocks<'_>) {
    met_since(frame.since, |met| meeting(&frame.pulse, met), blocks);
}

/// The same beside whatever is asked.
pub fn met_since(since: NaiveDate, action: impl Fn(bool) -> Action, blocks: &mut Blocks<'_>) {
    blocks.section(&format!("Did you two meet since {}?", day(since)));
    blocks.row([button("Yes", &action(true)), button("Not yet", &action(false))]);
}

/// The same in one row, where there are many.
pub fn met_in_short(since: NaiveDate, action: impl Fn(bool) -> Action, blocks: &mut Blocks<'_>) {
    blocks.row([button(&format!("We met since {}", day(since)), &action(true)), button("Not met yet", &action(false))]);
}

/// The menu behind `[…]`.
pub fn more(frame: &PulseFrame, with_meeting: bool) -> Option<Value> {
    let met = format!("We met since {}", day(frame.since));
    let mut choices = vec![
        ("Not this week", Action::Skip { pulse: frame.pulse.clone() }),
        ("Ask me tomorrow", Action::Snooze { pulse: frame.pulse.clone() }),
        ("I need help", Action::OpenHelp { pair: frame.pair.clone() }),
        ("How this works", Action::How { program: frame.program.clone() }),
    ];
    if with_meeting {
        choices.insert(0, (&met, meeting(&frame.pulse, true)));
    }
    menu(&choices)
}

/// `Pulse 9 of 26`.
pub fn count(frame: &PulseFrame) -> String {
    match frame.of {
        Some(of) => format!("Pulse {} of {of}", frame.number),
        None => format!("Pulse {}", frame.number),
    }
}

/// `Engineering · Pulse 9 of 26 · Ana & Ravi`; the programme only where there is more than one.
pub fn heading(frame: &PulseFrame, who: &str) -> String {
    let program = frame.program_name.as_ref().map(|program| format!("{} · ", name(program))).unwrap_or_default();
    format!("{program}{} · {who}", count(frame))
}

/// Each line of `text` in bold.
pub fn bold(text: &str) -> String {
    let lines: Vec<String> =
        text.lines().filter(|line| !line.trim().is_empty()).map(|line| format!("*{}*", line.trim())).collect();
    lines.join("\n")
}

fn answer(pulse: &PulseId, question: &QuestionId, value: u8) -> Action {
    Action::Answer { pulse: pulse.clone(), question: question.clone(), value }
}

fn meeting(pulse: &PulseId, met: bool) -> Action {
    Action::Met { pulse: pulse.clone(), met }
}
