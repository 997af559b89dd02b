//! Somebody opens an own record, has it sent, shares it with a mentor or stops, or reads what is shared.

use chrono::{DateTime, Utc};

use super::{open, refuse, say};
use crate::core::case::RecordCase;
use crate::core::content::{Form, RecordForm, RecordPage, RecordPair, Said};
use crate::core::decision::{Change, Decision, Reply};
use crate::core::event::Act;
use crate::core::message::Message;
use crate::core::question::Role;
use crate::core::record::{RecordAct, RecordChange, RecordRefusal};
use crate::core::refusal::Refusal;

/// One's own record: a page, or a message to oneself. `today` is the day by the person's own clock: asked for again on the same
/// day, the message that stands is brought up to date.
pub fn on_record(
    page: RecordPage,
    act: &Act,
    what: &RecordAct,
    today: chrono::NaiveDate,
    now: DateTime<Utc>,
) -> Decision {
    if page.is_empty() {
        return refuse(Refusal::Record(RecordRefusal::Empty));
    }
    match what {
        RecordAct::Open => open(Form::Record(Box::new(RecordForm::Own(page)))),
        RecordAct::Send => {
            let message = Message::Record { person: act.by.clone(), day: today }.at(now);
            Decision { messages: vec![message], ..say(Said::RecordSent) }
        }
        RecordAct::Share { .. } | RecordAct::OpenShared { .. } => refuse(Refusal::Unknown),
    }
}

/// The mentee says whether the mentor of this pair sees the part about it. `page` is the mentee's own, as it was before.
pub fn on_share(case: &RecordCase, mut page: RecordPage, act: &Act, shared: bool, now: DateTime<Utc>) -> Decision {
    match case.pair.role_of(&act.by) {
        Some(Role::Mentee) => {}
        Some(Role::Mentor) => return refuse(Refusal::Record(RecordRefusal::OnlyTheMentee)),
        None => return refuse(Refusal::NotYourPair),
    }
    // Sharing ends at any time; it begins while there is a mentor.
    if shared && case.pair.ended.is_some() {
        return refuse(Refusal::Ended);
    }
    for one in page.pairs.iter_mut().filter(|one| one.pair == case.pair.id) {
        one.shared = shared;
    }
    let changes = vec![Change::Record(RecordChange::Shared { pair: case.pair.id.clone(), shared, at: act.at })];
    let homes = case.homes.iter().map(|person| Message::Home { person: person.clone() }.at(now));
    let reply = Reply::Redraw(Form::Record(Box::new(RecordForm::Own(page))));
    Decision { changes, messages: homes.collect(), reply }
}

/// The mentor reads what the mentee shares; nobody else does.
pub fn on_shared(case: &RecordCase, shared: Option<RecordPair>, act: &Act) -> Decision {
    if case.pair.role_of(&act.by) != Some(Role::Mentor) {
        return refuse(Refusal::NotYourPair);
    }
    match shared {
        Some(part) if case.shared && case.pair.ended.is_none() => {
            open(Form::Record(Box::new(RecordForm::Shared(part))))
        }
        _ => refuse(Refusal::Record(RecordRefusal::NotShared)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::content::SessionSum;
    use crate::core::event::What;
    use crate::core::sample;

    fn case(shared: bool) -> RecordCase {
        RecordCase { pair: sample::pair(), shared, homes: vec![sample::person("Ravi").id] }
    }

    fn part() -> RecordPair {
        RecordPair {
            pair: sample::pair().id,
            partner: "Ravi".to_owned(),
            program_name: "Engineering".to_owned(),
            running: true,
            goals: Vec::new(),
            confidence: Vec::new(),
            sessions: SessionSum::default(),
            shared: false,
        }
    }

    fn act(name: &str) -> Act {
        sample::act(name, "2026-05-05 08:00", What::Record(RecordAct::Open))
    }

    #[test]
    fn the_mentee_alone_shares_and_the_mentor_alone_reads_what_is_shared() {
        let now = sample::utc("2026-05-05 08:00");
        let page = || RecordPage { pairs: vec![part()], ..RecordPage::default() };
        for (who, shares, reads) in [("Ana", true, false), ("Ravi", false, true), ("Mia", false, false)] {
            let shared = on_share(&case(false), page(), &act(who), true, now);
            assert_eq!((shared.changes.len(), shared.messages.len()), if shares { (1, 1) } else { (0, 0) }, "{who}");
            let opened = on_shared(&case(true), Some(part()), &act(who));
            assert_eq!(matches!(opened.reply, Reply::Open(_)), reads, "{who}");
            let closed = on_shared(&case(false), Some(part()), &act(who));
            assert!(!matches!(closed.reply, Reply::Open(_)), "{who}");
        }
        let mut ended = case(true);
        ended.pair.ended = Some(now);
        assert!(on_share(&ended, page(), &act("Ana"), true, now).changes.is_empty());
        assert_eq!(on_share(&ended, page(), &act("Ana"), false, now).changes.len(), 1);
        assert!(!matches!(on_shared(&ended, Some(part()), &act("Ravi")).reply, Reply::Open(_)));
    }

    #[test]
    fn a_record_is_sent_once_a_day_and_to_its_owner() {
        let (now, day) = (sample::utc("2026-05-05 08:00"), sample::date("2026-05-05"));
        let page = RecordPage { pairs: vec![part()], ..RecordPage::default() };
        let sent = on_record(page, &act("Ana"), &RecordAct::Send, day, now);
        let ana = sample::person("Ana").id;
        assert_eq!(sent.messages, [Message::Record { person: ana, day }.at(now)]);
        assert!(on_record(RecordPage::default(), &act("Ana"), &RecordAct::Send, day, now).messages.is_empty());
    }
}
