//! Opening a database, and the sentences when that is not possible.

use std::time::Duration;

use rapport::store::{Options, Store, StoreError};

use super::{Base, at, event_count, on_both_engines};

async fn refusal(url: &str) -> String {
    match Store::open(url, Options::serving(), at(0)).await {
        Ok(_) => panic!("{url} was opened"),
        Err(error) => error.to_string(),
    }
}

async fn many_open_at_once_and_migrate_once(base: Base) {
    let opening = (0..6).map(|_| Store::open(&base.url, Options::visiting(), at(0)));
    for store in futures_util::future::join_all(opening).await {
        let store = store.expect("opened");
        store.ping().await.expect("answers");
        store.close().await;
    }
}

async fn a_visitor_writes_beside_the_server(base: Base) {
    let (server, visitor) = (base.open().await, base.open_beside().await);
    for n in 0..20 {
        let (one, two) = tokio::join!(event_count(&server, n * 2), event_count(&visitor, n * 2 + 1));
        one.and(two).expect("both write");
    }
}

on_both_engines!(many_open_at_once_and_migrate_once, a_visitor_writes_beside_the_server);

#[tokio::test]
async fn a_server_hears_what_a_visitor_wrote() {
    let base = Base::sqlite();
    let (server, visitor) = (base.open().await, base.open_beside().await);
    let mut commits = server.commits();
    commits.mark_unchanged();
    visitor.install("T1".into(), "UBOT".to_owned()).await.expect("written");
    let heard = tokio::time::timeout(Duration::from_secs(10), commits.changed()).await;
    heard.expect("without waiting for the sweep").expect("the server is open");
    server.close().await;
    drop((server, commits));
    visitor.install("T1".into(), "UBOT".to_owned()).await.expect("written, with nobody to hear of it");
}

#[tokio::test]
async fn one_process_serves_from_a_file() {
    let base = Base::sqlite();
    let store = base.open().await;
    let error = Store::open(&base.url, Options::serving(), at(0)).await.err();
    assert!(matches!(&error, Some(StoreError::InUse(why)) if why.contains("Another rapport serves")), "{error:?}");
    store.close().await;
    drop(store);
    base.open().await;
}

#[tokio::test]
async fn what_cannot_be_opened_says_why_and_what_to_do() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path("letter.txt"), "Dear database, ".repeat(100)).expect("written");
    let cases = [
        ("sqlite:".to_owned() + path("nowhere/rapport.db").to_str().expect("text"), "does not exist. Create it"),
        ("sqlite:".to_owned() + path("letter.txt").to_str().expect("text"), "is not a SQLite database"),
        ("sqlite:".to_owned() + folder.path().to_str().expect("text"), "is a folder"),
        ("sqlite::memory:".to_owned(), "names no file"),
        ("mysql://x".to_owned(), "must begin with sqlite: or postgres:"),
        ("postgres://u:hush@127.0.0.1:1/x".to_owned(), "cannot be reached"),
    ];
    for (url, expected) in cases {
        let sentence = refusal(&url).await;
        assert!(sentence.contains(expected), "{url}: {sentence}");
        assert!(!sentence.contains("hush"), "{sentence}");
    }
}

#[tokio::test]
async fn postgres_refusals_keep_the_password() {
    let base = Base::postgres().await;
    for (from, to, expected) in [
        ("secret", "hush", "does not let rapport in"),
        ("rapport:", "nobody:", "does not let nobody in"),
        ("/test_", "/nothing_", "has no database nothing_"),
    ] {
        let sentence = refusal(&base.url.replace(from, to)).await;
        assert!(sentence.contains(expected), "{sentence}");
        assert!(!sentence.contains("hush") && !sentence.contains("secret"), "{sentence}");
    }
}
