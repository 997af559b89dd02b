//! One person's part of a pulse as that person reads it, whichever message or view it stands in.

use chrono::NaiveDate;
use chrono_tz::Tz;
use sqlx::Result;

use crate::core::content::{Item, PulseFrame};
use crate::core::program::Program;
use crate::core::pulse::{Ask, Form};

use super::super::rows::{self, Row, date, date_if, id, number, raw, time, time_if, unclear};

/// What [`frame`] reads, of `pulse`, `pair` and `program`.
macro_rules! frame_columns {
    () => {
        "pulse.pulse_id, pulse.pair_id, pulse.number, pulse.number_of, pulse.form, pulse.closes as pulse_closes,
        pulse.closed as pulse_closed, pair.program_id, pair.starts, program.settings,
        (select max(asked_before.occurrence)
            from (
                select earlier.occurrence
                from pulse earlier
                where earlier.pair_id = pulse.pair_id
                    and earlier.strike < pulse.strike
                    and earlier.folded is null
                union all
                select survey.occurrence
                from survey
                where survey.pair_id = pulse.pair_id
                    and survey.occurrence < pulse.occurrence) as asked_before) as since,
        (select count(*) from participation
            where participation.person_id = pair.mentee_id) as mentee_programs,
        (select count(*) from participation
            where participation.person_id = pair.mentor_id) as mentor_programs"
    };
}

/// The select that [`asked`] reads, with what follows its joins.
macro_rules! select_asked {
    ($($rest:tt)*) => {
        concat!(
            "select ", frame_columns!(), ",
            ", ask_columns!(), ",
            own.zone as own_zone, partner.name as partner_name
            from ask
            join pulse on pulse.pulse_id = ask.pulse_id
            join pair on pair.pair_id = pulse.pair_id
            join program on program.program_id = pair.program_id
            join person own on own.person_id = ask.person_id
            join person partner on partner.person_id = case
                when pair.mentee_id = ask.person_id then pair.mentor_id
                else pair.mentee_id
            end
            ",
            $($rest)*
        )
    };
}

pub(super) use {frame_columns, select_asked};

/// One person's part of a pulse.
pub struct Asked {
    pub program: Program,
    pub frame: PulseFrame,
    pub form: Form,
    pub ask: Ask,
    pub zone: Tz,
    pub partner: String,
}

impl Asked {
    /// The questions that the programme still knows, as this side reads them.
    pub fn items(&self) -> impl Iterator<Item = Item> {
        self.ask.questions.iter().filter_map(|question| Item::of(&self.program, question, self.ask.role))
    }

    /// Whether a message to this person alone on that civil day is "ask me tomorrow" come true.
    pub fn is_reminder(&self, day: NaiveDate) -> bool {
        // The day is of the clock of then. Somebody who has travelled since and was never reminded has the first post.
        let is_later = || self.ask.reminder.is_some() && day > self.ask.due.with_timezone(&self.zone).date_naive();
        self.form == Form::Shared || is_later()
    }
}

/// Reads a row of `select_asked!`.
pub fn asked(row: &Row) -> Result<Asked> {
    let (ask, program) = (rows::ask(row)?, rows::program(row)?);
    Ok(Asked {
        frame: PulseFrame { closes: ask.closes, ..frame(row, &program)? },
        form: rows::form(row)?,
        ask,
        zone: raw::<&str>(row, "person", "own_zone")?
            .parse()
            .map_err(|error: chrono_tz::ParseError| unclear("person", "zone", error))?,
        partner: raw(row, "person", "partner_name")?,
        program,
    })
}

/// Reads `frame_columns!`. People are asked whether they met since the pulse or the survey before, or since the pair began.
pub fn frame(row: &Row, program: &Program) -> Result<PulseFrame> {
    let since = match date_if(row, "pulse", "since")? {
        Some(day) => day,
        None => date(row, "pair", "starts")?,
    };
    let mentees: i64 = number(row, "participation", "mentee_programs")?;
    let mentors: i64 = number(row, "participation", "mentor_programs")?;
    let of: Option<i64> = raw(row, "pulse", "number_of")?;
    Ok(PulseFrame {
        pulse: id(row, "pulse", "pulse_id")?,
        pair: id(row, "pulse", "pair_id")?,
        program: id(row, "pair", "program_id")?,
        program_name: if mentees.max(mentors) > 1 { Some(program.name.clone()) } else { None },
        number: number(row, "pulse", "number")?,
        of: of.map(u32::try_from).transpose().map_err(|error| unclear("pulse", "number_of", error))?,
        since,
        closes: time(row, "pulse", "pulse_closes")?,
        closed: time_if(row, "pulse", "pulse_closed")?.is_some(),
    })
}
