//! What must be true of a bank before anybody is asked from it.

use std::collections::HashSet;
use std::fmt;

use toml::de::{DeTable, DeValue};

use super::draft::{self, Draft};
use super::{Bank, Item, Need, Question, QuestionId, Role, Stage};
use crate::core::slip::nearest;

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

impl Problem {
    /// Each problem with its line, one below the other.
    pub(in crate::core) fn list(problems: &[Self], f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in problems.iter().enumerate() {
            let newline = if index == 0 { "" } else { "\n" };
            match problem.line {
                Some(line) => write!(f, "{newline}line {line}: {}", problem.sentence)?,
                None => write!(f, "{newline}{}", problem.sentence)?,
            }
        }
        Ok(())
    }
}

impl fmt::Display for BankError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Problem::list(&self.problems, f)
    }
}

impl std::error::Error for BankError {}

/// Reads a whole bank, or says all that is wrong with it.
pub(super) fn parse(text: &str) -> Result<Bank, BankError> {
    let (draft, problems) = checked(text, false)?;
    match draft.bank() {
        Some(bank) if problems.is_empty() => Ok(bank),
        _ => Err(error(problems)),
    }
}

/// Reads a programme's own questions, which are to stand beside those of `beside`, or says all that is wrong with them.
pub(super) fn parse_own(text: &str, beside: &Bank) -> Result<Vec<Question>, BankError> {
    let (draft, mut problems) = checked(text, true)?;
    let taken = |id: &QuestionId| beside.question(id.as_str()).is_some();
    for (index, written) in draft.questions.iter().enumerate() {
        if let Some(id) = written.id.as_ref().filter(|id| taken(id)) {
            let line = line_of(text, &[Key("question"), At(index), Key("id")]);
            let sentence = format!("`{id}` is the name of a question of the bank; choose another.");
            problems.push(Problem { line, sentence });
        }
    }
    if problems.is_empty() {
        return Ok(draft.questions.into_iter().filter_map(|written| written.question).collect());
    }
    Err(error(problems))
}

fn checked(text: &str, own: bool) -> Result<(Draft, Vec<Problem>), BankError> {
    if text.len() > LARGEST {
        let sentence = format!("A question bank has at most {} kB.", LARGEST / 1024);
        return Err(error(vec![Problem { line: None, sentence }]));
    }
    let (draft, problems) = draft::read(text, own);
    let mut check = Check { text, problems };
    check.draft(&draft, own);
    Ok((draft, check.problems))
}

/// In the order of the file; what concerns the whole comes last.
fn error(mut problems: Vec<Problem>) -> BankError {
    problems.sort_by_key(|problem| problem.line.unwrap_or(usize::MAX));
    BankError { problems }
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
    /// What is right by itself is looked at, whatever is wrong elsewhere.
    fn draft(&mut self, draft: &Draft, own: bool) {
        if let Some(version) = draft.version.filter(|version| *version != 1) {
            self.refuse(&[Key("version")], format!("This is version {version}; only version 1 is known."));
        }
        if draft.questions.is_empty() || draft.questions.len() > MOST_QUESTIONS {
            self.refuse(&[Key("question")], format!("A file has 1 to {MOST_QUESTIONS} questions."));
        }
        let ids = draft.questions.iter().map(|written| written.id.as_ref().map(QuestionId::as_str));
        self.unique("question", ids);
        for (index, written) in draft.questions.iter().enumerate() {
            if let Some(question) = &written.question {
                self.question(&[Key("question"), At(index)], question);
            }
        }
        if !own {
            self.sections(draft);
        }
    }

    fn sections(&mut self, draft: &Draft) {
        for scale in draft.scales.iter().flat_map(|scales| super::Scale::ALL.map(|scale| (scale, scales.labels(scale))))
        {
            self.labels(&[Key("scales"), Key(scale.0.as_str())], scale.1, 5);
        }
        if let Some(skip) = &draft.skip {
            self.label(&[Key("skip"), Key("label")], &skip.label);
        }
        if let Some(first) = &draft.before_first_meeting {
            self.first_weeks(draft, first);
        }
        for (key, survey) in [("start", &draft.start), ("mid", &draft.mid), ("end", &draft.end)] {
            let Some(survey) = survey else { continue };
            for (index, id) in survey.items.iter().enumerate() {
                self.known(draft, &[Key(key), Key("items"), At(index)], id.as_str());
            }
            self.items(key, "extra", &survey.extra);
        }
        if let Some(agreement) = &draft.agreement {
            self.text(&[Key("agreement"), Key("title")], &agreement.title, LONGEST_QUESTION);
            self.label(&[Key("agreement"), Key("sign")], &agreement.sign);
            self.items("agreement", "item", &agreement.items);
        }
        if let Some(session) = &draft.session {
            self.items("session", "item", &session.items);
        }
        if let Some(met) = &draft.met {
            self.text(&[Key("met"), Key("text")], &met.text, LONGEST_QUESTION);
            self.labels(&[Key("met"), Key("options")], &met.options, 2);
        }
        if let Some(fit) = &draft.fit {
            self.text(&[Key("fit"), Key("text")], &fit.text, LONGEST_QUESTION);
            self.text(&[Key("fit"), Key("on_not_fit")], &fit.on_not_fit, LONGEST_TEXT);
            self.labels(&[Key("fit"), Key("options")], &fit.options, 2);
        }
        if let Some(silence) = &draft.silence {
            self.text(&[Key("silence"), Key("text")], &silence.text, LONGEST_QUESTION);
            self.labels(&[Key("silence"), Key("options")], &silence.options, 2);
        }
        self.unique("nudge", draft.nudges.iter().map(|nudge| nudge.as_ref().map(|nudge| nudge.id.as_str())));
        for (index, nudge) in draft.nudges.iter().enumerate() {
            let Some(nudge) = nudge else { continue };
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
    fn first_weeks(&mut self, draft: &Draft, first: &[QuestionId]) {
        const LIST: &str = "before_first_meeting";
        let questions = || draft.questions.iter().filter_map(|written| written.question.as_ref());
        for (index, id) in first.iter().enumerate() {
            let place = [Key(LIST), At(index)];
            self.known(draft, &place, id.as_str());
            if questions().any(|question| question.id == *id && question.needs.contains(&Need::Met)) {
                self.refuse(&place, format!("`{id}` needs a meeting, so it cannot be asked before the first."));
            }
        }
        let always =
            |question: &&Question| question.is_shared() && question.stage == Stage::Any && question.needs.is_empty();
        let is_readable = draft.questions.iter().all(|written| written.question.is_some());
        if is_readable && !questions().filter(always).any(|question| first.contains(&question.id)) {
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

    /// Ids that could not be read have their problem already.
    fn unique<'b>(&mut self, list: &'static str, ids: impl Iterator<Item = Option<&'b str>>) {
        let mut seen = HashSet::new();
        for (index, id) in ids.enumerate().filter_map(|(index, id)| Some((index, id?))) {
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

    fn known(&mut self, draft: &Draft, place: &[Step], id: &str) {
        let ids = || draft.questions.iter().filter_map(|written| written.id.as_ref()).map(QuestionId::as_str);
        if !ids().any(|known| known == id) {
            let near = nearest(id, ids()).map(|near| format!(" Did you mean `{near}`?")).unwrap_or_default();
            self.refuse(place, format!("There is no question `{id}` in this bank.{near}"));
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
