//! What coordinators do, look at and are answered: each is written once, whoever writes it how often.

use chrono::TimeDelta;
use rapport::core::act;
use rapport::core::care::{About, Care, Looked, Step, StepKind, Whereof};
use rapport::core::content::{Note, Said, Started};
use rapport::core::decision::{Change, Reply};
use rapport::core::event::{Act, What};
use rapport::core::id::{PersonId, StepId};
use rapport::core::message::Message;
use rapport::core::question::Role;
use rapport::core::refusal::Refusal;
use rapport::core::scoring::digest::{LineId, Subject};

use super::super::operations::contents::{self, page};
use super::super::operations::{care, cases, destinations, export, pairs};
use super::{World, day, pair_of, tell, tuesday, workspace};

impl World {
    fn step(&self, kind: StepKind, line: Option<&LineId>, by: &PersonId, minutes: i64) -> Step {
        let whereof = line.map_or(Whereof::Pair(self.pair.id.clone()), |line| Whereof::Line(line.clone()));
        let (pair, at) = (Some(self.pair.id.clone()), tuesday() + TimeDelta::minutes(minutes));
        Step { id: StepId::new(kind, &whereof, day()), kind, line: line.cloned(), pair, by: by.clone(), at }
    }

    async fn takes(&mut self, step: &Step, words: Option<&str>) {
        let (step, program, words) = (step.clone(), self.program.id.clone(), words.map(str::to_owned));
        self.write(vec![Change::Stepped { step, program, words }]).await;
    }
}

#[tokio::test]
async fn a_step_about_a_line_is_taken_once_and_a_label_may_change() {
    tell!(world, {
        let line = LineId::new(tuesday(), &Subject::Pair(world.pair.id.clone()));
        let (carla, bo) = (world.carla.clone(), world.bo.clone());
        let first = world.step(StepKind::WroteToBoth, Some(&line), &carla, 0);
        let second = world.step(StepKind::WroteToBoth, Some(&line), &bo, 5);
        world.takes(&first, Some("Shall we talk?")).await;
        world.takes(&second, Some("Something else.")).await;
        let own = world.step(StepKind::Handled, None, &carla, 6);
        world.takes(&own, None).await;
        let known = care::steps(&mut world.conn, Some(&line), None).await.expect("read");
        assert_eq!(known, [(first.clone(), "Carla".to_owned())], "the first stays");
        let known = care::steps(&mut world.conn, None, Some(&world.pair.id)).await.expect("read");
        assert_eq!(known, [(own, "Carla".to_owned())], "what began on the page is no line's");

        let word = contents::care::word_to_both(&mut world.conn, &world.vault, &first.id).await.expect("read");
        assert_eq!(word.expect("words").words, "Shall we talk?");
        assert!(!world.table("step").await.concat().contains("Shall we talk"), "words are sealed");

        let well = world.step(StepKind::AllWell, Some(&line), &carla, 10);
        let needed = world.step(StepKind::NeededHelp, Some(&line), &bo, 11);
        let late = world.step(StepKind::AllWell, Some(&line), &carla, 9);
        for label in [&well, &needed, &late] {
            world.takes(label, None).await;
        }
        let program = world.program.id.clone();
        let labels = export::labels(&mut world.conn, &program).await.expect("read");
        assert_eq!(
            labels.iter().map(|one| (one.label, one.health)).collect::<Vec<_>>(),
            [(StepKind::NeededHelp, None)]
        );
        let handled = care::handled(&mut world.conn, &program, tuesday() + TimeDelta::days(6)).await.expect("read");
        assert!(handled.contains(&line) && handled.len() == 1);
        let before = care::handled(&mut world.conn, &program, tuesday() - TimeDelta::days(1)).await.expect("read");
        assert!(before.is_empty());
        let shown = contents::care::steps_about(&mut world.conn, std::slice::from_ref(&line)).await.expect("read");
        let kinds: Vec<StepKind> = shown.iter().map(|step| step.kind).collect();
        assert_eq!(kinds, [StepKind::WroteToBoth, StepKind::NeededHelp]);
    });
}

#[tokio::test]
async fn an_answer_to_a_coordinator_is_sealed_and_the_later_one_counts() {
    tell!(world, {
        let (ann, carla) = (world.ann.clone(), world.carla.clone());
        let step = world.step(StepKind::AskedEach, None, &carla, 0);
        world.takes(&step, None).await;
        let replied = |words: &str, minutes| {
            let (step, person, words) = (step.id.clone(), ann.clone(), words.to_owned());
            Change::Replied { step, person, words, at: tuesday() + TimeDelta::minutes(minutes) }
        };
        assert!(!contents::care::question(&mut world.conn, &step.id, &ann).await.expect("read").expect("it").replied);
        for reply in [replied("It is hard.", 5), replied("It is better now.", 9), replied("Too late.", 3)] {
            world.write(vec![reply]).await;
        }
        assert!(contents::care::question(&mut world.conn, &step.id, &ann).await.expect("read").expect("it").replied);
        let note = contents::care::reply(&mut world.conn, &world.vault, &step.id, &ann).await.expect("read");
        let Some(Note::Reply { name, partner, words, .. }) = note else { panic!("an answer") };
        assert_eq!((name.as_str(), partner.as_str(), words.as_str()), ("Ann", "Bo", "It is better now."));
        assert!(!world.table("reply").await.concat().contains("better"), "words are sealed");
        let stranger = cases::reply_case(&mut world.conn, &step.id, &carla).await.expect("read");
        assert!(stranger.is_none(), "only the two of the pair were asked");
        let silent = contents::care::reply(&mut world.conn, &world.vault, &step.id, &world.bo.clone()).await;
        assert!(silent.expect("read").is_none());
    });
}

#[tokio::test]
async fn a_page_and_its_answers_show_what_is_closed_and_named_and_a_look_is_seen_by_both() {
    tell!(world, {
        let (pair, carla, ann, bo) = (world.pair.id.clone(), world.carla.clone(), world.ann.clone(), world.bo.clone());
        let what = What::Cared(Care::OpenPair(pair.clone()));
        let pulse = world.planned(day(), 1).await;
        let answer = world.answer(&pulse, 2, tuesday());
        let at = tuesday() + TimeDelta::hours(1);
        world
            .write(vec![
                Change::Answered(answer),
                Change::AskAnswered { pulse: pulse.id.clone(), role: Role::Mentee, at },
                Change::Met { pulse: pulse.id.clone(), person: ann.clone(), met: true, at },
            ])
            .await;
        let now = tuesday() + TimeDelta::days(1);
        let case = cases::care_case(&mut world.conn, &what, &carla, now).await.expect("read").expect("a pair");
        let facts = case.pair.clone().expect("a pair");
        assert_eq!((case.actor.as_str(), facts.open.as_ref().map(|open| &open.id)), ("Carla", Some(&pulse.id)));
        let open = page::answers(&mut world.conn, &world.vault, &case.program, &facts, 0).await.expect("read");
        assert!(open.answers.is_empty(), "while a pulse is open nobody reads it");
        world.write(vec![Change::Closed { pulse: pulse.id.clone(), at: now }]).await;
        let closed = page::answers(&mut world.conn, &world.vault, &case.program, &facts, 0).await.expect("read");
        assert_eq!(closed.answers.iter().map(|one| one.label.as_str()).collect::<Vec<_>>(), ["Not really"]);
        let beyond = page::answers(&mut world.conn, &world.vault, &case.program, &facts, 1).await.expect("read");
        assert!(beyond.answers.is_empty() && !beyond.more);
        let shown = page::page(&mut world.conn, &case.program, &facts, now).await.expect("read");
        let [mentee, mentor] = &shown.sides;
        assert_eq!((mentee.named, mentee.missed, mentor.named, mentor.missed), (1, (0, 1), 0, (1, 1)));
        assert_eq!((shown.pulses, shown.meetings, shown.last_met), (1, 1, Some(at)));

        let (event, by) = ("E7".into(), carla.clone());
        world.write(vec![Change::Looked { event, pair, by, what: Looked::Answers, at: now }]).await;
        for (person, partner) in [(&ann, "Bo"), (&bo, "Ann")] {
            let looks = contents::care::looks(&mut world.conn, person).await.expect("read");
            let seen: Vec<_> =
                looks.iter().map(|look| (look.coordinator.as_str(), look.partner.as_str(), look.at)).collect();
            assert_eq!(seen, [("Carla", partner, now)]);
        }
        assert!(contents::care::looks(&mut world.conn, &carla).await.expect("read").is_empty());
    });
}

#[tokio::test]
async fn lines_and_names_lead_to_their_pair_and_a_file_goes_where_the_digest_stands() {
    tell!(world, {
        let (pair, carla, ann) = (world.pair.id.clone(), world.carla.clone(), world.ann.clone());
        let other = "p-other".into();
        let line = LineId::new(tuesday(), &Subject::Gap(pair.clone()));
        let about = About { pair: other, line: Some(line) };
        let what = What::Cared(Care::AskEach(about));
        let case = cases::care_case(&mut world.conn, &what, &carla, tuesday()).await.expect("read").expect("a line");
        assert_eq!(case.pair.expect("a pair").pair.id, pair, "a line is about the pair in its name");
        let declined = LineId::new(tuesday(), &Subject::Declined(world.program.id.clone(), ann.clone()));
        let what = What::Cared(Care::Handle(declined));
        let case = cases::care_case(&mut world.conn, &what, &carla, tuesday()).await.expect("read").expect("a line");
        assert_eq!((case.pair, case.kept_from), (None, vec![world.bo.clone()]));
        let gone = What::Cared(Care::OpenPair("gone".into()));
        assert!(cases::care_case(&mut world.conn, &gone, &carla, tuesday()).await.expect("read").is_none());
        let found = cases::coordinated(&mut world.conn, &carla).await.expect("read");
        assert!(found.iter().any(|one| one.pair == pair && one.partner == "Ann & Bo"));
        assert!(cases::coordinated(&mut world.conn, &ann).await.expect("read").is_empty());

        let digest = rapport::core::id::DigestId::new(&world.program.id, day(), None);
        let sheet = Message::Sheet { digest: digest.clone(), coordinator: carla.clone(), day: day() };
        assert_eq!(destinations::destination(&mut world.conn, &sheet).await.expect("read").channel, None);
        assert!(cases::digest_case(&mut world.conn, &digest, &carla, tuesday()).await.expect("read").is_none());
        let content = contents::content(&mut world.conn, &world.vault, &sheet, tuesday()).await.expect("read");
        assert!(content.is_none(), "of no digest there is no file");
    });
}

#[tokio::test]
async fn a_partner_does_not_learn_of_not_for_me_from_another_pair_either() {
    tell!(world, {
        let (bo, carla) = (world.bo.clone(), world.carla.clone());
        let (program, at) = (world.program.id.clone(), tuesday());
        // Bo mentors Carla, who coordinates, as well as Ann.
        let own = pair_of(&program, &bo, &carla);
        pairs::add(&mut world.conn, &workspace(), std::slice::from_ref(&own), at).await.expect("a pair");
        world.write(vec![Change::Declined { program, person: bo, at }]).await;
        let about = About { pair: world.pair.id.clone(), line: None };
        let writes = What::Cared(Care::OpenMessage(about));
        let stranger = PersonId::from("T1:USOMEBODY");
        for (coordinator, said, refusal) in
            [(carla, [None, None], Refusal::CannotWrite), (stranger, [None, Some(Started::No)], Refusal::OutOfProgram)]
        {
            let case = cases::care_case(&mut world.conn, &writes, &coordinator, at).await.expect("read");
            let mut case = case.expect("a pair");
            case.program.coordinators = vec![coordinator.clone()];
            let facts = case.pair.clone().expect("a pair");
            let shown = page::page(&mut world.conn, &case.program, &facts, at).await.expect("read");
            assert_eq!(shown.sides.map(|side| side.said), said);
            let act = Act { id: "E1".into(), by: coordinator, at, proof: None, what: writes.clone() };
            assert_eq!(act::on_care(&case, &act, at).reply, Reply::Say(Said::Refused(refusal)));
        }
    });
}
