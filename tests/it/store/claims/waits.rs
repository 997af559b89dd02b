//! What is not sent yet: a place has its own pace, a method may be refused, and nobody else waits for that.

use rapport::core::id::{PersonId, WorkspaceId};
use rapport::core::message::Message;
use rapport::store::outbox::Settlement;

use super::{Base, at, claim, due, note, on_both_engines, only, pulse, raise, receipt, sent, settle};

async fn one_at_a_time_and_a_second_apart_in_one_place(base: Base) {
    let store = base.open().await;
    for n in 0..100 {
        raise(&store, &note(n, "T1:U1"), at(0)).await;
    }
    raise(&store, &pulse(1), at(5)).await;
    let first = only(claim(&store, 10).await);
    let other = only(claim(&store, 10).await);
    assert_eq!(other.message, pulse(1), "a crowd for one place holds up nobody else");
    assert_eq!(claim(&store, 10).await.len(), 0);
    settle(&store, &first, sent(receipt(1), 1), 500).await;
    assert_eq!((claim(&store, 1_499).await.len(), due(&store, 1_499).await), (0, Some(1_500)));
    only(claim(&store, 1_500).await);
}

async fn a_refused_method_waits_and_the_others_do_not(base: Base) {
    let store = base.open().await;
    let workspace = WorkspaceId::from("T1");
    for n in 1..=3 {
        raise(&store, &pulse(n), at(0)).await;
    }
    raise(&store, &Message::Home { person: PersonId::from("T1:U1") }, at(0)).await;
    store.throttle(workspace.clone(), "chat.postMessage".to_owned(), at(30_000), at(0)).await.expect("held");
    let home = only(claim(&store, 1_000).await);
    assert!(matches!(home.message, Message::Home { .. }));
    settle(&store, &home, Settlement::Sent { receipt: None, shown: 1 }, 1_100).await;
    // One gap of the halved pace after the pause, then one by one.
    assert_eq!((claim(&store, 31_999).await.len(), due(&store, 30_000).await), (0, Some(32_000)));
    assert_eq!(claim(&store, 32_000).await.len(), 1);
    assert_eq!(claim(&store, 32_000).await.len(), 0);
    store.throttle(workspace.clone(), "users.info".to_owned(), at(50_000), at(40_000)).await.expect("held");
    let held = |ms| store.held_until(workspace.clone(), "users.info".to_owned(), at(ms));
    assert_eq!(held(49_999).await.expect("read"), Some(at(50_000)));
    assert_eq!(held(50_000).await.expect("read"), None);
    store.forget(at(0), at(200_000)).await.expect("forgotten");
    store.stop(workspace.clone(), "account_inactive".to_owned(), at(60_000)).await.expect("stopped");
    assert_eq!((claim(&store, 100_000).await.len(), due(&store, 100_000).await), (0, None));
    let why = store.workspaces().await.expect("read").remove(0).stopped.map(|stop| (stop.at, stop.why));
    assert_eq!(why, Some((at(60_000), "account_inactive".to_owned())));
    store.install(workspace, "UBOT".to_owned()).await.expect("installed");
    assert!(!claim(&store, 100_000).await.is_empty());
}

async fn a_place_in_somebodys_hands_is_waited_for(base: Base) {
    let (one, two) = (base.open().await, base.open_beside().await);
    raise(&one, &note(1, "T1:U1"), at(0)).await;
    raise(&one, &note(2, "T1:U1"), at(5)).await;
    only(claim(&one, 10).await);
    assert_eq!((claim(&two, 20).await.len(), due(&two, 20).await), (0, Some(30_011)), "not again and again");
    raise(&one, &pulse(1), at(500)).await;
    assert_eq!(due(&two, 20).await, Some(500), "another place");
    assert_eq!(claim(&two, 30_011).await.len(), 2, "one of the two notes, and the pulse");
}

async fn what_is_held_back_hides_nothing_behind_it(base: Base) {
    let store = base.open().await;
    for n in 0..300 {
        raise(&store, &pulse(n), at(0)).await;
    }
    raise(&store, &Message::Home { person: PersonId::from("T1:U1") }, at(5)).await;
    let hour = 3_600_000;
    store.throttle(WorkspaceId::from("T1"), "chat.postMessage".to_owned(), at(hour), at(0)).await.expect("held");
    assert_eq!(due(&store, 10).await, Some(5), "App Home can be drawn");
    only(claim(&store, 10).await);
    let next = due(&store, 10).await.expect("the posts wait");
    assert!(next <= 30_011, "the claim may run out: {next}");

    // And behind a place that somebody holds.
    for n in 0..300 {
        raise(&store, &note(n, "T1:U2"), at(20)).await;
    }
    raise(&store, &pulse(900), at(30)).await;
    let later = hour + 10_000;
    while !claim(&store, later).await.is_empty() {}
    raise(&store, &Message::Home { person: PersonId::from("T1:U3") }, at(40)).await;
    assert_eq!(due(&store, later).await, Some(40));
}

on_both_engines!(
    one_at_a_time_and_a_second_apart_in_one_place,
    a_refused_method_waits_and_the_others_do_not,
    a_place_in_somebodys_hands_is_waited_for,
    what_is_held_back_hides_nothing_behind_it,
);
