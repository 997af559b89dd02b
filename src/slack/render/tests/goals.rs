//! Goals in every state of App Home and of their forms, within Slack's limits whatever was written.

use insta::assert_snapshot;
use proptest::prelude::*;

use crate::core::content::{Form, GoalForm, Home, PairGoals, WriteGoal};
use crate::core::goal::{Goal, GoalState, GoalStep, OPEN, STEPS, When, Words};
use crate::slack::render::{form, home};

use super::limits::check_view;
use super::outline::blocks;
use super::samples as sample;

/// Ana's goal of so many steps, the first of which is done.
fn goal(n: usize, words: &str, steps: u16) -> Goal {
    let set = sample::at(12, 9);
    let step = |n| GoalStep { n, words: words.to_owned(), done: (n == 1).then_some(set) };
    Goal {
        id: format!("g{n}").into(),
        pair: sample::pair(n),
        words: Words { title: words.to_owned(), skill: Some(words.to_owned()) },
        steps: (1..=steps).map(step).collect(),
        by: Some(sample::date(30)),
        state: GoalState::Open,
        set,
        moved: set,
        state_at: set,
        written: set,
    }
}

fn page(n: usize, own: bool, goals: Vec<Goal>) -> PairGoals {
    let partner = if own { "Ravi" } else { "Ana" };
    PairGoals { pair: sample::pair(n), partner: partner.to_owned(), own, ended: None, over: false, goals, asks: vec![] }
}

fn at_home(goals: Vec<PairGoals>) -> String {
    let page = Home { goals, ..sample::home(0) };
    let page = Home { pairs: vec![sample::home_pair(1)], ..page };
    let view = home(&page, &sample::key(), 1);
    assert_eq!(check_view(&view), Ok(()));
    let text = blocks(&view["blocks"]);
    let from =
        text.find("*Your goals").or(text.find("## Goals of")).or(text.find("Only for you: *Give")).expect("goals");
    let to = text.find("*Your time*").expect("what comes next");
    text[from..to].to_owned()
}

#[test]
fn the_states_of_goals_at_home() {
    assert_snapshot!(at_home(vec![page(1, true, vec![])]), @"*Your goals with Ravi* · none open   [Write a goal]");
    assert_snapshot!(at_home(vec![page(1, true, vec![goal(1, "Give a talk", 0), goal(2, "Say no", 3)])]), @"
    *Your goals with Ravi*   [Write a goal]
    *Give a talk* · by 30 May
    [It moved] [Reached] [Change or drop] [Steps]
    *Say no* · by 30 May · 1 of 3 steps
    Next: Say no
    [Step done] [Reached] [Change or drop] [Steps]
    ");
    let full: Vec<Goal> = (1..=OPEN).map(|n| goal(n, "Give a talk", 1)).collect();
    let asked = PairGoals { asks: vec![("g1".into(), "Speaking".to_owned(), When::Middle)], ..page(1, true, full) };
    assert_snapshot!(at_home(vec![asked]), @"
    *Your goals with Ravi*
    *Give a talk* · by 30 May · 1 of 1 step
    [It moved] [Reached] [Change or drop] [Steps]
    *Give a talk* · by 30 May · 1 of 1 step
    [It moved] [Reached] [Change or drop] [Steps]
    *Give a talk* · by 30 May · 1 of 1 step
    [It moved] [Reached] [Change or drop] [Steps]
    Only for you: *Speaking*
    Half way: how sure do you feel in this now?
    [Not yet] [A little] [Halfway] [Quite sure] [Very sure]
    ");
    let over = PairGoals {
        over: true,
        asks: vec![("g1".into(), "Give a talk".to_owned(), When::End)],
        ..page(1, true, vec![])
    };
    assert_snapshot!(at_home(vec![over.clone()]), @"
    *Your goals with Ravi* · none open   [Write a goal]
    [Past goals]
    Only for you: *Give a talk*
    At its end: how sure do you feel in this now?
    [Not yet] [A little] [Halfway] [Quite sure] [Very sure]
    ");
    assert_snapshot!(at_home(vec![PairGoals { ended: Some(sample::at(19, 9)), ..over }]), @"
    Only for you: *Give a talk*
    At its end: how sure do you feel in this now?
    [Not yet] [A little] [Halfway] [Quite sure] [Very sure]
    ");
    let mentee = |n| page(n, false, vec![goal(n, "Give a talk", 2)]);
    assert_snapshot!(at_home(vec![mentee(1)]), @"
    ## Goals of your mentees
    *Ana*
    • *Give a talk* · by 30 May · 1 of 2 steps
        next: Give a talk
    [All steps]
    ");
    assert_snapshot!(at_home((0..7).map(mentee).collect()), @"
    ## Goals of your mentees
    *Ana*
    • *Give a talk* · by 30 May · 1 of 2 steps
        next: Give a talk
    *Ana*
    • *Give a talk* · by 30 May · 1 of 2 steps
        next: Give a talk
    *Ana*
    • *Give a talk* · by 30 May · 1 of 2 steps
        next: Give a talk
    *Ana*
    • *Give a talk* · by 30 May · 1 of 2 steps
        next: Give a talk
    *Ana*
    • *Give a talk* · by 30 May · 1 of 2 steps
        next: Give a talk
    [2 more]
    ");
    let own = |n| page(n, true, vec![goal(n, "Give a talk", 2)]);
    assert_snapshot!(at_home((0..9).map(own).collect()), @"
    *Your goals with Ravi*   [Write a goal]
    *Give a talk* · by 30 May · 1 of 2 steps
    Next: Give a talk
    [Step done] [Reached] [Change or drop] [Steps]
    *Your goals with Ravi*   [Write a goal]
    *Give a talk* · by 30 May · 1 of 2 steps
    Next: Give a talk
    [Step done] [Reached] [Change or drop] [Steps]
    *Your goals with Ravi* · 1 open   [Goals]
    *Your goals with Ravi* · 1 open   [Goals]
    *Your goals with Ravi* · 1 open   [Goals]
    *Your goals with Ravi* · 1 open   [Goals]
    *Your goals with Ravi* · 1 open   [Goals]
    (For the other pairs: */rapport goal with* and a name.)
    ");
}

fn forms(words: &str, pairs: usize) -> Vec<GoalForm> {
    let write = |stands: Option<Goal>| {
        let (pair, partner) = (sample::pair(1), words.to_owned());
        GoalForm::Write(WriteGoal { pair, partner, goal: "g".into(), stands, title: words.to_owned() })
    };
    let steps = u16::try_from(STEPS).expect("few");
    let states = GoalState::ALL.into_iter().cycle().take(20);
    let goals: Vec<Goal> = states.zip(0..).map(|(state, n)| Goal { state, ..goal(n, words, steps) }).collect();
    let asks: Vec<_> = goals.iter().map(|goal| (goal.id.clone(), words.to_owned(), When::End)).collect();
    let pages = (0..pairs).map(|n| page(n, false, goals.clone())).collect();
    vec![
        write(None),
        write(Some(goal(1, words, steps))),
        GoalForm::Page(PairGoals { asks, ..page(1, true, goals.clone()) }),
        GoalForm::Page(page(1, false, vec![])),
        GoalForm::All { pairs: pages, skip: 30, more: true },
        GoalForm::All { pairs: vec![], skip: 0, more: false },
    ]
}

#[test]
fn one_twenty_and_two_hundred_pairs_fit() {
    for pairs in [1, 20, 200] {
        for words in ["Give a talk", &"&<long> ".repeat(40), "😀"] {
            for own in [true, false] {
                let steps = u16::try_from(STEPS).expect("few");
                let goals: Vec<Goal> = (0..OPEN).map(|n| goal(n, words, steps)).collect();
                let asks: Vec<_> = goals.iter().map(|goal| (goal.id.clone(), words.to_owned(), When::Middle)).collect();
                let each = |n| PairGoals { asks: asks.clone(), ..page(n, own, goals.clone()) };
                let view = Home { goals: (0..pairs).map(each).collect(), ..sample::home(pairs) };
                let view = home(&view, &sample::key(), 7);
                assert_eq!(check_view(&view), Ok(()), "{pairs} {words}");
                assert!(blocks(&view["blocks"]).contains("It starts no more than that"), "the page has its end");
            }
            for one in forms(words, pairs.min(30)) {
                assert_eq!(check_view(&form(&Form::Goal(one))), Ok(()), "{pairs} {words}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn any_words_fit(words in prop_oneof!["(?s).{0,80}", "[&<>*_`~\n]{0,3000}", "[a-zäß漢字 ]{2900,3000}"]) {
        for one in forms(&words, 30) {
            prop_assert_eq!(check_view(&form(&Form::Goal(one))), Ok(()));
        }
        let goals: Vec<Goal> = (0..OPEN).map(|n| goal(n, &words, 2)).collect();
        let view = Home { goals: vec![page(1, true, goals.clone()), page(2, false, goals)], ..sample::home(3) };
        prop_assert_eq!(check_view(&home(&view, &sample::key(), 7)), Ok(()));
    }
}
