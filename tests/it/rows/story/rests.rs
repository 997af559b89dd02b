//! People's own time: days and hours, pauses by their own word, and what suits somebody who did not answer.

use chrono::{DateTime, Days, NaiveTime, TimeDelta, Utc, Weekday, WeekdaySet};
use rapport::core::attention::Spent;
use rapport::core::decision::Change;
use rapport::core::id::PersonId;
use rapport::core::pause::{Of, Pause, Span, Why};
use rapport::core::question::Role;
use rapport::core::rest::{Choice, Holidays, Pace, Rest, RestChange, TimeForm};

use super::super::operations::{cases, rests};
use super::{World, day, tell, tuesday};

fn at(minutes: i64) -> DateTime<Utc> {
    tuesday() + TimeDelta::minutes(minutes)
}

fn time(hour: u32) -> Option<NaiveTime> {
    NaiveTime::from_hms_opt(hour, 0, 0)
}

fn pause(of: Of, by: &PersonId, days: u64) -> Pause {
    let span = Span { from: day(), until: day() + Days::new(days) };
    Pause { of, span, by: Some(by.clone()), why: Why::Own }
}

impl World {
    async fn rested(&mut self, change: RestChange) {
        self.write(vec![Change::Rested(change)]).await;
    }

    async fn rest_of_ann(&mut self) -> Rest {
        let (ann, bo) = (self.ann.clone(), self.bo.clone());
        let [rest, _] = rests::of_both(&mut self.conn, [&ann, &bo]).await.expect("read");
        rest
    }
}

#[tokio::test]
async fn of_two_sayings_about_ones_hours_the_later_counts() {
    tell!(world, {
        let ann = world.ann.clone();
        assert_eq!(world.rest_of_ann().await, Rest::default());
        let week: WeekdaySet = [Weekday::Tue, Weekday::Wed].into_iter().collect();
        let holidays = Holidays::Of("DE".parse().expect("a country"));
        let form = TimeForm { week, quiet: [time(12), time(13)], holidays, pace: Pace::Second };
        world.rested(RestChange::TimeSet { person: ann.clone(), time: form.clone(), at: at(10) }).await;
        let earlier = TimeForm { quiet: [None, None], pace: Pace::Never, ..form };
        world.rested(RestChange::TimeSet { person: ann.clone(), time: earlier, at: at(5) }).await;
        world.rested(RestChange::PaceSet { person: ann.clone(), pace: Pace::Never, at: at(6) }).await;
        let rest = world.rest_of_ann().await;
        assert_eq!((rest.week, rest.holidays, rest.pace), (Some(week), holidays, Pace::Second));
        assert_eq!(rest.quiet.map(|quiet| quiet.to_string()).as_deref(), Some("12:00-13:00"));
        world.rested(RestChange::PaceSet { person: ann.clone(), pace: Pace::Every, at: at(20) }).await;
        let rest = world.rest_of_ann().await;
        assert_eq!((rest.pace, rest.week), (Pace::Every, Some(week)), "days and hours stay");
        assert!(world.table("pair").await[0].contains(&format!("next_look={}", tuesday().timestamp_millis())));

        // Whit Monday is a holiday in Germany, and counts from when she said so.
        let program = world.program.clone();
        let known = rests::holidays(&mut world.conn, &program, at(30) + Days::new(10)).await.expect("read");
        let whit_monday = "2026-05-25".parse().expect("a day");
        assert!(
            known.iter().any(|(pair, days)| *pair == world.pair.id && days.iter().any(|one| one.from == whit_monday))
        );
        let known = rests::holidays(&mut world.conn, &program, at(1)).await.expect("read");
        assert!(known.iter().all(|(_, days)| days.is_empty()), "{known:?}");
    });
}

#[tokio::test]
async fn who_is_back_ends_their_own_pauses_only() {
    tell!(world, {
        let (ann, carla, pair) = (world.ann.clone(), world.carla.clone(), world.pair.id.clone());
        let away = |days, at| RestChange::Paused { pause: pause(Of::Person(ann.clone()), &ann, days), at };
        let (longer, shorter) = (away(14, at(10)), away(3, at(5)));
        world.rested(longer).await;
        world.rested(shorter).await;
        let whole = Span { from: day(), until: day() + Days::new(14) };
        assert_eq!(world.rest_of_ann().await.away, [whole], "said later, it counts");
        let of_coordinator = Pause { why: Why::Coordinator, ..pause(Of::Pair(pair.clone()), &carla, 21) };
        world.write(vec![Change::Paused { pause: of_coordinator.clone(), at: at(11) }]).await;

        let program = world.program.clone();
        let week_later = tuesday() + Days::new(7);
        let resting = rests::resting(&mut world.conn, &program, week_later).await.expect("read");
        assert_eq!(resting, [(pair.clone(), Role::Mentee), (pair.clone(), Role::Mentor)], "the pair is paused");

        let back = day() + Days::new(2);
        world.rested(RestChange::Back { person: ann.clone(), day: back, at: at(2_880) }).await;
        assert_eq!(world.rest_of_ann().await.away, [Span { until: back, ..whole }]);
        world.rested(RestChange::PairBack { pair: pair.clone(), day: back, by: ann.clone(), at: at(2_881) }).await;
        let case = cases::plan_case(&mut world.conn, &pair, tuesday()).await.expect("read").expect("a pair");
        assert_eq!(case.pauses, [of_coordinator.span], "it is the coordinators' to end");
    });
}

#[tokio::test]
async fn what_suits_is_asked_once_and_chosen_by_the_last_word() {
    tell!(world, {
        let (ann, pair, today) = (world.ann.clone(), world.pair.id.clone(), day());
        for (n, days) in [(1, 14), (2, 7)] {
            let pulse = world.planned(today - Days::new(days), n).await;
            world.write(vec![Change::Closed { pulse: pulse.id, at: at(0) - Days::new(days - 3) }]).await;
        }
        let silent = rests::silent(&mut world.conn, &pair, &ann).await.expect("read");
        assert_eq!((silent.before, silent.spoke, silent.asked), (2, None, None));
        assert_eq!(silent.since, Some(tuesday() - Days::new(14)));

        let spends = Spent::on(&ann, chrono_tz::Europe::Berlin, tuesday(), "silence:ann".into());
        world.rested(RestChange::SilenceAsked { person: ann.clone(), day: today, spends, at: at(0) }).await;
        let silent = rests::silent(&mut world.conn, &pair, &ann).await.expect("read");
        assert_eq!(silent.asked, Some(at(0)));
        for (choice, at) in [(Choice::Stop, at(10)), (Choice::Less, at(5))] {
            world.rested(RestChange::SilenceChosen { person: ann.clone(), day: today, choice, at }).await;
        }
        let asked = rests::newest_silence(&mut world.conn, &ann).await.expect("read").expect("asked");
        assert_eq!((asked.day, asked.choice), (today, Some(Choice::Stop)));
        let case = cases::rest_case(&mut world.conn, &ann, tuesday()).await.expect("read").expect("known");
        assert_eq!((case.pairs.len(), case.silence), (1, Some(asked)));
    });
}
