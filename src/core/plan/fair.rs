//! Whose turn it is where somebody's week has fewer slots than pairs that would ask: those that it came to least of late.

use chrono::{NaiveDate, TimeDelta};
use chrono_tz::Tz;

use crate::core::attention::{Spent, Week};
use crate::core::case::{PlanCase, Rival};

/// Days within which a cadence is looked back at for its last strike.
const LAST: i64 = 40;

/// Whether this slot may be taken: there is one left, and one for each other pair that asks the person later in the same
/// week and was asked less of late. So no pair loses week after week because its cadence strikes last.
pub fn fits(case: &PlanCase, spent: &Spent, zone: Tz) -> bool {
    let weekly = case.most(&spent.person);
    if !spent.fits(&case.spent, weekly) {
        return false;
    }
    let own = |one: &&Spent| one.person == spent.person;
    if case.spent.iter().filter(own).any(|one| one.message == spent.message) {
        return true;
    }
    let taken = case.spent.iter().filter(own).filter(|one| one.week == spent.week).count();
    let waits = |rival: &&Rival| {
        rival.person == spent.person && strikes_in(rival, zone, &spent.week) && rival.asked < case.turns_of(spent)
    };
    usize::from(weekly) > taken + case.rivals.iter().filter(waits).count()
}

/// Whether it asks in this week and has not been planned for it. One that was not planned when it struck last, because it
/// is paused, over or not begun, takes nobody's turn.
fn strikes_in(rival: &Rival, zone: Tz, week: &str) -> bool {
    let Some(monday) = monday(week) else { return false };
    let begins = crate::core::cadence::instant(zone, monday.into());
    let before = rival.cadence.latest_due(zone, begins - TimeDelta::days(LAST), begins);
    let is_asking = before.is_none_or(|strike| rival.planned.is_some_and(|planned| planned >= strike.occurrence));
    if !is_asking || rival.planned.is_none() {
        return false;
    }
    let strikes = rival.cadence.strikes(zone, begins - TimeDelta::seconds(1));
    let this_week = strikes.take_while(|strike| Week::of(zone, strike.at).to_string() == week);
    this_week.take(7).any(|strike| rival.planned.is_none_or(|planned| strike.occurrence > planned))
}

fn monday(week: &str) -> Option<NaiveDate> {
    let (year, number) = week.split_once("-W")?;
    NaiveDate::from_isoywd_opt(year.parse().ok()?, number.parse().ok()?, chrono::Weekday::Mon)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::core::cadence::Cadence;
    use crate::core::case::Turns;
    use crate::core::sample::{date, person, plan_case, utc};

    /// Ana is in so many pairs that ask on Tuesdays at these hours; how often each asks her in twelve weeks of three slots.
    fn asked(hours: &[u32], weekly: u8) -> BTreeMap<usize, u32> {
        let ana = person("Ana").id;
        let cadence = |hour: &u32| Cadence::parse(&format!("0 {hour} * * TUE")).expect("a cadence");
        let mut rivals: Vec<Rival> = hours
            .iter()
            .map(|hour| Rival { person: ana.clone(), cadence: cadence(hour), planned: None, asked: Turns::default() })
            .collect();
        let mut count: BTreeMap<usize, u32> = (0..hours.len()).map(|n| (n, 0)).collect();
        for week in 0..12 {
            let mut case = plan_case();
            for (n, hour) in hours.iter().enumerate() {
                let at = utc("2026-05-05 00:00") + TimeDelta::weeks(week) + TimeDelta::hours(i64::from(*hour) - 2);
                case.rivals =
                    rivals.iter().enumerate().filter(|(other, _)| *other != n).map(|(_, one)| one.clone()).collect();
                case.turns[0] = rivals[n].asked;
                case.weekly = [weekly; 2];
                let name = format!("p{n}:{week}");
                let spent = Spent::on(&ana, Tz::Europe__Berlin, at, name.as_str().into());
                rivals[n].planned = Some(date("2026-05-05") + chrono::Days::new(7 * week.unsigned_abs()));
                if fits(&case, &spent, Tz::Europe__Berlin) {
                    case.spent.push(spent);
                    rivals[n].asked = Turns { count: rivals[n].asked.count + 1, last: Some(at) };
                    *count.entry(n).or_default() += 1;
                }
            }
            assert!(case.spent.len() <= usize::from(weekly), "{:?}", case.spent);
        }
        count
    }

    #[test]
    fn no_pair_loses_week_after_week() {
        assert_eq!(asked(&[10, 11, 12], 3), BTreeMap::from([(0, 12), (1, 12), (2, 12)]));
        // Twelve weeks of three slots for five pairs are 36 askings: about seven for each.
        let five = asked(&[9, 10, 11, 12, 13], 3);
        assert_eq!(five.values().sum::<u32>(), 36, "no slot is left empty: {five:?}");
        assert!(five.values().all(|count| (6..=8).contains(count)), "{five:?}");
        let one = asked(&[10, 10, 10], 1);
        assert!(one.values().all(|count| *count == 4), "{one:?}");
    }
}
