//! The rotation over whole programmes, and against any history.

mod rounds;

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;

/// A pair's way through a programme.
#[derive(Clone, Copy, Debug)]
struct Way {
    weeks: u32,
    /// The first week in which a meeting is known.
    met: u32,
    /// The first week in which they have a goal.
    goal: u32,
    surveys: bool,
}

const USUAL: Way = Way { weeks: 26, met: 2, goal: 2, surveys: true };

impl Way {
    fn situation(self, week: u32) -> Situation {
        let (turn, weeks) = (week, Some(self.weeks));
        Situation { turn, week, weeks, met: week >= self.met, goal: week >= self.goal }
    }

    fn survey(self, bank: &Bank, week: u32) -> Option<&[QuestionId]> {
        match week {
            _ if !self.surveys => None,
            1 => Some(&bank.start.items),
            week if week == self.weeks => Some(&bank.end.items),
            week if week == self.weeks / 2 => Some(&bank.mid.items),
            _ => None,
        }
    }

    /// Walks the programme and shows each pulse, with what was asked before it, to `look`.
    fn walk(self, bank: &Bank, mut look: impl FnMut(&Situation, &[AskedItem], &Questions)) -> Vec<AskedItem> {
        let mut history = Vec::new();
        for week in 1..=self.weeks {
            let ask = |id: &QuestionId, role| AskedItem { question: id.clone(), role, week };
            if let Some(survey) = self.survey(bank, week) {
                let asked = survey.iter().flat_map(|id| Role::ALL.map(|role| ask(id, role)));
                history.extend(asked.filter(|item| text(bank, &item.question, item.role)));
                continue;
            }
            let situation = self.situation(week);
            let questions = next(bank, &history, &situation).expect("something is always asked");
            look(&situation, &history, &questions);
            history.extend(Role::ALL.iter().flat_map(|role| questions.of(*role).map(|id| ask(id, *role))));
        }
        history
    }
}

fn text(bank: &Bank, id: &QuestionId, role: Role) -> bool {
    bank.question(id.as_str()).expect("a question of the bank").text(role).is_some()
}

fn names(questions: &Questions) -> String {
    let second = |role| questions.second.of(role).map_or("-", QuestionId::as_str);
    match (second(Role::Mentee), second(Role::Mentor)) {
        (mentee, mentor) if mentee == mentor => format!("{} + {mentee}", questions.shared),
        (mentee, mentor) => format!("{} + {mentee}/{mentor}", questions.shared),
    }
}

fn first_weeks(way: Way, count: usize) -> Vec<String> {
    let mut weeks = Vec::new();
    way.walk(Bank::built_in(), |_, _, questions| weeks.push(names(questions)));
    weeks.truncate(count);
    weeks
}

#[test]
fn a_pair_that_met_begins_with_the_questions_of_the_start() {
    let way = Way { met: 1, goal: 1, surveys: false, ..USUAL };
    assert_eq!(
        first_weeks(way, 5),
        [
            "growth-goal-clear + comm-listened/-",
            "guide-time + fb-support",
            "growth-skill-used + comm-openness",
            "fb-regular + guide-knowledge",
            "growth-confidence + comm-honesty",
        ]
    );
}

#[test]
fn a_pair_that_has_not_met_is_asked_only_what_makes_sense() {
    let way = Way { met: 99, goal: 99, surveys: false, ..USUAL };
    assert_eq!(
        first_weeks(way, 8),
        [
            "growth-goal-clear + -",
            "guide-time + fb-support",
            "growth-goal-clear + -",
            "guide-time + fb-support",
            // The start is over: nothing of Communication or Growth fits any more, so the shared one comes from elsewhere.
            "guide-time + -",
            "guide-time + -/guide-load",
            "guide-time + -",
            "guide-time + -/guide-load",
        ]
    );
}

#[test]
fn a_goal_is_asked_about_once_there_is_one() {
    let asked = |goal| {
        let history = Way { goal, surveys: false, ..USUAL }.walk(Bank::built_in(), |_, _, _| {});
        history.iter().find(|item| item.question.as_str() == "growth-goal-progress").map(|item| item.week)
    };
    assert_eq!(asked(99), None);
    assert!(asked(12) > Some(12));
}

#[test]
fn with_the_surveys_every_question_is_asked_in_26_weeks() {
    let bank = Bank::built_in();
    for met in 1..=3 {
        for goal in [met, met + 4, 9] {
            let history = Way { met, goal, ..USUAL }.walk(bank, |_, _, _| {});
            let asked: BTreeSet<_> = history.iter().map(|item| &item.question).collect();
            let missing: Vec<_> =
                bank.questions.iter().map(|question| &question.id).filter(|id| !asked.contains(id)).collect();
            assert!(missing.is_empty(), "met in week {met}, goal in week {goal}: {missing:?}");
        }
    }
}

#[test]
fn where_all_can_be_shared_no_question_gets_ahead_of_the_others() {
    let text = include_str!("../question/bank.toml").replace("channel = \"private\"", "channel = \"pair\"");
    let text = ["start", "mid", "end"]
        .iter()
        .fold(text, |text, stage| text.replace(&format!("stage = \"{stage}\"\n"), "stage = \"any\"\n"));
    let bank = Bank::parse(&text).unwrap();
    let mut asked: BTreeMap<_, u32> = bank.questions.iter().map(|question| (&question.id, 0)).collect();
    let of = |indicator| bank.questions.iter().filter(move |one| one.indicator == indicator);
    Way { weeks: 130, met: 1, goal: 1, surveys: false }.walk(&bank, |situation, history, questions| {
        let pulse: BTreeSet<_> = Role::ALL.iter().flat_map(|role| questions.of(*role)).collect();
        for question in pulse.iter().filter_map(|id| bank.question(id.as_str())) {
            // The facet that waited longest comes first, as long as all its questions are not ahead of the others.
            let least = of(question.indicator).map(|one| asked[&one.id]).min().unwrap();
            assert_eq!(asked[&question.id], least, "{} in {situation:?} after {}", question.id, history.len());
            *asked.get_mut(&question.id).unwrap() += 1;
        }
    });
    assert!(asked.values().all(|times| *times >= 2), "{asked:?}");
}

#[test]
fn the_facet_that_waited_longest_comes_first() {
    let bank = Bank::built_in();
    let ask = |(index, id): (usize, &&str)| {
        let week = index as u32 + 1;
        Role::ALL.map(|role| AskedItem { question: (*id).into(), role, week })
    };
    let next = |ids: &[&str], week| {
        let history: Vec<_> = ids.iter().enumerate().flat_map(ask).collect();
        let situation = Situation { turn: week, week, weeks: None, met: true, goal: true };
        names(&next(bank, &history, &situation).unwrap())
    };
    // Openness was asked last, so the other four facets of Communication go first, in their order.
    assert_eq!(next(&["comm-openness"], 5), "growth-goal-progress + comm-honesty");
    let most = ["comm-honesty", "comm-trust", "comm-respect", "comm-openness"];
    assert_eq!(next(&most, 5), "comm-perspective + growth-goal-progress");
    // All facets were asked once: honesty waited longest, and its second question is still to come.
    let all = ["comm-honesty", "comm-trust", "comm-respect", "comm-openness", "comm-perspective"];
    assert_eq!(next(&all, 7), "growth-goal-progress + comm-holding-back");
    // A new round: openness waited longest, and of its two questions the second in the bank. Of the questions that
    // begin at mid-time, the paired one goes before the single-sided one.
    let reach =
        ["comm-easy-reach", "comm-openness", "comm-honesty", "comm-holding-back", "comm-trust", "comm-reliable"];
    let round = [&reach[..], &["comm-respect", "comm-perspective"]].concat();
    assert_eq!(next(&round, 9), "comm-easy-reach + growth-performance");
}

#[test]
fn indicators_keep_their_balance() {
    let bank = Bank::built_in();
    let mut places = BTreeMap::new();
    Way { met: 1, goal: 1, surveys: false, ..USUAL }.walk(bank, |_, _, questions| {
        let second = questions.second.mentee.as_ref().or(questions.second.mentor.as_ref()).expect("two places");
        for id in [&questions.shared, second] {
            *places.entry(bank.question(id.as_str()).unwrap().indicator).or_insert(0) += 1;
        }
    });
    use Indicator::*;
    let expected = [(Growth, 13), (Communication, 13), (Guidance, 13), (Feedback, 10), (Organisation, 3)];
    assert_eq!(places, BTreeMap::from(expected));
}

#[test]
fn a_question_that_only_one_side_was_asked_was_asked() {
    let bank = Bank::built_in();
    let situation = Situation { turn: 6, week: 6, weeks: None, met: false, goal: false };
    let history = [AskedItem { question: "guide-time".into(), role: Role::Mentor, week: 1 }];
    let second = next(bank, &history, &situation).unwrap();
    assert_eq!(names(&second), "guide-time + -/guide-load");
}

/// All that must hold of any pulse, said once more in other words than the code's.
fn check(bank: &Bank, situation: &Situation, history: &[AskedItem], questions: &Questions) {
    let find = |id: &QuestionId| bank.question(id.as_str()).expect("a question of the bank");
    let context = format!("{} in {situation:?}", names(questions));

    let shared = find(&questions.shared);
    assert!(shared.text(Role::Mentee).is_some() && shared.text(Role::Mentor).is_some(), "{context}: for both");
    assert_eq!(shared.channel.as_str(), "pair", "{context}");

    let [mentee, mentor] = Role::ALL.map(|role| questions.second.of(role).map(find));
    for (question, role) in [(mentee, Role::Mentee), (mentor, Role::Mentor)] {
        let Some(question) = question else { continue };
        assert!(question.text(role).is_some(), "{context}: no text for the {role}");
        assert_ne!(question.id, shared.id, "{context}: twice in a pulse");
        let partner = questions.second.of(role.partner());
        assert!(!question.is_paired() || partner == Some(&question.id), "{context}: a paired one goes to both");
    }

    let fits = |question: &Question| {
        let stage = match question.stage.as_str() {
            "start" => (1..=4).contains(&situation.week),
            "mid" => situation.week >= 8,
            "end" => situation.weeks.is_some_and(|weeks| situation.week > weeks.saturating_sub(4)),
            _ => true,
        };
        let early = ["growth-goal-clear", "guide-time", "guide-load", "fb-support"].contains(&question.id.as_str());
        stage && (situation.met || early) && (situation.goal || question.id.as_str() != "growth-goal-progress")
    };
    for question in [Some(shared), mentee, mentor].into_iter().flatten() {
        assert!(fits(question), "{context}: {} does not fit", question.id);
    }

    // The indicators of the week, wherever they have something to ask and something to share.
    let fitting = |indicator| bank.questions.iter().filter(move |one| one.indicator == indicator && fits(one));
    let [one, two] = situation.indicators();
    let can_share = fitting(one).chain(fitting(two)).any(Question::is_shared);
    if can_share && fitting(one).count() > 0 && fitting(two).count() > 0 {
        let second = mentee.or(mentor).expect("a second question");
        let mut seen = [shared.indicator, second.indicator];
        let mut expected = [one, two];
        seen.sort();
        expected.sort();
        assert_eq!(seen, expected, "{context}");
    }

    // Nothing comes again while something of its indicator was never asked, but for want of a question to share.
    let asked = |question: &Question| history.iter().any(|item| item.question == question.id);
    let fresh = |indicator| fitting(indicator).filter(|one| !asked(one) && one.id != shared.id);
    let share = [one, two].into_iter().flat_map(&fresh).any(Question::is_shared);
    if can_share && asked(shared) && share && fresh(shared.indicator).count() > 0 {
        panic!("{context}: {} comes again though another could be shared", shared.id);
    }
    for second in [mentee, mentor].into_iter().flatten().filter(|second| asked(second)) {
        assert_eq!(fresh(second.indicator).count(), 0, "{context}: {} comes again", second.id);
    }
}

prop_compose! {
    fn ways()(weeks in 1..80u32, met in 1..20u32, goal in 1..40u32, surveys: bool) -> Way {
        Way { weeks, met, goal, surveys }
    }
}

fn histories() -> impl Strategy<Value = Vec<AskedItem>> {
    let ids = Bank::built_in().questions.iter().map(|question| question.id.clone()).chain([QuestionId::from("gone")]);
    let id = prop::sample::select(ids.collect::<Vec<_>>());
    let week = prop_oneof![4 => 0..60u32, 1 => any::<u32>()];
    let item = (id, prop::sample::select(Role::ALL.to_vec()), week).prop_map(|(question, role, week)| AskedItem {
        question,
        role,
        week,
    });
    prop::collection::vec(item, 0..120)
}

prop_compose! {
    fn situations()(
        turn in prop_oneof![4 => 0..60u32, 1 => any::<u32>()], week in prop_oneof![4 => 0..60u32, 1 => any::<u32>()],
        weeks: Option<u32>, met: bool, goal: bool
    ) -> Situation {
        Situation { turn, week, weeks, met, goal }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_pulse_of_every_programme_keeps_the_rules(way in ways()) {
        let bank = Bank::built_in();
        way.walk(bank, |situation, history, questions| check(bank, situation, history, questions));
    }

    #[test]
    fn any_history_gets_a_pulse_that_keeps_the_rules(history in histories(), situation in situations()) {
        let situation = Situation { week: situation.week.max(1), ..situation };
        let bank = Bank::built_in();
        let questions = next(bank, &history, &situation).unwrap();
        check(bank, &situation, &history, &questions);
    }

    #[test]
    fn the_order_of_the_history_does_not_matter(history in histories().prop_shuffle(), situation in situations()) {
        let bank = Bank::built_in();
        let mut sorted = history.clone();
        sorted.sort_by(|a, b| (a.week, &a.question).cmp(&(b.week, &b.question)));
        prop_assert_eq!(next(bank, &history, &situation), next(bank, &sorted, &situation));
    }

    #[test]
    fn a_smaller_bank_still_asks_something(kept: Vec<bool>, situation in situations(), history in histories()) {
        let mut bank = Bank::built_in().clone();
        let mut kept = kept.into_iter();
        bank.questions.retain(|question| kept.next().unwrap_or_default() || question.id.as_str() == "guide-time");
        let questions = next(&bank, &history, &situation).unwrap();
        for role in Role::ALL {
            let asked: BTreeSet<_> = questions.of(role).collect();
            prop_assert_eq!(asked.len(), questions.of(role).count());
        }
    }
}
