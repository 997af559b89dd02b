//! What Slack knows: the names of bot scopes and events, and what methods need. Its schema accepts any name.

/// The families of Web API methods that a bot may call.
pub const FAMILIES: [&str; 17] = [
    "api",
    "apps",
    "auth",
    "blocks",
    "bookmarks",
    "bots",
    "chat",
    "conversations",
    "dnd",
    "emoji",
    "files",
    "oauth",
    "pins",
    "reactions",
    "team",
    "users",
    "views",
];

/// What a method needs of the bot's scopes; an empty list: nothing. A method that is not listed is one that nobody has
/// thought about yet.
pub const METHODS: [(&str, &[&str]); 24] = [
    ("api.test", &[]),
    // Its scope, connections:write, belongs to the app-level token.
    ("apps.connections.open", &[]),
    ("auth.test", &[]),
    ("blocks.validate", &[]),
    ("bots.info", &["users:read"]),
    ("chat.delete", &["chat:write"]),
    ("chat.getPermalink", &[]),
    // A person's id in place of a channel opens the private conversation too.
    ("chat.postMessage", &["chat:write"]),
    ("chat.postEphemeral", &["chat:write"]),
    ("chat.update", &["chat:write"]),
    // We open group DMs only; one person alone would need im:write.
    ("conversations.open", &["mpim:write"]),
    ("dnd.info", &["dnd:read"]),
    ("dnd.teamInfo", &["dnd:read"]),
    ("files.completeUploadExternal", &["files:write"]),
    ("files.getUploadURLExternal", &["files:write"]),
    ("team.info", &["team:read"]),
    ("users.conversations", &["channels:read", "groups:read", "im:read", "mpim:read"]),
    ("users.info", &["users:read"]),
    ("users.list", &["users:read"]),
    ("users.lookupByEmail", &["users:read.email"]),
    ("views.open", &[]),
    ("views.publish", &[]),
    ("views.push", &[]),
    ("views.update", &[]),
];

/// Events that bring a scope with them.
pub const EVENT_SCOPES: [(&str, &str); 3] =
    [("message_metadata_posted", "metadata.message:read"), ("team_join", "users:read"), ("user_change", "users:read")];

/// Scopes that a bot token can have.
pub const SCOPES: [&str; 70] = [
    "app_mentions:read",
    "assistant:write",
    "bookmarks:read",
    "bookmarks:write",
    "calls:read",
    "calls:write",
    "canvases:read",
    "canvases:write",
    "channels:history",
    "channels:join",
    "channels:manage",
    "channels:read",
    "channels:write.invites",
    "channels:write.topic",
    "chat:write",
    "chat:write.customize",
    "chat:write.public",
    "commands",
    "conversations.connect:manage",
    "conversations.connect:read",
    "conversations.connect:write",
    "datastore:read",
    "datastore:write",
    "dnd:read",
    "emoji:read",
    "files:read",
    "files:write",
    "groups:history",
    "groups:read",
    "groups:write",
    "groups:write.invites",
    "groups:write.topic",
    "im:history",
    "im:read",
    "im:write",
    "im:write.topic",
    "incoming-webhook",
    "links.embed:write",
    "links:read",
    "links:write",
    "lists:read",
    "lists:write",
    "metadata.message:read",
    "mpim:history",
    "mpim:read",
    "mpim:write",
    "mpim:write.topic",
    "pins:read",
    "pins:write",
    "reactions:read",
    "reactions:write",
    "reminders:read",
    "reminders:write",
    "remote_files:read",
    "remote_files:share",
    "remote_files:write",
    "search:read.files",
    "search:read.im",
    "search:read.mpim",
    "search:read.private",
    "search:read.public",
    "search:read",
    "team.billing:read",
    "team.preferences:read",
    "team:read",
    "usergroups:read",
    "usergroups:write",
    "users.profile:read",
    "users:read",
    "users:read.email",
];

/// Events that a bot can subscribe to, apart from `message.*` and the like, which are refused below.
pub const EVENTS: [&str; 44] = [
    "app_home_opened",
    "app_mention",
    "app_rate_limited",
    "app_uninstalled",
    "assistant_thread_started",
    "channel_archive",
    "channel_created",
    "channel_deleted",
    "channel_id_changed",
    "channel_left",
    "channel_rename",
    "channel_shared",
    "channel_unarchive",
    "channel_unshared",
    "dnd_updated_user",
    "email_domain_changed",
    "emoji_changed",
    "file_created",
    "file_deleted",
    "file_shared",
    "group_archive",
    "group_deleted",
    "group_left",
    "group_rename",
    "im_close",
    "im_created",
    "link_shared",
    "member_joined_channel",
    "member_left_channel",
    "message.app_home",
    "message.channels",
    "message.groups",
    "message.im",
    "message.mpim",
    "message_metadata_deleted",
    "message_metadata_posted",
    "message_metadata_updated",
    "reaction_added",
    "reaction_removed",
    "team_join",
    "team_rename",
    "tokens_revoked",
    "user_change",
    "user_huddle_changed",
];

/// Whether a scope would let rapport read what people write, find, share or think of it, or act as somebody else.
pub fn reads_people(scope: &str) -> bool {
    scope.ends_with(":history")
        || ["search:read", "admin", "users.profile:", "lists:", "canvases:"]
            .iter()
            .any(|start| scope.starts_with(start))
        || [
            "files:read",
            "remote_files:read",
            "reactions:read",
            "app_mentions:read",
            "channels:read",
            "groups:read",
            "links:read",
            "pins:read",
            "bookmarks:read",
            "chat:write.public",
            "chat:write.customize",
        ]
        .contains(&scope)
}

/// Whether an event would bring what people write.
pub fn brings_words(event: &str) -> bool {
    event.starts_with("message.")
        || ["app_mention", "reaction_added", "reaction_removed", "file_shared", "link_shared"].contains(&event)
}
