//! What becomes of a message that was claimed: unsure, seen, tried again, given up.

use rapport::core::id::PersonId;
use rapport::core::message::Message;
use rapport::store::outbox::{OutboxCounts, Settlement};

use super::{Base, at, claim, due, on_both_engines, only, pulse, raise, receipt, sent, settle};

async fn an_unsure_post_is_settled_by_its_sight(base: Base) {
    let store = base.open().await;
    let key = pulse(1).name().key();
    raise(&store, &pulse(1), at(0)).await;
    let mine = only(claim(&store, 0).await);
    settle(&store, &mine, Settlement::Unsure { at: at(60_000) }, 100).await;
    assert_eq!(store.outbox_counts().await.expect("read").unsure, 1);
    store.found(key.clone(), receipt(1), at(200)).await.expect("found");
    assert_eq!((store.outbox_counts().await.expect("read").unsure, due(&store, 200).await), (0, None));

    // Seen before its holder gave the reply up.
    raise(&store, &pulse(2), at(1_000)).await;
    let mine = only(claim(&store, 1_000).await);
    store.found(pulse(2).name().key(), receipt(2), at(1_050)).await.expect("found");
    settle(&store, &mine, Settlement::Unsure { at: at(60_000) }, 1_100).await;
    assert_eq!((store.outbox_counts().await.expect("read").unsure, due(&store, 2_000).await), (0, None));
}

async fn what_can_be_done_twice_is_never_unsure(base: Base) {
    let store = base.open().await;
    raise(&store, &Message::Home { person: PersonId::from("T1:U1") }, at(0)).await;
    let mine = only(claim(&store, 0).await);
    settle(&store, &mine, Settlement::Unsure { at: at(2_000) }, 100).await;
    let again = only(claim(&store, 2_000).await);
    assert!(!again.unsure);
    let taken_over = only(claim(&store, 60_000).await);
    assert!(!taken_over.unsure);
    assert_eq!(taken_over.attempts, 3);
}

async fn of_two_copies_the_one_that_was_seen_last_stays_and_only_one_goes(base: Base) {
    let store = base.open().await;
    let key = pulse(1).name().key();
    raise(&store, &pulse(1), at(0)).await;
    let mine = only(claim(&store, 0).await);
    settle(&store, &mine, Settlement::Unsure { at: at(1_500) }, 100).await;
    let again = only(claim(&store, 1_500).await);
    assert!(again.unsure);
    settle(&store, &again, sent(receipt(2), 1), 1_600).await;
    store.found(key.clone(), receipt(1), at(1_700)).await.expect("found");
    // Echoes of both come late, and again.
    for ts in [2, 1, 2, 1] {
        store.found(key.clone(), receipt(ts), at(1_800)).await.expect("found");
    }
    assert_eq!(only(claim(&store, 10_000).await).message, Message::Withdrawal { copy: receipt(2) });
    raise(&store, &pulse(1), at(20_000)).await;
    assert_eq!(only(claim(&store, 20_000).await).receipt, Some(receipt(1)));
}

async fn retries_count_or_do_not_and_ends_are_ends(base: Base) {
    let store = base.open().await;
    raise(&store, &pulse(1), at(0)).await;
    for (ms, counts, attempts) in [(0, true, 1), (1_000, false, 2), (2_000, true, 2), (3_000, true, 3)] {
        let mine = only(claim(&store, ms).await);
        assert_eq!((mine.attempts, mine.first_try), (attempts, at(0)));
        settle(&store, &mine, Settlement::RetryAt { at: at(ms + 1_000), counts }, ms).await;
    }
    let mine = only(claim(&store, 4_000).await);
    settle(&store, &mine, Settlement::Dead { why: "is_archived".to_owned() }, 4_000).await;
    for (n, end) in [(2, Settlement::Doubtful), (3, Settlement::Dropped)] {
        raise(&store, &pulse(n), at(5_000)).await;
        let mine = only(claim(&store, 5_000).await);
        settle(&store, &mine, end, 5_000).await;
    }
    let counts = store.outbox_counts().await.expect("read");
    assert_eq!(counts, OutboxCounts { waiting: 0, unsure: 0, doubtful: 1, dead: 1 });
    assert_eq!((claim(&store, 9_000_000).await.len(), due(&store, 6_000).await), (0, None));
}

on_both_engines!(
    an_unsure_post_is_settled_by_its_sight,
    what_can_be_done_twice_is_never_unsure,
    of_two_copies_the_one_that_was_seen_last_stays_and_only_one_goes,
    retries_count_or_do_not_and_ends_are_ends,
);
