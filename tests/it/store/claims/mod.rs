//! Claims: every message goes out once, whoever holds it.

mod replies;
mod settled;
mod waits;

use chrono::TimeDelta;
use rapport::core::event::Receipt;
use rapport::core::message::Message;
use rapport::store::outbox::{Claimed, OutboxCounts, Settlement};
use rapport::store::{ClaimClock, Options, Paces, Role, Store};

use super::{Base, LEASE, at, note, on_both_engines, pulse, raise, raw, receipt};

async fn claim(store: &Store, ms: i64) -> Vec<Claimed> {
    store.claim(at(ms), LEASE, 20).await.expect("claimed")
}

async fn settle(store: &Store, claimed: &Claimed, settlement: Settlement, ms: i64) -> u64 {
    store.settle(vec![(claimed.claim.clone(), settlement)], at(ms)).await.expect("settled")
}

fn sent(receipt: Receipt, shown: i64) -> Settlement {
    Settlement::Sent { receipt: Some(receipt), shown }
}

async fn due(store: &Store, ms: i64) -> Option<i64> {
    store.next_due(at(ms)).await.expect("read").map(|due| (due - at(0)).num_milliseconds())
}

fn only(mut claimed: Vec<Claimed>) -> Claimed {
    assert_eq!(claimed.len(), 1, "{claimed:?}");
    claimed.remove(0)
}

async fn a_message_goes_out_once(base: Base) {
    let store = base.open().await;
    assert_eq!(due(&store, 0).await, None);
    raise(&store, &pulse(1), at(1_000)).await;
    assert_eq!((claim(&store, 999).await.len(), due(&store, 999).await), (0, Some(1_000)));
    let mine = only(claim(&store, 1_000).await);
    assert_eq!((mine.message.clone(), mine.attempts, mine.unsure), (pulse(1), 1, false));
    assert_eq!(mine.key, pulse(1).name().key());
    assert_eq!(claim(&store, 1_001).await.len(), 0, "in hand");
    assert_eq!(settle(&store, &mine, sent(receipt(1), 1), 1_100).await, 1);
    assert_eq!((claim(&store, 90_000).await.len(), due(&store, 90_000).await), (0, None));
    assert_eq!(settle(&store, &mine, Settlement::Doubtful, 1_200).await, 0, "a claim is settled once");
    assert_eq!(store.outbox_counts().await.expect("read"), OutboxCounts::default());
}

async fn two_holders_share_what_is_due(base: Base) {
    let (one, two) = (base.open().await, base.open_beside().await);
    for n in 0..30 {
        raise(&one, &pulse(n), at(0)).await;
    }
    let limit = 20;
    let (left, right) = tokio::join!(one.claim(at(0), LEASE, limit), two.claim(at(0), LEASE, limit));
    let mut names: Vec<_> =
        left.expect("claimed").into_iter().chain(right.expect("claimed")).map(|it| it.claim.name).collect();
    names.sort();
    names.dedup();
    // The burst of posts is 20 for both together: a throttle is a row.
    assert_eq!(names.len(), 20);
    let next = due(&one, 0).await.expect("ten are left");
    assert!((950..1_050).contains(&next), "then one a second: {next}");
    assert_eq!((claim(&two, next - 1).await.len(), claim(&two, next).await.len()), (0, 1));
}

async fn a_claim_that_ran_out_is_taken_over_and_a_late_settle_clobbers_nothing(base: Base) {
    let (one, two) = (base.open().await, base.open_beside().await);
    raise(&one, &pulse(1), at(0)).await;
    let first = only(claim(&one, 0).await);
    assert_eq!(due(&one, 10).await, Some(30_001));
    assert_eq!(claim(&two, 30_000).await.len(), 0);
    let second = only(claim(&two, 30_001).await);
    assert!(second.unsure, "the former holder may have posted");
    assert_eq!(second.attempts, 2);
    let late = Settlement::RetryAt { at: at(0), counts: true };
    assert_eq!(settle(&one, &first, late, 31_000).await, 0);
    assert_eq!(claim(&one, 31_000).await.len(), 0, "still in the second one's hands");
    // A late receipt proves a first copy while the second is being posted: one of the two is taken back.
    assert_eq!(settle(&one, &first, sent(receipt(1), 1), 31_500).await, 0);
    assert_eq!(settle(&two, &second, sent(receipt(2), 1), 32_000).await, 1);
    let withdrawal = only(claim(&two, 40_000).await);
    assert_eq!(withdrawal.message, Message::Withdrawal { copy: receipt(2) });
    raise(&one, &pulse(1), at(41_000)).await;
    let update = only(claim(&one, 41_000).await);
    assert_eq!((update.receipt, update.unsure), (Some(receipt(1)), false));
}

async fn a_claim_that_ran_out_unnoticed_is_still_good(base: Base) {
    let store = base.open().await;
    raise(&store, &pulse(1), at(0)).await;
    let mine = only(claim(&store, 0).await);
    assert_eq!(settle(&store, &mine, sent(receipt(1), 1), 90_000).await, 1);
    assert_eq!(claim(&store, 90_000).await.len(), 0);
}

async fn updates_coalesce_and_never_overtake_their_post(base: Base) {
    let store = base.open().await;
    raise(&store, &pulse(1), at(0)).await;
    let post = only(claim(&store, 0).await);
    raise(&store, &pulse(1), at(10)).await;
    raise(&store, &pulse(1), at(20)).await;
    assert_eq!(claim(&store, 30).await.len(), 0, "the post is under way");
    settle(&store, &post, sent(receipt(1), post.wanted), 100).await;
    let update = only(claim(&store, 1_100).await);
    assert_eq!((update.receipt.clone(), update.wanted, update.shown), (Some(receipt(1)), 3, 1));
    settle(&store, &update, Settlement::Sent { receipt: None, shown: 3 }, 1_200).await;
    assert_eq!(due(&store, 1_200).await, None);
}

async fn two_thousand_at_once_without_a_limit(base: Base) {
    let options = Options { paces: Paces::unlimited(), claims: ClaimClock::Now, ..Options::serving() };
    let store = base.open_with(options).await;
    let raised = (0..2_000).map(|n| {
        let store = store.clone();
        async move { raise(&store, &pulse(n), at(0)).await }
    });
    futures_util::future::join_all(raised).await;
    let mut gone = 0;
    loop {
        let claimed = claim(&store, 0).await;
        if claimed.is_empty() {
            break;
        }
        gone += claimed.len();
        let settled = claimed.iter().map(|it| (it.claim.clone(), sent(receipt(1), 1))).collect();
        store.settle(settled, at(0)).await.expect("settled");
    }
    assert_eq!(gone, 2_000);
}

on_both_engines!(
    a_message_goes_out_once,
    two_holders_share_what_is_due,
    a_claim_that_ran_out_is_taken_over_and_a_late_settle_clobbers_nothing,
    a_claim_that_ran_out_unnoticed_is_still_good,
    updates_coalesce_and_never_overtake_their_post,
    two_thousand_at_once_without_a_limit,
);

#[tokio::test]
async fn on_postgres_claims_follow_the_servers_clock() {
    let base = Base::postgres().await;
    let store =
        base.open_with(Options { claims: ClaimClock::Database, role: Role::Serving, ..Options::serving() }).await;
    raise(&store, &pulse(1), at(0)).await;
    only(claim(&store, 0).await);
    let year = 365 * 86_400_000;
    assert_eq!(claim(&store, year).await.len(), 0, "our own clock was set forward; the claim still holds");
    let left = due(&store, year).await.expect("waits") - year;
    assert!((1..=30_001).contains(&left), "{left}");
    raise(&store, &pulse(2), at(0)).await;
    let over = store.claim(at(year), TimeDelta::milliseconds(-1), 20).await.expect("claimed");
    assert_eq!(over.len(), 1);
    assert_eq!(only(claim(&store, year).await).claim.name, pulse(2).name(), "a lease that is over is free");
}
