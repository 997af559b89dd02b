//! Who we are in Slack: which workspace the token belongs to, and as whom we speak there.

use serde_json::{Value, json};

use crate::core::id::WorkspaceId;
use crate::slack::client::Client;
use crate::slack::fate::{Failure, Fate};
use crate::slack::parse::Installation;

/// The workspace of a token and the app in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Identity {
    pub workspace: WorkspaceId,
    /// The workspace's name, for the operator.
    pub team: String,
    /// The app's own user id there.
    pub bot_user: String,
    /// The app's id, where Slack tells it.
    pub app: Option<String>,
}

impl Identity {
    /// Asks Slack.
    ///
    /// # Errors
    /// Slack cannot be reached, or does not accept the token.
    pub async fn ask(client: &Client) -> Result<Self, Failure> {
        let reply = client.call("auth.test", json!({})).await?;
        let text = |reply: &Value, path: &str| {
            reply.pointer(path).and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned)
        };
        let (Some(team_id), Some(bot_user)) = (text(&reply, "/team_id"), text(&reply, "/user_id")) else {
            return Err(Failure {
                method: "auth.test".to_owned(),
                code: "unreadable_reply".to_owned(),
                fate: Fate::Unknown,
                detail: "the reply names no workspace or no user".to_owned(),
            });
        };
        let mut app = text(&reply, "/app_id");
        if let (None, Some(bot)) = (&app, text(&reply, "/bot_id")) {
            // Only for telling our own posts from other apps': without it the message's key decides.
            app = client.call("bots.info", json!({ "bot": bot })).await.ok().and_then(|bot| text(&bot, "/bot/app_id"));
        }
        let team = text(&reply, "/team").unwrap_or_else(|| team_id.clone());
        Ok(Self { workspace: WorkspaceId::from(team_id), team, bot_user, app })
    }

    /// What parsing needs to know of us.
    pub fn installation(&self) -> Installation {
        Installation { workspace: self.workspace.clone(), app: self.app.clone() }
    }
}
