//! Somebody answers a survey: each tap is kept at once, and whatever they have typed so far with it.

use chrono::{DateTime, Utc};

use super::{mend, open, refuse, say};
use crate::core::answer::Audience;
use crate::core::case::SurveyCase;
use crate::core::content::{Form, Said, SurveyForm, SurveySaid};
use crate::core::decision::{Change, Decision, Field, Reply};
use crate::core::event::{Act, What};
use crate::core::id::QuestionId;
use crate::core::message::Message;
use crate::core::question::Role;
use crate::core::refusal::Refusal;
use crate::core::survey::{
    Kind, LONGEST, SurveyAct, SurveyAnswer, SurveyAsk, SurveyChange, SurveyItem, SurveyTrouble, Typed, items, written,
};

/// An act about a survey. The partner learns nothing of it.
pub fn on_survey(case: &SurveyCase, act: &Act, now: DateTime<Utc>) -> Decision {
    let Some((ask, point)) = case.survey.ask_of(&act.by).zip(case.survey.id.point()) else {
        return refuse(Refusal::NotYourPair);
    };
    let What::Survey(what) = &act.what else { return refuse(Refusal::Unknown) };
    let items = items(point, ask.role, case.survey.early, &case.program.leave_out);
    let actor = Actor { case, act, ask, items };
    if let Some(at) = actor.closed() {
        return actor.too_late(what, at);
    }
    let mut decision = match what {
        SurveyAct::Opened { .. } => open(Form::Survey(Box::new(actor.form(&case.answers)))),
        SurveyAct::Tapped { item, value, typed, .. } => actor.tapped(item, *value, typed),
        SurveyAct::Audience { item, audience, typed, .. } => actor.shows(item, *audience, typed),
        SurveyAct::Met { met, .. } => actor.met(*met),
        SurveyAct::Sent { typed, .. } => actor.sent(typed),
    };
    if !decision.changes.is_empty() && case.home_opened {
        decision.messages.push(Message::Home { person: act.by.clone() }.at(now));
    }
    decision
}

/// Somebody who is asked.
struct Actor<'a> {
    case: &'a SurveyCase,
    act: &'a Act,
    ask: &'a SurveyAsk,
    items: Vec<SurveyItem>,
}

impl Actor<'_> {
    fn closed(&self) -> Option<DateTime<Utc>> {
        self.case.survey.closed.or((self.act.at >= self.ask.closes).then_some(self.ask.closes))
    }

    /// What was typed is not lost by it: the form stays open, and says so at its field.
    fn too_late(&self, what: &SurveyAct, at: DateTime<Utc>) -> Decision {
        match what {
            SurveyAct::Sent { typed, .. } if typed.words.values().any(|words| !words.trim().is_empty()) => {
                let sentence =
                    "This survey has closed, so nothing was saved. Your words stay here: copy them if you like.";
                mend(Field::Item(0), sentence.to_owned())
            }
            _ => refuse(Refusal::Survey(SurveyTrouble::Closed { at })),
        }
    }

    fn item(&self, id: &QuestionId) -> Option<&SurveyItem> {
        self.items.iter().find(|item| item.id == *id)
    }

    fn tapped(&self, id: &QuestionId, value: u8, typed: &Typed) -> Decision {
        let Some(item) = self.item(id) else { return refuse(Refusal::NotAsked) };
        let Kind::Labels(labels) = &item.kind else { return refuse(Refusal::Unknown) };
        if !(1..=labels.len()).contains(&usize::from(value)) {
            return refuse(Refusal::Unknown);
        }
        let (survey, person, at) = (self.case.survey.id.clone(), self.act.by.clone(), self.act.at);
        let answered = SurveyChange::Answered { survey, person, item: id.clone(), value, audience: item.audience, at };
        self.redrawn(vec![answered], typed)
    }

    fn shows(&self, id: &QuestionId, audience: Audience, typed: &Typed) -> Decision {
        if self.item(id).is_none() {
            return refuse(Refusal::NotAsked);
        }
        let (survey, person, at) = (self.case.survey.id.clone(), self.act.by.clone(), self.act.at);
        self.redrawn(vec![SurveyChange::AudienceChosen { survey, person, item: id.clone(), audience, at }], typed)
    }

    fn met(&self, met: bool) -> Decision {
        if self.case.survey.early {
            return refuse(Refusal::Ended);
        }
        let (survey, person, at) = (self.case.survey.id.clone(), self.act.by.clone(), self.act.at);
        let said = say(Said::Met { met, partner: self.partner() });
        Decision { changes: vec![Change::Survey(SurveyChange::Met { survey, person, met, at })], ..said }
    }

    /// These changes and what was typed, on the form as it looks with them.
    fn redrawn(&self, mut changes: Vec<SurveyChange>, typed: &Typed) -> Decision {
        // What is too long is said when the form is sent; it stays in its field until then.
        changes.extend(self.wrote(typed).filter(|change| length(change) <= LONGEST));
        let mut answers = self.case.answers.clone();
        changes.iter().for_each(|change| apply(&mut answers, change));
        let form = Form::Survey(Box::new(self.form(&answers)));
        let changes = changes.into_iter().map(Change::Survey).collect();
        Decision { changes, reply: Reply::Redraw(form), ..Decision::default() }
    }

    fn sent(&self, typed: &Typed) -> Decision {
        let wrote: Vec<SurveyChange> = self.wrote(typed).collect();
        for change in &wrote {
            let over = length(change).saturating_sub(LONGEST);
            if let (SurveyChange::Wrote { item, .. }, true) = (change, over > 0) {
                let place =
                    self.case.survey.id.point().and_then(|point| written(point).position(|id| id == item.as_str()));
                let sentence = format!("This is {over} characters too long; {LONGEST} fit.");
                return mend(Field::Item(place.unwrap_or(0)), sentence);
            }
        }
        let mut answers = self.case.answers.clone();
        wrote.iter().for_each(|change| apply(&mut answers, change));
        let taps = |item: &&SurveyItem| matches!(item.kind, Kind::Labels(_));
        let is_open = |item: &&SurveyItem| !answers.iter().any(|one| one.item == item.id && one.value.is_some());
        let left = self.items.iter().filter(taps).filter(is_open).count();
        let said = Said::Survey(SurveySaid { left, closes: self.ask.closes, partner: self.partner() });
        Decision { changes: wrote.into_iter().map(Change::Survey).collect(), ..say(said) }
    }

    /// The words that are not what stands already, and the consent to share them.
    fn wrote(&self, typed: &Typed) -> impl Iterator<Item = SurveyChange> {
        self.items.iter().filter_map(|item| {
            let Kind::Words { consent } = &item.kind else { return None };
            let words = typed.words.get(item.id.as_str())?.trim();
            let most = consent.as_ref().map_or(0, Vec::len);
            let consent = typed.consent.filter(|place| (1..=most).contains(&usize::from(*place)));
            let before = self.case.answers.iter().find(|one| one.item == item.id);
            let (had, agreed) = (before.and_then(|one| one.words.as_deref()), before.and_then(|one| one.value));
            if before.is_some_and(|one| one.at > self.act.at)
                || (had.unwrap_or_default() == words && (agreed == consent || words.is_empty()))
            {
                return None;
            }
            Some(SurveyChange::Wrote {
                survey: self.case.survey.id.clone(),
                person: self.act.by.clone(),
                item: item.id.clone(),
                words: words.to_owned(),
                consent,
                audience: item.audience,
                at: self.act.at,
            })
        })
    }

    fn form(&self, answers: &[SurveyAnswer]) -> SurveyForm {
        let answer = |item: &SurveyItem| answers.iter().find(|one| one.item == item.id).cloned();
        SurveyForm {
            survey: self.case.survey.id.clone(),
            partner: self.partner(),
            threshold: self.case.program.threshold,
            closes: self.ask.closes,
            items: self.items.iter().map(|item| (item.clone(), answer(item))).collect(),
        }
    }

    fn partner(&self) -> String {
        match self.ask.role {
            Role::Mentee => self.case.mentor.name.clone(),
            Role::Mentor => self.case.mentee.name.clone(),
        }
    }
}

/// Characters of words that are kept.
fn length(change: &SurveyChange) -> usize {
    match change {
        SurveyChange::Wrote { words, .. } => words.chars().count(),
        _ => 0,
    }
}

/// What the answers look like with a change, for the form that is drawn with it.
fn apply(answers: &mut Vec<SurveyAnswer>, change: &SurveyChange) {
    let (item, audience, at) = match change {
        SurveyChange::Answered { item, audience, at, .. }
        | SurveyChange::Wrote { item, audience, at, .. }
        | SurveyChange::AudienceChosen { item, audience, at, .. } => (item, *audience, *at),
        SurveyChange::Planned { .. }
        | SurveyChange::Met { .. }
        | SurveyChange::Folded { .. }
        | SurveyChange::Closed { .. } => return,
    };
    let place = answers.iter().position(|one| one.item == *item).unwrap_or_else(|| {
        let (item, at) = (item.clone(), DateTime::UNIX_EPOCH);
        answers.push(SurveyAnswer { item, value: None, words: None, audience, audience_at: None, at });
        answers.len() - 1
    });
    let Some(answer) = answers.get_mut(place) else { return };
    match change {
        // Of two taps the later one counts, in whatever order they arrive.
        SurveyChange::Answered { value, .. } if at >= answer.at => (answer.value, answer.at) = (Some(*value), at),
        SurveyChange::Wrote { words, consent, .. } if at >= answer.at => {
            answer.words = (!words.is_empty()).then(|| words.clone());
            (answer.value, answer.at) = (*consent, at);
        }
        SurveyChange::AudienceChosen { .. } if answer.audience_at.is_none_or(|before| at >= before) => {
            (answer.audience, answer.audience_at) = (audience, Some(at));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::id::SurveyId;
    use crate::core::sample::{act, date, pair, person, program, utc};
    use crate::core::survey::{Point, Survey};

    const NOW: &str = "2026-08-04 08:30";

    fn case() -> SurveyCase {
        let ask = |name, role| SurveyAsk {
            person: person(name).id,
            role,
            due: utc("2026-08-04 08:00"),
            closes: utc("2026-08-07 15:00"),
        };
        SurveyCase {
            program: program(),
            mentee: person("Ana"),
            mentor: person("Ravi"),
            survey: Survey {
                id: SurveyId::new(&pair().id, Point::Mid),
                pair: pair().id,
                occurrence: date("2026-08-04"),
                early: false,
                asks: vec![ask("Ana", Role::Mentee), ask("Ravi", Role::Mentor)],
                closed: None,
            },
            answers: Vec::new(),
            home_opened: false,
        }
    }

    fn typed(words: &str) -> Typed {
        Typed { words: [("mid-keep".to_owned(), words.to_owned())].into(), consent: None }
    }

    fn does(case: &SurveyCase, name: &str, at: &str, what: SurveyAct) -> Decision {
        on_survey(case, &act(name, at, What::Survey(what)), utc(at))
    }

    fn tap(item: &str, value: u8, words: &str) -> SurveyAct {
        let survey = SurveyId::new(&pair().id, Point::Mid);
        SurveyAct::Tapped { survey, item: item.into(), value, typed: typed(words) }
    }

    fn sent(words: &str) -> SurveyAct {
        SurveyAct::Sent { survey: SurveyId::new(&pair().id, Point::Mid), typed: typed(words) }
    }

    #[test]
    fn a_tap_keeps_what_was_typed_so_far() {
        let decision = does(&case(), "Ana", NOW, tap("comm-openness", 4, "The walks. "));
        let kept: Vec<String> = decision
            .changes
            .iter()
            .map(|change| match change {
                Change::Survey(SurveyChange::Answered { item, value, audience, .. }) => {
                    format!("{item} {value} {audience}")
                }
                Change::Survey(SurveyChange::Wrote { item, words, .. }) => format!("{item}: {words}"),
                other => format!("{other:?}"),
            })
            .collect();
        assert_eq!(kept, ["comm-openness 4 Coordinator", "mid-keep: The walks."]);
        let Reply::Redraw(Form::Survey(form)) = decision.reply else { panic!("the form is drawn anew") };
        let answered = form.items.iter().filter(|(_, answer)| answer.is_some()).count();
        assert_eq!(answered, 2);
    }

    #[test]
    fn who_is_not_asked_and_what_is_not_asked_is_refused() {
        let refused = |name, what| matches!(does(&case(), name, NOW, what).reply, Reply::Say(Said::Refused(_)));
        assert!(refused("Mia", tap("comm-openness", 4, "")));
        assert!(refused("Ana", tap("org-learn-other", 4, "")), "it is for mentors");
        assert!(refused("Ana", tap("comm-openness", 6, "")));
        assert!(refused("Ana", tap("mid-keep", 1, "")));
    }

    #[test]
    fn a_form_that_comes_too_late_keeps_its_words_on_the_screen() {
        let late = "2026-08-07 15:00";
        let Reply::Mend { field, .. } = does(&case(), "Ana", late, sent("The walks.")).reply else {
            panic!("it stays open")
        };
        assert_eq!(field, Field::Item(0));
        assert!(matches!(does(&case(), "Ana", late, sent("")).reply, Reply::Say(Said::Refused(_))));
        assert_eq!(does(&case(), "Ana", late, tap("comm-openness", 4, "")).changes, []);
    }

    #[test]
    fn too_long_is_said_at_its_field() {
        let Reply::Mend { field, sentence } = does(&case(), "Ana", NOW, sent(&"x".repeat(LONGEST + 1))).reply else {
            panic!("it stays open")
        };
        assert_eq!((field, sentence.as_str()), (Field::Item(0), "This is 1 characters too long; 1000 fit."));
        let tapped = does(&case(), "Ana", NOW, tap("comm-openness", 4, &"x".repeat(LONGEST + 1)));
        assert_eq!(tapped.changes.len(), 1, "the tap is kept, the words wait in their field");
    }

    #[test]
    fn sending_twice_writes_once_and_says_how_much_is_left() {
        let mut case = case();
        let first = does(&case, "Ana", NOW, sent("The walks."));
        assert_eq!(first.changes.len(), 1);
        let Reply::Say(Said::Survey(said)) = first.reply else { panic!("it is said") };
        assert_eq!(said.left, 6);
        for change in &first.changes {
            let Change::Survey(change) = change else { continue };
            apply(&mut case.answers, change);
        }
        assert_eq!(does(&case, "Ana", NOW, sent("The walks.")).changes, []);
    }

    #[test]
    fn what_was_narrowed_is_not_widened_by_an_older_act() {
        let mut answers = Vec::new();
        let (survey, person, item) =
            (SurveyId::new(&pair().id, Point::Mid), person("Ana").id, QuestionId::from("fb-improve"));
        let chose = |audience, at: &str| SurveyChange::AudienceChosen {
            survey: survey.clone(),
            person: person.clone(),
            item: item.clone(),
            audience,
            at: utc(at),
        };
        apply(&mut answers, &chose(Audience::OnlyTotals, "2026-08-04 09:00"));
        apply(&mut answers, &chose(Audience::Partner, "2026-08-04 08:59"));
        assert_eq!(answers[0].audience, Audience::OnlyTotals);
    }
}
