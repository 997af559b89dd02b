//! Why a pause or hours of one's own cannot be noted, for the field at which they were entered.

use chrono::{Days, NaiveDate, WeekdaySet};

use super::{Quiet, TimeForm};
use crate::core::program::Program;

/// The longest pause, in days: half a year.
pub const LONGEST: u64 = 182;

/// How far ahead a pause may begin, in days.
pub const AHEAD: u64 = 365;

/// A field of the forms about a person's own time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RestField {
    /// Oneself or one of the pairs.
    Whose,
    First,
    Last,
    Week,
    QuietFrom,
    QuietUntil,
}

/// Why it cannot be noted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The last day lies before today.
    Past,
    /// The last day lies before the first.
    Backwards,
    /// It is longer than a pause may be.
    Long,
    /// It begins further away than can be planned.
    Far,
    /// The pair has ended meanwhile.
    Ended,
    /// A command without days, or with days that are not understood.
    NoDays,
    /// No day of the week is left.
    NoWeek,
    /// None of the days is one on which this programme asks.
    NoCommonDay { program: String },
    /// Only one of the two times of quiet hours is there.
    Half,
    /// The two times are the same.
    Empty,
    /// Quiet hours leave nothing of the working hours of this programme.
    Silent { program: String },
    /// There is nothing that could end.
    NotAway,
}

impl Trouble {
    /// The sentence at the field, or in answer to a command.
    pub fn sentence(&self) -> String {
        match self {
            Self::Past => "That day has passed; please choose a last day that is still to come.".to_owned(),
            Self::Backwards => "The last day lies before the first; please turn them round.".to_owned(),
            Self::Long => format!("A pause lasts {} weeks at most; you can add to it later.", LONGEST / 7),
            Self::Far => "That is more than a year ahead; please note it nearer the time.".to_owned(),
            Self::Ended => "This pair has ended meanwhile, so there is nothing to pause.".to_owned(),
            Self::NoDays => "Please write days like `2 weeks`, `until 14 June` or `3 June to 14 June`.".to_owned(),
            Self::NoWeek => "Please leave at least one day of the week.".to_owned(),
            Self::NoCommonDay { program } => {
                format!("{program} asks on none of these days. To be asked nothing, choose so below.")
            }
            Self::Half => "Quiet hours need both times, or neither.".to_owned(),
            Self::Empty => "Quiet hours end at another time than they begin.".to_owned(),
            Self::Silent { program } => {
                format!("That leaves none of the working hours of {program}. To be asked nothing, choose so below.")
            }
            Self::NotAway => "You are not away at the moment, and nothing of yours is paused.".to_owned(),
        }
    }
}

/// Whether a pause may reach from `first` to `last`, both included.
///
/// # Errors
/// The field, and why not.
pub fn check_days(first: NaiveDate, last: NaiveDate, today: NaiveDate) -> Result<(), (RestField, Trouble)> {
    let long = |first: NaiveDate| first.checked_add_days(Days::new(LONGEST)).is_some_and(|end| last >= end);
    match () {
        () if last < first => Err((RestField::Last, Trouble::Backwards)),
        () if last < today => Err((RestField::Last, Trouble::Past)),
        () if first > today + Days::new(AHEAD) => Err((RestField::First, Trouble::Far)),
        () if long(first.max(today)) => Err((RestField::Last, Trouble::Long)),
        () => Ok(()),
    }
}

/// The quiet hours of the form, if it can be noted for somebody in these programmes.
///
/// # Errors
/// The field, and why not.
pub fn check_time(form: &TimeForm, programs: &[&Program]) -> Result<Option<Quiet>, (RestField, Trouble)> {
    if form.week.is_empty() {
        return Err((RestField::Week, Trouble::NoWeek));
    }
    let common = |program: &Program| program.hours.days().intersection(form.week) != WeekdaySet::EMPTY;
    if let Some(program) = programs.iter().find(|program| !common(program)) {
        return Err((RestField::Week, Trouble::NoCommonDay { program: program.name.clone() }));
    }
    let quiet = match form.quiet {
        [None, None] => return Ok(None),
        [Some(_), None] => return Err((RestField::QuietUntil, Trouble::Half)),
        [None, Some(_)] => return Err((RestField::QuietFrom, Trouble::Half)),
        [Some(from), Some(until)] if from == until => return Err((RestField::QuietUntil, Trouble::Empty)),
        [Some(from), Some(until)] => Quiet { from, until },
    };
    // What is left of the hours begins with them, or when the quiet ends.
    let leaves = |program: &Program| {
        let hours = program.hours.from()..program.hours.until();
        !quiet.contains(hours.start) || hours.contains(&quiet.until)
    };
    match programs.iter().find(|program| !leaves(program)) {
        Some(program) => Err((RestField::QuietUntil, Trouble::Silent { program: program.name.clone() })),
        None => Ok(Some(quiet)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::rest::{Holidays, Pace, week_of};
    use crate::core::sample::{date, program};

    #[test]
    fn a_pause_has_days_that_can_be() {
        let check = |first: &str, last: &str| check_days(date(first), date(last), date("2026-05-13"));
        assert_eq!(check("2026-05-13", "2026-05-13"), Ok(()));
        assert_eq!(check("2026-05-01", "2026-05-20"), Ok(()), "it may have begun");
        assert_eq!(check("2026-05-13", "2026-11-10"), Ok(()));
        assert_eq!(check("2026-05-13", "2026-11-11"), Err((RestField::Last, Trouble::Long)));
        assert_eq!(check("2026-05-20", "2026-05-19"), Err((RestField::Last, Trouble::Backwards)));
        assert_eq!(check("2026-05-01", "2026-05-12"), Err((RestField::Last, Trouble::Past)));
        assert_eq!(check("2027-05-14", "2027-05-20"), Err((RestField::First, Trouble::Far)));
    }

    #[test]
    fn hours_of_ones_own_leave_time_to_be_asked() {
        let time = |text: &str| (!text.is_empty()).then(|| format!("{text}:00").parse().expect("a time"));
        let check = |week: &str, from: &str, until: &str| {
            let form = TimeForm {
                week: week_of(week).expect("days"),
                quiet: [time(from), time(until)],
                holidays: Holidays::Program,
                pace: Pace::Every,
            };
            check_time(&form, &[&program()]).map(|quiet| quiet.map(|quiet| quiet.to_string()))
        };
        let program = || "Engineering".to_owned();
        assert_eq!(check("Mon,Tue", "", ""), Ok(None));
        assert_eq!(check("Mon", "12:00", "13:00"), Ok(Some("12:00-13:00".to_owned())));
        assert_eq!(check("Mon", "18:00", "10:00"), Ok(Some("18:00-10:00".to_owned())));
        assert_eq!(check("", "", ""), Err((RestField::Week, Trouble::NoWeek)));
        assert_eq!(check("Sat,Sun", "", ""), Err((RestField::Week, Trouble::NoCommonDay { program: program() })));
        assert_eq!(check("Mon", "12:00", ""), Err((RestField::QuietUntil, Trouble::Half)));
        assert_eq!(check("Mon", "", "12:00"), Err((RestField::QuietFrom, Trouble::Half)));
        assert_eq!(check("Mon", "12:00", "12:00"), Err((RestField::QuietUntil, Trouble::Empty)));
        let silent = Err((RestField::QuietUntil, Trouble::Silent { program: program() }));
        assert_eq!(check("Mon", "09:00", "17:00"), silent);
        assert_eq!(check("Mon", "16:00", "15:59"), Ok(Some("16:00-15:59".to_owned())));
        assert_eq!(check("Mon", "18:00", "17:00"), silent);
    }
}
