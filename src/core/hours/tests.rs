//! Working time against a clock on the wall, minute by minute, in every zone.

use chrono_tz::TZ_VARIANTS;
use proptest::prelude::*;

use super::*;

fn hours(text: &str) -> WorkingHours {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn utc(text: &str) -> DateTime<Utc> {
    format!("{text}:00Z").parse().unwrap()
}

/// An instant by the clocks of a zone.
fn local(zone: Tz, text: &str) -> DateTime<Utc> {
    instant(zone, format!("{text}:00").parse().unwrap())
}

fn shown(zone: Tz, at: DateTime<Utc>) -> String {
    civil(zone, at).format("%a %m-%d %H:%M").to_string()
}

const BERLIN: Tz = Tz::Europe__Berlin;

#[test]
fn hours_are_read_and_written_as_people_write_them() {
    for (text, written) in [
        ("Mon-Fri 09:00-17:00", "Mon-Fri 09:00-17:00"),
        ("  monday-friday 9:00-17:00", "Mon-Fri 09:00-17:00"),
        ("Sun-Thu 08:30-16:45", "Mon-Thu,Sun 08:30-16:45"),
        ("mon, Wed ,FRI 10:00-10:01", "Mon,Wed,Fri 10:00-10:01"),
        ("Sat,Sun 00:00-23:59", "Sat,Sun 00:00-23:59"),
        ("Tue 09:00-17:00", "Tue 09:00-17:00"),
    ] {
        assert_eq!(hours(text).to_string(), written);
        assert_eq!(hours(written), hours(text));
    }
    assert_eq!(WorkingHours::default(), hours("Mon-Fri 09:00-17:00"));
    let json = serde_json::to_string(&WorkingHours::default()).unwrap();
    assert_eq!(json, r#""Mon-Fri 09:00-17:00""#);
    assert_eq!(serde_json::from_str::<WorkingHours>(&json).unwrap(), WorkingHours::default());
}

#[test]
fn bad_hours_are_refused_with_a_sentence() {
    for (text, sentence) in [
        ("Mon-Fri 17:00-09:00", "Working hours end later on the day on which they begin; `17:00-09:00` does not."),
        ("Mon-Fri 09:00-09:00", "`09:00-09:00` does not"),
        (
            "Mon-Fri 09:00-24:00",
            "`09:00-24:00` are not working hours; write them like `09:00-17:00`, from 00:00 to 23:59.",
        ),
        ("Mon-Fri 9-17", "`9-17` are not working hours"),
        ("Mon-Fri", "write days and hours like `Mon-Fri 09:00-17:00`"),
        ("Mon-Fre 09:00-17:00", "`Mon-Fre` are not days of the week; write them like `Mon-Fri` or `Mon,Wed,Fri`."),
        ("Mon,,Fri 09:00-17:00", "are not days of the week"),
        ("", "are not working hours"),
    ] {
        let refusal = text.parse::<WorkingHours>().expect_err(text).to_string();
        assert!(refusal.contains(sentence), "{text}: {refusal}");
    }
    let none = WorkingHours::new(WeekdaySet::EMPTY, NaiveTime::MIN, WorkingHours::default().until());
    assert_eq!(none.unwrap_err().to_string(), "Working hours need at least one day of the week.");
}

#[test]
fn work_begins_with_the_first_minute_and_ends_before_the_last() {
    for (at, open) in [
        ("2026-06-01T08:59", false),
        ("2026-06-01T09:00", true),
        ("2026-06-01T16:59", true),
        ("2026-06-01T17:00", false),
        ("2026-06-06T12:00", false),
    ] {
        assert_eq!(WorkingHours::default().is_open(BERLIN, local(BERLIN, at)), open, "{at}");
    }
}

#[test]
fn the_next_opening_is_found_over_weekends_and_clock_changes() {
    let zone = BERLIN;
    for (text, at, opens) in [
        ("Mon-Fri 09:00-17:00", "2026-06-01T12:34", "Mon 06-01 12:34"),
        ("Mon-Fri 09:00-17:00", "2026-06-05T17:00", "Mon 06-08 09:00"),
        ("Mon-Fri 09:00-17:00", "2026-03-27T18:00", "Mon 03-30 09:00"),
        // 02:30 does not exist on 29 March: work begins when the clock has jumped to 03:00.
        ("Sun 02:30-09:00", "2026-03-29T00:00", "Sun 03-29 03:00"),
        // These hours do not exist that day, so it is the Sunday after.
        ("Sun 02:10-02:50", "2026-03-29T00:00", "Sun 04-05 02:10"),
        ("Sun 02:30-09:00", "2026-10-25T00:00", "Sun 10-25 02:30"),
    ] {
        assert_eq!(shown(zone, hours(text).next_open(zone, local(zone, at))), opens, "{text} from {at}");
    }
    // The hour from two to three comes twice on 25 October: closed at 02:45 summer time, open again at 02:30 winter time.
    let night = hours("Sun 02:30-02:45");
    assert_eq!(night.next_open(zone, utc("2026-10-25T00:45")), utc("2026-10-25T01:30"));
    // Open when the clock jumps back into the hours.
    assert_eq!(hours("Sun 01:30-02:30").next_open(zone, utc("2026-10-25T00:30")), utc("2026-10-25T01:00"));
}

#[test]
fn the_evening_before_can_come_again() {
    // In Newfoundland the clocks went back from 00:01 to 23:01 of the day before.
    let zone = Tz::America__St_Johns;
    assert_eq!(shown(zone, utc("2010-11-07T02:30")), "Sun 11-07 00:00");
    assert_eq!(hours("Sat 23:10-23:50").next_open(zone, utc("2010-11-07T02:30")), utc("2010-11-07T02:40"));
}

#[test]
fn working_days_are_counted_by_the_local_calendar() {
    let weekly = WorkingHours::default();
    for (at, count, later) in [
        ("2026-06-01T10:00", 1, "Tue 06-02 10:00"),
        ("2026-06-05T10:00", 1, "Mon 06-08 10:00"),
        ("2026-06-06T10:00", 1, "Mon 06-08 10:00"),
        ("2026-06-05T10:00", 3, "Wed 06-10 10:00"),
        ("2026-06-05T10:00", 0, "Fri 06-05 10:00"),
        ("2026-03-27T10:00", 1, "Mon 03-30 10:00"),
        ("2026-10-23T10:00", 1, "Mon 10-26 10:00"),
    ] {
        let at = local(BERLIN, at);
        assert_eq!(shown(BERLIN, weekly.working_days_after(BERLIN, at, count)), later);
    }
}

#[test]
fn a_pulse_asked_on_tuesday_closes_on_friday() {
    for (text, asked, closes) in [
        ("Mon-Fri 09:00-17:00", "2026-06-02T10:00", "Fri 06-05 17:00"),
        ("Mon-Fri 09:00-17:00", "2026-06-04T10:00", "Tue 06-09 17:00"),
        ("Mon-Fri 09:00-17:00", "2026-03-26T10:00", "Tue 03-31 17:00"),
        ("Sun-Thu 08:00-16:00", "2026-06-02T10:00", "Sun 06-07 16:00"),
        ("Tue,Thu 08:00-12:30", "2026-06-02T10:00", "Thu 06-11 12:30"),
    ] {
        assert_eq!(shown(BERLIN, hours(text).closes(BERLIN, local(BERLIN, asked), 3)), closes, "{text}, {asked}");
    }
}

#[test]
fn two_find_the_first_hour_that_both_work() {
    let weekly = WorkingHours::default();
    let find = |one: Tz, other: Tz, at: &str| {
        common([(&weekly, one), (&weekly, other)], utc(at), utc(at) + TimeDelta::days(7))
            .map(|at| at.format("%a %dT%H:%M").to_string())
    };
    use chrono_tz::{America, Asia, Pacific};
    // 2026-06-01 is a Monday.
    assert_eq!(find(BERLIN, BERLIN, "2026-06-01T00:00").as_deref(), Some("Mon 01T07:00"));
    assert_eq!(find(BERLIN, America::New_York, "2026-06-01T00:00").as_deref(), Some("Mon 01T13:00"));
    assert_eq!(find(America::New_York, BERLIN, "2026-06-01T15:00").as_deref(), Some("Tue 02T13:00"));
    assert_eq!(find(BERLIN, Asia::Kathmandu, "2026-06-05T11:15").as_deref(), Some("Mon 08T07:00"));
    assert_eq!(find(BERLIN, America::Los_Angeles, "2026-06-01T00:00"), None);
    assert_eq!(find(BERLIN, Pacific::Auckland, "2026-06-01T00:00"), None);
    let early = hours("Mon 00:00-04:00");
    let none = common([(&weekly, BERLIN), (&early, BERLIN)], utc("2026-06-01T00:00"), DateTime::<Utc>::MAX_UTC);
    assert_eq!(none, None, "a search without a limit ends too");
}

#[test]
fn the_ends_of_the_calendar_do_not_panic() {
    let weekly = WorkingHours::default();
    for zone in [Tz::Pacific__Kiritimati, Tz::Pacific__Niue] {
        for at in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
            let _ = (weekly.is_open(zone, at), weekly.next_open(zone, at), weekly.closes(zone, at, 3));
            let _ = (weekly.working_days_after(zone, at, u16::MAX), common([(&weekly, zone); 2], at, at));
        }
    }
}

prop_compose! {
    fn spans()(days in 1..128u8, from in 0..1439u32, length in 1..1439u32) -> WorkingHours {
        use Weekday::*;
        let set = [Mon, Tue, Wed, Thu, Fri, Sat, Sun].into_iter().filter(|day| days >> day.num_days_from_monday() & 1 == 1);
        let time = |minute: u32| NaiveTime::from_hms_opt(minute / 60, minute % 60, 0).unwrap();
        WorkingHours::new(set.collect(), time(from), time((from + length).min(1439))).unwrap()
    }
}

prop_compose! {
    fn zones()(index in 0..TZ_VARIANTS.len()) -> Tz { TZ_VARIANTS[index] }
}

/// Instants near the clock changes of the zone, and anywhere; always a whole minute. Until 1972 the clocks of Monrovia were
/// half a minute off, so that all begin in 1973.
fn instants(zone: Tz) -> impl Strategy<Value = DateTime<Utc>> {
    let any = (1_580_000..35_000_000i64).prop_map(|minute| DateTime::from_timestamp(minute * 60, 0).unwrap());
    let near = (1980..2037i32, 1..365u64, -3000..3000i64).prop_map(move |(year, start, minutes)| {
        let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap() + Days::new(start);
        let change = first.iter_days().step_by(3).take(122).find_map(|day| change(zone, day));
        change.unwrap_or_else(|| instant(zone, first.into())) + TimeDelta::minutes(minutes)
    });
    prop_oneof![1 => any, 4 => near]
}

fn cases() -> impl Strategy<Value = (Tz, DateTime<Utc>)> {
    zones().prop_flat_map(|zone| (Just(zone), instants(zone)))
}

proptest! {
    #[test]
    fn the_next_opening_is_that_of_a_wall_clock(hours in spans(), (zone, at) in cases()) {
        let opening = hours.next_open(zone, at);
        prop_assert!(hours.is_open(zone, opening));
        let mut minute = at;
        while !hours.is_open(zone, minute) {
            minute += TimeDelta::minutes(1);
        }
        prop_assert_eq!(opening, minute);
    }

    #[test]
    fn what_is_common_is_open_for_both_and_nothing_earlier_is(
        one in spans(), other in spans(), (zone, at) in cases(), there in zones(), hours in 1..80i64
    ) {
        let before = at + TimeDelta::hours(hours);
        let minutes = (0..hours * 60).map(|minute| at + TimeDelta::minutes(minute));
        let expected = { minutes }.find(|at| one.is_open(zone, *at) && other.is_open(there, *at));
        prop_assert_eq!(common([(&one, zone), (&other, there)], at, before), expected);
    }

    #[test]
    fn working_days_lie_on_working_days_and_rise(hours in spans(), (zone, at) in cases(), count in 1..12u16) {
        let later = hours.working_days_after(zone, at, count);
        prop_assert!(later > at);
        prop_assert!(hours.closes(zone, at, 3) > at);
        let (from, to) = (civil(zone, at).date(), civil(zone, later).date());
        let passed = from.iter_days().skip(1).take_while(|day| *day <= to).filter(|day| hours.is_working_day(*day)).count();
        // A time that the clocks skip around midnight moves into the day after.
        prop_assert!((usize::from(count)..=usize::from(count) + 1).contains(&passed));
    }
}
