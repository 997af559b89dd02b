//! A person's own time and pauses: when the two are asked then, and what counts as missed.

use insta::assert_snapshot;

use super::*;

/// A pause from the first of these days to the day before the second.
fn span(from: &str, until: &str) -> Span {
    Span { from: date(from), until: date(until) }
}

#[test]
fn nothing_is_asked_in_a_pause_and_nothing_is_made_up_for() {
    let cases: &[Case] = &[
        ("before it", |case| case.pauses = vec![span("2026-05-06", "2026-05-20")], "2026-05-05 08:00"),
        ("in it", |case| case.pauses = vec![span("2026-05-05", "2026-05-19")], "2026-05-05 08:00"),
        ("on its last day", |case| case.pauses = vec![span("2026-04-22", "2026-05-06")], "2026-05-05 08:00"),
        ("on the day after", |case| case.pauses = vec![span("2026-04-21", "2026-05-05")], "2026-05-05 08:00"),
        ("the evening after", |case| case.pauses = vec![span("2026-05-04", "2026-05-06")], "2026-05-06 08:00"),
        (
            "in two that touch",
            |case| {
                case.pauses = vec![span("2026-05-01", "2026-05-06"), span("2026-05-06", "2026-05-13")];
            },
            "2026-05-05 08:00",
        ),
        ("ended on its first day", |case| case.pauses = vec![span("2026-05-05", "2026-05-05")], "2026-05-05 08:00"),
    ];
    assert_snapshot!(table(cases), @"
    before it: Shared 1 of 26, Tue 5 May 08:00-Fri 8 May 15:00, 1 posts, next Tue 12 May 08:00
    in it: look again Tue 19 May 08:00
    on its last day: look again Tue 12 May 08:00
    on the day after: Shared 1 of 26, Tue 5 May 08:00-Fri 8 May 15:00, 1 posts, next Tue 12 May 08:00
    the evening after: look again Tue 12 May 08:00
    in two that touch: look again Tue 12 May 08:00
    ended on its first day: Shared 1 of 26, Tue 5 May 08:00-Fri 8 May 15:00, 1 posts, next Tue 12 May 08:00
    ");
}

#[test]
fn people_are_asked_in_their_own_time() {
    let cases: &[Case] = &[
        (
            "Ravi has Tuesdays off",
            |case| case.rests[1].week = Some(week_of("Mon,Wed,Thu,Fri").expect("days")),
            "2026-05-05 08:00",
        ),
        (
            "Ana reads nothing before noon",
            |case| case.rests[0].quiet = Some("00:00-12:00".parse().expect("hours")),
            "2026-05-05 08:00",
        ),
        (
            "no hour in common",
            |case| {
                case.rests[0].week = Some(week_of("Mon,Tue").expect("days"));
                case.rests[1].week = Some(week_of("Wed,Thu,Fri").expect("days"));
            },
            "2026-05-05 08:00",
        ),
        (
            "a holiday",
            |case| {
                case.program.country = Some("NL".parse().expect("the Netherlands"));
                case.program.cadence = crate::core::cadence::Cadence::parse("0 10 * * MON").expect("a cadence");
            },
            "2026-05-25 08:00",
        ),
        (
            "Ravi away for two days",
            |case| case.rests[1].away = vec![span("2026-05-05", "2026-05-07")],
            "2026-05-05 08:00",
        ),
        (
            "Ravi away for two weeks",
            |case| case.rests[1].away = vec![span("2026-05-05", "2026-05-19")],
            "2026-05-05 08:00",
        ),
        ("Ravi away by his status", |case| case.rests[1].out = Some(utc("2026-05-13 15:00")), "2026-05-05 08:00"),
    ];
    assert_snapshot!(table(cases), @"
    Ravi has Tuesdays off: Shared 1 of 26, Wed 6 May 07:00-Mon 11 May 15:00, 1 posts, next Tue 12 May 08:00
    Ana reads nothing before noon: Shared 1 of 26, Tue 5 May 10:00-Fri 8 May 15:00, 1 posts, next Tue 12 May 08:00
    no hour in common: Private 1 of 26, Tue 5 May 08:00-Tue 12 May 08:00 and Wed 6 May 07:00-Tue 12 May 08:00, 2 posts, next Tue 12 May 08:00
    a holiday: Shared 1 of 23, Tue 26 May 07:00-Fri 29 May 15:00, 1 posts, next Mon 1 Jun 08:00
    Ravi away for two days: Shared 1 of 26, Thu 7 May 07:00-Tue 12 May 08:00, 1 posts, next Tue 12 May 08:00
    Ravi away for two weeks: look again Tue 19 May 08:00
    Ravi away by his status: Private 1 of 26, Tue 5 May 08:00-Fri 8 May 15:00 and Thu 14 May 07:00-Tue 12 May 08:00 folded, 1 posts, next Tue 12 May 08:00
    ");
}

#[test]
fn somebody_may_be_asked_every_second_time_or_never() {
    let cases: &[Case] = &[
        ("Ana for the first time", |case| case.rests[0].pace = Pace::Second, "2026-05-12 08:00"),
        (
            "Ana was asked the last time",
            |case| {
                case.rests[0].pace = Pace::Second;
                (case.last_occurrence, case.asked_on) = (Some(date("2026-05-05")), [Some(date("2026-05-05")); 2]);
            },
            "2026-05-12 08:00",
        ),
        (
            "Ana was not asked the last time",
            |case| {
                case.rests[0].pace = Pace::Second;
                case.last_occurrence = Some(date("2026-05-12"));
                case.asked_on = [Some(date("2026-05-05")), Some(date("2026-05-12"))];
            },
            "2026-05-19 08:00",
        ),
        ("Ana never", |case| case.rests[0].pace = Pace::Never, "2026-05-12 08:00"),
        (
            "neither",
            |case| case.rests = [Pace::Never; 2].map(|pace| Rest { pace, ..Rest::default() }),
            "2026-05-12 08:00",
        ),
    ];
    assert_snapshot!(table(cases), @"
    Ana for the first time: Shared 1 of 25, Tue 12 May 08:00-Fri 15 May 15:00, 1 posts, next Tue 19 May 08:00
    Ana was asked the last time: Private 1 of 25, Tue 12 May 08:00-Fri 15 May 15:00 folded and Tue 12 May 08:00-Fri 15 May 15:00, 1 posts, next Tue 19 May 08:00
    Ana was not asked the last time: Shared 1 of 24, Tue 19 May 08:00-Fri 22 May 15:00, 1 posts, next Tue 26 May 08:00
    Ana never: Private 1 of 25, Tue 12 May 08:00-Fri 15 May 15:00 folded and Tue 12 May 08:00-Fri 15 May 15:00, 1 posts, next Tue 19 May 08:00
    neither: Private 1 of 25, Tue 12 May 08:00-Fri 15 May 15:00 folded, 0 posts, next Tue 19 May 08:00
    ");
}

#[test]
fn who_was_away_has_missed_nothing() {
    let mut case = closing_case();
    case.rests[1].away = vec![span("2026-05-07", "2026-05-21")];
    let changes = close(&case, utc("2026-05-08 15:00")).changes;
    let skipped = |change: &Change| matches!(change, Change::AskSkipped { role: Role::Mentor, .. });
    assert_eq!(changes.iter().filter(|change| skipped(change)).count(), 1);
    assert_eq!(changes.len(), 2, "the other one could have answered");
}

#[test]
fn what_is_open_in_a_pause_is_not_missed() {
    let check = |pauses: &[Span], answered: bool, expected: &str| {
        let mut case = closing_case();
        if answered {
            case.pulse.mentee.state = AskState::Answered { at: utc("2026-05-05 09:00") };
        }
        case.pauses = pauses.to_vec();
        let changes = close(&case, utc("2026-05-08 15:00")).changes;
        let said = changes.iter().map(|change| match change {
            Change::AskSkipped { role, .. } => format!("{role} skipped"),
            Change::Closed { .. } => "closed".to_owned(),
            other => panic!("{other:?}"),
        });
        assert_eq!(said.collect::<Vec<_>>().join(", "), expected, "{pauses:?}");
    };
    check(&[], false, "closed");
    check(&[span("2026-05-07", "2026-05-21")], false, "mentee skipped, mentor skipped, closed");
    check(&[span("2026-05-07", "2026-05-21")], true, "mentor skipped, closed");
    check(&[span("2026-05-08", "2026-05-22")], false, "mentee skipped, mentor skipped, closed");
    check(&[span("2026-05-09", "2026-05-23")], false, "closed");
    check(&[span("2026-04-21", "2026-05-05")], false, "closed");
    check(&[span("2026-05-06", "2026-05-06")], false, "closed");
}
