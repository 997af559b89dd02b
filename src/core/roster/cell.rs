//! What stands in one cell: a label, or a person by e-mail or Slack id in the many ways people write them.

use std::fmt;

use serde::{Serialize, Serializer};

use super::MAX_CELL_CHARACTERS;

/// By what somebody is found in Slack. Two keys may turn out to be the same person.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// An e-mail in lower case.
    Email(String),
    /// A Slack id in upper case, such as `U024BE7LH`.
    Id(String),
}

impl Key {
    /// The one person that `text` names, in any of the ways in which a cell may; `None` if it names nobody or several.
    pub fn parse(text: &str) -> Option<Self> {
        person(text).ok()
    }

    pub fn as_str(&self) -> &str {
        match self {
            Self::Email(text) | Self::Id(text) => text,
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Key {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// Why a cell names nobody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadAddress {
    Missing,
    /// Something else, cut short for a sentence.
    Unclear(String),
    /// More than one address, cut short for a sentence.
    Several(String),
}

/// The longest way of writing one person that is looked at, in bytes: enough for a cell of the longest kind.
const LONGEST_WRITTEN: usize = 4 * MAX_CELL_CHARACTERS;

/// Reads a cell that names one person: `ann@x.org`, `Ann Lee <ann@x.org>`, `mailto:ann@x.org`, `U024BE7LH`, `<@U024BE7LH>`.
pub(super) fn person(cell: &str) -> Result<Key, BadAddress> {
    let text = label(cell).replace(['\u{200c}', '\u{200d}'], "");
    if is_placeholder(&text) {
        return Err(BadAddress::Missing);
    }
    // Names of columns come here too, and no limit has been put on them.
    if text.len() > LONGEST_WRITTEN {
        return Err(BadAddress::Unclear(shown(&text)));
    }
    if let Some(key) = key(innermost(&text)) {
        return Ok(key);
    }
    let addresses = text.split([',', ';', ' ', '/', '|']).filter(|part| key(innermost(part)).is_some()).count();
    Err(if addresses > 1 { BadAddress::Several(shown(&text)) } else { BadAddress::Unclear(shown(&text)) })
}

/// The address within its wrapping: `Ann <…>`, `Ann (…)`, quotes, `mailto:`, `<mailto:…|shown>`, a comma at the end.
fn innermost(text: &str) -> &str {
    let text =
        text.trim_matches(|edge: char| edge.is_whitespace() || matches!(edge, ',' | ';' | '"' | '\'' | '‘' | '’'));
    for (open, close) in [('<', '>'), ('(', ')'), ('[', ']')] {
        if let Some((_, inside)) = text.strip_suffix(close).and_then(|text| text.rsplit_once(open)) {
            return innermost(inside);
        }
    }
    let text = text.split_once('|').map_or(text, |(address, _)| address);
    match text.get(..7).filter(|scheme| scheme.eq_ignore_ascii_case("mailto:")) {
        Some(_) => text[7..].split('?').next().unwrap_or_default().trim(),
        None => text.strip_prefix('@').unwrap_or(text).trim(),
    }
}

fn key(text: &str) -> Option<Key> {
    if is_email(text) {
        return Some(Key::Email(text.to_lowercase()));
    }
    is_slack_id(text).then(|| Key::Id(text.to_ascii_uppercase()))
}

fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    let forbidden = |letter: char| {
        letter.is_whitespace()
            || matches!(letter, '@' | ',' | ';' | ':' | '<' | '>' | '(' | ')' | '"' | '|' | '/' | '\\')
    };
    !local.is_empty()
        && text.len() <= 254
        && !local.contains(|letter| forbidden(letter) && letter != '/')
        && !domain.contains(forbidden)
        && domain.contains('.')
        && domain.split('.').all(|label| !label.is_empty())
}

/// Slack writes its ids in capitals, nine or more of letters and digits; simulated ones may be shorter. One in small
/// letters has to be as long and to have a digit, or `wendy` and `week1` would be ids.
fn is_slack_id(text: &str) -> bool {
    let has_digit = text.contains(|letter: char| letter.is_ascii_digit());
    let in_capitals = !text.contains(|letter: char| letter.is_ascii_lowercase());
    let long = text.len() >= 9;
    (2..=24).contains(&text.len())
        && text.starts_with(['U', 'W', 'u', 'w'])
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && ((has_digit && long) || (in_capitals && (has_digit || long)))
}

/// Whether a cell says in some way that it has nothing to say.
pub(super) fn is_placeholder(label: &str) -> bool {
    const NOTHING: [&str; 11] = ["", "-", "--", "–", "—", "n/a", "na", "none", "null", "tbd", "?"];
    NOTHING.contains(&label.to_lowercase().as_str())
}

/// The words of a cell: invisible characters gone, each run of blanks and line ends one blank, nothing at the edges.
pub(super) fn label(cell: &str) -> String {
    let visible = cell.chars().filter(|letter| !is_invisible(*letter));
    let spaced: String = visible.map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    let mut label = String::with_capacity(spaced.len());
    for word in spaced.split_whitespace() {
        if !label.is_empty() {
            label.push(' ');
        }
        label.push_str(word);
    }
    let joiners = ['\u{200c}', '\u{200d}'];
    label.trim_matches(|edge: char| edge.is_whitespace() || joiners.contains(&edge)).to_owned()
}

/// Characters that pasting from the web brings along. Joiners stay, since some scripts and emoji need them.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// A cell as a sentence shows it: one line, at most 60 characters.
pub(super) fn shown(cell: &str) -> String {
    const MOST: usize = 60;
    let label = label(cell);
    match label.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &label[..end]),
        None => label,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_read_however_they_are_written() {
        for written in [
            "ann@x.org",
            " Ann@X.Org ",
            "\u{a0}ann@x.org\u{200b}",
            "a\u{ad}nn@x.org",
            "Ann Lee <ann@x.org>",
            "Lee, Ann <ANN@x.org>",
            "\"Lee, Ann\" <ann@x.org>",
            "<ann@x.org>",
            "Ann Lee (ann@x.org)",
            "mailto:ann@x.org",
            "MAILTO:ann@x.org?subject=Hi",
            "<mailto:ann@x.org|ann@x.org>",
            "'ann@x.org'",
            "'ann@x.org",
            "ann@x.org;",
            "Ann\nLee\n<ann@x.org>",
        ] {
            assert_eq!(person(written), Ok(Key::Email("ann@x.org".into())), "{written}");
        }
        for written in ["U123ABC", "<@U123ABC>", "<@U123ABC|ann>", "@U123ABC", "Ann (U123ABC)", " U123ABC\t"] {
            assert_eq!(person(written), Ok(Key::Id("U123ABC".into())), "{written}");
        }
        assert_eq!(person("<@u024be7lh>"), Ok(Key::Id("U024BE7LH".into())));
        for written in ["U024BE7LH", "W012A3CDE", "U1", "USLACKBOT", "o'neil+x@mail.x.org", "zoë@exämple.org"] {
            assert_eq!(person(written).map(|key| key.to_string()), Ok(written.to_owned()));
        }
    }

    #[test]
    fn what_is_no_address_is_said_to_be_none() {
        for written in [
            "Ann Lee",
            "wendy",
            "Week1",
            "WENDY",
            "UMA",
            "ann@x",
            "@x.org",
            "ann@",
            "ann@x..org",
            "12345",
            "a b@x.org x",
        ] {
            assert_eq!(person(written), Err(BadAddress::Unclear(written.to_owned())), "{written}");
        }
        for written in ["", "  ", "\u{a0}\u{feff}", "-", "n/a", "TBD", "\u{200d}"] {
            assert_eq!(person(written), Err(BadAddress::Missing), "{written:?}");
        }
        for written in ["ann@x.org; bo@x.org", "ann@x.org bo@x.org", "ann@x.org,bo@x.org", "U123ABC/U124ABC"] {
            assert_eq!(person(written), Err(BadAddress::Several(written.to_owned())), "{written}");
        }
        let nested = format!("{}ann@x.org{}", "(".repeat(1_000_000), ")".repeat(1_000_000));
        assert_eq!(person(&nested), Err(BadAddress::Unclear(format!("{}…", "(".repeat(60)))));
        assert_eq!(person(&"é".repeat(90)), Err(BadAddress::Unclear(format!("{}…", "é".repeat(60)))));
    }

    #[test]
    fn labels_are_one_line_without_what_nobody_sees() {
        assert_eq!(label(" Spring\r\n\u{a0}cohort\u{200b}\u{1b}[31m "), "Spring cohort [31m");
        assert_eq!(label("👩\u{200d}💻 Women in tech\u{feff}"), "👩\u{200d}💻 Women in tech");
    }
}
