//! Thanks: sealed words, changed or taken back as long as they wait.

use chrono::{DateTime, TimeDelta, Utc};
use rapport::core::content::Content;
use rapport::core::decision::{Change, Decision};
use rapport::core::message::Message;
use rapport::core::thanks::{Thanks, ThanksChange};

use super::super::operations::{apply, cases, contents, export, late, thanks};
use super::{World, tell, tuesday, workspace};

fn at(minutes: i64) -> DateTime<Utc> {
    tuesday() + TimeDelta::minutes(minutes)
}

fn said(world: &World, words: &str, minute: i64) -> Thanks {
    let (from, to) = (world.pair.mentee.clone(), world.pair.mentor.clone());
    let (pair, words) = (world.pair.id.clone(), words.to_owned());
    Thanks { id: "t".into(), pair, from, to, words, at: at(minute), due: at(minute + 10) }
}

fn post(world: &World) -> Message {
    Message::Thanks { thanks: "t".into(), person: world.pair.mentor.clone() }
}

/// Writes it with its message, as a decision does.
async fn says(world: &mut World, words: &str, minute: i64) {
    let thanks = said(world, words, minute);
    let messages = vec![post(world).at(thanks.due)];
    let decision =
        Decision { changes: vec![Change::Thanks(ThanksChange::Said(thanks))], messages, ..Default::default() };
    apply::apply(&mut world.conn, &world.vault, &decision, &workspace(), at(minute)).await.expect("written");
}

#[tokio::test]
async fn of_two_writings_the_later_counts_and_what_is_sent_is_not_changed() {
    tell!(world, {
        says(&mut world, "For the story", 0).await;
        says(&mut world, "For the long story", 5).await;
        says(&mut world, "Earlier words", 3).await;
        let rows = world.table("thanks").await.join("\n");
        assert!(!rows.contains("story"), "{rows}");
        let (pair, mentee, mentor) = (world.pair.id.clone(), world.pair.mentee.clone(), world.pair.mentor.clone());
        let case = cases::thanks_case(&mut world.conn, &world.vault, &pair, &mentee, at(14)).await.expect("read");
        let case = case.expect("a pair");
        assert_eq!(case.waiting.map(|thanks| thanks.words).as_deref(), Some("For the long story"));
        assert_eq!((case.sent.len(), case.lately), (0, 1));
        let message = post(&world);
        assert_eq!(late::waits(&mut world.conn, &message, at(14)).await.expect("read"), Some(at(15)));
        let says_now = contents::content(&mut world.conn, &world.vault, &message, at(14)).await.expect("read");
        assert_eq!(says_now, None);
        says(&mut world, "Too late", 15).await;
        assert_eq!(late::waits(&mut world.conn, &message, at(15)).await.expect("read"), None);
        let says_now = contents::content(&mut world.conn, &world.vault, &message, at(15)).await.expect("read");
        let Some(Content::Thanks(post)) = says_now else { panic!("thanks is there") };
        assert_eq!((post.words.as_str(), post.running), ("For the long story", true));
        let received = thanks::received(&mut world.conn, &world.vault, &mentor, at(15)).await.expect("read");
        assert_eq!(
            received.iter().map(|(thanks, _)| thanks.words.as_str()).collect::<Vec<_>>(),
            ["For the long story"]
        );
        assert!(thanks::received(&mut world.conn, &world.vault, &mentee, at(15)).await.expect("read").is_empty());
        let case = cases::thanks_case(&mut world.conn, &world.vault, &pair, &mentee, at(16)).await.expect("read");
        assert_eq!(case.map(|case| (case.waiting, case.sent.len())), Some((None, 1)));
        let case = cases::thanks_case(&mut world.conn, &world.vault, &pair, &mentor, at(16)).await.expect("read");
        assert_eq!(case.map(|case| case.sent.len()), Some(0), "what the other said is the other's");
        let program = world.pair.program.clone();
        let lines = export::thanks(&mut world.conn, &program, at(16)).await.expect("read");
        assert_eq!((lines[0].by_mentee, lines[0].by_mentor), (1, 0));
    });
}

#[tokio::test]
async fn what_is_taken_back_is_gone_with_its_message() {
    tell!(world, {
        says(&mut world, "For the story", 0).await;
        let (vault_rows, outbox) = (world.table("thanks").await.len(), world.table("outbox").await);
        assert!(vault_rows == 1 && outbox.iter().any(|row| row.contains("thanks:t")), "{outbox:?}");
        let back = |at| Change::Thanks(ThanksChange::TakenBack { thanks: "t".into(), at });
        world.write(vec![back(at(10))]).await;
        assert_eq!(world.table("thanks").await.len(), 1, "it is sent by then");
        world.write(vec![back(at(9))]).await;
        assert_eq!(world.table("thanks").await, Vec::<String>::new());
        assert!(!world.table("outbox").await.iter().any(|row| row.contains("thanks:t")));
        let program = world.pair.program.clone();
        assert_eq!(export::thanks(&mut world.conn, &program, at(60)).await.expect("read"), []);
    });
}
