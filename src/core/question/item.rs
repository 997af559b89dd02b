//! A line of the agreement, of a survey or of a session's form.

use serde::{Deserialize, Serialize};

use super::{Indicator, Scale};

/// Something to fill in that is not a pulse question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Raw", into = "Raw")]
pub struct Item {
    pub id: String,
    pub text: String,
    /// The indicator that the answer counts for, if any.
    pub indicator: Option<Indicator>,
    pub optional: bool,
    pub form: Form,
}

/// How an [`Item`] is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// One of these labels.
    Options(Vec<String>),
    /// One of the five labels of a scale.
    Scale(Scale),
    /// In words; with `consent`, the labels of how far the words may be shared.
    Text { consent: Option<Vec<String>> },
}

impl Form {
    /// The labels that an item brings along itself.
    pub(super) fn own_labels(&self) -> &[String] {
        match self {
            Self::Options(labels) => labels,
            Self::Text { consent } => consent.as_deref().unwrap_or_default(),
            Self::Scale(_) => &[],
        }
    }
}

/// An item as it stands in the file.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    id: String,
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    indicator: Option<Indicator>,
    #[serde(default)]
    optional: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    options: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scale: Option<Scale>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<Kind>,
    #[serde(skip_serializing_if = "Option::is_none")]
    consent: Option<Vec<String>>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Text,
}

impl TryFrom<Raw> for Item {
    type Error = String;

    fn try_from(raw: Raw) -> Result<Self, String> {
        let form = match (raw.options, raw.scale, raw.kind, raw.consent) {
            (Some(options), None, None, None) => Form::Options(options),
            (None, Some(scale), None, None) => Form::Scale(scale),
            (None, None, Some(Kind::Text), consent) => Form::Text { consent },
            _ => {
                return Err(format!(
                    "`{}` needs exactly one of `options`, `scale` and `kind = \"text\"`; `consent` goes with text only",
                    raw.id
                ));
            }
        };
        Ok(Self { id: raw.id, text: raw.text, indicator: raw.indicator, optional: raw.optional, form })
    }
}

impl From<Item> for Raw {
    fn from(item: Item) -> Self {
        let Item { id, text, indicator, optional, form } = item;
        let raw = Self { id, text, indicator, optional, options: None, scale: None, kind: None, consent: None };
        match form {
            Form::Options(options) => Self { options: Some(options), ..raw },
            Form::Scale(scale) => Self { scale: Some(scale), ..raw },
            Form::Text { consent } => Self { kind: Some(Kind::Text), consent, ..raw },
        }
    }
}
