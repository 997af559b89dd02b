//! Planning by tables: a change of the case, a moment, and what is done then. Times are UTC; Berlin is two hours ahead.

mod own_time;

use insta::assert_snapshot;

use super::*;
use crate::core::pause::Span;
use crate::core::rest::{Pace, week_of};
use crate::core::sample::{closing_case, date, person, plan_case, program, short, utc};

type Case = (&'static str, fn(&mut PlanCase), &'static str);

/// One line for each case.
fn table(cases: &[Case]) -> String {
    let lines = cases.iter().map(|(name, change, now)| {
        let mut case = plan_case();
        change(&mut case);
        format!("{name}: {}", outcome(&plan(&case, utc(now))))
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn outcome(decision: &Decision) -> String {
    match &decision.changes[..] {
        [Change::LookAgain { next, .. }] => format!("look again {}", short(*next)),
        [Change::Unreachable { .. }, Change::LookAgain { next, .. }] => {
            format!("coordinators are told, look again {}", short(*next))
        }
        [Change::Planned { pulse, next, .. }] => {
            let side = |ask: &Ask| {
                let folded = if matches!(ask.state, AskState::Folded { .. }) { " folded" } else { "" };
                format!("{}-{}{folded}", short(ask.due), short(ask.closes))
            };
            let of = pulse.of.map(|of| format!(" of {of}")).unwrap_or_default();
            let (mentee, mentor) = (side(&pulse.mentee), side(&pulse.mentor));
            let both = if mentee == mentor { mentee } else { format!("{mentee} and {mentor}") };
            let posts = decision.messages.len();
            format!("{:?} {}{of}, {both}, {posts} posts, next {}", pulse.form, pulse.number, short(*next))
        }
        other => panic!("neither planned nor put off: {other:?}"),
    }
}

#[test]
fn a_pair_is_asked_when_it_is_ready() {
    let cases: &[Case] = &[
        ("on time", |_| {}, "2026-05-05 08:00"),
        ("a minute early", |_| {}, "2026-05-05 07:59"),
        ("asked already", |case| case.last_occurrence = Some(date("2026-05-05")), "2026-05-05 08:00"),
        ("not welcomed yet", |case| case.mentee_standing = Standing::Invited, "2026-05-05 08:00"),
        (
            "silent for less than three working days",
            |case| case.mentee_standing = Standing::Welcomed { at: utc("2026-05-04 07:00") },
            "2026-05-05 08:00",
        ),
        (
            "silent for three working days",
            |case| case.mentee_standing = Standing::Welcomed { at: utc("2026-05-07 07:00") },
            "2026-05-12 08:00",
        ),
        ("out", |case| case.mentor_standing = Standing::Declined { at: utc("2026-05-04 07:00") }, "2026-05-05 08:00"),
        ("ended", |case| case.pair.ended = Some(utc("2026-05-04 07:00")), "2026-05-05 08:00"),
        ("deactivated", |case| case.mentor.deactivated = Some(utc("2026-05-04 07:00")), "2026-05-05 08:00"),
        ("out of reach", |case| case.pair.unreachable = Some(utc("2026-05-04 07:00")), "2026-05-05 08:00"),
        ("out of reach a week ago", |case| case.pair.unreachable = Some(utc("2026-04-28 08:00")), "2026-05-05 08:00"),
        ("begins later", |case| case.pair.starts = date("2026-05-06"), "2026-05-05 08:00"),
        ("on the last day", |case| case.program.ends = Some(date("2026-05-05")), "2026-05-05 08:00"),
        ("after the last day", |case| case.program.ends = Some(date("2026-05-04")), "2026-05-05 08:00"),
    ];
    assert_snapshot!(table(cases), @"
    on time: Shared 1 of 26, Tue 5 May 08:00-Fri 8 May 15:00, 1 posts, next Tue 12 May 08:00
    a minute early: look again Tue 5 May 08:00
    asked already: look again Tue 12 May 08:00
    not welcomed yet: look again Tue 12 May 08:00
    silent for less than three working days: look again Tue 12 May 08:00
    silent for three working days: Shared 1 of 25, Tue 12 May 08:00-Fri 15 May 15:00, 1 posts, next Tue 19 May 08:00
    out: look again Tue 12 May 08:00
    ended: look again Tue 12 May 08:00
    deactivated: coordinators are told, look again Tue 12 May 08:00
    out of reach: look again Tue 12 May 08:00
    out of reach a week ago: Shared 1 of 26, Tue 5 May 08:00-Fri 8 May 15:00, 1 posts, next Tue 12 May 08:00
    begins later: look again Tue 12 May 08:00
    on the last day: Shared 1 of 1, Tue 5 May 08:00-Fri 8 May 15:00, 1 posts, next Tue 12 May 08:00
    after the last day: look again Tue 12 May 08:00
    ");
}

#[test]
fn a_pulse_is_due_in_the_hours_of_both() {
    let cases: &[Case] = &[
        ("Ana in New York", |case| case.mentee.zone = Tz::America__New_York, "2026-05-05 14:00"),
        ("Ravi in New York", |case| case.mentor.zone = Tz::America__New_York, "2026-05-05 08:00"),
        ("Ravi in Auckland", |case| case.mentor.zone = Tz::Pacific__Auckland, "2026-05-04 22:00"),
        ("a mentor of two", |case| case.mentors_pairs = 2, "2026-05-05 08:00"),
        ("a mentor of three", |case| case.mentors_pairs = 3, "2026-05-05 08:00"),
        ("open for one day", |case| case.program.open_days = 1, "2026-05-05 08:00"),
        ("never beyond the next one", |case| case.program.open_days = 9, "2026-05-05 08:00"),
        ("without an end", |case| case.program.ends = None, "2026-05-05 08:00"),
        ("the ninth", |case| (case.asked, case.last_occurrence) = (8, Some(date("2026-06-23"))), "2026-06-30 08:00"),
    ];
    assert_snapshot!(table(cases), @"
    Ana in New York: Shared 1 of 26, Tue 5 May 14:00-Fri 8 May 21:00, 1 posts, next Tue 12 May 08:00
    Ravi in New York: Shared 1 of 26, Tue 5 May 13:00-Fri 8 May 15:00, 1 posts, next Tue 5 May 14:00
    Ravi in Auckland: Private 1 of 26, Tue 5 May 08:00-Fri 8 May 15:00 and Mon 4 May 22:00-Fri 8 May 05:00, 2 posts, next Tue 5 May 08:00
    a mentor of two: Shared 1 of 26, Tue 5 May 08:00-Fri 8 May 15:00, 1 posts, next Tue 12 May 08:00
    a mentor of three: PrivateRows 1 of 26, Tue 5 May 08:00-Fri 8 May 15:00, 2 posts, next Tue 12 May 08:00
    open for one day: Shared 1 of 26, Tue 5 May 08:00-Wed 6 May 15:00, 1 posts, next Tue 12 May 08:00
    never beyond the next one: Shared 1 of 26, Tue 5 May 08:00-Tue 12 May 08:00, 1 posts, next Tue 12 May 08:00
    without an end: Shared 1, Tue 5 May 08:00-Fri 8 May 15:00, 1 posts, next Tue 12 May 08:00
    the ninth: Shared 9 of 26, Tue 30 Jun 08:00-Fri 3 Jul 15:00, 1 posts, next Tue 7 Jul 08:00
    ");
}

#[test]
fn what_comes_too_late_is_folded_into_the_next_one() {
    let cases: &[Case] = &[
        ("two hours late", |_| {}, "2026-05-05 10:00"),
        ("in the evening", |_| {}, "2026-05-05 15:00"),
        ("the next morning", |_| {}, "2026-05-06 07:00"),
        ("a minute before it closes", |_| {}, "2026-05-08 14:59"),
        ("when it closes", |_| {}, "2026-05-08 15:00"),
        ("a month later", |_| {}, "2026-06-03 20:00"),
        ("Ravi in New York, late for him", |case| case.mentor.zone = Tz::America__New_York, "2026-05-05 15:00"),
        ("each alone, late for Ravi", |case| case.mentor.zone = Tz::Pacific__Auckland, "2026-05-05 08:00"),
    ];
    assert_snapshot!(table(cases), @"
    two hours late: Shared 1 of 26, Tue 5 May 08:00-Fri 8 May 15:00, 1 posts, next Tue 12 May 08:00
    in the evening: Shared 1 of 26, Tue 5 May 08:00-Fri 8 May 15:00 folded, 0 posts, next Tue 12 May 08:00
    the next morning: Shared 1 of 26, Tue 5 May 08:00-Fri 8 May 15:00, 1 posts, next Tue 12 May 08:00
    a minute before it closes: Shared 1 of 26, Tue 5 May 08:00-Fri 8 May 15:00, 1 posts, next Tue 12 May 08:00
    when it closes: Shared 1 of 26, Tue 5 May 08:00-Fri 8 May 15:00 folded, 0 posts, next Tue 12 May 08:00
    a month later: Shared 1 of 22, Tue 2 Jun 08:00-Fri 5 Jun 15:00 folded, 0 posts, next Tue 9 Jun 08:00
    Ravi in New York, late for him: Shared 1 of 26, Tue 5 May 13:00-Fri 8 May 15:00 folded, 0 posts, next Tue 12 May 08:00
    each alone, late for Ravi: Private 1 of 26, Tue 5 May 08:00-Fri 8 May 15:00 and Mon 4 May 22:00-Fri 8 May 05:00 folded, 1 posts, next Mon 11 May 22:00
    ");
}

#[test]
fn a_welcome_waits_for_working_hours() {
    let due = |now| short(welcome(&program(), &person("Ana"), &Rest::default(), utc(now)).due);
    assert_eq!(due("2026-05-04 06:59"), "Mon 4 May 07:00");
    assert_eq!(due("2026-05-04 14:59"), "Mon 4 May 14:59");
    assert_eq!(due("2026-05-08 15:00"), "Mon 11 May 07:00");
}

#[test]
fn closing_is_seen_in_an_app_home_that_is_open() {
    let mut case = closing_case();
    case.home_opened = vec![person("Ana").id];
    let decision = close(&case, utc("2026-05-08 15:00"));
    assert_eq!(decision.messages, [Message::Home { person: person("Ana").id }.at(utc("2026-05-08 15:00"))]);
}

fn cadence(case: &mut PlanCase, line: &str) {
    case.program.cadence = crate::core::cadence::Cadence::parse(line).expect("a cadence");
}

#[test]
fn an_occurrence_is_one_day_and_one_message() {
    let cases: &[Case] = &[
        ("Friday evening and Sunday: the first", |case| cadence(case, "0 18 * * FRI,SUN"), "2026-05-08 16:00"),
        ("the second", |case| cadence(case, "0 18 * * FRI,SUN"), "2026-05-10 16:00"),
        ("twice a day: the first strike", |case| cadence(case, "0 10,15 * * TUE"), "2026-05-05 08:00"),
        (
            "the second strike of that day",
            |case| {
                cadence(case, "0 10,15 * * TUE");
                case.last_occurrence = Some(date("2026-05-05"));
            },
            "2026-05-05 13:00",
        ),
        ("daily", |case| cadence(case, "0 10 * * *"), "2026-05-05 08:00"),
        ("daily, on Saturday", |case| cadence(case, "0 10 * * *"), "2026-05-09 08:00"),
        ("daily, on Sunday", |case| cadence(case, "0 10 * * *"), "2026-05-10 08:00"),
    ];
    assert_snapshot!(table(cases), @"
    Friday evening and Sunday: the first: Shared 1 of 52, Mon 11 May 07:00-Sun 10 May 16:00 folded, 0 posts, next Sun 10 May 16:00
    the second: Shared 1 of 51, Mon 11 May 07:00-Thu 14 May 15:00, 1 posts, next Fri 15 May 16:00
    twice a day: the first strike: Shared 1 of 26, Tue 5 May 08:00-Fri 8 May 15:00, 1 posts, next Tue 5 May 13:00
    the second strike of that day: look again Tue 12 May 08:00
    daily: Shared 1 of 181, Tue 5 May 08:00-Wed 6 May 08:00, 1 posts, next Wed 6 May 08:00
    daily, on Saturday: Shared 1 of 177, Mon 11 May 07:00-Sun 10 May 08:00 folded, 0 posts, next Sun 10 May 08:00
    daily, on Sunday: Shared 1 of 176, Mon 11 May 07:00-Mon 11 May 08:00, 1 posts, next Mon 11 May 08:00
    ");
}

/// Ana's week has so many messages of other programmes already.
fn full(case: &mut PlanCase, who: &str, count: usize) {
    let due = utc("2026-05-05 07:00");
    let other = |n: usize| Spent::on(&person(who).id, Tz::Europe__Berlin, due, format!("other:{n}").into());
    case.spent.extend((0..count).map(other));
}

#[test]
fn a_full_week_is_not_asked_and_not_missed() {
    let cases: &[Case] = &[
        ("two so far", |case| full(case, "Ana", 2), "2026-05-05 08:00"),
        ("three so far", |case| full(case, "Ana", 3), "2026-05-05 08:00"),
        ("three of the other side", |case| full(case, "Ravi", 3), "2026-05-05 08:00"),
        ("three of the week before", |case| full(case, "Ana", 3), "2026-05-12 08:00"),
        (
            "to each alone",
            |case| {
                case.mentor.zone = Tz::America__Los_Angeles;
                full(case, "Ravi", 3);
            },
            "2026-05-05 08:00",
        ),
        (
            "a row for each of many mentees",
            |case| {
                case.mentors_pairs = 3;
                let occurrence = date("2026-05-05");
                let (program, person) = (program().id, person("Ravi").id);
                let same = Message::MentorPulses { program, person: person.clone(), occurrence };
                full(case, "Ravi", 2);
                case.spent.push(Spent::on(&person, Tz::Europe__Berlin, utc("2026-05-05 08:00"), same.name()));
            },
            "2026-05-05 08:00",
        ),
    ];
    assert_snapshot!(table(cases), @"
    two so far: Shared 1 of 26, Tue 5 May 08:00-Fri 8 May 15:00, 1 posts, next Tue 12 May 08:00
    three so far: Shared 1 of 26, Tue 5 May 08:00-Fri 8 May 15:00 folded, 0 posts, next Tue 12 May 08:00
    three of the other side: Shared 1 of 26, Tue 5 May 08:00-Fri 8 May 15:00 folded, 0 posts, next Tue 12 May 08:00
    three of the week before: Shared 1 of 25, Tue 12 May 08:00-Fri 15 May 15:00, 1 posts, next Tue 19 May 08:00
    to each alone: Private 1 of 26, Tue 5 May 08:00-Fri 8 May 15:00 and Tue 5 May 17:00-Sat 9 May 00:00 folded, 1 posts, next Tue 5 May 17:00
    a row for each of many mentees: PrivateRows 1 of 26, Tue 5 May 08:00-Fri 8 May 15:00, 2 posts, next Tue 12 May 08:00
    ");
}

#[test]
fn a_welcome_says_how_many_messages_to_expect() {
    for (cadence, as_mentee, as_mentor, allowed, expected) in [
        ("0 10 * * TUE", 1, 0, 3, 3),
        ("0 10 * * TUE", 1, 0, 2, 2),
        ("0 10 * * TUE", 0, 3, 1, 1),
        ("0 10 * * TUE,THU", 1, 7, 3, 3),
        ("0 10,15 * * MON-FRI", 1, 0, 2, 2),
        // A pulse, an agreement that is opened and a nudge can meet in one week.
        ("0 10 1,15 * *", 1, 0, 3, 3),
        ("0 10 1 1 *", 1, 0, 3, 3),
    ] {
        let mut program = program();
        program.weekly = allowed;
        program.cadence = crate::core::cadence::Cadence::parse(cadence).expect("a cadence");
        assert_eq!(weekly(&program, as_mentee, as_mentor), expected, "{cadence} {as_mentee} {as_mentor} {allowed}");
    }
}
