//! App Home: what is open, one's own answers, and changing them.

use insta::assert_snapshot;

use crate::world::{Plan, World};

#[tokio::test]
async fn a_stranger_and_a_coordinator_see_what_concerns_them() {
    let berlin = "Europe/Berlin";
    let people = [("Ana Lopez", berlin), ("Ravi Rao", berlin), ("Zoe Stein", berlin)];
    let world = Plan::of(&people, &[("Ana", "Ravi")]).begin().await;
    world.all_start().await;
    assert_snapshot!(world.person("Zoe").opens_home().await, @"
    # You are in no mentoring pair
    rapport asks short questions of mentoring pairs. Whoever coordinates a programme can put you in; you are welcomed first, and nothing is asked before.
    *What rapport knows of you*
    Your name and time zone in Slack, your pairs, what you tapped and wrote here, and whether you two have met, as you said it. It reads no conversations.
    ");
    assert_snapshot!(world.person("Mia").opens_home().await, @"
    # Open now
    Nothing is asked of you at the moment.
    *You coordinate* Engineering
    The digest comes to you once a week, in a message of this app.
    *What rapport knows of you*
    Your name and time zone in Slack, your pairs, what you tapped and wrote here, and whether you two have met, as you said it. It reads no conversations.
    ");
    world.all_is_read();
}

#[tokio::test]
async fn a_pulse_is_answered_and_changed_at_home() {
    let world = World::started().await;
    let (mut ana, mut ravi) = (world.person("Ana"), world.person("Ravi"));
    assert_snapshot!(ana.opens_home().await, @"
    # Open now
    Nothing is asked of you at the moment.
    # Your pair
    *Ravi*, your mentor in Engineering
    *Ravi* · no session logged yet  [What to prepare]
    [We met today] [Log a session] [Suggest dates] [Say thanks] [I need help] [This match is not right]
    You take part in Engineering.  [Not for me]
    *Your agreement with Ravi*: still to be filled in by you two.  [Look and change]
    *Your goals with Ravi* · none open  [Write a goal]
    *Your time*
    You are asked in working hours.
    [Pause or go away] [Your hours]
    *Your record*: goals, sessions and thanks, for you alone.  [My record]
    *What rapport knows of you*
    Your name and time zone in Slack, your pairs, what you tapped and wrote here, and whether you two have met, as you said it. It reads no conversations.  [Who sees what]
    *Messages that rapport started this week:* 2 of 3 used. It starts no more than that, and at most one nudge.  [...]
    ");
    world.berlin("2026-05-12 10:00").await;
    for person in [&mut ana, &mut ravi] {
        person.skims(1);
        person.is_nudged("You two have not met yet");
        person.skims(1);
    }
    world.person("Mia").skims(1);
    assert_snapshot!(ana.opens_home().await, @"
    # Open now
    *Ravi* · Pulse 2 of 26 · open until May 15, 2026 17:00  [...]
    *We get enough time together.*
    Not answered yet. Your coordinator can see your answer, Ravi cannot.
    [No] [Not really] [Partly] [Mostly] [Yes]
    *I know whom to ask when the pair gets stuck.*
    Not answered yet. Your coordinator can see your answer, Ravi cannot.
    [No] [Not really] [Partly] [Mostly] [Yes]
    Did you two meet since 5 May?
    [Yes] [Not yet]
    ---
    # Your pair
    *Ravi*, your mentor in Engineering
    *Ravi* · no session logged yet  [What to prepare]
    [We met today] [Log a session] [Suggest dates] [Say thanks] [I need help] [This match is not right]
    You take part in Engineering.  [Not for me]
    *Your agreement with Ravi*: still to be filled in by you two.  [Look and change]
    *Your goals with Ravi* · none open  [Write a goal]
    *Your time*
    You are asked in working hours.
    [Pause or go away] [Your hours]
    *Your record*: goals, sessions and thanks, for you alone.  [My record]
    *What rapport knows of you*
    Your name and time zone in Slack, your pairs, what you tapped and wrote here, and whether you two have met, as you said it. It reads no conversations.  [Who sees what]
    *Messages that rapport started this week:* 2 of 3 used, of them 1 nudge. It starts no more than that, and at most one nudge.  [...]
    ");
    ana.taps_home("Mostly").await;
    assert_snapshot!(ana.home(), @"
    # Open now
    *Ravi* · Pulse 2 of 26 · open until May 15, 2026 17:00  [...]
    *We get enough time together.*
    You said: *Mostly*. Your coordinator can see it, Ravi cannot.
    [No] [Not really] [Partly] [Mostly] [Yes]
    [Add a comment] [Who sees this]
    *I know whom to ask when the pair gets stuck.*
    Not answered yet. Your coordinator can see your answer, Ravi cannot.
    [No] [Not really] [Partly] [Mostly] [Yes]
    Did you two meet since 5 May?
    [Yes] [Not yet]
    ---
    # Your pair
    *Ravi*, your mentor in Engineering
    *Ravi* · no session logged yet  [What to prepare]
    [We met today] [Log a session] [Suggest dates] [Say thanks] [I need help] [This match is not right]
    You take part in Engineering.  [Not for me]
    *Your agreement with Ravi*: still to be filled in by you two.  [Look and change]
    *Your goals with Ravi* · none open  [Write a goal]
    *Your time*
    You are asked in working hours.
    [Pause or go away] [Your hours]
    *Your record*: goals, sessions and thanks, for you alone.  [My record]
    *What rapport knows of you*
    Your name and time zone in Slack, your pairs, what you tapped and wrote here, and whether you two have met, as you said it. It reads no conversations.  [Who sees what]
    *Messages that rapport started this week:* 2 of 3 used, of them 1 nudge. It starts no more than that, and at most one nudge.  [...]
    ");
    ana.taps_home("Not really").await;
    ana.taps_home("Add a comment").await;
    assert_snapshot!(ana.submits(&[("Your words", "Fridays are full.")]).await, @"
    # Saved
    Your comment is saved. Your coordinator can see it, Ravi cannot.
    [Close]
    ");
    assert_snapshot!(ana.home(), @"
    # Open now
    *Ravi* · Pulse 2 of 26 · open until May 15, 2026 17:00  [...]
    *We get enough time together.*
    You said: *Not really*. Your coordinator can see it, Ravi cannot.
    > Fridays are full.
    [No] [Not really] [Partly] [Mostly] [Yes]
    [Edit comment] [Who sees this]
    *I know whom to ask when the pair gets stuck.*
    Not answered yet. Your coordinator can see your answer, Ravi cannot.
    [No] [Not really] [Partly] [Mostly] [Yes]
    Did you two meet since 5 May?
    [Yes] [Not yet]
    ---
    # Your pair
    *Ravi*, your mentor in Engineering
    *Ravi* · no session logged yet  [What to prepare]
    [We met today] [Log a session] [Suggest dates] [Say thanks] [I need help] [This match is not right]
    You take part in Engineering.  [Not for me]
    *Your agreement with Ravi*: still to be filled in by you two.  [Look and change]
    *Your goals with Ravi* · none open  [Write a goal]
    *Your time*
    You are asked in working hours.
    [Pause or go away] [Your hours]
    *Your record*: goals, sessions and thanks, for you alone.  [My record]
    *What rapport knows of you*
    Your name and time zone in Slack, your pairs, what you tapped and wrote here, and whether you two have met, as you said it. It reads no conversations.  [Who sees what]
    *Messages that rapport started this week:* 2 of 3 used, of them 1 nudge. It starts no more than that, and at most one nudge.  [...]
    ");
    world.berlin("2026-05-15 17:00").await;
    assert_snapshot!(ana.home(), @"
    # Open now
    Nothing is asked of you at the moment.
    # Your pair
    *Ravi*, your mentor in Engineering
    *Ravi* · no session logged yet  [What to prepare]
    [We met today] [Log a session] [Suggest dates] [Say thanks] [I need help] [This match is not right]
    You take part in Engineering.  [Not for me]
    *Your agreement with Ravi*: still to be filled in by you two.  [Look and change]
    *Your goals with Ravi* · none open  [Write a goal]
    *Your time*
    You are asked in working hours.
    [Pause or go away] [Your hours]
    *Your record*: goals, sessions and thanks, for you alone.  [My record]
    # What you answered
    *Ravi* · Pulse 2 of 26 · closed today 17:00
    We get enough time together.
    You said: *Not really*. Your coordinator can see it, Ravi cannot.
    > Fridays are full.
    *What rapport knows of you*
    Your name and time zone in Slack, your pairs, what you tapped and wrote here, and whether you two have met, as you said it. It reads no conversations.  [Who sees what]
    *Messages that rapport started this week:* 2 of 3 used, of them 1 nudge. It starts no more than that, and at most one nudge.  [...]
    ");
    world.all_is_read();
}

#[tokio::test]
async fn one_can_leave_and_come_back_at_home() {
    let world = World::started().await;
    let ana = world.person("Ana");
    ana.opens_home().await;
    ana.taps_home("Not for me").await;
    assert_snapshot!(ana.home(), @"
    # Open now
    Nothing is asked of you at the moment.
    # Your pair
    *Ravi*, your mentor in Engineering
    Nothing is asked of you in Engineering.  [Start]
    *Your time*
    You are asked in working hours.
    [Pause or go away] [Your hours]
    *Your record*: goals, sessions and thanks, for you alone.  [My record]
    *What rapport knows of you*
    Your name and time zone in Slack, your pairs, what you tapped and wrote here, and whether you two have met, as you said it. It reads no conversations.  [Who sees what]
    *Messages that rapport started this week:* 2 of 3 used. It starts no more than that, and at most one nudge.  [...]
    ");
    world.person("Mia").skims(1);
    world.advance_to(world.now() + chrono::TimeDelta::seconds(1)).await;
    ana.taps_home("Start").await;
    assert!(ana.home().contains("You take part in Engineering."));
    ana.taps_home("Who sees what").await;
    assert!(ana.form().contains("Who sees an answer"));
    world.all_is_read();
}
