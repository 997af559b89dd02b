//! Goals on App Home: the mentee's own with taps, those of a mentor's mentees in short.

use crate::core::content::PairGoals;
use crate::core::goal::{Goal, GoalAct, OPEN};
use crate::slack::action::Action;

use super::super::block::{Blocks, button};
use super::super::goal::{head, in_short, sure, taps};
use super::super::text::{line, name};

/// Pairs of a mentee whose goals stand here with taps; the others have a button each.
const OWN: usize = 2;

/// Blocks that one of them can take: its heading, three goals of two, and the questions of how sure one feels.
const OWN_BLOCKS: usize = 2 + 2 * OPEN + 2 * OPEN;

/// Further pairs of a mentee, and mentees of a mentor, that stand here with a line each.
const LINES: usize = 5;

/// Blocks, and bytes of the 250,000 of a view, that the rest of the page needs.
const REST: usize = 28;
const BYTES: usize = 150_000;

pub(super) fn goals(goals: &[PairGoals], blocks: &mut Blocks<'_>) {
    let (own, of_mentees): (Vec<&PairGoals>, Vec<&PairGoals>) = goals.iter().partition(|page| page.own);
    for (n, page) in own.iter().enumerate() {
        if n < OWN && blocks.left() >= OWN_BLOCKS + REST && blocks.bytes() < BYTES {
            in_full(page, blocks);
        } else if n < OWN + LINES && blocks.left() > REST {
            let open = page.goals.iter().filter(|goal| goal.is_open()).count();
            let tap = button("Goals", &Action::Goal(GoalAct::OpenPage { pair: page.pair.clone() }));
            blocks.section_with(&format!("*Your goals with {}* · {open} open", name(&page.partner)), tap);
        } else {
            blocks.context("For the other pairs: */rapport goal with* and a name.");
            break;
        }
    }
    mentees(&of_mentees, blocks);
}

fn in_full(page: &PairGoals, blocks: &mut Blocks<'_>) {
    let (pair, partner) = (page.pair.clone(), name(&page.partner));
    let open: Vec<&Goal> = page.goals.iter().filter(|goal| goal.is_open()).collect();
    if page.ended.is_some() {
        return sure(page, blocks);
    }
    let new = || button("Write a goal", &Action::Goal(GoalAct::OpenNew { pair: pair.clone() }));
    let none = if open.is_empty() { " · none open" } else { "" };
    let tap = if open.len() < OPEN { new() } else { None };
    blocks.section_with(&format!("*Your goals with {partner}*{none}"), tap);
    for goal in open.into_iter().take(OPEN) {
        let next = goal.next_step().map(|step| format!("\nNext: {}", line(&step.words, 200))).unwrap_or_default();
        blocks.section(&format!("{}{next}", head(goal)));
        let mut row = taps(&pair, goal, true);
        row.push(button("Steps", &Action::Goal(GoalAct::OpenPage { pair: pair.clone() })));
        blocks.row(row);
    }
    // Where goals are open, each has a button to the page of all.
    if page.over && page.goals.iter().all(|goal| !goal.is_open()) {
        blocks.row([button("Past goals", &Action::Goal(GoalAct::OpenPage { pair }))]);
    }
    sure(page, blocks);
}

/// One section for all of a mentor's mentees, with a button for more.
fn mentees(pages: &[&PairGoals], blocks: &mut Blocks<'_>) {
    if pages.is_empty() || blocks.left() <= REST {
        return;
    }
    let shown: Vec<String> =
        pages.iter().take(LINES).map(|page| format!("*{}*\n{}", name(&page.partner), in_short(page))).collect();
    blocks.header("Goals of your mentees");
    for page in shown {
        blocks.section(&page);
    }
    let all = match pages.len().saturating_sub(LINES) {
        0 => "All steps".to_owned(),
        more => format!("{more} more"),
    };
    blocks.row([button(&all, &Action::Goal(GoalAct::OpenAll { skip: 0 }))]);
}
