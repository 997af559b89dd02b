//! When people may be written to.

use serde::{Deserialize, Serialize};

/// Working hours of a week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkingHours {
    line: String,
}
