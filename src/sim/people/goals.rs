//! What mentees do about goals, by what they see in App Home: they write one, take steps, reach some.

use chrono::{DateTime, TimeDelta, Utc};

use super::super::message::Control;
use super::super::someone::Someone;
use super::company::Side;
use super::deed::{Came, Deed};
use super::draw::Draw;
use super::hours::Hours;
use super::mind::Part;
use super::temper::Temper;

/// What they write: the goal and its steps.
const GOALS: [(&str, &str); 8] = [
    (
        "Present our roadmap to the other site",
        "Collect what they ask about\nDraft five slides\nTry it on two colleagues",
    ),
    ("Run the retrospective of my team twice", "Watch somebody else's\nPlan the first with Sam\nAsk what to change"),
    ("Ship one thing without asking for a review of every line", "Choose it\nWrite down how I will know it works"),
    ("Understand what our customers pay for", "Join two calls\nWrite down five questions\nTell the team what I heard"),
    ("Be calm when plans change on the day", "Note what makes me tense\nTry one pause before I answer"),
    ("Speak up once in every planning meeting", "Prepare one sentence\nAsk one question"),
    ("Find out whether I want to lead people", "Talk with two who do\nLook after the intern for a month"),
    (
        "Write the guide that I missed when I began",
        "List what I asked\nWrite the first page\nLet the next newcomer try it",
    ),
];

impl Temper {
    /// How likely a mentee does something about goals in a week.
    fn tends_goals(self, week: f64) -> f64 {
        match self {
            Self::Healthy => 0.7,
            Self::Drifting => (0.6 - 0.06 * week).max(0.05),
            Self::OneSided => 0.35,
            Self::NeverMet => 0.08,
            Self::Silent => 0.04,
        }
    }
}

/// What a mentee means to do about goals after a pulse came: looks at App Home, taps what stands there, and fills in
/// the form if one opened. `None` for mentors, and in most weeks.
pub(super) fn meant(
    part: &Part,
    draw: &Draw,
    hours: &Hours,
    at: DateTime<Utc>,
    week: f64,
) -> Option<[(DateTime<Utc>, &'static str, Deed); 3]> {
    let draw = draw.of("goals");
    if part.side != Side::Mentee || !draw.of("whether").chance(part.temper.tends_goals(week)) {
        return None;
    }
    let later = |minutes| hours.after(at, TimeDelta::minutes(minutes));
    Some([
        (later(20), "goals home", Deed::OpenHome),
        (later(22), "goals tap", Deed::TellGoals { draw: draw.of("tap") }),
        (later(27), "goals form", Deed::WriteGoal { draw: draw.of("form") }),
    ])
}

/// Says how sure they feel where that is asked. App Home is drawn anew by it, which they wait for.
pub(super) async fn tell(by: &Someone, draw: &Draw) -> Came {
    let sure = ["Halfway", "Quite sure", "Very sure"].map(|label| labelled(by, label)).concat();
    if !sure.is_empty() {
        press(by, draw.of("sure").pick(&sure)).await;
    }
    Came::Then(Box::new(Deed::TendGoals { draw: draw.clone() }))
}

/// Moves what can be moved, or begins a goal.
pub(super) async fn tend(by: &Someone, draw: &Draw) -> Came {
    let labelled = |label: &str| labelled(by, label);
    let (step, moved, reached) = (labelled("Step done"), labelled("It moved"), labelled("Reached"));
    let what = if !step.is_empty() {
        step
    } else if !reached.is_empty() && draw.of("reached").chance(0.7) {
        reached
    } else if !moved.is_empty() {
        moved
    } else {
        labelled("Write a goal")
    };
    match what.is_empty() {
        true => Came::Gone,
        false => press(by, draw.of("which").pick(&what)).await,
    }
}

/// What is called that in App Home as it stands now.
fn labelled(by: &Someone, label: &str) -> Vec<Control> {
    let controls = by.home().map(|home| home.controls()).unwrap_or_default();
    controls.into_iter().filter(|control| control.label == label).collect()
}

async fn press(by: &Someone, control: &Control) -> Came {
    let tapped = by.act_on_home(&format!("{}/{}", control.block_id, control.action_id), None).await;
    if tapped.acknowledged { Came::Done } else { Came::Gone }
}

/// Fills in the form of a goal, if one is open, and sends it.
pub(super) async fn write(by: &Someone, draw: &Draw) -> Came {
    let Some(modal) = by.modal() else { return Came::Done };
    let (goal, steps) = draw.of("goal").pick(&GOALS);
    for control in modal.controls() {
        let input = if control.block_id.is_empty() { &control.action_id } else { &control.block_id };
        let filled = match control.kind.as_str() {
            "plain_text_input" if control.label.contains("different") => by.fill(input, goal),
            "plain_text_input" if control.label.contains("Steps") => by.fill(input, steps),
            "static_select" if control.options.len() == 5 => {
                by.fill(input, &control.options[usize::from(draw.of("sure").chance(0.5))].1)
            }
            _ => Ok(()),
        };
        if filled.is_err() {
            break;
        }
    }
    let sent = by.submit().await;
    while by.modal().is_some() {
        let _ = by.close_modal().await;
    }
    if sent.acknowledged && sent.errors.is_empty() { Came::Done } else { Came::Gone }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of so many mentees, how many do something about goals often enough in twelve weeks to do `deeds` things.
    fn come_to(temper: Temper, deeds: usize) -> usize {
        let mentee = |n: u64| {
            let draw = Draw::from_seed(n);
            let tends = |week: &u32| draw.of(week.to_be_bytes()).chance(temper.tends_goals(f64::from(*week)));
            (0..12).filter(tends).count() >= deeds
        };
        (0..400).filter(|n| mentee(*n)).count()
    }

    #[test]
    fn most_mentees_of_healthy_pairs_set_a_goal_and_reach_it_and_others_fewer() {
        // One that is written, has three steps, and is reached.
        assert!(come_to(Temper::Healthy, 5) > 380, "{}", come_to(Temper::Healthy, 5));
        assert!((120..280).contains(&come_to(Temper::OneSided, 5)), "{}", come_to(Temper::OneSided, 5));
        assert!(come_to(Temper::Drifting, 1) > 380 && come_to(Temper::Drifting, 5) < 200);
        assert!(come_to(Temper::Silent, 1) < 200 && come_to(Temper::NeverMet, 5) < 20);
    }
}
