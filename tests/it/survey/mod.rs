//! Surveys: at the start, half-way and at the end, each alone, in place of the pulse of that week.

use chrono::TimeDelta;
use insta::assert_snapshot;
use rapport::sim::{Fault, Someone};

use crate::agreement::agrees;
use crate::care::opens_page;
use crate::world::{Plan, Reader, World};

/// Ana and Ravi have agreed on the first Monday, and have read everything until now.
async fn agreed(now: &str) -> World {
    let world = World::started().await;
    agrees(&world).await;
    world.berlin(now).await;
    world.sim.people().iter().for_each(Someone::read_all);
    world
}

/// The first lines of what somebody sees.
fn head(seen: &str, lines: usize) -> String {
    seen.lines().take(lines).collect::<Vec<_>>().join("\n")
}

/// Taps in the form on top, and returns it as it looks then.
pub async fn taps_form(world: &World, person: &Reader<'_>, button: &str) -> String {
    let tapped = person.someone.act_on_modal(button, None).await;
    assert_eq!(tapped.warning, None, "{button:?} was not acknowledged");
    world.settle().await;
    person.form()
}

/// The control of the form for this label of the `row`-th question (from 0).
pub fn label(person: &Someone, row: usize, value: u8) -> String {
    let controls = person.modal().expect("a form is open").controls();
    let action = format!("survey.tap.{value}");
    let control = controls.iter().filter(|control| control.action_id == action).nth(row).expect("so many questions");
    format!("{}/{}", control.block_id, control.action_id)
}

/// The menu that says who sees the answer to the `row`-th question.
pub async fn shows(world: &World, person: &Reader<'_>, row: usize, choice: &str) {
    let controls = person.someone.modal().expect("a form is open").controls();
    let menu = controls.iter().filter(|control| control.kind == "overflow").nth(row).expect("so many questions");
    let control = format!("{}/{}", menu.block_id, menu.action_id);
    let chosen = person.someone.act_on_modal(&control, Some(choice)).await;
    assert_eq!(chosen.warning, None, "{choice:?} was not acknowledged");
    world.settle().await;
}

#[tokio::test]
async fn four_taps_at_the_start_in_place_of_the_first_pulse() {
    let world = agreed("2026-05-05 09:00").await;
    world.berlin("2026-05-05 10:00").await;
    let (mut ana, mut ravi) = (world.person("Ana"), world.person("Ravi"));
    assert_snapshot!(ana.reads(), @"
    Tue 5 May 10:00, alone with rapport
    Engineering · A few questions at the start. They come again at the end, so that you can see what has changed.
    *You and Ravi* · 4 taps · open until May 8, 2026 17:00 (your time)  [Answer]
    Did you two meet since 4 May?
    [Yes] [Not yet]
    What you tap is kept at once. Each question says who sees your answer, and you can change that until it closes. No answer enters a pair's health; whether you met does.
    ");
    assert_snapshot!(ravi.reads(), @"
    Tue 5 May 10:00, alone with rapport
    Engineering · A few questions at the start. They come again at the end, so that you can see what has changed.
    *You and Ana* · 2 taps · open until May 8, 2026 17:00 (your time)  [Answer]
    Did you two meet since 4 May?
    [Yes] [Not yet]
    What you tap is kept at once. Each question says who sees your answer, and you can change that until it closes. No answer enters a pair's health; whether you met does.
    ");
    ana.taps("Answer").await;
    assert_snapshot!(ana.form(), @"
    # A few questions
    About you and Ravi. What you tap is kept at once; leave out what you like. Open until May 8, 2026 17:00. In a pair of two nothing is anonymous: what you share with Ravi, they know to be yours. A total is shown of 5 people or more.
    *I feel sure I can handle the next hard task.*
    Your coordinator can see your answer, Ravi cannot.  [...]
    [Not at all] [A little] [Somewhat] [Quite] [Very much]
    *Our sessions help me do my job better.*
    Your coordinator can see your answer, Ravi cannot.  [...]
    [No] [Not really] [Partly] [Mostly] [Yes]
    *I feel that what I do here counts.*
    Nobody sees your answer by name: it counts in totals only.  [...]
    [No] [Not really] [Partly] [Mostly] [Yes]
    *I feel I belong here as I am.*
    Nobody sees your answer by name: it counts in totals only.  [...]
    [Not at all] [A little] [Somewhat] [Quite] [Very much]
    [Cancel] [Done]
    ");
    let first = label(&ana.someone, 0, 4);
    assert_snapshot!(head(&taps_form(&world, &ana, &first).await, 6), @"
    # A few questions
    About you and Ravi. What you tap is kept at once; leave out what you like. Open until May 8, 2026 17:00. In a pair of two nothing is anonymous: what you share with Ravi, they know to be yours. A total is shown of 5 people or more.
    *I feel sure I can handle the next hard task.*
    You said: *Quite*. Your coordinator can see it, Ravi cannot.  [...]
    [Not at all] [A little] [Somewhat] [Quite] [Very much]
    *Our sessions help me do my job better.*
    ");
    // Each answer has a reader of its own, also before it is given.
    shows(&world, &ana, 1, "Nobody sees it by name").await;
    taps_form(&world, &ana, &label(&ana.someone, 1, 2)).await;
    assert_snapshot!(ana.submits(&[]).await, @"
    # Saved
    Kept. 2 questions are left out; that is fine. Until May 8, 2026 17:00 you can open it again from its message or the Home tab.
    [Close]
    ");
    // Opened again, everything stands there; so does App Home.
    assert!(ana.opens_home().await.contains("2 of 4 answered"), "{}", ana.home());
    ana.taps("Answer").await;
    assert_snapshot!(head(&ana.form(), 8), @"
    # A few questions
    About you and Ravi. What you tap is kept at once; leave out what you like. Open until May 8, 2026 17:00. In a pair of two nothing is anonymous: what you share with Ravi, they know to be yours. A total is shown of 5 people or more.
    *I feel sure I can handle the next hard task.*
    You said: *Quite*. Your coordinator can see it, Ravi cannot.  [...]
    [Not at all] [A little] [Somewhat] [Quite] [Very much]
    *Our sessions help me do my job better.*
    You said: *Not really*. Nobody sees it by name: it counts in totals only.  [...]
    [No] [Not really] [Partly] [Mostly] [Yes]
    ");
    ana.someone.reload();
    // It closes like a pulse, and says so.
    world.berlin("2026-05-08 17:00").await;
    assert_snapshot!(ana.sees(), @"
    Tue 5 May 10:00, alone with rapport
    Engineering · A few questions at the start.
    *You and Ravi* · closed today 17:00
    ");
    assert!(!ana.opens_home().await.contains("2 of 4"), "{}", ana.home());
    // The pulse of the next week comes as ever, and nothing of the survey was missed.
    world.berlin("2026-05-12 10:00").await;
    for person in [&mut ana, &mut ravi] {
        person.is_nudged("You two have not met yet");
        assert!(person.reads().contains("Pulse 2 of 26"), "{}", person.sees());
    }
    assert!(world.person("Mia").reads().contains("No pulse closed this week."));
    world.all_is_read();
}

#[tokio::test]
async fn half_way_words_are_kept_with_every_tap_and_the_agreement_is_opened_again() {
    let world = agreed("2026-08-03 08:00").await;
    world.berlin("2026-08-04 10:00").await;
    let (mut ana, mut ravi, mut mia) = (world.person("Ana"), world.person("Ravi"), world.person("Mia"));
    mia.skims(1);
    assert_snapshot!(head(&ana.reads(), 5), @"
    Tue 4 Aug 10:00, with Ravi, rapport
    *How we want to work together: Ana and Ravi*
    Half of the time has passed. Does this still suit you both? Change what does not, then each presses “We agree” once more.
    *How often do we want to meet?*
    Every week
    ");
    assert_snapshot!(ana.reads(), @"
    Tue 4 Aug 10:00, alone with rapport
    Engineering · Half-way: a few questions, in place of this week's. Then take ten minutes together: keep, change, next.
    *You and Ravi* · 6 taps · open until Aug 7, 2026 17:00 (your time)  [Answer]
    Did you two meet since 28 July?
    [Yes] [Not yet]
    What you tap is kept at once. Each question says who sees your answer, and you can change that until it closes. No answer enters a pair's health; whether you met does.
    ");
    ravi.skims(2);
    ana.taps("Answer").await;
    assert_snapshot!(ana.form(), @"
    # A few questions
    About you and Ravi. What you tap is kept at once; leave out what you like. Open until Aug 7, 2026 17:00. In a pair of two nothing is anonymous: what you share with Ravi, they know to be yours. A total is shown of 5 people or more.
    *I moved closer to one of my goals since last time.*
    Your coordinator can see your answer, Ravi cannot.  [...]
    [No] [Not really] [Partly] [Mostly] [Yes]
    *We can talk openly, also about hard things.*
    Your coordinator can see your answer, Ravi cannot.  [...]
    [No] [Not really] [Partly] [Mostly] [Yes]
    *The advice I got was useful.*
    Your coordinator can see your answer, Ravi cannot.  [...]
    [Not at all] [A little] [Somewhat] [Quite] [Very much]
    *I know what to work on next.*
    Your coordinator can see your answer, Ravi cannot.  [...]
    [No] [Not really] [Partly] [Mostly] [Yes]
    *This pair is worth the time I put in.*
    Your coordinator can see your answer, Ravi cannot.  [...]
    [No] [Not really] [Partly] [Mostly] [Yes]
    *I feel I belong here as I am.*
    Nobody sees your answer by name: it counts in totals only.  [...]
    [Not at all] [A little] [Somewhat] [Quite] [Very much]
    *What should we keep doing?*
    Your coordinator can see it, Ravi cannot.  [...]
    Your words, if you like (optional): [____]
    *What should we change?*
    Your coordinator can see it, Ravi cannot.  [...]
    Your words, if you like (optional): [____]
    [Cancel] [Done]
    ");
    // Words are typed, then something is tapped: closing the form loses nothing.
    ana.someone.fill("item1", "Our walks.").expect("there is such a field");
    let tapped = label(&ana.someone, 1, 5);
    taps_form(&world, &ana, &tapped).await;
    ana.someone.reload();
    ana.taps("Answer").await;
    assert!(ana.form().contains("[Our walks.]"), "{}", ana.form());
    // Too long: Slack's own client says so at its field, and the rest stays.
    let too_long = "x".repeat(1_001);
    let said = ana.submits(&[("item2", &too_long)]).await;
    assert!(said.contains("! item2"), "{said}");
    assert!(ana.someone.modal().expect("it is open").values.to_string().contains(&too_long));
    // Closed meanwhile: what was typed stays on the screen.
    ana.someone.fill("item2", "More time.").expect("there is such a field");
    world.berlin("2026-08-07 17:00").await;
    assert_snapshot!(ana.submits(&[]).await.lines().last().unwrap_or_default(), @"! item1: This survey has closed, so nothing was saved. Your words stay here: copy them if you like.");
    assert!(ana.someone.modal().expect("it is open").values.to_string().contains("More time."));
    world.all_is_read();
}

#[tokio::test]
async fn the_last_questions_come_with_the_last_pulse_or_when_a_pair_has_ended() {
    let plan = || Plan::pair("Europe/Berlin", "Europe/Berlin").but(|program| program.ends = "2026-06-14".parse().ok());
    let world = plan().begin().await;
    world.all_start().await;
    world.berlin("2026-06-09 09:00").await;
    world.sim.people().iter().for_each(Someone::read_all);
    world.berlin("2026-06-09 10:00").await;
    let mut ana = world.person("Ana");
    assert_snapshot!(ana.reads(), @"
    Tue 9 Jun 10:00, alone with rapport
    Engineering · The last questions of your programme. They show you, and the programme, what has changed. All of it is up to you.
    *You and Ravi* · 14 taps · open until Jun 12, 2026 17:00 (your time)  [Answer]
    Did you two meet since 2 June?
    [Yes] [Not yet]
    What you tap is kept at once. Each question says who sees your answer, and you can change that until it closes. No answer enters a pair's health; whether you met does.
    ");
    ana.taps("Answer").await;
    assert_snapshot!(ana.form(), @"
    # A few questions
    About you and Ravi. What you tap is kept at once; leave out what you like. Open until Jun 12, 2026 17:00. In a pair of two nothing is anonymous: what you share with Ravi, they know to be yours. A total is shown of 5 people or more.
    *I moved closer to one of my goals since last time.*
    Your coordinator can see your answer, Ravi cannot.  [...]
    [No] [Not really] [Partly] [Mostly] [Yes]
    *I feel sure I can handle the next hard task.*
    Your coordinator can see your answer, Ravi cannot.  [...]
    [Not at all] [A little] [Somewhat] [Quite] [Very much]
    *Our sessions help me do my job better.*
    Your coordinator can see your answer, Ravi cannot.  [...]
    [No] [Not really] [Partly] [Mostly] [Yes]
    *I feel that what I do here counts.*
    Nobody sees your answer by name: it counts in totals only.  [...]
    [No] [Not really] [Partly] [Mostly] [Yes]
    *We can talk openly, also about hard things.*
    Your coordinator can see your answer, Ravi cannot.  [...]
    [No] [Not really] [Partly] [Mostly] [Yes]
    *The advice I got was useful.*
    Your coordinator can see your answer, Ravi cannot.  [...]
    [Not at all] [A little] [Somewhat] [Quite] [Very much]
    *I know what to work on next.*
    Your coordinator can see your answer, Ravi cannot.  [...]
    [No] [Not really] [Partly] [Mostly] [Yes]
    *This pair is worth the time I put in.*
    Your coordinator can see your answer, Ravi cannot.  [...]
    [No] [Not really] [Partly] [Mostly] [Yes]
    *I can see myself growing here over the next year.*
    Nobody sees your answer by name: it counts in totals only.  [...]
    [No] [Not really] [Partly] [Mostly] [Yes]
    *I feel I belong here as I am.*
    Nobody sees your answer by name: it counts in totals only.  [...]
    [Not at all] [A little] [Somewhat] [Quite] [Very much]
    *People like me get a fair chance here.*
    Nobody sees your answer by name: it counts in totals only.  [...]
    [No] [Not really] [Partly] [Mostly] [Yes]
    *I know more people I can work with than before.*
    Your coordinator can see your answer, Ravi cannot.  [...]
    [No] [Not really] [Partly] [Mostly] [Yes]
    *Of the goals you set, how many did you reach?*
    Your coordinator can see your answer, Ravi cannot.  [...]
    [None] [Some] [About half] [Most] [All]
    *Would you tell a colleague to join?*
    Your coordinator can see your answer, Ravi cannot.  [...]
    [No] [Not really] [Partly] [Mostly] [Yes]
    One thing that is different now. May we share it? (optional): [____]
    May we share it? With “No” nobody but you sees it. (optional): (x) No ( ) Without names ( ) With names
    [Cancel] [Done]
    ");
    // Sent twice: it says the same, and nothing is doubled.
    let story = [("item1", "I lead the review now."), ("consent", "Without names")];
    assert!(ana.submits(&story).await.contains("Kept."));
    ana.taps("Answer").await;
    assert!(ana.form().contains("(x) Without names"), "{}", ana.form());
    assert!(ana.submits(&story).await.contains("Kept."));
    world.advance_to(world.now() + TimeDelta::seconds(3)).await;
}

#[tokio::test]
async fn whether_the_two_have_met_is_asked_beside_it_as_beside_a_pulse() {
    let world = agreed("2026-05-05 09:00").await;
    world.berlin("2026-05-05 10:00").await;
    let (mut ana, mut ravi, mut mia) = (world.person("Ana"), world.person("Ravi"), world.person("Mia"));
    mia.someone.read_all();
    ana.reads();
    ana.taps("Yes").await;
    assert_snapshot!(ana.reads(), @"
    Tue 5 May 10:00, alone with rapport, only visible to you
    Noted: you and Ravi have met.
    ");
    ravi.reads();
    ravi.taps("Not yet").await;
    ravi.skims(1);
    // She changes nothing by saying it again, and it stands on App Home, where it can be said too.
    assert!(ana.opens_home().await.contains("[We met since 4 May] [Not met yet]"), "{}", ana.home());
    ana.taps_home("We met since 4 May").await;
    world.berlin("2026-05-11 09:00").await;
    let digest = mia.reads();
    assert!(digest.contains("1 of 1 pair met (100 %)."), "{digest}");
    assert!(!digest.contains("no first meeting known"), "{digest}");
    // The next pulse asks since the survey, which asked already.
    world.berlin("2026-05-12 10:00").await;
    assert!(ana.reads().contains("Did you two meet since 5 May?"), "{}", ana.sees());
}

/// Ana in Berlin is asked at ten her time, and Ravi, in New York, at ten of his: six hours later.
async fn asked_one_after_the_other() -> World {
    let plan = Plan::pair("Europe/Berlin", "America/New_York");
    let world = plan.but(|program| program.ends = "2026-06-14".parse().ok()).begin().await;
    world.all_start().await;
    world.berlin("2026-06-09 09:00").await;
    world.sim.people().iter().for_each(Someone::read_all);
    world.berlin("2026-06-09 11:00").await;
    world
}

#[tokio::test]
async fn a_survey_that_was_planned_is_not_asked_in_a_pause() {
    let world = asked_one_after_the_other().await;
    let (mut ana, mut mia) = (world.person("Ana"), world.person("Mia"));
    assert!(ana.reads().contains("The last questions of your programme"));
    opens_page(&world, &mia, "pair ana").await;
    taps_form(&world, &mia, "Pause 2 weeks").await;
    mia.someone.reload();
    world.berlin("2026-06-10 18:00").await;
    assert_eq!(world.all("Ravi", "The last questions").len(), 0);
    world.berlin("2026-06-15 09:00").await;
    let digest = mia.reads();
    assert!(digest.contains("At the end: 0 of 1 answered"), "nothing was missed by him\n{digest}");
}

#[tokio::test]
async fn a_survey_that_was_planned_is_not_asked_after_not_for_me() {
    let world = asked_one_after_the_other().await;
    let (mut ana, mut mia) = (world.person("Ana"), world.person("Mia"));
    ana.skims(1);
    ana.opens_home().await;
    ana.taps_home("Not for me").await;
    mia.skims(1);
    world.berlin("2026-06-10 18:00").await;
    assert_eq!(world.all("Ravi", "The last questions").len(), 0);
    world.all_is_read();
}

#[tokio::test]
async fn a_form_that_was_closed_before_it_is_drawn_anew_is_no_failure_and_keeps_the_answer() {
    let numbers = metrics_exporter_prometheus::PrometheusBuilder::new().build_recorder();
    let _here = metrics::set_default_local_recorder(&numbers);
    let failed = || numbers.handle().render().contains("rapport_redraws_failed_total 1");
    let world = agreed("2026-05-05 09:00").await;
    world.berlin("2026-05-05 10:00").await;
    let mut ana = world.person("Ana");
    ana.reads();
    ana.taps("Answer").await;
    let updates = || world.sim.calls().iter().filter(|call| call.method == "views.update").count();
    let before = updates();
    world.sim.faults().once("views.update", Fault::Error("not_found".into()));
    taps_form(&world, &ana, &label(&ana.someone, 0, 4)).await;
    assert_eq!((updates() - before, failed()), (1, false), "it is not tried again");
    ana.someone.reload();
    ana.taps("Answer").await;
    assert!(ana.form().contains("You said: *Quite*"), "{}", ana.form());
    // What is wrong indeed is counted.
    world.sim.faults().once("views.update", Fault::Error("invalid_arguments".into()));
    taps_form(&world, &ana, &label(&ana.someone, 1, 4)).await;
    assert!(failed(), "{}", numbers.handle().render());
}
