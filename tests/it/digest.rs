//! The coordinator's Monday.

use insta::assert_snapshot;

use crate::world::{Plan, Reader, World};

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

/// Answers the newest pulse with `value`, 1 to 5, and the second question, if there is one, with the same.
async fn answers(person: &mut Reader<'_>, value: u8, met: bool) {
    let answer = format!("answer.{value}");
    person.reads();
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
            world.person(mentee).skims(1);
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
    9 pairs. 94 % answered (17 of 18 asked).
    *NO FIRST MEETING YET*
    Hal & Yan, day 7
    As far as the two have said; they may have met without saying so.
    *MET THIS WEEK*
    8 of 9 pairs said that they had met (89 %).
    *INDICATORS*
    growth 4.5 (n=17, too few to compare)
    communication: not asked
    guidance: not asked
    feedback: not asked
    organisation: not asked
    Means of the last four weeks, 1 to 5, against the four weeks before.
    *NOT SHOWN*
    Single answers without a comment, because one says little; comments that were not shared with coordinators.
    Counted on Mon 11 May, 07:00 UTC. Only closed pulses count; whoever skipped a week is neither answered nor missed. Rules version 1.
    ");
    week(&world, "2026-05-12 10:00", 5).await;
    week(&world, "2026-05-19 10:00", 4).await;
    week(&world, "2026-05-26 10:00", 4).await;
    mia.skims(2);
    world.berlin("2026-06-01 09:00").await;
    assert_snapshot!(mia.reads(), @"
    Mon 1 Jun 09:00, alone with rapport
    # Mentoring digest · Engineering · week 4 of 26 · 25–31 May
    9 pairs. 94 % answered (17 of 18 asked). Last week 94 %.
    *FELL SILENT*
    Ida & Zoe (mentee)
    No answer to the last three pulses. Silence has many reasons, a holiday or a muted bot among them: a short word says more than this list.
    *NO FIRST MEETING YET*
    Hal & Yan, day 28
    As far as the two have said; they may have met without saying so.
    *MET THIS WEEK*
    8 of 9 pairs said that they had met (89 %).
    *INDICATORS*
    growth 4.0 (n=34, too few to compare)
    communication 4.0 (n=7, too few to compare)
    guidance 4.0 (n=34, too few to compare)
    feedback 4.0 (n=34, too few to compare)
    organisation: not asked
    Means of the last four weeks, 1 to 5, against the four weeks before.
    *NOT SHOWN*
    Single answers without a comment, because one says little; comments that were not shared with coordinators.
    Counted on Mon 1 Jun, 07:00 UTC. Only closed pulses count; whoever skipped a week is neither answered nor missed. Rules version 0.
    ");
    week(&world, "2026-06-02 10:00", 2).await;
    world.berlin("2026-06-08 09:00").await;
    assert_snapshot!(mia.reads(), @"
    Mon 8 Jun 09:00, alone with rapport
    # Mentoring digest · Engineering · week 5 of 26 · 1–7 June
    9 pairs. 94 % answered (17 of 18 asked). Last week 94 %.
    *FELL SILENT*
    Ida & Zoe (mentee)
    No answer to the last three pulses. Silence has many reasons, a holiday or a muted bot among them: a short word says more than this list.
    *NO FIRST MEETING YET*
    Hal & Yan, day 35
    As far as the two have said; they may have met without saying so.
    *MET THIS WEEK*
    8 of 9 pairs said that they had met (89 %).
    *INDICATORS*
    growth 2.5 (-1.9, n=32)
    communication 2.3 (n=22, too few to compare)
    guidance 3.8 (n=36, too few to compare)
    feedback 4.0 (n=34, too few to compare)
    organisation: not asked
    Means of the last four weeks, 1 to 5, against the four weeks before.
    *NOT SHOWN*
    Single answers without a comment, because one says little; comments that were not shared with coordinators.
    Counted on Mon 8 Jun, 07:00 UTC. Only closed pulses count; whoever skipped a week is neither answered nor missed. Rules version 0.
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
    2 pairs. 0 % answered (0 of 4 asked).
    *NO FIRST MEETING YET*
    Cleo & Tom, day 7 · Bea & Sam, day 7
    As far as the two have said; they may have met without saying so.
    *MET THIS WEEK*
    No pair said this week that it had met.
    *INDICATORS*
    growth: withheld
    communication: not asked
    guidance: not asked
    feedback: not asked
    organisation: not asked
    Means of the last four weeks, 1 to 5, against the four weeks before.
    *NOT SHOWN*
    Single answers without a comment, because one says little; comments that were not shared with coordinators.
    Growth is withheld: fewer people answered than this programme's threshold.
    Counted on Mon 11 May, 07:00 UTC. Only closed pulses count; whoever skipped a week is neither answered nor missed. Rules version 1.
    ");
    let whole = mia.reads();
    assert!(whole.contains("3 pairs. 0 % answered (0 of 6 asked)."), "{whole}");
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
