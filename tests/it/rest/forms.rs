//! The forms of one's own time: what they say at a field, and what closed while they were open.

use insta::assert_snapshot;
use rapport::store::{Key, Store, Urgency};

use super::{at_home, time};
use crate::store::raw;

#[tokio::test]
async fn the_form_for_a_pause_says_at_its_field_what_cannot_be() {
    let world = at_home().await;
    let mut ana = world.person("Ana");
    ana.taps_home("Pause or go away").await;
    assert_snapshot!(ana.form(), @"
    # Pause or go away
    Nothing is asked on these days, and nothing counts as missed. It goes on by itself. Of days away your partner is told nothing; where you pause the pair, they are told until when.
    Who pauses: [Me, in all my pairs v]
    First day: [2026-05-05]
    Last day: [2026-05-18]
    [Cancel] [Save]
    ");
    for (inputs, expected) in [
        (vec![("Last day", "2026-05-01")], "The last day lies before the first"),
        (vec![("First day", "2026-04-01"), ("Last day", "2026-05-04")], "That day has passed"),
        (vec![("First day", "2026-05-05"), ("Last day", "2027-05-04")], "A pause lasts 26 weeks at most"),
        (vec![("First day", "2027-06-05"), ("Last day", "2027-06-06")], "more than a year ahead"),
        (vec![("First day", ""), ("Last day", "2026-05-15")], "Please complete this required field"),
    ] {
        let form = ana.submits(&inputs).await;
        assert!(form.contains(expected), "{inputs:?}: {form}");
        assert!(form.contains("# Pause or go away"), "it stays open, with all that was entered: {form}");
    }
    assert_snapshot!(ana.submits(&[("First day", "2026-05-11"), ("Last day", "2026-05-15")]).await, @"
    # Saved
    Noted: nothing is asked of you from Monday 11 May on, and it goes on by itself on Saturday 16 May. Nothing counts as missed. Your partner is told nothing.
    [Close]
    ");
    // Opened again and sent again: the same days are the same pause; another last day takes its place.
    for (last, shown) in [("2026-05-15", "Saturday 16 May"), ("2026-05-17", "Monday 18 May")] {
        ana.taps_home("Pause or go away").await;
        let saved = ana.submits(&[("First day", "2026-05-11"), ("Last day", last)]).await;
        assert!(saved.contains("Noted"), "{saved}");
        world.settle().await;
        assert!(time(&ana.home()).contains(shown), "{}", time(&ana.home()));
    }
    // The first pulse comes before, the second would come in it.
    world.berlin("2026-05-05 10:01").await;
    assert!(ana.reads().contains("Pulse 1 of"));
    world.person("Ravi").skims(1);
    world.berlin("2026-05-12 12:00").await;
    world.person("Mia").skims(1);
    world.all_is_read();
}

#[tokio::test]
async fn hours_of_ones_own_hold_and_can_be_mended() {
    let world = at_home().await;
    let (mut ana, mut ravi) = (world.person("Ana"), world.person("Ravi"));
    ana.taps_home("Your hours").await;
    for (inputs, expected) in [
        (vec![("Days on which you work", "Saturday")], "Engineering asks on none of these days"),
        (vec![("Days on which you work", "Tuesday,Wednesday"), ("Quiet from", "12:00")], "Quiet hours need both times"),
        (vec![("Quiet until", "12:00")], "Quiet hours end at another time"),
        (vec![("Quiet from", "08:00"), ("Quiet until", "18:00")], "none of the working hours of Engineering"),
        (vec![("Days on which you work", "")], "Please complete this required field"),
    ] {
        let form = ana.submits(&inputs).await;
        assert!(form.contains(expected), "{inputs:?}: {form}");
    }
    let inputs = [
        ("Days on which you work", "Tuesday,Wednesday"),
        ("Quiet from", "18:00"),
        ("Quiet until", "11:00"),
        ("Public holidays", "Germany"),
        ("Ask me", "Every second time"),
    ];
    assert_snapshot!(ana.submits(&inputs).await, @"
    # Saved
    Saved. It holds from the next message on, in all your programmes.
    [Close]
    ");
    world.settle().await;
    assert_snapshot!(time(&ana.home()), @"
    *Your time*
    You are asked every second time.
    Your days: Tuesday, Wednesday.
    Quiet from 18:00 to 11:00.
    Public holidays: Germany.
    [Pause or go away] [Your hours]
    *Your record*: goals, sessions and thanks, for you alone.  [My record]
    ");
    // It strikes at ten, and Ana's day begins at eleven.
    world.berlin("2026-05-05 10:59").await;
    world.all_is_read();
    world.berlin("2026-05-05 11:01").await;
    assert!(ana.reads().contains("Pulse 1 of"));
    assert!(ravi.reads().contains("Pulse 1 of"));
    // Every second time: the next one is Ravi's alone.
    world.berlin("2026-05-12 12:00").await;
    assert!(ravi.reads().contains("Pulse 2 of"));
    world.person("Mia").skims(1);
    world.all_is_read();
}

#[tokio::test]
async fn a_form_that_was_open_while_the_pair_paused_or_ended_loses_nothing() {
    let world = at_home().await;
    let (mut ana, mut ravi) = (world.person("Ana"), world.person("Ravi"));
    let of_pair = [("Who pauses", "Only my pair with Ravi"), ("First day", "2026-05-11"), ("Last day", "2026-05-15")];
    ana.taps_home("Pause or go away").await;
    // Ravi was quicker. Two wishes are two pauses, and the longer one holds.
    ravi.types("pause until 20 May with ana").await;
    ana.skims(1);
    let saved = ana.submits(&of_pair).await;
    assert!(saved.contains("Noted: you and Ravi are asked nothing from Monday 11 May on"), "{saved}");
    ravi.skims(1);
    world.berlin("2026-05-18 09:00").await;
    world.person("Mia").skims(2);
    assert!(ana.home().contains("Your pair with Ravi is paused."), "{}", time(&ana.home()));

    // With the form open, a coordinator ends the pair.
    ana.taps_home("Pause or go away").await;
    let now = world.now().timestamp_millis();
    raw!(&world.store, Urgency::Bulk, now, |conn, now| async move {
        sqlx::query("update pair set ended = $1").bind(*now).execute(conn).await.map(drop)
    })
    .expect("written");
    let form = ana.submits(&[("Who pauses", "Only my pair with Ravi"), ("Last day", "2026-06-05")]).await;
    assert!(form.contains("This pair has ended meanwhile, so there is nothing to pause."), "{form}");
    assert!(ana.someone.modal().expect("it is open").values.to_string().contains("2026-06-05"), "{form}");
    // Days away are one's own, whatever became of the pair.
    let saved = ana.submits(&[("Who pauses", "Me, in all my pairs"), ("Last day", "2026-06-05")]).await;
    assert!(saved.contains("Noted: nothing is asked of you from Monday 18 May on"), "{saved}");
}
