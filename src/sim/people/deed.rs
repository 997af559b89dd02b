//! One thing that somebody is about to do, and how they do it.

use super::super::message::{Control, MessageRef};
use super::super::someone::Someone;
use super::draw::Draw;
use super::goals;
use super::record;
use super::surveys::{self, Sitting};
use super::words::HELP;

#[derive(Clone, Debug)]
pub(super) enum Deed {
    /// Looks at a conversation.
    Read {
        channel: String,
    },
    Press {
        at: MessageRef,
        control: String,
        tries: u8,
    },
    Choose {
        at: MessageRef,
        control: String,
        option: String,
        tries: u8,
    },
    /// Fills in the form that is open, and sends it.
    FillIn {
        words: &'static [&'static str],
        draw: Draw,
    },
    /// Presses the button of this label and value, wherever it stands by then: a digest is drawn anew with each act.
    PressLine {
        at: MessageRef,
        label: &'static str,
        value: String,
    },
    /// Presses the button of this label, wherever it stands by then: such a post is drawn anew with each act.
    PressLabelled {
        at: MessageRef,
        label: &'static str,
    },
    /// Fills in the agreement that is open.
    Agree {
        draw: Draw,
    },
    /// Answers the survey that is open in one sitting: from this row of buttons on, then what is to be written.
    Answer {
        sitting: Sitting,
        row: usize,
    },
    OpenHome,
    /// Ends the pair from App Home, for whatever reason comes to hand.
    Stop {
        draw: Draw,
    },
    /// Types `/rapport` with these words.
    Type {
        words: String,
    },
    /// Says in App Home how sure they feel, where that is asked, and goes on with their goals.
    TellGoals {
        draw: Draw,
    },
    /// Does what App Home offers about goals.
    TendGoals {
        draw: Draw,
    },
    /// Fills in the form of a goal, if one is open.
    WriteGoal {
        draw: Draw,
    },
    /// Presses what is called that in App Home, and then, in what opens, what is called so.
    Look {
        label: &'static str,
        then: Option<&'static str>,
    },
    /// The same in the page that is open, and closes it.
    Close {
        then: Option<&'static str>,
    },
    /// Fills in the form of thanks, if it is open.
    SayThanks {
        draw: Draw,
    },
}

/// What came of it.
#[derive(Clone, Debug)]
pub(super) enum Came {
    Done,
    /// It goes on with this, once they have seen what the app made of it.
    Then(Box<Deed>),
    /// It could not be done any more: the message is closed or gone.
    Gone,
    /// The app did not answer.
    Unanswered,
}

impl Deed {
    pub async fn be_done(&self, by: &Someone) -> Came {
        match self {
            Self::Read { channel } => {
                by.read(channel);
                Came::Done
            }
            Self::OpenHome => {
                by.open_home().await;
                Came::Done
            }
            Self::Stop { draw } => stop(by, draw).await,
            Self::Type { words } => match by.command("/rapport", words).await.warning {
                None => Came::Done,
                Some(_) => Came::Unanswered,
            },
            Self::TellGoals { draw } => goals::tell(by, draw).await,
            Self::TendGoals { draw } => goals::tend(by, draw).await,
            Self::WriteGoal { draw } => goals::write(by, draw).await,
            Self::Look { label, then } => record::look(by, label, *then).await,
            Self::Close { then } => record::close(by, *then).await,
            Self::SayThanks { draw } => record::say_thanks(by, draw).await,
            Self::Press { at, control, .. } => Self::act(by, at, control, None).await,
            Self::Choose { at, control, option, .. } => Self::act(by, at, control, Some(option)).await,
            Self::PressLine { at, label, value } => {
                let controls = by.message(at).map(|message| message.controls()).unwrap_or_default();
                let is_meant = |one: &&Control| one.label == *label && one.value.as_ref() == Some(value);
                match controls.iter().find(is_meant) {
                    Some(control) => {
                        Self::act(by, at, &format!("{}/{}", control.block_id, control.action_id), None).await
                    }
                    None => Came::Gone,
                }
            }
            Self::PressLabelled { at, label } => {
                let controls = by.message(at).map(|message| message.controls()).unwrap_or_default();
                match controls.iter().find(|one| one.label == *label) {
                    Some(control) => {
                        Self::act(by, at, &format!("{}/{}", control.block_id, control.action_id), None).await
                    }
                    None => Came::Gone,
                }
            }
            Self::Agree { draw } => surveys::agree(by, draw).await,
            Self::Answer { sitting, row } => surveys::answer(by, sitting, *row).await,
            Self::FillIn { words, draw } => fill_in(by, words, draw).await,
        }
    }

    async fn act(by: &Someone, at: &MessageRef, control: &str, option: Option<&str>) -> Came {
        by.read(&at.channel);
        if by.act_at(at, control, option).await.acknowledged {
            return Came::Done;
        }
        // Only what Slack itself marks was sent and not answered; the rest could not be pressed at all.
        match by.message(at) {
            Some(message) if message.warning => Came::Unanswered,
            _ => Came::Gone,
        }
    }

    /// The same once more, if people still have the patience for it.
    pub fn again(mut self) -> Option<Self> {
        if let Self::Press { tries, .. } | Self::Choose { tries, .. } = &mut self
            && *tries < 2
        {
            *tries += 1;
            return Some(self);
        }
        None
    }
}

async fn stop(by: &Someone, draw: &Draw) -> Came {
    by.open_home().await;
    if !by.tap_home("This match is not right").await.acknowledged {
        return Came::Gone;
    }
    if by.modal().is_none() || !by.act_on_modal("End this pair", None).await.acknowledged {
        return Came::Gone;
    }
    fill_in(by, &[], draw).await
}

async fn fill_in(by: &Someone, words: &[&'static str], draw: &Draw) -> Came {
    let words = if words.is_empty() { &HELP } else { words };
    let Some(modal) = by.modal() else { return Came::Gone };
    for control in modal.controls() {
        let input = if control.block_id.is_empty() { &control.action_id } else { &control.block_id };
        let filled = match control.kind.as_str() {
            "plain_text_input" => by.fill(input, draw.of("words").pick::<&str>(words)),
            "radio_buttons" | "static_select" if !control.options.is_empty() => {
                by.fill(input, &draw.of("option").pick(&control.options).1)
            }
            _ => Ok(()),
        };
        if filled.is_err() {
            break;
        }
    }
    let sent = by.submit().await;
    // What is open now says that it worked, or will not be sent: they close it either way.
    while by.modal().is_some() {
        let _ = by.close_modal().await;
    }
    if sent.acknowledged && sent.errors.is_empty() {
        return Came::Done;
    }
    if sent.acknowledged { Came::Gone } else { Came::Unanswered }
}
