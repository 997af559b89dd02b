//! Every message in every state.

use insta::assert_snapshot;

use crate::core::answer::Audience;
use crate::core::content::{Content, Item, MentorPulses, Note, PulseFrame, Said, SharedPulse, Started, Welcome};
use crate::core::event::Receipt;
use crate::core::id::QuestionId;
use crate::core::question::Role;
use crate::core::refusal::Refusal;
use crate::slack::render::{digest_text, message, refused};

use super::outline::outline;
use super::samples::*;

fn read(content: &Content) -> String {
    outline(&message(content, &key(), 1))
}

#[test]
fn the_shared_pulse() {
    assert_snapshot!(read(&Content::Pulse(shared())), @"");
    let program_name = Some("Engineering".to_owned());
    let differing = SharedPulse {
        frame: PulseFrame { program_name, of: None, ..frame(1) },
        mentee: Item { audience: Audience::Partner, ..item("I moved closer to a goal.") },
        mentor: Item { audience: Audience::Partner, ..item("My mentee moved closer to a goal.") },
        ..shared()
    };
    assert_snapshot!(read(&Content::Pulse(differing)), @"");
    let totals = SharedPulse {
        mentee: Item { audience: Audience::OnlyTotals, ..item(OPEN) },
        mentor: Item { audience: Audience::OnlyTotals, ..item(OPEN) },
        ..shared()
    };
    assert_snapshot!(read(&Content::Pulse(totals)), @"");
    let closed = SharedPulse { frame: PulseFrame { closed: true, ..frame(1) }, ..shared() };
    assert_snapshot!(read(&Content::Pulse(closed)), @"");
}

#[test]
fn a_private_pulse() {
    let mut pulse = private(1, "Ravi");
    assert_snapshot!(read(&Content::PrivatePulse(pulse.clone())), @"");
    pulse.again = true;
    pulse.item.audience = Audience::Partner;
    assert_snapshot!(read(&Content::PrivatePulse(pulse.clone())), @"");
    pulse.frame.closed = true;
    assert_snapshot!(read(&Content::PrivatePulse(pulse)), @"");
}

#[test]
fn a_mentor_of_many() {
    let mut rows = vec![private(1, "Ana"), private(2, "Bo"), private(3, "Kim")];
    rows[2].frame.closed = true;
    let pulses = MentorPulses { program_name: "Engineering".to_owned(), rows };
    assert_snapshot!(read(&Content::MentorPulses(pulses)), @"");
    let twenty = (0..20).map(|n| private(n, &format!("Ana {n}"))).collect();
    let pulses = MentorPulses { program_name: "Engineering".to_owned(), rows: twenty };
    let rendered = message(&Content::MentorPulses(pulses), &key(), 1);
    assert_eq!(rendered.blocks.as_array().map(Vec::len), Some(42));
    assert!(outline(&rendered).contains("[... We met since 12 May | Not this week"));
}

#[test]
fn the_welcome() {
    assert_snapshot!(read(&Content::Welcome(welcome())), @"");
    let pairs = ["Ana", "Bo"].map(|name| (Role::Mentor, name.to_owned())).into();
    let coordinators = vec!["Mia Chen".to_owned(), "Tom".to_owned()];
    let started = Welcome { pairs, coordinators, weekly: 1, said: Some(Started::Yes), ..welcome() };
    assert_snapshot!(read(&Content::Welcome(started.clone())), @"");
    assert_snapshot!(read(&Content::Welcome(Welcome { said: Some(Started::No), ..started })), @"");
}

#[test]
fn after_a_tap() {
    let saved = |audience, commented, second| Said::Saved {
        pulse: pulse(1),
        question: QuestionId::from("comm-openness"),
        label: "Mostly".to_owned(),
        audience,
        partner: "Ravi".to_owned(),
        commented,
        second,
    };
    assert_snapshot!(read(&Content::Said(saved(Audience::Coordinator, false, Some(item(TELL))))), @"");
    assert_snapshot!(read(&Content::Said(saved(Audience::Partner, true, None))), @"");
    assert_snapshot!(read(&Content::Said(saved(Audience::OnlyTotals, false, None))), @"");
    assert_snapshot!(read(&Content::Said(Said::Again { pulse: pulse(1), item: item(OPEN) })), @"");
}

#[test]
fn the_other_words_to_one_person() {
    let (partner, program_name) = ("Ravi".to_owned(), "Engineering".to_owned());
    let coordinators = vec!["Mia Chen".to_owned(), "Tom".to_owned()];
    let commented = |withdrawn, audience| Said::Commented { withdrawn, audience, partner: partner.clone() };
    let all = [
        Said::Met { met: true, partner: partner.clone() },
        Said::Met { met: false, partner: partner.clone() },
        Said::Skipped { closes: at(22, 17) },
        Said::Snoozed { until: at(20, 10) },
        commented(false, Audience::Coordinator),
        commented(false, Audience::OnlyTotals),
        commented(true, Audience::Partner),
        Said::HelpSent { coordinators: coordinators.clone(), partner: partner.clone() },
        Said::HelpSent { coordinators: vec![], partner: partner.clone() },
        Said::Started { program_name: program_name.clone() },
        Said::Declined { program_name, coordinators },
        Said::Refused(Refusal::AnswerFirst),
    ];
    let read: Vec<String> = all.into_iter().map(|said| read(&Content::Said(said))).collect();
    assert_snapshot!(read.join("\n\n"), @"");
    assert_snapshot!(outline(&message(&Content::Said(Said::How(how())), &key(), 1)), @"");
}

#[test]
fn a_kind_no() {
    let all = [
        Refusal::NotYourPair,
        Refusal::PulseClosed { at: at(22, 17) },
        Refusal::Gone,
        Refusal::NotAsked,
        Refusal::AnswerFirst,
        Refusal::ClosesBefore { at: at(20, 17) },
        Refusal::Unknown,
        Refusal::Ended,
        Refusal::TryAgain,
    ];
    assert_snapshot!(all.each_ref().map(refused).join("\n"), @"");
}

#[test]
fn a_word_to_a_coordinator() {
    let (program_name, name, user) = ("Engineering".to_owned(), "Ana".to_owned(), "U1".to_owned());
    let all = [
        Note::Declined {
            program_name: program_name.clone(),
            name: name.clone(),
            user: user.clone(),
            role: Role::Mentee,
            partners: vec!["Ravi".to_owned()],
        },
        Note::Help {
            program_name: program_name.clone(),
            name,
            user,
            partner: "Ravi".to_owned(),
            words: "We never find a time.\n<!channel> *help*".to_owned(),
        },
        Note::Unreachable {
            program_name,
            pair_name: "Ana & Ravi".to_owned(),
            why: "Ravi's account is deactivated.".to_owned(),
        },
    ];
    let read: Vec<String> = all.into_iter().map(|note| read(&Content::Note(note))).collect();
    assert_snapshot!(read.join("\n\n"), @"");
}

#[test]
fn the_digest() {
    assert_snapshot!(read(&Content::Digest(digest(3))), @"");
    assert_snapshot!(read(&Content::Digest(digest(0))), @"");
    assert_snapshot!(digest_text(&digest(2)), @"");
}

#[test]
fn the_first_digest_of_all() {
    let mut page = digest(1);
    page.pairs.clear();
    page.people.clear();
    page.comments.clear();
    page.digest.met = 0;
    page.digest.answered = Default::default();
    page.digest.answered_before = None;
    page.digest.weeks = None;
    page.digest.indicators.truncate(0);
    assert_snapshot!(digest_text(&page), @"");
}

#[test]
fn a_withdrawal_has_no_words() {
    let copy = Receipt { channel: "C1".to_owned(), ts: "1.2".to_owned() };
    assert_eq!(message(&Content::Withdrawal(copy), &key(), 1).text, "");
}
