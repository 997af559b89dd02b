//! Judges each line of a roster by itself, against the people in Slack and the pairs that rapport has.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use super::cell::Key;
use super::day::BadDay;
use super::import::{Change, ChangedPair, Import, LeftOut, NewPair, Unchanged};
use super::note::{Note, Odd, OtherSide};
use super::reason::{EndedBy, Reason};
use super::row::{Row, Written};
use super::{Role, Roster};

/// Somebody whom Slack knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The person's Slack id, whichever key found them.
    pub user: String,
    pub standing: Standing,
}

/// What somebody is in the workspace. Only a member can be in a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Member,
    Deactivated,
    Bot,
    /// A guest of one channel or several.
    Guest,
    /// Somebody of another organisation.
    Stranger,
}

/// A pair that rapport has, or had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Existing {
    /// Slack ids, as in [`Found::user`].
    pub mentor: String,
    pub mentee: String,
    /// The name of the pair's programme, as in [`Known::programs`].
    pub program: Option<String>,
    pub start: NaiveDate,
    pub connection: Option<String>,
    pub group: Option<String>,
    /// Whether it has had a pulse: its start can no longer be moved then.
    pub asked: bool,
    pub ended: bool,
}

/// What the lines are judged against.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// Whom Slack knows of [`Roster::wanted`]; who is missing here is unknown.
    pub people: &'a BTreeMap<Key, Found>,
    /// All pairs of the workspace, also the ended ones.
    pub pairs: &'a [Existing],
    /// The names of the programmes. With none, lines keep whatever programme they name.
    pub programs: &'a [String],
    /// The programme of lines that name none. Without it, that is the only programme if there is one only.
    pub program: Option<&'a str>,
    /// The day on which the import is made; pairs whose end date is before it have ended.
    pub today: NaiveDate,
}

/// What an import of `roster` would change. Of a pair that is there already, that is its name, its group, and its start
/// until it is first asked; so the second time it is nothing at all.
///
/// Each row of the roster is in the result exactly once: added, changed, already there, or left out.
pub fn check(roster: &Roster, known: &Known<'_>) -> Import {
    let mut checker = Checker::new(known);
    let mut import = Import::new(&roster.file);
    let mut elsewhere = Vec::new();
    for row in &roster.rows {
        match checker.judge(row) {
            Ok(Verdict::New(pair)) => {
                import.notes.extend(checker.swapped(row, &pair));
                elsewhere.extend(checker.elsewhere(row, &pair));
                import.added.push(pair);
            }
            Ok(Verdict::There { existing, start }) => {
                import.notes.extend(begun(row, existing, start));
                match changed(row, existing, start) {
                    Some(changed) => import.changed.push(changed),
                    None => import.already_there.push(Unchanged { line: row.line }),
                }
            }
            Err(reasons) => import.left_out.push(LeftOut { line: row.line, reasons }),
        }
    }
    // A file that has both pairs means both.
    let only_here = |(other, note)| (!checker.lines.contains_key(&other)).then_some(note);
    import.notes.extend(elsewhere.into_iter().filter_map(only_here));
    import.notes.sort_by_key(|note| note.line);
    import
}

enum Verdict<'a> {
    New(NewPair),
    There { existing: &'a Existing, start: Option<NaiveDate> },
}

/// The line wants another start than that from which a pair's weeks are counted.
fn begun(row: &Row, existing: &Existing, start: Option<NaiveDate>) -> Option<Note> {
    let wanted = start.filter(|start| existing.asked && *start != existing.start)?;
    Some(Note { line: row.line, odd: Odd::Begun { start: existing.start, wanted } })
}

/// What a line says of a pair otherwise than rapport has it. An empty cell says nothing.
fn changed(row: &Row, existing: &Existing, start: Option<NaiveDate>) -> Option<ChangedPair> {
    let start = start.filter(|start| !existing.asked && *start != existing.start);
    let start = start.map(|to| Change { from: existing.start, to });
    let connection = row.connection.clone().filter(|name| existing.connection.as_ref() != Some(name));
    let connection = connection.map(|to| Change { from: existing.connection.clone(), to: Some(to) });
    let group = row.group.clone().filter(|group| existing.group.as_ref() != Some(group));
    let group = group.map(|to| Change { from: existing.group.clone(), to: Some(to) });
    (start.is_some() || connection.is_some() || group.is_some()).then(|| ChangedPair {
        line: row.line,
        mentor: existing.mentor.clone(),
        mentee: existing.mentee.clone(),
        program: existing.program.clone(),
        start,
        connection,
        group,
    })
}

/// What makes a pair: these two, this way round, in this programme (its name in small letters).
type Identity = (String, String, Option<String>);

struct Checker<'a> {
    known: &'a Known<'a>,
    /// The pairs that rapport has.
    existing: HashMap<Identity, &'a Existing>,
    /// Who mentors whom in pairs that go on, and in which programme.
    alive: HashMap<(&'a str, &'a str), Option<&'a str>>,
    /// The lines that count, by their pair.
    lines: HashMap<Identity, usize>,
    /// The first line in which the one mentors the other.
    first_lines: HashMap<(String, String), usize>,
}

impl<'a> Checker<'a> {
    fn new(known: &'a Known<'a>) -> Self {
        let mut existing: HashMap<Identity, &Existing> = HashMap::new();
        let mut alive = HashMap::new();
        for pair in known.pairs {
            let identity = identity(&pair.mentor, &pair.mentee, pair.program.as_deref());
            // A pair that ended and was begun again goes on.
            existing.entry(identity).and_modify(|one| *one = if one.ended { pair } else { *one }).or_insert(pair);
            if !pair.ended {
                alive.entry((pair.mentor.as_str(), pair.mentee.as_str())).or_insert(pair.program.as_deref());
            }
        }
        Self { known, existing, alive, lines: HashMap::new(), first_lines: HashMap::new() }
    }

    fn judge(&mut self, row: &Row) -> Result<Verdict<'a>, Vec<Reason>> {
        let (mentor, mentee) = self.two_people(row)?;
        let mut reasons = Vec::new();
        let program = self.program(row).unwrap_or_else(|reason| {
            reasons.push(reason);
            None
        });
        reasons.extend(self.over(row));
        let start = match &row.start {
            None => None,
            Some(Written { date: Ok(date), .. }) => Some(*date),
            Some(written @ Written { date: Err(wrong), .. }) => {
                reasons.push(Reason::start(written, wrong));
                None
            }
        };
        if !reasons.is_empty() {
            return Err(reasons);
        }

        let identity = identity(&mentor, &mentee, program.as_deref());
        if let Some(line) = self.lines.get(&identity) {
            return Err(vec![Reason::Duplicate { line: *line }]);
        }
        let verdict = match self.existing.get(&identity) {
            Some(existing) if existing.ended => return Err(vec![Reason::Ended]),
            Some(existing) => Verdict::There { existing, start },
            None => {
                let (connection, group) = (row.connection.clone(), row.group.clone());
                let (mentor, mentee) = (mentor.clone(), mentee.clone());
                Verdict::New(NewPair { line: row.line, mentor, mentee, start, program, connection, group })
            }
        };
        self.lines.insert(identity, row.line);
        self.first_lines.entry((mentor, mentee)).or_insert(row.line);
        Ok(verdict)
    }

    /// The Slack ids of mentor and mentee, or everything that is wrong with either.
    fn two_people(&self, row: &Row) -> Result<(String, String), Vec<Reason>> {
        let same = |mentor: &Key, mentee: &Key| Reason::SelfPair { mentor: mentor.clone(), mentee: mentee.clone() };
        if let (Ok(mentor), Ok(mentee)) = (&row.mentor, &row.mentee)
            && mentor == mentee
        {
            return Err(vec![same(mentor, mentee)]);
        }
        match (self.member(row, Role::Mentor), self.member(row, Role::Mentee)) {
            (Ok((mentor, one)), Ok((mentee, other))) if one == other => Err(vec![same(mentor, mentee)]),
            (Ok((_, mentor)), Ok((_, mentee))) => Ok((mentor.to_owned(), mentee.to_owned())),
            (mentor, mentee) => Err([mentor.err(), mentee.err()].into_iter().flatten().collect()),
        }
    }

    /// The key and Slack id of one side, if that is a member of the workspace.
    fn member<'r>(&self, row: &'r Row, role: Role) -> Result<(&'r Key, &'a str), Reason> {
        let key = row.person(role).as_ref().map_err(|wrong| Reason::Address { role, wrong: wrong.clone() })?;
        let found = self.known.people.get(key);
        match found.map(|found| found.standing) {
            None => Err(Reason::Unknown { role, key: key.clone() }),
            Some(Standing::Deactivated) => Err(Reason::Deactivated { role, key: key.clone() }),
            Some(Standing::Bot) => Err(Reason::Bot { role, key: key.clone() }),
            Some(Standing::Guest) => Err(Reason::Guest { role, key: key.clone() }),
            Some(Standing::Stranger) => Err(Reason::Stranger { role, key: key.clone() }),
            Some(Standing::Member) => Ok((key, found.map_or("", |found| &found.user))),
        }
    }

    /// The programme of a row, by the name that rapport has for it.
    fn program(&self, row: &Row) -> Result<Option<String>, Reason> {
        let programs = self.known.programs;
        match (&row.program, self.known.program, programs) {
            (Some(name), _, []) => Ok(Some(name.clone())),
            (Some(name), _, _) => match programs.iter().find(|program| folded(program) == folded(name)) {
                Some(program) => Ok(Some(program.clone())),
                None => Err(Reason::UnknownProgram { name: name.clone(), known: programs.to_vec() }),
            },
            (None, Some(program), _) => Ok(Some(program.to_owned())),
            (None, None, []) => Ok(None),
            (None, None, [only]) => Ok(Some(only.clone())),
            (None, None, several) => Err(Reason::NoProgram { known: several.to_vec() }),
        }
    }

    /// Whether the file says that this pair has ended. An end that could be two days counts once both are past.
    fn over(&self, row: &Row) -> Option<Reason> {
        let by_status = row.status.clone().filter(|status| says_ended(status)).map(EndedBy::Status);
        let by_date = || {
            let end = row.end.as_ref()?;
            let last = match &end.date {
                Ok(date) => *date,
                Err(BadDay::Ambiguous { day_first, month_first }) => *day_first.max(month_first),
                Err(BadDay::Unclear) => return None,
            };
            (last < self.known.today).then(|| EndedBy::Date(end.text.clone()))
        };
        by_status.or_else(by_date).map(|what| Reason::EndedInFile { what })
    }

    /// Points out that the pair is already there the other way round.
    fn swapped(&self, row: &Row, pair: &NewPair) -> Option<Note> {
        let (Ok(mentor), Ok(mentee)) = (&row.mentor, &row.mentee) else { return None };
        let other = match self.first_lines.get(&(pair.mentee.clone(), pair.mentor.clone())) {
            Some(line) => OtherSide::Line(*line),
            None if self.alive.contains_key(&(pair.mentee.as_str(), pair.mentor.as_str())) => OtherSide::Pair,
            None => return None,
        };
        let (mentor, mentee) = (mentor.clone(), mentee.clone());
        Some(Note { line: row.line, odd: Odd::Swapped { mentor, mentee, other } })
    }

    /// Points out that the two are a pair in another programme, and says which.
    fn elsewhere(&self, row: &Row, pair: &NewPair) -> Option<(Identity, Note)> {
        let (Ok(mentor), Ok(mentee)) = (&row.mentor, &row.mentee) else { return None };
        let program = (*self.alive.get(&(pair.mentor.as_str(), pair.mentee.as_str()))?)?.to_owned();
        let other = identity(&pair.mentor, &pair.mentee, Some(&program));
        let (mentor, mentee) = (mentor.clone(), mentee.clone());
        Some((other, Note { line: row.line, odd: Odd::Elsewhere { mentor, mentee, program } }))
    }
}

fn identity(mentor: &str, mentee: &str, program: Option<&str>) -> Identity {
    (mentor.to_owned(), mentee.to_owned(), program.map(folded))
}

/// A programme's name for comparing: small letters, single blanks.
fn folded(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

fn says_ended(status: &str) -> bool {
    const WORDS: [&str; 16] = [
        "ended",
        "closed",
        "complete",
        "completed",
        "finished",
        "inactive",
        "cancelled",
        "canceled",
        "terminated",
        "unmatched",
        "dissolved",
        "archived",
        "expired",
        "declined",
        "rejected",
        "beendet",
    ];
    WORDS.contains(&status.to_lowercase().as_str())
}
