//! Modals, App Home and commands.

use chrono::TimeDelta;
use serde_json::json;

use crate::World;
use crate::app::{Socket, buttons, modal};

/// A message with a button, tapped by Ana; returns the trigger and the connection.
async fn tapped(world: &World) -> (String, Socket) {
    let mut socket = world.app.connect().await;
    let post = json!({"channel": world.ana.id(), "text": "x", "blocks": buttons(&["Comment"])});
    world.app.ok("chat.postMessage", post).await;
    let message = world.ana.next_unread().expect("a message");
    let (tapped, payload) = tokio::join!(world.ana.tap(&message, "Comment"), socket.take(None));
    assert!(tapped.acknowledged);
    (payload["trigger_id"].as_str().expect("a trigger").to_owned(), socket)
}

#[tokio::test]
async fn a_form_is_opened_corrected_pushed_and_submitted() {
    let world = World::new().await;
    let (trigger, mut socket) = tapped(&world).await;
    let opened = world.app.ok("views.open", json!({"trigger_id": trigger, "view": modal("Comment")})).await;
    assert_eq!(
        world.app.error("views.open", json!({"trigger_id": trigger, "view": modal("Again")})).await,
        "exchanged_trigger_id"
    );
    assert_eq!(world.ana.modal().expect("a form").as_text(), "# Comment\nWhy: [____]\n[Save]");

    let refused = world.ana.submit().await;
    assert!(!refused.acknowledged && refused.errors.contains_key("why"), "Slack's client refuses an empty field");

    world.ana.fill("Why", "We met").expect("there is such a field");
    let answer = json!({"response_action": "errors", "errors": {"why": "A little more, please"}});
    let (wrong, payload) = tokio::join!(world.ana.submit(), socket.take(Some(answer)));
    assert_eq!(wrong.errors["why"], "A little more, please");
    assert_eq!(payload["view"]["state"]["values"]["why"]["words"]["value"], "We met");
    assert_eq!(payload["view"]["private_metadata"], "pulse-1");

    let update = json!({"view_id": opened["view"]["id"], "hash": "old", "view": modal("Changed")});
    assert_eq!(world.app.error("views.update", update).await, "hash_conflict");
    let update = json!({"view_id": opened["view"]["id"], "hash": opened["view"]["hash"], "view": modal("Changed")});
    world.app.ok("views.update", update).await;
    let kept = world.ana.modal().expect("a form");
    assert_eq!(kept.values["why"]["words"]["value"], "We met", "what was filled in stays");

    let push = json!({"response_action": "push", "view": modal("One more")});
    let (pushed, _) = tokio::join!(world.ana.submit(), socket.take(Some(push)));
    assert!(pushed.view.is_some_and(|view| view.as_text().starts_with("# One more")));
    let (closed, payload) = tokio::join!(world.ana.close_modal(), socket.take(None));
    assert!(closed.acknowledged);
    assert_eq!(payload["type"], "view_closed");
    let (done, _) = tokio::join!(world.ana.submit(), socket.take(None));
    assert!(done.acknowledged && done.view.is_none());
    assert_eq!(world.sim.complaints(), Vec::<String>::new());
}

#[tokio::test]
async fn a_form_whose_submission_is_not_acknowledged_stays_with_its_words() {
    let world = World::new().await;
    let (trigger, socket) = tapped(&world).await;
    world.app.ok("views.open", json!({"trigger_id": trigger, "view": modal("Comment")})).await;
    drop(socket);
    let lost = world.ana.submit_with(&[("why", "We met")]).await;
    assert_eq!(lost.warning.as_deref(), Some("We had some trouble connecting. Try again?"));
    assert_eq!(lost.view.expect("it is still open").values["why"]["words"]["value"], "We met");
}

#[tokio::test]
async fn a_trigger_ends_after_three_seconds() {
    let world = World::new().await;
    let (trigger, _socket) = tapped(&world).await;
    world.advance(TimeDelta::milliseconds(3_001));
    let open = json!({"trigger_id": trigger, "view": modal("Comment")});
    assert_eq!(world.app.error("views.open", open).await, "expired_trigger_id");
}

#[tokio::test]
async fn three_modals_stand_on_each_other_and_no_fourth() {
    let world = World::new().await;
    let (trigger, mut socket) = tapped(&world).await;
    world.app.ok("views.open", json!({"trigger_id": trigger, "view": modal("1")})).await;
    for (title, error) in [("2", "none"), ("3", "none"), ("4", "push_limit_reached")] {
        let (_, payload) = tokio::join!(world.ana.shortcut("more"), socket.take(None));
        let push = json!({"trigger_id": payload["trigger_id"], "view": modal(title)});
        assert_eq!(world.app.error("views.push", push).await, error);
    }
}

#[tokio::test]
async fn app_home_is_drawn_and_its_buttons_work() {
    let world = World::new().await;
    let mut socket = world.app.connect().await;
    let ((), opened) = tokio::join!(world.ana.open_home(), socket.take(None));
    assert_eq!(opened["event"]["type"], "app_home_opened");
    assert!(opened["event"].get("view").is_none(), "nothing was published yet");
    assert_eq!(world.ana.home().map(|home| home.id), None);
    let home = json!({"type": "home", "blocks": buttons(&["Change"])});
    world.app.ok("views.publish", json!({"user_id": world.ana.id(), "view": home})).await;
    assert_eq!(world.ana.home().expect("a home").as_text(), "*How is it?*\n[Change]");
    let (tapped, payload) = tokio::join!(world.ana.tap_home("Change"), socket.take(None));
    assert!(tapped.acknowledged);
    assert_eq!(payload["container"]["type"], "view");
    assert!(payload.get("response_url").is_none() && payload.get("message").is_none());
    let ((), again) = tokio::join!(world.ana.open_home(), socket.take(None));
    assert_eq!(again["event"]["view"]["type"], "home");
}

#[tokio::test]
async fn a_command_is_answered_in_its_acknowledgement_or_fails_visibly() {
    let world = World::new().await;
    let mut socket = world.app.connect().await;
    let answer = json!({"response_type": "ephemeral", "text": "Here is how"});
    let (answered, payload) = tokio::join!(world.ana.command("/rapport", "help"), socket.take(Some(answer)));
    assert_eq!((&payload["command"], &payload["text"]), (&json!("/rapport"), &json!("help")));
    assert_eq!(answered.reply.expect("an answer").as_text(), "Here is how");
    drop(socket);
    let failed = world.ana.command("/rapport", "help").await;
    assert!(failed.warning.is_some_and(|words| words.starts_with("/rapport failed with the error")));
}

#[tokio::test]
async fn a_select_in_a_message_sends_its_option_and_its_state() {
    let world = World::new().await;
    let mut socket = world.app.connect().await;
    let option = |words: &str| json!({"text": {"type": "plain_text", "text": words}, "value": words});
    let blocks = json!([{"type": "actions", "block_id": "row", "elements": [
        {"type": "static_select", "action_id": "who", "options": [option("me"), option("all")]},
        {"type": "overflow", "action_id": "more", "options": [option("later")]}]}]);
    world.app.ok("chat.postMessage", json!({"channel": world.ana.id(), "text": "x", "blocks": blocks})).await;
    let message = world.ana.next_unread().expect("a message");
    let (_, chosen) = tokio::join!(world.ana.choose(&message, "who", "all"), socket.take(None));
    assert_eq!(chosen["actions"][0]["selected_option"]["value"], "all");
    let (_, more) = tokio::join!(world.ana.choose(&message, "...", "later"), socket.take(None));
    assert_eq!(more["actions"][0]["selected_option"]["value"], "later");
    assert_eq!(more["state"]["values"]["row"]["who"]["selected_option"]["value"], "all");
    let nothing = world.ana.tap(&message, "Maybe").await;
    assert!(nothing.warning.is_some_and(|words| words.contains("nothing here is called")));
}

#[tokio::test]
async fn who_is_not_here_does_nothing() {
    let world = World::new().await;
    let _socket = world.app.connect().await;
    world
        .app
        .ok("chat.postMessage", json!({"channel": world.ana.id(), "text": "x", "blocks": buttons(&["Yes"])}))
        .await;
    let message = world.ana.next_unread().expect("a message");
    let stranger = world.sim.person("U0");
    assert_eq!(stranger.tap(&message, "Yes").await.warning.as_deref(), Some("there is no such person"));
    world.ana.change(|person| person.deleted = true);
    assert_eq!(world.ana.tap(&message, "Yes").await.warning.as_deref(), Some("this person is deactivated"));
    assert!(!world.ana.command("/rapport", "").await.acknowledged);
    assert!(!world.ana.shortcut("x").await.acknowledged);
    let ravi = world.ravi.tap(&message, "Yes").await;
    assert_eq!(ravi.warning.as_deref(), Some("the message is gone"), "it is not his");
}
