//! The vocabulary in which Block Kit's rules are written down as data.

use super::Surface;

/// What a value must be.
pub(super) enum Kind {
    /// `true` or `false`.
    Flag,
    /// A number.
    Number,
    /// A string of at most so many characters.
    Words(usize),
    /// A string of at least one and at most so many characters.
    Named(usize),
    /// A text object; `plain` allows `plain_text` only.
    Text { max: usize, plain: bool },
    /// One of these words.
    Word(&'static [&'static str]),
    /// An object whose `type` says which of these shapes it has.
    One(&'static [&'static Shape]),
    /// An object without `type`.
    Object(&'static Shape),
    /// An array of such values.
    List { min: usize, max: usize, of: &'static Kind },
    /// Anything at all: what Slack itself hardly checks.
    Anything,
}

/// One field of a shape.
pub(super) struct Field {
    pub name: &'static str,
    pub required: bool,
    pub kind: Kind,
}

/// A required field.
pub(super) const fn need(name: &'static str, kind: Kind) -> Field {
    Field { name, required: true, kind }
}

/// An optional field.
pub(super) const fn may(name: &'static str, kind: Kind) -> Field {
    Field { name, required: false, kind }
}

/// A kind of block, element or composition object.
pub(super) struct Shape {
    /// The value of its `type`; for objects without one, a word for error messages.
    pub name: &'static str,
    pub fields: &'static [Field],
    /// At least one of these fields must be there.
    pub either: &'static [&'static str],
    /// Where it may stand; empty means everywhere.
    pub surfaces: &'static [Surface],
}

/// A shape that may stand everywhere.
pub(super) const fn shape(name: &'static str, fields: &'static [Field]) -> Shape {
    Shape { name, fields, either: &[], surfaces: &[] }
}

impl Shape {
    /// The same, with at least one of `either` required.
    pub(super) const fn either(self, either: &'static [&'static str]) -> Self {
        Self { either, ..self }
    }

    /// The same, only on these surfaces.
    pub(super) const fn only(self, surfaces: &'static [Surface]) -> Self {
        Self { surfaces, ..self }
    }
}
