//! About what somebody says to a nudge.

use crate::core::id::PersonId;
use crate::core::nudge::Kind;
use crate::core::nudge::facts::Nudged;
use crate::core::person::Person;
use crate::core::program::Program;
use crate::core::rest::Rest;

/// About a nudge that somebody got, or about what somebody wants of nudges.
#[derive(Clone, Debug, PartialEq)]
pub struct NudgedCase {
    /// Who acts.
    pub person: Person,
    /// The person's own time.
    pub rest: Rest,
    /// The nudge, where it is about one, with its programme and whose it is.
    pub nudge: Option<(Nudged, Program, PersonId)>,
    /// The person coordinates a programme of the workspace.
    pub coordinates: bool,
    /// Kinds that have retired in the workspace.
    pub retired: Vec<Kind>,
    /// The person has App Home open since some time: it must be kept true.
    pub home_opened: bool,
}
