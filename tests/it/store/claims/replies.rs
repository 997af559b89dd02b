//! A reply to a tap belongs to the process that took the tap, and goes with it.

use rapport::core::id::{EventId, PersonId};
use rapport::core::message::Message;
use rapport::store::outbox::Settlement;
use rapport::store::{Key, Store, Urgency};

use super::{Base, at, claim, due, on_both_engines, only, pulse, raise, raw};

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

on_both_engines!(a_reply_is_its_takers_alone,);

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
