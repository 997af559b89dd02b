//! The buttons for time: play, pause, faster, slower, on to the next digest.

use std::sync::Arc;

use serde::Serialize;
use tokio::sync::watch;

/// Simulated seconds in a real one, from 1:1 to four days a second.
const PACES: [u32; 8] = [1, 60, 600, 3_600, 10_800, 43_200, 86_400, 345_600];

/// How time is to run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Tempo {
    pub paused: bool,
    /// Simulated seconds in a real one.
    pub speed: u32,
    /// As fast as possible until the next digest has arrived.
    pub skipping: bool,
}

/// A handle on time. The page turns it, whoever plays the programme obeys. Clones are the same one.
#[derive(Clone, Debug)]
pub struct Controls {
    tempo: Arc<watch::Sender<Tempo>>,
}

impl Controls {
    /// Running at so many simulated seconds in a real one.
    pub fn at_speed(speed: u32) -> Self {
        Self { tempo: Arc::new(watch::Sender::new(Tempo { paused: false, speed: speed.max(1), skipping: false })) }
    }

    pub fn tempo(&self) -> Tempo {
        *self.tempo.borrow()
    }

    /// To wait for somebody to turn it.
    pub fn changes(&self) -> watch::Receiver<Tempo> {
        self.tempo.subscribe()
    }

    pub fn play(&self) {
        self.tempo.send_modify(|tempo| tempo.paused = false);
    }

    pub fn pause(&self) {
        self.tempo.send_modify(|tempo| (tempo.paused, tempo.skipping) = (true, false));
    }

    pub fn faster(&self) {
        self.tempo.send_modify(|tempo| {
            tempo.speed = PACES.into_iter().find(|pace| *pace > tempo.speed).unwrap_or(tempo.speed);
        });
    }

    pub fn slower(&self) {
        self.tempo.send_modify(|tempo| {
            tempo.speed = PACES.into_iter().rev().find(|pace| *pace < tempo.speed).unwrap_or(tempo.speed);
        });
    }

    /// Time hurries on until [`Controls::digest_arrived`].
    pub fn skip_to_digest(&self) {
        self.tempo.send_modify(|tempo| (tempo.paused, tempo.skipping) = (false, true));
    }

    /// Ends the hurry, and stops time so that the digest can be read.
    pub fn digest_arrived(&self) {
        self.tempo.send_if_modified(|tempo| {
            let hurried = tempo.skipping;
            if hurried {
                (tempo.paused, tempo.skipping) = (true, false);
            }
            hurried
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_obeys_its_buttons() {
        let controls = Controls::at_speed(43_200);
        let speed = || controls.tempo().speed;
        controls.faster();
        assert_eq!(speed(), 86_400);
        (0..20).for_each(|_| controls.slower());
        assert_eq!(speed(), 1);
        (0..20).for_each(|_| controls.faster());
        assert_eq!(speed(), 345_600);
        controls.digest_arrived();
        assert!(!controls.tempo().paused, "nobody had asked for it");
        controls.pause();
        controls.skip_to_digest();
        assert!(controls.tempo().skipping && !controls.tempo().paused);
        controls.digest_arrived();
        assert!(!controls.tempo().skipping && controls.tempo().paused);
    }
}
