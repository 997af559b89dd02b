//! Text as Slack takes it: other people's words made harmless, lengths kept, numbers and times in one form.

use chrono::{DateTime, NaiveDate, Utc};

/// The longest a name is shown, in UTF-16 units of its escaped form.
const NAME_MAX: usize = 60;

/// How long Slack takes a text to be. UTF-16 units are never fewer than characters, so this holds whichever it counts.
pub fn len(text: &str) -> usize {
    text.encode_utf16().count()
}

/// `text`, or as much of it as fits into `max` together with an ellipsis. Cuts between characters, and never within an
/// escape (`&amp;`) or a tag (`<@U1>`).
pub fn cut(text: &str, max: usize) -> String {
    if len(text) <= max {
        return text.to_owned();
    }
    let (head, _) = split(text, max.saturating_sub(1));
    format!("{}…", head.trim_end())
}

/// The longest beginning of `text` that takes at most `max` and breaks no escape and no tag, and the rest.
pub fn split(text: &str, max: usize) -> (&str, &str) {
    let mut room = max;
    let mut end = text.len();
    for (at, c) in text.char_indices() {
        if c.len_utf16() > room {
            end = at;
            break;
        }
        room -= c.len_utf16();
    }
    if end < text.len() {
        for (open, close) in [('<', '>'), ('&', ';')] {
            if let Some(at) = text[..end].rfind(open)
                && !text[at..end].contains(close)
                && text[at..].contains(close)
            {
                end = at;
            }
        }
    }
    text.split_at(end)
}

/// What people wrote, so that Slack shows it as it stands: no mentions, links or commands, and no formatting. Look-alikes
/// take the place of the formatting characters, because Slack has no way to escape them.
pub fn safe(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '*' => out.push('∗'),
            '_' => out.push('＿'),
            '~' => out.push('∼'),
            '`' => out.push('ˋ'),
            '\n' => out.push('\n'),
            '\t' => out.push(' '),
            c if hidden(c) => {}
            c => out.push(c),
        }
    }
    out
}

/// [`safe`] in one line, at most `max` long.
pub fn line(words: &str, max: usize) -> String {
    cut(&safe(&one_line(words)), max)
}

/// Somebody's name, or a programme's.
pub fn name(name: &str) -> String {
    line(&plain_name(name), NAME_MAX)
}

/// Somebody's name for a place where nothing is formatted: a button, a heading, the terminal.
pub fn plain_name(name: &str) -> String {
    let name = one_line(name);
    if name.is_empty() { "someone".to_owned() } else { cut(&name, NAME_MAX) }
}

/// Words without line breaks, control characters and marks that turn the direction of what follows.
pub fn one_line(words: &str) -> String {
    let visible: String = words.chars().filter(|c| c.is_whitespace() || !hidden(*c)).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Words as a quotation, in at most `parts` pieces of at most `max` each; what is beyond is cut.
pub fn quote(words: &str, parts: usize, max: usize) -> Vec<String> {
    let lines: Vec<String> = safe(words.trim()).lines().map(|line| format!("> {line}")).collect();
    let quoted = lines.join("\n");
    let mut pieces = Vec::new();
    let mut rest = quoted.as_str();
    while !rest.is_empty() {
        if pieces.len() + 1 == parts {
            pieces.push(cut(rest, max));
            break;
        }
        let (piece, more) = split(rest, max);
        pieces.push(piece.to_owned());
        rest = more;
    }
    for piece in pieces.iter_mut().skip(1) {
        if !piece.starts_with("> ") {
            *piece = cut(&format!("> {}", piece.trim_start()), max);
        }
    }
    pieces
}

/// `a, b and c`.
pub fn and(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// Coordinators by name, at most four; "your coordinator" where none is known.
pub fn coordinators(names: &[String]) -> String {
    match names {
        [] => "your coordinator".to_owned(),
        [..] if names.len() > 4 => {
            let mut shown: Vec<String> = names.iter().take(3).map(|n| name(n)).collect();
            shown.push(format!("{} others", names.len() - 3));
            and(&shown)
        }
        [..] => and(&names.iter().map(|n| name(n)).collect::<Vec<_>>()),
    }
}

/// `Mia and Tom coordinate this programme`, without a full stop; `you` are one of them beside the `others`. `None` where
/// nobody is known.
pub fn who_coordinates(others: &[String], you: bool) -> Option<String> {
    let names = coordinators(others);
    match (you, others.len()) {
        (true, 0) => Some("You coordinate this programme".to_owned()),
        (true, _) => Some(format!("You coordinate this programme with {names}")),
        (false, 0) => None,
        (false, 1) => Some(format!("{} coordinates this programme", sentence(&names))),
        (false, _) => Some(format!("{} coordinate this programme", sentence(&names))),
    }
}

/// `text` with a capital at its beginning.
pub fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Items in one line, as many as fit into `most` items and `max` length once escaped, and how many there are besides.
pub fn listed(items: &[String], between: &str, most: usize, max: usize) -> String {
    let mut out = String::new();
    for (n, item) in items.iter().enumerate() {
        let more = format!("{between}… and {} more", items.len() - n);
        let fits = n == 0 || escaped(&out) + len(between) + escaped(item) + len(&more) <= max;
        if n >= most || !fits {
            out.push_str(&more);
            break;
        }
        if n > 0 {
            out.push_str(between);
        }
        out.push_str(item);
    }
    out
}

/// At most the length that [`safe`] makes of it.
fn escaped(text: &str) -> usize {
    len(text) + 4 * text.bytes().filter(|b| matches!(b, b'&' | b'<' | b'>')).count()
}

/// An instant in the reader's own zone.
pub fn time(at: DateTime<Utc>) -> String {
    format!("<!date^{}^{{date_short_pretty}} {{time}}|{}>", at.timestamp(), utc(at))
}

/// An instant for a place where Slack does not put in the reader's zone.
pub fn utc(at: DateTime<Utc>) -> String {
    at.format("%a %-d %b, %H:%M UTC").to_string()
}

/// `12 May`.
pub fn day(date: NaiveDate) -> String {
    date.format("%-d %B").to_string()
}

/// Hundredths with one decimal: `3.9`.
pub fn mean(hundredths: u32) -> String {
    let tenths = (hundredths + 5) / 10;
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// Hundredths of a change with a sign and one decimal: `+0.2`, `0.0`.
pub fn change(hundredths: i32) -> String {
    let size = mean(hundredths.unsigned_abs());
    match hundredths {
        _ if size == "0.0" => size,
        h if h < 0 => format!("-{size}"),
        _ => format!("+{size}"),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_cannot_command() {
        for (words, shown) in [
            ("<!channel> hi", "&lt;!channel&gt; hi"),
            ("<https://x.example|click>", "&lt;https://x.example|click&gt;"),
            ("*bold* _it_ ~no~ `code`", "∗bold∗ ＿it＿ ∼no∼ ˋcodeˋ"),
            ("R&D", "R&amp;D"),
            ("a\u{202e}b\u{0}c", "abc"),
        ] {
            assert_eq!(safe(words), shown);
        }
        assert_eq!(name("  Ana\nMaria  "), "Ana Maria");
        assert_eq!(name("\u{0} "), "someone");
    }

    #[test]
    fn numbers_have_one_decimal_and_a_sign() {
        let means: Vec<_> = [385, 384, 500, 100].map(mean).into();
        assert_eq!(means, ["3.9", "3.8", "5.0", "1.0"]);
        let changes: Vec<_> = [20, -26, 4, -4, -5, 105].map(change).into();
        assert_eq!(changes, ["+0.2", "-0.3", "0.0", "0.0", "-0.1", "+1.1"]);
    }

    #[test]
    fn long_lists_say_how_many_more() {
        let names: Vec<String> = (1..=200).map(|n| format!("pair {n}")).collect();
        assert_eq!(listed(&names, " · ", 2, 3_000), "pair 1 · pair 2 · … and 198 more");
        assert_eq!(listed(&names[..2], " · ", 2, 3_000), "pair 1 · pair 2");
        assert!(len(&listed(&names, " · ", 200, 500)) <= 500);
        assert_eq!(listed(&[], " · ", 2, 500), "");
    }

    #[test]
    fn a_cut_breaks_no_escape_and_no_tag() {
        assert_eq!(cut("ab&amp;cd", 6), "ab…");
        assert_eq!(cut("ab<@U12345>cd", 8), "ab…");
        assert_eq!(cut("ab&amp;cd", 9), "ab&amp;cd");
        assert_eq!(cut("😀😀😀", 4), "😀…");
    }

    proptest! {
        #[test]
        fn every_length_is_kept(words in "(?s).{0,400}", max in 2usize..200) {
            prop_assert!(len(&cut(&safe(&words), max)) <= max);
            let pieces = quote(&words, 2, max + 2);
            prop_assert!(pieces.len() <= 2);
            for piece in pieces {
                prop_assert!(len(&piece) <= max + 2 && !piece.contains('<'));
            }
        }
    }
}
