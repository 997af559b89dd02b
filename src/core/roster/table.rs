//! From the text of a file to its header and rows: separator line, delimiter, line endings, numbers of lines.

use super::trouble::Trouble;
use super::{MAX_ROWS, cell, columns, quoting};

/// A header and the rows below it. Blank lines are gone, their numbers are not.
#[derive(Debug)]
pub(super) struct Table {
    pub header: Record,
    /// As many cells as each line has, which may be fewer or more than the header.
    pub rows: Vec<Record>,
}

/// One record of the file: usually a line, more where a quoted cell spans several.
#[derive(Debug)]
pub(super) struct Record {
    /// The line of the file, from 1, in which the record begins.
    pub line: usize,
    pub cells: Vec<String>,
}

impl Record {
    /// The cell in the column with this index, or nothing where the row is short.
    pub fn cell(&self, index: usize) -> &str {
        self.cells.get(index).map_or("", String::as_str)
    }
}

/// Cuts `text` into a header and rows.
pub(super) fn read(text: &str) -> Result<Table, Trouble> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let (body, first_line, named) = separator_line(&text)?;
    let likely = likely_delimiter(body);
    let delimiter = named.unwrap_or(likely);
    let understood = |delimiter| header_under(body, delimiter).map(|(roles, _)| roles).unwrap_or(0);
    if understood(delimiter) < understood(likely) {
        return Err(Trouble::OtherSeparator { named: char::from(delimiter), has: char::from(likely) });
    }
    quoting::check(body, delimiter, first_line)?;

    let mut records = Records::of(body, delimiter, first_line).filter(|record| !is_blank(record));
    let header = records.next().ok_or(Trouble::Empty)?;
    let mut rows = Vec::new();
    for row in records {
        if rows.len() == MAX_ROWS {
            return Err(Trouble::TooManyRows { line: row.line });
        }
        rows.push(row);
    }
    Ok(Table { header, rows })
}

fn is_blank(record: &Record) -> bool {
    record.cells.iter().all(|cell| cell::label(cell).is_empty())
}

/// Excel's first line `sep=;`: what follows it, the number of the line after it, and the delimiter that it names.
fn separator_line(text: &str) -> Result<(&str, usize, Option<u8>), Trouble> {
    let (line, rest) = text.split_once('\n').unwrap_or((text, ""));
    let bare = line.trim_start_matches('"');
    let Some(named) = bare.get(..4).filter(|word| word.eq_ignore_ascii_case("sep=")).map(|_| &bare[4..]) else {
        return Ok((text, 1, None));
    };
    // A program that does not know the line may have quoted it, or filled it up with empty cells.
    match named.as_bytes() {
        [delimiter @ (b',' | b';' | b'\t' | b'|'), filler @ ..]
            if filler.iter().all(|byte| matches!(byte, b'"' | b' ' | b',' | b';' | b'\t' | b'|')) =>
        {
            Ok((rest, 2, Some(*delimiter)))
        }
        _ => Err(Trouble::Separator { named: cell::shown(named) }),
    }
}

/// The delimiter under which the header is best understood, and then the one that makes most columns of it.
fn likely_delimiter(body: &str) -> u8 {
    // The last of equals wins: the comma.
    [b'\t', b';', b','].into_iter().max_by_key(|delimiter| header_under(body, *delimiter)).unwrap_or(b',')
}

/// How many roles the header speaks of and how many columns it has, if this is the delimiter.
fn header_under(body: &str, delimiter: u8) -> Option<(usize, usize)> {
    const ENOUGH_FOR_A_HEADER: usize = 64 * 1024;
    let end = body.char_indices().map(|(at, _)| at).find(|at| *at >= ENOUGH_FOR_A_HEADER).unwrap_or(body.len());
    let header = Records::of(&body[..end], delimiter, 1).find(|record| !is_blank(record));
    header.map(|header| (columns::roles_named(&header.cells), header.cells.len()))
}

/// The records of a text whose lines end in `\n`, with the numbers of their lines.
struct Records<'a> {
    text: &'a str,
    records: csv::StringRecordsIntoIter<&'a [u8]>,
    line: usize,
    counted: usize,
}

impl<'a> Records<'a> {
    fn of(text: &'a str, delimiter: u8, first_line: usize) -> Self {
        let records = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(text.as_bytes())
            .into_records();
        Self { text, records, line: first_line, counted: 0 }
    }
}

impl Iterator for Records<'_> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        let record = self.records.next()?.expect("a flexible reader over a str has nothing to fail on");
        let bytes = self.text.as_bytes();
        // The position that `csv` gives is where it began to look, which is before any blank lines.
        let mut start = record.position().map_or(self.counted, |position| position.byte() as usize);
        while bytes.get(start) == Some(&b'\n') {
            start += 1;
        }
        self.line += bytes[self.counted..start].iter().filter(|byte| **byte == b'\n').count();
        self.counted = start;
        Some(Record { line: self.line, cells: record.iter().map(str::to_owned).collect() })
    }
}
