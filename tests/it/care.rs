//! What a coordinator does about a pair from its page, and what the pair sees of it.

use insta::assert_snapshot;
use rapport::sim::{Fault, Sim};

use crate::world::{Plan, Reader, World};

const BERLIN: &str = "Europe/Berlin";

/// Opens the pair's page by a command.
pub async fn opens_page(world: &World, coordinator: &Reader<'_>, words: &str) -> String {
    let commanded = coordinator.someone.command("/rapport", words).await;
    assert_eq!(commanded.warning, None);
    world.settle().await;
    match commanded.reply {
        Some(reply) => reply.as_text(),
        None => coordinator.form(),
    }
}

/// Presses a button of the form on top.
pub async fn taps_form(world: &World, person: &Reader<'_>, button: &str) {
    let tapped = person.someone.act_on_modal(button, None).await;
    assert_eq!(tapped.warning, None, "{button:?} was not acknowledged");
    world.settle().await;
}

/// Ana answers the first pulse with a comment; Ravi keeps his answer to totals.
async fn first_pulse(world: &World) {
    world.berlin("2026-05-05 10:00").await;
    let (mut ana, mut ravi) = (world.person("Ana"), world.person("Ravi"));
    ana.reads();
    let post = ana.front();
    ana.taps("met.yes").await;
    ana.skims(1);
    ana.turns_to(&post);
    ana.taps("answer.2").await;
    ana.reads();
    ana.taps("Add a comment").await;
    assert_eq!(ana.submits(&[("words", "I would like more time.")]).await.lines().next(), Some("# Saved"));
    ana.someone.reload();
    ravi.skims(1);
    ravi.taps("answer.4").await;
    ravi.reads();
    ravi.taps("Who sees this").await;
    assert_eq!(ravi.submits(&[("audience", "OnlyTotals")]).await.lines().next(), Some("# Saved"));
    ravi.someone.reload();
}

#[tokio::test]
async fn a_pause_is_obeyed_seen_by_both_and_ends_by_itself() {
    let world = World::started().await;
    let mia = world.person("Mia");
    world.berlin("2026-05-05 10:00").await;
    let (mut ana, mut ravi) = (world.person("Ana"), world.person("Ravi"));
    ana.opens_home().await;
    ana.skims(1);
    ravi.skims(1);
    world.berlin("2026-05-06 09:00").await;
    opens_page(&world, &mia, "pair ana").await;
    taps_form(&world, &mia, "Pause 2 weeks").await;
    assert_snapshot!(mia.form(), @"
    # Pair
    # Ana & Ravi
    Engineering · since 4 May · mentee Ana (@Ana) · mentor Ravi (@Ravi)
    *Done.* Ana & Ravi are paused: nothing is asked until Wednesday 20 May, and then it goes on by itself. The pulse that is open stays until May 8, 2026 17:00; left unanswered, it counts neither as answered nor as missed. Both see it in their Home tab.
    *Paused* by Mia until Wednesday 20 May. It goes on by itself.  [Resume now]
    *Health*
    The first weekly look is still to come.
    *Meetings*
    No meeting is known; they may have met without saying so.
    *Agreement*
    They have not agreed on how they work together yet.
    *Answering*
    1 pulse so far. None that was asked of them has closed yet.
    *Feedback*
    There is no answer that you may read by name.
    *What was done*
    Mia paused the pair today 09:00, until Wednesday 20 May
    [Message both] [Ask each privately] [End this pair]
    [Close]
    ");
    assert_snapshot!(ana.home(), @"
    # Open now
    *Ravi* · Pulse 1 of 26 · open until May 8, 2026 17:00  [...]
    *I know what I want to get out of this mentoring.*
    Not answered yet. Your coordinator can see your answer, Ravi cannot.
    [No] [Not really] [Partly] [Mostly] [Yes]
    Did you two meet since 4 May?
    [Yes] [Not yet]
    ---
    # Your pair
    *Ravi*, your mentor in Engineering. Paused by Mia: nothing is asked until Wednesday 20 May, and nothing counts as missed. What is open stays until it closes.
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
    *Messages that rapport started this week:* 3 of 3 used. It starts no more than that, and at most one nudge.  [...]
    ");
    // The open pulse can still be answered, closes at its time, and nothing is missed in it.
    ana.taps("answer.4").await;
    ana.skims(1);
    world.berlin("2026-05-19 12:00").await;
    let mut mia = mia;
    mia.skims(2);
    world.all_is_read();
    let pairs = world.store.pair_list(world.program("Engineering")).await.expect("readable");
    assert_eq!(pairs[0].pulses, 1, "nothing was asked on the twelfth and the nineteenth");
    world.berlin("2026-05-26 10:00").await;
    mia.skims(1);
    for person in [&mut ana, &mut ravi] {
        person.is_nudged("Welcome back.");
        person.is_nudged("You two have not met yet");
    }
    assert_eq!(ana.reads_when(), "Tue 26 May 10:00, with Ravi, rapport");
    assert_eq!(ravi.reads_when(), "Tue 26 May 10:00, with Ana, rapport");
    world.all_is_read();
}

#[tokio::test]
async fn named_answers_are_shown_on_request_and_both_see_who_looked() {
    let world = World::started().await;
    let (mia, ana, ravi) = (world.person("Mia"), world.person("Ana"), world.person("Ravi"));
    ravi.opens_home().await;
    first_pulse(&world).await;
    // While the pulse is open there is nothing to look at.
    let open = opens_page(&world, &mia, "pair rav an").await;
    assert!(open.contains("There is no answer that you may read by name."), "{open}");
    world.berlin("2026-05-08 18:00").await;
    assert_snapshot!(opens_page(&world, &mia, "pair Ana & Ravi").await, @"
    # Pair
    # Ana & Ravi
    Engineering · since 4 May · mentee Ana (@Ana) · mentor Ravi (@Ravi)
    *Health*
    The first weekly look is still to come.
    *Meetings*
    Known to have met once, May 5, 2026 10:00.
    *Agreement*
    They have not agreed on how they work together yet.
    *Answering*
    1 pulse so far. Ana answered 1 of the last 1, Ravi answered 1 of the last 1. Silence has many reasons.
    *Feedback*
    1 answer that you may read by name: 1 of Ana, 0 of Ravi. Both will see in their Home tab that you looked, and when.  [Show answers]
    *What was done*
    Nothing yet.
    [Message both] [Ask each privately] [Pause 2 weeks] [End this pair]
    [Close]
    ");
    assert!(!ana.opens_home().await.contains("Who looked"));
    taps_form(&world, &mia, "Show answers").await;
    assert_snapshot!(mia.form(), @"
    # Answers
    # Ana & Ravi
    Both see in their Home tab that you looked at these, and when. What counts in totals only is not here.
    *Ana* · today 17:00
    I know what I want to get out of this mentoring.
    *Not really*
    > I would like more time.
    [Close]
    ");
    let seen =
        |home: String| home.lines().skip_while(|line| *line != "# Who looked").take(2).collect::<Vec<_>>().join("\n");
    assert_snapshot!(seen(ana.home()), @"
    # Who looked
    Mia looked at answers by name · today 18:00
    ");
    assert_eq!(seen(ana.home()), seen(ravi.home()));
}

#[tokio::test]
async fn words_reach_both_and_a_question_reaches_each_alone() {
    let world = World::started().await;
    let (mut mia, mut ana, mut ravi) = (world.person("Mia"), world.person("Ana"), world.person("Ravi"));
    world.berlin("2026-05-04 20:00").await;
    opens_page(&world, &mia, "pair ana").await;
    taps_form(&world, &mia, "Message both").await;
    assert_snapshot!(mia.form(), @"
    # Message both
    Your words go to Ana & Ravi in their group DM, with your name, when it is working time for both. Both read the same.
    Your words: [____]
      They can answer you directly; rapport reads no conversations.
    [Cancel] [Send]
    ");
    assert_snapshot!(mia.submits(&[("words", "Shall we find you a better hour?")]).await, @"
    # Done
    Your words reach Ana & Ravi in their group DM tomorrow 09:00, with your name.
    [Close]
    ");
    // A second time on the same day it only says who was first.
    mia.someone.reload();
    opens_page(&world, &mia, "pair ana").await;
    taps_form(&world, &mia, "Message both").await;
    assert_snapshot!(mia.form(), @"
    # Done
    You wrote to both already, today 20:00. Nothing more was done now.
    [Close]
    ");
    mia.someone.reload();
    opens_page(&world, &mia, "pair ana").await;
    taps_form(&world, &mia, "Ask each privately").await;
    world.berlin("2026-05-05 09:30").await;
    // They stand in two conversations, so that either may come first.
    let mut both = [(ana.reads(), ana.front()), (ana.reads(), ana.front())];
    both.sort_by(|one, other| one.0.cmp(&other.0));
    let [(question, asked), (words, _)] = both;
    assert_snapshot!([question, words].join("\n\n"), @"
    Tue 5 May 09:00, alone with rapport
    *Mia*, who coordinates Engineering, asks you: how is it going with Ravi, and is there something that would help?
    Ravi is asked the same, alone. What you answer goes to Mia and to nobody else. You need not answer.
    [Answer]

    Tue 5 May 09:00, with Ravi, rapport
    *Mia*, who coordinates Engineering, writes to you both:
    > Shall we find you a better hour?
    rapport only carries this, and reads no answer here. Mia can be written to directly.
    ");
    ana.turns_to(&asked);
    ana.taps("Answer").await;
    assert_snapshot!(ana.form(), @"
    # Your answer
    Your words go to Mia, with your name, and to nobody else. Ravi is not told.
    How is it going with Ravi, and what would help?: [____]
      A few words are enough.
    [Cancel] [Send]
    ");
    assert_snapshot!(ana.submits(&[("words", "I find it hard to say what I need.")]).await, @"
    # Done
    Mia has your words, and nobody else. Ravi is not told.
    [Close]
    ");
    assert_snapshot!(mia.reads(), @"
    Tue 5 May 09:30, alone with rapport
    *Ana* (@Ana) answers what you asked about the pair with Ravi in Engineering.
    > I find it hard to say what I need.
    They were told that nobody but you reads this, and that Ravi is not told.
    ");
    assert_snapshot!(ana.sees(), @"
    Tue 5 May 09:00, alone with rapport
    *Mia*, who coordinates Engineering, asks you: how is it going with Ravi, and is there something that would help?
    Ravi is asked the same, alone. What you answer goes to Mia and to nobody else. You need not answer.
    You have answered; Mia has your words.
    [Answer again]
    ");
    ravi.skims(1);
    let asked = ravi.sees();
    assert!(asked.contains("how is it going with Ana") && !asked.contains("hard to say"), "{asked}");
    ravi.skims(1);
    world.all_is_read();
}

#[tokio::test]
async fn only_coordinators_of_the_programme_act_and_never_on_a_pair_of_their_own() {
    let people = [("Ana Lopez", BERLIN), ("Ravi Rao", BERLIN), ("Bea Ito", BERLIN), ("Sam Oz", BERLIN)];
    let plan = Plan::of(&people, &[("Ana", "Ravi"), ("Bea", "Sam")]);
    let world = plan.coordinators(&[("Mia Chen", BERLIN), ("Sam", BERLIN)]).begin().await;
    world.all_start().await;
    let (mia, sam, ana) = (world.person("Mia"), world.person("Sam"), world.person("Ana"));
    assert_snapshot!(opens_page(&world, &ana, "pair bea").await, @"Only the coordinators of this programme can do that, so nothing was done.");
    assert_snapshot!(opens_page(&world, &sam, "pair bea").await, @"None of the pairs that you coordinate is called “bea”.");
    assert_snapshot!(opens_page(&world, &mia, "pair zoe").await, @"None of the pairs that you coordinate is called “zoe”.");
    assert_snapshot!(opens_page(&world, &mia, "pair a").await, @"
    # Pair
    # Ana & Ravi
    Engineering · since 4 May · mentee Ana (@Ana) · mentor Ravi (@Ravi)
    *Health*
    The first weekly look is still to come.
    *Meetings*
    No meeting is known; they may have met without saying so.
    *Agreement*
    They have not agreed on how they work together yet.
    *Answering*
    Nothing was asked yet.
    *Feedback*
    There is no answer that you may read by name.
    *What was done*
    Nothing yet.
    [Message both] [Ask each privately] [Pause 2 weeks] [End this pair]
    [Close]
    ");
    assert!(opens_page(&world, &sam, "pair ravi").await.contains("Ana & Ravi"));
}

#[tokio::test]
async fn what_was_held_up_does_not_come_at_night() {
    let down = |sim: &Sim| {
        sim.faults().times(1_000, "chat.postMessage", Fault::Status(503));
    };
    let world = Plan::pair(BERLIN, BERLIN)
        .but(|program| program.digest = "0 15 * * MON".parse().expect("a cadence"))
        .begin()
        .await;
    world.all_start().await;
    let (mut mia, mut ana, mut ravi) = (world.person("Mia"), world.person("Ana"), world.person("Ravi"));
    world.berlin("2026-05-11 14:59").await;
    for reader in [&ana, &ravi] {
        reader.someone.read_all();
    }
    down(&world.sim);
    opens_page(&world, &mia, "pair ana").await;
    taps_form(&world, &mia, "Message both").await;
    mia.submits(&[("words", "Shall we find you a better hour?")]).await;
    mia.someone.reload();
    opens_page(&world, &mia, "pair ana").await;
    taps_form(&world, &mia, "Ask each privately").await;
    world.berlin("2026-05-11 18:00").await;
    world.sim.faults().clear();
    world.berlin("2026-05-12 08:59").await;
    world.all_is_read();
    world.berlin("2026-05-12 09:30").await;
    for reader in [&mut ana, &mut ravi] {
        let (one, other) = (reader.reads_when(), reader.reads_when());
        assert!(one.starts_with("Tue 12 May 09:00") && other.starts_with("Tue 12 May 09:00"), "{one}, {other}");
    }
    assert_eq!(mia.reads_when(), "Tue 12 May 09:00, alone with rapport");
    world.all_is_read();
}
