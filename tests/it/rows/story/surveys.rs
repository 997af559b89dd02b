//! Agreements and surveys: what each wants, who said yes to what, what was answered, and what comes out of it once.

use chrono::TimeDelta;
use rapport::core::agreement::{AgreementChange, Opening, Wishes};
use rapport::core::answer::Audience;
use rapport::core::content::Content;
use rapport::core::decision::Change;
use rapport::core::id::{PersonId, SurveyId};
use rapport::core::message::Message;
use rapport::core::question::Role;
use rapport::core::scoring::surveys;
use rapport::core::survey::{Point, Survey, SurveyAsk, SurveyChange};

use super::super::operations::{agreements, cases, contents, survey_totals};
use super::{day, tell, tuesday};

fn wishes(rhythm: u8, words: &str) -> Wishes {
    let choices = [("rhythm", rhythm), ("length", 1), ("private", 1), ("cancel", 1), ("feedback", 1), ("ending", 1)];
    Wishes {
        choices: choices.map(|(item, place)| (item.to_owned(), place)).into(),
        words: [("goal".to_owned(), words.to_owned())].into(),
    }
}

#[tokio::test]
async fn a_yes_counts_for_what_stood_there_and_the_rhythm_for_the_score() {
    tell!(world, {
        let (pair, ann, bo) = (world.pair.id.clone(), world.ann.clone(), world.bo.clone());
        let at = |minutes| tuesday() + TimeDelta::minutes(minutes);
        let agreement = |change: AgreementChange| Change::Agreement(change);
        let wished = |by: &PersonId, rhythm, words, minutes| {
            agreement(AgreementChange::Wished {
                pair: pair.clone(),
                person: by.clone(),
                wishes: wishes(rhythm, words),
                at: at(minutes),
            })
        };
        let signed = |by: &PersonId, version, minutes| {
            agreement(AgreementChange::Signed { pair: pair.clone(), person: by.clone(), version, at: at(minutes) })
        };
        let opened = AgreementChange::Opened {
            pair: pair.clone(),
            opening: Opening::Start,
            shared: true,
            spends: vec![],
            at: at(0),
        };
        world.write(vec![agreement(opened)]).await;
        world.write(vec![wished(&ann, 1, "Speak up.", 1)]).await;
        // An older form that arrives later changes nothing.
        world.write(vec![wished(&ann, 3, "Older.", 0)]).await;
        world.write(vec![signed(&bo, 2, 2)]).await;
        let case = cases::agreement_case(&mut world.conn, &world.vault, &pair).await.expect("read").expect("a pair");
        assert_eq!((case.agreement.version, case.agreement.rhythm()), (2, Some(7)));
        assert_eq!(case.agreement.signed.iter().flatten().count(), 1);
        world.write(vec![wished(&bo, 3, "", 3)]).await;
        let case = cases::agreement_case(&mut world.conn, &world.vault, &pair).await.expect("read").expect("a pair");
        assert_eq!((case.agreement.signed, case.agreement.check().is_ok()), ([None, None], false));
        let words: Vec<&str> =
            case.agreement.wishes.iter().filter_map(|one| one.words.get("goal")).map(String::as_str).collect();
        assert_eq!(words, ["Speak up."]);

        world.write(vec![agreement(AgreementChange::Agreed { pair: pair.clone(), rhythm: 28, at: at(9) })]).await;
        let program = case.program.id.as_str().to_owned();
        let rhythm = |minutes| at(minutes);
        let before = agreements::rhythms(&mut world.conn, &program, rhythm(8)).await.expect("read");
        let after = agreements::rhythms(&mut world.conn, &program, rhythm(9)).await.expect("read");
        assert_eq!((before.get(&pair), after.get(&pair)), (None, Some(&28)));
        let plan = cases::plan_case(&mut world.conn, &pair, tuesday()).await.expect("read").expect("a pair");
        assert_eq!(
            (plan.agreement.openings.as_slice(), plan.agreement.agreed.is_some()),
            ([(Opening::Start, true)].as_slice(), true)
        );
        let post = Message::Agreement { pair, opening: Opening::Start, to: None };
        let shown = contents::content(&mut world.conn, &world.vault, &post, at(10)).await.expect("read");
        assert!(matches!(shown, Some(Content::Agreement(post)) if post.agreement.agreed.is_some()));
    });
}

#[tokio::test]
async fn an_answer_to_a_survey_keeps_its_reader_and_comes_out_once() {
    tell!(world, {
        let (pair, ann, bo) = (world.pair.id.clone(), world.ann.clone(), world.bo.clone());
        let at = |minutes| tuesday() + TimeDelta::minutes(minutes);
        let id = SurveyId::new(&pair, Point::Start);
        let ask = |person: &PersonId, role| SurveyAsk { person: person.clone(), role, due: at(0), closes: at(60) };
        let plan = cases::plan_case(&mut world.conn, &pair, tuesday()).await.expect("read").expect("a pair");
        let asks = vec![ask(&plan.pair.mentee, Role::Mentee), ask(&plan.pair.mentor, Role::Mentor)];
        let survey = Survey { id: id.clone(), pair: pair.clone(), occurrence: day(), early: false, asks, closed: None };
        let planned = SurveyChange::Planned { survey: Box::new(survey), spends: vec![], next: Some(at(90)) };
        world.write(vec![Change::Survey(planned)]).await;
        let item = "growth-confidence";
        let answered = |value, minutes| {
            Change::Survey(SurveyChange::Answered {
                survey: id.clone(),
                person: ann.clone(),
                item: item.into(),
                value,
                audience: Audience::Coordinator,
                at: at(minutes),
            })
        };
        let chosen = Change::Survey(SurveyChange::AudienceChosen {
            survey: id.clone(),
            person: ann.clone(),
            item: item.into(),
            audience: Audience::OnlyTotals,
            at: at(1),
        });
        world.write(vec![chosen]).await;
        world.write(vec![answered(4, 3)]).await;
        world.write(vec![answered(1, 2)]).await;
        let wrote = |words: &str, minutes| {
            Change::Survey(SurveyChange::Wrote {
                survey: id.clone(),
                person: ann.clone(),
                item: "mid-keep".into(),
                words: words.to_owned(),
                consent: None,
                audience: Audience::Coordinator,
                at: at(minutes),
            })
        };
        world.write(vec![wrote("Our walks.", 4)]).await;
        let case = cases::survey_case(&mut world.conn, &world.vault, &id, &ann).await.expect("read").expect("a survey");
        let own: Vec<_> = case.answers.iter().map(|one| (one.value, one.words.as_deref(), one.audience)).collect();
        assert_eq!(own, [(Some(4), None, Audience::OnlyTotals), (None, Some("Our walks."), Audience::Coordinator)]);
        let his = cases::survey_case(&mut world.conn, &world.vault, &id, &bo).await.expect("read").expect("a survey");
        assert_eq!(his.answers, []);

        world.write(vec![Change::Survey(SurveyChange::Closed { survey: id.clone(), at: at(60) })]).await;
        let program = case.program.id.clone();
        let (waiting, stories) = survey_totals::waiting(&mut world.conn, &program, at(99)).await.expect("read");
        assert_eq!((waiting.len(), waiting[0].named, stories.len()), (1, false, 0));
        let thresholds = rapport::core::scoring::suppression::Thresholds::new(1, Vec::new());
        let release = surveys::release(&waiting, &stories, &[], &thresholds, at(99));
        survey_totals::store(&mut world.conn, &program, &release, at(99)).await.expect("written");
        let (again, _) = survey_totals::waiting(&mut world.conn, &program, at(100)).await.expect("read");
        assert_eq!(again, []);
        let known = survey_totals::known(&mut world.conn, &program, at(99)).await.expect("read");
        assert_eq!((known.totals.len(), known.rates[0].1.answered, known.rates[0].1.asked), (1, 1, 2));
        let own = survey_totals::of_person(&mut world.conn, &ann).await.expect("read");
        assert_eq!(own.iter().map(|one| (one.point, one.value)).collect::<Vec<_>>(), [(Point::Start, 4)]);
    });
}
