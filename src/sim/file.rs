//! A file on its way through Slack's three-step upload.

/// An upload: announced, then sent, then shared.
#[derive(Clone, Debug)]
pub(super) struct Upload {
    pub name: String,
    /// What was announced, in bytes.
    pub length: u64,
    pub alt_text: String,
    /// What was sent; `None` until then.
    pub content: Option<Vec<u8>>,
}
