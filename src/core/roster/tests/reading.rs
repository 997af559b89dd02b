//! Files that are understood, whatever wrote them.

use super::super::{MAX_ROWS, read};
use super::{Bytes, told, understood};

#[test]
fn every_encoding_delimiter_and_line_ending_gives_the_same_roster() {
    let expected = [
        "2: ann@x.org > bo@x.org from 2026-03-14 [Frühling, 1; José] [Ann & Bo]",
        "3: cy@x.org > U024BE7LH [Two lines]",
        "6: di@x.org > nobody",
    ];
    for bytes in Bytes::ALL {
        for delimiter in [",", ";", "\t"] {
            for ending in ["\r\n", "\n", "\r"] {
                for separator in ["", "sep=", "SEP="] {
                    let mut text = [
                        "Mentor|Mentee|Start|Programm|Match",
                        "ann@x.org|bo@x.org|14.3.2026|\"Frühling, 1; José\"|Ann & Bo",
                        "cy@x.org|U024BE7LH||\"Two",
                        "lines\"",
                        "",
                        "di@x.org|\"\"|||",
                    ]
                    .join("\n");
                    let mut shift = 0;
                    if !separator.is_empty() {
                        text = format!("{separator}|\n{text}\n");
                        shift = 1;
                    }
                    let text = text.replace('|', delimiter).replace('\n', ending);
                    let case = format!("{bytes:?} {delimiter:?} {ending:?} {separator:?}");
                    let roster =
                        read("pairs.csv", &bytes.of(&text)).unwrap_or_else(|refused| panic!("{case}: {refused}"));
                    let expected: Vec<_> = expected
                        .iter()
                        .map(|line| format!("{}{}", line[..1].parse::<usize>().unwrap() + shift, &line[1..]))
                        .collect();
                    assert_eq!(told(&roster), expected, "{case}");
                }
            }
        }
    }
}

#[test]
fn columns_are_found_by_the_names_that_people_and_products_give_them() {
    for header in [
        "mentor,mentee",
        "MENTOR,MENTEE",
        " Mentor\u{a0},\u{feff}Mentee ",
        "Mentor Email,Mentee Email",
        "mentor_email,mentee_email",
        "mentorEmail,menteeEmail",
        "Mentor e-mail address,Mentee e-mail address",
        "Mentor's email,Mentee’s email",
        "Mentor (Email),Mentee (Email)",
        "E-mail of the mentor,E-mail of the mentee",
        "Mentor Email ID,Mentee Email ID",
        "Mentor work email *,Mentee work email (optional)",
        "Mentor ID,Mentee ID",
        "Mentor Slack ID,Mentee Slack ID",
        "Mentor Slack member ID,Mentee Slack member ID",
        "Mentor(s),Mentee(s)",
        "Mentor 1,Mentee 1",
        "Mentor(s),Student(s)",
        "Mentor Name,Mentee Name",
        "Mentor,Protégé",
        "Mentor,Prote\u{301}ge\u{301}",
        "Coach,Coachee",
        "Sponsor email,Protégée email",
        "Advisor,Advisee",
        "Tutor,Tutee",
        "Buddy email,New hire email",
        "Assigned mentor,Learner",
        "E-Mail des Mentors,E-Mail der Mentees",
        "E-Mail-Adresse Mentor:in,E-Mail-Adresse Mentee",
        "Courriel du mentor,Courriel du mentoré",
        "Correo electrónico del mentor,Correo electrónico del mentorado",
    ] {
        assert_eq!(understood(&format!("{header}\nann@x.org,bo@x.org")), ["2: ann@x.org > bo@x.org"], "{header}");
        let (mentor, mentee) = header.split_once(',').unwrap();
        let turned = format!("{mentee},Notes,{mentor}\nbo@x.org,a note,ann@x.org");
        assert_eq!(understood(&turned), ["2: ann@x.org > bo@x.org"], "{header}");
    }
}

#[test]
fn start_end_status_program_connection_and_group_are_optional_and_found_by_name() {
    for (header, cell, expected) in [
        ("Start date", "2026-03-14", "from 2026-03-14"),
        ("start_date", "2026-03-14T08:00:00Z", "from 2026-03-14"),
        ("Start date (DD/MM/YYYY)", "03/04/2026", "from 2026-04-03"),
        ("Start date (MM/DD/YYYY)", "03/04/2026", "from 2026-03-04"),
        ("Matched on", "14 Mar 2026", "from 2026-03-14"),
        ("Startdatum (TT.MM.JJJJ)", "3.4.2026", "from 2026-04-03"),
        ("Date de début", "14/03/2026", "from 2026-03-14"),
        ("Start", "03/04/2026", "from ?"),
        ("End date", "2026-09-30", "to 2026-09-30"),
        ("Match status", "Active", "[Active]"),
        ("Program", "Spring  cohort", "[Spring cohort]"),
        ("Programme name", "Spring cohort", "[Spring cohort]"),
        ("Cohort", "Spring cohort", "[Spring cohort]"),
        ("Mentoring Connection Name", "Ann & Bo", "[Ann & Bo]"),
        ("Match name", "Ann & Bo", "[Ann & Bo]"),
        ("Loop", "Ann & Bo", "[Ann & Bo]"),
        ("Group", "Design", "in Design"),
        ("Track", "Design", "in Design"),
        ("Department", "R & D", "in R & D"),
        ("Business unit", "North", "in North"),
        ("Track (optional)", "-", ""),
    ] {
        let text = format!("mentor,{header},mentee\nann@x.org,{cell},bo@x.org");
        let expected = format!("2: ann@x.org > bo@x.org {expected}");
        assert_eq!(understood(&text), [expected.trim_end()], "{header}");
    }
    // A cohort is a group where another column names the programme, and the programme where none does.
    let both = "mentor,mentee,cohort,program\na@x.org,b@x.org,Spring,Engineering";
    assert_eq!(understood(both), ["2: a@x.org > b@x.org [Engineering] in Spring"]);
    let track = "mentor,mentee,cohort,track\na@x.org,b@x.org,Spring,Design";
    assert_eq!(understood(track), ["2: a@x.org > b@x.org [Spring] in Design"]);
    assert_eq!(understood("mentor,mentee,start,program\na@x.org,b@x.org,-,n/a"), ["2: a@x.org > b@x.org"]);
}

#[test]
fn the_best_column_that_says_something_names_the_person() {
    let text = "Mentor Email,Executive sponsor,Sponsor Email,Protégé Email,Student ID,Week1\nann@x.org,Di,di@x.org,bo@x.org,7,";
    assert_eq!(understood(text), ["2: ann@x.org > bo@x.org"]);
    let text = "Mentor,Mentor Email,Mentor Slack ID,Mentee ID,Mentee,Mentee Email\n\
                Ann Lee,ann@x.org,U1,17,Bo,bo@x.org\n\
                Ann Lee,,U1,17,Bo <bo@x.org>,\n\
                Ann Lee,unknown,U1,U2,Bo,\n\
                Ann Lee,,,17,Bo,\n";
    assert_eq!(understood(text), ["2: ann@x.org > bo@x.org", "3: U1 > bo@x.org", "4: U1 > U2", "5: nobody > nobody"]);
}

#[test]
fn lines_are_counted_as_the_file_has_them() {
    let text = "\n,,\nmentor,mentee,notes\n\n\n\"ann@x.org\",bo@x.org,\"a\n\nb\"\n,,\ncy@x.org,di@x.org,\"\n\"\"\n\"\ned@x.org,fi@x.org,";
    assert_eq!(understood(text), ["6: ann@x.org > bo@x.org", "10: cy@x.org > di@x.org", "13: ed@x.org > fi@x.org"]);
}

#[test]
fn separator_lines_are_believed() {
    for (first, delimiter) in [("sep=;", ";"), ("\"sep=;\"", ";"), ("Sep=|", "|"), ("sep=,,,,", ","), ("sep=\t", "\t")]
    {
        let text = format!("{first}\nmentor|mentee|program\na@x.org|b@x.org|\"1,2;3\"").replace('|', delimiter);
        assert_eq!(understood(&text), ["3: a@x.org > b@x.org [1,2;3]"], "{first}");
    }
}

#[test]
fn rows_may_be_short_or_have_empty_cells_too_many() {
    let text = "mentor,mentee,program\na@x.org,b@x.org\nc@x.org,d@x.org,Spring,, \ne@x.org\n";
    assert_eq!(understood(text), ["2: a@x.org > b@x.org", "3: c@x.org > d@x.org [Spring]", "4: e@x.org > nobody"]);
}

#[test]
fn the_largest_file_is_read() {
    let rows: String = (0..MAX_ROWS).map(|n| format!("a{n}@x.org,b{n}@x.org\n")).collect();
    assert_eq!(understood(&format!("mentor,mentee\n{rows}")).len(), MAX_ROWS);
}
