//! A row, and the names of its columns.

use std::sync::Arc;

use sqlx::{ColumnIndex, Error, Result};

use super::Embedded;
use super::value::{Kind, Value, ValueRef};

/// A row that was read.
#[derive(Debug)]
pub struct Row {
    pub(super) columns: Arc<[Column]>,
    pub(super) values: Box<[Value]>,
}

/// One column of a statement's rows.
#[derive(Debug)]
pub struct Column {
    pub(super) ordinal: usize,
    pub(super) name: Box<str>,
}

impl sqlx::Row for Row {
    type Database = Embedded;

    fn columns(&self) -> &[Column] {
        &self.columns
    }

    fn try_get_raw<I: ColumnIndex<Self>>(&self, index: I) -> Result<ValueRef<'_>> {
        Ok(ValueRef(&self.values[index.index(self)?]))
    }
}

sqlx_core::impl_column_index_for_row!(Row);

impl ColumnIndex<Row> for &'_ str {
    fn index(&self, row: &Row) -> Result<usize> {
        // A few dozen at most: looking is quicker than hashing.
        let found = row.columns.iter().position(|column| *column.name == **self);
        found.ok_or_else(|| Error::ColumnNotFound((*self).to_owned()))
    }
}

impl sqlx::Column for Column {
    type Database = Embedded;

    fn ordinal(&self) -> usize {
        self.ordinal
    }

    fn name(&self) -> &str {
        &self.name
    }

    /// Only values have a kind.
    fn type_info(&self) -> &Kind {
        &Kind::Null
    }
}
