//! Taps that are not what they seem: by somebody else, of unknown buttons, of closed pulses, late and twice.

use insta::assert_snapshot;
use rapport::sim::Message;
use serde_json::{Value, json};

use crate::world::{Reader, World};

/// The pulse that Ana and Ravi were asked, as Ana sees it.
async fn asked(world: &World) -> (Reader<'_>, Message) {
    let (mut ana, mut ravi) = (world.person("Ana"), world.person("Ravi"));
    world.berlin("2026-05-05 10:00").await;
    ana.skims(1);
    ravi.skims(1);
    let post = ana.front();
    (ana, post)
}

/// A tap as Slack sends it, with everything in it as `change` wants it.
fn tap(world: &World, by: &Reader<'_>, post: &Message, label: &str, change: impl FnOnce(&mut Value)) -> Value {
    let control = post.controls().into_iter().find(|control| control.label == label).expect("such a button");
    let mut payload = json!({
        "type": "block_actions", "api_app_id": world.sim.app_id(),
        "team": {"id": world.sim.team_id()}, "user": {"id": by.someone.id()},
        "container": {"type": "message", "channel_id": post.at.channel, "message_ts": post.at.ts},
        "channel": {"id": post.at.channel}, "trigger_id": "1.2.3",
        "actions": [{
            "type": "button", "action_id": control.action_id, "block_id": control.block_id,
            "value": control.value, "action_ts": "1777968010.000100",
        }],
    });
    change(&mut payload);
    payload
}

#[tokio::test]
async fn somebody_else_saves_nothing() {
    let world = World::started().await;
    let (ana, post) = asked(&world).await;
    let mia = world.person("Mia");
    let payload = tap(&world, &mia, &post, "Yes", |_| {});
    assert_eq!(world.sim.send_interaction(payload).await, Ok(None));
    world.settle().await;
    assert!(ana.opens_home().await.contains("Not answered yet."));
    world.all_is_read();
}

#[tokio::test]
async fn an_unknown_button_gets_a_kind_word() {
    let world = World::started().await;
    let (ana, post) = asked(&world).await;
    for (action, value) in [("answer.9", "x y"), ("nonsense", ""), ("answer.3", "nowhere nothing")] {
        let payload = tap(&world, &ana, &post, "Yes", |payload| {
            payload["actions"][0]["action_id"] = json!(action);
            payload["actions"][0]["value"] = json!(value);
        });
        assert_eq!(world.sim.send_interaction(payload).await, Ok(None), "{action}");
    }
    world.settle().await;
    assert!(ana.opens_home().await.contains("Not answered yet."));
    world.all_is_read();
}

#[tokio::test]
async fn a_closed_pulse_says_when_it_closed() {
    let world = World::started().await;
    let (mut ana, _) = asked(&world).await;
    ana.taps("Partly").await;
    ana.skims(1);
    world.berlin("2026-05-08 17:00").await;
    ana.taps("Change").await;
    assert_snapshot!(ana.reads(), @"
    Tue 5 May 10:00, with Ravi, rapport, only visible to you
    This pulse closed today 17:00, so its answers stay as they are; the next one comes by itself.
    ");
    world.all_is_read();
}

#[tokio::test]
async fn the_later_tap_wins_whatever_comes_first() {
    let world = World::started().await;
    let (ana, post) = asked(&world).await;
    let at = |ts: &'static str| move |payload: &mut Value| payload["actions"][0]["action_ts"] = json!(ts);
    let later = tap(&world, &ana, &post, "Mostly", at("1777968020.000100"));
    let earlier = tap(&world, &ana, &post, "No", at("1777968010.000100"));
    for payload in [later.clone(), earlier, later] {
        assert_eq!(world.sim.send_interaction(payload).await, Ok(None));
    }
    world.settle().await;
    assert_snapshot!(ana.opens_home().await, @"
    # Open now
    *Ravi* · Pulse 1 of 26 · open until May 8, 2026 17:00  [...]
    *I know what I want to get out of this mentoring.*
    You said: *Mostly*. Your coordinator can see it, Ravi cannot.
    [No] [Not really] [Partly] [Mostly] [Yes]
    [Add a comment] [Who sees this]
    Did you two meet since 4 May?
    [Yes] [Not yet]
    ---
    # Your pair
    *Ravi*, your mentor in Engineering
    *Ravi* · no session logged yet  [What to prepare]
    [We met today] [Log a session] [Suggest dates] [Say thanks] [I need help] [This match is not right]
    You take part in Engineering.  [Not for me]
    *Your agreement with Ravi*: still to be filled in by you two.  [Look and change]
    *Your goals with Ravi* · none open  [Write a goal]
    *Your time*
    You are asked in working hours.
    [Pause or go away] [Your hours]
    *Your record*: goals, sessions and thanks, for you alone.  [My record]
    *What rapport knows of you*
    Your name and time zone in Slack, your pairs, what you tapped and wrote here, and whether you two have met, as you said it. It reads no conversations.  [Who sees what]
    *Messages that rapport started this week:* 3 of 3 used. It starts no more than that, and at most one nudge.  [...]
    ");
    world.berlin("2026-05-11 09:00").await;
    assert!(world.person("Mia").reads().contains("50 % answered (1 of 2 asked)"));
    world.all_is_read();
}
