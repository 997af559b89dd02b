//! The import through the eyes of a coordinator: files as they come, and what is said about them.

mod judging;
mod properties;
mod reading;
mod refusals;

use super::{Key, Roster, Row, read};

/// How a program may write text to a file.
#[derive(Clone, Copy, Debug)]
enum Bytes {
    Utf8,
    Utf8Marked,
    Utf16Le,
    Utf16LeMarked,
    Utf16Be,
    Utf16BeMarked,
    Windows1252,
}

impl Bytes {
    const ALL: [Self; 7] = [
        Self::Utf8,
        Self::Utf8Marked,
        Self::Utf16Le,
        Self::Utf16LeMarked,
        Self::Utf16Be,
        Self::Utf16BeMarked,
        Self::Windows1252,
    ];

    fn of(self, text: &str) -> Vec<u8> {
        let little = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big = |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        match self {
            Self::Utf8 => text.into(),
            Self::Utf8Marked => format!("\u{feff}{text}").into(),
            Self::Utf16Le => little(text),
            Self::Utf16LeMarked => little(&format!("\u{feff}{text}")),
            Self::Utf16Be => big(text),
            Self::Utf16BeMarked => big(&format!("\u{feff}{text}")),
            Self::Windows1252 => encoding_rs::WINDOWS_1252.encode(text).0.into_owned(),
        }
    }
}

/// A roster as short lines: `2: ann@x.org > bo@x.org`, then what else the file says.
fn told(roster: &Roster) -> Vec<String> {
    roster.rows.iter().map(told_row).collect()
}

fn told_row(row: &Row) -> String {
    let person = |person: &Result<Key, _>| person.as_ref().map_or("nobody".to_owned(), Key::to_string);
    let mut told = format!("{}: {} > {}", row.line, person(&row.mentor), person(&row.mentee));
    if let Some(start) = &row.start {
        told += &start.date.as_ref().map_or(" from ?".to_owned(), |date| format!(" from {date}"));
    }
    if let Some(end) = &row.end {
        told += &format!(" to {}", end.text);
    }
    for label in [&row.status, &row.program, &row.connection].into_iter().flatten() {
        told += &format!(" [{label}]");
    }
    if let Some(group) = &row.group {
        told += &format!(" in {group}");
    }
    told
}

fn understood(text: &str) -> Vec<String> {
    match read("pairs.csv", text.as_bytes()) {
        Ok(roster) => told(&roster),
        Err(refused) => panic!("{refused}\n{text}"),
    }
}
