//! The fields of one `[[question]]`, each read by itself, with a sentence for each that is not right.

use std::str::FromStr;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::draft::line;
use super::{Problem, Question, QuestionId};
use crate::core::slip::nearest;

const FIELDS: [&str; 14] = [
    "id",
    "indicator",
    "facet",
    "audience",
    "mentee",
    "mentor",
    "scale",
    "stage",
    "needs",
    "reverse",
    "channel",
    "default_audience",
    "follow_up",
    "source",
];

/// A question as far as it could be read.
#[derive(Debug)]
pub(super) struct Written {
    /// For whatever names it, also when the rest is wrong.
    pub id: Option<QuestionId>,
    pub question: Option<Question>,
}

/// Reads an entry of the list.
pub(super) fn read(text: &str, entry: Spanned<DeValue<'_>>, problems: &mut Vec<Problem>) -> Written {
    let head = entry.span().start;
    let DeValue::Table(table) = entry.into_inner() else {
        let sentence = "A question is a section: write [[question]] on a line of its own.".to_owned();
        problems.push(Problem { line: line(text, Some(head..head)), sentence });
        return Written { id: None, question: None };
    };
    let name = match table.get("id").map(|id| id.get_ref()) {
        Some(DeValue::String(id)) => format!("`{id}`"),
        _ => "This question".to_owned(),
    };
    let mut fields = Fields { text, head, name, table, problems };
    let id = fields.text("id").map(QuestionId::from);
    let question = fields.question(id.clone());
    fields.unknown();
    Written { id, question }
}

struct Fields<'a, 't> {
    text: &'t str,
    head: usize,
    /// How the question is called in a sentence.
    name: String,
    table: DeTable<'t>,
    problems: &'a mut Vec<Problem>,
}

impl<'t> Fields<'_, 't> {
    fn question(&mut self, id: Option<QuestionId>) -> Option<Question> {
        // All are read before any that is missing ends it, so that each is told.
        let (indicator, facet, asked) = (self.word("indicator"), self.word("facet"), self.word("audience"));
        let (mentee, mentor) = (self.optional("mentee"), self.optional("mentor"));
        let (scale, stage, needs) = (self.word("scale"), self.word("stage"), self.needs());
        let (reverse, channel) = (self.flag("reverse"), self.word("channel"));
        let (default_audience, follow_up) = (self.word("default_audience"), self.text("follow_up"));
        let source = self.text("source");
        Some(Question {
            id: id?,
            indicator: indicator?,
            facet: facet?,
            asked: asked?,
            mentee: mentee?,
            mentor: mentor?,
            scale: scale?,
            stage: stage?,
            needs: needs?,
            reverse: reverse?,
            channel: channel?,
            default_audience: default_audience?,
            follow_up: follow_up?,
            source: source?,
        })
    }

    /// A text in quotes.
    fn text(&mut self, field: &'static str) -> Option<String> {
        match self.take(field) {
            Some((_, DeValue::String(text))) => Some(text.into_owned()),
            Some((at, _)) => self.refuse(at, format!("`{field}` is a text: write it in quotes.")),
            None => self.missing(field, "\"…\""),
        }
    }

    /// A text that may be left out; `None` if it is there and wrong.
    fn optional(&mut self, field: &'static str) -> Option<Option<String>> {
        if self.table.contains_key(field) { self.text(field).map(Some) } else { Some(None) }
    }

    /// One of some words.
    fn word<T: FromStr<Err = String>>(&mut self, field: &'static str) -> Option<T> {
        match self.take(field) {
            Some((at, DeValue::String(word))) => match word.parse() {
                Ok(word) => Some(word),
                Err(why) => self.refuse(at, format!("`{field}`: {}", hinted(&word, why))),
            },
            Some((at, _)) => self.refuse(at, format!("`{field}` is a word: write it in quotes.")),
            None => {
                let none = "".parse::<T>().err().unwrap_or_default();
                self.missing(field, &format!("one of \"{}\"", choice(&none).join("\", \"")))
            }
        }
    }

    fn flag(&mut self, field: &'static str) -> Option<bool> {
        match self.take(field) {
            Some((_, DeValue::Boolean(flag))) => Some(flag),
            Some((at, _)) => self.refuse(at, format!("`{field}` is true or false, without quotes.")),
            None => self.missing(field, "true or false"),
        }
    }

    fn needs<T: FromStr<Err = String>>(&mut self) -> Option<Vec<T>> {
        let Some((at, value)) = self.take("needs") else { return Some(Vec::new()) };
        let DeValue::Array(list) = value else {
            return self.refuse(at, "`needs` is a list: write needs = [\"met\"].".to_owned());
        };
        let (count, mut needs) = (list.len(), Vec::new());
        for entry in list {
            let at = entry.span().start;
            let need = match entry.into_inner() {
                DeValue::String(word) => word.parse().map_err(|why| format!("`needs`: {}", hinted(&word, why))),
                _ => Err("Each entry of `needs` stands in quotes.".to_owned()),
            };
            match need {
                Ok(need) => needs.push(need),
                Err(why) => _ = self.refuse::<T>(at, why),
            }
        }
        (needs.len() == count).then_some(needs)
    }

    fn take(&mut self, field: &str) -> Option<(usize, DeValue<'t>)> {
        self.table.remove(field).map(|value| (value.span().start, value.into_inner()))
    }

    fn unknown(&mut self) {
        let left: Vec<(String, usize)> =
            self.table.keys().map(|key| (key.get_ref().to_string(), key.span().start)).collect();
        for (key, at) in left {
            let near = nearest(&key, FIELDS.into_iter());
            let hint = near
                .map_or_else(|| format!("there are {}.", FIELDS.join(", ")), |near| format!("did you mean `{near}`?"));
            let _: Option<()> = self.refuse(at, format!("A question has no `{key}`; {hint}"));
        }
    }

    fn missing<T>(&mut self, field: &str, example: &str) -> Option<T> {
        let sentence = format!("{} has no `{field}`: add {field} = {example}.", self.name);
        self.refuse(self.head, sentence)
    }

    fn refuse<T>(&mut self, at: usize, sentence: String) -> Option<T> {
        self.problems.push(Problem { line: line(self.text, Some(at..at)), sentence });
        None
    }
}

/// The words that the sentence for a word that is none says there are.
fn choice(why: &str) -> Vec<&str> {
    why.split_once("there are ").map_or(Vec::new(), |(_, all)| all.trim_end_matches('.').split(", ").collect())
}

/// With the one word that was meant, in place of all that there are.
fn hinted(word: &str, why: String) -> String {
    match (nearest(word, choice(&why).into_iter()), why.split_once("; there are")) {
        (Some(near), Some((wrong, _))) => format!("{wrong}; did you mean `{near}`?"),
        _ => why,
    }
}
