//! One simulated year of 10,000 people in all time zones, with absences and every change of clocks.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike, Days, Duration, NaiveDate, Utc, Weekday};
use chrono_tz::{TZ_VARIANTS, Tz};

use super::facts::NudgeCase;
use super::plan::plan;
use super::sample::case;
use super::{Kind, NudgeChange, Reaction};
use crate::core::agreement::Opening;
use crate::core::attention::{Spent, Week};
use crate::core::cadence::civil;
use crate::core::decision::Change;
use crate::core::pause::Span;
use crate::core::plan::survey_on;
use crate::core::question::Role;
use crate::core::sample::{date, utc};
use crate::core::scoring::study::chance::Chance;

const PEOPLE: u64 = 10_000;

/// What one person's year came to.
struct Year {
    nudges: Vec<(Kind, NaiveDate)>,
    /// Somebody who meets seldom, has room for a nudge in each week, and does what they say: there is something to say.
    is_to_hear: bool,
}

/// Lives through a year: looks when it is time to, meets, answers, pauses, and gets its pulses first.
fn live(seed: u64, born: &[NudgeCase; 2]) -> Year {
    let (mut chance, _) = Chance::of_pair(2026, seed);
    let mut me = born[usize::from(!seed.is_multiple_of(2))].clone();
    me.person.zone = TZ_VARIANTS[seed as usize % TZ_VARIANTS.len()];
    me.person.id = format!("T1:U{seed}").as_str().into();
    let one = &mut me.pairs[0];
    one.program.zone = me.person.zone;
    one.program.starts = date("2026-01-05");
    one.program.ends = Some(date("2027-01-10"));
    one.facts.begins = date("2026-01-05");
    one.facts.ends = one.program.ends;
    one.facts.agreed = Some(one.facts.begins);
    one.facts.openings = Opening::ALL.into();
    one.pair.id = format!("p{}", seed / 2).as_str().into();
    me.weekly = 1 + (seed % 3) as u8;
    me.measures = seed.is_multiple_of(5);
    let meets = chance.even() * 0.7;
    for _ in 0..2 {
        let from = date("2026-01-12") + Days::new((chance.even() * 330.0) as u64);
        one.facts.pauses.push(Span { from, until: from + Days::new(3 + (chance.even() * 25.0) as u64) });
    }
    one.facts.pauses.sort_unstable();
    let first = date("2026-01-07");
    let met: Vec<NaiveDate> = (0..52).filter(|_| chance.is(meets)).map(|week| first + Days::new(7 * week)).collect();
    let mut to_come = met.into_iter().peekable();
    let heeds = chance.even();
    let (mut now, end) = (utc("2026-01-05 00:00"), utc("2027-01-05 00:00"));
    let mut year = Year { nudges: Vec::new(), is_to_hear: heeds > 0.5 && meets < 0.2 && me.weekly > 1 && !me.measures };
    let mut last_pulse: Option<String> = None;
    while now < end {
        let zone = me.person.zone;
        let today = civil(zone, now).date();
        while let Some(day) = to_come.next_if(|day| *day <= today) {
            me.pairs[0].facts.met.insert(day);
            me.pairs[0].facts.logged = Some((day, Role::Mentor));
        }
        let week = Week::of(zone, now).to_string();
        pulse(&mut me, &week, &mut last_pulse, zone, now);
        let decision = plan(&me, now);
        let mut next = now;
        for change in decision.changes {
            match change {
                Change::Nudge(NudgeChange::Looked { next: at, .. }) => next = at,
                Change::Nudge(NudgeChange::Drawn { mut nudge, spent, .. }) => {
                    let is_open = me.pairs[0].program.hours.is_open(zone, nudge.due);
                    assert!(is_open, "{} {zone} at {}", nudge.kind, nudge.due);
                    assert!(!me.pairs[0].facts.is_paused(civil(zone, nudge.due).date()), "in an absence");
                    let cools = u32::from(nudge.kind.words().cooldown_days);
                    let mut same = me.past.iter().filter(|before| before.kind == nudge.kind);
                    let rested = same.all(|before| me.pairs[0].facts.days(before.day, nudge.day) >= cools);
                    assert!(rested, "{} twice within {cools} days", nudge.kind);
                    me.spent.extend(spent);
                    nudge.reaction = (chance.even() < heeds).then_some(Reaction::Done);
                    year.nudges.push((nudge.kind, nudge.day));
                    me.past.push(*nudge);
                }
                _ => {}
            }
        }
        within_budget(&me);
        assert!(next > now && next <= now + Duration::days(40), "{zone}: {now} -> {next}");
        now = next;
    }
    year
}

/// The week's pulse, or the survey in its place, has a slot from its strike on.
fn pulse(me: &mut NudgeCase, week: &str, last: &mut Option<String>, zone: Tz, now: DateTime<Utc>) {
    let today = civil(zone, now).date();
    let since = today.weekday().days_since(Weekday::Tue);
    if today.weekday() == Weekday::Mon || last.as_deref() == Some(week) {
        return;
    }
    let pair = &mut me.pairs[0];
    let before = (pair.facts.surveys.as_slice(), true);
    let point = survey_on(&pair.program, &pair.pair, before, zone, today - Days::new(since.into()));
    pair.facts.surveys.extend(point);
    let name = format!("{}:{week}", if point.is_some() { "surveys" } else { "pulse" });
    me.spent.retain(|spent| spent.week == week);
    me.spent.push(Spent { person: me.person.id.clone(), week: week.to_owned(), message: name.as_str().into() });
    *last = Some(week.to_owned());
}

fn within_budget(me: &NudgeCase) {
    let mut weeks: BTreeMap<&str, (u8, u8)> = BTreeMap::new();
    for spent in &me.spent {
        let week = weeks.entry(&spent.week).or_default();
        week.0 += 1;
        week.1 += u8::from(spent.is_nudge());
    }
    assert!(weeks.values().all(|(all, nudges)| *all <= me.weekly.max(1) && *nudges <= 1), "{weeks:?}");
}

#[test]
fn a_year_of_ten_thousand_people() {
    let lives = |part: u64| {
        let born = [case(Role::Mentee), case(Role::Mentor)];
        move || (part..PEOPLE).step_by(2).map(|seed| live(seed, &born)).collect::<Vec<Year>>()
    };
    let other = std::thread::spawn(lives(1));
    let mut years = lives(0)();
    years.extend(other.join().expect("the other half lives"));
    assert_eq!(years.len(), 10_000);
    // Who allows two messages or three and meets seldom hears something; nobody hears more than one a week.
    let heard = years.iter().filter(|year| !year.nudges.is_empty()).count();
    assert!(heard > 6_000, "{heard}");
    assert!(years.iter().all(|year| year.nudges.len() <= 53));
    let starved = years.iter().filter(|year| year.is_to_hear && year.nudges.len() < 3).count();
    assert_eq!(starved, 0, "people who had room, and to whom there was something to say");
    let kinds: BTreeSet<Kind> = years.iter().flat_map(|year| year.nudges.iter().map(|(kind, _)| *kind)).collect();
    assert!(kinds.len() >= 8, "{kinds:?}");
}
