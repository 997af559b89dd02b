//! Nudges as people meet them: one a week, with its reason, something to do, and a way to be rid of it.

use insta::assert_snapshot;

use crate::store::Base;
use crate::world::{Plan, Reader, World};

/// What App Home says of the week's messages.
fn week(home: &str) -> String {
    home.lines().filter(|line| line.contains("started this week")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pair_that_has_not_met_is_nudged_in_its_working_hours_and_can_act_on_it() {
    let world = World::started().await;
    world.berlin("2026-05-05 17:00").await;
    let (mut ana, mut ravi) = (world.person("Ana"), world.person("Ravi"));
    ana.skims(1);
    ravi.skims(1);
    world.berlin("2026-05-10 23:00").await;
    world.berlin("2026-05-11 13:00").await;
    assert_snapshot!(ana.reads(), @"
    Mon 11 May 11:30, alone with rapport
    *You two have not met yet. A short hello of 20 minutes is a fine first session.*
    Why you get this: Your pair began 7 days ago and no meeting is logged.
    [Suggest three times] [Done] [Tomorrow] [Not helpful] [Stop these]
    ");
    ana.taps("Suggest three times").await;
    assert!(ana.form().contains("Suggest dates"), "{}", ana.form());
    assert_eq!(ana.someone.close_modal().await.warning, None);
    ana.taps("Done").await;
    assert_snapshot!(ana.reads(), @"
    Mon 11 May 13:00, alone with rapport, only visible to you
    Noted. Thank you.
    ");
    assert_snapshot!(week(&ana.opens_home().await), @"*Messages that rapport started this week:* 1 of 3 used, of them 1 nudge. It starts no more than that, and at most one nudge.  [...]");
    ravi.is_nudged("You two have not met yet");
    ravi.taps("Tomorrow").await;
    assert_snapshot!(ravi.reads(), @"
    Mon 11 May 13:00, alone with rapport, only visible to you
    It comes once more tomorrow 13:00.
    ");
    world.berlin("2026-05-12 13:00").await;
    ravi.skims(1);
    ravi.is_nudged("Once more, as you asked.");
    ravi.taps("Stop these").await;
    assert!(ravi.reads().contains("You get no more nudges about a first meeting."));
    assert!(week(&ravi.opens_home().await).contains("You get no nudges about a first meeting."));
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_who_wants_no_nudges_gets_none_and_less_is_possible_at_home() {
    let world = World::started().await;
    world.berlin("2026-05-05 17:00").await;
    let (mut ana, mut ravi) = (world.person("Ana"), world.person("Ravi"));
    ana.skims(1);
    ravi.skims(1);
    ana.opens_home().await;
    ana.chooses_home("No nudges").await;
    ravi.opens_home().await;
    // The pulse of Tuesday is the one message that he allows.
    ravi.chooses_home("At most 1 a week").await;
    world.berlin("2026-05-12 12:00").await;
    assert!(ana.reads_when().contains("12 May") && ravi.reads_when().contains("12 May"));
    world.berlin("2026-05-15 17:00").await;
    assert_snapshot!(week(&ana.home()), @"*Messages that rapport started this week:* 1 of 3 used. It starts no more than that, and at most one nudge. You get no nudges.  [...]");
    assert_snapshot!(week(&ravi.home()), @"*Messages that rapport started this week:* 1 of 1 used. It starts no more than that, and at most one nudge.  [...]");
}

/// On the Monday of the second week, when both were nudged; nothing else is unread.
async fn nudged(base: Base) -> World {
    let world = Plan::pair("Europe/Berlin", "Europe/Berlin").begin_on(base).await;
    world.all_start().await;
    world.berlin("2026-05-05 17:00").await;
    for who in ["Ana", "Ravi"] {
        world.person(who).someone.read_all();
    }
    world.berlin("2026-05-11 13:00").await;
    world.person("Mia").someone.read_all();
    world
}

/// Taps twice, as somebody does whose first tap seemed to have done nothing; what is answered to each.
async fn taps_twice(world: &World, person: &mut Reader<'_>, button: &str) -> [String; 2] {
    let post = person.front();
    for _ in 0..2 {
        assert_eq!(person.someone.tap(&post, button).await.warning, None);
    }
    world.settle().await;
    [person.reads(), person.reads()].map(|said| said.lines().skip(1).collect::<Vec<_>>().join("\n"))
}

/// What stands below the words of the nudge in front.
fn stands(person: &Reader<'_>) -> String {
    person.sees().lines().skip(3).collect::<Vec<_>>().join("\n")
}

async fn each_button(base: impl AsyncFn() -> Base) -> String {
    let mut told = Vec::new();
    for button in ["Done", "Tomorrow", "Not helpful", "Stop these"] {
        let world = nudged(base().await).await;
        let (mut ana, mut ravi) = (world.person("Ana"), world.person("Ravi"));
        ana.is_nudged("You two have not met yet");
        let post = ana.front();
        let [first, second] = taps_twice(&world, &mut ana, button).await;
        assert_eq!(first, second, "{button}");
        ana.turns_to(&post);
        told.push(format!("{button}: {first}\nIt stands: {}", stands(&ana)));
        ravi.skims(1);
        // The pulse of Tuesday comes whatever was said, and the nudge once more, if that was wanted, and once only.
        world.berlin("2026-05-12 16:00").await;
        assert!(ana.reads().contains("Pulse 2 of"));
        if button == "Tomorrow" {
            let again = ana.reads();
            assert!(again.contains("Once more, as you asked.") && again.contains("[Done] [Tomorrow]"), "{again}");
        }
        ravi.skims(1);
        world.all_is_read();
        told.push(format!("At home: {}", week(&ana.opens_home().await)));
    }
    told.join("\n")
}

#[tokio::test(flavor = "multi_thread")]
async fn each_button_does_what_it_says_and_a_second_tap_is_harmless() {
    let on_sqlite = each_button(async || Base::sqlite()).await;
    assert_snapshot!(on_sqlite, @"
    Done: Noted. Thank you.
    It stands: You said: done.
    At home: *Messages that rapport started this week:* 2 of 3 used, of them 1 nudge. It starts no more than that, and at most one nudge.  [...]
    Tomorrow: It comes once more tomorrow 13:00.
    It stands: It comes once more on your next working day.
    At home: *Messages that rapport started this week:* 2 of 3 used, of them 1 nudge. It starts no more than that, and at most one nudge.  [...]
    Not helpful: Thank you for saying so: nudges of this kind rest for eight weeks.
    [Stop all nudges]
    It stands: You said: not helpful. Nudges of this kind rest for eight weeks.
    At home: *Messages that rapport started this week:* 2 of 3 used, of them 1 nudge. It starts no more than that, and at most one nudge.  [...]
    Stop these: You get no more nudges about a first meeting.
    [Stop all nudges] [Undo]
    It stands: Nudges of this kind do not come any more. The Home tab of this app takes that back.
    At home: *Messages that rapport started this week:* 2 of 3 used, of them 1 nudge. It starts no more than that, and at most one nudge. You get no nudges about a first meeting.  [...]
    ");
    assert_eq!(each_button(Base::postgres).await, on_sqlite);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_stopped_comes_back_by_one_tap_and_all_of_it_at_home() {
    let world = nudged(Base::sqlite()).await;
    let mut ana = world.person("Ana");
    ana.is_nudged("You two have not met yet");
    ana.taps("Stop these").await;
    ana.skims(1);
    ana.taps("Stop all nudges").await;
    ana.skims(1);
    assert!(week(&ana.opens_home().await).contains("You get no nudges."), "{}", ana.home());
    ana.taps("Undo").await;
    assert!(ana.reads().contains("Nudges may come again: at most one a week."));
    assert!(!week(&ana.home()).contains("You get no nudges"), "{}", ana.home());
    ana.chooses_home("No nudges").await;
    assert!(week(&ana.home()).contains("You get no nudges."), "{}", ana.home());
    ana.chooses_home("Nudges again").await;
    assert!(!week(&ana.home()).contains("You get no nudges"), "{}", ana.home());
}

#[tokio::test]
async fn a_programme_may_allow_fewer_and_says_so_from_the_first_word_on() {
    let world = Plan::pair("Europe/Berlin", "Europe/Berlin").but(|program| program.weekly = 1).begin().await;
    let (mut ana, mut ravi) = (world.person("Ana"), world.person("Ravi"));
    assert!(ana.reads().contains("at most one message a week, in your working hours"));
    ravi.skims(1);
    for person in [&mut ana, &mut ravi] {
        person.taps("Start").await;
        person.skims(1);
    }
    world.berlin("2026-05-05 17:00").await;
    // The welcome was this week's message.
    world.all_is_read();
    world.berlin("2026-05-22 17:00").await;
    for person in [&mut ana, &mut ravi] {
        assert!(person.reads_when().starts_with("Tue 12 May 10:00, with"), "one pulse a week, and nothing beside it");
        assert!(person.reads_when().starts_with("Tue 19 May 10:00, with"));
    }
    world.person("Mia").someone.read_all();
    world.all_is_read();
    let home = ana.opens_home().await;
    assert!(week(&home).contains("1 of 1 used"), "{home}");
    assert!(!home.contains("At most 2 a week"), "{home}");
}

#[tokio::test]
async fn coordinators_alone_have_a_retired_kind_sent_again() {
    let world = World::started().await;
    for (who, words, said) in [
        ("Ana", "revive goal-stalled", "Only the coordinators of this programme can do that"),
        ("Mia", "revive goal-stalled", "Nudges about goals that rest have not been retired"),
        ("Mia", "revive goals", "“goals”"),
    ] {
        let answer = world.person(who).someone.command("/rapport", words).await;
        let text = answer.reply.map(|reply| reply.as_text()).unwrap_or_default();
        assert!(text.contains(said), "{words}: {text}");
    }
}
