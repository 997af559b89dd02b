//! `program.toml`: a programme as a coordinator writes it down, read with all that is wrong with it.

mod fields;
#[cfg(test)]
mod tests;

use std::fmt;

use chrono::{NaiveDate, TimeDelta, TimeZone, Timelike, Utc};
use chrono_tz::Tz;

use super::{Own, Program};
use crate::core::attention::WEEKLY;
use crate::core::cadence::{Cadence, civil};
use crate::core::guide::Guide;
use crate::core::holidays::Country;
use crate::core::hours::WorkingHours;
use crate::core::id::{PersonId, ProgramId, QuestionId, WorkspaceId};
use crate::core::question::{Bank, Problem, Question};
use crate::core::roster::Key;
pub use fields::no_zone;

use fields::Fields;

/// The largest file that is read, in bytes.
const LARGEST: usize = 64 * 1024;
/// What fits into the head of a message.
const LONGEST_NAME: usize = 80;
const LONGEST_PATH: usize = 500;
/// What fits into one section of a form.
const LONGEST_SAFETY: usize = 1_000;
const MOST_COORDINATORS: usize = 20;
/// Strikes over which a cadence is compared with the working hours.
const LOOKED_AT: usize = 60;

/// A programme as the file describes it, before its coordinators were looked up in Slack.
#[derive(Clone, Debug, PartialEq)]
pub struct ProgramFile {
    pub name: String,
    pub starts: NaiveDate,
    pub ends: Option<NaiveDate>,
    /// By e-mail or Slack id, in the order of the file; never empty.
    pub coordinators: Vec<Key>,
    /// Where they stand in the file.
    pub coordinators_line: Option<usize>,
    pub cadence: Cadence,
    pub hours: WorkingHours,
    pub zone: Tz,
    /// Whose public holidays people have who named no country of their own.
    pub country: Option<Country>,
    pub open_days: u16,
    pub digest: Cadence,
    pub rhythm: u8,
    pub weekly: u8,
    pub threshold: u8,
    pub leave_out: Vec<QuestionId>,
    /// The file of the programme's own questions, as it is written: relative to this file.
    pub own_file: Option<String>,
    /// What stands in it; read by whoever can open it.
    pub own: Vec<Question>,
    /// The file of the programme's own session guides, as it is written.
    pub guides_file: Option<String>,
    /// What stands in it; read by whoever can open it.
    pub guides: Vec<Guide>,
    pub safety: Option<String>,
    /// The coordinators who are asked for help; empty: all of them.
    pub help_to: Vec<Key>,
    /// Who gets what none of them opens in time.
    pub deputy: Option<Key>,
    /// Where help stands in the file.
    pub help_line: Option<usize>,
    /// What is odd and taken all the same.
    pub warnings: Vec<Problem>,
}

/// All that is wrong with a file, by line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgramFileError {
    pub problems: Vec<Problem>,
}

impl fmt::Display for ProgramFileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Problem::list(&self.problems, f)
    }
}

impl std::error::Error for ProgramFileError {}

impl ProgramFile {
    /// Reads a file; its questions are those of `bank`.
    ///
    /// # Errors
    /// All that is wrong with it, each with the line and what is allowed there.
    pub fn parse(text: &str, bank: &Bank) -> Result<Self, ProgramFileError> {
        if text.len() > LARGEST {
            let sentence = format!("A programme's file has at most {} kB.", LARGEST / 1024);
            return Err(ProgramFileError { problems: vec![Problem { line: None, sentence }] });
        }
        let mut fields = Fields::read(text)?;
        let name = fields.text("name", LONGEST_NAME);
        let starts = fields.date("starts");
        let ends = fields.date("ends");
        let coordinators = fields.people("coordinators", MOST_COORDINATORS);
        let cadence = fields.parsed::<Cadence>("cadence");
        let hours = fields.parsed::<WorkingHours>("hours").unwrap_or_default();
        let zone = fields.zone("zone");
        let country = fields.parsed::<Country>("holidays");
        let open_days = fields.number("open_days", 1, 20).unwrap_or(3);
        let digest = fields.parsed::<Cadence>("digest");
        let rhythm = fields.one_of("rhythm", &[7, 14, 28]).unwrap_or_else(super::two_weeks);
        let weekly = fields.number("weekly", 1, WEEKLY).unwrap_or(WEEKLY);
        let threshold = fields.number("threshold", 3, 10).unwrap_or(5);
        let leave_out = fields.questions(bank);
        let own_file = fields.text("own", LONGEST_PATH);
        let guides_file = fields.text("guides", LONGEST_PATH);
        let safety = fields.text("safety", LONGEST_SAFETY);
        let help_to = fields.people("to", MOST_COORDINATORS);
        let deputy = fields.person("deputy");
        for (key, example) in [
            ("name", "name = \"Engineering, spring cohort\""),
            ("starts", "starts = 2026-05-04"),
            ("coordinators", "coordinators = [\"mia@example.org\"]"),
            ("cadence", "cadence = \"0 10 * * TUE\""),
        ] {
            fields.require(key, example);
        }
        if let (Some(starts), Some(ends)) = (starts, ends)
            && ends < starts
        {
            fields.refuse("ends", format!("The programme ends on {ends}, before it starts on {starts}."));
        }
        if name.as_deref().is_some_and(|name| !name.chars().any(char::is_alphanumeric)) {
            fields.refuse("name", "A name needs a letter or a digit.".to_owned());
        }
        let (Some(name), Some(starts), Some(cadence), false) = (name, starts, cadence, fields.has_problems()) else {
            return Err(fields.error());
        };
        let digest = digest.unwrap_or_else(|| Cadence::parse("0 9 * * MON").expect("Monday at nine is a cadence"));
        let mut file = Self {
            name,
            starts,
            ends,
            coordinators,
            coordinators_line: fields.line("coordinators"),
            cadence,
            hours,
            zone: zone.unwrap_or(Tz::UTC),
            country,
            open_days: u16::from(open_days),
            digest,
            rhythm,
            weekly,
            threshold,
            leave_out,
            own_file,
            own: Vec::new(),
            guides_file,
            guides: Vec::new(),
            safety,
            help_to,
            deputy,
            help_line: fields.line("to").or(fields.line("deputy")),
            warnings: Vec::new(),
        };
        file.warnings = file.oddities(&fields, bank);
        Ok(file)
    }

    /// The programme, with its coordinators as the people that they were found to be. Who is asked for help is set by whoever
    /// looked them up; until then it is all coordinators.
    pub fn resolve(self, workspace: &WorkspaceId, coordinators: Vec<PersonId>) -> Program {
        Program {
            id: ProgramId::new(workspace, &self.name),
            name: self.name,
            starts: self.starts,
            ends: self.ends,
            coordinators,
            cadence: self.cadence,
            hours: self.hours,
            zone: self.zone,
            country: self.country,
            open_days: self.open_days,
            digest: self.digest,
            rhythm: self.rhythm,
            weekly: self.weekly,
            threshold: self.threshold,
            leave_out: self.leave_out,
            own: Own { asked: self.own, past: Vec::new() },
            guides: self.guides,
            safety: self.safety,
            help: super::HelpTo::default(),
        }
    }

    fn oddities(&self, fields: &Fields<'_>, bank: &Bank) -> Vec<Problem> {
        let mut odd = Vec::new();
        let mut warn = |key, sentence| odd.push(Problem { line: fields.line(key), sentence });
        // By its own clock a cadence is the same everywhere, so that one zone tells for all.
        let begin = Utc.from_utc_datetime(&self.starts.into()) - TimeDelta::days(1);
        let outside = |cadence: &Cadence| {
            let strikes = cadence.strikes(Tz::UTC, begin).take(LOOKED_AT);
            strikes.map(|strike| civil(Tz::UTC, strike.at)).find(|at| !self.hours.is_open(Tz::UTC, at.and_utc()))
        };
        if let Some(at) = outside(&self.cadence) {
            let (hours, day) = (self.hours, at.format("%A at %H:%M"));
            let what = "people are asked at the next working time instead";
            warn("cadence", format!("`{}` strikes on {day}, outside {hours}; {what}.", self.cadence));
        }
        if let Some(at) = outside(&self.digest) {
            let (hours, day) = (self.hours, at.format("%A at %H:%M"));
            warn("digest", format!("The digest comes on {day}, outside {hours}."));
        }
        let mut strikes = self.cadence.strikes(Tz::UTC, begin).map(|strike| strike.at);
        let soon = strikes.next().zip(strikes.nth(1)).is_some_and(|(one, third)| third - one < TimeDelta::days(7));
        if soon {
            warn("cadence", "This asks more than twice a week; most people stop answering then.".to_owned());
        }
        if let Some(ends) = self.ends
            && ends - self.starts < TimeDelta::days(28)
        {
            warn("ends", "The programme lasts less than four weeks; there will be little to see.".to_owned());
        }
        if self.hours.until().num_seconds_from_midnight() - self.hours.from().num_seconds_from_midnight() < 2 * 3600 {
            let few = "fewer than two hours a day leave little room for people in different time zones";
            warn("hours", format!("{}: {few}.", self.hours));
        }
        if bank.without(&self.leave_out).questions.len() * 2 < bank.questions.len() {
            warn("leave_out", "More than half of the questions are left out.".to_owned());
        }
        if self.ends.is_none() {
            warn("ends", "No end is set, so the last weeks' questions are not asked.".to_owned());
        }
        odd
    }
}
