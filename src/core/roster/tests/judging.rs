//! Lines judged by themselves: who is added, who is left out, and what is said about it.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::super::{Existing, Found, Import, Key, Known, Stage, Standing, check, read};

/// A workspace: Ann to Fi are members, U1 to U6; the others are what they are called.
pub(super) fn people() -> BTreeMap<Key, Found> {
    let mut people = BTreeMap::new();
    let mut add = |name: &str, user: &str, standing| {
        let found = Found { user: user.to_owned(), standing };
        people.insert(Key::Email(format!("{name}@x.org")), found.clone());
        people.insert(Key::Id(user.to_owned()), found);
    };
    for (name, user) in [("ann", "U1"), ("bo", "U2"), ("cy", "U3"), ("di", "U4"), ("ed", "U5"), ("fi", "U6")] {
        add(name, user, Standing::Member);
    }
    add("gone", "U10", Standing::Deactivated);
    add("robot", "U11", Standing::Bot);
    add("guest", "U12", Standing::Guest);
    add("stranger", "U13", Standing::Stranger);
    people
}

pub(super) fn existing(mentor: &str, mentee: &str, program: &str) -> Existing {
    Existing {
        mentor: mentor.to_owned(),
        mentee: mentee.to_owned(),
        program: Some(program.to_owned()),
        start: today(),
        connection: None,
        group: None,
        asked: false,
        ended: false,
    }
}

pub(super) fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 14).expect("a day of the calendar")
}

fn import_into(programs: &[&str], pairs: &[Existing], text: &str) -> Import {
    let roster = read("pairs.csv", text.as_bytes()).unwrap_or_else(|refused| panic!("{refused}"));
    let programs: Vec<String> = programs.iter().map(|name| (*name).to_owned()).collect();
    check(&roster, &Known { people: &people(), pairs, programs: &programs, program: None, today: today() })
}

fn import(text: &str) -> Import {
    import_into(&["Spring"], &[], text)
}

/// Everything that an import says, as the command line says it.
fn told(import: &Import) -> String {
    let mut told = String::new();
    for pair in &import.added {
        let start = pair.start.map(|date| format!(" from {date}")).unwrap_or_default();
        let program = pair.program.as_deref().unwrap_or("no programme");
        let connection = pair.connection.as_deref().map(|name| format!(" '{name}'")).unwrap_or_default();
        told += &format!("+ line {}: {} > {} in {program}{start}{connection}\n", pair.line, pair.mentor, pair.mentee);
    }
    import.changed.iter().for_each(|changed| told += &format!("~ {changed}\n"));
    import.already_there.iter().for_each(|there| told += &format!("= line {}\n", there.line));
    import.left_out.iter().for_each(|left| told += &format!("- {left}\n"));
    import.notes.iter().for_each(|note| told += &format!("! {note}\n"));
    told + &import.closing(Stage::Applied)
}

#[test]
fn a_whole_file_as_a_coordinator_sees_it() {
    let ended = Existing { ended: true, ..existing("U5", "U6", "Spring") };
    let text = "Mentor Email;Mentee Email;Start;Programme;Match name\n\
                Ann Lee <ANN@x.org>;bo@x.org;2026-03-01;spring;Ann & Bo\n\
                ann@x.org;U3;;;\n\
                cy@x.org;zoe@x.org;;;\n\
                U2;U1;;SPRING ;\n\
                <@U1>;mailto:Bo@X.org;;;\n\
                di@x.org;ed@x.org;;;\n\
                ed@x.org;fi@x.org;;;\n";
    let import = import_into(&["Spring"], &[existing("U4", "U5", "Spring"), ended], text);
    insta::assert_snapshot!(told(&import), @r"
    + line 2: U1 > U2 in Spring from 2026-03-01 'Ann & Bo'
    + line 3: U1 > U3 in Spring
    + line 5: U2 > U1 in Spring
    = line 7
    - line 4: Nobody active in Slack has the e-mail zoe@x.org (mentee): check the spelling, or use the person's Slack id.
    - line 6: It is the same pair as line 2.
    - line 8: This pair has ended, and an import does not start it again.
    ! line 5: U2 mentors U1; line 2 says that U1 mentors U2. Both stay; end one if it is a slip.
    3 pairs added, 1 already there, 3 lines left out
    ");
}

#[test]
fn each_reason_has_its_sentence() {
    for (line, sentence) in [
        (",bo@x.org", "There is no mentor: write an e-mail or a Slack id there."),
        ("Ann Lee,bo@x.org", "'Ann Lee' (mentor) is neither an e-mail nor a Slack id."),
        (
            "ann@x.org,bo@x.org; cy@x.org",
            "'bo@x.org; cy@x.org' (mentee) is more than one person: write a line for each pair.",
        ),
        (
            "zoe@x.org,bo@x.org",
            "Nobody active in Slack has the e-mail zoe@x.org (mentor): check the spelling, or use the person's Slack id.",
        ),
        ("ann@x.org,U999", "Nobody in Slack has the id U999 (mentee): copy it again from the person's profile."),
        ("ann@x.org,Gone@x.org", "The Slack account of gone@x.org (mentee) is deactivated."),
        ("U11,bo@x.org", "U11 (mentor) is a bot."),
        ("ann@x.org,guest@x.org", "guest@x.org (mentee) is a guest in Slack, and pairs are for full members."),
        (
            "stranger@x.org,bo@x.org",
            "stranger@x.org (mentor) belongs to another organisation, and pairs are for members of this one.",
        ),
        ("ann@x.org,ANN@x.org", "ann@x.org is both mentor and mentee here."),
        ("nobody@y.org,nobody@y.org", "nobody@y.org is both mentor and mentee here."),
        ("U1,ann@x.org", "U1 and ann@x.org are the same person, who is both mentor and mentee here."),
        (
            "ann@x.org,bo@x.org,03/04/2026",
            "The start '03/04/2026' can be 3 April or 4 March: write 2026-04-03 or 2026-03-04.",
        ),
        ("ann@x.org,bo@x.org,soon", "The start 'soon' is not a date: write it like 2026-03-14."),
        ("ann@x.org,bo@x.org,,2026-03-13", "Its end date, 2026-03-13, is past."),
        ("ann@x.org,bo@x.org,,01/02/2026", "Its end date, 01/02/2026, is past."),
        ("ann@x.org,bo@x.org,,,Completed", "Its status is 'Completed'."),
        ("ann@x.org,bo@x.org,,,,Autumn", "There is no programme 'Autumn'. Known: Spring."),
        ("ed@x.org,fi@x.org", "This pair has ended, and an import does not start it again."),
        (
            "zoe@x.org,robot@x.org",
            "Nobody active in Slack has the e-mail zoe@x.org (mentor): check the spelling, or use the person's Slack id. \
             robot@x.org (mentee) is a bot.",
        ),
        (
            "ann@x.org,bo@x.org,soon,,,Autumn",
            "There is no programme 'Autumn'. Known: Spring. The start 'soon' is not a date: write it like 2026-03-14.",
        ),
    ] {
        let ended = Existing { ended: true, ..existing("U5", "U6", "Spring") };
        let text = format!("mentor,mentee,start,end,status,program\n{line}\ncy@x.org,di@x.org");
        let import = import_into(&["Spring"], &[ended], &text);
        let left_out: Vec<_> = import.left_out.iter().map(ToString::to_string).collect();
        assert_eq!(left_out, [format!("line 2: {sentence}")], "{line}");
        assert_eq!(import.added.len(), 1, "the other line is applied whatever is wrong with {line}");
    }
}

#[test]
fn pairs_that_go_on_are_added() {
    for line in ["2026-03-14,", "soon?,", "04/03/2026,", ",Active", "2027-01-01,in progress", ","] {
        let import = import(&format!("mentor,mentee,end,status\nann@x.org,bo@x.org,{line}"));
        assert_eq!(import.added.len(), 1, "{line}: {:?}", import.left_out);
    }
}

#[test]
fn somebody_may_have_both_roles_and_several_mentees() {
    let import = import("mentor,mentee\nann@x.org,bo@x.org\nann@x.org,cy@x.org\nbo@x.org,di@x.org\ncy@x.org,di@x.org");
    assert_eq!((import.added.len(), import.notes.len()), (4, 0));
}

#[test]
fn only_a_line_that_counts_makes_a_later_one_a_duplicate() {
    let import = import("mentor,mentee,start\nann@x.org,bo@x.org,soon\nU1,bo@x.org,\nann@x.org,U2,2026-04-01\n");
    assert_eq!(
        told(&import),
        "+ line 3: U1 > U2 in Spring\n- line 2: The start 'soon' is not a date: write it like 2026-03-14.\n- line 4: It is the same pair as line 3.\n1 pair added, 2 lines left out"
    );
}

#[test]
fn swapped_pairs_are_pointed_out() {
    let text = "mentor,mentee\nann@x.org,bo@x.org\nBO@x.org,U1\nfi@x.org,ed@x.org";
    let found = import_into(&["Spring"], &[existing("U5", "U6", "Spring")], text);
    assert_eq!(
        found.notes.iter().map(ToString::to_string).collect::<Vec<_>>(),
        [
            "line 3: bo@x.org mentors U1; line 2 says that U1 mentors bo@x.org. Both stay; end one if it is a slip.",
            "line 4: fi@x.org mentors ed@x.org; in a pair that is there already, ed@x.org mentors fi@x.org. Both stay; \
             end one if it is a slip.",
        ]
    );
}

#[test]
fn a_pair_belongs_to_a_programme() {
    let pairs = [existing("U1", "U2", "Spring")];
    let text = "mentor,mentee,program\nann@x.org,bo@x.org,Spring\nann@x.org,bo@x.org,autumn\nann@x.org,bo@x.org,\n";
    let expected = "+ line 3: U1 > U2 in Autumn\n= line 2\n- line 4: It names no programme, and there are 2: Spring, \
                    Autumn. Add a column 'program'.\n1 pair added, 1 already there, 1 line left out";
    assert_eq!(told(&import_into(&["Spring", "Autumn"], &pairs, text)), expected);
    let expected = "+ line 3: U1 > U2 in autumn\n+ line 4: U1 > U2 in no programme\n= line 2\n2 pairs added, 1 already \
                    there, 0 lines left out";
    assert_eq!(told(&import_into(&[], &pairs, text)), expected);
}

#[test]
fn a_pair_that_ended_and_began_again_is_there() {
    let over = Existing { ended: true, ..existing("U1", "U2", "Spring") };
    for pairs in [[over.clone(), existing("U1", "U2", "Spring")], [existing("U1", "U2", "Spring"), over]] {
        assert_eq!(import_into(&["Spring"], &pairs, "mentor,mentee\nU1,U2").already_there.len(), 1);
    }
}

#[test]
fn the_closing_line_counts() {
    let import =
        import("mentor,mentee\nann@x.org,bo@x.org\nann@x.org,cy@x.org\nann@x.org,di@x.org\nann@x.org,zoe@x.org");
    assert_eq!(import.closing(Stage::Applied), "3 pairs added, 1 line left out");
    assert_eq!(import.closing(Stage::DryRun), "3 pairs would be added, 1 line left out");
}

#[test]
fn people_to_look_up_are_named_once() {
    let roster = read("pairs.csv", b"mentor,mentee\nann@x.org,U2\nAnn <ANN@x.org>,<@U2>\nbo@x.org,Cy").unwrap();
    assert_eq!(roster.wanted().iter().map(Key::as_str).collect::<Vec<_>>(), ["ann@x.org", "bo@x.org", "U2"]);
}

#[test]
fn scripts_read_the_same_as_people() {
    let import = import("mentor,mentee,start\nann@x.org,bo@x.org,2026-04-01\nbo@x.org,ann@x.org\nU1,zoe@x.org");
    let report = serde_json::to_string_pretty(&import.report(Stage::DryRun)).unwrap();
    insta::assert_snapshot!(report, @r#"
    {
      "file": "pairs.csv",
      "dry_run": true,
      "counts": {
        "rows": 3,
        "added": 2,
        "changed": 0,
        "already_there": 0,
        "left_out": 1
      },
      "added": [
        {
          "line": 2,
          "mentor": "U1",
          "mentee": "U2",
          "start": "2026-04-01",
          "program": "Spring",
          "connection": null,
          "group": null
        },
        {
          "line": 3,
          "mentor": "U2",
          "mentee": "U1",
          "start": null,
          "program": "Spring",
          "connection": null,
          "group": null
        }
      ],
      "changed": [],
      "already_there": [],
      "left_out": [
        {
          "line": 4,
          "reasons": [
            {
              "code": "unknown",
              "sentence": "Nobody active in Slack has the e-mail zoe@x.org (mentee): check the spelling, or use the person's Slack id."
            }
          ]
        }
      ],
      "notes": [
        {
          "line": 3,
          "code": "swapped",
          "other_line": 2,
          "sentence": "bo@x.org mentors ann@x.org; line 2 says that ann@x.org mentors bo@x.org. Both stay; end one if it is a slip."
        }
      ],
      "closing": "2 pairs would be added, 1 line left out"
    }
    "#);
}

#[test]
fn what_a_line_says_otherwise_of_a_pair_that_is_there_is_changed() {
    let fresh = Existing { connection: Some("A & B".into()), ..existing("U1", "U2", "Spring") };
    let asked = Existing { asked: true, ..existing("U3", "U4", "Spring") };
    let (plain, moved) = (existing("U4", "U5", "Spring"), existing("U5", "U6", "Spring"));
    let text = "mentor,mentee,start,program,connection name\n\
                ann@x.org,bo@x.org,2026-06-01,Spring,Ann & Bo\n\
                cy@x.org,di@x.org,2026-06-01,,Cy & Di\n\
                di@x.org,ed@x.org,,,\n\
                ed@x.org,fi@x.org,2026-06-01,Autumn,\n\
                cy@x.org,di@x.org,,,\n";
    let known = Known {
        people: &people(),
        pairs: &[fresh, asked, plain, moved],
        programs: &["Spring".to_owned(), "Autumn".to_owned()],
        program: Some("Spring"),
        today: today(),
    };
    let import = check(&read("pairs.csv", text.as_bytes()).expect("it can be read"), &known);
    insta::assert_snapshot!(told(&import), @r"
    + line 5: U5 > U6 in Autumn from 2026-06-01
    ~ line 2: The start moves from 2026-03-14 to 2026-06-01. The name changes from 'A & B' to 'Ann & Bo'.
    ~ line 3: The name is 'Cy & Di' now.
    = line 4
    - line 6: It is the same pair as line 3.
    ! line 3: The start stays 2026-03-14, not 2026-06-01: this pair has been asked already, and its weeks count from there.
    ! line 5: ed@x.org mentors fi@x.org in Spring already; this is a second pair. Both stay.
    1 pair added, 2 pairs changed, 1 already there, 1 line left out
    ");
    assert_eq!(import.closing(Stage::DryRun).split(", ").nth(1), Some("2 pairs would be changed"));
}

#[test]
fn a_group_that_is_said_later_is_taken_over() {
    let (plain, grouped) = (existing("U1", "U2", "Spring"), existing("U3", "U4", "Spring"));
    let pairs = [plain, Existing { group: Some("Data".into()), ..grouped }];
    let text = "mentor,mentee,group\nann@x.org,bo@x.org,Data\ncy@x.org,di@x.org,Design\n";
    let known = Known {
        people: &people(),
        pairs: &pairs,
        programs: &["Spring".to_owned()],
        program: Some("Spring"),
        today: today(),
    };
    let import = check(&read("pairs.csv", text.as_bytes()).expect("it can be read"), &known);
    let changed: Vec<String> = import.changed.iter().map(ToString::to_string).collect();
    assert_eq!(changed, ["line 2: The group is 'Data' now.", "line 3: The group changes from 'Data' to 'Design'."]);
    let empty = "mentor,mentee,group\ncy@x.org,di@x.org,\n";
    let import = check(&read("pairs.csv", empty.as_bytes()).expect("it can be read"), &known);
    assert_eq!(import.changed, [], "an empty cell says nothing");
}
