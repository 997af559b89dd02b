//! Whether the quotes of a file come in pairs. The `csv` crate forgives what is wrong here, and a forgiven quote swallows
//! lines without a word.

use super::MAX_COLUMNS;
use super::trouble::{Place, Trouble};

/// Where the walk is. Cheap to keep for each quote; only a refusal pays for counting characters.
#[derive(Clone, Copy)]
struct Mark {
    line: usize,
    line_start: usize,
    column: usize,
    at: usize,
}

impl Mark {
    fn place(self, text: &str) -> Place {
        let character = text[self.line_start..self.at].chars().count() + 1;
        Place { line: self.line, column: self.column, character }
    }
}

#[derive(Clone, Copy)]
enum Inside {
    CellStart,
    Plain,
    Quoted {
        opened: Mark,
    },
    /// Just behind a quote: the cell ends here, or the quote was the first half of a doubled one.
    Closing {
        opened: Mark,
    },
    /// Blanks behind a closed quote.
    Closed {
        opened: Mark,
    },
}

/// Walks through `text`, whose lines end in `\n` and whose first line has the number `first_line`.
///
/// # Errors
/// At the first NUL byte, at text behind a closing quote, at a quote that is never closed (the place where it opens), and
/// at a line with too many columns.
pub(super) fn check(text: &str, delimiter: u8, first_line: usize) -> Result<(), Trouble> {
    let mut inside = Inside::CellStart;
    let mut mark = Mark { line: first_line, line_start: 0, column: 1, at: 0 };
    for (at, byte) in text.bytes().enumerate() {
        mark.at = at;
        let was_quoted = matches!(inside, Inside::Quoted { .. });
        inside = match (inside, byte) {
            (_, 0) => return Err(Trouble::Nul(mark.place(text))),
            (Inside::CellStart, b'"') => Inside::Quoted { opened: mark },
            (Inside::Quoted { opened }, b'"') => Inside::Closing { opened },
            (Inside::Closing { opened }, b'"') => Inside::Quoted { opened },
            (Inside::Quoted { opened }, _) => Inside::Quoted { opened },
            (_, byte) if byte == delimiter || byte == b'\n' => Inside::CellStart,
            (Inside::Closing { opened } | Inside::Closed { opened }, b' ' | b'\t') => Inside::Closed { opened },
            (Inside::Closing { opened } | Inside::Closed { opened }, _) => {
                return Err(Trouble::TextAfterQuote { opened: opened.place(text), goes_on: mark.place(text) });
            }
            (Inside::CellStart | Inside::Plain, _) => Inside::Plain,
        };
        if byte == b'\n' {
            mark.line += 1;
            mark.line_start = at + 1;
        }
        if !was_quoted && byte == b'\n' {
            mark.column = 1;
        } else if !was_quoted && byte == delimiter {
            mark.column += 1;
        }
        if mark.column > MAX_COLUMNS {
            return Err(Trouble::TooManyColumns { line: mark.line });
        }
    }
    match inside {
        Inside::Quoted { opened } => Err(Trouble::UnclosedQuote(opened.place(text))),
        _ => Ok(()),
    }
}
