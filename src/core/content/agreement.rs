//! What the agreement of a pair says: the post, the form, and the words after a tap.

use chrono::{DateTime, Utc};

use crate::core::agreement::{Agreement, Opening, Wishes};
use crate::core::id::PairId;

/// The post for both. It shows what each of the two wants, side by side.
#[derive(Clone, Debug, PartialEq)]
pub struct AgreementPost {
    pub opening: Opening,
    pub agreement: Agreement,
    /// Mentee and mentor.
    pub names: [String; 2],
    /// Given when one of the two is in more than one programme.
    pub program_name: Option<String>,
    /// The pair has ended: nothing can be changed any more.
    pub ended: bool,
}

/// The form for one of the two.
#[derive(Clone, Debug, PartialEq)]
pub struct AgreementForm {
    pub pair: PairId,
    pub partner: String,
    /// What stands in it when it opens.
    pub offered: Wishes,
    /// What the partner wants.
    pub theirs: Wishes,
}

/// The words after an act.
#[derive(Clone, Debug, PartialEq)]
pub enum AgreementSaid {
    /// It is stored. `ready`: the two say the same, so that both can say yes.
    Saved { partner: String, ready: bool },
    /// The person has said yes; `both`: the partner too.
    Signed { partner: String, both: bool },
}

/// A pair's agreement on its member's Home.
#[derive(Clone, Debug, PartialEq)]
pub struct HomeAgreement {
    pub pair: PairId,
    pub partner: String,
    pub version: u32,
    /// The two say the same, so that both can say yes.
    pub ready: bool,
    /// The reader has said yes to what stands there.
    pub own: bool,
    /// Both have.
    pub signed: bool,
    /// When both did last.
    pub agreed: Option<DateTime<Utc>>,
}
