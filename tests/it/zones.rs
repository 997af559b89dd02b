//! Time: zones, clock changes, weekends, downtime, and the end of a programme.

use chrono::NaiveDate;
use insta::assert_snapshot;
use rapport::core::cadence::Cadence;
use rapport::sim::Someone;

use crate::world::{Plan, Reader, World};

/// A pair that has started and whose next pulse is due on Tuesday.
async fn started(ana: &'static str, ravi: &'static str) -> World {
    let world = Plan::pair(ana, ravi).begins("2026-05-01 09:00").begin().await;
    world.all_start().await;
    world
}

/// When each of the two was asked.
fn both(world: &World) -> String {
    let (mut ana, mut ravi) = (world.person("Ana"), world.person("Ravi"));
    format!("Ana: {}\nRavi: {}", reads_pulse(&mut ana), reads_pulse(&mut ravi))
}

/// When the next pulse came, and where; nudges that came before it are read on the way.
fn reads_pulse(person: &mut Reader<'_>) -> String {
    loop {
        let words = person.reads();
        if !words.contains("Why you get this") {
            return words.lines().next().unwrap_or_default().to_owned();
        }
    }
}

#[tokio::test]
async fn a_common_hour_is_found_in_both_directions() {
    let world = started("Europe/Berlin", "America/New_York").await;
    world.berlin("2026-05-06 09:00").await;
    assert_snapshot!(both(&world), @"
    Ana: Tue 5 May 15:00, with Ravi, rapport
    Ravi: Tue 5 May 09:00, with Ana, rapport
    ");
    let world = started("America/New_York", "Europe/Berlin").await;
    world.berlin("2026-05-06 09:00").await;
    assert_snapshot!(both(&world), @"
    Ana: Tue 5 May 10:00, with Ravi, rapport
    Ravi: Tue 5 May 16:00, with Ana, rapport
    ");
}

#[tokio::test]
async fn without_a_common_hour_each_is_asked_alone() {
    let world = started("Europe/Berlin", "Pacific/Auckland").await;
    world.berlin("2026-05-06 09:00").await;
    let (mut ana, mut ravi) = (world.person("Ana"), world.person("Ravi"));
    // On Monday she has had the agreement, alone.
    ana.skims(1);
    assert_snapshot!(ana.reads(), @"
    Tue 5 May 10:00, alone with rapport
    Pulse 1 of 26 · you & Ravi
    *I know what I want to get out of this mentoring.*
    [No] [Not really] [Partly] [Mostly] [Yes] [...]
    Did you two meet since 1 May?
    [Yes] [Not yet]
    Open until May 8, 2026 17:00 (your time). Your coordinator can see your answer, Ravi cannot. You can change that.
    ");
    assert_snapshot!(ravi.reads(), @"
    Tue 5 May 10:00, alone with rapport
    Pulse 1 of 26 · you & Ana
    *I know what my mentee wants to get out of this.*
    [No] [Not really] [Partly] [Mostly] [Yes] [...]
    Did you two meet since 1 May?
    [Yes] [Not yet]
    Open until May 8, 2026 17:00 (your time). Your coordinator can see your answer, Ana cannot. You can change that.
    ");
    world.person("Mia").skims(1);
    ana.taps("Mostly").await;
    assert_snapshot!(ana.reads(), @"
    Wed 6 May 09:00, alone with rapport, only visible to you
    Saved: *Mostly*. Your coordinator can see it, Ravi cannot.
    [Change] [Add a comment] [Who sees this]
    ");
    world.all_is_read();
}

#[tokio::test]
async fn a_mentor_of_three_gets_one_message_with_rows() {
    let berlin = "Europe/Berlin";
    let people = [("Ana Lopez", berlin), ("Ben Ode", berlin), ("Cleo Sato", berlin), ("Ravi Rao", berlin)];
    let world = Plan::of(&people, &[("Ana", "Ravi"), ("Ben", "Ravi"), ("Cleo", "Ravi")]).begin().await;
    world.all_start().await;
    world.berlin("2026-05-05 10:00").await;
    let (mut ana, mut ravi) = (world.person("Ana"), world.person("Ravi"));
    assert_snapshot!(ravi.reads(), @"
    Tue 5 May 10:00, alone with rapport
    Engineering · your pulses, one for each mentee
    Ana · Pulse 1 of 26 · open until May 8, 2026 17:00
    *I know what my mentee wants to get out of this.*
    Your coordinator can see your answer, Ana cannot.
    [No] [Not really] [Partly] [Mostly] [Yes] [...]
    [We met since 4 May] [Not met yet]
    Ben · Pulse 1 of 26 · open until May 8, 2026 17:00
    *I know what my mentee wants to get out of this.*
    Your coordinator can see your answer, Ben cannot.
    [No] [Not really] [Partly] [Mostly] [Yes] [...]
    [We met since 4 May] [Not met yet]
    Cleo · Pulse 1 of 26 · open until May 8, 2026 17:00
    *I know what my mentee wants to get out of this.*
    Your coordinator can see your answer, Cleo cannot.
    [No] [Not really] [Partly] [Mostly] [Yes] [...]
    [We met since 4 May] [Not met yet]
    Each row says who can see that answer. You can change that.
    ");
    assert_snapshot!(ana.reads_when(), @"Tue 5 May 10:00, alone with rapport");
    world.person("Ben").skims(1);
    world.person("Cleo").skims(1);
    let rows = ravi.front();
    for (row, answer) in [(0, "Yes"), (1, "Partly"), (2, "No")] {
        ravi.turns_to(&rows);
        ravi.taps_in_row(row, answer).await;
        assert!(ravi.reads().contains(&format!("Saved: *{answer}*.")));
    }
    assert_snapshot!(ravi.opens_home().await, @"
    # Open now
    *Ana* · Pulse 1 of 26 · open until May 8, 2026 17:00  [...]
    *I know what my mentee wants to get out of this.*
    You said: *Yes*. Your coordinator can see it, Ana cannot.
    [No] [Not really] [Partly] [Mostly] [Yes]
    [Add a comment] [Who sees this]
    Did you two meet since 4 May?
    [Yes] [Not yet]
    ---
    *Ben* · Pulse 1 of 26 · open until May 8, 2026 17:00  [...]
    *I know what my mentee wants to get out of this.*
    You said: *Partly*. Your coordinator can see it, Ben cannot.
    [No] [Not really] [Partly] [Mostly] [Yes]
    [Add a comment] [Who sees this]
    Did you two meet since 4 May?
    [Yes] [Not yet]
    ---
    *Cleo* · Pulse 1 of 26 · open until May 8, 2026 17:00  [...]
    *I know what my mentee wants to get out of this.*
    You said: *No*. Your coordinator can see it, Cleo cannot.
    [No] [Not really] [Partly] [Mostly] [Yes]
    [Add a comment] [Who sees this]
    Did you two meet since 4 May?
    [Yes] [Not yet]
    ---
    # Your pairs
    *Ana*, your mentee in Engineering
    *Ben*, your mentee in Engineering
    *Cleo*, your mentee in Engineering
    *Ana* · no session logged yet  [What to prepare]
    [We met today] [Log a session] [Suggest dates] [Say thanks] [I need help] [This match is not right]
    *Ben* · no session logged yet  [What to prepare]
    [We met today] [Log a session] [Suggest dates] [Say thanks] [I need help] [This match is not right]
    *Cleo* · no session logged yet  [What to prepare]
    [We met today] [Log a session] [Suggest dates] [Say thanks] [I need help] [This match is not right]
    You take part in Engineering.  [Not for me]
    *Your agreement with Cleo*: still to be filled in by you two.  [Look and change]
    *Your time*
    You are asked in working hours.
    [Pause or go away] [Your hours]
    *Your record*: goals, sessions and thanks, for you alone.  [My record]
    *What rapport knows of you*
    Your name and time zone in Slack, your pairs, what you tapped and wrote here, and whether you two have met, as you said it. It reads no conversations.  [Who sees what]
    *Messages that rapport started this week:* 3 of 3 used. It starts no more than that, and at most one nudge.  [...]
    ");
    world.berlin("2026-05-08 17:00").await;
    ravi.turns_to(&rows);
    assert_snapshot!(ravi.sees(), @"
    Tue 5 May 10:00, alone with rapport
    Engineering · your pulses, one for each mentee
    Ana · Pulse 1 of 26 · closed
    *I know what my mentee wants to get out of this.*
    Ben · Pulse 1 of 26 · closed
    *I know what my mentee wants to get out of this.*
    Cleo · Pulse 1 of 26 · closed
    *I know what my mentee wants to get out of this.*
    This pulse is closed. Your own answers are in the Home tab of this app.
    ");
    world.all_is_read();
}

#[tokio::test]
async fn clock_changes_move_the_pulse_for_those_whose_clock_did_not_change() {
    // Europe changes on 25 October 2026, the United States a week later.
    let world = Plan::pair("Europe/Berlin", "America/New_York")
        .begins("2026-10-12 09:00")
        .but(|program| program.ends = NaiveDate::from_ymd_opt(2027, 4, 30))
        .begin()
        .await;
    world.all_start().await;
    world.berlin("2026-10-14 09:00").await;
    world.sim.people().iter().for_each(Someone::read_all);
    let mut asked = Vec::new();
    for civil in ["2026-10-21 09:00", "2026-10-28 09:00"] {
        world.berlin(civil).await;
        asked.push(both(&world));
    }
    // Neither has answered three times: what suits them is another story.
    world.berlin("2026-11-02 12:00").await;
    world.sim.people().iter().for_each(Someone::read_all);
    world.berlin("2026-11-04 09:00").await;
    asked.push(both(&world));
    // The United States change on 14 March 2027, Europe two weeks later.
    world.berlin("2027-03-08 12:00").await;
    world.sim.people().iter().for_each(Someone::read_all);
    for civil in ["2027-03-10 09:00", "2027-03-17 09:00", "2027-03-24 09:00", "2027-03-31 09:00"] {
        world.berlin(civil).await;
        asked.push(both(&world));
    }
    assert_snapshot!(asked.join("\n"), @"
    Ana: Tue 20 Oct 15:00, with Ravi, rapport
    Ravi: Tue 20 Oct 09:00, with Ana, rapport
    Ana: Tue 27 Oct 14:00, with Ravi, rapport
    Ravi: Tue 27 Oct 09:00, with Ana, rapport
    Ana: Tue 3 Nov 15:00, with Ravi, rapport
    Ravi: Tue 3 Nov 09:00, with Ana, rapport
    Ana: Tue 9 Mar 15:00, with Ravi, rapport
    Ravi: Tue 9 Mar 09:00, with Ana, rapport
    Ana: Tue 16 Mar 14:00, with Ravi, rapport
    Ravi: Tue 16 Mar 09:00, with Ana, rapport
    Ana: Tue 23 Mar 14:00, with Ravi, rapport
    Ravi: Tue 23 Mar 09:00, with Ana, rapport
    Ana: Tue 30 Mar 15:00, with Ravi, rapport
    Ravi: Tue 30 Mar 09:00, with Ana, rapport
    ");
}

#[tokio::test]
async fn whoever_moves_is_asked_by_the_new_clock() {
    let world = started("Europe/Berlin", "Europe/Berlin").await;
    world.berlin("2026-05-06 09:00").await;
    assert_snapshot!(both(&world), @"
    Ana: Tue 5 May 10:00, with Ravi, rapport
    Ravi: Tue 5 May 10:00, with Ana, rapport
    ");
    world.person("Ravi").someone.change(|person| person.zone = "America/New_York".to_owned());
    world.berlin("2026-05-13 09:00").await;
    world.person("Mia").skims(2);
    assert_snapshot!(both(&world), @"
    Ana: Tue 12 May 15:00, with Ravi, rapport
    Ravi: Tue 12 May 09:00, with Ana, rapport
    ");
    world.all_is_read();
}

#[tokio::test]
async fn a_weekend_is_no_working_time() {
    let world = Plan::pair("Europe/Berlin", "Europe/Berlin")
        .but(|program| program.cadence = Cadence::parse("0 10 * * SAT").expect("a cadence"))
        .begin()
        .await;
    world.all_start().await;
    world.berlin("2026-05-12 09:00").await;
    assert_snapshot!(both(&world), @"
    Ana: Mon 11 May 09:00, with Ravi, rapport
    Ravi: Mon 11 May 09:00, with Ana, rapport
    ");
    for who in ["Ana", "Ravi"] {
        world.person(who).is_nudged("You two have not met yet");
    }
    world.person("Mia").skims(1);
    world.all_is_read();
}

#[tokio::test]
async fn a_pulse_that_is_a_little_late_still_comes() {
    let world = World::started().await;
    world.berlin("2026-05-05 09:00").await;
    world.down_until("2026-05-05 14:00").await;
    assert_snapshot!(both(&world), @"
    Ana: Tue 5 May 14:00, with Ravi, rapport
    Ravi: Tue 5 May 14:00, with Ana, rapport
    ");
    world.all_is_read();
}

#[tokio::test]
async fn a_pulse_that_is_too_late_is_folded_into_the_next_one() {
    let world = World::started().await;
    world.berlin("2026-05-05 09:00").await;
    world.down_until("2026-05-06 22:00").await;
    world.berlin("2026-05-11 08:59").await;
    world.all_is_read();
    world.berlin("2026-05-12 10:00").await;
    assert_snapshot!(world.person("Mia").reads(), @"
    Mon 11 May 09:00, alone with rapport
    # Mentoring digest · Engineering · week 1 of 26 · 4–10 May
    1 pair: 1 too early to tell. Programme health: too early to tell.
    No pulse closed this week.
    *WATCH*
    Ana & Ravi: no first meeting yet, day 7
    *INDICATORS*
    growth: not asked
    communication: not asked
    guidance: not asked
    feedback: not asked
    organisation: not asked
    Means of the last four weeks, 1 to 5, against the four weeks before; without answers for totals only.
    *MEETINGS*
    None of 1 pair said that they had met.
    *NOT SHOWN*
    Single answers without a comment, because one says little; comments that were not shared with coordinators.
    [Show] [Export CSV]
    Counted on Mon 11 May, 07:00 UTC. Only closed pulses count; whoever skipped a week is neither answered nor missed. Health is for offering help, never for rating anybody; eight times of ten it lies within its brackets. Rules version 2.
    ");
    for who in ["Ana", "Ravi"] {
        world.person(who).is_nudged("You two have not met yet");
    }
    assert_snapshot!(world.person("Ana").reads(), @"
    Tue 12 May 10:00, with Ravi, rapport
    Pulse 1 of 25 · Ana & Ravi
    *Ana: I know what I want to get out of this mentoring.*
    *Ravi: I know what my mentee wants to get out of this.*
    [No] [Not really] [Partly] [Mostly] [Yes] [...]
    Did you two meet since 4 May?
    [Yes] [Not yet]
    Open until May 15, 2026 17:00 (your time). Your coordinator can see your answer, your partner cannot. You can change that.
    ");
    world.person("Ravi").skims(1);
    world.all_is_read();
}

#[tokio::test]
async fn after_weeks_of_downtime_there_is_no_backlog() {
    let world = World::started().await;
    world.berlin("2026-05-05 09:00").await;
    world.down_until("2026-06-03 22:00").await;
    world.berlin("2026-06-08 08:59").await;
    assert_snapshot!(world.person("Mia").reads(), @"
    Thu 4 Jun 09:00, alone with rapport
    # Mentoring digest · Engineering · week 4 of 26 · 25–31 May
    1 pair: 1 too early to tell. Programme health: too early to tell.
    No pulse closed this week.
    *WATCH*
    Ana & Ravi: no first meeting yet, day 28
    *INDICATORS*
    growth: not asked
    communication: not asked
    guidance: not asked
    feedback: not asked
    organisation: not asked
    Means of the last four weeks, 1 to 5, against the four weeks before; without answers for totals only.
    *MEETINGS*
    None of 1 pair said that they had met.
    *NOT SHOWN*
    Single answers without a comment, because one says little; comments that were not shared with coordinators.
    [Show] [Export CSV]
    Counted on Mon 1 Jun, 07:00 UTC. Only closed pulses count; whoever skipped a week is neither answered nor missed. Health is for offering help, never for rating anybody; eight times of ten it lies within its brackets. Rules version 2.
    ");
    for who in ["Ana", "Ravi"] {
        world.person(who).is_nudged("You two have not met yet");
    }
    world.all_is_read();
}

#[tokio::test]
async fn a_programme_ends() {
    let world = Plan::pair("Europe/Berlin", "Europe/Berlin")
        .but(|program| program.ends = NaiveDate::from_ymd_opt(2026, 5, 15))
        .begin()
        .await;
    world.all_start().await;
    let (mut ana, mut ravi, mut mia) = (world.person("Ana"), world.person("Ravi"), world.person("Mia"));
    world.berlin("2026-07-01 09:00").await;
    // After the last day both read the closing words, and the last questions, each alone; and nothing more.
    let mut read = [reads_pulse(&mut ana), reads_pulse(&mut ana), ana.reads_when(), ana.reads_when()];
    read[2..].sort();
    assert_snapshot!(read.join("\n"), @"
    Tue 5 May 10:00, with Ravi, rapport
    Tue 12 May 10:00, with Ravi, rapport
    Mon 18 May 09:00, alone with rapport
    Mon 18 May 09:00, with Ravi, rapport
    ");
    reads_pulse(&mut ravi);
    reads_pulse(&mut ravi);
    ravi.skims(2);
    assert_snapshot!([mia.reads_when(), mia.reads_when()].join("\n"), @"
    Mon 11 May 09:00, alone with rapport
    Mon 18 May 09:00, alone with rapport
    ");
    world.all_is_read();
}

#[tokio::test]
async fn the_same_two_in_two_programmes_share_a_conversation_and_one_budget() {
    let world = Plan::pair("Europe/Berlin", "Europe/Berlin").program("Design", &[("Ravi", "Ana")]).begin().await;
    world.all_start().await;
    // Two welcomes and one pulse: more than three messages a week are not started, so the other pulse is not asked.
    world.berlin("2026-05-05 10:01").await;
    let (mut ana, mut ravi) = (world.person("Ana"), world.person("Ravi"));
    ana.skims(1);
    ravi.skims(1);
    world.all_is_read();
    world.berlin("2026-05-12 10:01").await;
    world.person("Mia").someone.read_all();
    // There is room for one of their two agreements, and for no nudge beside it.
    assert!(ana.reads().contains("How we want to work together: Ravi and Ana (Design)"));
    assert_snapshot!(ana.reads(), @"
    Tue 12 May 10:00, with Ravi, rapport
    Design · Pulse 2 of 26 · Ravi & Ana
    *Ravi: We get enough time together.*
    *Ana: I have enough time for my mentee.*
    [No] [Not really] [Partly] [Mostly] [Yes] [...]
    Did you two meet since 5 May?
    [Yes] [Not yet]
    Open until May 15, 2026 17:00 (your time). Your coordinator can see your answer, your partner cannot. You can change that.
    ");
    let first = ana.front().at.channel;
    assert_snapshot!(ana.reads(), @"
    Tue 12 May 10:00, with Ravi, rapport
    Engineering · Pulse 1 of 25 · Ana & Ravi
    *Ana: I know what I want to get out of this mentoring.*
    *Ravi: I know what my mentee wants to get out of this.*
    [No] [Not really] [Partly] [Mostly] [Yes] [...]
    Did you two meet since 4 May?
    [Yes] [Not yet]
    Open until May 15, 2026 17:00 (your time). Your coordinator can see your answer, your partner cannot. You can change that.
    ");
    assert_eq!(ana.front().at.channel, first);
    ravi.skims(3);
    world.all_is_read();
    // One message a second in one conversation: Slack had nothing to hold back.
    let calls = world.sim.calls();
    let refused = calls.iter().filter(|call| call.reply["ok"] != true).map(|call| (&call.t, &call.method, &call.reply));
    assert_eq!(refused.collect::<Vec<_>>(), []);
}
