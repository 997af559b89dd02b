//! Between rows and the values of the core. What cannot be understood is an error that names table and column.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::error::BoxDynError;
use sqlx::{ColumnIndex, Database, Decode, Error, Result, Row as _, Type};

use super::Engine;
use crate::core::answer::{Answer, Audience};
use crate::core::id::{PairId, PersonId, QuestionId};
use crate::core::person::{Pair, Person, Standing};
use crate::core::program::Program;
use crate::core::pulse::{Ask, AskState, Form, Pulse};
use crate::core::question::Role;
use crate::store::settings;
use crate::store::vault::VaultError;

/// A row as the engine gives it.
pub type Row = <Engine as Database>::Row;

/// What [`pair`] reads, of `pair`.
macro_rules! pair_columns {
    () => {
        "pair.pair_id, pair.program_id, pair.mentor_id, pair.mentee_id, pair.starts, pair.connection, pair.group_name, pair.ended,
        pair.unreachable"
    };
}

/// What [`person`] reads beside the pair's ids, of `person` joined as `mentee` and as `mentor`.
macro_rules! both_people_columns {
    () => {
        "mentee.name as mentee_name, mentee.zone as mentee_zone,
        mentee.deactivated as mentee_deactivated, mentee.looked as mentee_looked,
        mentor.name as mentor_name, mentor.zone as mentor_zone,
        mentor.deactivated as mentor_deactivated, mentor.looked as mentor_looked"
    };
}

/// What [`pulse`] reads, of `pulse`, beside its asks.
macro_rules! pulse_columns {
    () => {
        "pulse.pulse_id, pulse.pair_id, pulse.number, pulse.number_of, pulse.strike, pulse.form,
        pulse.closed as pulse_closed"
    };
}

/// What [`ask`] reads, of `ask`.
macro_rules! ask_columns {
    () => {
        "ask.person_id, ask.role, ask.questions, ask.due, ask.closes, ask.reminder, ask.answered, ask.skipped,
        ask.closed as ask_closed, ask.folded as ask_folded"
    };
}

pub(super) use {ask_columns, both_people_columns, pair_columns, pulse_columns};

/// A time as it stands in a row: UTC milliseconds.
pub fn ms(at: DateTime<Utc>) -> i64 {
    at.timestamp_millis()
}

/// A value of a row as the engine gives it.
pub fn raw<'r, T>(row: &'r Row, table: &str, column: &'static str) -> Result<T>
where
    T: Decode<'r, Engine> + Type<Engine>,
    &'static str: ColumnIndex<Row>,
{
    row.try_get(column).map_err(|error| match error {
        Error::ColumnDecode { source, .. } => unclear(table, column, source),
        other => other,
    })
}

/// An id, made of text.
pub fn id<T: From<String>>(row: &Row, table: &str, column: &'static str) -> Result<T> {
    raw::<String>(row, table, column).map(T::from)
}

/// A time.
pub fn time(row: &Row, table: &str, column: &'static str) -> Result<DateTime<Utc>> {
    read_time(table, column, raw(row, table, column)?)
}

/// A time, or none.
pub fn time_if(row: &Row, table: &str, column: &'static str) -> Result<Option<DateTime<Utc>>> {
    raw::<Option<i64>>(row, table, column)?.map(|ms| read_time(table, column, ms)).transpose()
}

/// A civil date.
pub fn date(row: &Row, table: &str, column: &'static str) -> Result<NaiveDate> {
    raw::<&str>(row, table, column)?.parse().map_err(|error| unclear(table, column, error))
}

/// A civil date, or none.
pub fn date_if(row: &Row, table: &str, column: &'static str) -> Result<Option<NaiveDate>> {
    let text: Option<&str> = raw(row, table, column)?;
    text.map(|text| text.parse().map_err(|error| unclear(table, column, error))).transpose()
}

/// A whole number.
pub fn number<T: TryFrom<i64>>(row: &Row, table: &str, column: &'static str) -> Result<T> {
    let value: i64 = raw(row, table, column)?;
    T::try_from(value).map_err(|_| unclear(table, column, format!("{value} is out of range")))
}

/// One of a few words.
pub fn word<T>(row: &Row, table: &str, column: &'static str, read: impl Fn(&str) -> Option<T>) -> Result<T> {
    let text: &str = raw(row, table, column)?;
    read(text).ok_or_else(|| unclear(table, column, format!("`{text}` is not known there")))
}

/// A time from its milliseconds.
pub fn read_time(table: &str, column: &str, ms: i64) -> Result<DateTime<Utc>> {
    DateTime::from_timestamp_millis(ms).ok_or_else(|| unclear(table, column, format!("{ms} is not a time")))
}

/// The error that says which value was not understood.
pub fn unclear(table: &str, column: &str, source: impl Into<BoxDynError>) -> Error {
    let own = column.strip_prefix(table).and_then(|rest| rest.strip_prefix('_')).unwrap_or(column);
    Error::ColumnDecode { index: format!("{table}.{own}"), source: source.into() }
}

/// The error for words that do not open.
pub fn sealed(error: VaultError) -> Error {
    Error::Decode(error.into())
}

/// The columns that describe one person in a row that may describe several.
pub struct PersonColumns {
    id: &'static str,
    name: &'static str,
    zone: &'static str,
    deactivated: &'static str,
    looked: &'static str,
}

/// A person who is alone in the row.
pub const PERSON: PersonColumns =
    PersonColumns { id: "person_id", name: "name", zone: "zone", deactivated: "deactivated", looked: "looked" };

/// The pair's mentee.
pub const MENTEE: PersonColumns = PersonColumns {
    id: "mentee_id",
    name: "mentee_name",
    zone: "mentee_zone",
    deactivated: "mentee_deactivated",
    looked: "mentee_looked",
};

/// The pair's mentor.
pub const MENTOR: PersonColumns = PersonColumns {
    id: "mentor_id",
    name: "mentor_name",
    zone: "mentor_zone",
    deactivated: "mentor_deactivated",
    looked: "mentor_looked",
};

/// A person, from the columns of that side.
pub fn person(row: &Row, columns: &PersonColumns) -> Result<Person> {
    Ok(Person {
        id: id(row, "person", columns.id)?,
        name: raw(row, "person", columns.name)?,
        zone: word(row, "person", columns.zone, |name| name.parse().ok())?,
        deactivated: time_if(row, "person", columns.deactivated)?,
        looked: time(row, "person", columns.looked)?,
    })
}

/// A pair, from `pair_columns!`.
pub fn pair(row: &Row) -> Result<Pair> {
    Ok(Pair {
        id: id(row, "pair", "pair_id")?,
        program: id(row, "pair", "program_id")?,
        mentor: id(row, "pair", "mentor_id")?,
        mentee: id(row, "pair", "mentee_id")?,
        starts: date(row, "pair", "starts")?,
        connection: raw(row, "pair", "connection")?,
        group: raw(row, "pair", "group_name")?,
        ended: time_if(row, "pair", "ended")?,
        unreachable: time_if(row, "pair", "unreachable")?,
    })
}

/// A programme, from the column `settings`.
pub fn program(row: &Row) -> Result<Program> {
    settings::read(raw(row, "program", "settings")?).map_err(|error| unclear("program", "settings", error))
}

/// How a person stands to a programme, from three columns of `participation`. The later word counts.
pub fn standing(row: &Row, columns: [&'static str; 3]) -> Result<Standing> {
    let [welcomed, started, declined] = columns;
    let table = "participation";
    if let Some(at) = time_if(row, table, declined)? {
        return Ok(Standing::Declined { at });
    }
    if let Some(at) = time_if(row, table, started)? {
        return Ok(Standing::Started { at });
    }
    Ok(time_if(row, table, welcomed)?.map_or(Standing::Invited, |at| Standing::Welcomed { at }))
}

/// How mentee and mentor of a pair stand to its programme, from `both_standings_columns!`.
pub fn both_standings(row: &Row) -> Result<[Standing; 2]> {
    Ok([
        standing(row, ["mentee_welcomed", "mentee_started", "mentee_declined"])?,
        standing(row, ["mentor_welcomed", "mentor_started", "mentor_declined"])?,
    ])
}

/// A pulse, from `pulse_columns!` and its two asks.
pub fn pulse(row: &Row, asks: Vec<Ask>) -> Result<Pulse> {
    let (mut mentee, mut mentor) = (None, None);
    for ask in asks {
        match ask.role {
            Role::Mentee => mentee = Some(ask),
            Role::Mentor => mentor = Some(ask),
        }
    }
    let missing = || unclear("ask", "role", "a pulse has not one ask for each of the two");
    Ok(Pulse {
        id: id(row, "pulse", "pulse_id")?,
        pair: id::<PairId>(row, "pulse", "pair_id")?,
        number: number(row, "pulse", "number")?,
        of: raw::<Option<i64>>(row, "pulse", "number_of")?
            .map(|of| u32::try_from(of).map_err(|error| unclear("pulse", "number_of", error)))
            .transpose()?,
        strike: time(row, "pulse", "strike")?,
        form: form(row)?,
        mentee: mentee.ok_or_else(missing)?,
        mentor: mentor.ok_or_else(missing)?,
        closed: time_if(row, "pulse", "pulse_closed")?,
    })
}

/// A person's part of a pulse, from `ask_columns!`.
pub fn ask(row: &Row) -> Result<Ask> {
    Ok(Ask {
        person: id(row, "ask", "person_id")?,
        role: role(row)?,
        questions: questions(row)?,
        due: time(row, "ask", "due")?,
        closes: time(row, "ask", "closes")?,
        reminder: time_if(row, "ask", "reminder")?,
        state: ask_state(row)?,
    })
}

/// What became of an ask, from its four times.
pub fn ask_state(row: &Row) -> Result<AskState> {
    let at = |column| time_if(row, "ask", column);
    Ok(match (at("ask_folded")?, at("answered")?, at("skipped")?, at("ask_closed")?) {
        (Some(at), ..) => AskState::Folded { at },
        (None, Some(at), ..) => AskState::Answered { at },
        (None, None, Some(at), _) => AskState::Skipped { at },
        (None, None, None, Some(at)) => AskState::Closed { at },
        (None, None, None, None) => AskState::Open,
    })
}

/// The questions of an ask, in the order shown.
pub fn questions(row: &Row) -> Result<Vec<QuestionId>> {
    Ok(raw::<&str>(row, "ask", "questions")?.split_whitespace().map(QuestionId::from).collect())
}

/// The questions of an ask as they stand in a row.
pub fn questions_text(questions: &[QuestionId]) -> String {
    let names: Vec<&str> = questions.iter().map(QuestionId::as_str).collect();
    names.join(" ")
}

/// An answer, from the columns of `answer`.
pub fn answer(row: &Row) -> Result<Answer> {
    Ok(Answer {
        pulse: id(row, "answer", "pulse_id")?,
        person: id::<PersonId>(row, "answer", "person_id")?,
        question: id(row, "answer", "question_id")?,
        value: number(row, "answer", "value")?,
        audience: audience(row)?,
        audience_at: time_if(row, "answer", "audience_at")?,
        followed_up: time_if(row, "answer", "followed_up")?,
        at: time(row, "answer", "at")?,
    })
}

/// Who may see an answer.
pub fn audience(row: &Row) -> Result<Audience> {
    word(row, "answer", "audience", |name| name.parse().ok())
}

/// A side of the pair, from the column `role`.
pub fn role(row: &Row) -> Result<Role> {
    word(row, "ask", "role", |name| name.parse().ok())
}

/// Where a pulse is asked, from the column `form`.
pub fn form(row: &Row) -> Result<Form> {
    let all = [Form::Shared, Form::Private, Form::PrivateRows];
    word(row, "pulse", "form", |name| all.into_iter().find(|form| form_text(*form) == name))
}

/// Where a pulse is asked, as it stands in a row.
pub fn form_text(form: Form) -> &'static str {
    match form {
        Form::Shared => "shared",
        Form::Private => "private",
        Form::PrivateRows => "rows",
    }
}
