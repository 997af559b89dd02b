//! Sessions: logged with a tap, a command or a form, corrected by either side, and the next one agreed on.

use insta::assert_snapshot;

use crate::world::World;

/// Both have App Home open, and it is the Tuesday of the first week, an hour before the first pulse.
async fn at_home() -> World {
    let world = World::started().await;
    world.berlin("2026-05-05 09:00").await;
    world.person("Ana").opens_home().await;
    world.person("Ravi").opens_home().await;
    world
}

/// What App Home says between its pair and the end of the questions.
fn sessions(home: &str) -> String {
    let from = home.find("no session logged yet").or_else(|| home.find("last met")).expect("sessions stand at home");
    let lines = home[..from].rfind('\n').map_or(home, |line| &home[line + 1..]).lines();
    lines.take_while(|line| !line.starts_with("You take part")).collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn one_tap_notes_a_session_and_both_see_it() {
    let world = at_home().await;
    let (ana, ravi) = (world.person("Ana"), world.person("Ravi"));
    assert_snapshot!(sessions(&ana.home()), @"
    *Ravi* · no session logged yet  [What to prepare]
    [We met today] [Log a session] [Suggest dates] [Say thanks] [I need help] [This match is not right]
    ");
    ana.taps_home("We met today").await;
    world.settle().await;
    assert_snapshot!(sessions(&ana.home()), @"
    *Ravi* · last met 5 May  [What to prepare]
    [We met today] [Log a session] [Suggest dates] [Say thanks] [Correct the last] [I need help] [This match is not right]
    Only for you: *Was this session worth your time?*
    [Not at all] [A little] [Somewhat] [Quite] [Very much]
    Only for you: *Is the next one booked?*
    [Yes] [Not yet] [We are done for now]
    Nobody else sees what you tap here, and no score uses it.
    ");
    assert_eq!(sessions(&ana.home()), sessions(&ravi.home()).replace("Ana", "Ravi"));
    world.all_is_read();
}

#[tokio::test]
async fn two_logs_of_one_session_are_one_and_the_other_side_may_correct_it() {
    let world = at_home().await;
    let (mut ana, mut ravi) = (world.person("Ana"), world.person("Ravi"));
    assert_snapshot!(ana.types("log 45m yesterday").await, @"
    Tue 5 May 09:00, alone with rapport, only visible to you
    Noted: you and Ravi met on 4 May, 45 minutes. Ravi can see and correct it.  [Correct]
    Only for you: *Was this session worth your time?*
    [Not at all] [A little] [Somewhat] [Quite] [Very much]
    Only for you: *Is the next one booked?*
    [Yes] [Not yet] [We are done for now]
    Nobody else sees what you tap here, and no score uses it.
    ");
    assert_snapshot!(ravi.types("log").await, @"
    Tue 5 May 09:00, alone with rapport, only visible to you
    Noted: you and Ana met on 4 May, 45 minutes. Ana had logged it too; it counts once.  [Correct]
    Only for you: *Was this session worth your time?*
    [Not at all] [A little] [Somewhat] [Quite] [Very much]
    Only for you: *Is the next one booked?*
    [Yes] [Not yet] [We are done for now]
    Nobody else sees what you tap here, and no score uses it.
    ");
    assert_snapshot!(sessions(&ana.home()), @"
    *Ravi* · last met 4 May, 45 minutes  [What to prepare]
    [We met today] [Log a session] [Suggest dates] [Say thanks] [Correct the last] [I need help] [This match is not right]
    Only for you: *Was this session worth your time?*
    [Not at all] [A little] [Somewhat] [Quite] [Very much]
    Only for you: *Is the next one booked?*
    [Yes] [Not yet] [We are done for now]
    Nobody else sees what you tap here, and no score uses it.
    ");
    ravi.taps_home("Correct the last").await;
    assert_snapshot!(ravi.form(), @"
    # Correct a session
    This session: (x) We met ( ) It did not take place
    Day: [2026-05-04]
    Minutes, if you like (optional): [45]
    [Cancel] [Save]
    ");
    assert_snapshot!(ravi.submits(&[("Day", "2026-05-09")]).await, @"
    # Correct a session
    This session: (x) We met ( ) It did not take place
    Day: [2026-05-04]
    Minutes, if you like (optional): [45]
    [Cancel] [Save]
    ! day: That day is still to come; please log a session once you have met.
    ");
    assert_snapshot!(ravi.submits(&[("Day", "2026-05-04"), ("Minutes, if you like", "60")]).await, @"
    # Saved
    Noted: you and Ana met on 4 May, 60 minutes. Ana can see and correct it.
    [Close]
    ");
    assert_snapshot!(sessions(&ana.home()), @"
    *Ravi* · last met 4 May, 60 minutes  [What to prepare]
    [We met today] [Log a session] [Suggest dates] [Say thanks] [Correct the last] [I need help] [This match is not right]
    Only for you: *Was this session worth your time?*
    [Not at all] [A little] [Somewhat] [Quite] [Very much]
    Only for you: *Is the next one booked?*
    [Yes] [Not yet] [We are done for now]
    Nobody else sees what you tap here, and no score uses it.
    ");
    ravi.taps_home("Correct the last").await;
    assert_snapshot!(ravi.submits(&[("This session", "It did not take place")]).await, @"
    # Saved
    Noted: the session with Ana on 4 May did not take place.
    [Close]
    ");
    assert_snapshot!(sessions(&ana.home()), @"
    *Ravi* · no session logged yet  [What to prepare]
    [We met today] [Log a session] [Suggest dates] [Say thanks] [I need help] [This match is not right]
    ");
    world.all_is_read();
}

#[tokio::test]
async fn after_a_session_two_taps_are_asked_of_each_alone() {
    let world = at_home().await;
    let (ana, ravi) = (world.person("Ana"), world.person("Ravi"));
    ana.taps_home("We met today").await;
    ana.taps_home("Quite").await;
    world.settle().await;
    assert_snapshot!(sessions(&ana.home()), @"
    *Ravi* · last met 5 May  [What to prepare]
    [We met today] [Log a session] [Suggest dates] [Say thanks] [Correct the last] [I need help] [This match is not right]
    Only for you: *Is the next one booked?*
    [Yes] [Not yet] [We are done for now]
    Nobody else sees what you tap here, and no score uses it.
    ");
    ana.taps_home("We are done for now").await;
    world.settle().await;
    assert_snapshot!(sessions(&ana.home()), @"
    *Ravi* · last met 5 May  [What to prepare]
    [We met today] [Log a session] [Suggest dates] [Say thanks] [Correct the last] [I need help] [This match is not right]
    ");
    assert!(ravi.home().contains("Was this session worth your time?"));
    world.all_is_read();
}

#[tokio::test]
async fn a_command_that_is_not_clear_says_what_would_be() {
    let world = at_home().await;
    let mut ana = world.person("Ana");
    assert_snapshot!(ana.types("log soon").await, @"
    Tue 5 May 09:00, alone with rapport, only visible to you
    “soon” is neither a length like 45m or 1h30 nor a day like yesterday, monday or 2026-05-12, so nothing was noted.
    ");
    assert_snapshot!(ana.types("log 2026-12-24").await, @"
    Tue 5 May 09:00, alone with rapport, only visible to you
    That day is still to come; please log a session once you have met.
    ");
    assert_snapshot!(ana.types("log 99h").await, @"
    Tue 5 May 09:00, alone with rapport, only visible to you
    Please give the length in minutes, 1 to 600.
    ");
    assert_snapshot!(ana.types("hello").await, @"
    Tue 5 May 09:00, alone with rapport, only visible to you
    */rapport log 45m yesterday*: you met, for how long and when; with several pairs add *with Ana*.
    */rapport dates*: suggest dates for the next session.
    */rapport goal*: write a goal, as a mentee.
    */rapport thanks*: say thanks to the other of your pair.
    */rapport record*: what became of your goals, sessions and thanks, for you alone.
    */rapport pause 2 weeks*, */rapport away 3 June to 14 June*, */rapport back*: nothing is asked of you meanwhile.
    Your open pulses, your answers and your sessions are in the Home tab of this app. Each pulse has a menu with “Not this week”, “Ask me tomorrow”, “I need help” and “How this works”.
    ");
    assert_snapshot!(world.person("Mia").types("log 1h").await, @"
    Tue 5 May 09:00, alone with rapport, only visible to you
    You are in no mentoring pair at the moment, so there is no session to note.
    ");
    world.all_is_read();
}

#[tokio::test]
async fn the_next_session_is_suggested_by_one_and_set_by_the_other() {
    let world = at_home().await;
    let (mut ana, mut ravi) = (world.person("Ana"), world.person("Ravi"));
    ana.taps_home("Suggest dates").await;
    let (tuesday, friday) = ("1778580000", "1778835600");
    assert_snapshot!(ana.submits(&[("date1", "1"), ("date2", friday)]).await, @"
    # Suggest dates
    Ravi sees them in your conversation and taps the one that works. Times are in your own zone.
    A date: [____]
    Or (optional): [____]
    Or (optional): [____]
    [Cancel] [Suggest]
    ! date1: That time has passed; please suggest one that is still to come.
    ");
    assert_snapshot!(ana.submits(&[("date1", tuesday), ("date2", friday)]).await, @"
    # Saved
    The dates are in your conversation; Ravi taps the one that works.
    [Close]
    ");
    assert_snapshot!(ravi.reads(), @"
    Tue 5 May 09:00, with Ana, rapport
    Ana suggests a date for your next session. Ravi, which one works?
    *May 12, 2026 12:00*  [Works]
    *May 15, 2026 11:00*  [Works]
    [Other dates] [Call it off]
    ");
    assert_snapshot!(ana.reads(), @"
    Tue 5 May 09:00, with Ravi, rapport
    Ana suggests a date for your next session. Ravi, which one works?
    *May 12, 2026 12:00*  [Works]
    *May 15, 2026 11:00*  [Works]
    [Other dates] [Call it off]
    ");
    let post = ana.front();
    ana.taps_in_row(0, "Works").await;
    assert_snapshot!(ana.reads(), @"
    Tue 5 May 09:00, with Ravi, rapport, only visible to you
    This is your own suggestion: the date is set when Ravi taps “Works”.
    ");
    ravi.taps_in_row(0, "Works").await;
    assert_snapshot!(ravi.reads(), @"
    Tue 5 May 09:00, with Ana, rapport, only visible to you
    Set: you and Ana meet May 12, 2026 12:00.
    ");
    ana.turns_to(&post);
    world.advance_to(world.now() + chrono::TimeDelta::seconds(2)).await;
    assert_snapshot!(ana.sees(), @"
    Tue 5 May 09:00, with Ravi, rapport
    Your next session: *May 12, 2026 12:00*. Ana and Ravi have agreed on it.
    [Other dates] [Call it off]
    ");
    assert_snapshot!(sessions(&ravi.home()), @"
    *Ana* · no session logged yet
    Your next session: *May 12, 2026 12:00*  [What to prepare]
    [We met today] [Log a session] [Suggest dates] [Say thanks] [I need help] [This match is not right] [Call it off]
    ");
    ana.taps("Call it off").await;
    assert_snapshot!(ana.reads(), @"
    Tue 5 May 09:00, with Ravi, rapport, only visible to you
    Called off. Ravi sees it in your conversation; you can suggest other dates at any time.
    ");
    ana.turns_to(&post);
    world.advance_to(world.now() + chrono::TimeDelta::seconds(2)).await;
    assert_snapshot!(ana.sees(), @"
    Tue 5 May 09:00, with Ravi, rapport
    This suggestion does not hold any more.
    ");
    world.all_is_read();
}

#[tokio::test]
async fn the_shortcut_asks_which_pair_and_refuses_strangers() {
    let world = at_home().await;
    let mut ana = world.person("Ana");
    assert_eq!(ana.someone.shortcut("log_session").await.warning, None);
    world.settle().await;
    assert_snapshot!(ana.submits(&[("Minutes, if you like", "0")]).await, @"
    # Log a session
    Day: [2026-05-05]
    Minutes, if you like (optional): [____]
    [Cancel] [Save]
    ! minutes: Please give the length in minutes, 1 to 600.
    ");
    assert_snapshot!(ana.submits(&[("Minutes, if you like", "")]).await, @"
    # Saved
    Noted: you and Ravi met on 5 May. Ravi can see and correct it.
    [Close]
    ");
    let mia = world.person("Mia");
    assert_eq!(mia.someone.shortcut("log_session").await.warning, None);
    world.settle().await;
    assert_snapshot!(mia.form(), @"
    # Not saved
    You are in no mentoring pair at the moment, so there is no session to note.
    [Close]
    ");
    world.all_is_read();
}

#[tokio::test]
async fn a_session_that_is_said_again_is_still_the_same() {
    let world = at_home().await;
    let (mut ana, mut ravi) = (world.person("Ana"), world.person("Ravi"));
    ana.types("log 45m yesterday").await;
    for _ in 0..2 {
        assert!(ravi.types("log").await.contains("Noted: you and Ana met on 4 May, 45 minutes."));
    }
    assert!(sessions(&ravi.home()).starts_with("*Ana* · last met 4 May, 45 minutes"), "{}", ravi.home());
}

#[tokio::test]
async fn a_session_does_not_move_onto_another() {
    let world = at_home().await;
    let mut ana = world.person("Ana");
    ana.types("log 30m yesterday").await;
    ana.types("log 45m").await;
    ana.taps_home("Correct the last").await;
    let form = ana.submits(&[("Day", "2026-05-04")]).await;
    assert!(
        form.ends_with("! day: Another session is logged for that day already; you can correct that one instead."),
        "{form}"
    );
    ana.someone.reload();
    assert!(sessions(&ana.home()).starts_with("*Ravi* · last met 5 May, 45 minutes"));
}

#[tokio::test]
async fn what_was_answered_after_a_session_moves_with_it() {
    let world = at_home().await;
    let ana = world.person("Ana");
    ana.taps_home("We met today").await;
    let asks = || sessions(&ana.home()).contains("Was this session worth your time?");
    assert!(asks());
    ana.taps_home("Quite").await;
    assert!(!asks());
    let mut ana = world.person("Ana");
    ana.taps_home("Correct the last").await;
    assert_eq!(ana.submits(&[("Day", "2026-05-04")]).await.lines().next(), Some("# Saved"));
    let home = sessions(&ana.home());
    assert!(home.contains("last met 4 May") && !home.contains("Was this session worth your time?"), "{home}");
}

#[tokio::test]
async fn a_wrong_date_is_marked_where_it_stands() {
    let world = at_home().await;
    let mut ana = world.person("Ana");
    ana.taps_home("Suggest dates").await;
    let form = ana.submits(&[("date1", "1778580000"), ("date3", "1")]).await;
    assert!(form.ends_with("! date3: That time has passed; please suggest one that is still to come."), "{form}");
}
