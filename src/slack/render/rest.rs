//! A person's own time: the forms, the words after a tap, the question after a silence, and what App Home says.

use chrono::{NaiveDate, Weekday, WeekdaySet};
use serde_json::{Value, json};

use crate::core::content::{HomeRest, PairPaused, RestForm, RestSaid, SilenceAsked};
use crate::core::holidays::Country;
use crate::core::id::{MessageKey, PairId};
use crate::core::question::Bank;
use crate::core::rest::{Choice, Holidays, Pace, Rest};
use crate::slack::action::Action;
use crate::slack::action::rest::{MINE, RestAction};
use crate::slack::form::{Form as Carried, rest as field};

use super::Rendered;
use super::block::{Blocks, button, plain};
use super::care::weekday;
use super::form::{modal, section};
use super::text::{name, plain_name, time};

/// Pairs among which the form lets one choose, beside oneself.
const PAIRS: usize = 99;

/// Pairs that App Home offers to let go on.
const PAUSED: usize = 3;

/// The modal of a form.
pub fn form(form: &RestForm) -> Value {
    match form {
        RestForm::Pause { pairs, first, last } => pause_form(pairs, *first, *last),
        RestForm::Time { rest, days } => time_form(rest, *days),
    }
}

fn pause_form(pairs: &[(PairId, String)], first: NaiveDate, last: NaiveDate) -> Value {
    let mine = option("Me, in all my pairs", MINE);
    let of_pair = |(pair, partner): &(PairId, String)| {
        option(&format!("Only my pair with {}", plain_name(partner)), pair.as_str())
    };
    let options: Vec<Value> = std::iter::once(mine.clone()).chain(pairs.iter().take(PAIRS).map(of_pair)).collect();
    let whose = json!({"type": "static_select", "options": options, "initial_option": mine});
    let day = |day: NaiveDate| json!({"type": "datepicker", "initial_date": day.to_string()});
    let about = "Nothing is asked on these days, and nothing counts as missed. It goes on by itself. Of days away your partner \
                 is told nothing; where you pause the pair, they are told until when.";
    let blocks = vec![
        section("about", about),
        input(field::WHOSE, "Who pauses", false, whose),
        input(field::FIRST, "First day", false, day(first)),
        input(field::LAST, "Last day", false, day(last)),
    ];
    modal(&Carried::Pause, "Pause or go away", "Save", blocks)
}

fn time_form(rest: &Rest, days: WeekdaySet) -> Value {
    let day_option = |day: Weekday| option(day_name(day), &day.to_string());
    let week = rest.week.unwrap_or(days);
    let all: Vec<Value> = WeekdaySet::ALL.iter(Weekday::Mon).map(day_option).collect();
    let chosen: Vec<Value> = week.iter(Weekday::Mon).map(day_option).collect();
    let mut boxes = json!({"type": "checkboxes", "options": all});
    if !chosen.is_empty() {
        boxes["initial_options"] = chosen.into();
    }
    let picker = |time: Option<chrono::NaiveTime>| {
        let mut picker = json!({"type": "timepicker"});
        if let Some(time) = time {
            picker["initial_time"] = time.format("%H:%M").to_string().into();
        }
        picker
    };
    let general = [holidays_option(Holidays::Program), holidays_option(Holidays::Work)];
    let countries: Vec<Value> = Country::all().into_iter().map(Holidays::Of).map(holidays_option).collect();
    // A group takes a hundred options.
    let groups = countries.chunks(61).map(|group| {
        let letter = |one: Option<&Value>| {
            let name = one.and_then(|one| one["text"]["text"].as_str()).unwrap_or_default();
            name.chars().take(2).collect::<String>()
        };
        let label = format!("{} to {}", letter(group.first()), letter(group.last()));
        json!({"label": plain(&label, 75), "options": group})
    });
    let first = json!({"label": plain("In general", 75), "options": general});
    let groups: Vec<Value> = std::iter::once(first).chain(groups).collect();
    let holidays = json!({
        "type": "static_select",
        "option_groups": groups,
        "initial_option": holidays_option(rest.holidays),
    });
    let pace = json!({
        "type": "radio_buttons",
        "options": Pace::ALL.map(pace_option),
        "initial_option": pace_option(rest.pace),
    });
    let blocks = vec![
        section(
            "about",
            "Messages of this app come in your programme's working hours, and in what you leave of them here.",
        ),
        input(field::WEEK, "Days on which you work", false, boxes),
        input(field::QUIET_FROM, "Quiet from", true, picker(rest.quiet.map(|quiet| quiet.from))),
        input(field::QUIET_UNTIL, "Quiet until", true, picker(rest.quiet.map(|quiet| quiet.until))),
        input(field::HOLIDAYS, "Public holidays", false, holidays),
        input(field::PACE, "Ask me", false, pace),
    ];
    modal(&Carried::Time, "Your hours", "Save", blocks)
}

fn option(label: &str, value: &str) -> Value {
    json!({"text": plain(label, 75), "value": value})
}

fn holidays_option(holidays: Holidays) -> Value {
    let label = match holidays {
        Holidays::Program => "As my programme says",
        Holidays::Work => "None",
        Holidays::Of(country) => country.name(),
    };
    option(label, &holidays.to_string())
}

fn pace_option(pace: Pace) -> Value {
    let label = match pace {
        Pace::Every => "Every time",
        Pace::Second => "Every second time",
        Pace::Never => "Not at all",
    };
    option(label, pace.as_str())
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

fn day_name(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}

/// The words after a tap, a form or a command.
pub fn said(said: &RestSaid) -> String {
    match said {
        RestSaid::Paused { span, partner: None } => format!(
            "Noted: nothing is asked of you from {} on, and it goes on by itself on {}. Nothing counts as missed. Your \
             partner is told nothing.",
            weekday(span.from),
            weekday(span.until)
        ),
        RestSaid::Paused { span, partner: Some(partner) } => format!(
            "Noted: you and {} are asked nothing from {} on, and it goes on by itself on {}. Nothing counts as missed. They are \
             told until when, and no reason.",
            name(partner),
            weekday(span.from),
            weekday(span.until)
        ),
        RestSaid::Back { partner: None } => {
            "Welcome back. The next question comes at its time; nothing is made up for.".to_owned()
        }
        RestSaid::Back { partner: Some(partner) } => {
            format!("You and {} go on: the next question comes at its time, and nothing is made up for.", name(partner))
        }
        RestSaid::TimeSet => "Saved. It holds from the next message on, in all your programmes.".to_owned(),
        RestSaid::Chosen { choice, until } => chosen(*choice, *until),
    }
}

fn chosen(choice: Choice, until: Option<NaiveDate>) -> String {
    let said = match (choice, until) {
        (Choice::Less, _) => "You are asked every second time from now on.".to_owned(),
        (Choice::Pause, Some(until)) => format!("Nothing is asked of you until {}.", weekday(until)),
        (Choice::Pause, None) => "Nothing is asked of you for four weeks.".to_owned(),
        (Choice::Stop, _) => "Nothing is asked of you any more. Sessions and everything else stay.".to_owned(),
        (Choice::Keep, _) => "It stays as it is.".to_owned(),
    };
    format!("{said} You can change that in the Home tab of this app.")
}

/// What suits somebody who has not answered: four buttons, and after a tap what was chosen with the same buttons.
pub fn silence(asked: &SilenceAsked, key: &MessageKey, revision: i64) -> Rendered {
    let bank = &Bank::built_in().silence;
    let mut blocks = Blocks::message(key, revision);
    blocks.section(&format!("*{}*", bank.text));
    let buttons = Choice::ALL
        .into_iter()
        .zip(&bank.options)
        .map(|(choice, label)| button(label, &Action::Rest(RestAction::Choose { day: asked.day, choice })));
    blocks.row(buttons);
    let text = match asked.choice {
        Some(choice) => {
            let words = chosen(choice, None);
            blocks.context(&words);
            format!("{} {words}", bank.text)
        }
        None => {
            let why = "You did not answer the last three times. Only that is known, and nobody else sees this. Without an answer \
                       it stays as it is.";
            blocks.context(why);
            format!("{} {}", bank.text, bank.options.join(", "))
        }
    };
    Rendered::post(key, text, blocks)
}

/// To the partner of somebody who paused the pair.
pub fn pair_paused(paused: &PairPaused, key: &MessageKey, revision: i64) -> Rendered {
    let words = format!(
        "{} has paused your pair in {}. Nothing is asked until {}, and nothing counts as missed; then it goes on by itself.",
        name(&paused.by),
        name(&paused.program_name),
        weekday(paused.until)
    );
    let mut blocks = Blocks::message(key, revision);
    blocks.section(&words);
    blocks.row([button("Go on before", &Action::Rest(RestAction::Resume(paused.pair.clone())))]);
    Rendered::post(key, words, blocks)
}

/// What App Home says, at most six blocks.
pub fn on_home(home: &HomeRest, blocks: &mut Blocks<'_>) {
    let mut lines = Vec::new();
    match home.away.first() {
        Some(span) if home.is_away => {
            lines.push(format!("Nothing is asked of you until {}, and nothing counts as missed.", weekday(span.until)))
        }
        Some(span) => {
            lines.push(format!("Nothing is asked of you from {} until {}.", weekday(span.from), weekday(span.until)))
        }
        None => {}
    }
    if let Some(out) = home.out.filter(|_| !home.is_away) {
        lines.push(format!(
            "Your status in Slack says that you are away until {}; until then nothing is asked.",
            time(out)
        ));
    }
    lines.extend(own(&home.rest));
    let said = if lines.is_empty() { "You are asked in working hours.".to_owned() } else { lines.join("\n") };
    blocks.section(&format!("*Your time*\n{said}"));
    let back = (!home.away.is_empty()).then(|| {
        let label = if home.is_away { "I am back" } else { "I stay" };
        button(label, &Action::Rest(RestAction::Back))
    });
    let row = [
        button("Pause or go away", &Action::Rest(RestAction::OpenPause)),
        button("Your hours", &Action::Rest(RestAction::OpenTime)),
    ];
    blocks.row(row.into_iter().chain(back));
    for (pair, partner) in home.paused.iter().take(PAUSED) {
        let go_on = button("Go on", &Action::Rest(RestAction::Resume(pair.clone())));
        blocks.section_with(&format!("Your pair with {} is paused.", name(partner)), go_on);
    }
    if home.paused.len() > PAUSED {
        let more = home.paused.len() - PAUSED;
        blocks.context(&format!("{more} more are paused: */rapport back with* and a name."));
    }
}

/// What the person said of days, hours, holidays and how often.
fn own(rest: &Rest) -> Vec<String> {
    let mut own = Vec::new();
    match rest.pace {
        Pace::Every => {}
        Pace::Second => own.push("You are asked every second time.".to_owned()),
        Pace::Never => own.push("Nothing is asked of you, as you wish.".to_owned()),
    }
    if let Some(week) = rest.week {
        let days: Vec<&str> = week.iter(Weekday::Mon).map(day_name).collect();
        own.push(format!("Your days: {}.", days.join(", ")));
    }
    if let Some(quiet) = rest.quiet {
        own.push(format!("Quiet from {} to {}.", quiet.from.format("%H:%M"), quiet.until.format("%H:%M")));
    }
    match rest.holidays {
        Holidays::Program => {}
        Holidays::Work => own.push("No public holidays.".to_owned()),
        Holidays::Of(country) => own.push(format!("Public holidays: {}.", country.name())),
    }
    own
}
