//! `rapport demo`: the same seed plays the same programme, however busy the machine is.

use std::process::Child;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::Value;

use super::Desk;

/// Eight pairs in which people meet each other again: where two pairs want the last slot of somebody's week, it matters which
/// is planned first.
const PAIRS: &str = "mentor,mentee
a@x.test,b@x.test
a@x.test,c@x.test
c@x.test,b@x.test
d@x.test,c@x.test
d@x.test,e@x.test
f@x.test,e@x.test
f@x.test,g@x.test
a@x.test,g@x.test
";

/// Plays at once that disturb each other.
const AT_ONCE: usize = 3;

/// What a play did in Slack, in its order. Who somebody is may be asked at any time and changes nothing.
fn calls(desk: &Desk, name: &str) -> Vec<Value> {
    let text = std::fs::read_to_string(desk.path().join(name)).expect("it was recorded");
    let calls = text.lines().map(|line| serde_json::from_str::<Value>(line).expect("one object a line"));
    calls.filter(|call| !["users.info", "apps.connections.open"].iter().any(|kind| call["method"] == *kind)).collect()
}

#[test]
fn the_same_seed_plays_the_same_programme_on_a_busy_machine() {
    let desk = Desk::new();
    desk.write("pairs.csv", PAIRS);
    let names: Vec<String> = (0..AT_ONCE).map(|n| format!("play{n}.jsonl")).collect();
    let is_over = AtomicBool::new(false);
    let said: Vec<String> = std::thread::scope(|scope| {
        // Somebody else keeps the machine busy for as long as it takes.
        for _ in 0..2 {
            scope.spawn(|| {
                for _ in 0..u64::from(u32::MAX) * 8 {
                    if is_over.load(Ordering::Relaxed) {
                        break;
                    }
                    std::hint::spin_loop();
                }
            });
        }
        let play = |name: &String| {
            desk.begin(&["demo", "--headless", "--pairs", "pairs.csv", "--weeks", "5", "--seed", "7", "--record", name])
        };
        let plays: Vec<Child> = names.iter().map(play).collect();
        let said = plays.into_iter().map(|play| play.wait_with_output().expect("it ends"));
        let said = said.map(|said| String::from_utf8(said.stdout).expect("UTF-8")).collect();
        is_over.store(true, Ordering::Relaxed);
        said
    });
    assert!(said[0].contains("SURVEYS"), "{}", said[0]);
    let first = calls(&desk, &names[0]);
    assert!(first.len() > 200, "{} calls", first.len());
    // A person sees what the bot made of a tap before they do the next thing.
    assert!(first.iter().all(|call| call["reply"]["ok"] == true), "nothing is refused");
    for name in &names[1..] {
        for (n, (one, other)) in first.iter().zip(calls(&desk, name)).enumerate() {
            assert_eq!(*one, other, "call {n} of {name}");
        }
    }
    assert!(said.iter().all(|one| *one == said[0]), "{said:#?}");
}
