//! Broken fields and arbitrary JSON: whatever comes in, something sound comes out.

use super::*;

/// Every payload that differs from `whole` in one place.
fn damaged(whole: &Value) -> Vec<Value> {
    let mut paths = vec![String::new()];
    let mut damaged = Vec::new();
    while let Some(path) = paths.pop() {
        match whole.pointer(&path).expect("a path of its own") {
            Value::Object(fields) => paths.extend(fields.keys().map(|field| format!("{path}/{field}"))),
            Value::Array(items) => paths.extend((0..items.len()).map(|item| format!("{path}/{item}"))),
            _ => {}
        }
        let control = json!("a\u{0}b");
        for other in
            [json!(null), json!(""), json!(0), json!([]), json!({}), json!(true), json!("x".repeat(300)), control]
        {
            let mut copy = whole.clone();
            *copy.pointer_mut(&path).expect("a path of its own") = other;
            damaged.push(copy);
        }
        if let Some((parent, field)) = path.rsplit_once('/') {
            let mut copy = whole.clone();
            match copy.pointer_mut(parent).expect("a parent") {
                Value::Object(fields) => drop(fields.remove(field)),
                Value::Array(items) => drop(items.remove(field.parse().expect("an index"))),
                _ => unreachable!("parents are objects or lists"),
            }
            damaged.push(copy);
        }
    }
    damaged
}

fn is_sound(incoming: &Incoming) -> bool {
    match &incoming.event {
        Event::Acted(act) => {
            !act.by.user().is_empty()
                && act.by.user().len() <= 255
                && !act.id.as_str().is_empty()
                && !act.id.as_str().contains('\u{0}')
                && act.at <= received() + TimeDelta::minutes(5)
        }
        Event::Echoed(proof) => !proof.receipt.channel.is_empty() && !proof.receipt.ts.is_empty(),
        Event::Ignored(kind) => !kind.is_empty() && kind.len() <= 255,
        Event::Uninstalled | Event::EventsLimited => true,
    }
}

#[test]
fn one_broken_field_breaks_nothing() {
    let mut tried = 0;
    for (kind, whole) in gallery() {
        for payload in damaged(&whole) {
            let incoming = read(kind, &payload);
            assert!(is_sound(&incoming), "{payload} -> {incoming:?}");
            tried += 1;
        }
    }
    assert!(tried > 1_000, "{tried}");
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "[ -~]{0,12}".prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from),
        prop::sample::select(vec!["block_actions", "view_submission", "event_callback", "home", "U1"])
            .prop_map(Value::from),
    ];
    let name = prop::sample::select(vec![
        "type",
        "user",
        "id",
        "actions",
        "action_id",
        "value",
        "view",
        "state",
        "values",
        "event",
        "tab",
        "container",
        "message",
        "metadata",
        "event_payload",
        "key",
        "user_id",
        "text",
        "words",
        "selected_option",
    ]);
    leaf.prop_recursive(5, 40, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((name.clone(), inner), 0..6)
                .prop_map(|fields| fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()),
        ]
    })
}

proptest! {
    #[test]
    fn any_json_is_survived(payload in any_json()) {
        for kind in [Kind::Event, Kind::Interactive, Kind::Command] {
            prop_assert!(is_sound(&read(kind, &payload)));
        }
    }
}
