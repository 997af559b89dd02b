//! Cron lines against what people mean by them, in every zone and through every clock change.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::{TZ_VARIANTS, Tz};
use proptest::prelude::*;

use super::{Cadence, Strike, civil, instant};

fn cadence(line: &str) -> Cadence {
    Cadence::parse(line).unwrap_or_else(|error| panic!("{line}: {error}"))
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn utc(text: &str) -> DateTime<Utc> {
    format!("{text}:00Z").parse().unwrap()
}

/// The UTC instants of `line` on the local dates `from..=until`, as one string without seconds.
fn strikes(line: &str, zone: &str, from: &str, until: &str) -> String {
    let all: Vec<_> = cadence(line)
        .between(zone.parse().unwrap(), date(from), date(until))
        .map(|at| at.format("%m-%dT%H:%M").to_string())
        .collect();
    all.join(" ")
}

#[test]
fn weekdays_are_counted_as_unix_counts_them() {
    // 2026-03-01 is a Sunday, so the day of the month less one is the weekday.
    for (field, days) in [
        ("0", "01"),
        ("7", "01"),
        ("1", "02"),
        ("1-5", "02 03 04 05 06"),
        ("0,6", "01 07"),
        ("5-7", "01 06 07"),
        ("0-7", "01 02 03 04 05 06 07"),
        ("*/2", "01 03 05 07"),
        ("*/7", "01"),
        ("1-5/2", "02 04 06"),
        ("TUE", "03"),
        ("mon,Wed", "02 04"),
        ("SUN-TUE", "01 02 03"),
        ("SAT-SUN", "01 07"),
    ] {
        let seen: Vec<_> = cadence(&format!("0 10 * * {field}"))
            .between(Tz::UTC, date("2026-03-01"), date("2026-03-07"))
            .map(|at| at.format("%d").to_string())
            .collect();
        assert_eq!(seen.join(" "), days, "weekday field {field}");
    }
}

#[test]
fn lines_strike_when_people_expect_them() {
    for (line, zone, from, until, expected) in [
        ("0 10 * * TUE", "Asia/Kathmandu", "2026-01-01", "2026-01-13", "01-06T04:15 01-13T04:15"),
        ("*/30 9 1 * *", "UTC", "2026-01-01", "2026-02-28", "01-01T09:00 01-01T09:30 02-01T09:00 02-01T09:30"),
        ("5 4 29 2 *", "UTC", "2027-01-01", "2028-12-31", "02-29T04:05"),
        ("@weekly", "UTC", "2026-03-01", "2026-03-08", "03-01T00:00 03-08T00:00"),
        ("@Yearly", "UTC", "2026-01-01", "2026-12-31", "01-01T00:00"),
        ("0 0 1 jan-mar *", "UTC", "2026-01-01", "2026-12-31", "01-01T00:00 02-01T00:00 03-01T00:00"),
        // Both day fields restricted: either may fit, and a day that fits both counts once (13 March is a Friday).
        ("0 0 13 3 FRI", "UTC", "2026-03-06", "2026-03-20", "03-06T00:00 03-13T00:00 03-20T00:00"),
        // A field that begins with `*` restricts nothing by itself, so both must fit: odd days that are Mondays.
        ("0 0 */2 3 MON", "UTC", "2026-03-01", "2026-03-31", "03-09T00:00 03-23T00:00"),
        ("0 10 * * *", "UTC", "2026-01-02", "2026-01-01", ""),
    ] {
        assert_eq!(strikes(line, zone, from, until), expected, "{line} in {zone}");
    }
}

#[test]
fn both_clock_changes_keep_every_strike_once() {
    for (line, zone, from, until, expected) in [
        // Gap: 02:30 does not exist on 29 March and moves to 03:30, which is 01:30 UTC.
        ("30 2 * * *", "Europe/Berlin", "2026-03-28", "2026-03-30", "03-28T01:30 03-29T01:30 03-30T00:30"),
        // Fold: 02:30 occurs twice on 25 October; the first, in summer time, counts.
        ("30 2 * * *", "Europe/Berlin", "2026-10-24", "2026-10-26", "10-24T00:30 10-25T00:30 10-26T01:30"),
        // Moved strikes wait for their turn, and fall together with those that stand there already.
        ("30,45 2,3 * * *", "Europe/Berlin", "2026-03-29", "2026-03-29", "03-29T01:30 03-29T01:45"),
        ("50 2 * * *", "Australia/Lord_Howe", "2026-10-03", "2026-10-05", "10-02T16:20 10-03T15:50 10-04T15:50"),
        ("15 2 * * *", "Australia/Lord_Howe", "2026-10-03", "2026-10-05", "10-02T15:45 10-03T15:45 10-04T15:15"),
        ("45 1 * * *", "Australia/Lord_Howe", "2026-04-04", "2026-04-06", "04-03T14:45 04-04T14:45 04-05T15:15"),
        // The clocks go forward at midnight: 00:15 becomes 01:15 on the same day.
        ("15 0 * * *", "Africa/Cairo", "2026-04-23", "2026-04-25", "04-22T22:15 04-23T22:15 04-24T21:15"),
        ("15 0 * * *", "America/Santiago", "2026-09-05", "2026-09-07", "09-05T04:15 09-06T04:15 09-07T03:15"),
        // Samoa had no 30 December 2011.
        ("0 10 * * *", "Pacific/Apia", "2011-12-29", "2011-12-31", "12-29T20:00 12-30T20:00"),
    ] {
        assert_eq!(strikes(line, zone, from, until), expected, "{line} in {zone}");
    }
}

#[test]
fn a_moved_strike_is_found_from_behind_the_gap() {
    // At 03:15 summer time, what was meant for 02:30 is still to come, at 03:30.
    let next = cadence("30 2 * * *").next(Tz::Europe__Berlin, utc("2026-03-29T01:15")).unwrap();
    assert_eq!(next, Strike { at: utc("2026-03-29T01:30"), occurrence: date("2026-03-29") });
    // Its name is the civil date of the rule, even where the gap moved it into the next day: Samoa had no 30 December.
    let skipped = cadence("0 10 30 12 *").next(Tz::Pacific__Apia, utc("2011-12-01T00:00")).unwrap();
    assert_eq!(skipped, Strike { at: utc("2011-12-30T20:00"), occurrence: date("2011-12-30") });
    assert_eq!(civil(Tz::Pacific__Apia, skipped.at).date(), date("2011-12-31"));
}

#[test]
fn a_bad_line_is_refused_with_a_sentence() {
    for (line, expected) in [
        (
            "",
            "A cadence has five fields, minute, hour, day of month, month and weekday, such as `0 10 * * TUE`; `` has 0.",
        ),
        ("0 0 10 * * TUE", "such as `0 10 * * TUE`; `0 0 10 * * TUE` has 6."),
        ("60 * * * *", "The minute field does not take `60`: allowed are 0 to 59, `*`, ranges, lists and steps."),
        ("0 24 * * *", "The hour field does not take `24`: allowed are 0 to 23,"),
        ("0 0 0 * *", "The day of month field does not take `0`: allowed are 1 to 31,"),
        ("0 0 * 13 *", "The month field does not take `13`: allowed are 1 to 12 or JAN to DEC,"),
        ("0 0 * * 8", "The weekday field does not take `8`: allowed are 0 to 7 (0 and 7 are Sunday) or SUN to SAT,"),
        ("0 0 * * TUESDAY", "The weekday field does not take `TUESDAY`"),
        ("0 0 * * ?", "The weekday field does not take `?`"),
        ("0 0 L * *", "The day of month field does not take `L`"),
        ("0 0 * * 5-2", "The weekday field does not take `5-2`: a range goes from the smaller to the larger"),
        ("*/0 * * * *", "The minute field does not take `*/0`: a step is a number from 1 to 59."),
        ("5/10 * * * *", "The minute field does not take `5/10`: a step needs a range or `*`"),
        ("1,, * * * *", "The minute field does not take ``"),
        ("+1 * * * *", "The minute field does not take `+1`"),
        ("0 0 31 2 *", "`0 0 31 2 *` never strikes: no year has such a day."),
        ("0 0 31 4,6 *", "never strikes"),
        ("@reboot", "`@reboot` is not a known short name; there are @hourly,"),
    ] {
        let sentence = Cadence::parse(line).expect_err(line).to_string();
        assert!(sentence.contains(expected), "{line}: {sentence}");
    }
    assert!(Cadence::parse(&"1,".repeat(150)).unwrap_err().to_string().contains("at most 200 characters"));
}

#[test]
fn after_downtime_at_most_the_latest_is_due() {
    let weekly = cadence("0 10 * * TUE");
    let zone = Tz::Europe__Berlin;
    let due = |after, now| weekly.latest_due(zone, utc(after), utc(now)).map(|strike| strike.occurrence);
    assert_eq!(due("2026-01-01T00:00", "2026-01-06T08:59"), None);
    assert_eq!(due("2026-01-01T00:00", "2026-01-06T09:00"), Some(date("2026-01-06")));
    assert_eq!(due("2026-01-06T09:00", "2026-01-13T08:59"), None, "one that was handled is not due again");
    assert_eq!(due("2020-01-01T00:00", "2026-02-01T00:00"), Some(date("2026-01-27")));
    assert_eq!(due("2026-02-01T00:00", "2026-01-01T00:00"), None, "a clock that went back");
    let leap = cadence("0 0 29 2 *");
    let at = leap.latest_due(zone, utc("1990-01-01T00:00"), utc("2031-01-01T00:00")).unwrap();
    assert_eq!(at.occurrence, date("2028-02-29"));
}

#[test]
fn the_end_of_the_calendar_is_an_end_and_not_a_panic() {
    let daily = cadence("@daily");
    assert_eq!(daily.next(Tz::Asia__Kathmandu, DateTime::<Utc>::MAX_UTC), None);
    assert!(daily.next(Tz::America__Lima, DateTime::<Utc>::MIN_UTC).is_some());
    assert!(daily.next(Tz::Asia__Kathmandu, DateTime::<Utc>::MIN_UTC).is_some());
    assert_eq!(daily.latest_due(Tz::UTC, DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MIN_UTC), None);
    assert_eq!(daily.between(Tz::UTC, NaiveDate::MAX, NaiveDate::MAX).count(), 0);
}

#[test]
fn a_cadence_is_written_and_read_as_its_line() {
    let weekly = cadence(" 0 10 * * TUE ");
    assert_eq!(serde_json::to_string(&weekly).unwrap(), r#""0 10 * * TUE""#);
    assert_eq!(serde_json::from_str::<Cadence>(r#""0 10 * * TUE""#).unwrap(), weekly);
    let error = serde_json::from_str::<Cadence>(r#""0 10 * * 9""#).unwrap_err().to_string();
    assert!(error.contains("The weekday field"), "{error}");
}

#[test]
fn every_zone_strikes_once_a_day_all_year() {
    for zone in TZ_VARIANTS {
        for line in ["0 0 * * *", "30 1 * * *", "15 2 * * *", "59 23 * * *"] {
            let rule = cadence(line);
            let after = instant(zone, date("2026-01-01").into()) - TimeDelta::seconds(1);
            let year: Vec<Strike> = rule.strikes(zone, after).take(365).collect();
            assert!(year.is_sorted_by(|a, b| a.at < b.at), "{line} in {zone}");
            let days = year.iter().map(|strike| strike.occurrence);
            assert!(days.eq(date("2026-01-01").iter_days().take(365)), "{line} in {zone}: a day missing or doubled");
        }
    }
}

/// The instant of `civil` found by looking at a wall clock minute by minute, to compare with.
fn by_wall_clock(zone: Tz, civil: NaiveDateTime) -> DateTime<Utc> {
    let wall = |at: DateTime<Utc>| at.with_timezone(&zone).naive_local();
    let mut at = civil.and_utc() - TimeDelta::hours(27);
    while wall(at) < civil {
        at += TimeDelta::minutes(1);
    }
    // In a gap the clock jumped over `civil`: as much later as `civil` was past the last minute before the jump.
    let before = at - TimeDelta::minutes(1);
    if wall(at) == civil { at } else { before + (civil - wall(before)) }
}

prop_compose! {
    fn zones()(index in 0..TZ_VARIANTS.len()) -> Tz { TZ_VARIANTS[index] }
}

/// The civil dates around the clock changes of a year.
fn around_changes(zone: Tz, year: i32) -> Vec<NaiveDate> {
    let offset = |day: NaiveDate| zone.offset_from_utc_date(&day).to_string();
    let first = NaiveDate::from_ymd_opt(year, 1, 2).unwrap();
    first
        .iter_days()
        .take_while(|day| day.year() == year)
        .filter(|day| offset(*day) != offset(day.pred_opt().unwrap()))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn strikes_are_those_of_a_wall_clock(zone in zones(), year in 1975..2038, hour in 0..24u32, minutes in "(0|30|15,45|\\*/20)") {
        let rule = cadence(&format!("{minutes} {hour},{} * * *", (hour + 1) % 24));
        for day in around_changes(zone, year) {
            let (from, until) = (day.pred_opt().unwrap(), day.succ_opt().unwrap());
            let civil = rule.civil_times((from.pred_opt().unwrap()).into()).take_while(|civil| civil.date() <= until.succ_opt().unwrap());
            let mut expected: Vec<_> = civil.map(|civil| by_wall_clock(zone, civil)).collect();
            expected.sort();
            expected.dedup();
            let shown = |at: &DateTime<Utc>| (from..=until).contains(&at.with_timezone(&zone).date_naive());
            expected.retain(shown);
            let seen: Vec<_> = rule.between(zone, from, until).collect();
            prop_assert_eq!(seen, expected);
        }
    }

    #[test]
    fn where_one_starts_to_look_changes_nothing(zone in zones(), start in 0i64..2_000_000_000, minutes in 0..4000i64) {
        let rule = cadence("*/40 * * * *");
        let after = DateTime::from_timestamp(start, 0).unwrap();
        let later = after + TimeDelta::minutes(minutes);
        let all: Vec<_> = rule.strikes(zone, after).take(200).filter(|strike| strike.at > later).collect();
        let some: Vec<_> = rule.strikes(zone, later).take(all.len()).collect();
        prop_assert_eq!(&all, &some);
        let last = rule.strikes(zone, after).take_while(|strike| strike.at <= later).last();
        prop_assert_eq!(rule.latest_due(zone, after, later), last);
    }

    #[test]
    fn no_line_makes_it_panic(line in "[0-9*/,@A-Z -]{0,40}|\\PC{0,30}") {
        if let Ok(rule) = Cadence::parse(&line) {
            let _ = rule.next(Tz::Europe__Berlin, DateTime::UNIX_EPOCH);
        }
    }
}
