//! A programme's file by tables: what is changed in a good one, and the sentence that comes of it.

use super::*;

const GOOD: &str = "name = \"Engineering\"\nstarts = 2026-05-04\nends = 2026-10-30\n\
                    coordinators = [\"mia@example.org\"]\ncadence = \"0 10 * * TUE\"\n";

fn parse(text: &str) -> Result<ProgramFile, String> {
    ProgramFile::parse(text, Bank::built_in()).map_err(|error| error.to_string())
}

/// The good file with one line in place of the line of the same key, or added at the end.
fn with(line: &str) -> String {
    let key = line.split('=').next().unwrap_or_default();
    let rest: Vec<&str> = GOOD.lines().filter(|old| !old.starts_with(key) || key.is_empty()).collect();
    let at = GOOD.lines().position(|old| old.starts_with(key)).unwrap_or(rest.len());
    let mut lines = rest;
    lines.insert(at.min(lines.len()), line);
    lines.join("\n")
}

#[test]
fn the_example_is_a_programme_without_oddities() {
    let file = parse(include_str!("../../../../program.example.toml")).expect("the example is good");
    assert_eq!(file.name, "Engineering, spring cohort");
    assert_eq!(file.coordinators, [Key::Email("mia@example.org".into()), Key::Id("U024BE7LH".into())]);
    assert_eq!(file.warnings, []);
    let workspace = WorkspaceId::from("T1");
    let program = file.resolve(&workspace, vec![PersonId::new(&workspace, "U1")]);
    assert_eq!(program.id.as_str(), "T1:engineering-spring-cohort");
}

#[test]
fn what_is_not_said_has_a_default() {
    let file = parse(GOOD).expect("the file is good");
    assert_eq!(file.hours, WorkingHours::default());
    assert_eq!((file.zone, file.open_days, file.digest.as_str(), file.threshold), (Tz::UTC, 3, "0 9 * * MON", 5));
    assert_eq!((file.leave_out, file.safety), (vec![], None));
}

#[test]
fn a_wrong_line_is_named_with_what_is_allowed() {
    for (line, expected) in [
        ("name = \"\"", "line 1: `name` is empty."),
        ("name = \"!?\"", "line 1: A name needs a letter or a digit."),
        ("starts = \"4 May\"", "line 2: `starts` is not a day; write it like 2026-05-04 (year, month, day)."),
        ("starts = 2026-05-04T09:00:00", "line 2: `starts` is not a day"),
        ("ends = 2026-05-03", "line 3: The programme ends on 2026-05-03, before it starts on 2026-05-04."),
        ("coordinators = \"mia@example.org\"", "line 4: `coordinators` is a list"),
        ("coordinators = []", "line 4: At least one coordinator is needed"),
        ("help.to = []", "At least one coordinator is needed: somebody has to be asked for help."),
        ("help.to = [\"Mia\"]", "`Mia` is neither an e-mail address nor a Slack id"),
        ("help.deputy = \"Zoe\"", "`Zoe` is neither an e-mail address nor a Slack id"),
        ("help.whom = 1", "There is no setting `whom`; there are to, deputy."),
        ("coordinators = [\"Mia\"]", "line 4: `Mia` is neither an e-mail address nor a Slack id"),
        ("coordinators = [\"mia@x.org\", \"Mia <MIA@x.org>\"]", "is here twice."),
        ("cadence = \"0 10 * *\"", "line 5: `cadence`: "),
        ("cadence = \"0 25 * * *\"", "line 5: `cadence`: The hour field does not take `25`"),
        ("hours = \"9 to 5\"", "line 6: `hours`: "),
        ("zone = \"Europe/Berln\"", "line 6: There is no time zone `Europe/Berln`; did you mean Europe/Berlin?"),
        ("zone = \"Berlin\"", "did you mean Europe/Berlin?"),
        ("threshold = 2", "line 6: `threshold` is a whole number from 3 to 10, without quotes."),
        ("threshold = 11", "from 3 to 10"),
        ("threshold = \"5\"", "from 3 to 10"),
        ("open_days = 0", "`open_days` is a whole number from 1 to 20"),
        ("open_days = 21", "from 1 to 20"),
        ("thresold = 5", "line 6: There is no setting `thresold`; did you mean `threshold`?"),
        ("colour = 5", "There is no setting `colour`; there are name, starts,"),
        ("leave_out = []", "line 6: There is no setting `leave_out`; it stands under [questions]."),
        ("questions = 1", "`questions` is a section"),
        (
            "[questions]\nleave_out = [\"growth-goal-progres\"]",
            "line 7: There is no question `growth-goal-progres`. Did",
        ),
        ("rhythm = 14", "it stands under [meetings]."),
        ("[meetings]\nrhythm = 10", "line 7: `rhythm` is one of the numbers 7, 14, 28, without quotes."),
        ("meetings = 14", "`meetings` is a section: write [meetings] on a line of its own."),
        ("[questions]\nleaveout = []", "did you mean `leave_out`?"),
        ("safety = \"", "line 6: This is not TOML"),
    ] {
        let error = parse(&with(line)).expect_err(line);
        assert!(error.contains(expected), "{line}\n  {error}");
        assert_eq!(error.lines().count(), 1, "{line}\n  {error}");
    }
}

#[test]
fn everything_that_is_wrong_is_said_at_once_in_the_order_of_the_file() {
    let error = parse("threshold = 1\nzone = \"Mars\"\n").expect_err("nearly all is wrong");
    let lines: Vec<&str> = error.lines().collect();
    assert!(lines[0].starts_with("line 1: `threshold`") && lines[1].starts_with("line 2: There is no time zone"));
    assert_eq!(lines.iter().filter(|line| line.contains("is missing")).count(), 4, "{error}");
}

#[test]
fn a_pair_that_has_not_met_can_always_be_asked() {
    let bank = Bank::built_in();
    let all: Vec<String> = bank.before_first_meeting.iter().map(|id| format!("\"{id}\"")).collect();
    let error = parse(&with(&format!("[questions]\nleave_out = [{}]", all.join(", ")))).expect_err("nothing is left");
    assert!(error.contains("could not be asked anything"), "{error}");
}

#[test]
fn what_is_odd_is_pointed_out() {
    for (line, expected) in [
        ("cadence = \"0 7 * * TUE\"", Some((5, "strikes on Tuesday at 07:00, outside Mon-Fri 09:00-17:00"))),
        ("cadence = \"0 17 * * TUE\"", Some((5, "at 17:00, outside"))),
        ("cadence = \"59 16 * * TUE\"", None),
        ("cadence = \"0 10 * * MON-FRI\"", Some((5, "more than twice a week"))),
        ("cadence = \"0 10 * * TUE,THU\"", None),
        ("digest = \"0 9 * * SUN\"", Some((6, "The digest comes on Sunday at 09:00"))),
        ("ends = 2026-05-31", Some((3, "less than four weeks"))),
        ("ends = 2026-06-01", None),
        ("hours = \"Mon-Fri 10:00-11:00\"", Some((6, "fewer than two hours"))),
    ] {
        let odd = parse(&with(line)).expect(line).warnings;
        match (expected, &odd[..]) {
            (None, []) => {}
            (Some((at, words)), odd) => {
                let found = odd.iter().any(|one| one.line == Some(at) && one.sentence.contains(words));
                assert!(found, "{line}: {odd:?}");
            }
            (None, odd) => panic!("{line}: {odd:?}"),
        }
    }
}
