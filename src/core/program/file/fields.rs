//! The keys of `program.toml`, each with its line, and the problems that come up while they are read.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use chrono_tz::{TZ_VARIANTS, Tz};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::ProgramFileError;
use crate::core::id::QuestionId;
use crate::core::question::{Bank, Problem};
use crate::core::roster::Key;
use crate::core::slip::nearest;

const KEYS: [&str; 16] = [
    "name",
    "starts",
    "ends",
    "coordinators",
    "cadence",
    "hours",
    "zone",
    "holidays",
    "open_days",
    "digest",
    "threshold",
    "safety",
    "meetings",
    "messages",
    "questions",
    "help",
];
/// The sections, each with its own keys.
const SECTIONS: [(&str, &[&str]); 4] = [
    ("meetings", &["rhythm", "guides"]),
    ("messages", &["weekly"]),
    ("questions", &["leave_out", "own"]),
    ("help", &["to", "deputy"]),
];

/// A file's keys and values, and what is wrong with them so far.
pub(super) struct Fields<'a> {
    text: &'a str,
    /// Key, where it begins, and value; those of a section stand beside the others.
    values: Vec<(String, usize, Spanned<DeValue<'a>>)>,
    problems: Vec<Problem>,
}

impl<'a> Fields<'a> {
    /// Reads the keys. Unknown ones are problems already.
    pub fn read(text: &'a str) -> Result<Self, ProgramFileError> {
        let table = DeTable::parse(text).map_err(|error| {
            let line = error.span().map(|span| line_at(text, span.start));
            let sentence = format!("This is not TOML: {}.", error.message().trim_end_matches('.').replace('\n', "; "));
            ProgramFileError { problems: vec![Problem { line, sentence }] }
        })?;
        let mut fields = Self { text, values: Vec::new(), problems: Vec::new() };
        fields.take(table.into_inner(), &KEYS);
        for (section, keys) in SECTIONS {
            let Some((_, at, values)) = fields.remove(section) else { continue };
            match values.into_inner() {
                DeValue::Table(table) => fields.take(table, keys),
                _ => {
                    fields.problem(at, format!("`{section}` is a section: write [{section}] on a line of its own."));
                }
            }
        }
        Ok(fields)
    }

    fn take(&mut self, table: DeTable<'a>, known: &[&str]) {
        for (key, value) in table {
            let (at, key) = (key.span().start, key.into_inner().into_owned());
            if known.contains(&key.as_str()) {
                self.values.push((key, at, value));
                continue;
            }
            let hint = match nearest(&key, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => match SECTIONS.iter().find(|(_, keys)| keys.contains(&key.as_str())) {
                    Some((section, _)) => format!("it stands under [{section}]."),
                    None => format!("there are {}.", known.join(", ")),
                },
            };
            self.problem(at, format!("There is no setting `{key}`; {hint}"));
        }
    }

    fn remove(&mut self, key: &str) -> Option<(String, usize, Spanned<DeValue<'a>>)> {
        let at = self.values.iter().position(|(name, ..)| name == key)?;
        Some(self.values.remove(at))
    }

    fn value(&self, key: &str) -> Option<(usize, DeValue<'a>)> {
        let (_, _, value) = self.values.iter().find(|(name, ..)| name == key)?;
        Some((value.span().start, value.get_ref().clone()))
    }

    /// The line of a key, if it is there.
    pub fn line(&self, key: &str) -> Option<usize> {
        self.values.iter().find(|(name, ..)| name == key).map(|(_, at, _)| line_at(self.text, *at))
    }

    pub fn refuse(&mut self, key: &str, sentence: String) {
        let line = self.line(key);
        self.problems.push(Problem { line, sentence });
    }

    fn problem(&mut self, at: usize, sentence: String) {
        self.problems.push(Problem { line: Some(line_at(self.text, at)), sentence });
    }

    pub fn require(&mut self, key: &'static str, example: &str) {
        if self.line(key).is_none() {
            self.refuse(key, format!("The setting `{key}` is missing. Write for example: {example}"));
        }
    }

    pub fn has_problems(&self) -> bool {
        !self.problems.is_empty()
    }

    /// What is wrong, by line; what is missing comes last.
    pub fn error(mut self) -> ProgramFileError {
        self.problems.sort_by_key(|problem| problem.line.unwrap_or(usize::MAX));
        ProgramFileError { problems: self.problems }
    }

    fn string(&mut self, key: &'static str) -> Option<(usize, String)> {
        let (at, value) = self.value(key)?;
        match value {
            DeValue::String(text) => Some((at, text.trim().to_owned())),
            _ => {
                self.problem(at, format!("`{key}` is a text: write it in quotes."));
                None
            }
        }
    }

    /// A text that is not empty.
    pub fn text(&mut self, key: &'static str, most: usize) -> Option<String> {
        let (at, text) = self.string(key)?;
        let length = text.chars().count();
        if text.is_empty() {
            self.problem(at, format!("`{key}` is empty."));
            return None;
        }
        if length > most {
            self.problem(at, format!("`{key}` has {length} characters; at most {most} fit."));
            return None;
        }
        Some(text)
    }

    /// A text that means something.
    pub fn parsed<T: FromStr<Err: fmt::Display>>(&mut self, key: &'static str) -> Option<T> {
        let (at, text) = self.string(key)?;
        text.parse().map_err(|error: T::Err| self.problem(at, format!("`{key}`: {error}"))).ok()
    }

    /// A day, with or without quotes.
    pub fn date(&mut self, key: &'static str) -> Option<NaiveDate> {
        let (at, value) = self.value(key)?;
        let written = match value {
            DeValue::Datetime(day) => day.to_string(),
            DeValue::String(text) => text.trim().to_owned(),
            _ => String::new(),
        };
        let day = NaiveDate::parse_from_str(&written, "%Y-%m-%d").ok();
        let day = day.filter(|day| (1970..=2100).contains(&chrono::Datelike::year(day)));
        if day.is_none() {
            self.problem(at, format!("`{key}` is not a day; write it like 2026-05-04 (year, month, day)."));
        }
        day
    }

    /// A time zone by its IANA name.
    pub fn zone(&mut self, key: &'static str) -> Option<Tz> {
        let (at, text) = self.string(key)?;
        let zone = text.parse::<Tz>().ok();
        if zone.is_none() {
            self.problem(at, no_zone(&text));
        }
        zone
    }

    /// A whole number between two others.
    pub fn number(&mut self, key: &'static str, least: u8, most: u8) -> Option<u8> {
        let (at, value) = self.value(key)?;
        let number = match value {
            DeValue::Integer(number) => u8::from_str_radix(number.as_str(), number.radix()).ok(),
            _ => None,
        };
        let number = number.filter(|number| (least..=most).contains(number));
        if number.is_none() {
            self.problem(at, format!("`{key}` is a whole number from {least} to {most}, without quotes."));
        }
        number
    }

    /// One of a few whole numbers.
    pub fn one_of(&mut self, key: &'static str, allowed: &[u8]) -> Option<u8> {
        let (at, value) = self.value(key)?;
        let number = match value {
            DeValue::Integer(number) => u8::from_str_radix(number.as_str(), number.radix()).ok(),
            _ => None,
        };
        let number = number.filter(|number| allowed.contains(number));
        if number.is_none() {
            let allowed: Vec<String> = allowed.iter().map(u8::to_string).collect();
            self.problem(at, format!("`{key}` is one of the numbers {}, without quotes.", allowed.join(", ")));
        }
        number
    }

    /// The texts of a list, each with its place.
    fn list(&mut self, key: &'static str) -> Vec<(usize, String)> {
        let Some((at, value)) = self.value(key) else { return Vec::new() };
        let DeValue::Array(items) = value else {
            self.problem(at, format!("`{key}` is a list: write [\"one\", \"another\"]."));
            return Vec::new();
        };
        let mut texts = Vec::new();
        for item in items.iter() {
            match item.get_ref() {
                DeValue::String(text) => texts.push((item.span().start, text.trim().to_owned())),
                _ => self.problem(item.span().start, format!("Each entry of `{key}` stands in quotes.")),
            }
        }
        texts
    }

    /// People by e-mail or Slack id: at least one, each once.
    pub fn people(&mut self, key: &'static str, most: usize) -> Vec<Key> {
        let mut people: Vec<Key> = Vec::new();
        let texts = self.list(key);
        if texts.len() > most {
            self.refuse(key, format!("`{key}` has {} entries; at most {most} fit.", texts.len()));
        }
        for (at, text) in &texts {
            match Key::parse(text) {
                Some(person) if people.contains(&person) => self.problem(*at, format!("`{text}` is here twice.")),
                Some(person) => people.push(person),
                None => self.problem(*at, format!("`{text}` is neither an e-mail address nor a Slack id (U024BE7LH).")),
            }
        }
        if texts.is_empty() && self.line(key).is_some() && !self.has_problems() {
            let why = if key == "to" { "somebody has to be asked for help" } else { "somebody has to read the digest" };
            self.refuse(key, format!("At least one coordinator is needed: {why}."));
        }
        people
    }

    /// One person by e-mail or Slack id.
    pub fn person(&mut self, key: &'static str) -> Option<Key> {
        let (at, text) = self.string(key)?;
        let person = Key::parse(&text);
        if person.is_none() {
            self.problem(at, format!("`{text}` is neither an e-mail address nor a Slack id (U024BE7LH)."));
        }
        person
    }

    /// The questions that are left out, each of which has to be in the bank.
    pub fn questions(&mut self, bank: &Bank) -> Vec<QuestionId> {
        let mut left_out: Vec<QuestionId> = Vec::new();
        for (at, id) in self.list("leave_out") {
            if bank.question(&id).is_none() {
                let near = nearest(&id, bank.questions.iter().map(|question| question.id.as_str()));
                let hint = near.map(|near| format!(" Did you mean `{near}`?")).unwrap_or_default();
                self.problem(at, format!("There is no question `{id}`.{hint}"));
            } else if !left_out.iter().any(|one| one.as_str() == id) {
                left_out.push(QuestionId::from(id));
            }
        }
        if let Err(why) = bank.check_without(&left_out) {
            self.refuse("leave_out", why);
        }
        left_out
    }
}

/// The sentence for a zone that does not exist.
pub fn no_zone(text: &str) -> String {
    let near = nearest(text, TZ_VARIANTS.iter().map(|zone| zone.name()));
    let city = || {
        let city = text.rsplit('/').next().unwrap_or(text).replace(' ', "_");
        TZ_VARIANTS.iter().map(|zone| zone.name()).find(|name| {
            name.rsplit('/').next().is_some_and(|last| !city.is_empty() && last.eq_ignore_ascii_case(&city))
        })
    };
    match city().or(near) {
        Some(near) => format!("There is no time zone `{text}`; did you mean {near}?"),
        None => format!("There is no time zone `{text}`; write a name such as Europe/Berlin or UTC."),
    }
}

fn line_at(text: &str, byte: usize) -> usize {
    1 + text.bytes().take(byte).filter(|byte| *byte == b'\n').count()
}
