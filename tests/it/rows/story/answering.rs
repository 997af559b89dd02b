//! Answers, words and meetings: the later counts, nothing enters what is over, strangers see nothing.

use chrono::TimeDelta;
use rapport::core::answer::{Answer, Audience, Comment};
use rapport::core::content::Said;
use rapport::core::decision::{Change, Decision, Reply};
use rapport::core::event::{Act, What};
use rapport::core::id::{HelpId, PersonId, QuestionId};
use rapport::core::message::Message;
use rapport::core::pulse::AskState;
use rapport::core::question::Role;

use super::super::operations::{act, cases, raise};
use super::{day, tell, tuesday, workspace};

#[tokio::test]
async fn the_later_answer_counts_in_whatever_order_they_arrive() {
    tell!(world, {
        let pulse = world.planned(day(), 1).await;
        let (early, late) = (tuesday() + TimeDelta::minutes(1), tuesday() + TimeDelta::minutes(2));
        let home = Message::Home { person: world.ann.clone() };
        let answered = |answer| Decision {
            changes: vec![
                Change::Answered(answer),
                Change::AskAnswered { pulse: pulse.id.clone(), role: Role::Mentee, at: late },
            ],
            messages: vec![home.clone().at(late)],
            ..Decision::default()
        };
        let second = answered(world.answer(&pulse, 4, late));
        world.decide(second).await;
        let before = world.dump().await;
        let first = answered(world.answer(&pulse, 1, early));
        world.decide(first).await;
        assert_eq!(before, world.dump().await, "an older answer came late and changed something");
        assert_eq!(world.raised(home.name().as_str()).await.map(|(wanted, _)| wanted), Some(1));

        // Who sees it is an act of its own, which a changed answer leaves as it is.
        let chosen = |audience, at| Change::AudienceChosen {
            pulse: pulse.id.clone(),
            person: world.ann.clone(),
            question: "comm-openness".into(),
            audience,
            at,
        };
        let (share, narrow) = (chosen(Audience::Partner, early), chosen(Audience::OnlyTotals, late));
        world.write(vec![narrow]).await;
        let before = world.dump().await;
        world.write(vec![share]).await;
        assert_eq!(before, world.dump().await, "an older choice came late and widened who sees it");
        let corrected = world.answer(&pulse, 5, late + TimeDelta::seconds(1));
        world.write(vec![Change::Answered(corrected.clone())]).await;
        let corrected = Answer { audience: Audience::OnlyTotals, audience_at: Some(late), ..corrected };
        let ann = world.ann.clone();
        let case = cases::pulse_case(&mut world.conn, &pulse.id, &ann, &world.vault).await.expect("read");
        let case = case.expect("a pulse");
        assert_eq!(case.answers, [corrected]);
        assert_eq!(case.pulse.mentee.state, AskState::Answered { at: late });
        assert_eq!(case.pulse.mentor.state, AskState::Open);
        assert_eq!((case.pair, case.program), (world.pair.clone(), world.program.clone()));
        assert_eq!((case.mentee.name.as_str(), case.mentor.name.as_str()), ("Ann", "Bo"));
        assert!(!case.home_opened);
    });
}

#[tokio::test]
async fn a_case_holds_the_actors_own_words_and_nobody_elses() {
    tell!(world, {
        let pulse = world.planned(day(), 1).await;
        let question = QuestionId::from("comm-openness");
        let at = tuesday() + TimeDelta::minutes(1);
        let ann = world.ann.clone();
        let comment = |words: &str, at| Change::Commented {
            pulse: pulse.id.clone(),
            person: ann.clone(),
            question: question.clone(),
            words: words.into(),
            at,
        };
        let stands = |words: &str, at| Comment { question: question.clone(), words: words.to_owned(), at };
        let answer = world.answer(&pulse, 3, at);
        world.write(vec![Change::Answered(answer.clone()), comment("He listens.", at)]).await;
        world.write(vec![Change::HomeOpened { person: ann.clone(), at }]).await;
        let stored = world.table("comment").await;
        assert!(stored.len() == 1 && !stored[0].contains("listens"), "words stand sealed: {stored:?}");

        let stranger = PersonId::from("T1:UNOBODY");
        for (actor, answers, words) in [
            (world.ann.clone(), vec![answer], vec![stands("He listens.", at)]),
            (world.bo.clone(), vec![], vec![]),
            (world.carla.clone(), vec![], vec![]),
            (stranger, vec![], vec![]),
        ] {
            let case = cases::pulse_case(&mut world.conn, &pulse.id, &actor, &world.vault).await.expect("read");
            let case = case.expect("a pulse");
            assert_eq!((case.answers, case.comments), (answers, words), "{actor}");
            assert_eq!(case.home_opened, actor == world.ann);
            assert_eq!(case.pulse.id, pulse.id);
        }

        // Another key cannot read it, and the error says what to do instead of anything of the words.
        let other =
            rapport::store::vault::Vault::read(&rapport::store::vault::Vault::new_key_file_text()).expect("a key");
        let error = cases::pulse_case(&mut world.conn, &pulse.id, &world.ann, &other).await.expect_err("another key");
        assert!(error.to_string().contains("not in the key file"), "{error}");

        let second = |n| at + TimeDelta::seconds(n);
        world.write(vec![comment("He listens well.", second(2))]).await;
        world.write(vec![comment("He lis", second(1))]).await;
        let case = cases::pulse_case(&mut world.conn, &pulse.id, &world.ann, &world.vault).await.expect("read");
        assert_eq!(case.expect("a pulse").comments, [stands("He listens well.", second(2))]);
        // The same words again are the later word all the same.
        world.write(vec![comment("He listens well.", second(4))]).await;
        world.write(vec![comment("", second(3))]).await;
        assert_eq!(world.table("comment").await.len(), 1, "that was said before");
        world.write(vec![comment("", second(5))]).await;
        assert_eq!(world.table("comment").await.len(), 0, "withdrawn words are gone");
        world.write(vec![comment("He listens.", second(4))]).await;
        assert_eq!(world.table("comment").await.len(), 0, "older words do not come back");
        let case = cases::pulse_case(&mut world.conn, &pulse.id, &world.ann, &world.vault).await.expect("read");
        assert_eq!(case.expect("a pulse").comments, [stands("", second(5))]);
    });
}

#[tokio::test]
async fn nothing_enters_a_pulse_that_is_closed_or_folded() {
    tell!(world, {
        let closed = world.planned(day(), 1).await;
        let folded = world.planned(day() + TimeDelta::days(7), 2).await;
        let question = QuestionId::from("comm-openness");
        let at = tuesday() + TimeDelta::hours(1);
        let answer = world.answer(&closed, 3, at);
        world.write(vec![Change::Answered(answer.clone())]).await;
        world.write(vec![Change::AskAnswered { pulse: closed.id.clone(), role: Role::Mentee, at }]).await;
        world.write(vec![Change::Closed { pulse: closed.id.clone(), at: at + TimeDelta::days(3) }]).await;
        world.write(super::folded(&folded, at + TimeDelta::days(9))).await;
        let over = world.dump().await;
        for pulse in [&closed, &folded] {
            let late = at + TimeDelta::days(10);
            let (id, ann) = (pulse.id.clone(), world.ann.clone());
            for change in [
                Change::Answered(world.answer(pulse, 5, late)),
                Change::AskAnswered { pulse: id.clone(), role: Role::Mentor, at: late },
                Change::AskSkipped { pulse: id.clone(), role: Role::Mentor, at: late },
                Change::Commented {
                    pulse: id.clone(),
                    person: ann.clone(),
                    question: question.clone(),
                    words: "late".into(),
                    at: late,
                },
                Change::AudienceChosen {
                    pulse: id.clone(),
                    person: ann.clone(),
                    question: question.clone(),
                    audience: Audience::OnlyTotals,
                    at: late,
                },
                Change::Met { pulse: id.clone(), person: ann.clone(), met: true, at: late },
                Change::Closed { pulse: id.clone(), at: late },
                Change::AskFolded { pulse: id.clone(), role: Role::Mentor, at: late },
                Change::AskSnoozed { pulse: id.clone(), role: Role::Mentor, until: late, at: late },
            ] {
                let home = Message::Home { person: ann.clone() }.at(late);
                world
                    .decide(Decision { changes: vec![change.clone()], messages: vec![home], ..Decision::default() })
                    .await;
                assert_eq!(over, world.dump().await, "{change:?} changed what is over");
            }
        }
        let (ann, bo) = (world.ann.clone(), world.bo.clone());
        let case = cases::pulse_case(&mut world.conn, &closed.id, &bo, &world.vault).await.expect("read");
        let pulse = case.expect("a pulse").pulse;
        assert_eq!(pulse.mentee.state, AskState::Answered { at });
        assert_eq!(pulse.mentor.state, AskState::Closed { at: at + TimeDelta::days(3) }, "missed");
        assert_eq!(pulse.closed, Some(at + TimeDelta::days(3)));
        let case = cases::pulse_case(&mut world.conn, &folded.id, &ann, &world.vault).await.expect("read");
        assert_eq!(case.expect("a pulse").pulse.mentee.state, AskState::Folded { at: at + TimeDelta::days(9) });
    });
}

#[tokio::test]
async fn skipping_gives_way_to_an_answer_and_meetings_are_facts() {
    tell!(world, {
        let pulse = world.planned(day(), 1).await;
        let at = tuesday() + TimeDelta::minutes(5);
        let (id, ann) = (pulse.id.clone(), world.ann.clone());
        let state = |case: Option<rapport::core::case::PulseCase>| case.expect("a pulse").pulse.mentee.state;
        world.write(vec![Change::AskSkipped { pulse: id.clone(), role: Role::Mentee, at }]).await;
        let case = cases::pulse_case(&mut world.conn, &id, &ann, &world.vault).await.expect("read");
        assert_eq!(state(case), AskState::Skipped { at });
        world.write(vec![Change::AskAnswered { pulse: id.clone(), role: Role::Mentee, at }]).await;
        world.write(vec![Change::AskSkipped { pulse: id.clone(), role: Role::Mentee, at }]).await;
        let case = cases::pulse_case(&mut world.conn, &id, &ann, &world.vault).await.expect("read");
        assert_eq!(state(case), AskState::Answered { at });

        let met = |met, at| Change::Met { pulse: id.clone(), person: ann.clone(), met, at };
        world.write(vec![met(true, at)]).await;
        world.write(vec![met(false, at - TimeDelta::seconds(1))]).await;
        let plan = cases::plan_case(&mut world.conn, &pulse.pair, tuesday()).await.expect("read").expect("a pair");
        assert!(plan.met);
        world.write(vec![met(false, at + TimeDelta::seconds(1))]).await;
        let plan = cases::plan_case(&mut world.conn, &pulse.pair, tuesday()).await.expect("read").expect("a pair");
        assert!(!plan.met, "the later word counts");

        world
            .write(vec![Change::HelpAsked {
                help: HelpId::from("h1"),
                pair: pulse.pair.clone(),
                person: ann.clone(),
                words: "We cannot find a time.".into(),
                at,
            }])
            .await;
        assert_eq!(world.table("help").await.len(), 1);
        assert!(!world.table("help").await[0].contains("time."));
    });
}

#[tokio::test]
async fn an_event_that_comes_again_does_nothing_and_says_nothing() {
    tell!(world, {
        let pulse = world.planned(day(), 1).await;
        let tap = Act {
            id: "E1".into(),
            by: world.ann.clone(),
            at: tuesday() + TimeDelta::minutes(1),
            proof: None,
            what: What::Answered { pulse: pulse.id.clone(), question: "comm-openness".into(), value: 4 },
        };
        let speaker = Some(act::Speaker { holder: "me", until: tuesday() + TimeDelta::minutes(25) });
        world.write(vec![Change::HomeOpened { person: world.ann.clone(), at: tuesday() }]).await;
        let first = act::act(&mut world.conn, &world.vault, &tap, tap.at, speaker).await.expect("done");
        assert!(!first.repeated);
        let Reply::Say(Said::Saved { label, .. }) = first.reply else { panic!("{first:?}") };
        assert_eq!(label, "Mostly");
        let answer = Answer { at: tap.at, ..world.answer(&pulse, 4, tap.at) };
        let ann = world.ann.clone();
        let case = cases::pulse_case(&mut world.conn, &pulse.id, &ann, &world.vault).await.expect("read");
        let case = case.expect("a pulse");
        assert_eq!((case.answers, case.pulse.mentee.state), (vec![answer], AskState::Answered { at: tap.at }));
        let home = Message::Home { person: ann }.name();
        assert_eq!(world.raised(home.as_str()).await.map(|(wanted, _)| wanted), Some(1));
        assert_eq!(world.raised("said:E1").await.map(|(wanted, _)| wanted), Some(1));
        let once = world.dump().await;
        for _ in 0..2 {
            let again = act::act(&mut world.conn, &world.vault, &tap, tap.at, speaker).await.expect("done");
            assert_eq!((again.repeated, again.reply), (true, Reply::Nothing));
            assert_eq!(once, world.dump().await);
        }
        // What is not here is refused kindly, and leaves only the event.
        for (id, what) in [
            ("E2", What::Skipped { pulse: "pulse:gone:2026-05-19".into() }),
            ("E3", What::OpenedHelp { pair: "gone".into() }),
            ("E4", What::Started { program: "T1:gone".into() }),
            ("E5", What::Unknown { kind: "x".into() }),
        ] {
            let lost = Act { id: id.into(), what, ..tap.clone() };
            let acted = act::act(&mut world.conn, &world.vault, &lost, tap.at, None).await.expect("done");
            assert!(matches!(acted.reply, Reply::Say(Said::Refused(_))) && !acted.repeated, "{acted:?}");
        }
        assert_eq!(world.table("event").await.len(), 5);

        raise::raise_said(&mut world.conn, &"E9".into(), &world.ann, "me", tuesday(), tuesday()).await.expect("raised");
        let said = world.table("outbox").await;
        raise::raise_said(&mut world.conn, &"E9".into(), &world.ann, "you", tuesday(), tuesday())
            .await
            .expect("raised");
        assert_eq!(said, world.table("outbox").await);
        let said = said.iter().find(|line| line.contains("name=said:E9")).expect("a row");
        for part in ["attempts=1", "holder=me", "shown=0", "wanted=1", "place=reply:T1:UANN"] {
            assert!(said.contains(part), "{said}");
        }
    });
}

#[tokio::test]
async fn a_wish_for_a_message_keeps_the_earlier_time_and_no_wish_breaks_a_back_off() {
    tell!(world, {
        let home = Message::Home { person: world.bo.clone() };
        let name = home.name();
        let ms = |minutes| (tuesday() + TimeDelta::minutes(minutes)).timestamp_millis();
        let send = |minutes| home.clone().at(tuesday() + TimeDelta::minutes(minutes));
        for (minutes, wanted, due) in [(10, 1, 10), (20, 2, 10), (5, 3, 5)] {
            raise::raise(&mut world.conn, &workspace(), &send(minutes)).await.expect("raised");
            assert_eq!(world.raised(name.as_str()).await, Some((wanted, Some(ms(due)))));
        }
        let set = |sql: &'static str| sqlx::query(sql).bind(name.as_str().to_owned()).bind(ms(30));
        set("update outbox set attempts = 2, due = $2 where name = $1").execute(&mut world.conn).await.expect("set");
        raise::raise(&mut world.conn, &workspace(), &send(6)).await.expect("raised");
        assert_eq!(world.raised(name.as_str()).await, Some((4, Some(ms(30)))), "a back-off stays");
        set("update outbox set attempts = 0, shown = 4, due = null, first_try = $2 where name = $1")
            .execute(&mut world.conn)
            .await
            .expect("set");
        raise::raise(&mut world.conn, &workspace(), &send(7)).await.expect("raised");
        assert_eq!(world.raised(name.as_str()).await, Some((5, Some(ms(7)))), "shown, then wanted again");
        set("update outbox set dead = $2, due = null where name = $1").execute(&mut world.conn).await.expect("set");
        raise::raise(&mut world.conn, &workspace(), &send(8)).await.expect("raised");
        assert_eq!(world.raised(name.as_str()).await, Some((6, None)), "the dead stay dead");
    });
}
