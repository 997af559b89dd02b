//! The nine named parts of which a Health is the sum.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::core::question::Indicator;
use crate::core::words::words;

words! {
    /// One of the things that raise or lower a Health.
    pub enum Part: "a part" {
        Growth = "growth",
        Communication = "communication",
        Guidance = "guidance",
        Feedback = "feedback",
        Organisation = "organisation",
        /// Weeks without a known meeting, over the agreed rhythm.
        Meetings = "meetings",
        /// Missed pulses.
        Answering = "answering",
        /// Weeks without a goal set, moved or reached.
        Goals = "goals",
        /// What keeps the sum within 0 to 100.
        Limit = "limit",
    }
}

impl From<Indicator> for Part {
    fn from(indicator: Indicator) -> Self {
        match indicator {
            Indicator::Growth => Self::Growth,
            Indicator::Communication => Self::Communication,
            Indicator::Guidance => Self::Guidance,
            Indicator::Feedback => Self::Feedback,
            Indicator::Organisation => Self::Organisation,
        }
    }
}

impl Part {
    /// Its name on a coordinator's page.
    pub fn title(self) -> &'static str {
        match self {
            Self::Growth => "Growth",
            Self::Communication => "Communication",
            Self::Guidance => "Guidance",
            Self::Feedback => "Feedback",
            Self::Organisation => "Organisation",
            Self::Meetings => "Meetings",
            Self::Answering => "Answering",
            Self::Goals => "Goals",
            Self::Limit => "Limit",
        }
    }
}

/// Points of each part, whole numbers. Stored as a map by the parts' words; a part that is not in it is 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Parts([i32; Part::ALL.len()]);

impl Parts {
    /// The points of one part.
    pub fn of(&self, part: Part) -> i32 {
        self.0[part as usize]
    }

    /// Says what one part is.
    pub(super) fn set(&mut self, part: Part, points: i64) {
        self.0[part as usize] = i32::try_from(points).unwrap_or(if points < 0 { i32::MIN } else { i32::MAX });
    }

    /// All of them, in their order.
    pub fn iter(&self) -> impl Iterator<Item = (Part, i32)> + '_ {
        Part::ALL.into_iter().map(|part| (part, self.of(part)))
    }

    /// What they come to.
    pub fn sum(&self) -> i64 {
        self.0.iter().copied().map(i64::from).sum()
    }
}

impl Serialize for Parts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de> Deserialize<'de> for Parts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let named = BTreeMap::<Part, i32>::deserialize(deserializer)?;
        let mut parts = Self::default();
        for (part, points) in named {
            parts.0[part as usize] = points;
        }
        Ok(parts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_stored_by_name() {
        let mut parts = Parts::default();
        parts.set(Part::Meetings, -12);
        let stored = serde_json::to_string(&parts).expect("a map");
        assert_eq!(
            stored,
            r#"{"growth":0,"communication":0,"guidance":0,"feedback":0,"organisation":0,"meetings":-12,"answering":0,"goals":0,"limit":0}"#
        );
        assert_eq!(serde_json::from_str::<Parts>(&stored).ok(), Some(parts));
        assert_eq!(serde_json::from_str::<Parts>(r#"{"meetings":-12}"#).ok(), Some(parts));
        assert!(serde_json::from_str::<Parts>(r#"{"weather":1}"#).is_err());
    }
}
