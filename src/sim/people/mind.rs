//! What one person decides to do about a message, by the model that `mod.rs` states.

use std::collections::HashMap;

use chrono::{DateTime, Datelike, TimeDelta, Utc};

use super::super::message::Message;
use super::company::{Side, Welcomed};
use super::deed::Deed;
use super::draw::Draw;
use super::goals;
use super::hours::Hours;
use super::reading::{Ask, Meeting, Reading};
use super::record;
use super::rest;
use super::temper::Temper;
use super::words::{CONTENT, MIDDLING, TO_BOTH, UNHAPPY};

/// Confirmations of one day after which somebody has had enough of buttons.
const PATIENCE: u32 = 6;

pub(super) struct Mind {
    pub hours: Hours,
    pub welcomed: Welcomed,
    pub coordinates: bool,
    pub parts: Vec<Part>,
    /// Where this person's draws begin.
    pub draw: Draw,
    /// How often the same words came on the same day, so that the second time is another choice.
    pub occasions: HashMap<String, u32>,
}

/// A pair as one of the two knows it.
pub(super) struct Part {
    pub side: Side,
    pub temper: Temper,
    pub partner: String,
    /// Where the pair's own draws begin: whether they met is one fact for both.
    pub pair: Draw,
}

/// A deed with its time and what it is about.
pub(super) type Meant = (DateTime<Utc>, String, Deed);

/// One message on one person's mind.
pub(super) struct Thought<'a> {
    pub message: &'a Message,
    pub week: f64,
    pub draw: Draw,
    key: String,
    meant: Vec<Meant>,
}

impl Thought<'_> {
    pub fn press(&mut self, at: DateTime<Utc>, purpose: &str, control: &str) {
        self.means(at, purpose, Deed::Press { at: self.message.at.clone(), control: control.to_owned(), tries: 0 });
    }

    pub fn means(&mut self, at: DateTime<Utc>, purpose: &str, deed: Deed) {
        self.meant.push((at, format!("{}|{purpose}", self.key), deed));
    }
}

impl Mind {
    /// What to do about a message that came in this week of the programme (counted from 0).
    pub fn consider(&mut self, message: &Message, week: f64) -> Vec<Meant> {
        let day = message.posted().with_timezone(&self.hours.zone).date_naive();
        let key = format!("{}|{day}|{}", message.at.channel, message.text);
        let occasion = self.occasion(&key);
        let draw = self.draw.of(&key).of(occasion.to_be_bytes());
        let mut thought = Thought { message, week, draw, key: format!("{key}|{occasion}"), meant: Vec::new() };
        let reading = Reading::of(message);
        if message.ephemeral {
            if self.occasion(&format!("confirmations|{day}")) < PATIENCE {
                self.after_a_tap(&reading, &mut thought);
            }
        } else if reading.start.is_some() && reading.decline.is_some() {
            self.is_invited(&reading, &mut thought);
        } else if let Some(fit) = &reading.fit {
            self.says_whether_it_fits(fit, &mut thought);
        } else if let Some(read) = &reading.read {
            self.reads_for_help(read, &reading, &mut thought);
        } else if let Some(nudge) = &reading.nudge {
            self.is_nudged(nudge, &mut thought);
        } else if self.coordinates && !reading.lines.is_empty() {
            self.looks_after(&reading, &mut thought);
        } else if !reading.offers.is_empty() {
            let at = self.in_a_while(&thought, "read");
            match rest::suits(&thought.draw).and_then(|place| reading.offers.get(place)) {
                Some(offer) => thought.press(at, "suits", offer),
                None => self.only_reads(&mut thought),
            }
        } else if reading.agreement {
            self.is_asked_to_agree(&reading, &mut thought);
        } else if !reading.surveys.is_empty() {
            self.is_surveyed(&reading, &mut thought);
        } else if reading.asks.is_empty() {
            self.only_reads(&mut thought);
        } else {
            for (n, ask) in reading.asks.iter().take(20).enumerate() {
                self.is_asked(n, ask, reading.meetings.get(n), &mut thought);
            }
        }
        thought.meant
    }

    fn occasion(&mut self, key: &str) -> u32 {
        let count = self.occasions.entry(key.to_owned()).or_default();
        *count += 1;
        *count - 1
    }

    fn is_invited(&self, reading: &Reading, thought: &mut Thought) {
        let button = match self.welcomed {
            Welcomed::Starts => &reading.start,
            Welcomed::Declines => &reading.decline,
            Welcomed::Waits => return self.only_reads(thought),
        };
        if let Some(button) = button {
            thought.press(self.in_a_while(thought, "start"), "start", button);
        }
    }

    pub(super) fn only_reads(&self, thought: &mut Thought) {
        let at = self.in_a_while(thought, "read");
        thought.means(at, "read", Deed::Read { channel: thought.message.at.channel.clone() });
        if self.coordinates && thought.draw.of("home").chance(0.5) {
            thought.means(self.later(at, 2), "home", Deed::OpenHome);
        }
    }

    /// A coordinator with a list of what to do: most lines are dealt with, one after the other.
    fn looks_after(&self, reading: &Reading, thought: &mut Thought) {
        let mut at = self.in_a_while(thought, "read");
        let channel = thought.message.at.channel.clone();
        thought.means(at, "read", Deed::Read { channel });
        for (n, line) in reading.lines.iter().enumerate() {
            let draw = thought.draw.of(format!("line {n}"));
            at = self.later(at, 6);
            let press =
                |label, value: &String| Deed::PressLine { at: thought.message.at.clone(), label, value: value.clone() };
            match (draw.of("what").unit(), &line.both, &line.pause, &line.handled) {
                (what, Some(both), _, _) if what < 0.5 => {
                    let deed = press("Message both", both);
                    thought.means(at, &format!("{n} both"), deed);
                    let deed = Deed::FillIn { words: &TO_BOTH, draw: draw.of("words") };
                    thought.means(self.later(at, 3), &format!("{n} words"), deed);
                }
                (what, _, Some(pause), _) if what < 0.62 => {
                    let deed = press("Pause 2 weeks", pause);
                    thought.means(at, &format!("{n} pause"), deed);
                }
                (what, _, _, Some(handled)) if what < 0.85 => {
                    let deed = press("Handled", handled);
                    thought.means(at, &format!("{n} handled"), deed);
                }
                _ => {}
            }
        }
        if thought.draw.of("home").chance(0.5) {
            thought.means(self.later(at, 2), "home", Deed::OpenHome);
        }
    }

    /// Somebody asks for help: most coordinators read it on the same day, and some say later that it is dealt with.
    fn reads_for_help(&self, read: &str, reading: &Reading, thought: &mut Thought) {
        let at = self.in_a_while(thought, "read");
        if !thought.draw.of("reads").chance(0.8) {
            return;
        }
        thought.press(at, "opens", read);
        let handled = reading.lines.first().and_then(|line| line.handled.clone());
        if let Some(value) = handled.filter(|_| thought.draw.of("handles").chance(0.6)) {
            let deed = Deed::PressLine { at: thought.message.at.clone(), label: "Handled", value };
            thought.means(self.later(at, 90), "handled", deed);
        }
    }

    /// Good where it is good; who finds that it is not lets a coordinator know twice as often as nobody, and one in three of
    /// those stops some days later.
    fn says_whether_it_fits(&self, fit: &[String; 3], thought: &mut Thought) {
        let at = self.in_a_while(thought, "fit");
        if !thought.draw.of("answers").chance(0.85) {
            return;
        }
        let Some(part) = self.part(&thought.message.text, thought.message) else { return };
        let mood = part.temper.quality(part.side, thought.week) + thought.draw.of("mood").between(-0.6, 0.6);
        let place = if mood >= 3.6 {
            0
        } else if mood >= 2.9 {
            1
        } else {
            2
        };
        thought.press(at, "fit", &fit[place]);
        if place == 2 && thought.draw.of("stops").chance(1.0 / 3.0) {
            let deed = Deed::Stop { draw: thought.draw.of("stop") };
            thought.means(self.later(at, 60 * 8 * 6), "stops", deed);
        }
    }

    fn is_asked(&self, n: usize, ask: &Ask, meeting: Option<&Meeting>, thought: &mut Thought) {
        let Some(part) = self.part(&ask.words, thought.message) else { return };
        let draw = thought.draw.of(format!("ask {n}"));
        // Rows of one message are answered in one sitting.
        let at = self.later(self.in_a_while(thought, "wait"), i64::try_from(n).unwrap_or(0));
        for (at, purpose, deed) in goals::meant(part, &draw, &self.hours, at, thought.week).into_iter().flatten() {
            thought.means(at, &format!("{n} {purpose}"), deed);
        }
        for (at, purpose, deed) in record::meant(part, &draw, &self.hours, at, thought.week) {
            thought.means(at, &format!("{n} {purpose}"), deed);
        }
        if !draw.of("answers").chance(part.temper.answers(part.side, thought.week)) {
            return self.does_not_answer(n, ask, &draw, at, thought);
        }
        if let Some(words) = rest::plans(&draw, self.hours.zone, at, &part.partner) {
            thought.means(self.later(at, 20), &format!("{n} plans"), Deed::Type { words });
        }
        let value = self.value(part, ask, &draw, thought.week);
        thought.press(at, &format!("{n} answer"), &ask.scale[value]);
        if let Some(meeting) = meeting.filter(|_| draw.of("tells of meeting").chance(2.0 / 3.0)) {
            let week = thought.message.posted().iso_week();
            let met = part.pair.of(format!("met {week:?}")).chance(part.temper.meets(thought.week));
            let button = if met { &meeting.yes } else { &meeting.not_yet };
            thought.press(self.later(at, 1), &format!("{n} met"), button);
        }
        if draw.of("home").chance(0.05) {
            thought.means(self.later(at, 12), &format!("{n} home"), Deed::OpenHome);
        }
    }

    fn does_not_answer(&self, n: usize, ask: &Ask, draw: &Draw, at: DateTime<Utc>, thought: &mut Thought) {
        let Some(menu) = &ask.menu else { return };
        let what = draw.of("instead").unit();
        let option = match what {
            _ if what < 0.10 => &menu.skip,
            _ if what < 0.18 => &menu.tomorrow,
            _ if what < 0.20 => &menu.help,
            _ => return,
        };
        let Some(option) = option.clone() else { return };
        let control = menu.control.clone();
        let deed = Deed::Choose { at: thought.message.at.clone(), control, option, tries: 0 };
        thought.means(at, &format!("{n} instead"), deed);
        if (0.18..0.20).contains(&what) {
            let deed = Deed::FillIn { words: &[], draw: draw.of("help") };
            thought.means(self.later(at, 2), &format!("{n} help"), deed);
        }
    }

    fn after_a_tap(&self, reading: &Reading, thought: &mut Thought) {
        let now = thought.message.posted();
        let draw = thought.draw.clone();
        if let (Some(coordinator), Some(nobody)) = (&reading.coordinator_only, &reading.nobody_yet) {
            let who = if draw.of("who").chance(2.0 / 3.0) { coordinator } else { nobody };
            return thought.press(self.later(now, 1), "may know", who);
        }
        let ask = reading.asks.first();
        let part = self.part(ask.map_or("", |ask| &ask.words), thought.message);
        let Some(part) = part else { return };
        if let (None, Some(ask)) = (&reading.change, ask) {
            // The buttons again, because they wished to change their answer.
            let value = self.value(part, ask, &draw, thought.week);
            return thought.press(self.later(now, 1), "again", &ask.scale[value]);
        }
        if let Some(button) = reading.comment.as_ref().filter(|_| draw.of("comments").chance(0.125)) {
            let words: &'static [&'static str] = match part.temper.quality(part.side, thought.week) {
                quality if quality >= 3.7 => &CONTENT,
                quality if quality >= 2.7 => &MIDDLING,
                _ => &UNHAPPY,
            };
            thought.press(self.later(now, 1), "comment", button);
            let deed = Deed::FillIn { words, draw: draw.of("comment") };
            thought.means(self.later(now, 3), "comment form", deed);
        }
        if let Some(button) = reading.audience.as_ref().filter(|_| draw.of("audience").chance(1.0 / 16.0)) {
            thought.press(self.later(now, 4), "audience", button);
            let deed = Deed::FillIn { words: &[], draw: draw.of("chosen audience") };
            thought.means(self.later(now, 5), "audience form", deed);
        }
        if let Some(ask) = ask.filter(|_| draw.of("second").chance(0.75)) {
            let value = self.value(part, ask, &draw.of("second value"), thought.week);
            thought.press(self.later(now, 6), "second", &ask.scale[value]);
        } else if let Some(button) = reading.change.as_ref().filter(|_| draw.of("changes").chance(0.05)) {
            thought.press(self.later(now, 7), "change", button);
        }
    }

    /// Which of the five buttons, from 0.
    fn value(&self, part: &Part, ask: &Ask, draw: &Draw, week: f64) -> usize {
        let leaning = self.leaning(part);
        let mood = draw.of("mood").between(-0.45, 0.45) + draw.of("day").between(-0.45, 0.45);
        let value = (part.temper.quality(part.side, week) + leaning + mood).round().clamp(1.0, 5.0);
        let value = if ask.turned { 6.0 - value } else { value };
        // From 1 to 5 by the clamp above.
        value as usize - 1
    }

    /// How much better or worse this person sees things than they are.
    pub(super) fn leaning(&self, part: &Part) -> f64 {
        self.draw.of("leaning").between(-0.5, 0.5) + if part.side == Side::Mentor { 0.15 } else { 0.0 }
    }

    /// The pair that words are about: whose partner they name; the only one; the first.
    pub(super) fn part(&self, words: &str, message: &Message) -> Option<&Part> {
        if let [only] = self.parts.as_slice() {
            return Some(only);
        }
        let names =
            |words: &str, part: &Part| words.split(|c: char| !c.is_alphanumeric()).any(|word| word == part.partner);
        let by_words = self.parts.iter().find(|part| names(words, part));
        by_words.or_else(|| self.parts.iter().find(|part| names(&message.text, part))).or(self.parts.first())
    }

    /// From minutes to two working days after the message, short waits being likelier.
    pub(super) fn in_a_while(&self, thought: &Thought, purpose: &str) -> DateTime<Utc> {
        let minutes = thought.draw.of(purpose).between(3f64.ln(), 960f64.ln()).exp();
        let wait = TimeDelta::milliseconds((minutes * 60_000.0) as i64);
        self.hours.after(thought.message.posted(), wait)
    }

    pub(super) fn later(&self, at: DateTime<Utc>, minutes: i64) -> DateTime<Utc> {
        self.hours.after(at, TimeDelta::minutes(minutes))
    }
}
