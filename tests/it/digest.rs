//! The coordinator's Monday.

use insta::assert_snapshot;
use rapport::core::program::Program;

use crate::world::{self, Plan, Reader, World};

const BERLIN: &str = "Europe/Berlin";

/// Nine pairs, mentee and mentor.
const PAIRS: [(&str, &str); 9] = [
    ("Ana", "Ravi"),
    ("Bea", "Sam"),
    ("Cleo", "Tom"),
    ("Dan", "Uma"),
    ("Eli", "Vic"),
    ("Fay", "Will"),
    ("Gus", "Xia"),
    ("Hal", "Yan"),
    ("Ida", "Zoe"),
];

/// A programme of these pairs, in which everybody has pressed `Start`.
fn plan(pairs: &[(&'static str, &'static str)]) -> Plan {
    let people: Vec<_> = pairs.iter().flat_map(|(mentee, mentor)| [(*mentee, BERLIN), (*mentor, BERLIN)]).collect();
    Plan::of(&people, pairs)
}

/// Reads up to the next pulse: a nudge may have come before it, or the question what suits who did not answer three times.
fn reads_pulse(person: &mut Reader<'_>) {
    let is_other = |words: String| words.contains("Why you get this") || words.contains("What suits you?");
    while is_other(person.reads()) {}
}

/// Answers the newest pulse with `value`, 1 to 5, and the second question, if there is one, with the same.
async fn answers(person: &mut Reader<'_>, value: u8, met: bool) {
    let answer = format!("answer.{value}");
    reads_pulse(person);
    let post = person.front();
    if met {
        person.taps("met.yes").await;
        person.skims(1);
        person.turns_to(&post);
    }
    person.taps(&answer).await;
    if person.reads().contains("One more, only for you") {
        person.taps(&answer).await;
        person.skims(1);
    }
}

/// One week: mentees say `mentees`, mentors one less; Ida never answers, and Hal and Yan never meet.
async fn week(world: &World, tuesday: &str, mentees: u8) {
    world.berlin(tuesday).await;
    for (mentee, mentor) in PAIRS {
        let met = mentee != "Hal";
        if mentee == "Ida" {
            reads_pulse(&mut world.person(mentee));
        } else {
            answers(&mut world.person(mentee), mentees, met).await;
        }
        answers(&mut world.person(mentor), mentees - 1, met).await;
    }
}

#[tokio::test]
async fn five_weeks_of_nine_pairs() {
    let world = plan(&PAIRS).begin().await;
    world.all_start().await;
    let mut mia = world.person("Mia");
    week(&world, "2026-05-05 10:00", 5).await;
    world.berlin("2026-05-11 09:00").await;
    assert_snapshot!(mia.reads(), @"
    Mon 11 May 09:00, alone with rapport
    # Mentoring digest · Engineering · week 1 of 26 · 4–10 May
    9 pairs: 9 too early to tell. Programme health: too early to tell.
    94 % answered (17 of 18 asked).
    *WATCH*
    Hal & Yan: no first meeting yet, day 7
    *INDICATORS*
    growth 4.5 (n=17, too few to compare)
    communication: not asked
    guidance: not asked
    feedback: not asked
    organisation: not asked
    Means of the last four weeks, 1 to 5, against the four weeks before; without answers for totals only.
    *MEETINGS*
    8 of 9 pairs met (89 %).
    *NOT SHOWN*
    Single answers without a comment, because one says little; comments that were not shared with coordinators.
    [Show] [Export CSV]
    Counted on Mon 11 May, 07:00 UTC. Only closed pulses count; whoever skipped a week is neither answered nor missed. Health is for offering help, never for rating anybody; eight times of ten it lies within its brackets. Rules version 2.
    ");
    week(&world, "2026-05-12 10:00", 5).await;
    week(&world, "2026-05-19 10:00", 4).await;
    week(&world, "2026-05-26 10:00", 4).await;
    mia.skims(2);
    world.berlin("2026-06-01 09:00").await;
    assert_snapshot!(mia.reads(), @"
    Mon 1 Jun 09:00, alone with rapport
    # Mentoring digest · Engineering · week 4 of 26 · 25–31 May
    9 pairs: 9 on track. Programme health 71 (last week 76, 9 pairs).
    94 % answered (17 of 18 asked); last week 94 %, four-week mean 94 %.
    *WATCH*
    Hal & Yan: no first meeting yet, day 28 · Ida & Zoe: no answer to three pulses (mentee)
    Silence has many reasons, a holiday or a muted bot among them: a short word says more than a list.
    *INDICATORS*
    growth 4.0 (n=34, too few to compare)
    communication 4.0 (n=7, too few to compare)
    guidance 4.0 (n=34, too few to compare)
    feedback 4.0 (n=34, too few to compare)
    organisation: not asked
    Means of the last four weeks, 1 to 5, against the four weeks before; without answers for totals only.
    *MEETINGS*
    8 of 9 pairs met (89 %), median gap 7 days.
    [line chart: Programme health, 0 to 100]
    Health: Week 3 76.0, Week 4 71.0
    [line chart: Indicators, 1 to 5]
    Growth: Week 3 3.97, Week 4 3.97
    Communication: Week 3 4.0, Week 4 4.0
    Guidance: Week 3 4.47, Week 4 3.97
    Feedback: Week 3 4.47, Week 4 3.97
    Programme health, weeks 3 to 4: from 76 to 71. Indicators, weeks 3 to 4: growth from 4.0 to 4.0; communication from 4.0 to 4.0; guidance from 4.5 to 4.0; feedback from 4.5 to 4.0.
    *NOT SHOWN*
    Single answers without a comment, because one says little; comments that were not shared with coordinators.
    [Show] [Export CSV]
    Counted on Mon 1 Jun, 07:00 UTC. Only closed pulses count; whoever skipped a week is neither answered nor missed. Health is for offering help, never for rating anybody; eight times of ten it lies within its brackets. Rules version 2.
    ");
    week(&world, "2026-06-02 10:00", 2).await;
    world.berlin("2026-06-08 09:00").await;
    assert_snapshot!(mia.reads(), @"
    Mon 8 Jun 09:00, alone with rapport
    # Mentoring digest · Engineering · week 5 of 26 · 1–7 June
    9 pairs: 7 on track, 2 to watch. Programme health 57 (last week 71, 9 pairs).
    94 % answered (17 of 18 asked); last week 94 %, four-week mean 94 %.
    *WATCH*
    Ida & Zoe 49 (37-61), thin: few counted answers · Hal & Yan 52 (40-64) · Hal & Yan: no first meeting yet, day 35 · Ida & Zoe: no answer to three pulses (mentee)
    Silence has many reasons, a holiday or a muted bot among them: a short word says more than a list.
    *INDICATORS*
    growth 2.5 (-1.9, n=32, down)
    communication 2.3 (n=22, too few to compare)
    guidance 4.0 (n=34, too few to compare)
    feedback 4.0 (n=34, too few to compare)
    organisation: not asked
    Means of the last four weeks, 1 to 5, against the four weeks before; without answers for totals only.
    *MEETINGS*
    8 of 9 pairs met (89 %), median gap 7 days.
    [line chart: Programme health, 0 to 100]
    Health: Week 3 76.0, Week 4 71.0, Week 5 57.0
    [line chart: Indicators, 1 to 5]
    Growth: Week 3 3.97, Week 4 3.97, Week 5 2.53
    Communication: Week 3 4.0, Week 4 4.0, Week 5 2.27
    Guidance: Week 3 4.47, Week 4 3.97, Week 5 3.97
    Feedback: Week 3 4.47, Week 4 3.97, Week 5 3.97
    Programme health, weeks 3 to 5: from 76 to 57. Indicators, weeks 3 to 5: growth from 4.0 to 2.5; communication from 4.0 to 2.3; guidance from 4.5 to 4.0; feedback from 4.5 to 4.0.
    *NOT SHOWN*
    Single answers without a comment, because one says little; comments that were not shared with coordinators.
    [Show] [Export CSV]
    Counted on Mon 8 Jun, 07:00 UTC. Only closed pulses count; whoever skipped a week is neither answered nor missed. Health is for offering help, never for rating anybody; eight times of ten it lies within its brackets. Rules version 2.
    ");
    world.all_is_read();
}

#[tokio::test]
async fn a_coordinator_who_is_in_a_pair_does_not_read_about_it() {
    let world = plan(&PAIRS[..3]).coordinators(&[("Ravi", BERLIN), ("Mia", BERLIN)]).begin().await;
    world.all_start().await;
    world.berlin("2026-05-11 09:00").await;
    let (mut ravi, mut mia) = (world.person("Ravi"), world.person("Mia"));
    ravi.skims(1);
    assert_snapshot!(ravi.reads(), @"
    Mon 11 May 09:00, alone with rapport
    # Mentoring digest · Engineering · week 1 of 26 · 4–10 May
    2 pairs: 2 too early to tell. Programme health: too early to tell.
    Your own pair is left out here.
    0 % answered (0 of 4 asked).
    *WATCH*
    Cleo & Tom: no first meeting yet, day 7 · Bea & Sam: no first meeting yet, day 7
    *INDICATORS*
    growth: withheld
    communication: not asked
    guidance: not asked
    feedback: not asked
    organisation: not asked
    Means of the last four weeks, 1 to 5, against the four weeks before; without answers for totals only.
    *MEETINGS*
    None of 2 pairs said that they had met.
    *NUDGES*
    Sent to fewer than 5 people.
    *NOT SHOWN*
    Single answers without a comment, because one says little; comments that were not shared with coordinators.
    Growth is withheld: in no week did enough people answer by name for this programme's threshold, or a total would have told what each of them said.
    [Show] [Export CSV]
    Counted on Mon 11 May, 07:00 UTC. Only closed pulses count; whoever skipped a week is neither answered nor missed. Health is for offering help, never for rating anybody; eight times of ten it lies within its brackets. Rules version 2.
    ");
    let whole = mia.reads();
    assert!(whole.contains("3 pairs: 3 too early to tell."), "{whole}");
    assert!(whole.contains("0 % answered (0 of 6 asked)."), "{whole}");
    assert!(whole.contains("Ana & Ravi"), "{whole}");
}

#[tokio::test]
async fn coordinators_in_two_zones_read_the_same_at_their_own_nine() {
    let world = plan(&PAIRS[..1]).coordinators(&[("Mia", BERLIN), ("Noa", "America/New_York")]).begin().await;
    world.all_start().await;
    world.berlin("2026-05-12 09:00").await;
    let (mia, noa) = (world.person("Mia").reads(), world.person("Noa").reads());
    assert_snapshot!([mia.lines().next(), noa.lines().next()].map(Option::unwrap_or_default).join("\n"), @"
    Mon 11 May 09:00, alone with rapport
    Mon 11 May 09:00, alone with rapport
    ");
    let words = |digest: &str| digest.lines().skip(1).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(words(&mia), words(&noa));
}

#[tokio::test]
async fn a_second_look_shows_the_numbers_of_the_first() {
    let world = plan(&PAIRS[..1]).begin().await;
    world.all_start().await;
    world.berlin("2026-05-11 09:00").await;
    let program = world.program("Engineering");
    let first = world.store.last_digest(&program, &world.vault).await.expect("readable").expect("a digest");
    let mut ana = world.person("Ana");
    ana.opens_home().await;
    ana.taps_home("Not for me").await;
    ana.skims(1);
    world.berlin("2026-05-17 12:00").await;
    let second = world.store.last_digest(&program, &world.vault).await.expect("readable").expect("a digest");
    assert_eq!(second, first);
}

#[tokio::test]
async fn settings_that_change_while_a_digest_is_due_do_not_swallow_it() {
    let world = plan(&PAIRS[..1]).begin().await;
    world.all_start().await;
    world.berlin("2026-05-11 08:59").await;
    assert!(world.person("Mia").someone.next_unread().is_none());
    let program = world.store.program(world.program("Engineering")).await.expect("readable");
    let changed = Program { rhythm: 21, ..program.expect("it is there") };
    // The bot was down from nine o'clock on, or had not come round to it.
    world.clock.set(world::berlin("2026-05-11 09:03"));
    world.store.apply_program(&changed, world.now()).await.expect("applied");
    world.settle().await;
    assert!(world.person("Mia").reads().contains("Engineering"));
    world.berlin("2026-05-17 12:00").await;
    assert!(world.person("Mia").someone.next_unread().is_none(), "it comes once");
}

#[tokio::test]
async fn a_workspace_that_refuses_charts_reads_the_sentence_from_then_on() {
    let world = plan(&PAIRS).begin().await;
    world.all_start().await;
    let mut mia = world.person("Mia");
    for (tuesday, value) in [("2026-05-05 10:00", 5), ("2026-05-12 10:00", 5), ("2026-05-19 10:00", 4)] {
        week(&world, tuesday, value).await;
    }
    world.berlin("2026-05-31 12:00").await;
    mia.skims(3);
    // Once is enough: what Slack refused is not tried again.
    world.sim.faults().once("chat.postMessage", rapport::sim::Fault::Error("invalid_blocks".to_owned()));
    world.berlin("2026-06-01 09:00").await;
    let without = mia.reads();
    assert!(!without.contains("[line chart"), "{without}");
    assert!(without.contains("Programme health, weeks 3 to 4:"), "{without}");
    world.berlin("2026-06-08 09:00").await;
    let next = mia.reads();
    assert!(!next.contains("[line chart") && next.contains("Programme health, weeks 3 to 5:"), "{next}");
}
