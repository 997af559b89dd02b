//! A person as Slack describes them.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde_json::Value;

use crate::core::id::{PersonId, WorkspaceId};
use crate::core::person::Person;

/// The part of Slack's user object that rapport looks at. Nothing else of it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct User {
    pub id: String,
    /// What others call this person: the display name, or else the full name.
    pub name: String,
    pub zone: Option<Tz>,
    pub deactivated: bool,
    pub bot: bool,
    /// A guest, restricted to some channels.
    pub guest: bool,
    /// Of another organisation.
    pub stranger: bool,
    /// In lower case. Only with the scope for it, and never kept.
    pub email: Option<String>,
    /// When the status ends that says vacation or sick leave. One without an end may stand there forgotten.
    pub out: Option<DateTime<Utc>>,
}

/// What Slack itself offers for vacation and sick leave, and what people like to take instead. The words beside it are not
/// read.
const OUT: [&str; 4] = [":palm_tree:", ":face_with_thermometer:", ":desert_island:", ":beach_with_umbrella:"];

impl User {
    /// Reads a user object; `None` when it has no id.
    pub fn parse(user: &Value) -> Option<Self> {
        let text =
            |path: &str| user.pointer(path).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
        let flag = |name: &str| user.get(name).and_then(Value::as_bool).unwrap_or(false);
        let id = text("/id")?.to_owned();
        let name =
            text("/profile/display_name").or(text("/profile/real_name")).or(text("/real_name")).or(text("/name"));
        Some(Self {
            name: name.unwrap_or("Somebody").to_owned(),
            zone: text("/tz").and_then(|zone| zone.parse().ok()),
            deactivated: flag("deleted"),
            // Slack says of its own bot that it is none.
            bot: flag("is_bot") || id == "USLACKBOT",
            guest: flag("is_restricted") || flag("is_ultra_restricted"),
            stranger: flag("is_stranger"),
            email: text("/profile/email").map(str::to_lowercase),
            out: text("/profile/status_emoji").filter(|emoji| OUT.contains(emoji)).and_then(|_| {
                let ends = user.pointer("/profile/status_expiration")?.as_i64().filter(|ends| *ends > 0)?;
                DateTime::from_timestamp(ends, 0)
            }),
            id,
        })
    }

    /// This person in our words, seen at `now`. Without a zone of their own they are taken to live by UTC.
    pub fn person(&self, workspace: &WorkspaceId, now: DateTime<Utc>) -> Person {
        Person {
            id: PersonId::new(workspace, &self.id),
            name: self.name.clone(),
            zone: self.zone.unwrap_or(Tz::UTC),
            deactivated: self.deactivated.then_some(now),
            looked: now,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_person_is_called_by_the_name_they_chose() {
        let name = |user: Value| User::parse(&user).map(|user| user.name);
        let ann = json!({"id": "U1", "name": "alee", "real_name": "Ann Lee", "profile": {"display_name": "Annie"}});
        assert_eq!(name(ann).as_deref(), Some("Annie"));
        let blank = json!({"id": "U1", "real_name": "Ann Lee", "profile": {"display_name": " "}});
        assert_eq!(name(blank).as_deref(), Some("Ann Lee"));
        assert_eq!(name(json!({"id": "U1", "tz": null, "profile": null})).as_deref(), Some("Somebody"));
        assert_eq!(name(json!({"id": ""})), None);
        assert_eq!(name(json!(null)), None);
    }

    #[test]
    fn a_status_with_an_end_says_that_somebody_is_out() {
        let out = |emoji: &str, ends: Value| {
            let profile = json!({"status_text": "Lisbon", "status_emoji": emoji, "status_expiration": ends});
            User::parse(&json!({"id": "U1", "profile": profile})).and_then(|user| user.out).map(|at| at.timestamp())
        };
        assert_eq!(out(":palm_tree:", json!(1_778_680_000)), Some(1_778_680_000));
        assert_eq!(out(":face_with_thermometer:", json!(1_778_680_000)), Some(1_778_680_000));
        for (emoji, ends) in [(":palm_tree:", json!(0)), (":palm_tree:", json!(null)), (":palm_tree:", json!("soon"))] {
            assert_eq!(out(emoji, ends.clone()), None, "{ends}");
        }
        assert_eq!(out(":house_with_garden:", json!(1_778_680_000)), None);
        assert_eq!(out(":palm_tree:", json!(i64::MAX)), None);
    }

    #[test]
    fn what_somebody_is_decides_whether_they_can_be_in_a_pair() {
        let user = |more: Value| {
            let mut user = json!({"id": "U1", "tz": "Asia/Kathmandu"});
            for (key, value) in more.as_object().into_iter().flatten() {
                user[key] = value.clone();
            }
            User::parse(&user).expect("there is an id")
        };
        assert_eq!(user(json!({})).zone, Some(Tz::Asia__Kathmandu));
        assert_eq!(user(json!({"tz": "Nowhere/Land"})).zone, None);
        assert!(user(json!({"deleted": true})).deactivated);
        assert!(user(json!({"is_bot": true})).bot && user(json!({"id": "USLACKBOT"})).bot);
        assert!(user(json!({"is_restricted": true})).guest && user(json!({"is_ultra_restricted": true})).guest);
        assert!(user(json!({"is_stranger": true})).stranger);
    }
}
