//! What must be true of a bank before anybody is asked from it.

use std::collections::HashSet;
use std::fmt;

use toml::de::{DeTable, DeValue};

use super::{Bank, Item, Need, Question, Role, Stage};

/// The largest file that is read, in bytes.
const LARGEST: usize = 512 * 1024;
const MOST_QUESTIONS: usize = 300;
const LONGEST_ID: usize = 60;
/// A question is read in a few seconds on a phone.
const LONGEST_QUESTION: usize = 150;
/// Slack's limits for the label of a button or an option, and for the text of a section.
const LONGEST_LABEL: usize = 75;
const LONGEST_TEXT: usize = 3000;

/// All that is wrong with a bank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BankError {
    pub problems: Vec<Problem>,
}

/// One thing that is wrong, where, and what would be right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Counted from 1; `None` where the file as a whole is meant.
    pub line: Option<usize>,
    pub sentence: String,
}

impl fmt::Display for BankError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.problems.iter().enumerate() {
            let newline = if index == 0 { "" } else { "\n" };
            match problem.line {
                Some(line) => write!(f, "{newline}line {line}: {}", problem.sentence)?,
                None => write!(f, "{newline}{}", problem.sentence)?,
            }
        }
        Ok(())
    }
}

impl std::error::Error for BankError {}

/// Reads `text`, or says all that is wrong with it.
pub(super) fn parse(text: &str) -> Result<Bank, BankError> {
    if text.len() > LARGEST {
        let sentence = format!("A question bank has at most {} kB.", LARGEST / 1024);
        return Err(BankError { problems: vec![Problem { line: None, sentence }] });
    }
    let bank: Bank = toml::from_str(text).map_err(|error| {
        let line = error.span().map(|span| line_at(text, span.start));
        let mut sentence = error.message().trim().replace('\n', "; ");
        sentence.push_str(if sentence.ends_with('.') { "" } else { "." });
        BankError { problems: vec![Problem { line, sentence }] }
    })?;
    let mut check = Check { text, problems: Vec::new() };
    check.bank(&bank);
    let mut problems = check.problems;
    problems.sort_by_key(|problem| problem.line);
    if problems.is_empty() { Ok(bank) } else { Err(BankError { problems }) }
}

/// One step into the file: a key, or the place in a list.
#[derive(Clone, Copy)]
enum Step {
    Key(&'static str),
    At(usize),
}
use Step::{At, Key};

struct Check<'a> {
    text: &'a str,
    problems: Vec<Problem>,
}

impl Check<'_> {
    fn bank(&mut self, bank: &Bank) {
        if bank.version != 1 {
            self.refuse(&[Key("version")], format!("This is version {}; only version 1 is known.", bank.version));
        }
        if bank.questions.is_empty() || bank.questions.len() > MOST_QUESTIONS {
            self.refuse(&[Key("question")], format!("A bank has 1 to {MOST_QUESTIONS} questions."));
        }
        for scale in super::Scale::ALL {
            self.labels(&[Key("scales"), Key(scale.as_str())], bank.scales.labels(scale), 5);
        }
        self.label(&[Key("skip"), Key("label")], &bank.skip.label);
        self.unique("question", bank.questions.iter().map(|question| question.id.as_str()));
        for (index, question) in bank.questions.iter().enumerate() {
            self.question(&[Key("question"), At(index)], question);
        }
        self.first_weeks(bank);
        for (key, survey) in [("start", &bank.start), ("mid", &bank.mid), ("end", &bank.end)] {
            for (index, id) in survey.items.iter().enumerate() {
                self.known(bank, &[Key(key), Key("items"), At(index)], id.as_str());
            }
            self.items(key, "extra", &survey.extra);
        }
        self.text(&[Key("agreement"), Key("title")], &bank.agreement.title, LONGEST_QUESTION);
        self.label(&[Key("agreement"), Key("sign")], &bank.agreement.sign);
        self.items("agreement", "item", &bank.agreement.items);
        self.items("session", "item", &bank.session.items);
        self.text(&[Key("met"), Key("text")], &bank.met.text, LONGEST_QUESTION);
        self.labels(&[Key("met"), Key("options")], &bank.met.options, 2);
        self.text(&[Key("fit"), Key("text")], &bank.fit.text, LONGEST_QUESTION);
        self.text(&[Key("fit"), Key("on_not_fit")], &bank.fit.on_not_fit, LONGEST_TEXT);
        self.labels(&[Key("fit"), Key("options")], &bank.fit.options, 2);
        self.text(&[Key("silence"), Key("text")], &bank.silence.text, LONGEST_QUESTION);
        self.labels(&[Key("silence"), Key("options")], &bank.silence.options, 2);
        self.unique("nudge", bank.nudges.iter().map(|nudge| nudge.id.as_str()));
        for (index, nudge) in bank.nudges.iter().enumerate() {
            self.text(&[Key("nudge"), At(index), Key("text")], &nudge.text, LONGEST_TEXT);
            self.text(&[Key("nudge"), At(index), Key("why")], &nudge.why, LONGEST_TEXT);
        }
    }

    fn question(&mut self, place: &[Step], question: &Question) {
        let id = &question.id;
        if question.facet.indicator() != question.indicator {
            let (facet, of, indicator) = (question.facet, question.facet.indicator(), question.indicator);
            self.refuse(&join(place, "facet"), format!("`{id}`: {facet} is a facet of {of}, not of {indicator}."));
        }
        for role in Role::ALL {
            let asked = question.is_paired() || question.asked.as_str() == role.as_str();
            match question.text(role) {
                Some(text) if asked => self.text(&join(place, role.as_str()), text, LONGEST_QUESTION),
                None if asked => self.refuse(
                    &join(place, "audience"),
                    format!("`{id}` is asked of the {role} but has no `{role}` text."),
                ),
                Some(_) => self.refuse(
                    &join(place, role.as_str()),
                    format!("`{id}` has a text for the {role}, who is not asked; say `audience = \"both\"`."),
                ),
                None => {}
            }
        }
        self.text(&join(place, "follow_up"), &question.follow_up, LONGEST_QUESTION);
    }

    /// A pair that has not met must be asked something, in whatever week: one shared question has to be there always.
    fn first_weeks(&mut self, bank: &Bank) {
        const LIST: &str = "before_first_meeting";
        for (index, id) in bank.before_first_meeting.iter().enumerate() {
            let place = [Key(LIST), At(index)];
            self.known(bank, &place, id.as_str());
            if bank.question(id.as_str()).is_some_and(|question| question.needs.contains(&Need::Met)) {
                self.refuse(&place, format!("`{id}` needs a meeting, so it cannot be asked before the first."));
            }
        }
        let always =
            |question: &&Question| question.is_shared() && question.stage == Stage::Any && question.needs.is_empty();
        if !bank.questions.iter().filter(always).any(|question| bank.before_first_meeting(question)) {
            self.refuse(
                &[Key(LIST)],
                "At least one question here must be for both, in the pair's channel, of stage `any` and without needs; \
                 else a pair that has not met could not be asked."
                    .to_owned(),
            );
        }
    }

    fn items(&mut self, section: &'static str, key: &'static str, items: &[Item]) {
        let mut seen = HashSet::new();
        for (index, item) in items.iter().enumerate() {
            let place = [Key(section), Key(key), At(index)];
            self.id(&join(&place, "id"), &item.id, &mut seen);
            self.text(&join(&place, "text"), &item.text, LONGEST_QUESTION);
            if !item.form.own_labels().is_empty() || matches!(item.form, super::Form::Options(_)) {
                self.labels(&place, item.form.own_labels(), 1);
            }
        }
    }

    fn unique<'b>(&mut self, list: &'static str, ids: impl Iterator<Item = &'b str>) {
        let mut seen = HashSet::new();
        for (index, id) in ids.enumerate() {
            self.id(&[Key(list), At(index), Key("id")], id, &mut seen);
        }
    }

    fn id<'b>(&mut self, place: &[Step], id: &'b str, seen: &mut HashSet<&'b str>) {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if id.is_empty() || id.len() > LONGEST_ID || !id.bytes().all(plain) {
            let sentence = format!("`{id}` is not a name: 1 to {LONGEST_ID} small letters, digits and hyphens.");
            self.refuse(place, sentence);
        } else if !seen.insert(id) {
            self.refuse(place, format!("`{id}` is here twice; each needs a name of its own."));
        }
    }

    fn known(&mut self, bank: &Bank, place: &[Step], id: &str) {
        if bank.question(id).is_none() {
            self.refuse(place, format!("There is no question `{id}` in this bank."));
        }
    }

    fn labels(&mut self, place: &[Step], labels: &[String], least: usize) {
        let mut seen = HashSet::new();
        for label in labels {
            self.label(place, label);
            if !seen.insert(label) {
                self.refuse(place, format!("\"{label}\" is here twice; people could not tell them apart."));
            }
        }
        if labels.len() < least {
            self.refuse(place, "There must be something to choose from.".to_owned());
        }
    }

    fn label(&mut self, place: &[Step], label: &str) {
        self.text(place, label, LONGEST_LABEL);
    }

    fn text(&mut self, place: &[Step], text: &str, most: usize) {
        let length = text.chars().count();
        if text.trim().is_empty() {
            self.refuse(place, "This text is empty.".to_owned());
        } else if length > most {
            self.refuse(place, format!("This text has {length} characters; at most {most} fit."));
        } else if text.contains(['\n', '\r']) {
            self.refuse(place, "This text must be one line.".to_owned());
        }
    }

    fn refuse(&mut self, place: &[Step], sentence: String) {
        self.problems.push(Problem { line: line_of(self.text, place), sentence });
    }
}

fn join(place: &[Step], key: &'static str) -> Vec<Step> {
    [place, &[Key(key)]].concat()
}

/// The line of the deepest part of `place` that stands in the file.
fn line_of(text: &str, place: &[Step]) -> Option<usize> {
    let file = DeTable::parse(text).ok()?;
    let (first, rest) = place.split_first()?;
    let Key(first) = first else { return None };
    let mut here = file.get_ref().get(*first)?;
    for step in rest {
        let deeper = match (step, here.get_ref()) {
            (Key(key), DeValue::Table(table)) => table.get(*key),
            (At(index), DeValue::Array(list)) => list.get(*index),
            _ => None,
        };
        match deeper {
            Some(deeper) => here = deeper,
            None => break,
        }
    }
    Some(line_at(text, here.span().start))
}

fn line_at(text: &str, byte: usize) -> usize {
    1 + text.bytes().take(byte).filter(|byte| *byte == b'\n').count()
}
