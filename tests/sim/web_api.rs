//! The Web API: what it does, and how it refuses.

use chrono::TimeDelta;
use rapport::sim::{ClientMsgId, NewPerson};
use serde_json::{Value, json};

use crate::World;
use crate::app::buttons;

#[tokio::test]
async fn a_message_is_posted_changed_and_deleted_before_everybodys_eyes() {
    let world = World::new().await;
    let channel = world.pair().await;
    assert_eq!(world.pair().await, channel, "the same people have one conversation");
    let post = json!({"channel": channel, "text": "How is it?", "blocks": buttons(&["No", "Yes"])});
    let posted = world.app.ok("chat.postMessage", post).await;
    let read = world.ana.next_unread().expect("Ana sees it");
    assert_eq!(read.as_text(), "*How is it?*\n[No] [Yes]");
    assert_eq!(read.buttons(), ["No", "Yes"]);
    assert_eq!(world.ravi.unread().len(), 1);
    assert_eq!(world.ana.unread().len(), 0);

    let at = json!({"channel": channel, "ts": posted["ts"], "text": "Closed", "blocks": []});
    world.app.ok("chat.update", at.clone()).await;
    let now = world.ana.message(&read.at).expect("it is still there");
    assert_eq!(now.as_text(), "Closed");
    assert!(now.edited_ts.is_some());
    let only_ana = json!({"channel": channel, "user": world.ana.id(), "text": "Saved"});
    world.app.ok("chat.postEphemeral", only_ana).await;
    assert_eq!(world.ana.messages(&channel).len(), 2);
    assert_eq!(world.ravi.messages(&channel).len(), 1);

    world.app.ok("chat.delete", json!({"channel": channel, "ts": posted["ts"]})).await;
    assert!(world.ravi.unread().is_empty() && world.ravi.messages(&channel).is_empty());
    assert_eq!(world.app.error("chat.update", at).await, "message_not_found");
    assert_eq!(world.sim.complaints(), Vec::<String>::new());
}

#[tokio::test]
async fn slack_refuses_by_its_own_names() {
    let world = World::new().await;
    let channel = world.pair().await;
    let kim = world.sim.add_person(NewPerson::named("Kim").but(|person| person.deleted = true));
    let guest = world.sim.add_person(NewPerson::named("Sam").but(|person| person.is_stranger = true));
    let bot = world.sim.bot_user_id();
    let theirs = world.ana.write(&channel, "hello").expect("she is in it");
    let general = world.sim.add_channel("general", &[&world.ana]);
    let many = (0..51).map(|_| json!({"type": "divider"})).collect::<Vec<_>>();
    let post = |more: Value| {
        let mut args = json!({"channel": channel});
        args.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        args
    };
    for (method, args, error) in [
        ("chat.postMessage", json!({"channel": "C0", "text": "x"}), "channel_not_found"),
        ("chat.postMessage", json!({"channel": general, "text": "x"}), "not_in_channel"),
        ("chat.postMessage", json!({"channel": bot, "text": "x"}), "cannot_dm_bot"),
        ("chat.postMessage", post(json!({})), "no_text"),
        ("chat.postMessage", post(json!({"text": "x", "blocks": many})), "invalid_blocks"),
        ("chat.postMessage", post(json!({"text": "x", "blocks": "[{"})), "invalid_blocks_format"),
        ("chat.postMessage", post(json!({"text": "x", "metadata": {"event_type": 1}})), "invalid_metadata_format"),
        ("chat.postMessage", post(json!({"text": "x", "username": "me"})), "missing_scope"),
        ("chat.postMessage", post(json!({"text": "x", "colour": "red"})), "invalid_arguments"),
        ("chat.postEphemeral", post(json!({"text": "x", "user": kim.id()})), "user_not_in_channel"),
        ("chat.update", post(json!({"text": "x", "ts": theirs.ts})), "cant_update_message"),
        ("chat.update", post(json!({"text": "x".repeat(4_001), "ts": theirs.ts})), "cant_update_message"),
        ("chat.delete", post(json!({"ts": theirs.ts})), "cant_delete_message"),
        ("conversations.open", json!({}), "users_list_not_supplied"),
        ("conversations.open", json!({"users": ""}), "not_enough_users"),
        ("conversations.open", json!({"users": "U0"}), "user_not_found"),
        ("conversations.open", json!({"users": kim.id()}), "user_disabled"),
        ("conversations.open", json!({"users": guest.id()}), "invalid_user_combination"),
        ("conversations.open", json!({"users": world.ana.id(), "prevent_creation": true}), "channel_not_found"),
        ("conversations.history", json!({"channel": channel}), "missing_scope"),
        ("users.info", json!({"user": "U0"}), "user_not_found"),
        ("users.lookupByEmail", json!({"email": "nobody@acme.example"}), "users_not_found"),
        ("users.list", json!({"cursor": "nonsense"}), "invalid_cursor"),
        ("views.publish", json!({"user_id": "U0", "view": {"type": "home", "blocks": []}}), "user_not_found"),
        ("views.open", json!({"trigger_id": "1.2", "view": crate::app::modal("x")}), "invalid_trigger_id"),
        ("apps.connections.open", json!({}), "not_allowed_token_type"),
        ("chat.shout", json!({}), "unknown_method"),
    ] {
        assert_eq!(world.app.error(method, args.clone()).await, error, "{method} {args}");
    }
    let complaints = world.sim.complaints();
    assert_eq!(complaints.len(), 2, "{complaints:?}");
    assert!(complaints[0].contains("unknown argument colour") && complaints[1].starts_with("chat.shout"));

    let reply = world.app.call("conversations.history", json!({"channel": channel})).await;
    assert_eq!(reply["needed"], "mpim:history");
    assert!(reply["provided"].as_str().is_some_and(|scopes| scopes.contains("chat:write")));
    for (token, error) in [("", "not_authed"), ("xoxb-wrong", "invalid_auth")] {
        let response = world.app.send("auth.test", token, &json!({})).await.expect("an answer");
        let reply: Value = response.json().await.expect("JSON");
        assert_eq!(reply["error"], error);
    }
}

#[tokio::test]
async fn a_deactivated_persons_dm_takes_posts_all_the_same() {
    let world = World::new().await;
    world.ana.change(|person| person.deleted = true);
    let reply = world.app.ok("chat.postMessage", json!({"channel": world.ana.id(), "text": "hello"})).await;
    assert!(reply["channel"].as_str().is_some_and(|id| id.starts_with('D')));
}

#[tokio::test]
async fn a_channel_takes_one_post_a_second() {
    let world = World::new().await;
    let channel = world.pair().await;
    let post = json!({"channel": channel, "text": "x"});
    world.app.ok("chat.postMessage", post.clone()).await;
    let refused = world.app.send("chat.postMessage", &world.app.bot_token, &post).await.expect("an answer");
    assert_eq!(refused.status(), 429);
    assert_eq!(refused.headers()["retry-after"], "1");
    world.app.ok("chat.postMessage", json!({"channel": world.ana.id(), "text": "x"})).await;
    world.advance(TimeDelta::seconds(1));
    world.app.ok("chat.postMessage", post).await;
}

#[tokio::test]
async fn a_repeated_client_msg_id_is_ignored_or_honoured() {
    for (mode, messages) in [(ClientMsgId::Ignored, 2), (ClientMsgId::Honoured, 1)] {
        let world = World::with(|options| {
            options.client_msg_id = mode;
            options.post_burst = 2;
        })
        .await;
        let channel = world.pair().await;
        let post = json!({"channel": channel, "text": "x", "client_msg_id": "6f6b4f4e-0000-5000-8000-000000000001"});
        let first = world.app.ok("chat.postMessage", post.clone()).await;
        let second = world.app.ok("chat.postMessage", post).await;
        assert_eq!(world.ana.messages(&channel).len(), messages);
        assert_eq!(second["is_duplicate"] == true, messages == 1);
        assert_eq!(first["ts"] == second["ts"], messages == 1);
    }
}

#[tokio::test]
async fn people_are_listed_in_pages_and_found_by_address() {
    let world = World::new().await;
    let mut seen = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = world.app.ok("users.list", json!({"limit": 3, "cursor": cursor})).await;
        seen.extend(page["members"].as_array().expect("members").iter().map(|person| person["id"].clone()));
        cursor = page["response_metadata"]["next_cursor"].as_str().expect("a cursor").to_owned();
        if cursor.is_empty() {
            break;
        }
    }
    assert_eq!(seen.len(), 4, "two people, the bot and Slackbot: {seen:?}");
    let found = world.app.ok("users.lookupByEmail", json!({"email": "ANA.Lopez@acme.example"})).await;
    assert_eq!(found["user"]["id"], world.ana.id());
    assert_eq!(found["user"]["tz_offset"], 7_200);
}

#[tokio::test]
async fn the_record_has_every_call_in_order_and_no_token() {
    let world = World::new().await;
    let channel = world.pair().await;
    world.app.ok("chat.postMessage", json!({"channel": channel, "text": "x", "token": world.app.bot_token})).await;
    let _socket = world.app.connect().await;
    let calls = world.sim.calls();
    let methods: Vec<_> = calls.iter().map(|call| call.method.as_str()).collect();
    assert_eq!(methods, ["conversations.open", "chat.postMessage", "apps.connections.open"]);
    assert_eq!(calls[1].t, "2026-05-19T09:00:00.000Z");
    assert_eq!(calls[1].args, json!({"channel": channel, "text": "x"}));
    let all = serde_json::to_string(&calls).expect("JSON");
    assert!(!all.contains(&world.app.bot_token) && !all.contains(&world.app.app_token) && !all.contains("ticket="));
}
