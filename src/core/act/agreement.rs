//! Somebody of a pair fills in the agreement, or says yes to what stands there.

use chrono::{DateTime, Utc};

use super::{mend, open, refuse, say};
use crate::core::agreement::{AgreementAct, AgreementChange, AgreementTrouble, LONGEST, Wishes, items, side};
use crate::core::case::AgreementCase;
use crate::core::content::{AgreementForm, AgreementSaid, Form, Said};
use crate::core::decision::{Change, Decision, Field};
use crate::core::event::{Act, What};
use crate::core::message::Message;
use crate::core::question::{Bank, Form as ItemForm, Item, Role};
use crate::core::refusal::Refusal;

/// An act about the agreement of a pair. Both fill it in, and both see what each of them wants.
pub fn on_agreement(case: &AgreementCase, act: &Act, now: DateTime<Utc>) -> Decision {
    let Some(role) = case.pair.role_of(&act.by) else { return refuse(Refusal::NotYourPair) };
    if case.pair.ended.is_some() {
        return match &act.what {
            // What was typed is not lost by it: the form stays open, and says so at its field.
            What::Agreement(AgreementAct::Filled { wishes, .. })
                if wishes.words.values().any(|one| !one.is_empty()) =>
            {
                let sentence =
                    "This pair has ended, so nothing was saved. Your words stay here: copy them if you like.";
                mend(Field::Item(0), sentence.to_owned())
            }
            _ => refuse(Refusal::Ended),
        };
    }
    if case.agreement.openings.is_empty() {
        return refuse(Refusal::Agreement(AgreementTrouble::NotOpen));
    }
    let actor = Actor { case, act, role };
    let What::Agreement(what) = &act.what else { return refuse(Refusal::Unknown) };
    let mut decision = match what {
        AgreementAct::Opened { .. } => open(Form::Agreement(Box::new(actor.form()))),
        AgreementAct::Filled { wishes, .. } => actor.fill(wishes),
        AgreementAct::Signed { version, .. } => actor.sign(*version),
    };
    if !decision.changes.is_empty() {
        let people = [&case.mentee.id, &case.mentor.id];
        decision.messages.extend(case.agreement.posts(people).into_iter().map(|post| post.at(now)));
        decision.messages.extend(case.homes.iter().map(|person| Message::Home { person: person.clone() }.at(now)));
    }
    decision
}

/// One of the two.
struct Actor<'a> {
    case: &'a AgreementCase,
    act: &'a Act,
    role: Role,
}

impl Actor<'_> {
    fn form(&self) -> AgreementForm {
        let agreement = &self.case.agreement;
        AgreementForm {
            pair: self.case.pair.id.clone(),
            partner: self.partner(),
            offered: agreement.offered(self.role),
            theirs: agreement.wishes[side(self.role.partner())].clone(),
        }
    }

    fn fill(&self, wishes: &Wishes) -> Decision {
        let mut wanted = Wishes::default();
        for (n, item) in items().iter().enumerate() {
            match self.read(item, wishes) {
                Ok(Entry::Place(place)) => drop(wanted.choices.insert(item.id.clone(), place)),
                Ok(Entry::Words(words)) => drop(wanted.words.insert(item.id.clone(), words)),
                Err(sentence) => return mend(Field::Item(n), sentence),
            }
        }
        let agreement = &self.case.agreement;
        let mut after = agreement.clone();
        after.wishes[side(self.role)] = wanted.clone();
        let said = say(Said::Agreement(AgreementSaid::Saved { partner: self.partner(), ready: after.check().is_ok() }));
        let newer = self.case.wished[side(self.role)].is_some_and(|at| at > self.act.at);
        if newer || same(&agreement.wishes[side(self.role)], &wanted) {
            return said;
        }
        let (pair, person, at) = (self.case.pair.id.clone(), self.act.by.clone(), self.act.at);
        let wished = AgreementChange::Wished { pair, person, wishes: wanted, at };
        Decision { changes: vec![Change::Agreement(wished)], ..said }
    }

    /// What somebody entered for an item, or what is wrong with it.
    fn read(&self, item: &Item, wishes: &Wishes) -> Result<Entry, String> {
        if matches!(item.form, ItemForm::Text { .. }) {
            let words = wishes.words.get(&item.id).map(|words| words.trim()).unwrap_or_default();
            return match words.chars().count().checked_sub(LONGEST).filter(|over| *over > 0) {
                Some(over) => Err(format!("This is {over} characters too long; {LONGEST} fit.")),
                None => Ok(Entry::Words(words.to_owned())),
            };
        }
        let labels = Bank::built_in().labels_of(item).map_or(0, |labels| labels.len());
        let place = wishes.choices.get(&item.id).copied();
        let known = place.filter(|place| (1..=labels).contains(&usize::from(*place)));
        known.map(Entry::Place).ok_or_else(|| "Please choose one; you can change it later.".to_owned())
    }

    fn sign(&self, version: u32) -> Decision {
        let agreement = &self.case.agreement;
        if version != agreement.version {
            return refuse(Refusal::Agreement(AgreementTrouble::Changed));
        }
        if let Err(trouble) = agreement.check() {
            return refuse(Refusal::Agreement(trouble));
        }
        let (pair, person, at) = (self.case.pair.id.clone(), self.act.by.clone(), self.act.at);
        let other = agreement.signed[side(self.role.partner())];
        let mut changes = vec![Change::Agreement(AgreementChange::Signed { pair: pair.clone(), person, version, at })];
        if let (Some(earlier), Some(rhythm)) = (other, agreement.rhythm()) {
            changes.push(Change::Agreement(AgreementChange::Agreed { pair, rhythm, at: at.max(earlier) }));
        }
        let said = AgreementSaid::Signed { partner: self.partner(), both: other.is_some() };
        Decision { changes, ..say(Said::Agreement(said)) }
    }

    fn partner(&self) -> String {
        match self.role {
            Role::Mentee => self.case.mentor.name.clone(),
            Role::Mentor => self.case.mentee.name.clone(),
        }
    }
}

enum Entry {
    Place(u8),
    Words(String),
}

/// The same wishes; no words and empty words are.
fn same(one: &Wishes, other: &Wishes) -> bool {
    let words = |wishes: &Wishes| -> Vec<(String, String)> {
        wishes.words.clone().into_iter().filter(|(_, words)| !words.is_empty()).collect()
    };
    one.choices == other.choices && words(one) == words(other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::agreement::{Agreement, Opening, chosen};
    use crate::core::id::PersonId;
    use crate::core::sample::{act, pair, person, program, utc};

    fn case() -> AgreementCase {
        let mut agreement = Agreement::new(pair().id);
        agreement.openings.push((Opening::Start, true));
        AgreementCase {
            program: program(),
            pair: pair(),
            mentee: person("Ana"),
            mentor: person("Ravi"),
            agreement,
            wished: [None; 2],
            homes: Vec::<PersonId>::new(),
        }
    }

    fn wishes(place: u8) -> Wishes {
        let mut wishes =
            Wishes { choices: chosen().map(|item| (item.id.clone(), place)).collect(), ..Wishes::default() };
        wishes.words.insert("goal".to_owned(), "Speak up in meetings.".to_owned());
        wishes
    }

    fn filled(wishes: Wishes) -> What {
        What::Agreement(AgreementAct::Filled { pair: pair().id, wishes })
    }

    fn signed(version: u32) -> What {
        What::Agreement(AgreementAct::Signed { pair: pair().id, version })
    }

    fn does(case: &AgreementCase, name: &str, what: What) -> Decision {
        on_agreement(case, &act(name, "2026-05-04 08:00", what), utc("2026-05-04 08:00"))
    }

    fn refusal(decision: &Decision) -> Option<&AgreementTrouble> {
        match &decision.reply {
            crate::core::decision::Reply::Say(Said::Refused(Refusal::Agreement(trouble))) => Some(trouble),
            _ => None,
        }
    }

    #[test]
    fn each_field_says_what_is_wrong_with_it() {
        let sentence = |wishes: Wishes| match does(&case(), "Ana", filled(wishes)).reply {
            crate::core::decision::Reply::Mend { field: Field::Item(n), sentence } => format!("{n}: {sentence}"),
            other => format!("{other:?}"),
        };
        let without = |id: &str| {
            let mut wishes = wishes(1);
            wishes.choices.remove(id);
            wishes
        };
        assert_eq!(sentence(without("length")), "1: Please choose one; you can change it later.");
        let mut too_far = wishes(1);
        too_far.choices.insert("cancel".to_owned(), 9);
        assert_eq!(sentence(too_far), "4: Please choose one; you can change it later.");
        let mut long = wishes(1);
        long.words.insert("goal".to_owned(), "x".repeat(LONGEST + 2));
        assert_eq!(sentence(long), "2: This is 2 characters too long; 500 fit.");
    }

    #[test]
    fn a_form_that_comes_too_late_keeps_its_words_on_the_screen() {
        let mut case = case();
        case.pair.ended = Some(utc("2026-05-04 07:30"));
        let late = does(&case, "Ana", filled(wishes(1)));
        assert!(matches!(late.reply, crate::core::decision::Reply::Mend { field: Field::Item(0), .. }));
        assert_eq!(does(&case, "Ana", signed(0)).reply, refuse(Refusal::Ended).reply);
    }

    #[test]
    fn a_word_counts_for_what_was_looked_at() {
        let mut case = case();
        assert!(matches!(refusal(&does(&case, "Ana", signed(0))), Some(AgreementTrouble::Missing { .. })));
        case.agreement.wishes[0] = wishes(1);
        case.agreement.version = 1;
        assert_eq!(refusal(&does(&case, "Ravi", signed(0))), Some(&AgreementTrouble::Changed));
        let decision = does(&case, "Ravi", signed(1));
        assert_eq!((decision.changes.len(), decision.messages.len()), (1, 1));
        case.agreement.signed[1] = Some(utc("2026-05-04 07:30"));
        let decision = does(&case, "Ana", signed(1));
        let agreed =
            Change::Agreement(AgreementChange::Agreed { pair: pair().id, rhythm: 7, at: utc("2026-05-04 08:00") });
        assert_eq!(decision.changes.last(), Some(&agreed));
    }

    #[test]
    fn the_same_again_changes_nothing_and_asks_nobody_again() {
        let mut case = case();
        assert_eq!(does(&case, "Ana", filled(wishes(1))).changes.len(), 1);
        case.agreement.wishes[0] = wishes(1);
        assert_eq!(does(&case, "Ana", filled(wishes(1))).changes, []);
        case.wished[0] = Some(utc("2026-05-04 09:00"));
        assert_eq!(does(&case, "Ana", filled(wishes(2))).changes, [], "an older form comes later");
        assert_eq!(does(&case, "Mia", filled(wishes(2))).reply, refuse(Refusal::NotYourPair).reply);
    }
}
