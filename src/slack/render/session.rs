//! Sessions: the forms, the words after a tap, and the dates in the pair's conversation.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Value, json};

use crate::core::content::{Dates, HomePair, HomeSessions, SessionItem};
use crate::core::fit::FitAct;
use crate::core::help::HelpAct;
use crate::core::id::{MessageKey, PairId};
use crate::core::session::{LONGEST, ProposalState};
use crate::core::thanks::ThanksAct;
use crate::slack::action::Action;
use crate::slack::form::{self, Form as Carried};

use super::Rendered;
use super::block::{Blocks, button, plain, primary};
use super::form::modal;
use super::text::{and, day, line, name, plain_name, time, utc};

/// The form for a session: of one pair, or of one of several to choose from.
pub fn session_form(
    pairs: &[(PairId, String)],
    was: Option<NaiveDate>,
    stands: NaiveDate,
    minutes: Option<u16>,
) -> Value {
    let single = match pairs {
        [(pair, _)] => Some(pair.clone()),
        _ => None,
    };
    let mut blocks = Vec::new();
    if single.is_none() {
        let options: Vec<Value> = pairs
            .iter()
            .take(100)
            .map(|(pair, partner)| json!({"text": plain(&plain_name(partner), 75), "value": pair.as_str()}))
            .collect();
        blocks.push(input(form::PAIR, "With", false, json!({"type": "static_select", "options": options})));
    }
    if was.is_some() {
        let option = |label: &str, value: &str| json!({"text": plain(label, 75), "value": value});
        let yes = option("We met", "yes");
        let radio = json!({
            "type": "radio_buttons",
            "options": [yes, option("It did not take place", "no")],
            "initial_option": yes,
        });
        blocks.push(input(form::TOOK_PLACE, "This session", false, radio));
    }
    blocks.push(input(form::DAY, "Day", false, json!({"type": "datepicker", "initial_date": stands.to_string()})));
    let mut length = json!({
        "type": "number_input",
        "is_decimal_allowed": false,
        "min_value": "1",
        "max_value": LONGEST.to_string(),
    });
    if let Some(minutes) = minutes {
        length["initial_value"] = minutes.to_string().into();
    }
    blocks.push(input(form::MINUTES, "Minutes, if you like", true, length));
    let title = if was.is_some() { "Correct a session" } else { "Log a session" };
    modal(&Carried::Session { pair: single, was }, title, "Save", blocks)
}

/// The form for suggesting up to three dates.
pub fn dates_form(pair: &PairId, partner: &str, first: DateTime<Utc>) -> Value {
    let about = format!(
        "{} sees them in your conversation and taps the one that works. Times are in your own zone.",
        name(partner)
    );
    let mut blocks = vec![json!({"type": "section", "block_id": "about", "text": super::block::marked(&about, 3_000)})];
    for (place, field) in form::DATES.into_iter().enumerate() {
        let mut picker = json!({"type": "datetimepicker"});
        if place == 0 {
            picker["initial_date_time"] = first.timestamp().into();
        }
        let label = ["A date", "Or", "Or"][place];
        blocks.push(input(field, label, place > 0, picker));
    }
    modal(&Carried::Dates { pair: pair.clone() }, "Suggest dates", "Suggest", blocks)
}

fn input(field: &str, label: &str, optional: bool, mut element: Value) -> Value {
    element["action_id"] = field.into();
    json!({
        "type": "input",
        "block_id": field,
        "label": plain(label, 2_000),
        "optional": optional,
        "element": element,
    })
}

/// A suggestion in the pair's conversation. Both see the same; only the other's tap counts.
pub fn dates(dates: &Dates, key: &MessageKey, revision: i64) -> Rendered {
    let (by, partner) = (name(&dates.by), name(&dates.partner));
    let program = dates.program_name.as_ref().map(|program| format!(" ({})", name(program))).unwrap_or_default();
    let mut blocks = Blocks::message(key, revision);
    let proposal = &dates.proposal;
    let (pair, id) = (&dates.pair, &proposal.id);
    let text = match proposal.state {
        ProposalState::Open => {
            let head = format!("{by} suggests a date for your next session{program}.");
            blocks.section(&format!("{head} {partner}, which one works?"));
            for (place, date) in (1_u8..).zip(&proposal.dates) {
                let choose = Action::Choose { pair: pair.clone(), proposal: id.clone(), place, date: *date };
                blocks.section_with(&format!("*{}*", time(*date)), primary("Works", &choose));
            }
            blocks.row([
                button("Other dates", &Action::OpenDates { pair: pair.clone() }),
                button("Call it off", &Action::CallOff { pair: pair.clone(), proposal: id.clone() }),
            ]);
            let each: Vec<String> = proposal.dates.iter().map(|date| utc(*date)).collect();
            format!("{head} {}", each.join(" or "))
        }
        ProposalState::Set { date } => {
            let set = format!("Your next session{program}: ");
            blocks.section(&format!("{set}*{}*. {} and {} have agreed on it.", time(date), by, partner));
            blocks.row([
                button("Other dates", &Action::OpenDates { pair: pair.clone() }),
                button("Call it off", &Action::CallOff { pair: pair.clone(), proposal: id.clone() }),
            ]);
            format!("{set}{}", utc(date))
        }
        ProposalState::Over => {
            let words = format!("This suggestion{program} does not hold any more.");
            blocks.section(&words);
            words
        }
    };
    Rendered::post(key, text, blocks)
}

/// The words after a log, with the two questions for this person alone.
pub fn logged(
    pair: &PairId,
    (partner, on, minutes): (&str, NaiveDate, Option<u16>),
    joined: bool,
    ask: &[SessionItem],
    blocks: &mut Blocks<'_>,
) -> String {
    let length = minutes.map(|minutes| format!(", {minutes} minutes")).unwrap_or_default();
    let partner = name(partner);
    let noted = format!("Noted: you and {partner} met on {}{length}.", day(on));
    let rest = if joined {
        format!(" {partner} had logged it too; it counts once.")
    } else {
        format!(" {partner} can see and correct it.")
    };
    blocks.section_with(
        &format!("{noted}{rest}"),
        button("Correct", &Action::OpenSession { pair: pair.clone(), day: Some(on) }),
    );
    questions(pair, on, ask, blocks);
    format!("{noted}{rest}")
}

/// The questions after a session: two taps that nobody else sees.
pub fn questions(pair: &PairId, on: NaiveDate, ask: &[SessionItem], blocks: &mut Blocks<'_>) {
    for one in ask {
        blocks.section(&format!("Only for you: *{}*", line(&one.text, 300)));
        let labels = one.labels.iter().zip(1_u8..).map(|(label, value)| {
            button(label, &Action::Rate { pair: pair.clone(), day: on, item: one.item.clone(), value })
        });
        blocks.row(labels);
    }
    if !ask.is_empty() {
        blocks.context("Nobody else sees what you tap here, and no score uses it.");
    }
}

/// What App Home says of a pair's sessions, at most 2 blocks and those of the questions.
pub fn on_home(pair: &HomePair, blocks: &mut Blocks<'_>) {
    let HomeSessions { last, said_met, proposal, own_proposal, ask } = &pair.sessions;
    let partner = name(&pair.partner);
    let newer = said_met.filter(|said| last.is_none_or(|(on, _)| on < *said));
    let met = match last.as_ref().filter(|_| newer.is_none()) {
        Some((on, None)) => format!("last met {}", day(*on)),
        Some((on, Some(minutes))) => format!("last met {}, {minutes} minutes", day(*on)),
        None => newer.map_or_else(
            || "no session logged yet".to_owned(),
            |said| format!("you met, as was said in your pulse {}", day(said)),
        ),
    };
    let mut row = vec![
        button("We met today", &Action::MetToday { pair: pair.pair.clone() }),
        button("Log a session", &Action::OpenSession { pair: pair.pair.clone(), day: None }),
        button("Suggest dates", &Action::OpenDates { pair: pair.pair.clone() }),
        button("Say thanks", &Action::Thanks(ThanksAct::Open { pair: pair.pair.clone() })),
    ];
    if let Some((on, _)) = last {
        row.push(button("Correct the last", &Action::OpenSession { pair: pair.pair.clone(), day: Some(*on) }));
    }
    row.push(button("I need help", &Action::Help(HelpAct::Open { pair: pair.pair.clone() })));
    row.push(button("This match is not right", &Action::Fit(FitAct::Open { pair: pair.pair.clone() })));
    let next = match proposal {
        None => String::new(),
        Some(proposal) => {
            row.push(button(
                "Call it off",
                &Action::CallOff { pair: pair.pair.clone(), proposal: proposal.id.clone() },
            ));
            match proposal.state {
                ProposalState::Set { date } => format!("\nYour next session: *{}*", time(date)),
                ProposalState::Open => {
                    let dates: Vec<String> = proposal.dates.iter().map(|date| time(*date)).collect();
                    match own_proposal {
                        true => format!("\nYou suggested {}. {partner} chooses.", and(&dates)),
                        false => format!("\n{partner} suggests {}. Choose in your conversation.", and(&dates)),
                    }
                }
                ProposalState::Over => String::new(),
            }
        }
    };
    let fit = super::fit::standing(&pair.fit).map(|said| format!("\n{said}")).unwrap_or_default();
    let prepare = button("What to prepare", &Action::OpenAgenda { pair: pair.pair.clone() });
    blocks.section_with(&format!("*{partner}* · {met}{next}{fit}"), prepare);
    blocks.row(row);
    if let Some((on, _)) = last {
        questions(&pair.pair, *on, ask, blocks);
    }
}
