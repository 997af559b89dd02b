//! A file of mentoring pairs, in two steps: [`read`] understands the file or refuses it whole, [`check()`] judges each of
//! its lines by itself.
//!
//! Between the two the caller looks up [`Roster::wanted`] in Slack, once for the whole file. Both steps are pure.

mod cell;
mod check;
mod columns;
mod day;
mod import;
mod note;
mod quoting;
mod reason;
mod row;
mod table;
mod text;
mod trouble;
mod words;

use std::collections::BTreeSet;

pub use cell::{BadAddress, Key};
pub use check::{Existing, Found, Known, Standing, check};
pub use day::BadDay;
pub use import::{Change, ChangedPair, Import, LeftOut, NewPair, Report, Stage, Unchanged};
pub use note::{Note, Odd, OtherSide};
pub use reason::{EndedBy, Reason};
pub use row::{Row, Written};
pub use trouble::{Place, Trouble, Unreadable};

/// The largest file that is read.
pub const MAX_BYTES: usize = 10 * 1024 * 1024;
/// The most lines with pairs that one file may have.
pub const MAX_ROWS: usize = 50_000;
/// The most columns that a line may have.
pub const MAX_COLUMNS: usize = 1_000;
/// The most characters in a cell that is read. Columns that rapport does not use may hold more.
pub const MAX_CELL_CHARACTERS: usize = 1_000;

/// Mentor or mentee: the two sides of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    Mentor,
    Mentee,
}

impl Role {
    /// The word for people, which is also the plainest name for the column.
    pub fn word(self) -> &'static str {
        match self {
            Self::Mentor => "mentor",
            Self::Mentee => "mentee",
        }
    }
}

/// A file that was understood: who mentors whom, as written, line by line.
#[derive(Clone, Debug, PartialEq)]
pub struct Roster {
    /// The name of the file, for the report.
    pub file: String,
    /// One for each line that is not blank, in the order of the file. Never empty.
    pub rows: Vec<Row>,
}

impl Roster {
    /// Everybody whom the file names, each once: what has to be looked up in Slack before [`check()`].
    pub fn wanted(&self) -> BTreeSet<Key> {
        self.rows.iter().flat_map(|row| [&row.mentor, &row.mentee]).filter_map(|person| person.clone().ok()).collect()
    }
}

/// Understands a CSV file as people have them: any usual encoding, delimiter, line ending and naming of columns.
///
/// A line that is wrong by itself is no error here; [`check()`] leaves it out.
///
/// # Errors
/// When the file as a whole cannot be understood, or is over a limit. The error says where, and what to do.
pub fn read(file: &str, bytes: &[u8]) -> Result<Roster, Unreadable> {
    let rows = text::decode(bytes).and_then(|text| table::read(&text)).and_then(|table| row::read(&table));
    match rows {
        Ok(rows) => Ok(Roster { file: file.to_owned(), rows }),
        Err(trouble) => Err(Unreadable { file: file.to_owned(), trouble }),
    }
}

#[cfg(test)]
mod tests;
