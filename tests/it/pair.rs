//! Stories of a pair: asked, answered, changed, put off, helped.

use insta::assert_snapshot;

use crate::store::Base;
use crate::world::{Plan, World};

/// A week from the welcome to the digest, as it is read: what Ana reads, if nobody else is named.
async fn a_week(base: Base) -> String {
    let world = Plan::pair("Europe/Berlin", "Europe/Berlin").begin_on(base).await;
    let (mut ana, mut ravi, mut mia) = (world.person("Ana"), world.person("Ravi"), world.person("Mia"));
    let mut read = vec![ana.reads()];
    ana.taps("Start").await;
    read.push(ana.reads());
    ravi.skims(1);
    ravi.taps("Start").await;
    ravi.skims(1);
    // Their agreement has stories of its own.
    ana.skims(1);
    ravi.skims(1);

    world.berlin("2026-05-05 09:59").await;
    world.all_is_read();
    world.berlin("2026-05-05 10:00").await;
    read.push(ana.reads());
    let post = ana.front();
    ana.taps("Yes").await;
    read.push(ana.reads());
    ana.turns_to(&post);
    ana.taps("met.yes").await;
    read.push(ana.reads());
    ravi.skims(1);
    ravi.taps("Partly").await;
    read.push(format!("Ravi: {}", ravi.reads()));

    // Whoever has answered: the post stays as it was, until it closes.
    ana.turns_to(&post);
    world.berlin("2026-05-08 16:59").await;
    assert!(ana.sees_it_untouched());
    world.berlin("2026-05-08 17:00").await;
    read.push(ana.sees());

    world.berlin("2026-05-11 08:59").await;
    world.all_is_read();
    world.berlin("2026-05-11 09:00").await;
    read.push(format!("Mia: {}", mia.reads()));
    world.all_is_read();
    read.join("\n\n")
}

#[tokio::test]
async fn a_week_of_a_pair() {
    let on_sqlite = a_week(Base::sqlite()).await;
    assert_snapshot!(on_sqlite, @"
    Mon 4 May 09:00, alone with rapport
    # Welcome to Engineering
    Mia coordinates this programme and has put you in. Your mentor is Ravi.
    *What happens*
    rapport is a bot that helps mentoring pairs to notice early when something does not work. It asks short questions that take one tap, and now and then it proposes one small thing to do (a nudge): at most 3 messages a week, in your working hours. You can choose fewer, or no nudges, in the Home tab of this app.
    *What the coordinator sees*
    Your answers with your name, unless a question says otherwise or you choose otherwise for an answer. Your partner sees an answer only if you share it. A total is shown only when it is about 5 people or more.
    *What is never read*
    Your conversations. rapport knows what you tell it by a button, a form or a command, and nothing more.
    Nothing is asked before you press Start, or before three working days have passed. “Not for me” is told to Mia only.
    [Start] [Not for me] [Who sees what]

    Mon 4 May 09:00, alone with rapport, only visible to you
    You are in Engineering. The first question comes at its next time, in your working hours. Should you change your mind, press “Not for me” in the Home tab of this app.

    Tue 5 May 10:00, with Ravi, rapport
    Pulse 1 of 26 · Ana & Ravi
    *Ana: I know what I want to get out of this mentoring.*
    *Ravi: I know what my mentee wants to get out of this.*
    [No] [Not really] [Partly] [Mostly] [Yes] [...]
    Did you two meet since 4 May?
    [Yes] [Not yet]
    Open until May 8, 2026 17:00 (your time). Your coordinator can see your answer, your partner cannot. You can change that.

    Tue 5 May 10:00, with Ravi, rapport, only visible to you
    Saved: *Yes*. Your coordinator can see it, Ravi cannot.
    [Change] [Add a comment] [Who sees this]

    Tue 5 May 10:00, with Ravi, rapport, only visible to you
    Noted: you and Ravi have met.

    Ravi: Tue 5 May 10:00, with Ana, rapport, only visible to you
    Saved: *Partly*. Your coordinator can see it, Ana cannot.
    [Change] [Add a comment] [Who sees this]

    Tue 5 May 10:00, with Ravi, rapport
    Pulse 1 of 26 · Ana & Ravi
    *Ana: I know what I want to get out of this mentoring.*
    *Ravi: I know what my mentee wants to get out of this.*
    This pulse is closed. Your own answers are in the Home tab of this app.

    Mia: Mon 11 May 09:00, alone with rapport
    # Mentoring digest · Engineering · week 1 of 26 · 4–10 May
    A quiet week: nothing needs you. 1 pair: 1 too early to tell. Programme health: too early to tell. 100 % answered (2 of 2 asked). 1 of 1 pair met (100 %).
    Counted on Mon 11 May, 07:00 UTC. Only closed pulses count; whoever skipped a week is neither answered nor missed. Health is for offering help, never for rating anybody; eight times of ten it lies within its brackets. Rules version 2.
    ");
    assert_eq!(a_week(Base::postgres().await).await, on_sqlite);
}

#[tokio::test]
async fn the_second_question_comes_privately() {
    let world = World::started().await;
    let (mut ana, mut ravi) = (world.person("Ana"), world.person("Ravi"));
    world.berlin("2026-05-12 10:00").await;
    ana.skims(1);
    ravi.skims(1);
    ana.is_nudged("You two have not met yet");
    ravi.is_nudged("You two have not met yet");
    ana.skims(1);
    ana.taps("Mostly").await;
    assert_snapshot!(ana.reads(), @"
    Tue 12 May 10:00, with Ravi, rapport, only visible to you
    Saved: *Mostly*. Your coordinator can see it, Ravi cannot.
    [Change] [Add a comment] [Who sees this]
    One more, only for you: *I know whom to ask when the pair gets stuck.*
    [No] [Not really] [Partly] [Mostly] [Yes]
    Your coordinator can see your answer, Ravi cannot. You can change that.
    ");
    ana.taps("answer.2").await;
    assert_snapshot!(ana.reads(), @"
    Tue 12 May 10:00, with Ravi, rapport, only visible to you
    Saved: *Not really*. Your coordinator can see it, Ravi cannot.
    A thought, only for you: Tap Help: the coordinator answers you, not your partner.
    [Change] [Add a comment] [Who sees this]
    ");
    world.person("Mia").skims(1);
    ravi.skims(1);
    world.all_is_read();
}

#[tokio::test]
async fn a_changed_mind_is_the_answer() {
    let world = World::started().await;
    let (mut ana, mut ravi) = (world.person("Ana"), world.person("Ravi"));
    world.berlin("2026-05-05 10:00").await;
    ravi.skims(1);
    ana.skims(1);
    let post = ana.front();
    ana.taps("Yes").await;
    ana.skims(1);
    ana.taps("Change").await;
    assert_snapshot!(ana.reads(), @"
    Tue 5 May 10:00, with Ravi, rapport, only visible to you
    *I know what I want to get out of this mentoring.*
    What you tap now takes the place of your answer.
    [No] [Not really] [Partly] [Mostly] [Yes]
    ");
    ana.taps("Not really").await;
    assert_snapshot!(ana.reads(), @"
    Tue 5 May 10:00, with Ravi, rapport, only visible to you
    Saved: *Not really*. Your coordinator can see it, Ravi cannot.
    A thought, only for you: Use ten minutes of the next session to write one goal.
    [Change] [Add a comment] [Who sees this]
    ");
    // The buttons of the post itself do the same.
    ana.turns_to(&post);
    ana.taps("Partly").await;
    assert_snapshot!(ana.reads(), @"
    Tue 5 May 10:00, with Ravi, rapport, only visible to you
    Saved: *Partly*. Your coordinator can see it, Ravi cannot.
    [Change] [Add a comment] [Who sees this]
    ");
    world.all_is_read();
}
