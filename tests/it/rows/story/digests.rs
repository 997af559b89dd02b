//! What a digest is made of, and what leaves by an export.

use chrono::TimeDelta;
use rapport::core::act;
use rapport::core::answer::{Answer, Audience};
use rapport::core::care::Care;
use rapport::core::content::{Cared, Content, Said};
use rapport::core::decision::{Change, Reply};
use rapport::core::event::{Act, What};
use rapport::core::id::DigestId;
use rapport::core::message::Message;
use rapport::core::person::Pair;
use rapport::core::question::{Indicator, Role};
use rapport::core::scoring::compose;
use rapport::core::scoring::digest::{CommentRef, Digest, NeverMet, Rate, Silent, WithheldGroups};
use rapport::core::scoring::health::Usual;
use rapport::core::scoring::record::{Asked, Topic};
use rapport::core::scoring::window::Declined;

use super::super::operations::{cases, contents, digests, export, pairs, window};
use super::{World, day, pair_of, tell, tuesday, workspace};

/// A closed pulse: Ann answered for the coordinator and with words, Bo for totals only. And an open one.
async fn a_week(world: &mut World) -> rapport::core::pulse::Pulse {
    let pulse = world.planned(day(), 1).await;
    let (at, id) = (tuesday() + TimeDelta::minutes(1), pulse.id.clone());
    let anns = world.answer(&pulse, 4, at);
    let bos = Answer { person: world.bo.clone(), audience: Audience::OnlyTotals, value: 1, ..anns.clone() };
    let words = |person: &rapport::core::id::PersonId, words: &str| Change::Commented {
        pulse: id.clone(),
        person: person.clone(),
        question: "comm-openness".into(),
        words: words.into(),
        at,
    };
    let comments = [words(&world.ann, "We talk."), words(&world.bo, "Only for totals.")];
    world.write(vec![Change::Answered(anns), Change::Answered(bos)]).await;
    world.write(comments.into()).await;
    world.write(vec![Change::AskAnswered { pulse: id.clone(), role: Role::Mentee, at }]).await;
    world.write(vec![Change::Met { pulse: id.clone(), person: world.ann.clone(), met: true, at }]).await;
    world.write(vec![Change::Closed { pulse: id, at: pulse.closes() }]).await;
    let open = world.planned(day() + TimeDelta::days(7), 2).await;
    let early = world.answer(&open, 5, open.strike);
    world.write(vec![Change::Answered(early)]).await;
    pulse
}

#[tokio::test]
async fn a_window_holds_what_closed_before_the_cut_off() {
    tell!(world, {
        let pulse = a_week(&mut world).await;
        let (program, bo) = (world.program.id.clone(), world.bo.clone());
        world.write(vec![Change::Declined { program: program.clone(), person: bo.clone(), at: tuesday() }]).await;
        let cutoff = tuesday() + TimeDelta::days(6);
        let window = window::window(&mut world.conn, &program, cutoff).await.expect("read").expect("a programme");
        assert_eq!(window.program, world.program);
        assert_eq!(window.pairs.len(), 1);
        assert_eq!(window.pairs[0].pair, world.pair);
        assert_eq!(window.pairs[0].record.last_met, Some(tuesday() + TimeDelta::minutes(1)));
        let record = &window.pairs[0].record;
        let asked = |role, answered| Asked { role, closed: pulse.closes(), answered };
        assert_eq!(record.asked, [asked(Role::Mentee, true), asked(Role::Mentor, false)], "the second pulse is open");
        let given: Vec<_> = record.given.iter().map(|given| (given.role, given.question, given.value)).collect();
        let openness = Topic::all(&world.program)["comm-openness"];
        assert_eq!(given, [(Role::Mentee, openness, 4)], "totals only leave no trace");
        assert_eq!((record.given[0].at, record.given[0].closed), (tuesday() + TimeDelta::minutes(1), pulse.closes()));
        assert_eq!(
            window.asked_about.iter().copied().collect::<Vec<_>>(),
            [Indicator::Growth, Indicator::Communication]
        );
        let comments: Vec<_> = window.comments.iter().map(|comment| (&comment.pulse, &comment.person)).collect();
        assert_eq!(comments, [(&pulse.id, &world.ann)], "words for totals only are not named");
        assert_eq!(window.declined, [Declined { person: bo, at: tuesday() }]);

        let moment = TimeDelta::milliseconds(1);
        for (cutoff, asked, given) in [
            (pulse.closes(), 2, 1),
            (pulse.closes() - moment, 0, 0),
            (pulse.closes() + TimeDelta::weeks(13) - moment, 2, 1),
            (pulse.closes() + TimeDelta::weeks(13), 2, 0),
        ] {
            let window = super::super::operations::window::window(&mut world.conn, &program, cutoff).await;
            let window = window.expect("read").expect("a programme");
            let record = &window.pairs[0].record;
            assert_eq!((record.asked.len(), record.given.len()), (asked, given), "{cutoff}");
            // Whatever became too old to be looked at one by one still makes the person's own usual.
            assert_eq!(record.usual()[0], Usual { n: u32::from(asked > 0), sum: if asked > 0 { 75 } else { 0 } });
        }
        let gone = super::super::operations::window::window(&mut world.conn, &"T1:gone".into(), cutoff).await;
        assert!(gone.expect("read").is_none());
    });
}

#[tokio::test]
async fn a_digest_is_stored_once_and_read_with_names_and_words_of_now() {
    tell!(world, {
        let pulse = a_week(&mut world).await;
        let (pair, ann, bo) = (world.pair.id.clone(), world.ann.clone(), world.bo.clone());
        let reference = |person: &rapport::core::id::PersonId| CommentRef {
            pulse: pulse.id.clone(),
            person: person.clone(),
            question: "comm-openness".into(),
        };
        let digest = Digest {
            surveys: None,
            rules: 1,
            program: world.program.id.clone(),
            cutoff: tuesday() + TimeDelta::days(6),
            from: day() - TimeDelta::days(1),
            until: day() + TimeDelta::days(5),
            week: 3,
            weeks: None,
            pairs: 1,
            answered: Rate { answered: 1, asked: 2 },
            answered_before: None,
            resting: 0,
            indicators: vec![],
            groups: vec![],
            comparisons: vec![],
            batches: vec![],
            withheld: WithheldGroups::default(),
            silent: vec![Silent { pair: pair.clone(), roles: vec![Role::Mentor] }],
            never_met: vec![NeverMet { pair: "erased".into(), days: 12 }],
            silent_beyond: 0,
            never_met_beyond: 0,
            states: None,
            health: None,
            actions: vec![],
            more: vec![],
            watch: vec![],
            last_week: vec![],
            ended: vec![],
            series: vec![],
            meetings: None,
            goals: None,
            nudges: None,
            met: 1,
            // Bo's words are for totals only: even a digest that named them would not show them.
            comments: vec![reference(&bo), reference(&ann)],
            declined: vec![bo.clone()],
        };
        let occurrence = day() + TimeDelta::days(6);
        let id = DigestId::new(&world.program.id, occurrence, None);
        assert!(digests::store(&mut world.conn, &id, &digest, None).await.expect("stored"));
        let other = Digest { met: 9, ..digest.clone() };
        assert!(!digests::store(&mut world.conn, &id, &other, None).await.expect("stored"), "the first stays");
        let copy = DigestId::new(&world.program.id, occurrence, Some(&bo));
        assert!(digests::store(&mut world.conn, &copy, &digest, Some(&bo)).await.expect("stored"));
        assert_eq!(digests::load(&mut world.conn, &id).await.expect("read"), Some(digest.clone()));
        let listed = digests::list(&mut world.conn, &world.program.id, 10).await.expect("read");
        assert_eq!(listed, std::slice::from_ref(&id));
        assert_eq!(listed[0].occurrence(), Some(occurrence));

        let message = Message::Digest { digest: id, coordinator: world.carla.clone() };
        let content = contents::content(&mut world.conn, &world.vault, &message, tuesday()).await.expect("read");
        let Some(Content::Digest(page)) = content else { panic!("no digest") };
        assert_eq!(page.digest, digest);
        assert_eq!(page.pairs.into_iter().collect::<Vec<_>>(), [(pair, ("Bo".to_owned(), "Ann".to_owned()))]);
        assert_eq!(page.people.into_iter().collect::<Vec<_>>(), [(bo, "Bo".to_owned())]);
        let words: Vec<_> =
            page.comments.iter().map(|comment| (comment.name.as_str(), comment.words.as_str())).collect();
        assert_eq!(words, [("Ann", "We talk.")]);
        assert_eq!(page.comments[0].label, "Mostly");
    });
}

#[tokio::test]
async fn only_what_a_coordinator_may_see_leaves() {
    tell!(world, {
        let pulse = a_week(&mut world).await;
        let program = world.program.id.clone();
        let answers = export::answers(&mut world.conn, &program).await.expect("read");
        let lines: Vec<_> = answers.iter().map(|line| (line.person.as_str(), line.value, line.audience)).collect();
        assert_eq!(lines, [("UANN", 4, Audience::Coordinator)], "neither totals only nor what is still open");
        assert_eq!(answers[0].at, "2026-05-19T10:01:00Z");
        let pulses = export::pulses(&mut world.conn, &program).await.expect("read");
        assert_eq!(pulses.iter().map(|line| line.number).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(pulses[0].pulse, pulse.id);
        let pairs = export::pairs(&mut world.conn, &program).await.expect("read");
        assert_eq!((pairs[0].mentor.as_str(), pairs[0].mentee.as_str()), ("UBO", "UANN"));
    });
}

#[tokio::test]
async fn a_coordinator_whose_pair_has_not_begun_reads_their_own_copy_without_the_partner() {
    tell!(world, {
        let (bo, carla, program) = (world.bo.clone(), world.carla.clone(), world.program.id.clone());
        let later = Pair { starts: day() + TimeDelta::days(60), ..pair_of(&program, &bo, &carla) };
        pairs::add(&mut world.conn, &workspace(), std::slice::from_ref(&later), tuesday()).await.expect("a pair");
        let declined = Change::Declined { program: program.clone(), person: bo.clone(), at: tuesday() };
        world.write(vec![declined]).await;
        let cutoff = tuesday() + TimeDelta::days(6);
        let window = window::window(&mut world.conn, &program, cutoff).await.expect("read").expect("a programme");
        let composed = compose::all(&window, cutoff);
        let told: Vec<_> = composed
            .digests
            .iter()
            .map(|(reader, digest)| (reader.as_ref(), digest.declined.clone(), digest.actions.len()))
            .collect();
        assert_eq!(told, [(None, vec![bo], 1), (Some(&carla), vec![], 0)]);
        for (reader, digest) in &composed.digests {
            let id = DigestId::new(&program, day(), reader.as_ref());
            digests::store(&mut world.conn, &id, digest, reader.as_ref()).await.expect("stored");
            let case = cases::digest_case(&mut world.conn, &id, &carla, cutoff).await.expect("read").expect("it");
            let what = What::Cared(Care::Export(id));
            let act = Act { id: "E1".into(), by: carla.clone(), at: cutoff, proof: None, what };
            let exported = act::on_export(&case, &act, cutoff).reply == Reply::Say(Said::Cared(Cared::Exported));
            assert_eq!(exported, reader.is_some(), "only the own copy is for them");
        }
    });
}

#[tokio::test]
async fn what_closes_at_a_cut_off_is_told_by_one_digest_of_two() {
    tell!(world, {
        let pulse = a_week(&mut world).await;
        let program = world.program.id.clone();
        let help = Change::HelpAsked {
            help: "h1".into(),
            pair: world.pair.id.clone(),
            person: world.ann.clone(),
            words: "We need time.".into(),
            at: pulse.closes(),
        };
        world.write(vec![help]).await;
        let mut told = Vec::new();
        for weeks in [0, 1] {
            let cutoff = pulse.closes() + TimeDelta::weeks(weeks);
            let window = window::window(&mut world.conn, &program, cutoff).await.expect("read").expect("a programme");
            let digest = compose::compose(&window, cutoff, None);
            told.push((digest.comments.len(), digest.answered.asked, digest.actions.len()));
        }
        assert_eq!(told, [(0, 0, 0), (1, 2, 1)]);
    });
}
