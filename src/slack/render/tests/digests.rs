//! The digest: a full week, a quiet one, the first of all.

use insta::assert_snapshot;

use crate::core::content::Content;
use crate::core::event::Receipt;
use crate::slack::render::{digest_text, message};

use super::outline::outline;
use super::samples::*;

fn read(content: &Content) -> String {
    outline(&message(content, &key(), 1))
}

#[test]
fn the_digest() {
    assert_snapshot!(read(&Content::Digest(digest(3))), @"
    Mentoring digest · Engineering · week 9 of 26 · 18–24 May. 48 pairs. 78 % answered (69 of 88 asked). Last week 81 %.
    ---
    ## Mentoring digest · Engineering · week 9 of 26 · 18–24 May
    48 pairs. 78 % answered (69 of 88 asked). Last week 81 %.
    *FELL SILENT*
    Ana 0 & Ravi 0 (both) · Ana 1 & Ravi 1 (mentor) · Ana 2 & Ravi 2 (mentee)
    No answer to the last three pulses. Silence has many reasons, a holiday or a muted bot among them: a short word says more than this list.
    *NO FIRST MEETING YET*
    Ana 0 & Ravi 0, day 12 · Ana 1 & Ravi 1, day 12 · Ana 2 & Ravi 2, day 12
    As far as the two have said; they may have met without saying so.
    *NOT FOR ME*
    Lee
    Pressed it this week, and are asked nothing. Their partners have not been told.
    *MET THIS WEEK*
    31 of 48 pairs said that they had met (65 %).
    *INDICATORS*
    growth 3.9 (+0.2, n=66)
    communication 4.1 (-0.1, n=69, not proven yet)
    guidance 4.3 (n=7, too few to compare)
    feedback: withheld
    organisation: not asked
    Means of the last four weeks, 1 to 5, against the four weeks before.
    *COMMENTS SHARED WITH YOU*
    *Ana 0*, paired with Ravi 0, on “We can talk openly, also about hard things.”: Mostly
    > We found a rhythm.
    > Fridays work.
    *Ana 1*, paired with Ravi 1, on “We can talk openly, also about hard things.”: Mostly
    > We found a rhythm.
    > Fridays work.
    *Ana 2*, paired with Ravi 2, on “We can talk openly, also about hard things.”: Mostly
    > We found a rhythm.
    > Fridays work.
    *NOT SHOWN*
    Single answers without a comment, because one says little; comments that were not shared with coordinators.
    Feedback is withheld: fewer people answered than this programme's threshold.
    (Counted on Mon 25 May, 07:00 UTC. Only closed pulses count; whoever skipped a week is neither answered nor missed. Rules version 1.)
    ");
    assert_snapshot!(read(&Content::Digest(digest(0))), @"
    Mentoring digest · Engineering · week 9 of 26 · 18–24 May. 48 pairs. 78 % answered (69 of 88 asked). Last week 81 %.
    ---
    ## Mentoring digest · Engineering · week 9 of 26 · 18–24 May
    48 pairs. 78 % answered (69 of 88 asked). Last week 81 %.
    *A QUIET WEEK*
    Nothing needs you: no pair fell silent, and none has waited a week to meet.
    31 of 48 pairs said that they had met (65 %).
    *INDICATORS*
    growth 3.9 (+0.2, n=66)
    communication 4.1 (-0.1, n=69, not proven yet)
    guidance 4.3 (n=7, too few to compare)
    feedback: withheld
    organisation: not asked
    Means of the last four weeks, 1 to 5, against the four weeks before.
    *NOT SHOWN*
    Single answers without a comment, because one says little; comments that were not shared with coordinators.
    Feedback is withheld: fewer people answered than this programme's threshold.
    (Counted on Mon 25 May, 07:00 UTC. Only closed pulses count; whoever skipped a week is neither answered nor missed. Rules version 1.)
    ");
    assert_snapshot!(digest_text(&digest(2)), @"
    Mentoring digest · Engineering · week 9 of 26 · 18–24 May
    48 pairs. 78 % answered (69 of 88 asked). Last week 81 %.

    FELL SILENT
      Ana 0 & Ravi 0 (both) · Ana 1 & Ravi 1 (mentor)
      No answer to the last three pulses. Silence has many reasons, a holiday or a muted bot among them: a short word says more than this list.

    NO FIRST MEETING YET
      Ana 0 & Ravi 0, day 12 · Ana 1 & Ravi 1, day 12
      As far as the two have said; they may have met without saying so.

    NOT FOR ME
      Lee
      Pressed it this week, and are asked nothing. Their partners have not been told.

    MET THIS WEEK
      31 of 48 pairs said that they had met (65 %).

    INDICATORS
      growth 3.9 (+0.2, n=66)
      communication 4.1 (-0.1, n=69, not proven yet)
      guidance 4.3 (n=7, too few to compare)
      feedback: withheld
      organisation: not asked
      Means of the last four weeks, 1 to 5, against the four weeks before.

    COMMENTS SHARED WITH YOU
      Ana 0, paired with Ravi 0, on “We can talk openly, also about hard things.”: Mostly
        We found a rhythm. Fridays work.
      Ana 1, paired with Ravi 1, on “We can talk openly, also about hard things.”: Mostly
        We found a rhythm. Fridays work.

    NOT SHOWN
      Single answers without a comment, because one says little; comments that were not shared with coordinators.
      Feedback is withheld: fewer people answered than this programme's threshold.

    Counted on Mon 25 May, 07:00 UTC. Only closed pulses count; whoever skipped a week is neither answered nor missed. Rules version 1.
    ");
}

#[test]
fn the_first_digest_of_all() {
    let mut page = digest(1);
    page.pairs.clear();
    page.people.clear();
    page.comments.clear();
    page.digest.met = 0;
    page.digest.answered = Default::default();
    page.digest.answered_before = None;
    page.digest.weeks = None;
    page.digest.indicators.truncate(0);
    assert_snapshot!(digest_text(&page), @r"
    Mentoring digest · Engineering · week 9 · 18–24 May
    48 pairs. No pulse closed this week.

    FELL SILENT
      a former pair (both)
      No answer to the last three pulses. Silence has many reasons, a holiday or a muted bot among them: a short word says more than this list.

    NO FIRST MEETING YET
      a former pair, day 12
      As far as the two have said; they may have met without saying so.

    NOT FOR ME
      a former member
      Pressed it this week, and are asked nothing. Their partners have not been told.

    MET THIS WEEK
      No pair said this week that it had met.

    NOT SHOWN
      Single answers without a comment, because one says little; comments that were not shared with coordinators.

    Counted on Mon 25 May, 07:00 UTC. Only closed pulses count; whoever skipped a week is neither answered nor missed. Rules version 1.
    ");
}

#[test]
fn a_withdrawal_has_no_words() {
    let copy = Receipt { channel: "C1".to_owned(), ts: "1.2".to_owned() };
    assert_eq!(message(&Content::Withdrawal(copy), &key(), 1).text, "");
}
