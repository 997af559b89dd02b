//! Endings: who may end a pair, and that the two read the same whoever did.

use insta::assert_snapshot;

use crate::care::{opens_page, taps_form};
use crate::world::{Plan, Reader, World};

/// Ana opens the form that ends her pair.
async fn opens(world: &World, ana: &Reader<'_>) {
    ana.opens_home().await;
    ana.taps_home("This match is not right").await;
    taps_form(world, ana, "End this pair").await;
}

/// The closing words, and the last questions. They stand in two conversations, so that either may come first.
fn closing_and_questions(reader: &mut Reader<'_>) -> (String, String) {
    let mut both = [reader.reads(), reader.reads()];
    both.sort_by_key(|words| !words.contains("has come to its end"));
    let [closing, questions] = both;
    (closing, questions)
}

#[tokio::test]
async fn one_of_the_two_stops_without_a_reason_and_both_read_the_same() {
    let world = World::started().await;
    let (mut ana, mut ravi, mut mia) = (world.person("Ana"), world.person("Ravi"), world.person("Mia"));
    ravi.opens_home().await;
    world.berlin("2026-05-12 09:59").await;
    world.sim.people().iter().for_each(|person| person.read_all());
    world.berlin("2026-05-12 10:00").await;
    ana.skims(1);
    ravi.skims(1);
    let pulse = ana.front();
    world.berlin("2026-05-13 19:00").await;
    opens(&world, &ana).await;
    assert_snapshot!(ana.form(), @"
    # End this pair
    This ends the mentoring of Ana & Ravi. What is open closes, and no more pulses come. Both get the same kind message in their conversation, when it is working time for both, and a few last questions, each alone.
    Mia sees that you ended it, and the reason; Ravi sees neither. You need not give one.
    What was the main reason?: ( ) No time ( ) Changed job or team ( ) Goals reached ( ) Did not fit ( ) Never really started (x) Rather not say
    [Cancel] [End it]
    ");
    assert_snapshot!(ana.submits(&[]).await, @"
    # Done
    The mentoring of Ana & Ravi has ended. Both read the same words about it in their conversation.
    [Close]
    ");
    ana.someone.reload();
    assert_snapshot!(mia.reads(), @"
    Wed 13 May 19:00, alone with rapport
    *Ana* (@Ana) has ended the pair with Ravi in Engineering. No reason was given, and none is needed.
    Both read the same kind words. Ravi is not told who ended it, nor why; please keep it so. What fits next, a new match or a rest, is best asked of each alone.
    ");
    ana.turns_to(&pulse);
    assert_snapshot!(ana.sees(), @"
    Tue 12 May 10:00, with Ravi, rapport
    Pulse 2 of 26 · Ana & Ravi
    *Ana: We get enough time together.*
    *Ravi: I have enough time for my mentee.*
    This pulse is closed. Your own answers are in the Home tab of this app.
    ");
    world.all_is_read();
    world.berlin("2026-05-14 09:00").await;
    let closing = ana.reads();
    assert_snapshot!(closing, @"
    Thu 14 May 09:00, with Ravi, rapport
    Ana and Ravi, your mentoring in Engineering has come to its end.
    Thank you both for the time that you gave it. What you have learned from each other stays with you, and you can write to each other as before. Some pairs use a last quarter of an hour to say what was good.
    No more pulses come. Mia answers what is still open.
    ");
    assert_eq!(closing.replace("with Ravi", "with Ana"), ravi.reads());
    assert_snapshot!(ravi.home(), @"
    # Open now
    Nothing is asked of you at the moment.
    *Your record*: goals, sessions and thanks, for you alone.  [My record]
    *Former pairs*
    Ana, your mentee in Engineering, until yesterday 19:00
    *What rapport knows of you*
    Your name and time zone in Slack, your pairs, what you tapped and wrote here, and whether you two have met, as you said it. It reads no conversations.
    ");
    // A nudge had come this week: the last questions wait for the next. Nothing more is asked, and the digest counts it.
    world.berlin("2026-05-18 09:00").await;
    assert_snapshot!(ana.reads(), @"
    Mon 18 May 09:00, alone with rapport
    Engineering · Your pair has ended. A few last questions. They show you, and the programme, what has changed. All of it is up to you.
    *You and Ravi* · 15 taps · open until May 21, 2026 17:00 (your time)  [Answer]
    What you tap is kept at once. Each question says who sees your answer, and you can change that until it closes. No answer enters a pair's health.
    ");
    ravi.skims(1);
    let digest = mia.reads();
    assert!(digest.contains("*ENDED THIS WEEK*\n1 pair: Ana & Ravi"), "{digest}");
    world.berlin("2026-06-01 10:00").await;
    world
        .sim
        .people()
        .iter()
        .filter(|one| one.id() != mia.someone.id())
        .for_each(|one| assert!(one.unread().is_empty()));
}

#[tokio::test]
async fn a_coordinator_ends_it_from_the_page_with_a_reason_that_the_two_never_see() {
    let world = World::started().await;
    let (mut ana, mut ravi, mut mia) = (world.person("Ana"), world.person("Ravi"), world.person("Mia"));
    world.berlin("2026-05-11 10:00").await;
    world.sim.people().iter().for_each(|person| person.read_all());
    opens_page(&world, &mia, "pair ana").await;
    taps_form(&world, &mia, "End this pair").await;
    assert_snapshot!(mia.form(), @"
    # End this pair
    This ends the mentoring of Ana & Ravi. What is open closes, and no more pulses come. Both get the same kind message in their conversation, when it is working time for both, and a few last questions, each alone.
    The two see neither that you ended it, nor the reason.
    What was the main reason?: ( ) No time ( ) Changed job or team ( ) Goals reached ( ) Did not fit ( ) Never really started ( ) Rather not say
    [Cancel] [End it]
    ");
    assert_snapshot!(mia.submits(&[]).await, @"
    # End this pair
    This ends the mentoring of Ana & Ravi. What is open closes, and no more pulses come. Both get the same kind message in their conversation, when it is working time for both, and a few last questions, each alone.
    The two see neither that you ended it, nor the reason.
    What was the main reason?: ( ) No time ( ) Changed job or team ( ) Goals reached ( ) Did not fit ( ) Never really started ( ) Rather not say
    [Cancel] [End it]
    ! reason: Please complete this required field.
    ");
    assert_snapshot!(mia.submits(&[("reason", "did_not_fit")]).await, @"
    # Done
    The mentoring of Ana & Ravi has ended. Both read the same words about it in their conversation.
    [Close]
    ");
    mia.someone.reload();
    // Opened before, and sent after the end: it says so.
    opens_page(&world, &mia, "pair ana").await;
    assert!(!mia.form().contains("End this pair"));
    mia.someone.reload();
    let [(own, _), (other, _)] = [&mut ana, &mut ravi].map(closing_and_questions);
    assert!(own.contains("has come to its end") && !own.contains("fit"), "{own}");
    assert_eq!(own.replace("with Ravi", "with Ana"), other);
    world.all_is_read();
}

#[tokio::test]
async fn a_form_that_was_open_while_the_pair_ended_says_so() {
    let world = World::started().await;
    let (ana, mia) = (world.person("Ana"), world.person("Mia"));
    let mut ana = ana;
    world.berlin("2026-05-04 10:00").await;
    opens(&world, &ana).await;
    let mut mia = mia;
    opens_page(&world, &mia, "pair ana").await;
    taps_form(&world, &mia, "End this pair").await;
    mia.submits(&[("reason", "no_time")]).await;
    assert_snapshot!(ana.submits(&[]).await, @"
    # Not saved
    This pair has ended, so nothing more is asked or saved.
    [Close]
    ");
}

#[tokio::test]
async fn a_programme_ends_its_pairs_and_its_last_digest_is_about_them() {
    let plan = Plan::pair("Europe/Berlin", "Europe/Berlin");
    let world = plan.but(|program| program.ends = Some("2026-05-31".parse().expect("a date"))).begin().await;
    world.all_start().await;
    world.berlin("2026-05-29 18:00").await;
    world.sim.people().iter().for_each(|person| person.read_all());
    world.berlin("2026-06-01 09:05").await;
    let (mut ana, mut mia) = (world.person("Ana"), world.person("Mia"));
    closing_and_questions(&mut ana);
    world.person("Ravi").skims(2);
    let digest = mia.reads();
    assert!(digest.contains("1 pair: ") && digest.contains("ENDED THIS WEEK"), "{digest}");
    world.berlin("2026-06-30 09:00").await;
    world.all_is_read();
}
