//! Two programs on one PostgreSQL.

use std::time::Duration;

use rapport::sim::{Fault, SimOptions};

use super::crowd::{Crowd, soon};
use crate::store::Base;

/// Whoever taps where nobody listens need not wait for three seconds.
fn tune(slack: &mut SimOptions) {
    slack.ack_deadline = Duration::from_millis(500);
}

/// One of them is stopped for longer than its claims last, in the moment of its first call of `method`.
async fn one_is_stopped(method: &str) -> (Crowd, usize) {
    let mut crowd = Crowd::begin(Base::postgres().await, tune).await;
    crowd.join(12).await;
    crowd.sim.faults().times(12, method, Fault::Slow(Duration::from_millis(500)));
    let mut changes = crowd.sim.changes();
    let one = crowd.start();
    let called = tokio::time::timeout(Duration::from_secs(20), async {
        while !crowd.sim.calls().iter().any(|call| call.method == method) {
            soon(&mut changes).await;
        }
    });
    called.await.expect("it calls Slack");
    one.signal("STOP");
    let other = crowd.start();
    // The other one takes over what the first has claimed, and answers the people meanwhile.
    crowd.rests().await;
    one.signal("CONT");
    // Awake again, it takes its turn at what people do.
    crowd.wants(5);
    crowd.rests().await;
    let twice = crowd.all_is_well().await;
    println!("{twice} pulses stand twice; {:?}", crowd.store.outbox_counts().await);
    one.kill();
    other.kill();
    (crowd, twice)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_that_was_stopped_before_its_posts_does_not_send_them_late() {
    let (_crowd, twice) = one_is_stopped("conversations.open").await;
    assert_eq!(twice, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_that_was_stopped_after_its_posts_doubles_nothing_uncounted() {
    one_is_stopped("chat.postMessage").await;
}
