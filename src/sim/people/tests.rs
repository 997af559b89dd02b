//! The model by itself, against messages that look like a pulse; no bot is there.

mod acting;

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Cast, CastPair, Company, Temper, Welcomed};
use crate::clock::{Clock, ManualClock};
use crate::sim::{Sim, SimOptions, Someone};

fn monday() -> DateTime<Utc> {
    "2026-03-02T06:00:00Z".parse().expect("an instant")
}

/// Posts as the bot does, without a server between.
fn post(sim: &Sim, channel_of: &[&str], text: &str, blocks: Value) {
    sim.world.change(|state| {
        let mut members: Vec<String> = channel_of.iter().map(|&id| id.to_owned()).collect();
        members.push(state.ids.bot_user.clone());
        let (channel, _) = state.open_conversation(members);
        let author = state.ids.bot_user.clone();
        let draft = super::super::post::Draft { author, text: text.into(), blocks, ..Default::default() };
        state.post(&channel, draft);
    });
}

fn button(label: &str, action_id: &str) -> Value {
    json!({"type": "button", "text": {"type": "plain_text", "text": label}, "action_id": action_id, "value": "x"})
}

fn pulse(names: &str) -> Value {
    let option = |text: &str| json!({"text": {"type": "plain_text", "text": text}, "value": text});
    let mut row: Vec<Value> = ["No", "Not really", "Partly", "Mostly", "Yes"]
        .iter()
        .enumerate()
        .map(|(n, label)| button(label, &format!("a.{n}")))
        .collect();
    let options = ["Not this week", "Ask me tomorrow", "I need help", "How this works"].map(option);
    row.push(json!({"type": "overflow", "action_id": "menu", "options": options}));
    json!([
        {"type": "context", "elements": [{"type": "mrkdwn", "text": format!("Pulse · {names}")}]},
        {"type": "section", "text": {"type": "mrkdwn", "text": "*We can talk openly.*"}},
        {"type": "actions", "elements": row},
        {"type": "section", "text": {"type": "mrkdwn", "text": "Did you two meet?"}},
        {"type": "actions", "elements": [button("Yes", "m.yes"), button("Not yet", "m.no")]},
    ])
}

fn welcome() -> Value {
    json!([{"type": "actions", "elements": [button("Start", "s"), button("Not for me", "d")]}])
}

/// The world, and what a cast means to do after a welcome and `weeks` pulses; `backwards` posts in another order.
async fn played(seed: u64, weeks: i64, backwards: bool) -> (Sim, Cast) {
    let clock = ManualClock::at(monday());
    let sim = Sim::start(SimOptions::new(Clock::Manual(clock.clone()))).await.expect("free ports");
    let mut cast = Cast::enter(&sim, seed, Company::invented(seed, 24), monday());
    let ids: Vec<String> = sim.people().iter().map(|person| person.id().to_owned()).collect();
    for id in &ids {
        post(&sim, &[id], "Welcome", welcome());
    }
    cast.look();
    for week in 0..weeks {
        // Each post has a minute of its own, whatever the order: the same `ts` but for its last digits.
        clock.set(monday() + TimeDelta::days(7 * week + 1));
        let mut pairs: Vec<CastPair> = cast.company().pairs.clone();
        if backwards {
            pairs.reverse();
        }
        for pair in pairs {
            let (mentor, mentee) = (id_of(&cast, &pair, true), id_of(&cast, &pair, false));
            let names = format!("{} &amp; {}", first(&pair.mentee.name), first(&pair.mentor.name));
            post(&sim, &[&mentor, &mentee], &format!("Pulse {week} · {names}"), pulse(&names));
        }
        cast.look();
    }
    (sim, cast)
}

fn first(name: &str) -> &str {
    name.split(' ').next().expect("a name has a first part")
}

fn id_of(cast: &Cast, pair: &CastPair, mentor: bool) -> String {
    cast.id(if mentor { &pair.mentor } else { &pair.mentee }).expect("they have joined").to_owned()
}

fn on_runtime<T>(story: impl Future<Output = T>) -> T {
    tokio::runtime::Runtime::new().expect("a runtime").block_on(story)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn the_same_seed_means_the_same_in_whatever_order_messages_come(seed in any::<u64>()) {
        on_runtime(async {
            let (_one, a) = played(seed, 3, false).await;
            let (_two, b) = played(seed, 3, true).await;
            // Microseconds of the `ts` follow the order of the posts; nothing that a person does may.
            prop_assert_eq!(a.meant(), b.meant());
            Ok(())
        })?;
    }

    #[test]
    fn whatever_people_do_they_do_in_their_own_working_hours(seed in any::<u64>()) {
        on_runtime(async {
            let (_sim, cast) = played(seed, 3, false).await;
            prop_assert!(!cast.meant().is_empty());
            for (at, who, about, _) in cast.meant() {
                prop_assert!(cast.hours_of(&who).are_open(at), "{who} at {at}: {about}");
            }
            Ok(())
        })?;
    }

    #[test]
    fn another_seed_is_another_programme(seed in 0..u64::MAX) {
        let (a, b) = (Company::invented(seed, 24), Company::invented(seed + 1, 24));
        prop_assert_ne!(&a, &b);
        prop_assert_eq!(a, Company::invented(seed, 24));
    }
}

#[test]
fn the_invented_company_has_everybody_that_a_demo_needs() {
    let company = Company::invented(1, 24);
    let of = |temper| company.pairs.iter().filter(|pair| pair.temper == temper).count();
    use Temper::{Drifting, Healthy, NeverMet, OneSided, Silent};
    assert_eq!([Healthy, Drifting, OneSided, NeverMet, Silent].map(of), [11, 4, 3, 3, 3]);
    let mentees_of =
        |pair: &CastPair| company.pairs.iter().filter(|other| other.mentor.email == pair.mentor.email).count();
    assert_eq!(company.pairs.iter().map(mentees_of).max(), Some(3));
    assert_eq!(company.members().iter().filter(|member| member.welcomed == Welcomed::Declines).count(), 1);
    assert_eq!(company.roles(&company.coordinators[0]), ["coordinator"]);
    assert_eq!(company.roles(&company.coordinators[1]), ["mentor", "coordinator"]);
    let firsts: BTreeSet<&str> = company.members().iter().map(|member| first(&member.name)).collect();
    assert_eq!(firsts.len(), company.members().len());
    let zones: BTreeSet<_> = company.members().iter().map(|member| member.zone.name()).collect();
    assert!(zones.len() >= 8, "{zones:?}");
}

#[test]
fn a_list_of_ones_own_becomes_people_with_these_addresses() {
    let rows = [("ana.lopez@Example.org", "u0ravi"), ("ana.lopez@example.org", "kim@example.org")];
    let rows = rows.map(|(mentor, mentee)| (mentor.to_owned(), mentee.to_owned()));
    let company = Company::of_roster(7, &rows);
    assert_eq!(company, Company::of_roster(7, &rows));
    assert_eq!(company.pairs[0].mentor, company.pairs[1].mentor);
    assert_eq!(company.pairs[0].mentor.name, "Ana Lopez");
    assert_eq!(company.pairs[0].mentee.id.as_deref(), Some("U0RAVI"));
    assert_eq!(company.members().len(), 4);
}

#[test]
fn tempers_show_in_what_people_tap() {
    on_runtime(async {
        let (_sim, cast) = played(3, 12, false).await;
        let meant = cast.meant();
        let answers = |temper, mentee: bool| {
            let people: BTreeSet<String> = cast
                .company()
                .pairs
                .iter()
                .filter(|pair| pair.temper == temper)
                .map(|pair| id_of(&cast, pair, !mentee))
                .collect();
            let values: Vec<f64> = meant
                .iter()
                .filter(|(_, who, about, _)| people.contains(who) && about.ends_with("answer"))
                .filter_map(|(.., control)| control.as_ref()?.chars().last()?.to_digit(10).map(|n| f64::from(n) + 1.0))
                .collect();
            (values.iter().sum::<f64>() / values.len() as f64, values.len() as f64 / people.len() as f64 / 12.0)
        };
        let (healthy, replies) = answers(Temper::Healthy, true);
        assert!(healthy > 4.0 && replies > 0.85, "{healthy} {replies}");
        let (one_sided, _) = answers(Temper::OneSided, true);
        assert!(one_sided < 3.2, "{one_sided}");
        let (_, silent) = answers(Temper::Silent, true);
        assert!(silent < 0.35, "{silent}");
        let met = |yes: &'static str| {
            meant.iter().filter(move |(_, _, about, control)| {
                about.ends_with("met") && control.as_ref().is_some_and(|control| control.ends_with(yes))
            })
        };
        assert!(met("m.yes").count() > 100);
        assert!(met("m.no").count() > 50);
    });
}

#[test]
fn whom_the_newcomer_plays_does_nothing_by_themselves() {
    on_runtime(async {
        let (sim, mut cast) = played(5, 1, false).await;
        let person: Someone = sim.people().into_iter().next().expect("there are people");
        cast.leave_alone(person.id());
        post(&sim, &[person.id()], "Welcome again", welcome());
        cast.look();
        assert!(cast.meant().iter().all(|(_, who, ..)| who != person.id()));
    });
}

#[test]
fn a_tap_that_nobody_acknowledges_is_tried_three_times() {
    on_runtime(async {
        let clock = ManualClock::at(monday());
        let sim = Sim::start(SimOptions::new(Clock::Manual(clock.clone()))).await.expect("free ports");
        let mut cast =
            Cast::enter(&sim, 1, Company::of_roster(1, &[("a@x.example".into(), "b@x.example".into())]), monday());
        let starts =
            cast.company().members().iter().filter(|member| member.welcomed == Welcomed::Starts).count() as u64;
        for person in sim.people() {
            post(&sim, &[person.id()], "Welcome", welcome());
        }
        cast.look();
        let (mut unanswered, mut rounds) = (0, 0);
        while let Some(due) = cast.next_due() {
            clock.set(due);
            unanswered += cast.act(due).await.unanswered;
            rounds += 1;
        }
        assert!(starts >= 1 && unanswered == starts, "{unanswered} of {starts}");
        assert!(rounds >= 3, "{rounds}");
    });
}
