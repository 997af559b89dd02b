//! What messages say, and where they go.

use chrono::TimeDelta;
use rapport::core::answer::{Answer, Audience};
use rapport::core::content::{Content, Home, HomeAnswer, Note, Started};
use rapport::core::decision::{Change, Decision};
use rapport::core::event::Receipt;
use rapport::core::help::HelpChange;
use rapport::core::id::{DigestId, HelpId, PersonId, QuestionId};
use rapport::core::message::Message;
use rapport::core::person::Person;
use rapport::core::program::Program;
use rapport::core::pulse::Form;
use rapport::core::question::Role;
use rapport::core::scoring::compose;
use rapport::core::unreachable;
use rapport::store::Instead;

use super::super::operations::{
    cases, contents, destinations, digests, late, pairs, people, programs, unreachable as reach, window,
};
use super::{World, day, pair_of, programme, request, someone, tell, tuesday, workspace};

async fn says(world: &mut World, message: &Message) -> Option<Content> {
    let now = tuesday() + TimeDelta::hours(1);
    contents::content(&mut world.conn, &world.vault, message, now).await.expect("read")
}

async fn home(world: &mut World, person: PersonId) -> Home {
    match says(world, &Message::Home { person }).await {
        Some(Content::Home(home)) => home,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_welcome_names_partners_and_coordinators() {
    tell!(world, {
        let (program, ann) = (world.program.id.clone(), world.ann.clone());
        let message = Message::Welcome { program: program.clone(), person: ann.clone() };
        let Some(Content::Welcome(welcome)) = says(&mut world, &message).await else { panic!("no welcome") };
        assert_eq!(welcome.pairs, [(Role::Mentee, "Bo".to_owned())]);
        assert_eq!((welcome.coordinators, welcome.said, welcome.threshold), (vec!["Carla".to_owned()], None, 5));
        world.write(vec![Change::Declined { program: program.clone(), person: ann.clone(), at: tuesday() }]).await;
        let Some(Content::Welcome(welcome)) = says(&mut world, &message).await else { panic!("no welcome") };
        assert_eq!(welcome.said, Some(Started::No));
        let carla = world.carla.clone();
        let note = Message::DeclinedNote { program: program.clone(), person: ann.clone(), coordinator: carla.clone() };
        let Some(Content::Note(Note::Declined { name, user, role, partners, .. })) = says(&mut world, &note).await
        else {
            panic!("no note")
        };
        assert_eq!(
            (name.as_str(), user.as_str(), role, partners),
            ("Ann", "UANN", Role::Mentee, vec!["Bo".to_owned()])
        );
        let back = Change::Started { program: program.clone(), person: ann, at: tuesday() + TimeDelta::minutes(1) };
        world.write(vec![back]).await;
        let now = tuesday() + TimeDelta::minutes(2);
        let instead = late::instead(&mut world.conn, &note, now).await.expect("read");
        assert_eq!(instead, Some(Instead::Drop(Decision::default())), "she came back before the note was sent");
        let Some(Content::Note(Note::Back { name, .. })) = says(&mut world, &note).await else { panic!("no note") };
        assert_eq!(name, "Ann", "what stands says that she is back");
        assert_eq!(says(&mut world, &Message::Welcome { program, person: carla }).await, None);
    });
}

#[tokio::test]
async fn a_pulse_looks_the_same_whoever_answered_and_closes() {
    tell!(world, {
        let first = world.planned(day() - TimeDelta::days(7), 1).await;
        let pulse = world.planned(day(), 2).await;
        let message = Message::Pulse { pulse: pulse.id.clone() };
        let Some(Content::Pulse(open)) = says(&mut world, &message).await else { panic!("no pulse") };
        assert_eq!((open.mentee_name.as_str(), open.mentor_name.as_str()), ("Ann", "Bo"));
        assert_eq!(open.mentee.question.as_str(), "comm-openness");
        assert_eq!((open.frame.number, open.frame.of, open.frame.closed), (2, Some(26), false));
        assert_eq!(Some(open.frame.since), first.id.occurrence(), "since the pulse before");
        assert_eq!(open.frame.program_name, None, "both are in one programme only");
        let answer = world.answer(&pulse, 2, tuesday());
        world.write(vec![Change::Answered(answer)]).await;
        world.write(vec![Change::AskAnswered { pulse: pulse.id.clone(), role: Role::Mentee, at: tuesday() }]).await;
        assert_eq!(says(&mut world, &message).await, Some(Content::Pulse(open.clone())));

        let ann = world.ann.clone();
        let again = Message::PrivatePulse { pulse: pulse.id.clone(), person: ann, day: day() + TimeDelta::days(1) };
        assert_eq!(says(&mut world, &again).await, None, "nobody is reminded of what is done");
        let bo = world.bo.clone();
        let reminder = Message::PrivatePulse { pulse: pulse.id.clone(), person: bo, day: day() + TimeDelta::days(1) };
        let Some(Content::PrivatePulse(private)) = says(&mut world, &reminder).await else { panic!("no reminder") };
        assert_eq!((private.partner.as_str(), private.again), ("Ann", true));

        world.write(vec![Change::Closed { pulse: pulse.id.clone(), at: pulse.closes() }]).await;
        let Some(Content::Pulse(closed)) = says(&mut world, &message).await else { panic!("no pulse") };
        assert!(closed.frame.closed);
        world.write(super::folded(&first, tuesday())).await;
        assert_eq!(says(&mut world, &Message::Pulse { pulse: first.id }).await, None);

        let autumn = programme("Autumn", &world.carla);
        programs::apply_settings(&mut world.conn, &autumn, None, tuesday()).await.expect("applied");
        let other = pair_of(&autumn.id, &world.ann, &world.carla);
        pairs::add(&mut world.conn, &workspace(), &[other], tuesday()).await.expect("added");
        let Some(Content::Pulse(named)) = says(&mut world, &message).await else { panic!("no pulse") };
        assert_eq!(named.frame.program_name.as_deref(), Some("Spring"), "Ann is in two programmes now");
    });
}

#[tokio::test]
async fn a_mentor_of_many_gets_one_message_with_rows() {
    tell!(world, {
        let dan = someone("UDAN", "Dan");
        people::upsert(&mut world.conn, std::slice::from_ref(&dan)).await.expect("written");
        let second = pair_of(&world.program.id, &world.bo, &dan.id);
        pairs::add(&mut world.conn, &workspace(), std::slice::from_ref(&second), tuesday()).await.expect("added");
        let mut first = world.pulse(day(), 1);
        first.form = Form::PrivateRows;
        let mut other = first.clone();
        (other.id, other.pair) = (rapport::core::id::PulseId::new(&second.id, day()), second.id.clone());
        other.mentee.person = dan.id.clone();
        for pulse in [first, other] {
            let next = tuesday() + TimeDelta::days(7);
            world.write(vec![Change::Planned { pulse: Box::new(pulse), spends: vec![], next }]).await;
        }
        let (program, person) = (world.program.id.clone(), world.bo.clone());
        let message = Message::MentorPulses { program, person, occurrence: day() };
        let Some(Content::MentorPulses(pulses)) = says(&mut world, &message).await else { panic!("no rows") };
        assert_eq!(pulses.rows.iter().map(|row| row.partner.as_str()).collect::<Vec<_>>(), ["Ann", "Dan"]);
        assert_eq!((pulses.program_name.as_str(), pulses.more), ("Spring", 0));

        for n in 0..20 {
            let mentee = someone(&format!("UM{n}"), &format!("Mentee {n}"));
            people::upsert(&mut world.conn, std::slice::from_ref(&mentee)).await.expect("written");
            let pair = pair_of(&world.program.id, &world.bo, &mentee.id);
            pairs::add(&mut world.conn, &workspace(), std::slice::from_ref(&pair), tuesday()).await.expect("added");
            let mut pulse = world.pulse(day(), 1);
            pulse.form = Form::PrivateRows;
            (pulse.id, pulse.pair) = (rapport::core::id::PulseId::new(&pair.id, day()), pair.id.clone());
            pulse.mentee.person = mentee.id.clone();
            let next = tuesday() + TimeDelta::days(7);
            world.write(vec![Change::Planned { pulse: Box::new(pulse), spends: vec![], next }]).await;
        }
        let Some(Content::MentorPulses(pulses)) = says(&mut world, &message).await else { panic!("no rows") };
        assert_eq!((pulses.rows.len(), pulses.more), (20, 2));
        let bo = world.bo.clone();
        let before = home(&mut world, bo.clone()).await.open;
        assert_eq!(before.len(), 22);
        // What is answered makes room for what is not.
        let done = before[0].frame.pulse.clone();
        world.write(vec![Change::AskAnswered { pulse: done.clone(), role: Role::Mentor, at: tuesday() }]).await;
        let after = home(&mut world, bo).await.open;
        assert_eq!((&after[0].frame.pulse, &after[21].frame.pulse), (&before[1].frame.pulse, &done));
    });
}

#[tokio::test]
async fn home_shows_ones_own_answers_and_nobody_elses() {
    tell!(world, {
        let old = world.planned(day() - TimeDelta::days(7), 1).await;
        let open = world.planned(day(), 2).await;
        world.planned(day() + TimeDelta::days(7), 3).await;
        let ann = world.ann.clone();
        for pulse in [&old, &open] {
            let answer = world.answer(pulse, 4, tuesday());
            world.write(vec![Change::Answered(answer)]).await;
            world.write(vec![Change::AskAnswered { pulse: pulse.id.clone(), role: Role::Mentee, at: tuesday() }]).await;
        }
        world
            .write(vec![Change::Commented {
                pulse: old.id.clone(),
                person: ann.clone(),
                question: "comm-openness".into(),
                words: "It went well.".into(),
                at: tuesday(),
            }])
            .await;
        world.write(vec![Change::Closed { pulse: old.id.clone(), at: tuesday() }]).await;

        let page = home(&mut world, ann).await;
        assert_eq!(page.open.iter().map(|pulse| &pulse.frame.pulse).collect::<Vec<_>>(), [&open.id], "not yet due");
        assert_eq!(page.past.iter().map(|pulse| &pulse.frame.pulse).collect::<Vec<_>>(), [&old.id]);
        let answer = |comment: Option<&str>| {
            Some(HomeAnswer { value: 4, audience: Audience::Coordinator, comment: comment.map(str::to_owned) })
        };
        assert_eq!(page.open[0].items[0].answer, answer(None));
        assert_eq!(page.open[0].items[1].answer, None);
        assert_eq!(page.past[0].items[0].answer, answer(Some("It went well.")));
        assert_eq!((page.pairs.len(), page.pairs[0].partner.as_str(), page.pairs[0].role), (1, "Bo", Role::Mentee));
        assert_eq!(page.coordinates, Vec::<String>::new());

        let bo = world.bo.clone();
        let partners = home(&mut world, bo).await;
        assert!(partners.open.iter().flat_map(|pulse| &pulse.items).all(|item| item.answer.is_none()));
        assert_eq!(partners.past, []);
        let carla = world.carla.clone();
        assert_eq!(home(&mut world, carla).await.coordinates, ["Spring"]);
        let stranger = home(&mut world, "T1:UNOBODY".into()).await;
        assert_eq!(
            stranger,
            Home {
                open: vec![],
                past: vec![],
                shared: vec![],
                shared_besides: 0,
                pairs: vec![],
                goals: vec![],
                agreements: vec![],
                thanks: vec![],
                record: Default::default(),
                surveys: vec![],
                help: vec![],
                former: vec![],
                coordinates: vec![],
                attention: None,
                rest: None,
                looks: vec![]
            }
        );
    });
}

#[tokio::test]
async fn notes_and_withdrawals_say_what_is_true_now() {
    tell!(world, {
        let (pair, ann, carla) = (world.pair.id.clone(), world.ann.clone(), world.carla.clone());
        let help = HelpId::from("h1");
        let at = tuesday();
        let request = request(&pair, &ann, "We cannot find a time.");
        let receivers = vec![carla.clone()];
        let asked = HelpChange::Asked { request, receivers, passes_on: at + chrono::TimeDelta::days(1) };
        world.write(vec![Change::Help(asked)]).await;
        let note = Message::HelpNote { help: help.clone(), coordinator: carla.clone() };
        let program_name = "Spring".to_owned();
        let said = async |world: &mut World| match says(world, &note).await {
            Some(Content::Note(Note::Help(note))) => (note.name, note.partner, note.words, note.opened.len()),
            other => panic!("{other:?}"),
        };
        assert_eq!(said(&mut world).await, ("Ann".to_owned(), "Bo".to_owned(), None, 0), "it is not opened yet");
        world.write(vec![Change::Help(HelpChange::Opened { help: help.clone(), by: carla.clone(), at })]).await;
        let words = Some("We cannot find a time.".to_owned());
        assert_eq!(said(&mut world).await, ("Ann".to_owned(), "Bo".to_owned(), words, 1));
        let partner = Message::HelpNote { help, coordinator: world.bo.clone() };
        assert_eq!(says(&mut world, &partner).await, None, "it never went to the partner");
        let unreachable = Message::UnreachableNote { pair: pair.clone(), coordinator: carla };
        assert_eq!(says(&mut world, &unreachable).await, None, "nothing is wrong with the pair");
        sqlx::query("update pair set unreachable = 1, unreachable_why = 'user_disabled' where pair_id = $1")
            .bind(pair.as_str())
            .execute(&mut world.conn)
            .await
            .expect("set");
        assert_eq!(
            says(&mut world, &unreachable).await,
            Some(Content::Note(Note::Unreachable {
                program_name,
                pair_name: "Bo & Ann".into(),
                why: "user_disabled".into(),
            }))
        );
        let copy = Receipt { channel: "C1".into(), ts: "1.2".into() };
        let taken_back = Message::Withdrawal { copy: copy.clone() };
        assert_eq!(says(&mut world, &taken_back).await, Some(Content::Withdrawal(copy)));
    });
}

#[tokio::test]
async fn messages_go_to_both_to_one_or_to_where_they_stand() {
    tell!(world, {
        let pulse = world.planned(day(), 1).await;
        let to = async |world: &mut World, message: Message| {
            let to = destinations::destination(&mut world.conn, &message).await.expect("read");
            let names: Vec<String> = to.people.into_iter().map(|person| person.name).collect();
            (names, to.channel)
        };
        let shared = Message::Pulse { pulse: pulse.id.clone() };
        assert_eq!(to(&mut world, shared.clone()).await, (vec!["Ann".to_owned(), "Bo".to_owned()], None));
        for _ in 0..2 {
            destinations::set_channel(&mut world.conn, &pulse.pair, Some("G1")).await.expect("set");
        }
        assert_eq!(to(&mut world, shared).await.1.as_deref(), Some("G1"));
        let home = Message::Home { person: world.bo.clone() };
        assert_eq!(to(&mut world, home).await, (vec!["Bo".to_owned()], None));
        let copy = Receipt { channel: "C1".into(), ts: "1.2".into() };
        assert_eq!(to(&mut world, Message::Withdrawal { copy }).await, (vec![], Some("C1".to_owned())));
    });
}

#[tokio::test]
async fn what_comes_too_late_was_never_asked() {
    tell!(world, {
        let pulse = world.planned(day(), 1).await;
        let instead =
            async |world: &mut World, message: &Message, now| match late::instead(&mut world.conn, message, now)
                .await
                .expect("read")?
            {
                Instead::Drop(decision) => Some(decision.changes),
                Instead::LeaveOut(_) => panic!("there are no rows"),
            };
        let shared = Message::Pulse { pulse: pulse.id.clone() };
        let evening = tuesday() + TimeDelta::hours(9);
        assert_eq!(instead(&mut world, &shared, tuesday()).await, None);
        assert_eq!(instead(&mut world, &shared, evening).await, Some(super::folded(&pulse, evening)));
        assert!(instead(&mut world, &shared, pulse.closes()).await.is_some(), "its time is over");
        let (id, ann, until) = (pulse.id.clone(), world.ann.clone(), tuesday() + TimeDelta::days(1));
        let reminder = Message::PrivatePulse { pulse: id.clone(), person: ann.clone(), day: until.date_naive() };
        world.write(vec![Change::AskSnoozed { pulse: id, role: Role::Mentee, until, at: tuesday() }]).await;
        let night = until + TimeDelta::hours(9);
        assert_eq!(instead(&mut world, &reminder, night).await, Some(vec![]), "she was asked before");
        let home = Message::Home { person: ann };
        assert_eq!(instead(&mut world, &home, evening).await, None, "that has its time always");

        world.write(super::folded(&pulse, evening)).await;
        assert_eq!(instead(&mut world, &shared, evening).await, None);
        assert_eq!(says(&mut world, &shared).await, None);
        assert_eq!(says(&mut world, &reminder).await, None);

        // Its post stands after all.
        let unfolded = |person: &PersonId| Change::AskUnfolded { pulse: pulse.id.clone(), person: person.clone() };
        world.write(vec![unfolded(&world.ann)]).await;
        assert!(says(&mut world, &shared).await.is_some());
        assert_eq!(instead(&mut world, &shared, evening).await.map(|fold| fold.len()), Some(1), "Bo's part is folded");
        world.write(vec![unfolded(&world.bo)]).await;
        assert_eq!(instead(&mut world, &shared, evening).await.map(|fold| fold.len()), Some(2));
        world.write(vec![Change::Closed { pulse: pulse.id.clone(), at: pulse.closes() }]).await;
    });
}

#[tokio::test]
async fn a_reminder_comes_only_to_who_waits_for_it() {
    tell!(world, {
        let pulse = world.planned(day(), 1).await;
        let until = tuesday() + TimeDelta::days(1);
        let (id, ann) = (pulse.id.clone(), world.ann.clone());
        let reminder = Message::PrivatePulse { pulse: id.clone(), person: ann, day: until.date_naive() };
        world.write(vec![Change::AskSkipped { pulse: id.clone(), role: Role::Mentee, at: tuesday() }]).await;
        assert_eq!(says(&mut world, &reminder).await, None);
        let snoozed = |at| Change::AskSnoozed { pulse: id.clone(), role: Role::Mentee, until, at };
        world.write(vec![snoozed(tuesday() - TimeDelta::seconds(1))]).await;
        assert_eq!(says(&mut world, &reminder).await, None, "not this week was said later");
        world.write(vec![snoozed(tuesday() + TimeDelta::seconds(2))]).await;
        let between = tuesday() + TimeDelta::seconds(1);
        world.write(vec![Change::AskSkipped { pulse: id.clone(), role: Role::Mentee, at: between }]).await;
        assert!(says(&mut world, &reminder).await.is_some(), "tomorrow was said later");
        let answered = tuesday() + TimeDelta::hours(2);
        world.write(vec![Change::AskAnswered { pulse: id.clone(), role: Role::Mentee, at: answered }]).await;
        world.write(vec![Change::Closed { pulse: id, at: pulse.closes() }]).await;
        assert_eq!(says(&mut world, &reminder).await, None, "it never came, so nothing of it is to be closed");
    });
}

#[tokio::test]
async fn who_cannot_be_reached_is_told_to_the_coordinators_once() {
    tell!(world, {
        let (pair, bo) = (world.pair.id.clone(), world.bo.clone());
        let note = Message::UnreachableNote { pair: pair.clone(), coordinator: world.carla.clone() };
        let tell = async |world: &mut World, why: &str, at| {
            let case = cases::pair_case(&mut world.conn, &pair).await.expect("read").expect("a pair");
            world.decide(unreachable::unreachable(&case.pair, &case.program, why, at)).await;
        };
        assert_eq!(reach::pairs_of(&mut world.conn, &bo).await.expect("read"), std::slice::from_ref(&pair));
        tell(&mut world, "user_disabled", tuesday()).await;
        tell(&mut world, "other", tuesday() + TimeDelta::days(7)).await;
        assert_eq!(world.raised(note.name().as_str()).await.map(|(wanted, _)| wanted), Some(1));
        let Some(Content::Note(Note::Unreachable { why, .. })) = says(&mut world, &note).await else {
            panic!("no note")
        };
        assert_eq!(why, "user_disabled");

        let gone = Person { deactivated: Some(tuesday()), looked: tuesday(), ..someone("UBO", "Bo") };
        let back = Person { deactivated: None, ..gone.clone() };
        people::upsert(&mut world.conn, std::slice::from_ref(&gone)).await.expect("written");
        assert!(says(&mut world, &note).await.is_some());
        people::upsert(&mut world.conn, &[back]).await.expect("written");
        assert_eq!(says(&mut world, &note).await, None, "he is back");
    });
}

#[tokio::test]
async fn a_value_that_is_not_understood_is_named_by_table_and_column() {
    tell!(world, {
        let pair = world.pair.id.clone();
        sqlx::query("update person set zone = 'Mars/Base' where person_id = $1")
            .bind(world.ann.as_str())
            .execute(&mut world.conn)
            .await
            .expect("set");
        let error = cases::pair_case(&mut world.conn, &pair).await.expect_err("no such zone");
        let said = error.to_string();
        assert!(said.contains("person.") && said.contains("zone") && said.contains("Mars/Base"), "{said}");
    });
}

#[tokio::test]
async fn who_coordinates_no_more_is_told_no_more() {
    tell!(world, {
        let (pair, program, carla) = (world.pair.id.clone(), world.program.id.clone(), world.carla.clone());
        let (ann, at) = (world.ann.clone(), tuesday());
        let request = request(&pair, &ann, "We cannot find a time.");
        let (help, receivers) = (request.id.clone(), vec![carla.clone()]);
        world
            .write(vec![
                Change::Help(HelpChange::Asked { request, receivers, passes_on: at }),
                Change::Declined { program: program.clone(), person: ann.clone(), at },
            ])
            .await;
        sqlx::query("update pair set unreachable = 1, unreachable_why = 'user_disabled'")
            .execute(&mut world.conn)
            .await
            .expect("set");
        let digest = DigestId::new(&program, day(), None);
        let window = window::window(&mut world.conn, &program, at).await.expect("read").expect("a programme");
        let composed = compose::compose(&window, at, None);
        digests::store(&mut world.conn, &digest, &composed, None).await.expect("stored");
        let coordinator = || carla.clone();
        let told = [
            Message::Digest { digest: digest.clone(), coordinator: coordinator() },
            Message::Sheet { digest, coordinator: coordinator(), day: day() },
            Message::DeclinedNote { program, person: ann, coordinator: coordinator() },
            Message::HelpNote { help, coordinator: coordinator() },
            Message::UnreachableNote { pair, coordinator: coordinator() },
        ];
        for message in &told {
            assert!(says(&mut world, message).await.is_some(), "{message:?}");
        }
        let handed_over = Program { coordinators: vec![world.bo.clone()], ..world.program.clone() };
        programs::apply_settings(&mut world.conn, &handed_over, None, at).await.expect("applied");
        for message in &told {
            assert_eq!(says(&mut world, message).await, None, "{message:?}");
        }
    });
}

#[tokio::test]
async fn home_names_what_each_partner_shared_last_and_counts_the_rest() {
    tell!(world, {
        for week in 0..3_i64 {
            let pulse = world.planned(day() - TimeDelta::weeks(3 - week), 1 + week as u32).await;
            for question in ["comm-openness", "growth-skill-used"] {
                let (question, audience) = (QuestionId::from(question), Audience::Partner);
                let answer = Answer { question, audience, ..world.answer(&pulse, 4, pulse.strike) };
                world.write(vec![Change::Answered(answer)]).await;
            }
            world.write(vec![Change::Closed { pulse: pulse.id.clone(), at: pulse.closes() }]).await;
        }
        let bo = world.bo.clone();
        let page = home(&mut world, bo).await;
        assert_eq!((page.shared.len(), page.shared_besides), (4, 2));
        assert!(page.shared.iter().all(|one| one.partner == "Ann" && one.closed > tuesday() - TimeDelta::weeks(2)));
        let ann = world.ann.clone();
        let own = home(&mut world, ann).await;
        assert_eq!((own.shared.len(), own.shared_besides), (0, 0));
    });
}
