//! What the two of a pair do for each other and for themselves, by what they see in App Home: they look at what to prepare, say
//! thanks, take one back now and then, and mentees open and share their record.

use chrono::{DateTime, TimeDelta, Utc};

use super::super::message::Control;
use super::super::someone::Someone;
use super::company::Side;
use super::deed::{Came, Deed};
use super::draw::Draw;
use super::hours::Hours;
use super::mind::Part;
use super::temper::Temper;

/// What they thank each other for.
const THANKS: [&str; 6] = [
    "Thank you for the hour last week; I have already used what you told me.",
    "You asked the one question that I had avoided. Thank you.",
    "Thanks for reading my draft so closely.",
    "I left our last talk with more courage than I came with.",
    "Thank you for telling me about the time it went wrong for you.",
    "It was good to hear how you see it from your side.",
];

impl Temper {
    /// How likely one of the two looks at what to prepare, in a week.
    fn prepares(self, week: f64) -> f64 {
        match self {
            Self::Healthy => 0.3,
            Self::Drifting => (0.3 - 0.03 * week).max(0.02),
            Self::OneSided => 0.15,
            Self::NeverMet | Self::Silent => 0.05,
        }
    }

    /// How likely one of the two says thanks, in a week.
    fn thanks(self) -> f64 {
        match self {
            Self::Healthy => 0.12,
            Self::Drifting => 0.05,
            Self::OneSided => 0.04,
            Self::NeverMet | Self::Silent => 0.0,
        }
    }
}

/// What somebody means to do after a pulse came; nothing in most weeks.
pub(super) fn meant(
    part: &Part,
    draw: &Draw,
    hours: &Hours,
    at: DateTime<Utc>,
    week: f64,
) -> Vec<(DateTime<Utc>, &'static str, Deed)> {
    let draw = draw.of("record");
    let later = |minutes| hours.after(at, TimeDelta::minutes(minutes));
    let mut meant = Vec::new();
    if draw.of("prepares").chance(part.temper.prepares(week)) {
        meant.push((later(40), "prepare home", Deed::OpenHome));
        meant.push((later(42), "prepare", Deed::Look { label: "What to prepare", then: None }));
    }
    if draw.of("thanks").chance(part.temper.thanks()) {
        meant.push((later(50), "thanks home", Deed::OpenHome));
        meant.push((later(52), "thanks", Deed::Look { label: "Say thanks", then: None }));
        meant.push((later(54), "thanks form", Deed::SayThanks { draw: draw.of("words") }));
        // One of eight would rather have it back.
        if draw.of("back").chance(0.125) {
            meant.push((later(57), "thanks back", Deed::Look { label: "Take it back", then: None }));
        }
    }
    if part.side == Side::Mentee && draw.of("record").chance(0.05) {
        let then = draw.of("shares").chance(0.4).then_some("Share with my mentor");
        meant.push((later(70), "record home", Deed::OpenHome));
        meant.push((later(72), "record", Deed::Look { label: "My record", then }));
    }
    meant
}

/// Presses what is called that in App Home, then, in the page that opens, what is called so; and closes what is open.
pub(super) async fn look(by: &Someone, label: &str, then: Option<&'static str>) -> Came {
    let controls = by.home().map(|home| home.controls()).unwrap_or_default();
    let Some(control) = controls.iter().find(|control| control.label == label) else { return Came::Gone };
    let tapped = by.act_on_home(&named(control), None).await;
    match (tapped.acknowledged, label) {
        (false, _) => Came::Gone,
        // A form waits for its words.
        (true, "Say thanks") => Came::Done,
        (true, _) => Came::Then(Box::new(Deed::Close { then })),
    }
}

/// Presses what is called that in the page that is open, if so, and closes it.
pub(super) async fn close(by: &Someone, then: Option<&'static str>) -> Came {
    let controls = by.modal().map(|modal| modal.controls()).unwrap_or_default();
    if let Some(control) = then.and_then(|label| controls.iter().find(|control| control.label == label)) {
        let _ = by.act_on_modal(&named(control), None).await;
        return Came::Then(Box::new(Deed::Close { then: None }));
    }
    close_all(by).await;
    Came::Done
}

/// Fills in the form of thanks, if it is open, and sends it.
pub(super) async fn say_thanks(by: &Someone, draw: &Draw) -> Came {
    let Some(modal) = by.modal() else { return Came::Gone };
    let controls = modal.controls();
    let Some(control) = controls.iter().find(|control| control.kind == "plain_text_input") else {
        close_all(by).await;
        return Came::Gone;
    };
    let input = if control.block_id.is_empty() { &control.action_id } else { &control.block_id };
    let filled = by.fill(input, draw.pick::<&str>(&THANKS)).is_ok();
    let sent = by.submit().await;
    close_all(by).await;
    if filled && sent.acknowledged && sent.errors.is_empty() { Came::Done } else { Came::Gone }
}

async fn close_all(by: &Someone) {
    while by.modal().is_some() {
        let _ = by.close_modal().await;
    }
}

/// A name that means this control and no other.
fn named(control: &Control) -> String {
    format!("{}/{}", control.block_id, control.action_id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn good_pairs_say_thanks_and_silent_ones_do_not() {
        assert!(Temper::Healthy.thanks() > Temper::Drifting.thanks());
        assert_eq!(Temper::Silent.thanks() + Temper::NeverMet.thanks(), 0.0);
        assert!(Temper::Drifting.prepares(0.0) > Temper::Drifting.prepares(11.0));
    }
}
