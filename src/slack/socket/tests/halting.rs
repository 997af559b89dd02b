//! When the socket gives up, and how long it waits before it does not.

use super::*;

#[tokio::test]
async fn only_a_human_can_help() {
    for (error, halts) in [
        ("invalid_auth", true),
        ("not_authed", true),
        ("account_inactive", true),
        ("user_removed_from_team", true),
        ("team_disabled", true),
        ("missing_scope", true),
        ("not_allowed_token_type", true),
        ("internal_error", false),
        ("http_503", false),
    ] {
        let failure = Failure {
            method: "apps.connections.open".to_owned(),
            code: error.to_owned(),
            fate: crate::slack::fate::of("apps.connections.open", error, None, None),
            detail: String::new(),
        };
        assert_eq!(matches!(Trouble::from(failure), Trouble::Human(_)), halts, "{error}");
    }
    let mut refused = stage_with(one(), |_| json!({"ok": false, "error": "invalid_auth"})).await;
    let sentence = refused.ends().await.expect_err("no token, no socket").to_string();
    assert!(sentence.contains("SLACK_APP_TOKEN") && sentence.contains("invalid_auth"), "{sentence}");
    let mut off = stage(Settings { connections: 2, ..one() }).await;
    let (mut line, mut other) = (off.greeted().await, off.greeted().await);
    line.send(&json!({"type": "disconnect", "reason": "link_disabled"})).await;
    let sentence = off.ends().await.expect_err("switched off").to_string();
    assert!(sentence.contains("switched off"), "{sentence}");
    assert_eq!(other.next().await, None);
}

#[tokio::test]
async fn a_ticket_for_another_machine_needs_encryption() {
    let mut stage = stage_with(one(), |_| json!({"ok": true, "url": "ws://192.0.2.1/?ticket=secret"})).await;
    soon(stage.tickets.wait_for(|tickets| *tickets > 1)).await.expect("it tries again");
    assert!(stage.accepted.try_recv().is_err());
    stage.stop.cancel();
    assert_eq!(stage.ends().await, Ok(()));
}

#[test]
fn a_successor_is_asked_for_before_the_announced_end() {
    for _ in 0..100 {
        let after = connection::renewal(3_600).expect("a sensible lifetime");
        assert!((2_880..=3_240).contains(&after.as_secs()), "{after:?}");
    }
    for nonsense in [0, 9, u64::MAX] {
        assert_eq!(connection::renewal(nonsense), None);
    }
}

#[test]
fn pauses_grow_to_half_a_minute() {
    let first = Duration::from_millis(250);
    let pauses: Vec<u128> = (1..=9).map(|failures| delay(failures, first).as_millis()).collect();
    assert_eq!(pauses, [250, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
    assert_eq!(delay(u32::MAX, first), Duration::from_secs(30));
}
