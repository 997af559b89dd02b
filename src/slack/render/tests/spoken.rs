//! Words for one person: after a tap, a kind "no", a word to a coordinator.

use insta::assert_snapshot;

use crate::core::answer::Audience;
use crate::core::content::{Content, Note, Said};
use crate::core::id::QuestionId;
use crate::core::question::Role;
use crate::core::refusal::Refusal;
use crate::slack::render::{message, refused};

use super::outline::outline;
use super::samples::*;

fn read(content: &Content) -> String {
    outline(&message(content, &key(), 1))
}

#[test]
fn after_a_tap() {
    let saved = |audience, commented: bool, second| Said::Saved {
        pulse: pulse(1),
        question: QuestionId::from("comm-openness"),
        label: "Mostly".to_owned(),
        audience,
        partner: "Ravi".to_owned(),
        follow_up: commented.then(|| "Pick one skill to try before the next session.".to_owned()),
        commented,
        second,
    };
    assert_snapshot!(read(&Content::Said(saved(Audience::Coordinator, false, Some(item(TELL))))), @r"
    Your answer is saved. Your coordinator can see it, Ravi cannot. One more, only for you: I can tell Ravi when something does not work for me. Your coordinator can see your answer, Ravi cannot. You can change that.
    ---
    Saved: *Mostly*. Your coordinator can see it, Ravi cannot.
    [Change] [Add a comment] [Who sees this]
    One more, only for you: *I can tell Ravi when something does not work for me.*
    [No] [Not really] [Partly] [Mostly] [Yes]
    (Your coordinator can see your answer, Ravi cannot. You can change that.)
    ");
    assert_snapshot!(read(&Content::Said(saved(Audience::Partner, true, None))), @"
    Your answer is saved. Your coordinator and Ravi can see it.
    ---
    Saved: *Mostly*. Your coordinator and Ravi can see it.
    (A thought, only for you: Pick one skill to try before the next session.)
    [Change] [Edit comment] [Who sees this]
    ");
    assert_snapshot!(read(&Content::Said(saved(Audience::OnlyTotals, false, None))), @r"
    Your answer is saved. Nobody sees it by name: it counts in totals only.
    ---
    Saved: *Mostly*. Nobody sees it by name: it counts in totals only.
    [Change] [Add a comment] [Who sees this]
    ");
    assert_snapshot!(read(&Content::Said(Said::Again { pulse: pulse(1), item: item(OPEN) })), @r"
    We can talk openly, also about hard things. What you tap now takes the place of your answer.
    ---
    *We can talk openly, also about hard things.*
    What you tap now takes the place of your answer.
    [No] [Not really] [Partly] [Mostly] [Yes]
    ");
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
    assert_snapshot!(read.join("\n\n"), @"
    Noted. You can say otherwise until the pulse closes.
    ---
    Noted: you and Ravi have met.

    Noted. You can say otherwise until the pulse closes.
    ---
    Noted: you and Ravi have not met since.

    Not this week, then. It counts neither as answered nor as missed. Should you change your mind, the buttons work until Fri 22 May, 17:00 UTC.
    ---
    Not this week, then. It counts neither as answered nor as missed. Should you change your mind, the buttons work until Fri 22 May, 17:00 UTC.

    You will be asked again Wed 20 May, 10:00 UTC, in a message only to you.
    ---
    You will be asked again Wed 20 May, 10:00 UTC, in a message only to you.

    Your comment is saved. Your coordinator can see it, Ravi cannot.
    ---
    Your comment is saved. Your coordinator can see it, Ravi cannot.

    Your comment is saved. Nobody but you sees it.
    ---
    Your comment is saved. Nobody but you sees it.

    Your comment is withdrawn and deleted.
    ---
    Your comment is withdrawn and deleted.

    Your words have been passed on. You can expect a word within one working day.
    ---
    Mia Chen and Tom have your words. You can expect a word from them within one working day. Ravi is not told.

    Your words have been passed on. You can expect a word within one working day.
    ---
    Your coordinator has your words. You can expect a word from them within one working day. Ravi is not told.

    You are in Engineering. The first question comes at its next time, in your working hours. Should you change your mind, press “Not for me” in the Home tab of this app.
    ---
    You are in Engineering. The first question comes at its next time, in your working hours. Should you change your mind, press “Not for me” in the Home tab of this app.

    You are out of Engineering: nothing is asked of you. Mia Chen and Tom are told, nobody else. Should you change your mind, press Start on the welcome.
    ---
    You are out of Engineering: nothing is asked of you. Mia Chen and Tom are told, nobody else. Should you change your mind, press Start on the welcome.

    Please tap an answer first; then you can add a comment and choose who sees it.
    ---
    Please tap an answer first; then you can add a comment and choose who sees it.
    ");
    assert_snapshot!(outline(&message(&Content::Said(Said::How(how())), &key(), 1)), @"
    How Engineering works
    Mia Chen coordinates this programme. You are asked one or two short questions at a time, and whether you two have met. One tap is an answer. You can change it until the pulse closes, add a comment, or leave it out: “Not this week” counts neither as answered nor as missed.
    Who sees an answer
    Each question says it before you tap, and you can change it for each answer.
    • My coordinator: coordinators see it with your name. Your partner does not.
    • My coordinator and my partner: both see it with your name.
    • Nobody by name: it counts in totals only, and a total is shown only when it is about 5 people or more.
    In a pair of two nothing is anonymous. What you share with your partner, they know to be yours. If no answer comes three times in a row, coordinators see that; your partner does not.
    How a pair's health is computed
    Coordinators see a number from 0 to 100 for each pair, so that they know where help may be welcome. It is made of what both answer, held against what they usually answer, of meetings, missed pulses and goals. “Nobody by name” leaves no trace in it. Neither of you sees it, as with your own answers you could work out the other's. It judges nobody.
    The rules in numbers (version 2)
    Every pair begins with 80. The answers of the last 5 weeks move it: for each indicator by how far they lie from what that person usually says, of the one for whom it goes worse. Meetings: -4 for each whole week over the agreed rhythm, at most -24. Missed pulses: -4 for each pulse missed beyond one's own usual. Goals: -1 for each whole week over 2 without a step, at most -5. From 40 down coordinators read that the pair needs somebody, never because of one day of one person. All of it, with examples to follow with a pencil, is in docs/SCORING.md, which comes with rapport; your coordinators can show it to you.
    What is never read
    Your conversations, here or anywhere else in Slack: rapport has no permission to read them. It knows what you tell it by a button, a form or a command, and nothing more.
    ---
    *How Engineering works*
    Mia Chen coordinates this programme. You are asked one or two short questions at a time, and whether you two have met. One tap is an answer. You can change it until the pulse closes, add a comment, or leave it out: “Not this week” counts neither as answered nor as missed.
    *Who sees an answer*
    Each question says it before you tap, and you can change it for each answer.
    • *My coordinator*: coordinators see it with your name. Your partner does not.
    • *My coordinator and my partner*: both see it with your name.
    • *Nobody by name*: it counts in totals only, and a total is shown only when it is about 5 people or more.
    *In a pair of two nothing is anonymous.* What you share with your partner, they know to be yours. If no answer comes three times in a row, coordinators see that; your partner does not.
    *How a pair's health is computed*
    Coordinators see a number from 0 to 100 for each pair, so that they know where help may be welcome. It is made of what both answer, held against what they usually answer, of meetings, missed pulses and goals. “Nobody by name” leaves no trace in it. Neither of you sees it, as with your own answers you could work out the other's. It judges nobody.
    *The rules in numbers* (version 2)
    Every pair begins with 80. The answers of the last 5 weeks move it: for each indicator by how far they lie from what that person usually says, of the one for whom it goes worse. Meetings: -4 for each whole week over the agreed rhythm, at most -24. Missed pulses: -4 for each pulse missed beyond one's own usual. Goals: -1 for each whole week over 2 without a step, at most -5. From 40 down coordinators read that the pair needs somebody, never because of one day of one person. All of it, with examples to follow with a pencil, is in docs/SCORING.md, which comes with rapport; your coordinators can show it to you.
    *What is never read*
    Your conversations, here or anywhere else in Slack: rapport has no permission to read them. It knows what you tell it by a button, a form or a command, and nothing more.
    ");
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
    assert_snapshot!(all.each_ref().map(refused).join("\n"), @r"
    These buttons belong to another pair, so nothing was saved.
    This pulse closed <!date^1779469200^{date_short_pretty} {time}|Fri 22 May, 17:00 UTC>, so its answers stay as they are; the next one comes by itself.
    What this belonged to is no longer there, so nothing was saved; the Home tab shows what is open.
    This question was not asked of you this time, so nothing was saved; yours are in the Home tab.
    Please tap an answer first; then you can add a comment and choose who sees it.
    This pulse closes <!date^1779296400^{date_short_pretty} {time}|Wed 20 May, 17:00 UTC>, before tomorrow's question could come; until then you can answer here.
    rapport does not know this button or command; your pulses and answers are in the Home tab.
    This pair has ended, so nothing more is asked or saved.
    That could not be saved in time, so nothing was; please try once more.
    ");
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
        Note::Back { program_name: program_name.clone(), name: name.clone(), user: user.clone(), role: Role::Mentee },
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
    assert_snapshot!(read.join("\n\n"), @"
    Somebody in Engineering does not wish to take part.
    ---
    *Ana* (<@U1>), mentee in Engineering, pressed *Not for me*. Nothing is asked of them.
    Their mentor, Ravi, has not been told.
    (There can be many reasons. They can still press Start on the welcome.)

    Somebody in Engineering takes part again.
    ---
    *Ana* (<@U1>), mentee in Engineering, had pressed *Not for me*, and has pressed *Start* since: they take part again.

    Somebody in Engineering asks for help.
    ---
    *Ana* (<@U1>) asks for help with Ravi in Engineering.
    > We never find a time.
    > <!channel> ∗help∗
    (They were told that they hear from a person within one working day, and that Ravi is not told.)

    A pair in Engineering cannot be reached.
    ---
    Ana & Ravi in Engineering cannot be reached: Ravi's account is deactivated.
    (Nothing is asked of this pair until it can be reached again.)
    ");
}
