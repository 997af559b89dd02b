//! What is bound to a statement, and what its rows hold.

use std::borrow::Cow;
use std::fmt;

use rusqlite::types;
use sqlx::encode::IsNull;
use sqlx::error::BoxDynError;
use sqlx::{Decode, Encode, Type};

use super::Embedded;

/// What SQLite keeps in a place. It goes by the value, not by the column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Null,
    Integer,
    Real,
    Text,
    Blob,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(sqlx::TypeInfo::name(self))
    }
}

impl sqlx::TypeInfo for Kind {
    fn is_null(&self) -> bool {
        *self == Self::Null
    }

    fn name(&self) -> &str {
        match self {
            Self::Null => "NULL",
            Self::Integer => "INTEGER",
            Self::Real => "REAL",
            Self::Text => "TEXT",
            Self::Blob => "BLOB",
        }
    }
}

/// A value of a row.
#[derive(Clone, Debug)]
pub struct Value(pub(super) types::Value);

/// A value of a row, borrowed.
#[derive(Clone, Copy, Debug)]
pub struct ValueRef<'r>(pub(super) &'r Value);

impl Value {
    fn kind(&self) -> Kind {
        match self.0 {
            types::Value::Null => Kind::Null,
            types::Value::Integer(_) => Kind::Integer,
            types::Value::Real(_) => Kind::Real,
            types::Value::Text(_) => Kind::Text,
            types::Value::Blob(_) => Kind::Blob,
        }
    }
}

impl sqlx::Value for Value {
    type Database = Embedded;

    fn as_ref(&self) -> ValueRef<'_> {
        ValueRef(self)
    }

    fn type_info(&self) -> Cow<'_, Kind> {
        Cow::Owned(self.kind())
    }

    fn is_null(&self) -> bool {
        self.kind() == Kind::Null
    }
}

impl<'r> sqlx::ValueRef<'r> for ValueRef<'r> {
    type Database = Embedded;

    fn to_owned(&self) -> Value {
        self.0.clone()
    }

    fn type_info(&self) -> Cow<'_, Kind> {
        Cow::Owned(self.0.kind())
    }

    fn is_null(&self) -> bool {
        self.0.kind() == Kind::Null
    }
}

/// The values bound to a statement, in the order of their numbers.
#[derive(Debug, Default)]
pub struct Arguments(pub(super) Vec<types::Value>);

impl sqlx::Arguments for Arguments {
    type Database = Embedded;

    fn reserve(&mut self, additional: usize, _bytes: usize) {
        self.0.reserve(additional);
    }

    fn add<'t, T>(&mut self, value: T) -> Result<(), BoxDynError>
    where
        T: Encode<'t, Embedded> + Type<Embedded>,
    {
        if value.encode(&mut self.0)?.is_null() {
            self.0.push(types::Value::Null);
        }
        Ok(())
    }

    fn len(&self) -> usize {
        self.0.len()
    }
}

sqlx_core::impl_into_arguments_for_arguments!(Arguments);
sqlx_core::impl_encode_for_option!(Embedded);

impl Type<Embedded> for i64 {
    fn type_info() -> Kind {
        Kind::Integer
    }
}

impl Encode<'_, Embedded> for i64 {
    fn encode_by_ref(&self, to: &mut Vec<types::Value>) -> Result<IsNull, BoxDynError> {
        to.push(types::Value::Integer(*self));
        Ok(IsNull::No)
    }
}

impl<'r> Decode<'r, Embedded> for i64 {
    fn decode(value: ValueRef<'r>) -> Result<Self, BoxDynError> {
        match &value.0.0 {
            types::Value::Integer(number) => Ok(*number),
            other => Err(unexpected(other)),
        }
    }
}

impl Type<Embedded> for str {
    fn type_info() -> Kind {
        Kind::Text
    }
}

impl<'q> Encode<'q, Embedded> for &'q str {
    fn encode_by_ref(&self, to: &mut Vec<types::Value>) -> Result<IsNull, BoxDynError> {
        to.push(types::Value::Text((*self).to_owned()));
        Ok(IsNull::No)
    }
}

impl<'r> Decode<'r, Embedded> for &'r str {
    fn decode(value: ValueRef<'r>) -> Result<Self, BoxDynError> {
        match &value.0.0 {
            types::Value::Text(text) => Ok(text),
            other => Err(unexpected(other)),
        }
    }
}

impl Type<Embedded> for String {
    fn type_info() -> Kind {
        Kind::Text
    }
}

impl Encode<'_, Embedded> for String {
    fn encode(self, to: &mut Vec<types::Value>) -> Result<IsNull, BoxDynError> {
        to.push(types::Value::Text(self));
        Ok(IsNull::No)
    }

    fn encode_by_ref(&self, to: &mut Vec<types::Value>) -> Result<IsNull, BoxDynError> {
        to.push(types::Value::Text(self.clone()));
        Ok(IsNull::No)
    }
}

impl<'r> Decode<'r, Embedded> for String {
    fn decode(value: ValueRef<'r>) -> Result<Self, BoxDynError> {
        <&str as Decode<'r, Embedded>>::decode(value).map(str::to_owned)
    }
}

fn unexpected(value: &types::Value) -> BoxDynError {
    format!("a value of another kind: {}", value.data_type()).into()
}
