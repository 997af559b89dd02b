//! What people do about an agreement and about a survey: fill in, say yes, tap through a form, write a line or two.

use chrono::Datelike;

use super::super::message::Control;
use super::super::someone::Someone;
use super::deed::{Came, Deed};
use super::draw::Draw;
use super::goals;
use super::mind::{Mind, Thought};
use super::reading::{Offer, Reading};
use super::temper::Temper;
use super::words::{CONTENT, GOALS, MIDDLING, UNHAPPY};

/// What somebody answers to many questions in one sitting.
#[derive(Clone, Debug)]
pub(super) struct Sitting {
    /// How good it is for this person, on the scale of 1 to 5.
    pub quality: f64,
    pub draw: Draw,
}

impl Sitting {
    /// Which of so many buttons, from 0.
    fn choice(&self, n: usize, of: usize) -> usize {
        let mood = self.draw.of(format!("mood {n}")).between(-0.9, 0.9);
        let value = (self.quality + mood).round().clamp(1.0, 5.0) as usize;
        // A question with more or fewer labels than five is no scale: somewhere on it.
        if of == 5 { value - 1 } else { (self.draw.of(format!("label {n}")).unit() * of as f64) as usize }
    }

    fn words(&self) -> &'static str {
        let draw = self.draw.of("words");
        match self.quality {
            quality if quality >= 3.7 => draw.pick::<&str>(&CONTENT),
            quality if quality >= 2.7 => draw.pick::<&str>(&MIDDLING),
            _ => draw.pick::<&str>(&UNHAPPY),
        }
    }
}

impl Temper {
    /// How likely the two agree on how they work together.
    fn agrees(self) -> f64 {
        match self {
            Self::Healthy => 0.97,
            Self::Drifting => 0.9,
            Self::OneSided => 0.85,
            Self::NeverMet => 0.35,
            Self::Silent => 0.6,
        }
    }
}

impl Mind {
    /// The two of a pair are asked how they want to work together: one fills it in and says yes, the other says yes later.
    pub(super) fn is_asked_to_agree(&self, reading: &Reading, thought: &mut Thought<'_>) {
        let Some(part) = self.part(&reading.words, thought.message) else { return };
        let key = format!("agreement {}", thought.message.posted().date_naive());
        let pair = part.pair.of(key);
        if !pair.of("agrees").chance(part.temper.agrees()) {
            return self.only_reads(thought);
        }
        let at = thought.message.at.clone();
        let first = pair.of("who").chance(0.5) == (part.side == super::company::Side::Mentor);
        let when = self.in_a_while(thought, "agree");
        // Two working days are the longest that anybody takes to begin; the other looks after that.
        let when = if first { when } else { self.later(when, 2 * 480) };
        if first && reading.fill_in.is_some() {
            thought.means(when, "fill in", Deed::PressLabelled { at: at.clone(), label: "Fill in" });
            thought.means(self.later(when, 2), "wishes", Deed::Agree { draw: pair.of("wishes") });
        }
        thought.means(self.later(when, 4), "we agree", Deed::PressLabelled { at, label: "We agree" });
    }

    /// Surveys, a row for each pair: answered in one sitting each, as far as this side answers in such a week.
    pub(super) fn is_surveyed(&self, reading: &Reading, thought: &mut Thought<'_>) {
        let mut at = self.in_a_while(thought, "survey");
        for (n, Offer { words, control }) in reading.surveys.iter().enumerate() {
            let Some(part) = self.part(words, thought.message) else { continue };
            let draw = thought.draw.of(format!("survey {n}"));
            let goals = goals::meant(part, &draw, &self.hours, at, thought.week);
            for (at, purpose, deed) in goals.into_iter().flatten() {
                thought.means(at, &format!("survey {n} {purpose}"), deed);
            }
            if !draw.of("answers").chance(part.temper.answers(part.side, thought.week)) {
                continue;
            }
            at = self.later(at, 5);
            let quality = part.temper.quality(part.side, thought.week) + self.leaning(part);
            let sitting = Sitting { quality, draw: draw.clone() };
            thought.press(at, &format!("survey {n}"), control);
            // A form opens in its own time.
            thought.means(self.later(at, 2), &format!("survey {n} form"), Deed::Answer { sitting, row: 0 });
            if let Some(meeting) = reading.meetings.get(n).filter(|_| draw.of("tells of meeting").chance(2.0 / 3.0)) {
                let week = thought.message.posted().iso_week();
                let met = part.pair.of(format!("met {week:?}")).chance(part.temper.meets(thought.week));
                let button = if met { &meeting.yes } else { &meeting.not_yet };
                thought.press(self.later(at, 4), &format!("survey {n} met"), button);
            }
        }
        self.only_reads(thought);
    }
}

/// Chooses in the form of an agreement that is open, and saves it.
pub(super) async fn agree(by: &Someone, draw: &Draw) -> Came {
    let Some(form) = by.modal() else { return Came::Gone };
    for (n, control) in form.controls().iter().enumerate() {
        let own = draw.of(format!("item {n}"));
        let filled = match control.kind.as_str() {
            "radio_buttons" => {
                // Most want to meet every two weeks.
                let usual = control.options.iter().find(|(label, _)| label.contains("two weeks"));
                let usual = usual.filter(|_| own.of("usual").chance(0.75));
                let option = usual.or_else(|| (!control.options.is_empty()).then(|| own.pick(&control.options)));
                option.map_or(Ok(()), |(_, value)| by.fill(&control.block_id, value))
            }
            "plain_text_input" => by.fill(&control.block_id, own.pick::<&str>(&GOALS)),
            _ => Ok(()),
        };
        if filled.is_err() {
            break;
        }
    }
    sent(by).await
}

/// Taps in the next row of the survey that is open, from `from` on; past the last one they write, and send it. Each tap
/// draws the form anew, which they wait for.
pub(super) async fn answer(by: &Someone, sitting: &Sitting, from: usize) -> Came {
    let Some(form) = by.modal() else { return Came::Gone };
    let controls = form.controls();
    let mut rows: Vec<Vec<&Control>> = Vec::new();
    for button in controls.iter().filter(|control| control.kind == "button") {
        match rows.last_mut().filter(|row| row[0].block_id == button.block_id) {
            Some(row) => row.push(button),
            None => rows.push(vec![button]),
        }
    }
    // Now and then one is left out.
    let taps = |n: &usize| !sitting.draw.of(format!("leaves out {n}")).chance(0.08);
    if let Some(n) = (from..rows.len()).find(taps) {
        let tapped = by.act_on_modal(&named(rows[n][sitting.choice(n, rows[n].len())]), None).await;
        let row = if tapped.acknowledged { n + 1 } else { usize::MAX };
        return Came::Then(Box::new(Deed::Answer { sitting: sitting.clone(), row }));
    }
    for (n, control) in controls.iter().enumerate() {
        let own = sitting.draw.of(format!("field {n}"));
        if control.kind == "plain_text_input" && own.chance(0.3) {
            let _ = by.fill(&control.block_id, sitting.words());
        }
        if control.kind == "radio_buttons" && !control.options.is_empty() {
            let _ = by.fill(&control.block_id, &own.of("share").pick(&control.options).1);
        }
    }
    sent(by).await
}

async fn sent(by: &Someone) -> Came {
    let sent = by.submit().await;
    while by.modal().is_some() {
        let _ = by.close_modal().await;
    }
    match (sent.acknowledged, sent.errors.is_empty()) {
        (true, true) => Came::Done,
        (true, false) => Came::Gone,
        (false, _) => Came::Unanswered,
    }
}

fn named(control: &Control) -> String {
    format!("{}/{}", control.block_id, control.action_id)
}
