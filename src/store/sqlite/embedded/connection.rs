//! A connection: opened with its settings, asked statement by statement.

use std::collections::HashMap;
use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::{self, BoxFuture};
use futures_util::stream::{self, BoxStream};
use futures_util::{FutureExt, StreamExt};
use log::LevelFilter;
use rusqlite::fallible_iterator::FallibleIterator;
use rusqlite::{OpenFlags, types};
use sqlx::{Either, Error, Execute, Result, SqlStr};
use sqlx_core::transaction::TransactionManager;
use url::Url;

use super::row::{Column, Row};
use super::value::{Arguments, Kind, Value};
use super::{Changes, Embedded, Unprepared, error};

/// Statements that a connection keeps prepared; the product has fewer.
const PREPARED: usize = 160;

/// How a file is opened.
#[derive(Clone, Debug)]
pub struct Options {
    file: PathBuf,
    busy: Duration,
    pragmas: String,
}

impl Options {
    /// The file, which is created if there is none.
    pub fn new(file: PathBuf) -> Self {
        Self { file, busy: Duration::from_secs(5), pragmas: String::new() }.pragma("foreign_keys", "on")
    }

    /// Sets what SQLite calls a pragma, in this order, whenever the file is opened.
    #[must_use]
    pub fn pragma(mut self, name: &str, value: &str) -> Self {
        self.pragmas += &format!("pragma {name} = {value};");
        self
    }
}

/// `sqlite:FILE`.
impl FromStr for Options {
    type Err = Error;

    fn from_str(url: &str) -> Result<Self> {
        let file = url.strip_prefix("sqlite:").ok_or_else(|| Error::Configuration("no sqlite: address".into()))?;
        Ok(Self::new(file.into()))
    }
}

impl sqlx::ConnectOptions for Options {
    type Connection = Connection;

    fn from_url(url: &Url) -> Result<Self> {
        url.as_str().parse()
    }

    async fn connect(&self) -> Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let opened = rusqlite::Connection::open_with_flags(&self.file, flags).and_then(|raw| {
            raw.busy_timeout(self.busy)?;
            raw.set_prepared_statement_cache_capacity(PREPARED);
            raw.execute_batch(&self.pragmas)?;
            Ok(raw)
        });
        Ok(Connection { raw: opened.map_err(error::from)?, columns: HashMap::new() })
    }

    /// Statements are never logged.
    fn log_statements(self, _level: LevelFilter) -> Self {
        self
    }

    fn log_slow_statements(self, _level: LevelFilter, _duration: Duration) -> Self {
        self
    }
}

/// An open file.
pub struct Connection {
    pub(super) raw: rusqlite::Connection,
    /// What the rows of a kept statement look like.
    columns: HashMap<String, Arc<[Column]>>,
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection").finish_non_exhaustive()
    }
}

impl Connection {
    /// Runs one statement to its end, or until it gave `most` rows. What is not worth keeping may be several.
    fn run<'q>(&mut self, mut query: impl Execute<'q, Embedded>, most: usize) -> Result<(Changes, Vec<Row>)> {
        let Arguments(values) = query.take_arguments().map_err(Error::Encode)?.unwrap_or_default();
        let keep = query.persistent();
        let text = query.sql();
        let rows = if keep { self.kept(text.as_str(), &values, most) } else { self.once(text.as_str(), &values, most) };
        Ok((Changes { rows: self.raw.changes() }, rows.map_err(error::from)?))
    }

    /// Runs a statement that binds and returns nothing.
    fn say(&self, text: &str) -> Result<()> {
        let mut statement = self.raw.prepare_cached(text).map_err(error::from)?;
        statement.raw_execute().map(drop).map_err(error::from)
    }

    fn kept(&mut self, text: &str, values: &[types::Value], most: usize) -> rusqlite::Result<Vec<Row>> {
        let mut statement = self.raw.prepare_cached(text)?;
        let columns = match self.columns.get(text) {
            Some(known) => known.clone(),
            None => {
                let columns = columns(&statement);
                if self.columns.len() < PREPARED {
                    self.columns.insert(text.to_owned(), columns.clone());
                }
                columns
            }
        };
        rows(&mut statement, &columns, values, most)
    }

    fn once(&self, text: &str, values: &[types::Value], most: usize) -> rusqlite::Result<Vec<Row>> {
        let mut found = Vec::new();
        let mut statements = rusqlite::Batch::new(&self.raw, text);
        while let Some(mut statement) = statements.next()? {
            let columns = columns(&statement);
            found.extend(rows(&mut statement, &columns, values, most - found.len())?);
        }
        Ok(found)
    }
}

fn rows(
    statement: &mut rusqlite::Statement<'_>,
    columns: &Arc<[Column]>,
    values: &[types::Value],
    most: usize,
) -> rusqlite::Result<Vec<Row>> {
    bind(statement, values)?;
    let mut rows = Vec::new();
    let mut found = statement.raw_query();
    while rows.len() < most
        && let Some(row) = found.next()?
    {
        let values = (0..columns.len()).map(|index| row.get(index).map(Value)).collect::<rusqlite::Result<_>>()?;
        rows.push(Row { columns: columns.clone(), values });
    }
    Ok(rows)
}

fn columns(statement: &rusqlite::Statement<'_>) -> Arc<[Column]> {
    let names = statement.column_names().into_iter().enumerate();
    names.map(|(ordinal, name)| Column { ordinal, name: name.into() }).collect()
}

/// Binds by number. SQLite takes `$1` for a name, and `?` has the number of its place.
fn bind(statement: &mut rusqlite::Statement<'_>, values: &[types::Value]) -> rusqlite::Result<()> {
    for place in 1..=statement.parameter_count() {
        let number = match statement.parameter_name(place) {
            Some(name) => name[1..].parse().map_err(|_| rusqlite::Error::InvalidParameterName(name.to_owned()))?,
            None => place,
        };
        let value = number.checked_sub(1).and_then(|index: usize| values.get(index));
        let value = value.ok_or(rusqlite::Error::InvalidParameterCount(values.len(), number))?;
        statement.raw_bind_parameter(place, value)?;
    }
    Ok(())
}

impl<'c> sqlx::Executor<'c> for &'c mut Connection {
    type Database = Embedded;

    fn execute<'e, 'q: 'e, E>(self, query: E) -> BoxFuture<'e, Result<Changes>>
    where
        'c: 'e,
        E: 'q + Execute<'q, Embedded>,
    {
        future::ready(self.run(query, usize::MAX).map(|(changes, _)| changes)).boxed()
    }

    fn fetch_many<'e, 'q: 'e, E>(self, query: E) -> BoxStream<'e, Result<Either<Changes, Row>>>
    where
        'c: 'e,
        E: 'q + Execute<'q, Embedded>,
    {
        match self.run(query, usize::MAX) {
            Ok((changes, rows)) => {
                let rows = rows.into_iter().map(Either::Right);
                stream::iter(rows.chain([Either::Left(changes)]).map(Ok)).boxed()
            }
            Err(error) => stream::iter([Err(error)]).boxed(),
        }
    }

    fn fetch_all<'e, 'q: 'e, E>(self, query: E) -> BoxFuture<'e, Result<Vec<Row>>>
    where
        'c: 'e,
        E: 'q + Execute<'q, Embedded>,
    {
        future::ready(self.run(query, usize::MAX).map(|(_, rows)| rows)).boxed()
    }

    fn fetch_optional<'e, 'q: 'e, E>(self, query: E) -> BoxFuture<'e, Result<Option<Row>>>
    where
        'c: 'e,
        E: 'q + Execute<'q, Embedded>,
    {
        future::ready(self.run(query, 1).map(|(_, rows)| rows.into_iter().next())).boxed()
    }

    fn prepare_with<'e>(self, _text: SqlStr, _parameters: &'e [Kind]) -> BoxFuture<'e, Result<Unprepared>>
    where
        'c: 'e,
    {
        future::ready(Err(Error::Protocol("statements are kept by their text".to_owned()))).boxed()
    }
}

impl sqlx::Connection for Connection {
    type Database = Embedded;
    type Options = Options;

    async fn close(self) -> Result<()> {
        self.raw.close().map_err(|(_, cause)| error::from(cause))
    }

    fn close_hard(self) -> impl Future<Output = Result<()>> + Send + 'static {
        self.close()
    }

    async fn ping(&mut self) -> Result<()> {
        Ok(())
    }

    fn begin(&mut self) -> impl Future<Output = Result<sqlx::Transaction<'_, Embedded>>> + Send + '_ {
        sqlx::Transaction::begin(self, None)
    }

    fn shrink_buffers(&mut self) {}

    async fn flush(&mut self) -> Result<()> {
        Ok(())
    }

    fn should_flush(&self) -> bool {
        false
    }
}

/// Transactions, one at a time: SQLite itself knows whether there is one.
pub struct Transactions;

impl TransactionManager for Transactions {
    type Database = Embedded;

    async fn begin(conn: &mut Connection, statement: Option<SqlStr>) -> Result<()> {
        if !conn.raw.is_autocommit() {
            return Err(Error::InvalidSavePointStatement);
        }
        conn.say(statement.as_ref().map_or("begin", SqlStr::as_str))
    }

    async fn commit(conn: &mut Connection) -> Result<()> {
        conn.say("commit")
    }

    async fn rollback(conn: &mut Connection) -> Result<()> {
        // SQLite has rolled back by itself after some errors.
        if conn.raw.is_autocommit() { Ok(()) } else { conn.say("rollback") }
    }

    fn start_rollback(conn: &mut Connection) {
        // If it fails the connection stays in its transaction, which its owner sees.
        let _ = Self::rollback(conn).now_or_never();
    }

    fn get_transaction_depth(conn: &Connection) -> usize {
        usize::from(!conn.raw.is_autocommit())
    }
}
