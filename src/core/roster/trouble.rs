//! Why a file is refused whole: one sentence each, with the place and what to do.

use std::fmt;

use super::{MAX_BYTES, MAX_CELL_CHARACTERS, MAX_COLUMNS, MAX_ROWS, Role};

/// A file that cannot be imported. Its text is for the person who tried.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {trouble}")]
pub struct Unreadable {
    pub file: String,
    pub trouble: Trouble,
}

/// A place in a file, as people count: from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The line of the file, also inside a quoted cell that spans several.
    pub line: usize,
    /// The column of the table.
    pub column: usize,
    /// The character within the line.
    pub character: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {} (character {} of the line)", self.line, self.column, self.character)
    }
}

/// What is wrong with a file as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    Empty,
    HeaderOnly {
        line: usize,
    },
    /// A line below the header is missing because the header itself is: the first line holds addresses.
    NoHeader {
        line: usize,
        cell: String,
    },
    /// Another kind of file, whatever its name ends with.
    NotCsv(Kind),
    /// The bytes are not what the byte order mark, or the look of them, says.
    Garbled {
        encoding: &'static str,
        line: usize,
    },
    Nul(Place),
    UnclosedQuote(Place),
    /// Text goes on after a closing quote, so the quotes of the file are not in pairs.
    TextAfterQuote {
        opened: Place,
        goes_on: Place,
    },
    Separator {
        named: String,
    },
    /// `sep=,` over a file with semicolons.
    OtherSeparator {
        named: char,
        has: char,
    },
    NoColumn {
        line: usize,
        missing: Vec<Role>,
        found: Vec<String>,
    },
    PeopleList {
        line: usize,
        found: Vec<String>,
    },
    /// Columns that hold names and nothing by which somebody can be found in Slack.
    NamesOnly {
        role: Role,
        column: usize,
        header: String,
    },
    TwoColumns {
        line: usize,
        role: Role,
        first: (usize, String),
        second: (usize, String),
    },
    /// More cells than the header has columns: what stands where is a guess.
    Ragged {
        line: usize,
        cells: usize,
        columns: usize,
        extra: String,
    },
    TooBig {
        bytes: usize,
    },
    TooManyRows {
        line: usize,
    },
    TooManyColumns {
        line: usize,
    },
    CellTooLong {
        line: usize,
        column: usize,
        header: String,
        characters: usize,
    },
}

/// A kind of file that people send in place of a CSV file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Excel,
    OpenDocument,
    Numbers,
    Packed,
    Pdf,
    RichText,
    WebPage,
    Xml,
    Json,
}

impl Kind {
    fn article(self) -> &'static str {
        match self {
            Self::Excel => "an Excel workbook",
            Self::OpenDocument => "an OpenDocument file",
            Self::Numbers => "a Numbers spreadsheet",
            Self::Packed => "a packed file",
            Self::Pdf => "a PDF document",
            Self::RichText => "a rich text document",
            Self::WebPage => "a web page",
            Self::Xml => "an XML document",
            Self::Json => "JSON",
        }
    }

    fn remedy(self) -> &'static str {
        match self {
            Self::Excel | Self::OpenDocument | Self::Numbers | Self::Xml => {
                "Open it in the spreadsheet program, save or export it as CSV (in Excel: 'CSV UTF-8'), and import that \
                 file."
            }
            Self::Packed => "Unpack it and import the CSV file inside.",
            Self::Pdf | Self::RichText => "Copy the table into a spreadsheet, save it as CSV, and import that file.",
            Self::WebPage => {
                "Perhaps a sign-in page was saved instead of the export. Download the export again as CSV, or open \
                 this file in a spreadsheet program and save it as CSV."
            }
            Self::Json => "Export the pairs as CSV and import that file.",
        }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => {
                f.write_str("The file is empty. It needs a first line 'mentor,mentee' and then one line for each pair.")
            }
            Self::HeaderOnly { line } => write!(
                f,
                "The file has the names of its columns (line {line}) but no pairs below them. Add one line for each pair."
            ),
            Self::NoHeader { line, cell } => write!(
                f,
                "Line {line} should name the columns but begins with the pairs ({cell}). Put a line 'mentor,mentee' above \
                 it, with a name for each column."
            ),
            Self::NotCsv(kind) => write!(f, "This is {}, not a CSV file. {}", kind.article(), kind.remedy()),
            Self::Garbled { encoding, line } => write!(
                f,
                "The file says that it is {encoding}, but line {line} is not: it may be cut off, or two files were put \
                 together. Save or export it again as 'CSV UTF-8'."
            ),
            Self::Nul(place) => write!(
                f,
                "There is a NUL byte in {place}, which no text has: the file is damaged, or is not a CSV file. Save or \
                 export it again as 'CSV UTF-8'."
            ),
            Self::UnclosedQuote(place) => write!(
                f,
                "The quote that opens in {place} is never closed. Close it at the end of its cell, or take it out; a \
                 quote that belongs to the text is written twice, inside a quoted cell."
            ),
            Self::TextAfterQuote { opened, goes_on } => write!(
                f,
                "In {goes_on}, text goes on after a closing quote; that quote opens in {opened}. Close each quote at the \
                 end of its cell; a quote that belongs to the text is written twice, inside a quoted cell."
            ),
            Self::Separator { named } => write!(
                f,
                "Line 1 says 'sep={named}', which cannot separate columns. Write 'sep=,' or 'sep=;' there, as the file \
                 has it, or take the line out."
            ),
            Self::OtherSeparator { named, has } => {
                let (named, has) = (shown(*named), shown(*has));
                write!(
                    f,
                    "Line 1 says 'sep={named}', but the columns below it are separated by '{has}'. Write 'sep={has}' \
                     there, or take the line out."
                )
            }
            Self::NoColumn { line, missing, found } => {
                let wanted = missing.iter().map(|role| role.word());
                write!(
                    f,
                    "The file has no column for the {}.",
                    wanted.clone().collect::<Vec<_>>().join(" and none for the ")
                )?;
                write!(f, " Found in line {line}: {}.", listed(found))?;
                for (at, role) in missing.iter().enumerate() {
                    let begin = if at == 0 { "Rename the one with" } else { "and the one with" };
                    write!(f, " {begin} each {0}'s e-mail or Slack id to '{0}'", role.word())?;
                }
                f.write_str(". The names of the columns stand in the first line.")
            }
            Self::PeopleList { line, found } => write!(
                f,
                "This is a list of people, not of pairs. Found in line {line}: {}. Make it one line for each pair, with \
                 a column 'mentor' and a column 'mentee' that hold their e-mails or Slack ids; who has two mentees \
                 stands in two lines.",
                listed(found)
            ),
            Self::NamesOnly { role, column, header } => write!(
                f,
                "Column {column} ('{header}') holds names, and two people may share one. Add a column '{} email' with \
                 their e-mails or Slack ids.",
                role.word()
            ),
            Self::TwoColumns { line, role, first, second } => write!(
                f,
                "Line {line} names two columns for the {}: column {} ('{}') and column {} ('{}'). Each line is one pair: \
                 keep one of them, and write a second line for a second {0}.",
                role.word(),
                first.0,
                first.1,
                second.0,
                second.1
            ),
            Self::Ragged { line, cells, columns, extra } => write!(
                f,
                "Line {line} has {cells} cells, but the file has {columns} columns: '{extra}' stands in column {}, which \
                 has no name. Perhaps a cell holds the character that separates columns: put quotes around that cell.",
                columns + 1
            ),
            Self::TooBig { bytes } => write!(
                f,
                "The file has {:.1} MiB, and the most is {} MiB. Split it and import the parts one after the other.",
                mebibytes(*bytes),
                MAX_BYTES / (1024 * 1024)
            ),
            Self::TooManyRows { line } => write!(
                f,
                "The file has more than {} pairs; line {line} is one too many. Split it and import the parts one after \
                 the other.",
                grouped(MAX_ROWS)
            ),
            Self::TooManyColumns { line } => write!(
                f,
                "Line {line} has more than {} columns. Keep the columns for mentor and mentee, and import the file again.",
                grouped(MAX_COLUMNS)
            ),
            Self::CellTooLong { line, column, header, characters } => write!(
                f,
                "The cell in line {line}, column {column} ('{header}') has {} characters, and the most is {}. Perhaps a \
                 quote is missing; otherwise shorten it.",
                grouped(*characters),
                grouped(MAX_CELL_CHARACTERS)
            ),
        }
    }
}

/// A separator that can be seen in a sentence.
fn shown(separator: char) -> String {
    if separator == '\t' { "<tab>".to_owned() } else { separator.to_string() }
}

/// Names of columns for a sentence; a wide file is cut after the first twelve.
fn listed(found: &[String]) -> String {
    const SHOWN: usize = 12;
    let named: Vec<_> = found.iter().map(|name| if name.is_empty() { "(no name)" } else { name }).collect();
    match named.len().checked_sub(SHOWN) {
        Some(more @ 1..) => format!("{} and {more} more", named[..SHOWN].join(", ")),
        _ => named.join(", "),
    }
}

/// 50000 as `50,000`.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Rounded up to a tenth, so that a file just over the limit does not read as one at the limit.
fn mebibytes(bytes: usize) -> f64 {
    ((bytes as f64) / (1024.0 * 1024.0) * 10.0).ceil() / 10.0
}
