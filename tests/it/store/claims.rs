//! Claims, settlements, waits: every message goes out once.

use chrono::TimeDelta;
use rapport::core::event::Receipt;
use rapport::core::id::{EventId, PersonId, WorkspaceId};
use rapport::core::message::Message;
use rapport::store::outbox::{Claimed, OutboxCounts, Settlement};
use rapport::store::{ClaimClock, Options, Paces, Role, Store, Urgency};

use super::{Base, Key, LEASE, at, note, on_both_engines, pulse, raise, raw, receipt};

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

async fn an_unsure_post_is_settled_by_its_sight(base: Base) {
    let store = base.open().await;
    let key = pulse(1).name().key();
    raise(&store, &pulse(1), at(0)).await;
    let mine = only(claim(&store, 0).await);
    settle(&store, &mine, Settlement::Unsure { at: at(60_000) }, 100).await;
    assert_eq!(store.outbox_counts().await.expect("read").unsure, 1);
    store.found(key.clone(), receipt(1)).await.expect("found");
    assert_eq!((store.outbox_counts().await.expect("read").unsure, due(&store, 200).await), (0, None));

    // Seen before its holder gave the reply up.
    raise(&store, &pulse(2), at(1_000)).await;
    let mine = only(claim(&store, 1_000).await);
    store.found(pulse(2).name().key(), receipt(2)).await.expect("found");
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
    store.found(key.clone(), receipt(1)).await.expect("found");
    // Echoes of both come late, and again.
    for ts in [2, 1, 2, 1] {
        store.found(key.clone(), receipt(ts)).await.expect("found");
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

async fn tap(store: &Store, n: i64, ms: i64, until: i64) {
    let message = Message::Said { event: EventId::from(format!("e{n}")), person: PersonId::from("T1:U1") };
    let text = serde_json::to_string(&message).expect("plain");
    let args = (message.name(), text, store.holder().to_owned(), at(ms).timestamp_millis(), at(until));
    raw!(store, Urgency::Act, args, |conn, (name, text, holder, now, until)| async move {
        sqlx::query("insert into event (event_id, at) values ($1, $2)")
            .bind(name.as_str().trim_start_matches("said:"))
            .bind(now)
            .execute(&mut *conn)
            .await?;
        sqlx::query(
            "insert into outbox
                (name, key, workspace_id, message, place, due, wanted, shown, claimed, holder, attempts, first_try)
            values ($1, $2, 'T1', $3, 'reply:T1:U1', $4, 1, 0, $5, $6, 1, $4)",
        )
        .bind(name.as_str())
        .bind(name.key().as_str())
        .bind(text)
        .bind(now)
        .bind(until.timestamp_millis())
        .bind(holder)
        .execute(conn)
        .await
        .map(drop)
    })
    .expect("raised");
}

async fn a_reply_is_its_takers_alone(base: Base) {
    let store = base.open().await;
    tap(&store, 1, 0, 60_000).await;
    tap(&store, 2, 0, 90_000).await;
    assert_eq!((claim(&store, 30_000).await.len(), due(&store, 0).await), (0, None));
    assert_eq!(store.doubt_replies(at(60_001)).await.expect("swept"), 1);
    assert_eq!(store.outbox_counts().await.expect("read").doubtful, 1);
    assert_eq!(claim(&store, 200_000).await.len(), 0, "nobody sends it again");
    let other = base.open_beside().await;
    assert_eq!(claim(&other, 200_000).await.len(), 0);
    // The second is settled by its holder in time, and forgotten with its event; the doubtful one stays for the record.
    let name = Message::Said { event: EventId::from("e2"), person: PersonId::from("T1:U1") }.name();
    let claim = rapport::store::outbox::Claim { name, until: at(90_000).timestamp_millis() };
    let settlement = Settlement::Sent { receipt: None, shown: 1 };
    assert_eq!(store.settle(vec![(claim, settlement)], at(70_000)).await.expect("settled"), 1);
    assert_eq!(store.forget(at(1), at(1)).await.expect("forgotten"), 2);
    assert_eq!(store.forget(at(1), at(1)).await.expect("forgotten"), 0);
    assert_eq!(store.outbox_counts().await.expect("read").doubtful, 1);
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
    one_at_a_time_and_a_second_apart_in_one_place,
    updates_coalesce_and_never_overtake_their_post,
    an_unsure_post_is_settled_by_its_sight,
    what_can_be_done_twice_is_never_unsure,
    of_two_copies_the_one_that_was_seen_last_stays_and_only_one_goes,
    retries_count_or_do_not_and_ends_are_ends,
    a_refused_method_waits_and_the_others_do_not,
    a_place_in_somebodys_hands_is_waited_for,
    what_is_held_back_hides_nothing_behind_it,
    a_reply_is_its_takers_alone,
    two_thousand_at_once_without_a_limit,
);

#[tokio::test]
async fn a_restart_on_sqlite_voids_claims() {
    let base = Base::sqlite();
    let store = base.open().await;
    raise(&store, &pulse(1), at(0)).await;
    tap(&store, 1, 0, 60_000).await;
    only(claim(&store, 0).await);
    let visitor = base.open_beside().await;
    assert_eq!(claim(&visitor, 1).await.len(), 0, "a visitor voids nothing");
    visitor.close().await;
    store.close().await;
    drop(store);
    let store = base.open().await;
    assert_eq!(claim(&store, 1).await.len(), 0, "a sign of it is waited for");
    let again = only(claim(&store, store.options().sign_within().num_milliseconds()).await);
    assert!(again.unsure, "it may have been posted before the end");
    assert_eq!(store.outbox_counts().await.expect("read").doubtful, 1, "the reply went with its process");
}

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
