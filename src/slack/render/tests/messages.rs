//! The pulse and the welcome in every state.

use insta::assert_snapshot;

use crate::core::answer::Audience;
use crate::core::content::{Content, Item, MentorPulses, PulseFrame, SharedPulse, Started, Welcome};
use crate::core::question::Role;
use crate::slack::render::message;

use super::outline::outline;
use super::samples::*;

fn read(content: &Content) -> String {
    outline(&message(content, &key(), 1))
}

#[test]
fn the_shared_pulse() {
    assert_snapshot!(read(&Content::Pulse(shared())), @r"
    Pulse 9 of 26 · Ana & Ravi. We can talk openly, also about hard things. Open until Fri 22 May, 17:00 UTC. Your coordinator can see your answer, your partner cannot. You can change that.
    ---
    (Pulse 9 of 26 · Ana & Ravi)
    *We can talk openly, also about hard things.*
    [No] [Not really] [Partly] [Mostly] [Yes] [... Not this week | Ask me tomorrow | I need help | How this works]
    Did you two meet since 12 May?
    [Yes] [Not yet]
    (Open until Fri 22 May, 17:00 UTC (your time). Your coordinator can see your answer, your partner cannot. You can change that.)
    ");
    let program_name = Some("Engineering".to_owned());
    let differing = SharedPulse {
        frame: PulseFrame { program_name, of: None, ..frame(1) },
        mentee: Item { audience: Audience::Partner, ..item("I moved closer to a goal.") },
        mentor: Item { audience: Audience::Partner, ..item("My mentee moved closer to a goal.") },
        ..shared()
    };
    assert_snapshot!(read(&Content::Pulse(differing)), @r"
    Engineering · Pulse 9 · Ana & Ravi. Ana: I moved closer to a goal. Ravi: My mentee moved closer to a goal. Open until Fri 22 May, 17:00 UTC. Your coordinator and your partner can see your answer. You can change that.
    ---
    (Engineering · Pulse 9 · Ana & Ravi)
    *Ana: I moved closer to a goal.*
    *Ravi: My mentee moved closer to a goal.*
    [No] [Not really] [Partly] [Mostly] [Yes] [... Not this week | Ask me tomorrow | I need help | How this works]
    Did you two meet since 12 May?
    [Yes] [Not yet]
    (Open until Fri 22 May, 17:00 UTC (your time). Your coordinator and your partner can see your answer. You can change that.)
    ");
    let totals = SharedPulse {
        mentee: Item { audience: Audience::OnlyTotals, ..item(OPEN) },
        mentor: Item { audience: Audience::OnlyTotals, ..item(OPEN) },
        ..shared()
    };
    assert_snapshot!(read(&Content::Pulse(totals)), @r"
    Pulse 9 of 26 · Ana & Ravi. We can talk openly, also about hard things. Open until Fri 22 May, 17:00 UTC. Nobody sees your answer by name: it counts in totals only. You can change that.
    ---
    (Pulse 9 of 26 · Ana & Ravi)
    *We can talk openly, also about hard things.*
    [No] [Not really] [Partly] [Mostly] [Yes] [... Not this week | Ask me tomorrow | I need help | How this works]
    Did you two meet since 12 May?
    [Yes] [Not yet]
    (Open until Fri 22 May, 17:00 UTC (your time). Nobody sees your answer by name: it counts in totals only. You can change that.)
    ");
    let closed = SharedPulse { frame: PulseFrame { closed: true, ..frame(1) }, ..shared() };
    assert_snapshot!(read(&Content::Pulse(closed)), @r"
    Pulse 9 of 26 · Ana & Ravi, closed. We can talk openly, also about hard things.
    ---
    (Pulse 9 of 26 · Ana & Ravi)
    *We can talk openly, also about hard things.*
    (This pulse is closed. Your own answers are in the Home tab of this app.)
    ");
}

#[test]
fn a_private_pulse() {
    let mut pulse = private(1, "Ravi");
    assert_snapshot!(read(&Content::PrivatePulse(pulse.clone())), @r"
    Pulse 9 of 26 · you & Ravi. We can talk openly, also about hard things. Open until Fri 22 May, 17:00 UTC. Your coordinator can see your answer, Ravi cannot. You can change that.
    ---
    (Pulse 9 of 26 · you & Ravi)
    *We can talk openly, also about hard things.*
    [No] [Not really] [Partly] [Mostly] [Yes] [... Not this week | Ask me tomorrow | I need help | How this works]
    Did you two meet since 12 May?
    [Yes] [Not yet]
    (Open until Fri 22 May, 17:00 UTC (your time). Your coordinator can see your answer, Ravi cannot. You can change that.)
    ");
    pulse.again = true;
    pulse.item.audience = Audience::Partner;
    assert_snapshot!(read(&Content::PrivatePulse(pulse.clone())), @r"
    Pulse 9 of 26 · you & Ravi. You wished to be asked again today. We can talk openly, also about hard things. Open until Fri 22 May, 17:00 UTC. Your coordinator and Ravi can see your answer. You can change that.
    ---
    (Pulse 9 of 26 · you & Ravi)
    You wished to be asked again today. *We can talk openly, also about hard things.*
    [No] [Not really] [Partly] [Mostly] [Yes] [... Not this week | Ask me tomorrow | I need help | How this works]
    Did you two meet since 12 May?
    [Yes] [Not yet]
    (Open until Fri 22 May, 17:00 UTC (your time). Your coordinator and Ravi can see your answer. You can change that.)
    ");
    pulse.frame.closed = true;
    assert_snapshot!(read(&Content::PrivatePulse(pulse)), @r"
    Pulse 9 of 26 · you & Ravi, closed. We can talk openly, also about hard things.
    ---
    (Pulse 9 of 26 · you & Ravi)
    *We can talk openly, also about hard things.*
    (This pulse is closed. Your own answers are in the Home tab of this app.)
    ");
}

#[test]
fn a_mentor_of_many() {
    let mut rows = vec![private(1, "Ana"), private(2, "Bo"), private(3, "Kim")];
    rows[2].frame.closed = true;
    let pulses = MentorPulses { program_name: "Engineering".to_owned(), rows, more: 0 };
    assert_snapshot!(read(&Content::MentorPulses(pulses)), @r"
    Your pulses in Engineering. Ana: We can talk openly, also about hard things. Bo: We can talk openly, also about hard things. Kim: We can talk openly, also about hard things. Each row says who can see that answer. You can change that.
    ---
    (Engineering · your pulses, one for each mentee)
    Ana · Pulse 9 of 26 · open until Fri 22 May, 17:00 UTC
    *We can talk openly, also about hard things.*
    Your coordinator can see your answer, Ana cannot.
    [No] [Not really] [Partly] [Mostly] [Yes] [... Not this week | Ask me tomorrow | I need help | How this works]
    [We met since 12 May] [Not met yet]
    Bo · Pulse 9 of 26 · open until Fri 22 May, 17:00 UTC
    *We can talk openly, also about hard things.*
    Your coordinator can see your answer, Bo cannot.
    [No] [Not really] [Partly] [Mostly] [Yes] [... Not this week | Ask me tomorrow | I need help | How this works]
    [We met since 12 May] [Not met yet]
    Kim · Pulse 9 of 26 · closed
    *We can talk openly, also about hard things.*
    (Each row says who can see that answer. You can change that.)
    ");
    let twenty = (0..20).map(|n| private(n, &format!("Ana {n}"))).collect();
    let pulses = MentorPulses { program_name: "Engineering".to_owned(), rows: twenty, more: 5 };
    let rendered = message(&Content::MentorPulses(pulses), &key(), 1);
    assert_eq!(rendered.blocks.as_array().map(Vec::len), Some(43));
    assert!(outline(&rendered).contains("(5 more are in the Home tab of this app, the unanswered ones first.)"));
    assert!(outline(&rendered).contains("[... We met since 12 May | Not this week"));
}

#[test]
fn the_welcome() {
    assert_snapshot!(read(&Content::Welcome(welcome())), @"
    Welcome to Engineering. Mia Chen coordinates this programme and has put you in. Your mentor is Ravi. rapport asks short questions, at most 3 messages a week, and never reads your conversations. Nothing is asked before you press Start, or before three working days have passed. “Not for me” is told to Mia Chen only.
    ---
    ## Welcome to Engineering
    Mia Chen coordinates this programme and has put you in. Your mentor is Ravi.
    *What happens*
    rapport is a bot that helps mentoring pairs to notice early when something does not work. It asks short questions that take one tap, and now and then it proposes one small thing to do (a nudge): at most 3 messages a week, in your working hours. You can choose fewer, or no nudges, in the Home tab of this app.
    *What the coordinator sees*
    Your answers with your name, unless a question says otherwise or you choose otherwise for an answer. Your partner sees an answer only if you share it. A total is shown only when it is about 5 people or more.
    *What is never read*
    Your conversations. rapport knows what you tell it by a button, a form or a command, and nothing more.
    (Nothing is asked before you press Start, or before three working days have passed. “Not for me” is told to Mia Chen only.)
    [*Start*] [Not for me] [Who sees what]
    ");
    let pairs = ["Ana", "Bo"].map(|name| (Role::Mentor, name.to_owned())).into();
    let coordinators = vec!["Mia Chen".to_owned(), "Tom".to_owned()];
    let started = Welcome { pairs, coordinators, weekly: 1, said: Some(Started::Yes), ..welcome() };
    assert_snapshot!(read(&Content::Welcome(started.clone())), @"
    Welcome to Engineering. You are in. You can change your mind in the Home tab.
    ---
    ## Welcome to Engineering
    Mia Chen and Tom coordinate this programme and have put you in. Your mentees are Ana and Bo.
    *What happens*
    rapport is a bot that helps mentoring pairs to notice early when something does not work. It asks short questions that take one tap, and now and then it proposes one small thing to do (a nudge): at most one message a week, in your working hours. You can choose fewer, or no nudges, in the Home tab of this app.
    *What the coordinator sees*
    Your answers with your name, unless a question says otherwise or you choose otherwise for an answer. Your partner sees an answer only if you share it. A total is shown only when it is about 5 people or more.
    *What is never read*
    Your conversations. rapport knows what you tell it by a button, a form or a command, and nothing more.
    You pressed *Start*: you are in. Should you change your mind, press “Not for me” in the Home tab of this app.
    ");
    assert_snapshot!(read(&Content::Welcome(Welcome { said: Some(Started::No), ..started })), @"
    Welcome to Engineering. Nothing is asked of you. Should you change your mind, press Start.
    ---
    ## Welcome to Engineering
    Mia Chen and Tom coordinate this programme and have put you in. Your mentees are Ana and Bo.
    *What happens*
    rapport is a bot that helps mentoring pairs to notice early when something does not work. It asks short questions that take one tap, and now and then it proposes one small thing to do (a nudge): at most one message a week, in your working hours. You can choose fewer, or no nudges, in the Home tab of this app.
    *What the coordinator sees*
    Your answers with your name, unless a question says otherwise or you choose otherwise for an answer. Your partner sees an answer only if you share it. A total is shown only when it is about 5 people or more.
    *What is never read*
    Your conversations. rapport knows what you tell it by a button, a form or a command, and nothing more.
    You pressed *Not for me*: nothing is asked of you. It is told to Mia Chen only. Should you change your mind, press Start.
    [*Start*]
    ");
}

#[test]
fn the_welcome_of_a_coordinator_who_is_in_a_pair() {
    let lines = |coordinators: &[&str], coordinates, told: &[&str]| {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let (coordinators, told) = (names(coordinators), names(told));
        let text = read(&Content::Welcome(Welcome { coordinators, coordinates, told, ..welcome() }));
        let is_about = |line: &&str| {
            ["ou coordinate", "oordinates this", "igest", "name,", "told"].iter().any(|part| line.contains(part))
        };
        text.lines().skip(3).filter(is_about).map(str::to_owned).collect::<Vec<_>>().join("\n")
    };
    assert_snapshot!(lines(&[], true, &[]), @"
    You coordinate this programme and are in it yourself. Your mentor is Ravi.
    Nothing of your pair: nobody outside it coordinates this programme, and a digest leaves its reader's own pair out. Your partner sees an answer only if you share it. A total is shown only when it is about 5 people or more.
    (Nothing is asked before you press Start, or before three working days have passed. “Not for me” is told to nobody, because nobody outside your pair coordinates this programme.)
    ");
    assert_snapshot!(lines(&["Tom"], true, &["Tom"]), @"
    You coordinate this programme with Tom and are in it yourself. Your mentor is Ravi.
    Your answers with your name, unless a question says otherwise or you choose otherwise for an answer. Your partner sees an answer only if you share it. A total is shown only when it is about 5 people or more.
    (Nothing is asked before you press Start, or before three working days have passed. “Not for me” is told to Tom only.)
    ");
    // Ravi, her mentor, coordinates it, with her or alone.
    assert_snapshot!(lines(&["Ravi"], true, &[]), @"
    You coordinate this programme with Ravi and are in it yourself. Your mentor is Ravi.
    Nothing of your pair: nobody outside it coordinates this programme, and a digest leaves its reader's own pair out. Your partner sees an answer only if you share it. A total is shown only when it is about 5 people or more.
    (Nothing is asked before you press Start, or before three working days have passed. “Not for me” is told to nobody, because nobody outside your pair coordinates this programme.)
    ");
    assert_snapshot!(lines(&["Ravi"], false, &[]), @"
    Ravi coordinates this programme and has put you in. Your mentor is Ravi.
    Nothing of your pair: nobody outside it coordinates this programme, and a digest leaves its reader's own pair out. Your partner sees an answer only if you share it. A total is shown only when it is about 5 people or more.
    (Nothing is asked before you press Start, or before three working days have passed. “Not for me” is told to nobody, because nobody outside your pair coordinates this programme.)
    ");
}
