//! Which column is what, by its name: any order, any case, and the words that other mentoring products use.

use super::day::Order;
use super::table::Record;
use super::trouble::Trouble;
use super::words::{self, By};
use super::{Role, cell};

/// Where a row has what. Columns count from 0 here.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Columns {
    /// The columns that may name the mentor, the best first; never empty.
    pub mentor: Vec<usize>,
    /// The same for the mentee.
    pub mentee: Vec<usize>,
    pub start: Option<(usize, Option<Order>)>,
    pub end: Option<(usize, Option<Order>)>,
    pub status: Option<usize>,
    pub program: Option<usize>,
    pub connection: Option<usize>,
    pub group: Option<usize>,
}

/// Finds the columns by the names in `header`; `rows` tell a list of people with yes and no from a list of pairs.
pub(super) fn find(header: &Record, rows: &[Record]) -> Result<Columns, Trouble> {
    let names: Vec<String> = header.cells.iter().map(|name| fold(name)).collect();
    let mentor = by_rank(&names, Role::Mentor);
    let mentee = by_rank(&names, Role::Mentee);
    let line = header.line;
    let found = || header.cells.iter().map(|name| cell::shown(name)).collect();

    let lists_people = names.iter().any(|name| words::holds(words::PEOPLE, name) || is_email(name));
    if lists_people && only_flags(rows, mentor.iter().chain(&mentee).map(|(_, index)| *index)) {
        return Err(Trouble::PeopleList { line, found: found() });
    }
    let missing: Vec<Role> = [(Role::Mentor, &mentor), (Role::Mentee, &mentee)]
        .into_iter()
        .filter_map(|(role, columns)| columns.is_empty().then_some(role))
        .collect();
    if !missing.is_empty() {
        return Err(match header.cells.iter().find(|name| cell::person(name).is_ok()) {
            Some(cell) => Trouble::NoHeader { line, cell: cell::shown(cell) },
            None => Trouble::NoColumn { line, missing, found: found() },
        });
    }
    let pick = |list| first_of(&names, list).map(|(index, _)| index);
    let program = pick(words::PROGRAM);
    // A cohort is the programme where no other column names it, else a group within.
    let group = pick(words::GROUP).or_else(|| pick(words::COHORT)).filter(|group| Some(*group) != program);
    Ok(Columns {
        mentor: best(Role::Mentor, &mentor, header, rows)?,
        mentee: best(Role::Mentee, &mentee, header, rows)?,
        start: first_of(&names, words::START),
        end: first_of(&names, words::END),
        status: pick(words::STATUS),
        program,
        connection: pick(words::CONNECTION),
        group,
    })
}

/// How many of the two roles these names of columns speak of.
pub(super) fn roles_named(names: &[String]) -> usize {
    let folded: Vec<String> = names.iter().map(|name| fold(name)).collect();
    [Role::Mentor, Role::Mentee].iter().filter(|role| !by_rank(&folded, **role).is_empty()).count()
}

/// The columns for a role, the best first.
fn by_rank(names: &[String], role: Role) -> Vec<(By, usize)> {
    let lists = match role {
        Role::Mentor => words::MENTOR,
        Role::Mentee => words::MENTEE,
    };
    let named_in = |list: &str| {
        let columns = names.iter().enumerate();
        let mut columns: Vec<_> =
            columns.filter_map(|(index, name)| Some((identifies(name, role, list)?, index))).collect();
        columns.sort_unstable();
        columns
    };
    lists.into_iter().map(named_in).find(|columns| !columns.is_empty()).unwrap_or_default()
}

/// Keeps one column of each rank. Two of the best rank are two people, and nobody knows which is meant.
fn best(role: Role, ranked: &[(By, usize)], header: &Record, rows: &[Record]) -> Result<Vec<usize>, Trouble> {
    let named = |index: usize| (index + 1, cell::shown(header.cell(index)));
    if let [(by, first), (other, second), ..] = ranked
        && by == other
    {
        return Err(Trouble::TwoColumns { line: header.line, role, first: named(*first), second: named(*second) });
    }
    if let [(By::Name, index), ..] = ranked
        && !rows.is_empty()
        && !rows.iter().any(|row| cell::person(row.cell(*index)).is_ok())
    {
        let (column, header) = named(*index);
        return Err(Trouble::NamesOnly { role, column, header });
    }
    let alone = ranked.iter().filter(|(by, _)| ranked.iter().filter(|(other, _)| other == by).count() == 1);
    Ok(alone.map(|(_, index)| *index).collect())
}

/// By what the column of this (folded) name identifies somebody of `role`, if it does.
fn identifies(name: &str, role: Role, list: &str) -> Option<By> {
    // "Mentor e-mail" is not the mail of a mentoré.
    if role == Role::Mentee && identifies(name, Role::Mentor, words::MENTOR[0]).is_some() {
        return None;
    }
    list.split(' ').find_map(|word| {
        let (before, after) = name.split_once(word)?;
        // "Mentor's e-mail" has lost its apostrophe; "Mentor Slack ID" begins with an s of its own.
        attribute(before, after).or_else(|| attribute(before, after.strip_prefix('s')?))
    })
}

/// What is left of a name around the word for the role: "e-mail of the", "assigned", "1 address".
fn attribute(before: &str, after: &str) -> Option<By> {
    let before = words::BEFORE.split(' ').find_map(|word| before.strip_prefix(word)).unwrap_or(before);
    let before = words::BETWEEN.split(' ').find_map(|word| before.strip_suffix(word)).unwrap_or(before);
    let after = words::BEHIND.split(' ').find_map(|word| after.strip_suffix(word)).unwrap_or(after);
    let both = format!("{before}{}", after.trim_matches(|digit: char| digit.is_ascii_digit()));
    if both.is_empty() {
        return Some(By::Plain);
    }
    words::ATTRIBUTES.iter().find(|(_, list)| words::holds(list, &both)).map(|(by, _)| *by)
}

fn is_email(name: &str) -> bool {
    attribute("", name) == Some(By::Email)
}

/// The first word of `list` that names a column, and the order of dates that the name may end with.
fn first_of(names: &[String], list: &str) -> Option<(usize, Option<Order>)> {
    const ORDERS: [(&str, Option<Order>); 7] = [
        ("yyyymmdd", None),
        ("ddmmyyyy", Some(Order::DayFirst)),
        ("mmddyyyy", Some(Order::MonthFirst)),
        ("ttmmjjjj", Some(Order::DayFirst)),
        ("jjmmaaaa", Some(Order::DayFirst)),
        ("ddmmaaaa", Some(Order::DayFirst)),
        ("optional", None),
    ];
    list.split(' ').find_map(|word| {
        names.iter().enumerate().find_map(|(index, name)| match name.strip_prefix(word)? {
            "" => Some((index, None)),
            rest => ORDERS.iter().find(|(ending, _)| *ending == rest).map(|(_, order)| (index, *order)),
        })
    })
}

/// Whether these columns say nothing but yes and no, as in a list of people that marks the mentors. No columns say nothing.
fn only_flags(rows: &[Record], columns: impl Iterator<Item = usize>) -> bool {
    const FLAGS: [&str; 13] = ["yes", "no", "y", "n", "x", "true", "false", "1", "0", "ja", "nein", "oui", "non"];
    let mut columns = columns.peekable();
    if columns.peek().is_none() {
        return true;
    }
    let mut cells = columns
        .flat_map(|index| rows.iter().map(move |row| cell::label(row.cell(index)).to_lowercase()))
        .filter(|cell| !cell.is_empty())
        .peekable();
    cells.peek().is_some() && cells.all(|cell| FLAGS.contains(&cell.as_str()))
}

/// A name without case, accents, blanks and punctuation: `Protégé’s E-mail` is `protegesemail`.
pub(super) fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for letter in name.chars().flat_map(char::to_lowercase).filter(|letter| letter.is_alphanumeric()) {
        match letter {
            'à'..='å' | 'ā' | 'ă' | 'ą' => folded.push('a'),
            'æ' => folded.push_str("ae"),
            'ç' | 'ć' | 'č' => folded.push('c'),
            'è'..='ë' | 'ē' | 'ę' | 'ě' => folded.push('e'),
            'ì'..='ï' | 'ī' => folded.push('i'),
            'ñ' | 'ń' | 'ň' => folded.push('n'),
            'ò'..='ö' | 'ø' | 'ő' => folded.push('o'),
            'œ' => folded.push_str("oe"),
            'ù'..='ü' | 'ū' | 'ů' | 'ű' => folded.push('u'),
            'ý' | 'ÿ' => folded.push('y'),
            'ß' => folded.push_str("ss"),
            other => folded.push(other),
        }
    }
    folded
}
