//! Sessions and the dates for the next.

use chrono::{Days, TimeDelta};
use rapport::core::content::Content;
use rapport::core::decision::Change;
use rapport::core::id::{MessageName, ProposalId, QuestionId};
use rapport::core::message::Message;
use rapport::core::session::{ProposalState, Session};

use super::super::operations::{cases, contents, sessions};
use super::{day, tell, tuesday};

#[tokio::test]
async fn of_two_words_about_one_day_the_later_counts_and_a_session_is_a_meeting() {
    tell!(world, {
        let (pair, ann, bo) = (world.pair.id.clone(), world.ann.clone(), world.bo.clone());
        let at = |minutes| tuesday() + TimeDelta::minutes(minutes);
        let logged = |by: &rapport::core::id::PersonId, minutes, at| Change::SessionLogged {
            pair: pair.clone(),
            session: Session { day: day(), minutes, by: by.clone(), at },
            in_place_of: None,
        };
        world.write(vec![logged(&bo, Some(60), at(5))]).await;
        world.write(vec![logged(&ann, Some(45), at(1))]).await;
        let case = cases::session_case(&mut world.conn, &pair, &ann, at(6)).await.expect("read").expect("a pair");
        assert_eq!(case.sessions.len(), 1);
        assert_eq!((case.sessions[0].minutes, &case.sessions[0].by), (Some(60), &bo));
        assert!(cases::plan_case(&mut world.conn, &pair, tuesday()).await.expect("read").expect("a pair").met);

        let moved = Session { day: day() - Days::new(1), minutes: Some(60), by: ann.clone(), at: at(7) };
        let moved = Change::SessionLogged { pair: pair.clone(), session: moved, in_place_of: Some(day()) };
        world.write(vec![moved.clone()]).await;
        world.write(vec![moved]).await;
        let kept = sessions::sessions(&mut world.conn, &pair, day() - Days::new(9)).await.expect("read");
        assert_eq!(kept.iter().map(|one| one.day).collect::<Vec<_>>(), [day() - Days::new(1)]);

        let gone = Change::SessionWithdrawn { pair: pair.clone(), day: day() - Days::new(1), at: at(8) };
        world.write(vec![gone]).await;
        assert!(!cases::plan_case(&mut world.conn, &pair, tuesday()).await.expect("read").expect("a pair").met);
    });
}

#[tokio::test]
async fn what_one_says_after_a_session_is_ones_own() {
    tell!(world, {
        let (pair, ann, bo) = (world.pair.id.clone(), world.ann.clone(), world.bo.clone());
        let session = Session { day: day(), minutes: None, by: bo.clone(), at: tuesday() };
        world.write(vec![Change::SessionLogged { pair: pair.clone(), session, in_place_of: None }]).await;
        let rated = |value, at| Change::SessionRated {
            pair: pair.clone(),
            day: day(),
            person: ann.clone(),
            item: QuestionId::from("session-useful"),
            value,
            at,
        };
        world.write(vec![rated(4, tuesday() + TimeDelta::minutes(2))]).await;
        world.write(vec![rated(1, tuesday() + TimeDelta::minutes(1))]).await;
        assert!(world.table("session_answer").await[0].contains("item=session-useful value=4"));
        for (who, left) in [(ann.clone(), 1), (bo.clone(), 2)] {
            let home =
                contents::content(&mut world.conn, &world.vault, &Message::Home { person: who }, tuesday()).await;
            let Ok(Some(Content::Home(home))) = home else { panic!("App Home is there") };
            let of_pair = home.pairs.iter().find(|one| one.pair == pair).expect("the pair");
            assert_eq!(of_pair.sessions.ask.len(), left);
        }
    });
}

#[tokio::test]
async fn the_first_tap_sets_a_date_and_a_new_suggestion_ends_the_old_one() {
    tell!(world, {
        let (pair, ann) = (world.pair.id.clone(), world.ann.clone());
        let date = tuesday() + TimeDelta::days(3);
        let suggested = |name: &str, at| Change::DatesSuggested {
            pair: pair.clone(),
            proposal: ProposalId::from(name),
            by: ann.clone(),
            dates: vec![date, date + TimeDelta::days(1)],
            at,
        };
        world.write(vec![suggested("d1", tuesday())]).await;
        world.write(vec![suggested("d2", tuesday() + TimeDelta::minutes(1))]).await;
        let set = |name: &str, date| Change::DateSet { proposal: ProposalId::from(name), date, at: tuesday() };
        world.write(vec![set("d1", date)]).await;
        world.write(vec![set("d2", date)]).await;
        world.write(vec![set("d2", date + TimeDelta::days(1))]).await;
        let newest = sessions::newest_proposal(&mut world.conn, &pair).await.expect("read").expect("a suggestion");
        assert_eq!((newest.id.as_str(), newest.state), ("d2", ProposalState::Set { date }));
        let message = Message::Dates { pair: pair.clone(), proposal: ProposalId::from("d1") };
        assert_eq!(message.name(), MessageName::from("dates:d1"));
        let old = contents::content(&mut world.conn, &world.vault, &message, tuesday()).await.expect("read");
        let Some(Content::Dates(old)) = old else { panic!("the post has words") };
        assert_eq!((old.proposal.state, old.by.as_str()), (ProposalState::Over, "Ann"));
        world.write(vec![Change::DatesOver { proposal: ProposalId::from("d2"), at: tuesday() }]).await;
        let newest = sessions::newest_proposal(&mut world.conn, &pair).await.expect("read").expect("a suggestion");
        assert_eq!(newest.state, ProposalState::Over);
    });
}
