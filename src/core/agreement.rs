//! The agreement of a pair: what each of the two wants, side by side, and what both have said yes to.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::attention::Spent;
use super::id::{PairId, PersonId};
use super::message::Message;
use super::question::{Bank, Form, Item, Role};
use super::words::words;

/// Days between two meetings, by the place of the label of the item `rhythm`.
pub const RHYTHMS: [u8; 3] = [7, 14, 28];

/// The item of the bank that says how often the two meet.
const RHYTHM: &str = "rhythm";

/// The longest that somebody writes into one item, in characters.
pub const LONGEST: usize = 500;

words! {
    /// An occasion on which both are asked to agree.
    pub enum Opening: "an occasion" {
        /// Right after both have pressed `Start`.
        Start = "start",
        /// Half-way, with what was agreed before.
        Mid = "mid",
    }
}

/// What a person does about the agreement of a pair.
#[derive(Clone, Debug, PartialEq)]
pub enum AgreementAct {
    /// Opens the form.
    Opened { pair: PairId },
    /// Sent it: what this person wants.
    Filled { pair: PairId, wishes: Wishes },
    /// "We agree", to this version of it.
    Signed { pair: PairId, version: u32 },
}

impl AgreementAct {
    /// Whose agreement it is about.
    pub fn pair(&self) -> &PairId {
        match self {
            Self::Opened { pair } | Self::Filled { pair, .. } | Self::Signed { pair, .. } => pair,
        }
    }
}

/// What becomes true of an agreement.
#[derive(Clone, Debug, PartialEq)]
pub enum AgreementChange {
    /// Both are asked, once on each occasion; who had said yes is asked again. `shared`: in their group DM.
    /// `spends`: the slots that its messages take.
    Opened { pair: PairId, opening: Opening, shared: bool, spends: Vec<Spent>, at: DateTime<Utc> },
    /// What this person wants now, words to be sealed. Whoever had said yes is asked again.
    Wished { pair: PairId, person: PersonId, wishes: Wishes, at: DateTime<Utc> },
    /// This person says yes to this version.
    Signed { pair: PairId, person: PersonId, version: u32, at: DateTime<Utc> },
    /// Both have said yes: they mean to meet every so many days.
    Agreed { pair: PairId, rhythm: u8, at: DateTime<Utc> },
}

/// Why something about an agreement was not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AgreementTrouble {
    /// It is opened once both have pressed `Start`.
    NotOpen,
    /// Nobody has filled these in.
    Missing { items: Vec<String> },
    /// The two do not say the same to these.
    Differ { items: Vec<String> },
    /// It was changed after this person had looked.
    Changed,
}

/// What one of the two wants, by the bank's item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wishes {
    /// The place of a label, from 1.
    pub choices: BTreeMap<String, u8>,
    /// Own words; an empty text where there are none.
    pub words: BTreeMap<String, String>,
}

/// The agreement of a pair as it stands. Pairs of values are the mentee's and the mentor's.
#[derive(Clone, Debug, PartialEq)]
pub struct Agreement {
    pub pair: PairId,
    pub version: u32,
    /// The occasions so far, oldest first, and whether each stands in the group DM.
    pub openings: Vec<(Opening, bool)>,
    pub wishes: [Wishes; 2],
    /// Who has said yes to what stands there now.
    pub signed: [Option<DateTime<Utc>>; 2],
    /// When both did so for the last time, and every how many days they mean to meet since then.
    pub agreed: Option<(DateTime<Utc>, u8)>,
}

/// What the two say to an item that is answered by a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// Nobody has said anything.
    Nothing,
    /// One of them has, or both the same.
    One(u8),
    /// They differ: mentee's, mentor's.
    Two([u8; 2]),
}

impl Agreement {
    /// Before anybody was asked.
    pub fn new(pair: PairId) -> Self {
        let openings = Vec::new();
        Self { pair, version: 0, openings, wishes: Default::default(), signed: [None; 2], agreed: None }
    }

    /// What the two say to this item.
    pub fn said(&self, item: &Item) -> Said {
        match self.wishes.each_ref().map(|one| one.choices.get(&item.id).copied()) {
            [None, None] => Said::Nothing,
            [Some(one), None] | [None, Some(one)] => Said::One(one),
            [Some(one), Some(other)] if one == other => Said::One(one),
            [Some(one), Some(other)] => Said::Two([one, other]),
        }
    }

    /// Whether both can say yes: every item that is answered by a label has one answer.
    ///
    /// # Errors
    /// What is missing, or where the two differ, in the words of the bank.
    pub fn check(&self) -> Result<(), AgreementTrouble> {
        let texts = |is: fn(Said) -> bool| -> Vec<String> {
            chosen().filter(|item| is(self.said(item))).map(|item| item.text.clone()).collect()
        };
        let missing = texts(|said| said == Said::Nothing);
        if !missing.is_empty() {
            return Err(AgreementTrouble::Missing { items: missing });
        }
        let differ = texts(|said| matches!(said, Said::Two(_)));
        if differ.is_empty() { Ok(()) } else { Err(AgreementTrouble::Differ { items: differ }) }
    }

    /// Every how many days the two mean to meet, if they say the same.
    pub fn rhythm(&self) -> Option<u8> {
        let item = items().iter().find(|item| item.id == RHYTHM)?;
        match self.said(item) {
            Said::One(place) => RHYTHMS.get(usize::from(place).checked_sub(1)?).copied(),
            Said::Nothing | Said::Two(_) => None,
        }
    }

    /// Both have said yes to what stands there.
    pub fn is_signed(&self) -> bool {
        self.signed.iter().all(Option::is_some)
    }

    /// What this side is shown in the form: its own, and the partner's where it has said nothing yet.
    pub fn offered(&self, role: Role) -> Wishes {
        let (own, other) = (&self.wishes[side(role)], &self.wishes[side(role.partner())]);
        let mut choices = other.choices.clone();
        choices.extend(own.choices.clone());
        Wishes { choices, words: own.words.clone() }
    }

    /// The messages in which it stands. `people` are the mentee and the mentor.
    pub fn posts(&self, people: [&PersonId; 2]) -> Vec<Message> {
        self.openings.iter().flat_map(|(opening, shared)| posts(&self.pair, *opening, *shared, people)).collect()
    }
}

/// The messages of one occasion: one in the group DM, or one to each alone.
pub fn posts(pair: &PairId, opening: Opening, shared: bool, people: [&PersonId; 2]) -> Vec<Message> {
    let post = |to: Option<&PersonId>| Message::Agreement { pair: pair.clone(), opening, to: to.cloned() };
    if shared { vec![post(None)] } else { people.map(|one| post(Some(one))).into() }
}

/// The items in their order.
pub fn items() -> &'static [Item] {
    &Bank::built_in().agreement.items
}

/// Those that are answered by a label.
pub fn chosen() -> impl Iterator<Item = &'static Item> {
    items().iter().filter(|item| !matches!(item.form, Form::Text { .. }))
}

/// The place of a side in pairs of values.
pub fn side(role: Role) -> usize {
    match role {
        Role::Mentee => 0,
        Role::Mentor => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::sample::pair;

    fn wishes(place: u8) -> Wishes {
        Wishes { choices: chosen().map(|item| (item.id.clone(), place)).collect(), words: BTreeMap::new() }
    }

    #[test]
    fn both_agree_where_they_say_the_same() {
        let mut agreement = Agreement::new(pair().id);
        assert!(matches!(agreement.check(), Err(AgreementTrouble::Missing { items }) if items.len() == 6));
        agreement.wishes[0] = wishes(1);
        assert_eq!((agreement.check(), agreement.rhythm()), (Ok(()), Some(7)));
        agreement.wishes[1] = wishes(1);
        agreement.wishes[1].choices.insert(RHYTHM.to_owned(), 3);
        let differ = AgreementTrouble::Differ { items: vec!["How often do we want to meet?".to_owned()] };
        assert_eq!((agreement.check(), agreement.rhythm()), (Err(differ), None));
        agreement.wishes[0].choices.insert(RHYTHM.to_owned(), 3);
        assert_eq!((agreement.check(), agreement.rhythm()), (Ok(()), Some(28)));
    }

    #[test]
    fn the_form_offers_what_the_partner_wants_until_one_says_otherwise() {
        let mut agreement = Agreement::new(pair().id);
        agreement.wishes[0] = wishes(2);
        agreement.wishes[0].words.insert("goal".to_owned(), "Speak up.".to_owned());
        let offered = agreement.offered(Role::Mentor);
        assert_eq!((offered.choices.get(RHYTHM), offered.words.len()), (Some(&2), 0));
        agreement.wishes[1].choices.insert(RHYTHM.to_owned(), 1);
        assert_eq!(agreement.offered(Role::Mentor).choices.get(RHYTHM), Some(&1));
        assert_eq!(agreement.offered(Role::Mentee).choices.get(RHYTHM), Some(&2));
    }

    #[test]
    fn the_bank_and_the_rhythms_go_together() {
        let item = items().iter().find(|item| item.id == RHYTHM).expect("the bank asks how often");
        assert!(matches!(&item.form, Form::Options(labels) if labels.len() == RHYTHMS.len()));
    }
}
