//! The questions are listed, and a file of own ones is checked, all mistakes in one run.

use serde_json::Value;

use super::Desk;

pub const OWN: &str = "\
[[question]]
id = \"our-tools\"
indicator = \"guidance\"
facet = \"resources\"
audience = \"both\"
mentee = \"My mentor shows me the tools that we use.\"
mentor = \"I show my mentee the tools that we use.\"
scale = \"often\"
stage = \"any\"
needs = [\"met\"]
reverse = false
channel = \"pair\"
default_audience = \"Coordinator\"
follow_up = \"Open one of them together.\"
source = \"our handbook\"
";

#[test]
fn the_bank_is_listed_for_people_and_for_scripts() {
    let desk = Desk::new();
    let text = desk.run(&["questions", "list"]).good().to_owned();
    let list: Value = serde_json::from_str(desk.run(&["questions", "list", "--json"]).good()).expect("JSON");
    let list = list.as_array().expect("a list");
    assert!(text.ends_with(&format!("{} questions, bank version 1\n", list.len())), "{text}");
    for question in list {
        let id = question["id"].as_str().expect("an id");
        assert!(text.contains(&format!("  {id}  (")), "{id}");
        assert!(["mentee", "mentor"].iter().any(|role| question[role].is_string()), "{question}");
    }
}

#[test]
fn the_file_that_help_shows_is_right() {
    let desk = Desk::new();
    let help = desk.run(&["questions", "check", "--help"]).good().to_owned();
    let example =
        help.split("such as:\n").nth(1).and_then(|rest| rest.split("\nA whole bank").next()).expect("an example");
    desk.write("own.toml", example);
    let said = desk.run(&["questions", "check", "own.toml"]);
    assert_eq!(said.good(), "own.toml is right: 1 question beside the built-in ones.\n");
}

#[test]
fn every_mistake_is_named_with_its_line_in_one_run() {
    let desk = Desk::new();
    let second = OWN
        .replace("our-tools", "Our Tools")
        .replace("\"resources\"", "\"resource\"")
        .replace("reverse = false\n", "reverse = \"no\"\n")
        .replace("follow_up", "folow_up")
        .replace("[\"met\"]", "[\"met\", \"goals\"]");
    let third = OWN.replace("our-tools", "guide-time").replace("\"guidance\"", "\"growth\"").replace("mentor = ", "#");
    desk.write("own.toml", format!("{OWN}\n{second}\n{third}\n[extra]\na = 1\n"));
    let said = desk.run(&["questions", "check", "own.toml"]);
    assert_eq!(said.code, Some(1), "{}", said.all());
    insta::assert_snapshot!(said.out);
    let json = desk.run(&["questions", "check", "own.toml", "--json"]);
    let json: Value = serde_json::from_str(&json.out).expect("JSON");
    assert_eq!(json["good"], false);
    assert_eq!(json["problems"].as_array().map(Vec::len), Some(said.out.lines().count() - 1), "{json}");
}

#[test]
fn a_whole_bank_is_checked_section_by_section() {
    let bank = include_str!("../../../src/core/question/bank.toml");
    let desk = Desk::new();
    desk.write("bank.toml", bank);
    assert!(desk.run(&["questions", "check", "bank.toml"]).good().ends_with("questions in a whole bank.\n"));
    let wrong = bank
        .replacen("version = 1\n", "version = 2\n", 1)
        .replacen("[skip]", "[skipp]", 1)
        .replacen("scale = \"agree\"", "scale = \"agre\"", 1)
        .replacen("\"Not really\"", "\"No\"", 1)
        .replacen("ask_again_after_weeks = ", "ask_again_after_weeks = -", 1);
    desk.write("bank.toml", wrong);
    let said = desk.run(&["questions", "check", "bank.toml"]);
    assert_eq!(said.code, Some(1), "{}", said.all());
    insta::assert_snapshot!(said.out);
}

#[test]
fn what_is_no_file_of_questions_is_told_so() {
    let desk = Desk::new();
    assert!(desk.run(&["questions", "check", "nowhere.toml"]).wrong().contains("nowhere.toml cannot be read"));
    desk.write("latin.toml", b"# one\n# caf\xe9\n");
    assert!(desk.run(&["questions", "check", "latin.toml"]).wrong().contains("line 2: this is not UTF-8 text"));
    desk.write("broken.toml", "[[question]]\nid = \n");
    let broken = desk.run(&["questions", "check", "broken.toml"]);
    assert_eq!(broken.code, Some(1));
    assert!(broken.out.contains("line 2: This is not TOML"), "{}", broken.out);
    desk.write("slip.toml", OWN.replace("[[question]]", "[[questoin]]"));
    let slip = desk.run(&["questions", "check", "slip.toml"]);
    assert!(slip.out.contains("line 1: There is no section `questoin`; did you mean `question`?"), "{}", slip.out);
}
