//! Slack stored a post, and its reply never came.

use chrono::TimeDelta;
use rapport::core::event::Receipt;
use rapport::core::program::Program;
use rapport::sim::{ClientMsgId, Fault, Sim};

use super::{PULSE, pair};
use crate::world::World;

#[tokio::test]
async fn the_echo_settles_it() {
    let world = World::new().await;
    world.before_the_first_pulse().await;
    world.sim.faults().once("chat.postMessage", Fault::ReplyLost);
    world.berlin("2026-05-05 10:00").await;
    let counts = world.store.outbox_counts().await.expect("counts");
    assert_eq!((counts.unsure, counts.waiting), (0, 0));

    world.pass(TimeDelta::hours(1)).await;
    let pulse = world.only("Ana", PULSE);
    assert_eq!(world.called("chat.postMessage"), 4, "two welcomes, the agreement and a pulse");
    // The receipt is known: the post is changed when the pulse closes.
    world.berlin("2026-05-09 08:00").await;
    assert_ne!(world.only("Ana", PULSE).as_text(), pulse.as_text());
    assert_eq!(world.store.outbox_counts().await.expect("counts").doubtful, 0);
}

#[tokio::test]
async fn a_welcome_that_only_its_echo_proves_begins_the_time_to_think() {
    let lost = |sim: &Sim| {
        sim.faults().times(2, "chat.postMessage", Fault::ReplyLost);
    };
    let world = pair().trouble(lost).begin().await;
    // Nobody says a word; after three working days they are asked.
    world.berlin("2026-05-13 08:00").await;
    world.only("Ana", PULSE);
}

#[tokio::test]
async fn slack_recognises_the_second_try() {
    let world = pair()
        .slack(move |slack| {
            slack.metadata_echo = false;
            slack.client_msg_id = ClientMsgId::Honoured;
        })
        .begin()
        .await;
    world.before_the_first_pulse().await;
    world.sim.faults().once("chat.postMessage", Fault::ReplyLost);
    world.berlin("2026-05-05 10:00").await;
    assert_eq!(world.store.outbox_counts().await.expect("counts").unsure, 1);

    world.pass(TimeDelta::minutes(2)).await;
    world.only("Ana", PULSE);
    assert_eq!(world.called("chat.postMessage"), 5, "the pulse was tried twice");
    let counts = world.store.outbox_counts().await.expect("counts");
    assert_eq!((counts.unsure, counts.doubtful, counts.waiting), (0, 0, 0));
}

#[tokio::test]
async fn where_nothing_tells_it_may_stand_twice_and_a_tap_takes_one_back() {
    let numbers = metrics_exporter_prometheus::PrometheusBuilder::new().build_recorder();
    let _here = metrics::set_default_local_recorder(&numbers);
    let world = pair().slack(|slack| slack.metadata_echo = false).begin().await;
    world.before_the_first_pulse().await;
    world.sim.faults().once("chat.postMessage", Fault::ReplyLost);
    world.berlin("2026-05-05 10:00").await;
    world.pass(TimeDelta::minutes(2)).await;
    let [first, second] = world.all("Ana", PULSE).try_into().expect("two copies");
    assert_eq!(world.store.outbox_counts().await.expect("counts").doubtful, 1);
    assert!(numbers.handle().render().contains("rapport_posts_doubtful_total 1"));

    // A tap on the copy that we know says nothing new; one on the other proves it, and people are looking at it.
    assert!(world.person("Ana").someone.tap(&second, "Mostly").await.acknowledged);
    world.settle().await;
    assert_eq!(world.all("Ana", PULSE).len(), 2);
    assert!(world.person("Ravi").someone.tap(&first, "Partly").await.acknowledged);
    world.pass(TimeDelta::minutes(1)).await;
    assert_eq!(world.only("Ana", PULSE).at, first.at);
    world.only("Ana", "Saved: *Mostly*");
    world.only("Ravi", "Saved: *Partly*");
    assert_eq!(world.called("chat.delete"), 1);
}

#[tokio::test]
async fn the_process_ends_between_the_post_and_its_settling() {
    for honoured in [ClientMsgId::Honoured, ClientMsgId::Ignored] {
        let world = pair()
            .slack(move |slack| {
                slack.client_msg_id = honoured;
                slack.metadata_echo = honoured == ClientMsgId::Ignored;
            })
            .begin()
            .await;
        world.before_the_first_pulse().await;
        // Nobody is connected when the echo comes; Slack says it again after a minute.
        let mut changes = world.sim.changes();
        world.sim.faults().once("chat.postMessage", Fault::Slow(std::time::Duration::from_secs(60)));
        world.sim.faults().lose_acks(2);
        world.clock.set(crate::world::berlin("2026-05-05 10:00"));
        let app = world.app.clone();
        let posting = tokio::spawn(async move { app.rest().await });
        while world.all("Ana", PULSE).is_empty() {
            changes.changed().await.expect("the simulator lives");
        }
        posting.abort();
        assert!(posting.await.is_err_and(|end| end.is_cancelled()));

        let world = world.restart().await;
        world.pass(TimeDelta::minutes(10)).await;
        world.only("Ana", PULSE);
        let counts = world.store.outbox_counts().await.expect("counts");
        assert_eq!((counts.unsure, counts.doubtful, counts.waiting), (0, 0, 0), "{honoured:?}");
        world.berlin("2026-05-09 08:00").await;
        assert_eq!(world.called("chat.update"), 3, "two welcomes and the pulse that closed");
    }
}

/// The post is stored, its reply is lost, and when it could be sent again the day is over: it is folded.
async fn folded_though_it_stands() -> World {
    let short = |program: &mut Program| program.hours = "Mon-Fri 09:00-10:01".to_owned().try_into().expect("hours");
    let world = pair().slack(|slack| slack.metadata_echo = false).but(short).begin().await;
    world.before_the_first_pulse().await;
    world.sim.faults().once("chat.postMessage", Fault::ReplyLost);
    world.berlin("2026-05-05 18:00").await;
    world
}

#[tokio::test]
async fn a_tap_on_a_post_that_was_given_up_is_valid() {
    let world = folded_though_it_stands().await;
    world.berlin("2026-05-06 08:00").await;
    let pulse = world.only("Ana", PULSE);
    let mut ana = world.person("Ana");
    assert!(ana.opens_home().await.contains("Nothing is asked of you at the moment."));

    ana.turns_to(&pulse);
    ana.taps("Mostly").await;
    world.only("Ana", "Saved: *Mostly*");
    assert!(ana.opens_home().await.contains("You said: *Mostly*."));
    // It is an ordinary pulse again: it closes, and counts for both.
    world.berlin("2026-05-09 08:00").await;
    assert!(world.only("Ana", PULSE).as_text().contains("This pulse is closed."));
    world.berlin("2026-05-11 09:00").await;
    world.only("Mia", "50 % answered (1 of 2 asked)");
}

#[tokio::test]
async fn an_echo_that_comes_late_opens_what_was_folded() {
    let world = folded_though_it_stands().await;
    let pulse = world.only("Ana", PULSE);
    let key = pulse.controls()[0].block_id.split('.').next().expect("a key").into();
    let receipt = Receipt { channel: pulse.at.channel.clone(), ts: pulse.at.ts.clone() };
    world.store.found(key, receipt, world.now()).await.expect("the database works");
    assert!(world.person("Ana").opens_home().await.contains(PULSE));
    world.berlin("2026-05-09 08:00").await;
    assert!(world.only("Ana", PULSE).as_text().contains("This pulse is closed."));
}
