//! SQLite for sqlx, in the thread that asks.
//!
//! sqlx's own driver keeps a thread for each connection and hands every statement over to it and back, which costs more
//! than the statement. Here a statement is a call: its future is ready at once. The statements, transactions, pools and
//! migrations are sqlx's; rusqlite carries them. Whoever has much to ask asks from a thread of its own.

mod connection;
mod error;
mod migrate;
mod row;
mod value;

use sqlx::Either;
use sqlx::FromRow;
use sqlx::query::{Query, QueryAs, QueryScalar};
use sqlx::{IntoArguments, SqlStr};
use sqlx_core::database::HasStatementCache;

pub use connection::{Connection, Options};
pub use row::{Column, Row};
pub use value::{Arguments, Kind, Value, ValueRef};

/// The database, as sqlx names one.
#[derive(Debug)]
pub struct Embedded;

impl sqlx::Database for Embedded {
    type Connection = Connection;
    type TransactionManager = connection::Transactions;
    type Row = Row;
    type QueryResult = Changes;
    type Column = Column;
    type TypeInfo = Kind;
    type Value = Value;
    type ValueRef<'r> = ValueRef<'r>;
    type Arguments = Arguments;
    type ArgumentBuffer = Vec<rusqlite::types::Value>;
    type Statement = Unprepared;
    const NAME: &'static str = "SQLite";
    const URL_SCHEMES: &'static [&'static str] = &["sqlite"];
}

impl HasStatementCache for Embedded {}

/// How many rows a statement wrote.
#[derive(Clone, Copy, Debug, Default)]
pub struct Changes {
    rows: u64,
}

impl Changes {
    pub fn rows_affected(&self) -> u64 {
        self.rows
    }
}

impl Extend<Self> for Changes {
    fn extend<I: IntoIterator<Item = Self>>(&mut self, more: I) {
        self.rows += more.into_iter().map(|one| one.rows).sum::<u64>();
    }
}

/// A statement that was prepared apart from its execution: there is none. Statements are kept by their text.
#[derive(Clone, Debug)]
pub enum Unprepared {}

impl sqlx::Statement for Unprepared {
    type Database = Embedded;

    fn into_sql(self) -> SqlStr {
        match self {}
    }

    fn sql(&self) -> &SqlStr {
        match *self {}
    }

    fn parameters(&self) -> Option<Either<&[Kind], usize>> {
        match *self {}
    }

    fn columns(&self) -> &[Column] {
        match *self {}
    }

    fn query(&self) -> Query<'_, Embedded, Arguments> {
        match *self {}
    }

    fn query_with<A: IntoArguments<Embedded>>(&self, _: A) -> Query<'_, Embedded, A> {
        match *self {}
    }

    fn query_as<O: for<'r> FromRow<'r, Row>>(&self) -> QueryAs<'_, Embedded, O, Arguments> {
        match *self {}
    }

    fn query_as_with<'s, O, A>(&'s self, _: A) -> QueryAs<'s, Embedded, O, A>
    where
        O: for<'r> FromRow<'r, Row>,
        A: IntoArguments<Embedded>,
    {
        match *self {}
    }

    fn query_scalar<O>(&self) -> QueryScalar<'_, Embedded, O, Arguments>
    where
        (O,): for<'r> FromRow<'r, Row>,
    {
        match *self {}
    }

    fn query_scalar_with<'s, O, A>(&'s self, _: A) -> QueryScalar<'s, Embedded, O, A>
    where
        (O,): for<'r> FromRow<'r, Row>,
        A: IntoArguments<Embedded>,
    {
        match *self {}
    }
}
