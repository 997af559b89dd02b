//! The store's statements as stories, each told on both engines.

mod postgres;
mod sqlite;
