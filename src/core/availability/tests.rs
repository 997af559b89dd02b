//! A person's own time against a clock on the wall, minute by minute, around clock changes too.

use chrono::{Weekday, WeekdaySet};
use chrono_tz::TZ_VARIANTS;
use proptest::prelude::*;

use super::*;
use crate::core::pause::Span;
use crate::core::rest::{Holidays, Quiet, week_of};
use crate::core::sample::{date, program, short, utc};

const BERLIN: Tz = Tz::Europe__Berlin;

fn away(from: &str, until: &str) -> Span {
    Span { from: date(from), until: date(until) }
}

fn rest(change: impl FnOnce(&mut Rest)) -> Rest {
    let mut rest = Rest::default();
    change(&mut rest);
    rest
}

#[test]
fn nobody_is_written_to_in_their_own_time() {
    let none = rest(|_| {});
    let part = rest(|rest| rest.week = Some(week_of("Tue,Thu").expect("days")));
    let lunch = rest(|rest| rest.quiet = Some("12:00-13:00".parse().expect("hours")));
    let mornings = rest(|rest| rest.quiet = Some("18:00-11:00".parse().expect("hours")));
    let always = rest(|rest| rest.quiet = Some("08:00-18:00".parse().expect("hours")));
    let german = rest(|rest| rest.holidays = Holidays::Of("DE".parse().expect("Germany")));
    let trip = rest(|rest| rest.away = vec![away("2026-05-12", "2026-05-20"), away("2026-05-18", "2026-05-22")]);
    let out = rest(|rest| rest.out = Some(utc("2026-05-12 09:30")));
    for (name, rest, from, expected) in [
        ("nothing said", &none, "2026-05-12 08:00", "Tue 12 May 08:00"),
        ("a day off", &part, "2026-05-12 15:00", "Thu 14 May 07:00"),
        ("over lunch", &lunch, "2026-05-12 10:30", "Tue 12 May 11:00"),
        ("before lunch", &lunch, "2026-05-12 09:59", "Tue 12 May 09:59"),
        ("over night", &mornings, "2026-05-12 07:00", "Tue 12 May 09:00"),
        ("a whole day", &german, "2026-05-14 08:00", "Fri 15 May 07:00"),
        ("away twice", &trip, "2026-05-12 08:00", "Fri 22 May 07:00"),
        ("out of office", &out, "2026-05-12 08:00", "Tue 12 May 09:30"),
    ] {
        assert_eq!(short(Availability::new(&program(), BERLIN, rest).next_open(utc(from))), expected, "{name}");
    }
    assert_eq!(
        Availability::new(&program(), BERLIN, &always).next_open(utc("2026-05-12 08:00")),
        DateTime::<Utc>::MAX_UTC
    );
}

#[test]
fn a_programmes_country_holds_for_who_named_none() {
    let mut program = program();
    program.country = Some("DE".parse().expect("Germany"));
    let open = |rest: &Rest| short(Availability::new(&program, BERLIN, rest).next_open(utc("2026-05-14 08:00")));
    assert_eq!(open(&rest(|_| {})), "Fri 15 May 07:00");
    assert_eq!(open(&rest(|rest| rest.holidays = Holidays::Work)), "Thu 14 May 08:00");
    assert_eq!(open(&rest(|rest| rest.holidays = Holidays::Of("US".parse().expect("a country")))), "Thu 14 May 08:00");
}

#[test]
fn a_pulse_is_open_for_days_on_which_one_works() {
    let german = rest(|rest| {
        rest.holidays = Holidays::Of("DE".parse().expect("Germany"));
        rest.away = vec![away("2026-05-15", "2026-05-16")];
    });
    let person = Availability::new(&program(), BERLIN, &german);
    assert_eq!(short(person.closes(utc("2026-05-12 08:00"), 3)), "Tue 19 May 15:00");
    assert_eq!(short(person.working_days_after(utc("2026-05-13 08:00"), 1)), "Mon 18 May 08:00");
    assert_eq!(person.working_days_after(utc("2026-05-13 08:00"), 0), utc("2026-05-13 08:00"));
}

#[test]
fn two_meet_on_a_day_that_is_open_for_both() {
    let (early, late) = (
        rest(|rest| rest.week = Some(week_of("Mon,Tue,Wed").expect("days"))),
        rest(|rest| rest.away = vec![away("2026-05-12", "2026-05-13")]),
    );
    let program = program();
    let sides = [Availability::new(&program, BERLIN, &early), Availability::new(&program, BERLIN, &late)];
    let first = common(sides, utc("2026-05-12 08:00"), utc("2026-05-16 08:00"));
    assert_eq!(first.map(short).as_deref(), Some("Wed 13 May 07:00"));
    assert_eq!(common(sides, utc("2026-05-14 08:00"), utc("2026-05-18 07:00")), None);
}

prop_compose! {
    fn rests()(
        week in prop::option::of(1..128u8),
        quiet in prop::option::of((0..1440u32, 0..1440u32)),
        days in prop::collection::vec((0..12u64, 0..4u64), 0..3),
    ) -> (Option<u8>, Option<(u32, u32)>, Vec<(u64, u64)>) {
        (week, quiet, days)
    }
}

fn cases() -> impl Strategy<Value = (Tz, DateTime<Utc>)> {
    (0..TZ_VARIANTS.len(), 1980..2037i32, 1..365u64, -3000..3000i64).prop_map(|(zone, year, start, minutes)| {
        let zone = TZ_VARIANTS[zone];
        let first = NaiveDate::from_ymd_opt(year, 1, 1).expect("a day") + Days::new(start);
        let change = first.iter_days().step_by(3).take(122).find_map(|day| change(zone, day));
        let near = change.unwrap_or_else(|| instant(zone, first.into()));
        (zone, DateTime::from_timestamp(near.timestamp() / 60 * 60, 0).expect("a time") + TimeDelta::minutes(minutes))
    })
}

proptest! {
    #[test]
    fn the_next_opening_is_that_of_a_wall_clock((zone, at) in cases(), (week, quiet, days) in rests(), span in (0..1000u32, 30..400u32)) {
        use Weekday::*;
        let all = [Mon, Tue, Wed, Thu, Fri, Sat, Sun];
        let set = |bits: u8| all.into_iter().filter(|day| bits >> day.num_days_from_monday() & 1 == 1).collect();
        let time = |minute: u32| NaiveTime::from_hms_opt(minute / 60, minute % 60, 0).expect("a time");
        let today = civil(zone, at).date();
        let rest = Rest {
            week: week.map(set),
            quiet: quiet.map(|(from, until)| Quiet { from: time(from), until: time(until) }),
            away: days.into_iter().map(|(from, days)| Span { from: today + Days::new(from), until: today + Days::new(from + days) }).collect(),
            ..Rest::default()
        };
        let mut program = program();
        let every: WeekdaySet = all.into_iter().collect();
        program.hours = WorkingHours::new(every, time(span.0), time(span.0 + span.1)).expect("hours");
        let person = Availability::new(&program, zone, &rest);
        let opening = person.next_open(at);
        let minutes = (0..60 * 24 * 30).map(|minute| at + TimeDelta::minutes(minute));
        let on_the_wall = { minutes }.find(|at| {
            let local = civil(zone, *at);
            program.hours.is_open(zone, *at)
                && rest.week.is_none_or(|week| { use chrono::Datelike; week.contains(local.date().weekday()) })
                && !rest.away.iter().any(|span| (span.from..span.until).contains(&local.date()))
                && !rest.quiet.is_some_and(|quiet| quiet.contains(local.time()))
        });
        match on_the_wall {
            Some(first) => prop_assert_eq!(opening, first),
            None => prop_assert!(opening > at + TimeDelta::days(30)),
        }
    }
}
