//! What holds for every file, not only for those that somebody thought of.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::super::{Existing, Import, Known, Roster, check, read};
use super::judging::{people, today};
use super::{Bytes, told};

fn import(roster: &Roster, pairs: &[Existing]) -> Import {
    let programs = ["Spring".to_owned(), "Autumn".to_owned()];
    check(roster, &Known { people: &people(), pairs, programs: &programs, program: Some("Spring"), today: today() })
}

fn lines(import: &Import) -> Vec<usize> {
    let added = import.added.iter().map(|pair| pair.line);
    let there = import.already_there.iter().map(|pair| pair.line);
    let mut lines: Vec<_> = added.chain(there).chain(import.left_out.iter().map(|left| left.line)).collect();
    lines.sort_unstable();
    lines
}

/// A cell as it may stand in a column for people: members, others, and nobody.
fn person() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => prop::sample::select(vec!["ann@x.org", "BO@x.org", "Cy <cy@x.org>", "U4", "<@U1>", "U2", "ed@x.org"]),
        2 => prop::sample::select(vec!["gone@x.org", "robot@x.org", "guest@x.org", "U13", "zoe@x.org", "José", "", "a@x.org;b@x.org"]),
    ]
    .prop_map(str::to_owned)
}

fn label() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "",
        "Spring",
        "autumn",
        "Winter",
        "a \"word\"",
        "one\ntwo",
        "1,2;3\t4",
        "Größe – “x”",
        "ÿ",
    ])
    .prop_map(str::to_owned)
}

fn date() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["", "2026-03-14", "14.3.2026", "03/04/2026", "soon", "2020-01-01"])
        .prop_map(str::to_owned)
}

/// The cells of some rows, in the order of [`HEADER`].
fn rows() -> impl Strategy<Value = Vec<[String; 6]>> {
    let row = (person(), person(), date(), date(), label(), label());
    let row = row.prop_map(|(mentor, mentee, start, end, program, name)| [mentor, mentee, start, end, program, name]);
    prop::collection::vec(row, 1..30)
}

const HEADER: [&str; 6] = ["Mentor", "Mentee", "Start date", "End date", "Program", "Match name"];

fn written(rows: &[[String; 6]], delimiter: &str, ending: &str) -> String {
    let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\"").replace('\n', ending));
    let mut text = HEADER.join(delimiter) + ending;
    for row in rows {
        text += &(row.iter().map(quoted).collect::<Vec<_>>().join(delimiter) + ending);
    }
    text
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read("pairs.csv", &bytes);
    }

    #[test]
    fn no_text_of_a_roster_makes_it_panic(
        pieces in prop::collection::vec(prop::sample::select(vec![
            "mentor", "mentee", ",", ";", "\t", "\n", "\r", "\"", "\"\"", " ", "ann@x.org", "U1", "sep=", "é", "\u{a0}", "\0",
            "\u{feff}", "start", "3/4/2026", "<", ">", "mailto:", "|", "程", "İ", "\u{200d}",
        ]), 0..60),
        bytes in prop::sample::select(&Bytes::ALL[..]),
    ) {
        for beginning in ["", "mentor,mentee,start\n"] {
            if let Ok(roster) = read("pairs.csv", &bytes.of(&format!("{beginning}{}", pieces.concat()))) {
                let import = import(&roster, &[]);
                prop_assert_eq!(lines(&import), roster.rows.iter().map(|row| row.line).collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn every_encoding_tells_the_same(
        rows in rows(),
        delimiter in prop::sample::select(vec![",", ";", "\t"]),
        ending in prop::sample::select(vec!["\r\n", "\n", "\r"]),
    ) {
        let plain = read("pairs.csv", written(&rows, ",", "\n").as_bytes());
        for bytes in Bytes::ALL {
            prop_assert_eq!(&read("pairs.csv", &bytes.of(&written(&rows, delimiter, ending))), &plain, "{:?}", bytes);
        }
    }

    #[test]
    fn every_row_counts_once_and_in_its_own_line(rows in rows()) {
        let mut line = 2;
        let mut expected = Vec::new();
        for row in &rows {
            if row.iter().any(|cell| !cell.is_empty()) {
                expected.push(line);
            }
            line += 1 + row.concat().matches('\n').count();
        }
        let Ok(roster) = read("pairs.csv", written(&rows, ";", "\r\n").as_bytes()) else {
            prop_assert!(expected.is_empty());
            return Ok(());
        };
        let import = import(&roster, &[]);
        prop_assert_eq!(lines(&import), expected, "{:?}", told(&roster));
        prop_assert_eq!(import.rows(), roster.rows.len());
    }

    #[test]
    fn applying_twice_changes_nothing(rows in rows()) {
        let Ok(roster) = read("pairs.csv", written(&rows, ",", "\n").as_bytes()) else { return Ok(()) };
        let first = import(&roster, &[]);
        let pairs: Vec<Existing> = first
            .added
            .iter()
            .map(|pair| Existing {
                mentor: pair.mentor.clone(),
                mentee: pair.mentee.clone(),
                program: pair.program.clone(),
                start: pair.start.unwrap_or(today()),
                connection: pair.connection.clone(),
                group: pair.group.clone(),
                asked: false,
                ended: false,
            })
            .collect();
        let different: BTreeSet<_> = pairs.iter().map(|pair| (&pair.mentor, &pair.mentee, &pair.program)).collect();
        prop_assert_eq!(different.len(), pairs.len());
        let second = import(&roster, &pairs);
        prop_assert!(second.added.is_empty() && second.changed.is_empty());
        prop_assert_eq!(second.already_there.len(), pairs.len());
        prop_assert_eq!(second.left_out, first.left_out);
    }
}
