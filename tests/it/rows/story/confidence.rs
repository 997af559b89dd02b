//! Help, fit and endings: each is written once, whoever writes it how often, and nothing reaches the other of the two.

use chrono::TimeDelta;
use rapport::core::attention::Spent;
use rapport::core::decision::Change;
use rapport::core::ending::{EndReason, Ending};
use rapport::core::fit::{Fit, FitChange, FitState, MayKnow};
use rapport::core::help::HelpChange;
use rapport::core::id::HelpId;

use super::super::operations::{cases, contents, due, endings, export, fit, help, late};
use super::{request, tell, tuesday};
use rapport::core::message::Message;

#[tokio::test]
async fn a_request_is_passed_on_once_and_not_after_somebody_has_opened_it() {
    tell!(world, {
        let (pair, ann, carla, bo) = (world.pair.id.clone(), world.ann.clone(), world.carla.clone(), world.bo.clone());
        let (id, day) = (HelpId::from("h1"), tuesday() + TimeDelta::days(1));
        let request = request(&pair, &ann, "We cannot find a time.");
        let asked = HelpChange::Asked { request: request.clone(), receivers: vec![carla.clone()], passes_on: day };
        for _ in 0..2 {
            world.write(vec![Change::Help(asked.clone())]).await;
        }
        let conn = &mut world.conn;
        assert_eq!(help::own(conn, &world.vault, &pair, &ann, tuesday()).await.expect("read"), [request]);
        assert!(help::due(conn, day - TimeDelta::seconds(1), 9).await.expect("read").is_empty());
        assert_eq!(help::due(conn, day, 9).await.expect("read"), std::slice::from_ref(&id));
        assert!(due::next_due(conn).await.expect("read").is_some_and(|next| next <= day));
        let case = cases::unopened_case(conn, &id).await.expect("read").expect("a request");
        assert_eq!((case.person.name.as_str(), case.receivers.len(), case.deputy), ("Ann", 1, None));
        assert!(help::program_of(conn, &id).await.expect("read").is_some());
        let passed = HelpChange::PassedOn { help: id.clone(), to: Some(bo.clone()), at: day };
        for _ in 0..2 {
            world.write(vec![Change::Help(passed.clone())]).await;
        }
        help::settled(&mut world.conn, &id).await.expect("written");
        assert!(help::due(&mut world.conn, day, 9).await.expect("read").is_empty());
        let late = contents::help::late(&mut world.conn, &world.vault, &id).await.expect("read").expect("a word");
        assert_eq!(
            (late.receivers, late.passed_on.and_then(|(_, name)| name)),
            (vec!["Carla".into()], Some("Bo".into()))
        );
        for change in [
            HelpChange::Opened { help: id.clone(), by: carla.clone(), at: day },
            HelpChange::Handled { help: id.clone(), by: carla.clone(), at: day },
        ] {
            world.write(vec![Change::Help(change)]).await;
        }
        let conn = &mut world.conn;
        assert!(contents::help::late(conn, &world.vault, &id).await.expect("read").is_none(), "somebody has opened it");
        let own = contents::help::of_person(conn, &world.vault, &ann, day).await.expect("read");
        assert_eq!(own[0].opened.len(), 1);
        let case = cases::help_case(conn, &world.vault, &id, &carla).await.expect("read").expect("a request");
        assert_eq!((case.note.handled.len(), case.asker), (1, ann.clone()));
        assert!(cases::help_case(conn, &world.vault, &id, &ann).await.expect("read").is_none(), "it went to others");
        assert!(cases::asking_case(conn, &world.vault, &pair, &ann, day).await.expect("read").is_some());
    });
}

#[tokio::test]
async fn what_one_says_of_the_fit_is_read_for_that_one_alone() {
    tell!(world, {
        let (pair, ann, bo, at) = (world.pair.id.clone(), world.ann.clone(), world.bo.clone(), tuesday());
        let message = Message::FitQuestion { pair: pair.clone(), person: ann.clone(), times: 1 };
        let spent = Spent::on(&ann, chrono_tz::Tz::Europe__Berlin, at, message.name());
        let asked = FitChange::Asked { pair: pair.clone(), person: ann.clone(), times: 1, spent, at };
        for _ in 0..2 {
            world.write(vec![Change::Fit(asked.clone())]).await;
        }
        assert_eq!(world.table("attention").await.len(), 1);
        let look = FitChange::Look { pair: pair.clone(), next: None };
        world.write(vec![Change::Fit(look)]).await;
        assert!(fit::due(&mut world.conn, at + TimeDelta::days(90), 9).await.expect("read").is_empty());
        let said = |answer, may_know, minutes| FitChange::Said {
            pair: pair.clone(),
            person: ann.clone(),
            fit: answer,
            may_know,
            at: at + TimeDelta::minutes(minutes),
            again: Some(at + TimeDelta::weeks(3)),
        };
        for change in [said(Fit::NotGood, Some(MayKnow::Coordinator), 5), said(Fit::Good, None, 4)] {
            world.write(vec![Change::Fit(change)]).await;
        }
        let conn = &mut world.conn;
        let known = fit::state(conn, &pair, &ann).await.expect("read");
        let later = Some(at + TimeDelta::minutes(5));
        let expected =
            FitState { times: 1, answer: Some(Fit::NotGood), may_know: Some(MayKnow::Coordinator), at: later };
        assert_eq!(known, expected, "the later word counts");
        assert_eq!(fit::state(conn, &pair, &bo).await.expect("read"), FitState::default());
        assert_eq!(fit::due(conn, at + TimeDelta::weeks(3), 9).await.expect("read"), std::slice::from_ref(&pair));
        assert!(late::instead(conn, &message, at).await.expect("read").is_some(), "it is answered already");
        let case = cases::fit_case(conn, &pair, &bo).await.expect("read").expect("a pair");
        assert_eq!(case.state, FitState::default());
        let plan = cases::fit_plan_case(conn, &pair, at).await.expect("read").expect("a pair");
        assert_eq!((plan.met, plan.sides[0].state.answer.is_some()), (false, true));
    });
}

#[tokio::test]
async fn a_pair_ends_once_and_comes_back_only_with_its_programme() {
    tell!(world, {
        let (pair, ann, at) = (world.pair.id.clone(), world.ann.clone(), tuesday());
        let ended = |reason, minutes| {
            let (by, at) = (Some(world.ann.clone()), at + TimeDelta::minutes(minutes));
            Change::Ended(Ending { pair: pair.clone(), reason, by, at, spends: Vec::new() })
        };
        let (first, second) = (ended(EndReason::NoTime, 0), ended(EndReason::DidNotFit, 5));
        for change in [first, second] {
            world.write(vec![change]).await;
        }
        let program = world.program.id.clone();
        let conn = &mut world.conn;
        let reasons = endings::reasons(conn, &program).await.expect("read");
        assert_eq!(reasons.get(&pair).map(String::as_str), Some("no_time"), "the first stays");
        let former = endings::former(conn, &ann).await.expect("read");
        assert_eq!((former.len(), former[0].ended), (1, at));
        let case = cases::end_case(conn, &pair, at).await.expect("read").expect("a pair");
        assert!(case.facts.pair.ended.is_some());
        let lines = export::pairs(conn, &program).await.expect("read");
        assert!(lines.iter().any(|line| line.ended_reason.as_deref() == Some("no_time")));
        let dates = Message::Dates { pair: pair.clone(), proposal: "d".into() };
        assert!(late::instead(conn, &dates, at).await.expect("read").is_some(), "nobody asks an ended pair for a date");
        endings::go_on(conn, &program, at).await.expect("written");
        assert_eq!(endings::former(conn, &ann).await.expect("read").len(), 1, "it was ended by somebody");
        sqlx::query("update pair set ended_reason = 'planned'").execute(&mut *conn).await.expect("set");
        endings::go_on(conn, &program, at).await.expect("written");
        assert!(endings::former(conn, &ann).await.expect("read").is_empty());
    });
}
