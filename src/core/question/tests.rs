//! The built-in bank holds what it promises, and a bad file is refused line by line.

use std::collections::BTreeSet;

use super::*;

const BUILT_IN: &str = include_str!("bank.toml");

/// The sentences about the built-in bank with `from` replaced by `to`.
fn refusal(from: &str, to: &str) -> String {
    assert!(BUILT_IN.contains(from), "{from}");
    Bank::parse(&BUILT_IN.replacen(from, to, 1)).expect_err(to).to_string()
}

/// The number of the first line of the built-in bank that contains `text`.
fn line(text: &str) -> usize {
    1 + BUILT_IN.lines().position(|line| line.contains(text)).unwrap()
}

#[test]
fn the_built_in_bank_is_whole() {
    let bank = Bank::parse(BUILT_IN).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(&bank, Bank::built_in());
    assert_eq!((bank.questions.len(), bank.nudges.len()), (41, 23));
    let covered: BTreeSet<Facet> = bank.questions.iter().map(|question| question.facet).collect();
    assert!(covered.into_iter().eq(Facet::ALL), "every facet has a question");
    assert_eq!(bank.labels(bank.question("comm-openness").unwrap())[4], "Yes");
    assert!(bank.question("comm-holding-back").unwrap().is_low(4));
    assert!(!bank.question("comm-honesty").unwrap().is_low(4));
}

#[test]
fn an_item_that_speaks_of_sessions_or_goals_says_what_it_needs() {
    for question in &Bank::built_in().questions {
        let says = |words: &[&str]| {
            Role::ALL
                .into_iter()
                .filter_map(|role| question.text(role))
                .any(|text| words.iter().any(|word| text.contains(word)))
        };
        if says(&["session", "since last time", "advice", "pointed", "We looked", "We talk", "Mentoring helped"]) {
            assert!(question.needs.contains(&Need::Met), "{}", question.id);
        }
        assert_eq!(question.needs.contains(&Need::Goal), says(&["goal"]), "{}", question.id);
    }
}

#[test]
fn each_side_has_the_text_of_its_own() {
    let bank = Bank::built_in();
    let reach = bank.question("comm-easy-reach").unwrap();
    assert_eq!(reach.text(Role::Mentee), Some("I can reach my mentor when I need to."));
    assert_eq!(reach.text(Role::Mentor), Some("My mentee reaches me when they need to."));
    assert_eq!(bank.question("guide-load").unwrap().text(Role::Mentee), None);
    assert!(bank.question("no-such-question").is_none());
}

#[test]
fn a_bad_bank_is_refused_with_lines_and_sentences() {
    let long = format!("mentee = \"{}\"", "x".repeat(151));
    for (from, to, at, sentence) in [
        ("version = 1", "version = 2", "version = 1", "only version 1 is known"),
        ("id = \"growth-goal-clear\"", "id = \"growth-goal-progress\"", "id = \"growth-goal-clear\"", "is here twice"),
        ("id = \"comm-trust\"", "id = \"Comm Trust\"", "id = \"comm-trust\"", "small letters, digits and hyphens"),
        (
            "facet = \"openness\"",
            "facet = \"time\"",
            "facet = \"openness\"",
            "time is a facet of guidance, not of communication",
        ),
        (
            "facet = \"openness\"",
            "facet = \"opennes\"",
            "facet = \"openness\"",
            "`opennes` is not a facet; did you mean `openness`?",
        ),
        (
            "indicator = \"growth\"",
            "indicator = \"grow\"",
            "indicator = \"growth\"",
            "`grow` is not an indicator; did you mean `growth`?",
        ),
        (
            "scale = \"often\"",
            "scale = \"seldom\"",
            "scale = \"often\"",
            "`seldom` is not a scale; there are agree, often, amount.",
        ),
        (
            "mentee = \"I hold things back in our sessions.\"",
            &long,
            "mentee = \"I hold things",
            "151 characters; at most 150 fit",
        ),
        (
            "mentee = \"I hold things back in our sessions.\"",
            "mentee = \" \"",
            "mentee = \"I hold things",
            "This text is empty.",
        ),
        ("\"Not really\"", "\"No\"", "\"Not really\"", "\"No\" is here twice"),
        (
            "\"Good fit\"",
            "\"A label that goes on and on, far beyond what any button of a message could show\"",
            "\"Good fit\"",
            "at most 75 fit",
        ),
        ("\"org-stay\", ", "\"org-sta\", ", "\"org-stay\", ", "There is no question `org-sta` in this bank."),
        (
            "kind = \"text\"\noptional = true",
            "optional = true",
            "[[session.item]]",
            "exactly one of `options`, `scale`",
        ),
        ("wait_days = 7", "wait_days = -7", "wait_days = 7", "invalid value: integer `-7`"),
        ("[skip]", "[[skip", "[skip]", "."),
    ] {
        let refusal = refusal(from, to);
        let problem = refusal.lines().find(|line| line.contains(sentence)).unwrap_or_else(|| panic!("{to}: {refusal}"));
        // A problem is told at its own line; of a whole table that is the line of its head, one above its id.
        let (at, told) =
            (line(at), problem.strip_prefix("line ").and_then(|rest| rest.split(':').next()?.parse().ok()));
        let told: usize = told.unwrap_or_else(|| panic!("no line: {problem}"));
        assert!(told == at || told + 1 == at, "{to}: told {told}, is {at}: {refusal}");
    }
}

#[test]
fn text_and_audience_must_agree() {
    let mentor_line = "mentor = \"My mentee reaches me when they need to.\"\n";
    let missing = refusal(mentor_line, "");
    assert!(missing.contains("`comm-easy-reach` is asked of the mentor but has no `mentor` text."), "{missing}");
    let surplus = refusal("mentor = \"Mentoring fits into my week.\"", "mentor = \"Fits.\"\nmentee = \"Fits.\"");
    assert!(surplus.contains("`guide-load` has a text for the mentee, who is not asked"), "{surplus}");
}

#[test]
fn a_pair_that_has_not_met_can_always_be_asked() {
    let unusable = refusal("\"growth-goal-clear\", \"guide-time\"", "\"growth-goal-clear\"");
    assert!(unusable.contains("a pair that has not met could not be asked"), "{unusable}");
    let needy = refusal("\"guide-load\", \"fb-support\"]", "\"comm-trust\"]");
    assert!(needy.contains("`comm-trust` needs a meeting"), "{needy}");
}

#[test]
fn every_problem_is_told_at_once_and_in_order() {
    let text = BUILT_IN.replace("\"Not really\"", "\"No\"").replace("id = \"comm-trust\"", "id = \"comm-respect\"");
    let error = Bank::parse(&text).unwrap_err();
    assert_eq!(error.problems.len(), 2);
    assert!(error.problems.is_sorted_by_key(|problem| problem.line));
    assert!(Bank::parse(&"#".repeat(600 * 1024)).unwrap_err().to_string().contains("at most 512 kB"));
    assert!(Bank::parse("").is_err());
}

#[test]
fn words_are_read_as_they_are_written() {
    for role in Role::ALL {
        assert_eq!(role.as_str().parse(), Ok(role));
        assert_ne!(role.partner(), role);
    }
    assert_eq!("mentors".parse::<Role>().unwrap_err(), "`mentors` is not a role; there are mentee, mentor.");
    let item = &Bank::built_in().end.extra[3];
    assert_eq!(serde_json::from_str::<Item>(&serde_json::to_string(item).unwrap()).unwrap(), *item);
}
