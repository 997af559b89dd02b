//! What is published of a week, as tables.

use super::*;
use crate::core::sample::utc;

/// `Design: 5 4, 3 / 2; : 4` is the group Design with two mentees, one who said 5 and 4, and a mentor who said 2; and a
/// mentee without a group.
pub fn said(text: &str) -> Vec<Said> {
    let mut all = Vec::new();
    for part in text.split(';').filter(|part| !part.trim().is_empty()) {
        let (group, sides) = part.split_once(':').unwrap_or(("", part));
        let group = Some(group.trim().to_owned()).filter(|group| !group.is_empty());
        for (role, side) in [Role::Mentee, Role::Mentor].into_iter().zip(sides.split('/')) {
            for own in side.split(',').filter(|own| !own.trim().is_empty()) {
                let person = PersonId::from(format!("T1:U{:03}", all.len()));
                all.extend(own.split_whitespace().map(|points| Said {
                    person: person.clone(),
                    role,
                    group: group.clone(),
                    points: points.parse().expect("points"),
                    given: utc("2026-05-26 08:00"),
                }));
            }
        }
    }
    all
}

fn name(group: &Group) -> &str {
    group.as_deref().unwrap_or("no group")
}

fn told(said: &[Said], k: u8) -> String {
    let thresholds = Thresholds::new(k, Vec::new());
    let Some(block) = block(Indicator::Growth, said, &thresholds, utc("2026-06-01 07:00")) else {
        return "nobody".to_owned();
    };
    let row = |row: &BlockRow| {
        let of = match &row.of {
            Cell::Programme => "all",
            Cell::Side(role) => role.as_str(),
            Cell::Group(group) => name(group),
        };
        format!("{of} {}/{} of {}", row.points, row.answers, row.people)
    };
    let mut told: Vec<String> = block.rows.iter().map(row).collect();
    let names = |groups: &[Group]| groups.iter().map(name).collect::<Vec<_>>().join(" ");
    let has_groups = block.small.iter().chain(&block.beside).any(|group| group.is_some());
    if has_groups && !block.small.is_empty() {
        told.push(format!("not {} (and {})", names(&block.small), names(&block.beside)));
    }
    if told.is_empty() { "nothing".to_owned() } else { told.join("; ") }
}

#[test]
fn without_groups_the_two_sides_are_told_where_both_are_enough() {
    for (text, expected) in [
        ("", "nobody"),
        ("4, 3 / 3", "nothing"),
        ("4, 3, 3 / 3, 2", "all 15/5 of 5"),
        ("4, 3, 3, 2, 5 / 3, 4, 4, 2", "all 30/9 of 9"),
        ("4 2, 3, 3, 2, 5 / 3, 4, 4, 2, 2", "all 34/11 of 10; mentee 19/6 of 5; mentor 15/5 of 5"),
        // Without doubt on one side there is the whole only, and without doubt about the whole there is nothing.
        ("5, 5, 5, 5, 5 / 3, 4, 4, 2, 2", "all 40/10 of 10"),
        ("5, 5, 5, 5, 5 / 5, 5, 5, 5, 5", "nothing"),
        ("5, 5, 5, 5, 4 / 5, 5, 5, 5, 4", "all 48/10 of 10; mentee 24/5 of 5; mentor 24/5 of 5"),
        ("1, 1, 1, 1, 1, 1, 1, 1 / 1", "nothing"),
        ("1, 1, 1, 1, 1, 1, 1, 1 / 2", "all 10/9 of 9"),
    ] {
        assert_eq!(told(&said(text), 5), expected, "{text}");
    }
}

#[test]
fn groups_too_small_are_left_out_with_company() {
    for (text, expected) in [
        ("Design: 4, 3, 2, 4, 3; Data: 5, 4, 3, 4, 4", "all 36/10 of 10; Data 20/5 of 5; Design 16/5 of 5"),
        // Design would be the whole less Data.
        ("Design: 4, 3, 2, 4; Data: 5, 4, 3, 4, 4", "all 33/9 of 9; not Design (and Data)"),
        (
            "Design: 4, 3, 2, 4; Data: 5, 4, 3, 4, 4; Sales: 3, 3, 3, 3, 3, 4",
            "all 52/15 of 15; Sales 19/6 of 6; not Design (and Data)",
        ),
        // Two small ones keep each other company.
        ("Design: 4, 3, 2, 4; Ops: 2; Data: 5, 4, 3, 4, 4", "all 35/10 of 10; Data 20/5 of 5; not Ops Design (and )"),
        (": 4, 3, 2, 4, 3; Data: 5, 4, 3, 4, 4", "all 36/10 of 10; no group 16/5 of 5; Data 20/5 of 5"),
        // One without doubt takes the others along.
        ("Design: 5, 5, 5, 5, 5; Data: 5, 4, 3, 4, 4; Ops: 3, 3, 3, 3, 3", "all 60/15 of 15"),
        ("Design: 4, 3; Data: 4, 3", "nothing; not"),
    ] {
        let expected = if expected == "nothing; not" { "not Data Design (and )" } else { expected };
        assert_eq!(told(&said(text), 5), expected, "{text}");
    }
}

#[test]
fn groups_and_sides_are_never_told_together() {
    let text = "Design: 4, 3, 2, 4, 3 / 3, 2, 4, 4, 3; Data: 5, 4, 3, 4, 4 / 2, 3, 3, 4, 4";
    assert_eq!(told(&said(text), 5), "all 68/20 of 20; Data 36/10 of 10; Design 32/10 of 10");
    let one = "Design: 4, 3, 2, 4, 3 / 3, 2, 4, 4, 3";
    assert_eq!(told(&said(one), 5), "all 32/10 of 10; mentee 16/5 of 5; mentor 16/5 of 5");
    let small = "Design: 4, 3, 2, 4, 3 / ; Data: / 2, 3, 3, 4";
    assert_eq!(told(&said(small), 5), "all 28/9 of 9; not Data (and Design)");
}

#[test]
fn somebody_on_both_sides_is_one_person() {
    let mut all = said("4, 3, 2, 3 / 3");
    all[4].person = all[0].person.clone();
    assert_eq!(told(&all, 5), "nothing");
    assert_eq!(told(&all, 4), "all 15/5 of 4");
}

#[test]
fn the_audit_stops_what_a_mistake_would_let_through() {
    let all = said("Design: 4, 3, 2, 4, 3 / 3; Data: 5, 4, 3, 4, 4 / 2");
    let row = |of| row(&all, of).expect("somebody");
    let groups = [Cell::Programme, Cell::Group(Some("Design".into()))].map(row);
    assert!(!isolates(&all, &groups, 5));
    let both = [Cell::Programme, Cell::Group(Some("Design".into())), Cell::Side(Role::Mentor)].map(row);
    assert!(isolates(&all, &both, 5), "two mentors");
}
