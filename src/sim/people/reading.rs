//! What a person makes of a message: the questions, offers and buttons that stand in it, by what they say.

use super::super::message::{Control, Message};
use super::nudged::Nudge;
use super::words::TURNED;

/// What a person sees in one message.
#[derive(Debug, Default)]
pub(super) struct Reading {
    pub asks: Vec<Ask>,
    /// Two buttons about a meeting: yes, not yet.
    pub meetings: Vec<Meeting>,
    /// `Start` and `Not for me`, where this is an invitation.
    pub start: Option<String>,
    pub decline: Option<String>,
    /// What one can do with an answer that was just given.
    pub change: Option<String>,
    pub comment: Option<String>,
    pub audience: Option<String>,
    /// Offers to who did not answer: less often, a pause, stop, as it is.
    pub offers: Vec<String>,
    /// Lines of a digest that somebody can do something about.
    pub lines: Vec<Line>,
    /// The buttons of a nudge.
    pub nudge: Option<Nudge>,
    /// `Fill in`, and whether `We agree` stands there, where two are asked how they want to work together.
    pub fill_in: Option<String>,
    pub agreement: bool,
    /// `Answer` beside a number of taps: a row for each pair.
    pub surveys: Vec<Offer>,
    /// All words.
    pub words: String,
}

/// A line of a digest: the labels of its buttons, and the value by which they are found again when it is redrawn.
#[derive(Debug)]
pub(super) struct Line {
    pub both: Option<String>,
    pub pause: Option<String>,
    pub handled: Option<String>,
}

/// Something to open, and the words beside it.
#[derive(Debug)]
pub(super) struct Offer {
    pub words: String,
    pub control: String,
}

/// A question with five buttons.
#[derive(Debug)]
pub(super) struct Ask {
    /// What stands above the buttons.
    pub words: String,
    /// The five buttons, left to right.
    pub scale: [String; 5],
    /// The menu beside them.
    pub menu: Option<Menu>,
    /// "Yes" is bad news.
    pub turned: bool,
}

/// The menu behind `[...]`, and the options that a person knows.
#[derive(Debug)]
pub(super) struct Menu {
    pub control: String,
    pub skip: Option<String>,
    pub tomorrow: Option<String>,
    pub help: Option<String>,
}

#[derive(Debug)]
pub(super) struct Meeting {
    pub yes: String,
    pub not_yet: String,
}

impl Reading {
    pub fn of(message: &Message) -> Self {
        let mut reading = Self::default();
        let controls = message.controls();
        // The words since the last row of five: in a message with many questions each has its own.
        let mut words = String::new();
        for block in message.blocks.as_array().into_iter().flatten() {
            let id = block["block_id"].as_str().unwrap_or_default();
            let here: Vec<&Control> = controls.iter().filter(|control| control.block_id == id).collect();
            if let Some(text) = block["text"]["text"].as_str() {
                words.push_str(text);
                words.push('\n');
                reading.words.push_str(text);
                reading.words.push('\n');
                reading.offered(&here, text);
            }
            for element in block["elements"].as_array().into_iter().flatten() {
                if let Some(text) = element["text"].as_str() {
                    words.push_str(text);
                    words.push('\n');
                }
            }
            reading.row(&here, &mut words);
        }
        reading
    }

    /// A paragraph with a button at its side.
    fn offered(&mut self, here: &[&Control], text: &str) {
        let is_offer = |control: &&&Control| control.kind == "button" && control.label == "Answer";
        if let Some(control) = here.iter().find(is_offer).filter(|_| text.contains(" tap")) {
            self.surveys.push(Offer { words: text.to_owned(), control: named(control) });
        }
    }

    fn row(&mut self, here: &[&Control], words: &mut String) {
        let buttons: Vec<&Control> = here.iter().copied().filter(|control| control.kind == "button").collect();
        if let Some(nudge) = Nudge::of(&buttons) {
            self.nudge = Some(nudge);
            return;
        }
        let says = |button: &Control, part: &str| button.label.to_lowercase().contains(part);
        if let [a, b, c, d, e] = buttons.as_slice() {
            let turned = TURNED.iter().any(|bad| words.contains(bad));
            let menu = here.iter().find(|control| control.kind == "overflow").map(|menu| Menu::of(menu));
            let scale = [a, b, c, d, e].map(|button| named(button));
            self.asks.push(Ask { words: std::mem::take(words), scale, menu, turned });
            return;
        }
        if let [yes, no] = buttons.as_slice()
            && (says(no, "not yet") || says(no, "not met"))
        {
            self.meetings.push(Meeting { yes: named(yes), not_yet: named(no) });
            return;
        }
        if buttons.len() == 4 && says(buttons[0], "less often") {
            self.offers = buttons.iter().map(|button| named(button)).collect();
            return;
        }
        if let Some(handled) = buttons.iter().find(|button| button.label == "Handled") {
            let value = |label: &str| buttons.iter().find(|button| button.label == label).and_then(|b| b.value.clone());
            let (both, pause) = (value("Message both"), value("Pause 2 weeks"));
            self.lines.push(Line { both, pause, handled: handled.value.clone() });
            return;
        }
        self.agreement |= buttons.iter().any(|button| button.label == "Fill in" || button.label == "We agree");
        for button in buttons {
            let place = match button.label.as_str() {
                "Start" => &mut self.start,
                "Not for me" => &mut self.decline,
                "Fill in" => &mut self.fill_in,
                "Change" => &mut self.change,
                "Add a comment" => &mut self.comment,
                "Who sees this" => &mut self.audience,
                _ => continue,
            };
            *place = Some(named(button));
        }
    }
}

impl Menu {
    fn of(menu: &Control) -> Self {
        let offers = |part: &str| {
            let found = menu.options.iter().find(|(label, _)| label.to_lowercase().contains(part));
            found.map(|(label, _)| label.clone())
        };
        Self { control: named(menu), skip: offers("not this week"), tomorrow: offers("tomorrow"), help: offers("help") }
    }
}

/// A name that means this control and no other of the message.
pub(super) fn named(control: &Control) -> String {
    format!("{}/{}", control.block_id, control.action_id)
}
