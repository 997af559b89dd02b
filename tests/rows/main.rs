//! The store's statements as stories, on SQLite and, where `DATABASE_URL_TEST` names a server, on PostgreSQL.

mod postgres;
mod sqlite;
