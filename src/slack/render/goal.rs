//! Goals: the form in which one is written, the page with all of a pair, and the words after it.

use chrono::NaiveDate;
use serde_json::{Value, json};

use crate::core::content::{GoalForm, GoalSaid, PairGoals, WriteGoal};
use crate::core::goal::words::{SKILL_MAX, STEPS_MAX, TITLE_MAX};
use crate::core::goal::{Goal, GoalAct, GoalRefusal, GoalState, Ideas, OPEN, STEPS, When};
use crate::core::id::{GoalId, PairId};
use crate::slack::action::Action;
use crate::slack::form::{self, Form as Carried};

use super::block::{Blocks, button, plain};
use super::form::{modal, section};
use super::text::{day, line, name, time};

/// The longest that a goal, a step and a skill are shown.
const WORDS: usize = 300;

/// Goals on a page of one pair: what is older is not shown.
const ON_PAGE: usize = 12;

/// The modal of a form or a page.
pub fn form(form: &GoalForm) -> Value {
    match form {
        GoalForm::Write(write) => write_form(write),
        GoalForm::Page(page) => view("Goals", |blocks| whole(page, blocks)),
        GoalForm::All { pairs, skip, more } => view("Goals of your mentees", |blocks| all(pairs, *skip, *more, blocks)),
    }
}

fn view(title: &str, write: impl FnOnce(&mut Blocks<'_>)) -> Value {
    let key = crate::core::id::MessageName::from("goals").key();
    let mut blocks = Blocks::view(&key, 1);
    write(&mut blocks);
    json!({
        "type": "modal",
        "callback_id": "goals",
        "title": plain(title, 24),
        "close": plain("Close", 24),
        "blocks": blocks.done(),
    })
}

/// Who sees the words: the promise that stands on the form.
pub fn promise(partner: &str) -> String {
    format!(
        "You and {} see this. Coordinators never read it: they see how many goals are set and reached, and whether any \
         moves. It is stored sealed.",
        name(partner)
    )
}

fn write_form(write: &WriteGoal) -> Value {
    let stands = write.stands.as_ref();
    let mut blocks = vec![section("about", &promise(&write.partner))];
    if stands.is_none() {
        let options: Vec<Value> =
            Ideas::built_in().ideas.iter().map(|idea| option(&idea.title, &idea.id)).take(100).collect();
        let hint = "Where you leave fields empty, the idea's words are taken. You can change them at any time.";
        let select = json!({"type": "static_select", "options": options});
        blocks.push(input(form::IDEA, "An idea to begin with", Some(hint), select));
    }
    let title = stands.map_or(write.title.as_str(), |goal| &goal.words.title);
    let hint = "Something that can be seen when it is done. An idea above is enough too.";
    let hint = if stands.is_none() { hint } else { "Something that can be seen when it is done." };
    let mut goal = input(form::GOAL, "What should be different in three months?", Some(hint), text(title, TITLE_MAX));
    goal["optional"] = stands.is_none().into();
    blocks.push(goal);
    let skill = stands.and_then(|goal| goal.words.skill.as_deref()).unwrap_or_default();
    blocks.push(input(form::SKILL, "Which skill does it build?", None, text(skill, SKILL_MAX)));
    let steps: Vec<&str> = stands.into_iter().flat_map(|goal| &goal.steps).map(|step| step.words.as_str()).collect();
    let mut several = text(&steps.join("\n"), STEPS_MAX);
    several["multiline"] = true.into();
    let hint = format!("One on each line, at most {STEPS}. A line that stays keeps its mark.");
    blocks.push(input(form::STEPS, "Steps", Some(&hint), several));
    let mut picker = json!({"type": "datepicker"});
    if let Some(by) = stands.and_then(|goal| goal.by) {
        picker["initial_date"] = by.to_string().into();
    }
    blocks.push(input(form::BY, "By when", None, picker));
    if stands.is_none() {
        let labels = Ideas::built_in().confidence.iter().zip(1..);
        let options: Vec<Value> = labels.map(|(label, value): (_, u8)| option(label, &value.to_string())).collect();
        let select = json!({"type": "static_select", "options": options});
        blocks.push(input(form::SURE, "How sure do you feel in it today?", Some("Only you see this."), select));
    } else {
        let keep = option("Keep it", "keep");
        let radio = json!({
            "type": "radio_buttons",
            "options": [keep, option("Drop it: that is fine too", "drop")],
            "initial_option": keep,
        });
        blocks.push(input(form::KEEP, "This goal", None, radio));
    }
    let carried = Carried::Goal { pair: write.pair.clone(), goal: write.goal.clone() };
    modal(&carried, if stands.is_none() { "Write a goal" } else { "Change a goal" }, "Save", blocks)
}

fn text(words: &str, most: usize) -> Value {
    let mut input = json!({"type": "plain_text_input", "max_length": most});
    let words: String = words.chars().take(most).collect();
    if !words.is_empty() {
        input["initial_value"] = words.into();
    }
    input
}

fn option(label: &str, value: &str) -> Value {
    json!({"text": plain(label, 75), "value": value})
}

/// Nothing of a new goal is required by Slack itself, because an idea may stand in; what is missing is said at its field.
fn input(field: &str, label: &str, hint: Option<&str>, mut element: Value) -> Value {
    element["action_id"] = field.into();
    let mut block = json!({
        "type": "input",
        "block_id": field,
        "label": plain(label, 2_000),
        "optional": true,
        "element": element,
    });
    if let Some(hint) = hint {
        block["hint"] = plain(hint, 2_000);
    }
    block
}

/// All goals of a pair with all steps.
fn whole(page: &PairGoals, blocks: &mut Blocks<'_>) {
    if page.own {
        blocks.context(&promise(&page.partner));
    } else {
        blocks.context(&format!(
            "{} wrote these and alone changes them. Coordinators never read them.",
            name(&page.partner)
        ));
    }
    if page.goals.is_empty() {
        blocks.section("No goal yet.");
    }
    let acts = page.own && page.ended.is_none();
    for goal in page.goals.iter().take(ON_PAGE) {
        blocks.section_with(&head(goal), again(page, goal).filter(|_| acts));
        for step in goal.steps.iter().take(STEPS).filter(|_| goal.is_open()) {
            let (pair, id, n) = (page.pair.clone(), goal.id.clone(), step.n);
            let (mark, label, done) = match step.done {
                None => ("○", "Done", true),
                Some(_) => ("✓", "Not done", false),
            };
            let tap = button(label, &Action::Goal(GoalAct::Step { pair, goal: id, n, done }));
            blocks.section_with(&format!("{mark} {}", line(&step.words, WORDS)), tap.filter(|_| acts));
        }
        if goal.is_open() && acts {
            blocks.row(taps(&page.pair, goal, false));
        }
    }
    sure(page, blocks);
    if acts && page.goals.iter().filter(|goal| goal.is_open()).count() < OPEN {
        blocks.row([button("Write a goal", &Action::Goal(GoalAct::OpenNew { pair: page.pair.clone() }))]);
    }
}

fn again(page: &PairGoals, goal: &Goal) -> Option<Value> {
    let (pair, id) = (page.pair.clone(), goal.id.clone());
    if goal.is_open() { None } else { button("Open again", &Action::Goal(GoalAct::OpenedAgain { pair, goal: id })) }
}

/// `*Give a talk* · by 1 August · 1 of 4 steps`.
pub fn head(goal: &Goal) -> String {
    let by = |by: NaiveDate| format!(" · by {}", day(by));
    let stands = match (goal.state, goal.progress()) {
        (GoalState::Reached, _) => format!(" · reached {}", time(goal.state_at)),
        (GoalState::Dropped, _) => format!(" · dropped {}", time(goal.state_at)),
        (GoalState::Open, (_, 0)) => String::new(),
        (GoalState::Open, (done, 1)) => format!(" · {done} of 1 step"),
        (GoalState::Open, (done, all)) => format!(" · {done} of {all} steps"),
    };
    let by = goal.by.filter(|_| goal.is_open()).map(by).unwrap_or_default();
    format!("*{}*{by}{stands}", line(&goal.words.title, WORDS))
}

/// The taps by which an open goal moves. `next`: with the next step that is not done.
pub fn taps(pair: &PairId, goal: &Goal, next: bool) -> Vec<Option<Value>> {
    let tap = |label: &str, act| button(label, &Action::Goal(act));
    let step = goal.next_step().filter(|_| next);
    let mut row = vec![match step {
        Some(step) => {
            tap("Step done", GoalAct::Step { pair: pair.clone(), goal: goal.id.clone(), n: step.n, done: true })
        }
        None => tap("It moved", GoalAct::Moved { pair: pair.clone(), goal: goal.id.clone() }),
    }];
    row.push(tap("Reached", GoalAct::Reached { pair: pair.clone(), goal: goal.id.clone() }));
    row.push(tap("Change or drop", GoalAct::OpenChange { pair: pair.clone(), goal: goal.id.clone() }));
    row
}

/// Questions of how sure the mentee feels: five taps each.
pub fn sure(page: &PairGoals, blocks: &mut Blocks<'_>) {
    for (goal, skill, when) in page.asks.iter().take(OPEN) {
        let now = match when {
            When::Start => "How sure do you feel in this?",
            When::Middle => "Half way: how sure do you feel in this now?",
            When::End => "At its end: how sure do you feel in this now?",
        };
        blocks.section(&format!("Only for you: *{}*\n{now}", line(skill, WORDS)));
        blocks.row(scale(&page.pair, goal, *when));
    }
}

fn scale(pair: &PairId, goal: &GoalId, when: When) -> impl Iterator<Item = Option<Value>> {
    let labels = Ideas::built_in().confidence.iter().zip(1..);
    labels.map(move |(label, value)| {
        let (pair, goal) = (pair.clone(), goal.clone());
        button(label, &Action::Goal(GoalAct::Rated { pair, goal, when, value }))
    })
}

/// Goals of one pair in a few lines, for who only reads them.
pub fn in_short(page: &PairGoals) -> String {
    let goals: Vec<String> = page.goals.iter().filter(|goal| goal.is_open()).take(OPEN).map(with_next).collect();
    goals.join("\n")
}

/// A goal with its next step.
pub fn with_next(goal: &Goal) -> String {
    let next = goal.next_step().map(|step| format!("\n    next: {}", line(&step.words, WORDS)));
    format!("• {}{}", head(goal), next.unwrap_or_default())
}

fn all(pairs: &[PairGoals], skip: u32, more: bool, blocks: &mut Blocks<'_>) {
    blocks.context("Your mentees wrote these. Coordinators never read them.");
    if pairs.is_empty() {
        blocks.section("None of your mentees has an open goal.");
    }
    for page in pairs {
        let tap = button("All steps", &Action::Goal(GoalAct::OpenPage { pair: page.pair.clone() }));
        blocks.section_with(&format!("*{}*\n{}", name(&page.partner), in_short(page)), tap);
    }
    if more {
        let next = skip.saturating_add(u32::try_from(pairs.len()).unwrap_or(u32::MAX));
        blocks.row([button("More", &Action::Goal(GoalAct::OpenAll { skip: next }))]);
    }
}

/// The words after the form.
pub fn said(said: &GoalSaid) -> String {
    match said {
        GoalSaid::Saved { partner, new, steps } => {
            let saved = if *new { "Your goal is saved." } else { "Your goal is changed." };
            let steps = match steps {
                0 => "Small steps make it easier: add some when you like.".to_owned(),
                _ => "One tap in the Home tab says that a step is done.".to_owned(),
            };
            format!("{saved} {} can see it. {steps}", name(partner))
        }
        GoalSaid::Dropped => {
            "The goal is dropped. That is a decision, and a good one if it makes room. You can open it again."
                .to_owned()
        }
    }
}

/// The sentence of a refusal.
pub fn refused(refusal: &GoalRefusal) -> String {
    match refusal {
        GoalRefusal::OnlyTheMentee => {
            "Goals are the mentee's to write and to change, so nothing was saved; you see them in the Home tab."
                .to_owned()
        }
        GoalRefusal::NotAMentee => {
            "Goals are written by mentees, and you are in no pair as one at the moment; nothing was saved.".to_owned()
        }
        GoalRefusal::Enough => {
            format!("You have {OPEN} open goals, which is as many as fit; reach or drop one first.")
        }
        GoalRefusal::Over => {
            "This goal is reached or dropped, so nothing was changed; its page in the Home tab opens it again."
                .to_owned()
        }
    }
}
