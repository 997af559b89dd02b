//! Surveys: the message to one person, the form in which each tap is kept at once, and the words after it.

use serde_json::{Value, json};

use crate::core::answer::Audience;
use crate::core::content::{SurveyForm, SurveyRow, SurveySaid, SurveysPost};
use crate::core::id::{MessageKey, MessageName};
use crate::core::survey::{Kind, LONGEST, Point, SurveyAnswer, SurveyItem, SurveyTrouble};
use crate::slack::action::Action;
use crate::slack::action::survey::SurveyTap;
use crate::slack::form::{CONSENT, Form as Carried, ITEMS};

use super::Rendered;
use super::block::{Blocks, button, menu, plain, primary};
use super::form::modal;
use super::pulse::{met_in_short, met_since};
use super::text::{cut, line, name, plain_name, time};
use super::{audience, text};

/// The longest that a question, and one of its labels, is shown.
const ASKED: usize = 300;
const LABEL: usize = 75;

/// Rows in one message.
const ROWS: usize = 20;

/// Answers with more labels than a row of buttons shows well are chosen from a list.
const BUTTONS: usize = 6;

/// The message to one person alone.
pub fn post(post: &SurveysPost, key: &MessageKey, revision: i64) -> Rendered {
    let mut blocks = Blocks::message(key, revision);
    let program = name(&post.program_name);
    let head = match post.rows.first() {
        Some(row) if row.closed => format!("{program} · {}", title(row)),
        Some(row) => format!("{program} · {} {}", title(row), why(row)),
        None => program,
    };
    blocks.section(&head);
    for row in post.rows.iter().take(ROWS) {
        let (words, open) = asked(row);
        blocks.section_with(&words, open);
        match post.rows.as_slice() {
            _ if !asks_of_meeting(row) => {}
            // What stands in a pulse's place asks this as the pulse does.
            [one] => met_since(one.since, met(one), &mut blocks),
            _ => met_in_short(row.since, met(row), &mut blocks),
        }
    }
    if post.rows.iter().any(|row| !row.closed) {
        let meeting = if post.rows.iter().any(asks_of_meeting) { "; whether you met does" } else { "" };
        blocks.context(&format!(
            "What you tap is kept at once. Each question says who sees your answer, and you can change that until it closes. \
             No answer enters a pair's health{meeting}.",
        ));
    }
    Rendered::post(key, head, blocks)
}

/// A pair that has ended meets no more.
fn asks_of_meeting(row: &SurveyRow) -> bool {
    !row.closed && !row.early
}

fn met(row: &SurveyRow) -> impl Fn(bool) -> Action {
    |met| Action::Survey(SurveyTap::Met { survey: row.survey.clone(), met })
}

fn title(row: &SurveyRow) -> &'static str {
    match (row.point, row.early) {
        (Point::Start, _) => "A few questions at the start.",
        (Point::Mid, _) => "Half-way: a few questions, in place of this week's.",
        (Point::End, true) => "Your pair has ended. A few last questions.",
        (Point::End, false) => "The last questions of your programme.",
    }
}

fn why(row: &SurveyRow) -> &'static str {
    match row.point {
        Point::Start => "They come again at the end, so that you can see what has changed.",
        Point::Mid => "Then take ten minutes together: keep, change, next.",
        Point::End => "They show you, and the programme, what has changed. All of it is up to you.",
    }
}

/// A row, and its button as long as it is open.
fn asked(row: &SurveyRow) -> (String, Option<Value>) {
    let partner = name(&row.partner);
    if row.closed {
        return (format!("*You and {partner}* · closed {}", time(row.closes)), None);
    }
    let taps = if row.taps.1 == 1 { "1 tap".to_owned() } else { format!("{} taps", row.taps.1) };
    let open = Action::Survey(SurveyTap::Open { survey: row.survey.clone() });
    (format!("*You and {partner}* · {taps} · open until {} (your time)", time(row.closes)), primary("Answer", &open))
}

/// A survey that waits, on App Home.
pub fn on_home(row: &SurveyRow, blocks: &mut Blocks<'_>) {
    let (answered, asked) = row.taps;
    let open = Action::Survey(SurveyTap::Open { survey: row.survey.clone() });
    let words = format!(
        "*{}* · {} {answered} of {asked} answered · open until {}",
        name(&row.partner),
        title(row),
        time(row.closes)
    );
    blocks.section_with(&words, primary(if answered == 0 { "Answer" } else { "Go on" }, &open));
    if !row.early {
        met_in_short(row.since, met(row), blocks);
    }
}

/// The form. Its blocks keep their ids whenever it is drawn anew, so that what is typed stays in its field.
pub fn form(form: &SurveyForm) -> Value {
    let key = MessageName::from(form.survey.as_str()).key();
    let mut blocks = Blocks::view(&key, 1);
    blocks.context(&format!(
        "About you and {}. What you tap is kept at once; leave out what you like. Open until {}. In a pair of two nothing is \
         anonymous: what you share with {}, they know to be yours. A total is shown of {} people or more.",
        name(&form.partner),
        time(form.closes),
        name(&form.partner),
        form.threshold
    ));
    let mut inputs = Vec::new();
    for (item, answer) in &form.items {
        match &item.kind {
            Kind::Labels(labels) => tapped(form, item, labels, answer.as_ref(), &mut blocks),
            Kind::Words { consent } => {
                let place = inputs.len();
                inputs.push(place);
                written(form, item, consent.as_deref(), answer.as_ref(), place, &mut blocks);
            }
        }
    }
    let blocks = blocks.done().as_array().cloned().unwrap_or_default();
    modal(&Carried::Survey { survey: form.survey.clone() }, "A few questions", "Done", blocks)
}

/// A question with its labels, who sees the answer, and the menu that changes it.
fn tapped(
    form: &SurveyForm,
    item: &SurveyItem,
    labels: &[String],
    answer: Option<&SurveyAnswer>,
    blocks: &mut Blocks<'_>,
) {
    let chosen = answer.and_then(|answer| answer.value);
    head(form, item, answer, chosen.is_some(), blocks);
    let row = (1..).zip(labels).take(BUTTONS).map(|(value, label)| {
        let action = SurveyTap::Tap { survey: form.survey.clone(), item: item.id.clone(), value };
        let mut button = button(&line(label, LABEL), &Action::Survey(action))?;
        button["accessibility_label"] =
            cut(&format!("{value} of {}: {}", labels.len(), text::one_line(label)), LABEL).into();
        if chosen == Some(value) {
            button["style"] = "primary".into();
        }
        Some(button)
    });
    blocks.row(row);
}

/// Words to a question, and whether they may be shared where that is asked.
fn written(
    form: &SurveyForm,
    item: &SurveyItem,
    consent: Option<&[String]>,
    answer: Option<&SurveyAnswer>,
    place: usize,
    blocks: &mut Blocks<'_>,
) {
    let field = ITEMS.get(place).copied().unwrap_or(ITEMS[0]);
    if consent.is_none() {
        head(form, item, answer, answer.is_some_and(|answer| answer.words.is_some()), blocks);
    }
    let mut element = json!({"type": "plain_text_input", "action_id": field, "multiline": true, "max_length": LONGEST});
    if let Some(words) = answer.and_then(|answer| answer.words.as_deref()) {
        element["initial_value"] = words.chars().take(LONGEST).collect::<String>().into();
    }
    let label = if consent.is_some() { item.text.as_str() } else { "Your words, if you like" };
    blocks.input(field, json!({"label": plain(label, 2_000), "optional": true, "element": element}));
    if let Some(labels) = consent {
        let option = |(place, label): (u8, &String)| json!({"text": plain(label, LABEL), "value": place.to_string()});
        let options: Vec<Value> = (1..).zip(labels).map(option).collect();
        let at = usize::from(answer.and_then(|answer| answer.value).unwrap_or(1)).saturating_sub(1);
        let mut radio = json!({"type": "radio_buttons", "action_id": CONSENT});
        if let Some(initial) = options.get(at).or(options.first()) {
            radio["initial_option"] = initial.clone();
        }
        radio["options"] = options.into();
        let label = "May we share it? With “No” nobody but you sees it.";
        blocks.input(CONSENT, json!({"label": plain(label, 2_000), "optional": true, "element": radio}));
    }
}

/// The question, who sees the answer, and the menu that changes it.
fn head(form: &SurveyForm, item: &SurveyItem, answer: Option<&SurveyAnswer>, given: bool, blocks: &mut Blocks<'_>) {
    let audience = answer.map_or(item.audience, |answer| answer.audience);
    let said = match &item.kind {
        Kind::Labels(labels) => answer
            .and_then(|answer| labels.get(usize::from(answer.value?).checked_sub(1)?))
            .map(|label| format!("You said: *{}*. ", line(label, LABEL))),
        Kind::Words { .. } => None,
    };
    let sees = match (&item.kind, given) {
        // Words enter no totals.
        (Kind::Words { .. }, _) => audience::comment(audience, &form.partner),
        (_, true) => audience::after(audience, &form.partner),
        (_, false) => audience::before(audience, &form.partner),
    };
    let label = |audience: Audience| match audience {
        Audience::Coordinator => "My coordinator sees it".to_owned(),
        Audience::Partner => format!("{} sees it too", cut(&plain_name(&form.partner), 50)),
        Audience::OnlyTotals => "Nobody sees it by name".to_owned(),
    };
    let choices = Audience::ALL.map(|audience| {
        (
            label(audience),
            Action::Survey(SurveyTap::Audience { survey: form.survey.clone(), item: item.id.clone(), audience }),
        )
    });
    let choices: Vec<(&str, Action)> = choices.iter().map(|(label, action)| (label.as_str(), action.clone())).collect();
    blocks.section_with(&format!("*{}*\n{}{sees}", line(&item.text, ASKED), said.unwrap_or_default()), menu(&choices));
}

/// The words after the form was sent.
pub fn said(said: &SurveySaid) -> String {
    let left = match said.left {
        0 => "Everything is answered.".to_owned(),
        1 => "One question is left out; that is fine.".to_owned(),
        left => format!("{left} questions are left out; that is fine."),
    };
    format!("Kept. {left} Until {} you can open it again from its message or the Home tab.", time(said.closes))
}

/// Why something was not done.
pub fn trouble(trouble: &SurveyTrouble) -> String {
    match trouble {
        SurveyTrouble::Closed { at } => {
            format!("This survey closed {}, so its answers stay as they are; nothing of it was missed.", time(*at))
        }
    }
}
