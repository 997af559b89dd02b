//! The forms that open on a tap.

use serde_json::{Value, json};

use crate::core::answer::Audience;
use crate::core::content::{Form, How};
use crate::core::id::{PulseId, QuestionId};
use crate::slack::form::{AUDIENCE, Form as Carried, WORDS, WORDS_MAX};

use super::block::{SECTION, marked, plain};
use super::pulse::{QUESTION, bold};
use super::text::{cut, line, name, plain_name};
use super::{agenda, agreement, audience, care, ending, fit, goal, help, page, record, rest, session, survey, thanks};

/// The modal of a form.
pub fn form(form: &Form) -> Value {
    match form {
        Form::Comment { pulse, question, text, words, audience, partner } => {
            comment(pulse, question, text, words, &audience::comment(*audience, partner))
        }
        Form::Audience { pulse, question, text, audience, partner, threshold } => {
            who_sees(pulse, question, text, *audience, partner, *threshold)
        }
        Form::Session { pairs, was, day, minutes } => session::session_form(pairs, *was, *day, *minutes),
        Form::Dates { pair, partner, first } => session::dates_form(pair, partner, *first),
        Form::Rest(form) => rest::form(form),
        Form::Agreement(form) => agreement::form(form),
        Form::Survey(form) => survey::form(form),
        Form::Message(form) => care::message_form(form),
        Form::Reply(form) => care::reply_form(form),
        Form::Pair(pair) => page::page(pair),
        Form::More(more) => page::more(more),
        Form::Answers(answers) => page::answers(answers),
        Form::Fit(question) => fit::form(question),
        Form::End(form) => ending::form(form),
        Form::Goal(form) => goal::form(form),
        Form::Help(form) => help::form(form),
        Form::Agenda(page) => agenda::agenda(page),
        Form::Thanks(form) => thanks::form(form),
        Form::Record(form) => record::form(form),
    }
}

/// How it works as a modal: for a tap in App Home, which brings no `response_url`.
pub fn how_view(how: &How) -> Value {
    let blocks: Vec<Value> =
        audience::how(how).iter().enumerate().map(|(n, paragraph)| section(&format!("how.{n}"), paragraph)).collect();
    json!({
        "type": "modal",
        "callback_id": "how",
        "title": plain("How this works", 24),
        "close": plain("Close", 24),
        "blocks": blocks,
    })
}

fn comment(pulse: &PulseId, question: &QuestionId, text: &str, words: &str, sees: &str) -> Value {
    let mut input = words_input();
    if !words.is_empty() {
        // By characters, as the parser cuts: whoever edits a comment must not lose the end of it.
        input["initial_value"] = words.chars().take(WORDS_MAX).collect::<String>().into();
    }
    let about = format!("{}\n{sees}", bold(&line(text, QUESTION)));
    let hint = "An empty field withdraws the comment.";
    let carried = Carried::Comment { pulse: pulse.clone(), question: question.clone() };
    modal(
        &carried,
        "Your comment",
        "Save",
        vec![section("about", &about), words_block("Your words", hint, true, input)],
    )
}

fn who_sees(
    pulse: &PulseId,
    question: &QuestionId,
    text: &str,
    audience: Audience,
    partner: &str,
    threshold: u8,
) -> Value {
    let option = |audience: Audience| {
        let (label, description) = match audience {
            Audience::Coordinator => {
                ("My coordinator".to_owned(), "With my name. My partner does not see it.".to_owned())
            }
            Audience::Partner => (
                format!("My coordinator and {}", cut(&plain_name(partner), 50)),
                "Both see it with my name.".to_owned(),
            ),
            Audience::OnlyTotals => {
                ("Nobody by name".to_owned(), format!("It counts in totals of {threshold} people or more."))
            }
        };
        json!({"text": plain(&label, 75), "description": plain(&description, 75), "value": audience.as_str()})
    };
    let about = format!(
        "{}\nIn a pair of two nothing is anonymous: what you share with {}, they know to be yours. A comment goes where its \
         answer goes; in totals only, nobody but you sees it.",
        bold(&line(text, QUESTION)),
        name(partner)
    );
    let input = json!({
        "type": "input",
        "block_id": AUDIENCE,
        "label": plain("Who sees this answer", 2_000),
        "element": {
            "type": "radio_buttons",
            "action_id": AUDIENCE,
            "options": Audience::ALL.map(option),
            "initial_option": option(audience),
        },
    });
    let carried = Carried::Audience { pulse: pulse.clone(), question: question.clone() };
    modal(&carried, "Who sees this", "Save", vec![section("about", &about), input])
}

pub(super) fn modal(carried: &Carried, title: &str, submit: &str, blocks: Vec<Value>) -> Value {
    json!({
        "type": "modal",
        "callback_id": carried.callback_id(),
        "private_metadata": carried.private_metadata(),
        "title": plain(title, 24),
        "submit": plain(submit, 24),
        "close": plain("Cancel", 24),
        "blocks": blocks,
    })
}

pub fn section(block_id: &str, mrkdwn: &str) -> Value {
    json!({"type": "section", "block_id": block_id, "text": marked(mrkdwn, SECTION)})
}

pub fn words_input() -> Value {
    json!({"type": "plain_text_input", "action_id": WORDS, "multiline": true, "max_length": WORDS_MAX})
}

pub fn words_block(label: &str, hint: &str, optional: bool, element: Value) -> Value {
    json!({
        "type": "input",
        "block_id": WORDS,
        "label": plain(label, 2_000),
        "hint": plain(hint, 2_000),
        "optional": optional,
        "element": element,
    })
}
