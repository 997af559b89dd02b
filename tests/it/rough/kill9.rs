//! The program is killed at random moments, while pulses go out and answers come in.

use std::time::Duration;

use rapport::sim::{ClientMsgId, Fault};

use super::crowd::Crowd;
use crate::store::Base;

const ROUNDS: u64 = 12;

/// No round is longer than this, whatever happens.
const ROUND: Duration = Duration::from_secs(3);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_confirmed_is_lost_and_what_stands_twice_is_counted() {
    let mut crowd = Crowd::begin(Base::sqlite(), |slack| slack.client_msg_id = ClientMsgId::Ignored).await;
    // As slow as the real one, so that many a post is under way when it happens.
    crowd.sim.faults().always("chat.postMessage", Fault::Slow(Duration::from_millis(80)));
    let mut chance: u64 = 20_260_505;
    for _ in 0..ROUNDS {
        crowd.join(3).await;
        chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let moment = 6 + (chance >> 33) % 60;
        let mut changes = crowd.sim.changes();
        let process = crowd.start();
        let after = async {
            for _ in 0..moment {
                changes.changed().await.expect("the simulator lives");
            }
        };
        tokio::select! {
            () = crowd.answers() => {}
            _ = tokio::time::timeout(ROUND, after) => {}
        }
        process.kill();
    }
    let process = crowd.start();
    crowd.rests().await;
    let twice = crowd.all_is_well().await;
    process.kill();
    println!("{twice} pulses stand twice; {:?}", crowd.store.outbox_counts().await);
}
