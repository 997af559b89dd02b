//! What one can do with an answer: say more, and say who sees it.

use insta::assert_snapshot;
use rapport::core::id::ProgramId;

use crate::world::{Reader, World, berlin};

/// Ana and Ravi at their first pulse, which Ana has answered; what she reads then stands in front.
async fn answered(world: &World) -> (Reader<'_>, Reader<'_>) {
    let (mut ana, mut ravi) = (world.person("Ana"), world.person("Ravi"));
    world.berlin("2026-05-05 10:00").await;
    ana.skims(1);
    ravi.skims(1);
    ana.taps("Not really").await;
    ana.skims(1);
    (ana, ravi)
}

/// All that leaves in an export, as text.
async fn exported(world: &World) -> String {
    let program: ProgramId = world.program("Engineering");
    let answers = world.store.export_answers(program.clone()).await.expect("answers");
    format!("{:?}", answers)
}

#[tokio::test]
async fn a_comment_is_saved_edited_and_withdrawn() {
    let world = World::started().await;
    let (mut ana, _) = answered(&world).await;
    let saved = ana.front();
    ana.taps("Add a comment").await;
    assert_snapshot!(ana.form(), @"
    # Your comment
    *I know what I want to get out of this mentoring.*
    Your coordinator can see it, Ravi cannot.
    Your words (optional): [____]
      An empty field withdraws the comment.
    [Cancel] [Save]
    ");
    assert_snapshot!(ana.submits(&[("Your words", "We never find the time.")]).await, @"
    # Saved
    Your comment is saved. Your coordinator can see it, Ravi cannot.
    [Close]
    ");

    ana.turns_to(&saved);
    ana.taps("Add a comment").await;
    assert_snapshot!(ana.form(), @"
    # Your comment
    *I know what I want to get out of this mentoring.*
    Your coordinator can see it, Ravi cannot.
    Your words (optional): [We never find the time.]
      An empty field withdraws the comment.
    [Cancel] [Save]
    ");
    assert_snapshot!(ana.submits(&[("Your words", "")]).await, @"
    # Saved
    Your comment is withdrawn and deleted.
    [Close]
    ");
    world.all_is_read();

    world.berlin("2026-05-11 09:00").await;
    assert_snapshot!(world.person("Mia").reads(), @"
    Mon 11 May 09:00, alone with rapport
    # Mentoring digest · Engineering · week 1 of 26 · 4–10 May
    1 pair: 1 too early to tell. Programme health: too early to tell.
    50 % answered (1 of 2 asked).
    *WATCH*
    Ana & Ravi: no first meeting yet, day 7
    *INDICATORS*
    growth: withheld
    communication: not asked
    guidance: not asked
    feedback: not asked
    organisation: not asked
    Means of the last four weeks, 1 to 5, against the four weeks before; without answers for totals only.
    *MEETINGS*
    None of 1 pair said that they had met.
    *NOT SHOWN*
    Single answers without a comment, because one says little; comments that were not shared with coordinators.
    Growth is withheld: in no week did enough people answer by name for this programme's threshold, or a total would have told what each of them said.
    [Show] [Export CSV]
    Counted on Mon 11 May, 07:00 UTC. Only closed pulses count; whoever skipped a week is neither answered nor missed. Health is for offering help, never for rating anybody; eight times of ten it lies within its brackets. Rules version 2.
    ");
    world.all_is_read();
}

#[tokio::test]
async fn a_comment_reaches_the_coordinator_with_the_answer() {
    let world = World::started().await;
    let (mut ana, _) = answered(&world).await;
    ana.taps("Add a comment").await;
    ana.submits(&[("Your words", "We never find the time.")]).await;
    world.berlin("2026-05-11 09:00").await;
    assert_snapshot!(world.person("Mia").reads(), @"
    Mon 11 May 09:00, alone with rapport
    # Mentoring digest · Engineering · week 1 of 26 · 4–10 May
    1 pair: 1 too early to tell. Programme health: too early to tell.
    50 % answered (1 of 2 asked).
    *WATCH*
    Ana & Ravi: no first meeting yet, day 7
    *INDICATORS*
    growth: withheld
    communication: not asked
    guidance: not asked
    feedback: not asked
    organisation: not asked
    Means of the last four weeks, 1 to 5, against the four weeks before; without answers for totals only.
    *MEETINGS*
    None of 1 pair said that they had met.
    *COMMENTS SHARED WITH YOU*
    *Ana*, paired with Ravi, on “I know what I want to get out of this mentoring.”: Not really
    > We never find the time.
    *NOT SHOWN*
    Single answers without a comment, because one says little; comments that were not shared with coordinators.
    Growth is withheld: in no week did enough people answer by name for this programme's threshold, or a total would have told what each of them said.
    [Show] [Export CSV]
    Counted on Mon 11 May, 07:00 UTC. Only closed pulses count; whoever skipped a week is neither answered nor missed. Health is for offering help, never for rating anybody; eight times of ten it lies within its brackets. Rules version 2.
    ");
    assert!(exported(&world).await.contains("value: 2"));
    world.all_is_read();
}

#[tokio::test]
async fn a_comment_that_is_too_long_says_so() {
    let world = World::started().await;
    let (mut ana, _) = answered(&world).await;
    ana.taps("Add a comment").await;
    let long = "a".repeat(3_001);
    assert_snapshot!(ana.submits(&[("Your words", &long)]).await, @"
    # Your comment
    *I know what I want to get out of this mentoring.*
    Your coordinator can see it, Ravi cannot.
    Your words (optional): [____]
      An empty field withdraws the comment.
    [Cancel] [Save]
    ! words: Use at most 3000 characters.
    ");
    assert_snapshot!(ana.submits(&[("Your words", &long[..3_000])]).await, @"
    # Saved
    Your comment is saved. Your coordinator can see it, Ravi cannot.
    [Close]
    ");
    world.all_is_read();
}

#[tokio::test]
async fn an_answer_can_be_shared_with_the_partner() {
    let world = World::started().await;
    let (mut ana, ravi) = answered(&world).await;
    ana.taps("Who sees this").await;
    assert_snapshot!(ana.form(), @"
    # Who sees this
    *I know what I want to get out of this mentoring.*
    In a pair of two nothing is anonymous: what you share with Ravi, they know to be yours. A comment goes where its answer goes; in totals only, nobody but you sees it.
    Who sees this answer: (x) My coordinator ( ) My coordinator and Ravi ( ) Nobody by name
    [Cancel] [Save]
    ");
    assert_snapshot!(ana.submits(&[("Who sees this answer", "My coordinator and Ravi")]).await, @"
    # Saved
    Saved: *Not really*. Your coordinator and Ravi can see it.
    [Close]
    ");
    world.berlin("2026-05-08 17:00").await;
    assert_snapshot!(ravi.opens_home().await, @"
    # Open now
    Nothing is asked of you at the moment.
    # Your pair
    *Ana*, your mentee in Engineering
    *Ana* · no session logged yet  [What to prepare]
    [We met today] [Log a session] [Suggest dates] [Say thanks] [I need help] [This match is not right]
    You take part in Engineering.  [Not for me]
    *Your agreement with Ana*: still to be filled in by you two.  [Look and change]
    *Your time*
    You are asked in working hours.
    [Pause or go away] [Your hours]
    *Your record*: goals, sessions and thanks, for you alone.  [My record]
    # Shared with you
    *Ana* · today 17:00
    I know what I want to get out of this mentoring.
    *Not really*
    *What rapport knows of you*
    Your name and time zone in Slack, your pairs, what you tapped and wrote here, and whether you two have met, as you said it. It reads no conversations.  [Who sees what]
    *Messages that rapport started this week:* 3 of 3 used. It starts no more than that, and at most one nudge.  [...]
    ");
    world.all_is_read();
}

#[tokio::test]
async fn an_answer_for_totals_only_leaves_no_trace() {
    let world = World::started().await;
    let (mut ana, ravi) = answered(&world).await;
    ana.taps("Add a comment").await;
    ana.submits(&[("Your words", "We never find the time.")]).await;
    let saved = ana.front();
    ana.turns_to(&saved);
    ana.taps("Who sees this").await;
    assert_snapshot!(ana.submits(&[("Who sees this answer", "Nobody by name")]).await, @"
    # Saved
    Saved: *Not really*. Nobody sees it by name: it counts in totals only.
    [Close]
    ");
    assert_snapshot!(ravi.opens_home().await, @"
    # Open now
    *Ana* · Pulse 1 of 26 · open until May 8, 2026 17:00  [...]
    *I know what my mentee wants to get out of this.*
    Not answered yet. Your coordinator can see your answer, Ana cannot.
    [No] [Not really] [Partly] [Mostly] [Yes]
    Did you two meet since 4 May?
    [Yes] [Not yet]
    ---
    # Your pair
    *Ana*, your mentee in Engineering
    *Ana* · no session logged yet  [What to prepare]
    [We met today] [Log a session] [Suggest dates] [Say thanks] [I need help] [This match is not right]
    You take part in Engineering.  [Not for me]
    *Your agreement with Ana*: still to be filled in by you two.  [Look and change]
    *Your time*
    You are asked in working hours.
    [Pause or go away] [Your hours]
    *Your record*: goals, sessions and thanks, for you alone.  [My record]
    *What rapport knows of you*
    Your name and time zone in Slack, your pairs, what you tapped and wrote here, and whether you two have met, as you said it. It reads no conversations.  [Who sees what]
    *Messages that rapport started this week:* 3 of 3 used. It starts no more than that, and at most one nudge.  [...]
    ");
    world.berlin("2026-05-11 09:00").await;
    assert_snapshot!(world.person("Mia").reads(), @"
    Mon 11 May 09:00, alone with rapport
    # Mentoring digest · Engineering · week 1 of 26 · 4–10 May
    1 pair: 1 too early to tell. Programme health: too early to tell.
    50 % answered (1 of 2 asked).
    *WATCH*
    Ana & Ravi: no first meeting yet, day 7
    *INDICATORS*
    growth: withheld
    communication: not asked
    guidance: not asked
    feedback: not asked
    organisation: not asked
    Means of the last four weeks, 1 to 5, against the four weeks before; without answers for totals only.
    *MEETINGS*
    None of 1 pair said that they had met.
    *NOT SHOWN*
    Single answers without a comment, because one says little; comments that were not shared with coordinators.
    Growth is withheld: in no week did enough people answer by name for this programme's threshold, or a total would have told what each of them said.
    [Show] [Export CSV]
    Counted on Mon 11 May, 07:00 UTC. Only closed pulses count; whoever skipped a week is neither answered nor missed. Health is for offering help, never for rating anybody; eight times of ten it lies within its brackets. Rules version 2.
    ");
    assert_eq!(exported(&world).await, "[]");
    world.all_is_read();
}

#[tokio::test]
async fn what_follows_a_low_answer_is_said_once_and_to_that_person_only() {
    let world = World::started().await;
    let (mut ana, mut ravi) = (world.person("Ana"), world.person("Ravi"));
    world.berlin("2026-05-05 10:00").await;
    ana.skims(1);
    ravi.skims(1);
    let pulse = ana.front();
    ana.taps("Partly").await;
    assert!(!ana.reads().contains("A thought"));
    ana.turns_to(&pulse);
    ana.taps("No").await;
    assert_snapshot!(ana.reads(), @"
    Tue 5 May 10:00, with Ravi, rapport, only visible to you
    Saved: *No*. Your coordinator can see it, Ravi cannot.
    A thought, only for you: Use ten minutes of the next session to write one goal.
    [Change] [Add a comment] [Who sees this]
    ");
    // Not again with another low answer, nor where the answer is shown.
    ana.turns_to(&pulse);
    ana.taps("Not really").await;
    assert!(!ana.reads().contains("A thought"));
    let thought = "ten minutes of the next session";
    assert!(!ana.opens_home().await.contains(thought));
    ana.taps("Who sees this").await;
    assert!(!ana.submits(&[("Who sees this answer", "My coordinator and Ravi")]).await.contains(thought));
    // Ravi answers well, and the coordinators read of it; neither gets the line, though the answer is shared with both.
    ravi.taps("Yes").await;
    assert!(!ravi.reads().contains(thought));
    world.berlin("2026-05-11 09:00").await;
    assert!(!ravi.opens_home().await.contains(thought));
    assert!(!world.person("Mia").reads().contains(thought));
    world.all_is_read();
}

/// Ana fills in the form behind this button at this time in Berlin, which may be before what she did last: such an act
/// was on its way for longer. What the bot says to it.
async fn fills_in_at(ana: &mut Reader<'_>, world: &World, civil: &str, button: &str, input: (&str, &str)) -> String {
    world.clock.set(berlin(civil));
    world.settle().await;
    ana.taps(button).await;
    ana.submits(&[input]).await
}

#[tokio::test]
async fn an_older_choice_that_arrives_later_widens_nothing() {
    let world = World::started().await;
    let (mut ana, ravi) = answered(&world).await;
    let sees = "Who sees this answer";
    fills_in_at(&mut ana, &world, "2026-05-05 10:05", "Who sees this", (sees, "Nobody by name")).await;
    let share = (sees, "My coordinator and Ravi");
    assert_snapshot!(fills_in_at(&mut ana, &world, "2026-05-05 10:03", "Who sees this", share).await, @"
    # Saved
    Saved: *Not really*. Nobody sees it by name: it counts in totals only.
    [Close]
    ");
    // A changed answer keeps who sees it, too.
    world.berlin("2026-05-05 10:06").await;
    ana.taps("Change").await;
    ana.reads();
    ana.taps("Yes").await;
    assert_snapshot!(ana.reads(), @"
    Tue 5 May 10:00, with Ravi, rapport, only visible to you
    Saved: *Yes*. Nobody sees it by name: it counts in totals only.
    [Change] [Add a comment] [Who sees this]
    ");
    world.berlin("2026-05-08 17:00").await;
    assert!(!ravi.opens_home().await.contains("Shared with you"));
    assert_eq!(exported(&world).await, "[]");
    world.all_is_read();
}

#[tokio::test]
async fn words_that_were_taken_back_do_not_return() {
    let world = World::started().await;
    let (mut ana, _) = answered(&world).await;
    let (comment, words) = ("Add a comment", "Your words");
    fills_in_at(&mut ana, &world, "2026-05-05 10:05", comment, (words, "We never find the time.")).await;
    fills_in_at(&mut ana, &world, "2026-05-05 10:06", comment, (words, "")).await;
    let older = fills_in_at(&mut ana, &world, "2026-05-05 10:04", comment, (words, "He cancels.")).await;
    assert_snapshot!(older, @"
    # Saved
    Your comment is withdrawn and deleted.
    [Close]
    ");
    world.berlin("2026-05-05 10:07").await;
    assert!(!ana.opens_home().await.contains("He cancels."));
    let newer = fills_in_at(&mut ana, &world, "2026-05-05 10:08", comment, (words, "It is better now.")).await;
    assert_snapshot!(newer, @"
    # Saved
    Your comment is saved. Your coordinator can see it, Ravi cannot.
    [Close]
    ");
    assert!(ana.opens_home().await.contains("It is better now."));
    world.all_is_read();
}
