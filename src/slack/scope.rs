//! The scopes that the app asks for, each with its reason: the same as in `manifest.yml`.

/// One scope of the bot's token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope {
    pub name: &'static str,
    /// What is not possible without it, for a sentence such as "Without it, …".
    pub without: &'static str,
    /// rapport cannot work without it.
    pub required: bool,
}

const fn scope(name: &'static str, required: bool, without: &'static str) -> Scope {
    Scope { name, without, required }
}

/// All that are asked for. None of them reads what people write.
pub const SCOPES: [Scope; 7] = [
    scope("chat:write", true, "nothing can be posted"),
    scope("commands", true, "/rapport does not work"),
    scope("mpim:write", true, "no pair's group DM can be opened"),
    scope("users:read", true, "time zones and deactivated accounts are not known"),
    scope("users:read.email", false, "a list of pairs has to name people by Slack ids"),
    scope("metadata.message:read", false, "a post whose reply was lost may be posted twice"),
    scope("files:write", false, "Export CSV sends no file"),
];
