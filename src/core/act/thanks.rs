//! Somebody says thanks to the other of the pair, or takes it back before it is sent.

use chrono::{DateTime, Utc};

use super::{mend, open, refuse, say};
use crate::core::case::ThanksCase;
use crate::core::content::{Form, Said, ThanksForm, ThanksSaid};
use crate::core::decision::{Change, Decision, Field};
use crate::core::event::Act;
use crate::core::id::ThanksId;
use crate::core::message::Message;
use crate::core::person::Person;
use crate::core::question::Role;
use crate::core::refusal::Refusal;
use crate::core::thanks::{BACK_WITHIN, LONGEST, MOST_LATELY, Thanks, ThanksAct, ThanksChange, ThanksRefusal};

/// An act about thanks. It costs nobody's attention budget, since a person says it and not the bot.
pub fn on_thanks(case: &ThanksCase, act: &Act, what: &ThanksAct, now: DateTime<Utc>) -> Decision {
    let Some(role) = case.pair.role_of(&act.by) else { return refuse(Refusal::NotYourPair) };
    let partner = match role {
        Role::Mentee => &case.mentor,
        Role::Mentor => &case.mentee,
    };
    let mut decision = match what {
        ThanksAct::TakeBack { thanks, .. } => take_back(case, act, partner, thanks, now),
        ThanksAct::Filled { thanks, words, .. } => fill(case, act, partner, thanks, words.trim(), now),
        ThanksAct::Open { .. } => return form(case, act, partner, now),
    };
    // While it waits, whoever said it sees it in App Home; the other sees nothing of it there.
    if !decision.changes.is_empty() && case.home_opened {
        decision.messages.push(Message::Home { person: act.by.clone() }.at(now));
    }
    decision
}

/// What the actor has said that can still be taken back.
fn waiting(case: &ThanksCase, now: DateTime<Utc>) -> Option<&Thanks> {
    case.waiting.as_ref().filter(|thanks| thanks.due > now)
}

fn form(case: &ThanksCase, act: &Act, partner: &Person, now: DateTime<Utc>) -> Decision {
    let (pair, partner) = (case.pair.id.clone(), partner.name.clone());
    let (thanks, words) = match waiting(case, now) {
        Some(waits) => (waits.id.clone(), waits.words.clone()),
        None if case.pair.ended.is_some() => return refuse(Refusal::Ended),
        None if case.lately >= MOST_LATELY => return refuse(Refusal::Thanks(ThanksRefusal::Enough)),
        None => (ThanksId::new(&act.id), String::new()),
    };
    open(Form::Thanks(ThanksForm { pair, partner, thanks, words }))
}

/// A form that cannot be followed stays open, so that nothing that was typed is lost.
fn fill(case: &ThanksCase, act: &Act, partner: &Person, id: &ThanksId, words: &str, now: DateTime<Utc>) -> Decision {
    let wrong = |sentence: &str| mend(Field::Words, sentence.to_owned());
    let stands = waiting(case, now).filter(|thanks| thanks.id == *id);
    if case.sent.contains(id) {
        return wrong("This is sent already. Close this, and say thanks anew.");
    }
    if words.is_empty() {
        return match stands {
            Some(thanks) => take_back(case, act, partner, &thanks.id, now),
            None => wrong("A word or two are needed here."),
        };
    }
    if let Some(over) = words.chars().count().checked_sub(LONGEST).filter(|over| *over > 0) {
        return wrong(&format!("This is {over} characters too long; {LONGEST} fit."));
    }
    if stands.is_none() {
        if case.pair.ended.is_some() {
            return wrong("This pair has ended meanwhile.");
        }
        if waiting(case, now).is_some() {
            return wrong("Another one waits already: change that one in the Home tab, or take it back.");
        }
        if case.lately >= MOST_LATELY {
            return wrong("That is enough for one day; tomorrow is fine too.");
        }
    }
    let due = case.program.hours.next_open(partner.zone, now + BACK_WITHIN);
    let thanks = Thanks {
        id: id.clone(),
        pair: case.pair.id.clone(),
        from: act.by.clone(),
        to: partner.id.clone(),
        words: words.to_owned(),
        at: act.at,
        due,
    };
    let post = Message::Thanks { thanks: id.clone(), person: partner.id.clone() }.at(due);
    let said = Said::Thanks(ThanksSaid::Waits { partner: partner.name.clone(), due });
    Decision { changes: vec![Change::Thanks(ThanksChange::Said(thanks))], messages: vec![post], ..say(said) }
}

fn take_back(case: &ThanksCase, act: &Act, partner: &Person, id: &ThanksId, now: DateTime<Utc>) -> Decision {
    if waiting(case, now).is_none_or(|thanks| thanks.id != *id) {
        return refuse(Refusal::Thanks(ThanksRefusal::OnItsWay));
    }
    let back = Change::Thanks(ThanksChange::TakenBack { thanks: id.clone(), at: act.at.max(now) });
    let said = Said::Thanks(ThanksSaid::TakenBack { partner: partner.name.clone() });
    Decision { changes: vec![back], ..say(said) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::decision::Reply;
    use crate::core::event::What;
    use crate::core::sample;

    fn case() -> ThanksCase {
        ThanksCase {
            program: sample::program(),
            pair: sample::pair(),
            mentee: sample::person("Ana"),
            mentor: sample::person("Ravi"),
            waiting: None,
            sent: Vec::new(),
            lately: 0,
            home_opened: true,
        }
    }

    fn filled(case: &ThanksCase, words: &str, now: &str) -> Decision {
        let (pair, thanks) = (case.pair.id.clone(), "t".into());
        let what = ThanksAct::Filled { pair, thanks, words: words.to_owned() };
        let act = sample::act("Ana", now, What::Thanks(what.clone()));
        on_thanks(case, &act, &what, sample::utc(now))
    }

    fn waits(due: &str) -> Thanks {
        let (ana, ravi) = (sample::person("Ana").id, sample::person("Ravi").id);
        let (at, due) = (sample::utc("2026-05-05 08:00"), sample::utc(due));
        Thanks { id: "t".into(), pair: sample::pair().id, from: ana, to: ravi, words: "So far".to_owned(), at, due }
    }

    #[test]
    fn it_goes_ten_minutes_later_in_the_working_hours_of_whom_it_is_for() {
        for (now, due) in [
            ("2026-05-05 08:00", "Tue 5 May 08:10"),
            ("2026-05-05 14:55", "Wed 6 May 07:00"),
            ("2026-05-08 20:00", "Mon 11 May 07:00"),
        ] {
            let decision = filled(&case(), "Thank you for the talk.", now);
            let posts: Vec<String> = decision
                .messages
                .iter()
                .map(|send| format!("{} {}", send.message.name(), sample::short(send.due)))
                .collect();
            let ana = sample::person("Ana").id;
            assert_eq!(posts[0], format!("thanks:t {due}"), "{now}");
            assert!(posts[1].starts_with(&format!("home:{ana} ")), "whoever says it sees it: {posts:?}");
            assert_eq!((posts.len(), decision.changes.len()), (2, 1));
        }
    }

    #[test]
    fn what_cannot_be_sent_is_said_at_its_field() {
        let mended = |case: &ThanksCase, words: &str| match filled(case, words, "2026-05-05 08:05").reply {
            Reply::Mend { field: Field::Words, sentence } => sentence,
            other => format!("{other:?}"),
        };
        let other = Thanks { id: "other".into(), ..waits("2026-05-05 08:10") };
        let mut ended = case();
        ended.pair.ended = Some(sample::utc("2026-05-05 08:00"));
        for (case, words, said) in [
            (case(), " ", "A word or two are needed here."),
            (case(), &*"x".repeat(501), "This is 1 characters too long; 500 fit."),
            (ended, "Thank you", "This pair has ended meanwhile."),
            (ThanksCase { sent: vec!["t".into()], ..case() }, "Thank you", "This is sent already. "),
            (ThanksCase { waiting: Some(other), ..case() }, "Thank you", "Another one waits already: "),
            (ThanksCase { lately: 3, ..case() }, "Thank you", "That is enough for one day"),
        ] {
            assert!(mended(&case, words).starts_with(said), "{}", mended(&case, words));
        }
    }

    #[test]
    fn what_waits_is_changed_or_taken_back_and_what_is_due_is_neither() {
        let open = ThanksCase { waiting: Some(waits("2026-05-05 08:10")), lately: 3, ..case() };
        let changed = filled(&open, "Better words", "2026-05-05 08:05");
        assert!(
            matches!(&changed.changes[..], [Change::Thanks(ThanksChange::Said(thanks))] if thanks.words == "Better words")
        );
        let back = filled(&open, "", "2026-05-05 08:09");
        assert!(matches!(&back.changes[..], [Change::Thanks(ThanksChange::TakenBack { .. })]));
        let what = ThanksAct::TakeBack { pair: open.pair.id.clone(), thanks: "t".into() };
        for (now, left) in [("2026-05-05 08:09", 1), ("2026-05-05 08:10", 0)] {
            let act = sample::act("Ana", now, What::Thanks(what.clone()));
            assert_eq!(on_thanks(&open, &act, &what, sample::utc(now)).changes.len(), left, "{now}");
        }
    }
}
