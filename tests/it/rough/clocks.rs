//! The machine's clock is set, forwards and backwards.

use chrono::{TimeDelta, Timelike};

use super::PULSE;
use crate::world::{BERLIN, World, berlin};

#[tokio::test]
async fn a_clock_that_jumps_doubles_nothing_and_wakes_nobody() {
    // Minutes that the clock is set by, one after the other, each followed by a quarter of an hour.
    // One that is far ahead in the night makes it too late to ask; the pulse is folded, as after a night without us.
    let ahead_at_night = [900, -900, 60, -120];
    for jumps in [[1_440, -1_440, 0, 0], [-60, -60, 60, 60], [15, -60, 1_440, -1_440], ahead_at_night] {
        let world = World::started().await;
        for begin in ["2026-05-05 09:50", "2026-05-05 09:59"] {
            if world.now() < berlin(begin) {
                world.berlin(begin).await;
            }
            for minutes in jumps {
                world.clock.set(world.now() + TimeDelta::minutes(minutes));
                world.settle().await;
                world.pass(TimeDelta::minutes(15)).await;
            }
        }
        world.berlin("2026-05-08 16:00").await;
        let pulses = world.all("Ana", PULSE);
        assert_eq!(pulses.len(), usize::from(jumps != ahead_at_night), "{jumps:?}");
        for pulse in pulses {
            let hour = pulse.posted().with_timezone(&BERLIN).hour();
            assert!((9..17).contains(&hour), "{jumps:?}: asked at {hour}");
            assert!(world.person("Ana").someone.tap(&pulse, "Mostly").await.acknowledged);
            world.settle().await;
            world.only("Ana", "Saved: *Mostly*");
        }
        assert_eq!((world.outbox().await.waiting, world.outbox().await.doubtful), (0, 0));
    }
}
