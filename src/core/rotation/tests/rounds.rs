//! Everything has its turn: indicators and questions over many askings.

use super::*;

#[test]
fn all_indicators_have_their_turn_in_a_pair_that_is_asked_every_second_week() {
    let bank = Bank::built_in();
    let (mut history, mut asked) = (Vec::new(), BTreeSet::new());
    for turn in 1..=13 {
        let situation = Situation { turn, week: 2 * turn - 1, weeks: Some(26), met: true, goal: true };
        let questions = next(bank, &history, &situation).expect("something is always asked");
        check(bank, &situation, &history, &questions);
        for role in Role::ALL {
            history.extend(questions.of(role).map(|id| AskedItem { question: id.clone(), role, week: situation.week }));
            asked.extend(questions.of(role).map(|id| bank.question(id.as_str()).expect("of the bank").indicator));
        }
    }
    assert_eq!(asked, BTreeSet::from(Indicator::ALL));
}

/// Each indicator goes round its questions: none comes again before all that fit had their turn. Only the one for the
/// group DM may, when all of the week that still wait are private or single-sided, and then not twice running.
#[test]
fn every_eligible_question_is_asked_once_before_any_comes_again() {
    let bank = Bank::built_in();
    // The middle of a programme without an end, where the same questions fit every week.
    let situation = |turn| Situation { turn, week: 30 + turn, weeks: None, met: true, goal: true };
    let fitting = |indicator| {
        let fits = move |one: &&Question| one.indicator == indicator && situation(1).fits(bank, one);
        bank.questions.iter().filter(fits)
    };
    let mut rounds: BTreeMap<Indicator, BTreeSet<&QuestionId>> = BTreeMap::new();
    let (mut history, mut ever, mut posted) = (Vec::new(), BTreeSet::new(), Vec::new());
    for turn in 1..=104 {
        let questions = next(bank, &history, &situation(turn)).expect("something is always asked");
        let waits = |rounds: &BTreeMap<_, BTreeSet<_>>, one: &Question| {
            rounds.get(&one.indicator).is_none_or(|round| !round.contains(&one.id))
        };
        let pulse: BTreeSet<_> = Role::ALL.iter().flat_map(|role| questions.of(*role)).collect();
        for id in pulse.iter().filter_map(|id| bank.question(id.as_str())).filter(|one| !waits(&rounds, one)) {
            let context = format!("{} comes again in turn {turn}", id.id);
            assert_eq!(id.id, questions.shared, "{context}");
            let mut week = situation(turn).indicators().into_iter().flat_map(fitting);
            assert!(!week.any(|one| one.is_shared() && waits(&rounds, one)), "{context} before another could");
            assert_ne!(posted.iter().rev().nth(1), Some(&id.id), "{context} at once");
        }
        for one in pulse.iter().filter_map(|id| bank.question(id.as_str())) {
            let round = rounds.entry(one.indicator).or_default();
            round.insert(&one.id);
            if round.len() == fitting(one.indicator).count() {
                round.clear();
            }
            ever.insert(&one.id);
        }
        posted.push(questions.shared.clone());
        let week = situation(turn).week;
        let ask = |role| questions.of(role).map(move |id| AskedItem { question: id.clone(), role, week });
        history.extend(Role::ALL.into_iter().flat_map(ask));
    }
    let fitting = Indicator::ALL.into_iter().flat_map(fitting);
    let never: Vec<_> = fitting.map(|one| &one.id).filter(|id| !ever.contains(id)).collect();
    assert!(never.is_empty(), "never asked: {never:?}");
}
