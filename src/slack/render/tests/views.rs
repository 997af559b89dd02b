//! Forms and App Home.

use crate::core::content::HelpForm;
use insta::assert_snapshot;

use crate::core::answer::Audience;
use crate::core::content::{Form, Home, HomePair, HomePulse, Started};
use crate::core::id::{ProgramId, QuestionId};
use crate::slack::render::{form, home, how_view};

use super::limits::check_view;
use super::outline::{blocks, modal};
use super::samples as sample;

fn read(view: &Home) -> String {
    let view = home(view, &sample::key(), 1);
    assert_eq!(check_view(&view), Ok(()));
    blocks(&view["blocks"])
}

#[test]
fn the_forms() {
    let (pulse, question) = (sample::pulse(1), QuestionId::from("comm-openness"));
    let (text, partner) = (sample::OPEN.to_owned(), "Ravi".to_owned());
    let comment = |words: &str| Form::Comment {
        pulse: pulse.clone(),
        question: question.clone(),
        text: text.clone(),
        words: words.to_owned(),
        audience: Audience::Coordinator,
        partner: partner.clone(),
    };
    assert_snapshot!(modal(&form(&comment(""))), @r"
    # Your comment
    *We can talk openly, also about hard things.*
    Your coordinator can see it, Ravi cannot.
    Your words: [  ]
      (An empty field withdraws the comment.)
    [Save]
    [Cancel]
    ");
    assert_snapshot!(modal(&form(&comment("It got *easier*."))), @r"
    # Your comment
    *We can talk openly, also about hard things.*
    Your coordinator can see it, Ravi cannot.
    Your words: [ It got *easier*. ]
      (An empty field withdraws the comment.)
    [Save]
    [Cancel]
    ");
    let audience = Form::Audience {
        pulse: pulse.clone(),
        question: question.clone(),
        text: text.clone(),
        audience: Audience::Partner,
        partner: partner.clone(),
        threshold: 5,
    };
    assert_snapshot!(modal(&form(&audience)), @r"
    # Who sees this
    *We can talk openly, also about hard things.*
    In a pair of two nothing is anonymous: what you share with Ravi, they know to be yours. A comment goes where its answer goes; in totals only, nobody but you sees it.
    Who sees this answer:
      ( ) My coordinator - With my name. My partner does not see it.
      (x) My coordinator and Ravi - Both see it with my name.
      ( ) Nobody by name - It counts in totals of 5 people or more.
    [Save]
    [Cancel]
    ");
    let help = |coordinators: &[&str], safety: Option<&str>| {
        Form::Help(HelpForm::Ask {
            pair: sample::pair(1),
            partner: partner.clone(),
            coordinators: coordinators.iter().map(|name| (*name).to_owned()).collect(),
            safety: safety.map(str::to_owned),
        })
    };
    assert_snapshot!(modal(&form(&help(&["Mia Chen"], None))), @"
    # Ask for help
    Mia Chen receives your words with your name, and answers within one working day. Nobody else sees them, and Ravi is not told. You will see that they were read.
    What is it about?: [Finding time together | How we talk with each other | What to work on | Something at work | Something else v]
    How soon?:
      ( ) Today, please
      (x) This week
      ( ) There is no hurry
    What would help you?: [  ]
      (A few words are enough.)
    [This match is not right]
    [Send]
    [Cancel]
    ");
    assert_snapshot!(modal(&form(&help(&["Mia Chen", "Tom"], Some("In danger? Call 112 first.")))), @"
    # Ask for help
    Mia Chen and Tom receive your words with your name, and answer within one working day. Nobody else sees them, and Ravi is not told. You will see that they were read.
    In danger? Call 112 first.
    What is it about?: [Finding time together | How we talk with each other | What to work on | Something at work | Something else v]
    How soon?:
      ( ) Today, please
      (x) This week
      ( ) There is no hurry
    What would help you?: [  ]
      (A few words are enough.)
    [This match is not right]
    [Send]
    [Cancel]
    ");
    assert!(modal(&how_view(&sample::how())).starts_with("# How this works\n*How Engineering works*"));
}

#[test]
fn what_a_form_carries_is_what_the_parser_reads() {
    use crate::slack::form::Form as Carried;
    let (pair, partner) = (sample::pair(1), String::new());
    let view = form(&Form::Help(HelpForm::Ask { pair, partner, coordinators: vec![], safety: None }));
    let carried = Carried::parse(
        view["callback_id"].as_str().expect("a kind"),
        view["private_metadata"].as_str().expect("what it is about"),
    );
    assert_eq!(carried, Some(Carried::Help { pair: sample::pair(1) }));
}

#[test]
fn home_of_a_member() {
    assert_snapshot!(read(&sample::home(1)), @"
    ## Open now
    *Ravi* · Pulse 9 of 26 · open until Fri 22 May, 17:00 UTC   [... Not this week | Ask me tomorrow | I need help | How this works]
    *We can talk openly, also about hard things.*
    You said: *Mostly*. Your coordinator can see it, Ravi cannot.
    > It got easier.
    [No] [Not really] [Partly] [*Mostly*] [Yes]
    [Edit comment] [Who sees this]
    *I can tell Ravi when something does not work for me.*
    Not answered yet. Your coordinator can see your answer, Ravi cannot.
    [No] [Not really] [Partly] [Mostly] [Yes]
    Did you two meet since 12 May?
    [Yes] [Not yet]
    ----
    ## Your pair
    *Ravi*, your mentor in Engineering
    *Ravi* · last met 12 May, 45 minutes
    You suggested Tue 26 May, 08:00 UTC, Wed 27 May, 08:00 UTC and Thu 28 May, 13:00 UTC. Ravi chooses.   [What to prepare]
    [We met today] [Log a session] [Suggest dates] [Say thanks] [Correct the last] [I need help] [This match is not right] [Call it off]
    Only for you: *Was this session worth your time?*
    [Not at all] [A little] [Somewhat] [Quite] [Very much]
    Only for you: *Is the next one booked?*
    [Yes] [Not yet] [We are done for now]
    (Nobody else sees what you tap here, and no score uses it.)
    You take part in Engineering.   [Not for me]
    *Your time*
    Nothing is asked of you from Monday 8 June until Monday 15 June.
    You are asked every second time.
    Quiet from 12:00 to 13:00.
    [Pause or go away] [Your hours] [I stay]
    ## Shared with you
    *Ravi* · Fri 22 May, 17:00 UTC
    We can talk openly, also about hard things.
    *Mostly*
    > Let us keep it up.
    ## What you answered
    *Ravi* · Pulse 9 of 26 · closed Fri 22 May, 17:00 UTC
    We can talk openly, also about hard things.
    You said: *Mostly*. Your coordinator can see it, Ravi cannot.
    > It got easier.
    *What rapport knows of you*
    Your name and time zone in Slack, your pairs, what you tapped and wrote here, and whether you two have met, as you said it. It reads no conversations.   [Who sees what]
    *Messages that rapport started this week:* 2 of 3 used, of them 1 nudge. It starts no more than that, and at most one nudge.   [... At most 2 a week | At most 1 a week | No nudges]
    ");
    let skipped = HomePulse { skipped: true, items: vec![], ..sample::home_pulse(1) };
    let waiting = HomePair { said: None, ..sample::home_pair(1) };
    let out = HomePair {
        said: Some(Started::No),
        program: ProgramId::from("T1:design"),
        program_name: "Design".to_owned(),
        ..sample::home_pair(2)
    };
    let quiet = Home {
        open: vec![],
        past: vec![skipped],
        shared: vec![],
        shared_besides: 0,
        pairs: vec![waiting, out],
        goals: vec![],
        agreements: vec![],
        thanks: vec![],
        record: Default::default(),
        surveys: vec![],
        help: vec![],
        former: vec![],
        coordinates: vec![],
        attention: None,
        rest: None,
        looks: vec![],
    };
    assert_snapshot!(read(&quiet), @"
    ## Open now
    Nothing is asked of you at the moment.
    ## Your pairs
    *Ravi*, your mentor in Engineering
    *Ravi*, your mentor in Design
    *Ravi* · last met 12 May, 45 minutes
    Ravi suggests Tue 26 May, 08:00 UTC, Wed 27 May, 08:00 UTC and Thu 28 May, 13:00 UTC. Choose in your conversation.   [What to prepare]
    [We met today] [Log a session] [Suggest dates] [Say thanks] [Correct the last] [I need help] [This match is not right] [Call it off]
    Only for you: *Was this session worth your time?*
    [Not at all] [A little] [Somewhat] [Quite] [Very much]
    Only for you: *Is the next one booked?*
    [Yes] [Not yet] [We are done for now]
    (Nobody else sees what you tap here, and no score uses it.)
    Engineering waits for your word.
    [*Start*] [Not for me]
    Nothing is asked of you in Design.   [*Start*]
    ## What you answered
    *Ravi* · Pulse 9 of 26 · closed Fri 22 May, 17:00 UTC
    Not this week, you said.
    *What rapport knows of you*
    Your name and time zone in Slack, your pairs, what you tapped and wrote here, and whether you two have met, as you said it. It reads no conversations.   [Who sees what]
    ");
}

#[test]
fn home_of_a_coordinator_and_of_nobody() {
    let coordinates = vec!["Engineering".to_owned(), "Design".to_owned()];
    assert_snapshot!(read(&Home { coordinates, ..sample::home(0) }), @"
    ## Open now
    Nothing is asked of you at the moment.
    *Your time*
    Nothing is asked of you from Monday 8 June until Monday 15 June.
    You are asked every second time.
    Quiet from 12:00 to 13:00.
    [Pause or go away] [Your hours] [I stay]
    *You coordinate* Engineering, Design
    The digest comes to you once a week, in a message of this app.
    ## Shared with you
    *Ravi* · Fri 22 May, 17:00 UTC
    We can talk openly, also about hard things.
    *Mostly*
    > Let us keep it up.
    *What rapport knows of you*
    Your name and time zone in Slack, your pairs, what you tapped and wrote here, and whether you two have met, as you said it. It reads no conversations.
    ");
    assert_snapshot!(read(&sample::home(0)), @r"
    ## You are in no mentoring pair
    rapport asks short questions of mentoring pairs. Whoever coordinates a programme can put you in; you are welcomed first, and nothing is asked before.
    *What rapport knows of you*
    Your name and time zone in Slack, your pairs, what you tapped and wrote here, and whether you two have met, as you said it. It reads no conversations.
    ");
}

#[test]
fn home_of_somebody_with_many_pairs() {
    let twenty = read(&sample::home(20));
    assert_eq!(twenty.matches("*Ravi* · Pulse 9 of 26 · open until").count(), 20);
    assert!(!twenty.contains("… and"));
    let many = read(&sample::home(200));
    assert!(many.contains("… and 165 more that close later."), "{many}");
    assert!(many.contains("… and 160 more"));
    assert!(many.contains("[Who sees what]"));
}
