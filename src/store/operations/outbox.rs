//! What became of the messages that were raised.

use sqlx::Result;

use super::Conn;
use crate::core::event::Receipt;
use crate::core::id::MessageKey;

/// A message was seen in Slack.
pub async fn found(_conn: &mut Conn, _key: &MessageKey, _receipt: &Receipt) -> Result<()> {
    Ok(())
}
