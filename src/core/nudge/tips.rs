//! Tips for a mentor after a session: by the stage of the pair, the same for every mentor.

/// The first weeks, the middle, and the last ones; each session the next of its stage.
const BEGIN: [&str; 3] = [
    "Early sessions: ask what a good half year would look like, and write down the answer in their words.",
    "Early sessions: tell of one thing that went wrong for you. It makes it easier to speak of theirs.",
    "Early sessions: agree on what stays between you two. Saying it once is enough.",
];
const MIDDLE: [&str; 4] = [
    "Before you advise, ask what they have tried. Often the next step is already on the table.",
    "Name one thing that they do better than a month ago. Be exact: when, what, and what it changed.",
    "Ask who else they should know, and offer to write the first line to one of them.",
    "Leave five minutes at the end: what will you do until we meet again, and by when?",
];
const END: [&str; 2] = [
    "Look back together: which of the first plans still matter, and which can go?",
    "Say how you two want to stay in touch, or that you do not. Both are fine when they are said.",
];

/// Weeks that count as early, and weeks before the end that count as late.
const EARLY: u32 = 4;
const LATE: u32 = 4;

/// The tip after a session in this week of the pair (from 1), of so many weeks if the end is known.
pub fn tip(week: u32, weeks: Option<u32>) -> &'static str {
    let is_late = weeks.is_some_and(|weeks| week + LATE > weeks);
    let tips: &[&str] = match () {
        () if is_late => &END,
        () if week <= EARLY => &BEGIN,
        () => &MIDDLE,
    };
    tips[week as usize % tips.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tip_fits_the_stage_of_the_pair() {
        assert!(tip(1, Some(26)).starts_with("Early sessions"));
        assert!(MIDDLE.contains(&tip(12, Some(26))));
        assert!(MIDDLE.contains(&tip(40, None)));
        assert!(END.contains(&tip(25, Some(26))));
        assert_ne!(tip(12, None), tip(13, None));
    }
}
