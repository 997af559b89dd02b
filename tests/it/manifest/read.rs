//! `manifest.yml` as Slack reads it: a key that Slack does not know is an error.

use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    #[serde(rename = "_metadata")]
    pub metadata: Metadata,
    pub display_information: DisplayInformation,
    pub features: Features,
    pub oauth_config: OauthConfig,
    pub settings: Settings,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Metadata {
    pub major_version: u32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DisplayInformation {
    pub name: String,
    pub description: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Features {
    pub app_home: AppHome,
    pub bot_user: BotUser,
    pub shortcuts: Vec<Shortcut>,
    pub slash_commands: Vec<SlashCommand>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AppHome {
    pub home_tab_enabled: bool,
    pub messages_tab_enabled: bool,
    pub messages_tab_read_only_enabled: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BotUser {
    pub display_name: String,
    pub always_online: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shortcut {
    pub name: String,
    /// `global`, or `message`: on a message, whose words it would bring along.
    #[serde(rename = "type")]
    pub kind: String,
    pub callback_id: String,
    pub description: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SlashCommand {
    pub command: String,
    pub description: String,
    pub usage_hint: Option<String>,
    pub should_escape: bool,
    pub url: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OauthConfig {
    pub scopes: Scopes,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scopes {
    pub bot: Vec<String>,
    pub bot_optional: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    pub event_subscriptions: EventSubscriptions,
    pub interactivity: Interactivity,
    pub org_deploy_enabled: bool,
    pub socket_mode_enabled: bool,
    pub token_rotation_enabled: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventSubscriptions {
    pub request_url: Option<String>,
    pub bot_events: Vec<String>,
    pub metadata_subscriptions: Vec<MetadataSubscription>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MetadataSubscription {
    pub app_id: String,
    pub event_type: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Interactivity {
    pub is_enabled: bool,
    pub request_url: Option<String>,
}

impl Manifest {
    /// Reads the text of a manifest.
    ///
    /// # Errors
    /// The parser's own words, with line and column.
    pub fn read(text: &str) -> Result<Self, String> {
        serde_saphyr::from_str(text).map_err(|error| error.to_string())
    }
}
