//! One line of a roster, as written: who mentors whom, and what else the file says about the pair.

use chrono::NaiveDate;

use super::cell::{self, BadAddress, Key};
use super::columns::{self, Columns};
use super::day::{self, BadDay, Order};
use super::table::{Record, Table};
use super::trouble::Trouble;
use super::{MAX_CELL_CHARACTERS, Role};

/// A line with a pair, before anybody was looked up.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The line of the file, from 1, in which it begins.
    pub line: usize,
    pub mentor: Result<Key, BadAddress>,
    pub mentee: Result<Key, BadAddress>,
    /// When the pair starts; `None` where the file does not say.
    pub start: Option<Written>,
    /// When the pair ends or ended.
    pub end: Option<Written>,
    pub status: Option<String>,
    pub program: Option<String>,
    pub connection: Option<String>,
    pub group: Option<String>,
}

/// A date and how it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// As in the file, cut short for a sentence.
    pub text: String,
    pub date: Result<NaiveDate, BadDay>,
}

/// Reads the rows of a table. A file that has no pairs at all is told so before anything is said about its lines.
pub(super) fn read(table: &Table) -> Result<Vec<Row>, Trouble> {
    let columns = columns::find(&table.header, &table.rows)?;
    if table.rows.is_empty() {
        return Err(Trouble::HeaderOnly { line: table.header.line });
    }
    table.rows.iter().try_for_each(|record| in_step(record, table.header.cells.len()))?;
    table.rows.iter().map(|record| Reader { header: &table.header, record }.row(&columns)).collect()
}

/// A row may be short, and may have empty cells too many: spreadsheets write both. More than that means that cells have
/// moved, and nobody knows which.
fn in_step(record: &Record, columns: usize) -> Result<(), Trouble> {
    match record.cells.iter().skip(columns).map(|cell| cell::shown(cell)).find(|cell| !cell.is_empty()) {
        Some(extra) => Err(Trouble::Ragged { line: record.line, cells: record.cells.len(), columns, extra }),
        None => Ok(()),
    }
}

struct Reader<'a> {
    header: &'a Record,
    record: &'a Record,
}

impl Reader<'_> {
    fn row(&self, columns: &Columns) -> Result<Row, Trouble> {
        Ok(Row {
            line: self.record.line,
            mentor: self.person(&columns.mentor)?,
            mentee: self.person(&columns.mentee)?,
            start: self.date(columns.start)?,
            end: self.date(columns.end)?,
            status: self.label(columns.status)?,
            program: self.label(columns.program)?,
            connection: self.label(columns.connection)?,
            group: self.label(columns.group)?,
        })
    }

    /// The first of the columns that identifies somebody; failing that, what is wrong with the first that says anything.
    fn person(&self, columns: &[usize]) -> Result<Result<Key, BadAddress>, Trouble> {
        let mut wrong = BadAddress::Missing;
        for index in columns {
            match cell::person(self.cell(*index)?) {
                Ok(key) => return Ok(Ok(key)),
                Err(reason) if wrong == BadAddress::Missing => wrong = reason,
                Err(_) => {}
            }
        }
        Ok(Err(wrong))
    }

    fn date(&self, column: Option<(usize, Option<Order>)>) -> Result<Option<Written>, Trouble> {
        let Some((index, order)) = column else { return Ok(None) };
        let label = self.label(Some(index))?;
        Ok(label.map(|label| Written { text: cell::shown(&label), date: day::read(&label, order) }))
    }

    fn label(&self, column: Option<usize>) -> Result<Option<String>, Trouble> {
        let Some(index) = column else { return Ok(None) };
        let label = cell::label(self.cell(index)?);
        Ok(Some(label).filter(|label| !cell::is_placeholder(label)))
    }

    fn cell(&self, index: usize) -> Result<&str, Trouble> {
        let cell = self.record.cell(index);
        // Bytes are quick to count, and never fewer than characters.
        let characters = if cell.len() > MAX_CELL_CHARACTERS { cell.chars().count() } else { 0 };
        if characters > MAX_CELL_CHARACTERS {
            return Err(Trouble::CellTooLong {
                line: self.record.line,
                column: index + 1,
                header: cell::shown(self.header.cell(index)),
                characters,
            });
        }
        Ok(cell)
    }
}

impl Row {
    /// What the file says about one side of the pair.
    pub fn person(&self, role: Role) -> &Result<Key, BadAddress> {
        match role {
            Role::Mentor => &self.mentor,
            Role::Mentee => &self.mentee,
        }
    }
}
