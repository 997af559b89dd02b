//! The store's statements as stories, each told on both engines.

mod postgres;
mod sqlite;

/// All migrations in their order.
fn schema() -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/migrations");
    let files = std::fs::read_dir(folder).expect("the folder is there");
    let mut files: Vec<_> = files.map(|file| file.expect("a file").path()).collect();
    files.sort();
    let read = |file| std::fs::read_to_string(file).expect("a migration is text");
    files.into_iter().map(read).collect::<Vec<_>>().join("\n")
}
