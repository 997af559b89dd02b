//! The digest: a full week, a quiet one, the first of all.

use insta::assert_snapshot;

use crate::core::content::{Content, Form, MorePage};
use crate::core::event::Receipt;
use crate::core::scoring::digest::{DigestPage, Meetings, ProgramHealth};
use crate::slack::render::{digest_text, form, message};

use super::outline::{blocks, outline};
use super::samples::*;

fn read(content: &Content) -> String {
    outline(&message(content, &key(), 1))
}

#[test]
fn the_digest() {
    assert_snapshot!(read(&Content::Digest(Box::new(digest(5)))), @"
    Mentoring digest · Engineering · week 9 of 26 · 18–24 May. 47 pairs: 36 on track, 5 to watch, 3 need you, 2 paused, 1 too early to tell. Programme health 74 (last week 76, 45 pairs). 78 % answered (69 of 88 asked; 8 people were paused or away and not asked); last week 81 %, four-week mean 80 %. 5 things to do this week. 5 lines of last week's list to look back at. growth 3.9 (+0.2, n=66, up); communication 4.1 (-0.1, n=69, not proven yet); guidance 4.3 (n=7, too few to compare); feedback: withheld; organisation: not asked; Pairs without a group: growth 3.9 (n=12); Design: growth 3.9 (n=12); To the same questions over eight weeks, mentors rate feedback higher than mentees do.; Whether mentors and mentees differ about growth: not proven yet.; Means of the last four weeks, 1 to 5, against the four weeks before; without answers for totals only. feedback, mentees: 3.3 from 6 people; Each such answer is told once, with enough others, and is in no other number. 31 of 46 pairs met (67 %), median gap 13 days. Programme health, weeks 6 to 9: from 71 to 74, lowest 69, highest 76. Indicators, weeks 6 to 9: growth from 3.9 to 3.9; communication from 4.1 to 4.1. 5 comments shared with you. Counted on Mon 25 May, 07:00 UTC. Only closed pulses count; whoever skipped a week is neither answered nor missed. Health is for offering help, never for rating anybody; eight times of ten it lies within its brackets. Rules version 1.
    ---
    ## Mentoring digest · Engineering · week 9 of 26 · 18–24 May
    47 pairs: 36 on track, 5 to watch, 3 need you, 2 paused, 1 too early to tell. Programme health 74 (last week 76, 45 pairs).
    78 % answered (69 of 88 asked; 8 people were paused or away and not asked); last week 81 %, four-week mean 80 %.
    *DO THIS WEEK*
    1. *Ana 0 & Ravi 0* · 38 (29-47), needs you; 66 four weeks ago: Meetings -12, Feedback -7, Answering -6, Goals -3. Falling. No answer to three pulses (both).
    [Message both] [Ask each privately] [Pause 2 weeks] [Handled] [Show] [... It needed help | All was well]
    2. *Lee* asks for help (Tuesday; the partner is not told).
    [Write to Lee] [Handled]
    3. *Ana 2 & Ravi 2* see some things differently. Fifteen minutes with each, separately.
    [Handled] [Show]
    4. *Ana 3 & Ravi 3* · needs you; no first meeting known, day 42. Too early to tell more. No answer to three pulses (both).
    [Message both] [Ask each privately] [Pause 2 weeks] [Handled] [Show] [... It needed help | All was well]
    5. *Lee* pressed “Not for me” (Wednesday; the partner is not told). Nothing is asked of them.
    [Write to Lee] [Handled]
    *WATCH*
    Ana 0 & Ravi 0 58 (49-67) · Ana 1 & Ravi 1 58 (49-67), thin: few counted answers · Ana 2 & Ravi 2 58 (49-67) · Ana 3 & Ravi 3 58 (49-67), thin: few counted answers · Ana 4 & Ravi 4 58 (49-67) · Ana 4 & Ravi 4: no first meeting yet, day 12 · Ana 4 & Ravi 4: no answer to three pulses (mentor)
    Silence has many reasons, a holiday or a muted bot among them: a short word says more than a list.
    *LAST WEEK'S LIST*
    2 of 5 recovered (Ana 0 & Ravi 0 48 -> 66, after one of you acted · Ana 3 & Ravi 3). 1 paused: Ana 2 & Ravi 2 (one of you acted). 1 ended: Ana 4 & Ravi 4 (one of you acted). 1 still open: Ana 1 & Ravi 1.
    *ENDED THIS WEEK*
    Ana 0 & Ravi 0
    *INDICATORS*
    growth 3.9 (+0.2, n=66, up)
    communication 4.1 (-0.1, n=69, not proven yet)
    guidance 4.3 (n=7, too few to compare)
    feedback: withheld
    organisation: not asked
    Pairs without a group: growth 3.9 (n=12)
    Design: growth 3.9 (n=12)
    To the same questions over eight weeks, mentors rate feedback higher than mentees do.
    Whether mentors and mentees differ about growth: not proven yet.
    Means of the last four weeks, 1 to 5, against the four weeks before; without answers for totals only.
    *ANSWERS FOR TOTALS ONLY*
    feedback, mentees: 3.3 from 6 people
    Each such answer is told once, with enough others, and is in no other number.
    *MEETINGS*
    31 of 46 pairs met (67 %), median gap 13 days.
    [chart: Programme health, 0 to 100; Health]
    [chart: Indicators, 1 to 5; Growth, Communication]
    (Programme health, weeks 6 to 9: from 71 to 74, lowest 69, highest 76. Indicators, weeks 6 to 9: growth from 3.9 to 3.9; communication from 4.1 to 4.1.)
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
    *Ana 3*, paired with Ravi 3, on “We can talk openly, also about hard things.”: Mostly
    > We found a rhythm.
    > Fridays work.
    *Ana 4*, paired with Ravi 4, on “We can talk openly, also about hard things.”: Mostly
    > We found a rhythm.
    > Fridays work.
    *NOT SHOWN*
    Single answers without a comment, because one says little; comments that were not shared with coordinators.
    Feedback is withheld: in no week did enough people answer by name for this programme's threshold, or a total would have told what each of them said.
    Data 0, Data 1, Data 2, Data 3, Data 4: fewer people than the threshold answered this week.
    Research: so that those cannot be worked out.
    (Counted on Mon 25 May, 07:00 UTC. Only closed pulses count; whoever skipped a week is neither answered nor missed. Health is for offering help, never for rating anybody; eight times of ten it lies within its brackets. Rules version 1.)
    ");
}

#[test]
fn the_digest_on_a_terminal() {
    assert_snapshot!(digest_text(&digest(7)), @"
    Mentoring digest · Engineering · week 9 of 26 · 18–24 May
    49 pairs: 36 on track, 7 to watch, 3 need you, 2 paused, 1 too early to tell. Programme health 74 (last week 76, 45 pairs).
    78 % answered (69 of 88 asked; 8 people were paused or away and not asked); last week 81 %, four-week mean 80 %.

    DO THIS WEEK
      1. Ana 0 & Ravi 0 · 38 (29-47), needs you; 66 four weeks ago: Meetings -12, Feedback -7, Answering -6, Goals -3. Falling. No answer to three pulses (both).
      2. Lee asks for help (Tuesday; the partner is not told).
      3. Ana 2 & Ravi 2 see some things differently. Fifteen minutes with each, separately.
      4. Ana 3 & Ravi 3 · needs you; no first meeting known, day 42. Too early to tell more. No answer to three pulses (both).
      5. Lee pressed “Not for me” (Wednesday; the partner is not told). Nothing is asked of them.

    WATCH
      Ana 5 & Ravi 5 38 (29-47), needs you · Lee asks for help · Ana 0 & Ravi 0 58 (49-67) · Ana 1 & Ravi 1 58 (49-67), thin: few counted answers · Ana 2 & Ravi 2 58 (49-67) · Ana 3 & Ravi 3 58 (49-67), thin: few counted answers · Ana 4 & Ravi 4 58 (49-67) · Ana 5 & Ravi 5 58 (49-67), thin: few counted answers · Ana 6 & Ravi 6 58 (49-67) · Ana 4 & Ravi 4: no first meeting yet, day 12 · Ana 4 & Ravi 4: no answer to three pulses (mentor) · Ana 5 & Ravi 5: no answer to three pulses (mentee) · Ana 6 & Ravi 6: no answer to three pulses (both)
      Silence has many reasons, a holiday or a muted bot among them: a short word says more than a list.

    LAST WEEK'S LIST
      2 of 5 recovered (Ana 0 & Ravi 0 48 -> 66, after one of you acted · Ana 3 & Ravi 3). 1 paused: Ana 2 & Ravi 2 (one of you acted). 1 ended: Ana 4 & Ravi 4 (one of you acted). 1 still open: Ana 1 & Ravi 1.

    ENDED THIS WEEK
      Ana 0 & Ravi 0

    INDICATORS
      growth 3.9 (+0.2, n=66, up)
      communication 4.1 (-0.1, n=69, not proven yet)
      guidance 4.3 (n=7, too few to compare)
      feedback: withheld
      organisation: not asked
      Pairs without a group: growth 3.9 (n=12)
      Design: growth 3.9 (n=12)
      To the same questions over eight weeks, mentors rate feedback higher than mentees do.
      Whether mentors and mentees differ about growth: not proven yet.
      Means of the last four weeks, 1 to 5, against the four weeks before; without answers for totals only.

    ANSWERS FOR TOTALS ONLY
      feedback, mentees: 3.3 from 6 people
      Each such answer is told once, with enough others, and is in no other number.

    MEETINGS
      31 of 46 pairs met (67 %), median gap 13 days.

    OVER THE WEEKS
      Programme health, weeks 6 to 9: from 71 to 74, lowest 69, highest 76. Indicators, weeks 6 to 9: growth from 3.9 to 3.9; communication from 4.1 to 4.1.

    COMMENTS SHARED WITH YOU
      Ana 0, paired with Ravi 0, on “We can talk openly, also about hard things.”: Mostly
        We found a rhythm. Fridays work.
      Ana 1, paired with Ravi 1, on “We can talk openly, also about hard things.”: Mostly
        We found a rhythm. Fridays work.
      Ana 2, paired with Ravi 2, on “We can talk openly, also about hard things.”: Mostly
        We found a rhythm. Fridays work.
      Ana 3, paired with Ravi 3, on “We can talk openly, also about hard things.”: Mostly
        We found a rhythm. Fridays work.
      Ana 4, paired with Ravi 4, on “We can talk openly, also about hard things.”: Mostly
        We found a rhythm. Fridays work.
      Ana 5, paired with Ravi 5, on “We can talk openly, also about hard things.”: Mostly
        We found a rhythm. Fridays work.
      Ana 6, paired with Ravi 6, on “We can talk openly, also about hard things.”: Mostly
        We found a rhythm. Fridays work.

    NOT SHOWN
      Single answers without a comment, because one says little; comments that were not shared with coordinators.
      Feedback is withheld: in no week did enough people answer by name for this programme's threshold, or a total would have told what each of them said.
      Data 0, Data 1, Data 2, Data 3, Data 4, Data 5, Data 6: fewer people than the threshold answered this week.
      Research: so that those cannot be worked out.

    Counted on Mon 25 May, 07:00 UTC. Only closed pulses count; whoever skipped a week is neither answered nor missed. Health is for offering help, never for rating anybody; eight times of ten it lies within its brackets. Rules version 1.
    ");
}

#[test]
fn a_quiet_week_is_one_line() {
    assert_snapshot!(read(&Content::Digest(Box::new(digest(0)))), @"
    Mentoring digest · Engineering · week 9 of 26 · 18–24 May. A quiet week: nothing needs you. 42 pairs: 36 on track, 3 need you, 2 paused, 1 too early to tell. Programme health 74 (last week 76, 45 pairs). 78 % answered (69 of 88 asked); last week 81 %, four-week mean 80 %. 31 of 46 pairs met (67 %), median gap 13 days.
    ---
    ## Mentoring digest · Engineering · week 9 of 26 · 18–24 May
    A quiet week: nothing needs you. 42 pairs: 36 on track, 3 need you, 2 paused, 1 too early to tell. Programme health 74 (last week 76, 45 pairs). 78 % answered (69 of 88 asked); last week 81 %, four-week mean 80 %. 31 of 46 pairs met (67 %), median gap 13 days.
    (Counted on Mon 25 May, 07:00 UTC. Only closed pulses count; whoever skipped a week is neither answered nor missed. Health is for offering help, never for rating anybody; eight times of ten it lies within its brackets. Rules version 1.)
    ");
}

#[test]
fn a_workspace_without_charts_reads_the_sentence() {
    let page = DigestPage { charts: false, ..digest(1) };
    let shown = read(&Content::Digest(Box::new(page)));
    assert!(!shown.contains("data_visualization"), "{shown}");
    assert!(shown.contains("Programme health, weeks 6 to 9: from 71 to 74, lowest 69, highest 76."), "{shown}");
}

#[test]
fn little_is_known_at_first() {
    let mut page = digest(1);
    page.pairs.clear();
    page.people.clear();
    page.comments.clear();
    page.digest.answered = Default::default();
    page.digest.answered_before = None;
    page.digest.weeks = None;
    page.digest.series.truncate(1);
    page.digest.health = Some(ProgramHealth { pairs: 3, value: None, before: None });
    page.digest.meetings = Some(Meetings { met: 0, pairs: 3, median_gap_days: None });
    page.digest.indicators.truncate(0);
    assert_snapshot!(digest_text(&page), @"
    Mentoring digest · Engineering · week 9 · 18–24 May
    43 pairs: 36 on track, 1 to watch, 3 need you, 2 paused, 1 too early to tell. Programme health is not shown: there are fewer pairs to tell of than this programme's threshold.
    No pulse closed this week. 8 people were paused or away and not asked.

    DO THIS WEEK
      1. a former pair · 38 (29-47), needs you; 66 four weeks ago: Meetings -12, Feedback -7, Answering -6, Goals -3. Falling. No answer to three pulses (both).

    WATCH
      a former pair 58 (49-67)

    LAST WEEK'S LIST
      1 of 1 recovered (a former pair 48 -> 66, after one of you acted).

    ENDED THIS WEEK
      a former pair

    ANSWERS FOR TOTALS ONLY
      feedback, mentees: 3.3 from 6 people
      Each such answer is told once, with enough others, and is in no other number.

    MEETINGS
      None of 3 pairs said that they had met.

    NOT SHOWN
      Single answers without a comment, because one says little; comments that were not shared with coordinators.
      Data 0: fewer people than the threshold answered this week.
      Research: so that those cannot be worked out.

    Counted on Mon 25 May, 07:00 UTC. Only closed pulses count; whoever skipped a week is neither answered nor missed. Health is for offering help, never for rating anybody; eight times of ten it lies within its brackets. Rules version 1.
    ");
}

#[test]
fn a_digest_of_before_the_scores_is_shown_as_it_was() {
    assert_snapshot!(read(&Content::Digest(Box::new(digest_before_scores(2)))), @"
    Mentoring digest · Engineering · week 9 of 26 · 18–24 May. 48 pairs. 78 % answered (69 of 88 asked; 8 people were paused or away and not asked); last week 81 %. growth 3.9 (+0.2, n=66, up); communication 4.1 (-0.1, n=69, not proven yet); guidance 4.3 (n=7, too few to compare); feedback: withheld; organisation: not asked; Pairs without a group: growth 3.9 (n=12); Design: growth 3.9 (n=12); To the same questions over eight weeks, mentors rate feedback higher than mentees do.; Whether mentors and mentees differ about growth: not proven yet.; Means of the last four weeks, 1 to 5, against the four weeks before; without answers for totals only. feedback, mentees: 3.3 from 6 people; Each such answer is told once, with enough others, and is in no other number. 2 comments shared with you. Counted on Mon 25 May, 07:00 UTC. Only closed pulses count; whoever skipped a week is neither answered nor missed. Rules version 0.
    ---
    ## Mentoring digest · Engineering · week 9 of 26 · 18–24 May
    48 pairs.
    78 % answered (69 of 88 asked; 8 people were paused or away and not asked); last week 81 %.
    *FELL SILENT*
    Ana 0 & Ravi 0 (both) · Ana 1 & Ravi 1 (mentor)
    No answer to the last three pulses. Silence has many reasons, a holiday or a muted bot among them: a short word says more than this list.
    *NO FIRST MEETING YET*
    Ana 0 & Ravi 0, day 12 · Ana 1 & Ravi 1, day 12
    As far as the two have said; they may have met without saying so.
    *NOT FOR ME*
    Lee
    Pressed it this week, and are asked nothing. Their partners have not been told.
    *MET THIS WEEK*
    31 of 48 pairs said that they had met (65 %).
    *INDICATORS*
    growth 3.9 (+0.2, n=66, up)
    communication 4.1 (-0.1, n=69, not proven yet)
    guidance 4.3 (n=7, too few to compare)
    feedback: withheld
    organisation: not asked
    Pairs without a group: growth 3.9 (n=12)
    Design: growth 3.9 (n=12)
    To the same questions over eight weeks, mentors rate feedback higher than mentees do.
    Whether mentors and mentees differ about growth: not proven yet.
    Means of the last four weeks, 1 to 5, against the four weeks before; without answers for totals only.
    *COMMENTS SHARED WITH YOU*
    *Ana 0*, paired with Ravi 0, on “We can talk openly, also about hard things.”: Mostly
    > We found a rhythm.
    > Fridays work.
    *Ana 1*, paired with Ravi 1, on “We can talk openly, also about hard things.”: Mostly
    > We found a rhythm.
    > Fridays work.
    *NOT SHOWN*
    Single answers without a comment, because one says little; comments that were not shared with coordinators.
    Feedback is withheld: in no week did enough people answer by name for this programme's threshold, or a total would have told what each of them said.
    Data 0, Data 1: fewer people than the threshold answered this week.
    Research: so that those cannot be worked out.
    (Counted on Mon 25 May, 07:00 UTC. Only closed pulses count; whoever skipped a week is neither answered nor missed. Rules version 0.)
    ");
}

#[test]
fn a_withdrawal_has_no_words() {
    let copy = Receipt { channel: "C1".to_owned(), ts: "1.2".to_owned() };
    assert_eq!(message(&Content::Withdrawal(copy), &key(), 1).text, "");
}

#[test]
fn a_sealed_batch_is_told_in_a_quiet_week_too() {
    let mut page = digest(0);
    page.digest.batches = digest(1).digest.batches;
    let shown = read(&Content::Digest(Box::new(page)));
    assert!(shown.contains("feedback, mentees: 3.3 from 6 people"), "{shown}");
}

#[test]
fn what_finds_no_name_is_counted_and_no_pair_is_said_twice() {
    let mut page = digest(7);
    (page.digest.never_met_beyond, page.digest.silent_beyond) = (3, 1);
    let said = "3 pairs more without a first meeting, 1 pair more without an answer to three pulses, too many to name";
    assert!(digest_text(&page).contains(said), "{}", digest_text(&page));
    let form = form(&Form::More(Box::new(MorePage { page, skip: 0 })));
    let shown = blocks(&form["blocks"]);
    let facts: Vec<&str> = shown.lines().filter(|line| line.contains(": no ")).collect();
    // The lines have told the rest: whether the two have met, each of them, and who is silent, the first five.
    let unmet = "Ana 4 & Ravi 4: no first meeting yet, day 12";
    let silent = [(4, "mentor"), (5, "mentee"), (6, "both")];
    let silent = silent.map(|(n, who)| format!("Ana {n} & Ravi {n}: no answer to three pulses ({who})"));
    let expected: Vec<&str> = std::iter::once(unmet).chain(silent.iter().map(String::as_str)).collect();
    assert_eq!(facts.len(), expected.len(), "{facts:?}");
    assert!(facts.iter().zip(expected).all(|(line, fact)| line.starts_with(fact)), "{facts:?}");
}
