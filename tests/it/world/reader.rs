//! One person in front of their Slack: what they read, and what they do about it.

use rapport::sim::{ConversationKind, Message, Someone};

use super::World;

/// Somebody in a story. Every act is followed by all that is due at that moment.
pub struct Reader<'a> {
    pub someone: Someone,
    world: &'a World,
    /// The message that taps go to: the one read last, or turned to.
    front: Option<Message>,
}

impl<'a> Reader<'a> {
    pub fn new(world: &'a World, someone: Someone) -> Self {
        Self { someone, world, front: None }
    }

    /// The next unread message, under a line that says when it came, where it stands and who sees it.
    pub fn reads(&mut self) -> String {
        let Some(message) = self.someone.next_unread() else {
            panic!("{} has read everything", self.someone.profile().shown_name())
        };
        let words = self.shown(&message);
        self.front = Some(message);
        words
    }

    /// When the next unread message came, and where it stands.
    pub fn reads_when(&mut self) -> String {
        self.reads().lines().next().unwrap_or_default().to_owned()
    }

    /// The message in front as it looks now, without its buttons being pressed.
    pub fn sees(&self) -> String {
        let front = self.front();
        match self.someone.message(&front.at) {
            Some(message) => self.shown(&message),
            None => "(gone)".to_owned(),
        }
    }

    /// Whether the message in front is exactly as it was when it was read.
    pub fn sees_it_untouched(&self) -> bool {
        let (then, now) = (self.front(), self.someone.message(&self.front().at));
        now.is_some_and(|now| now.blocks == then.blocks && now.text == then.text && now.edited_ts == then.edited_ts)
    }

    /// The message in front: to turn to it again later.
    pub fn front(&self) -> Message {
        self.front.clone().expect("nothing was read yet")
    }

    /// Puts a message in front.
    pub fn turns_to(&mut self, message: &Message) {
        self.front = Some(message.clone());
    }

    /// Reads a nudge and nothing else: what may help, and why it came.
    pub fn is_nudged(&mut self, about: &str) {
        let words = self.reads();
        assert!(words.contains("Why you get this") && words.contains(about), "{words}");
    }

    /// Reads what there is without looking at the words.
    pub fn skims(&mut self, messages: usize) {
        for _ in 0..messages {
            self.reads();
        }
    }

    /// Presses a button of the message in front, by its label, its action id, or `block/action`.
    pub async fn taps(&mut self, button: &str) {
        let tapped = self.someone.tap(&self.front(), button).await;
        assert_eq!(tapped.warning, None, "{button:?} was not acknowledged");
        self.world.settle().await;
    }

    /// Chooses in the menu `[...]` of the message in front.
    pub async fn chooses(&mut self, option: &str) {
        let tapped = self.someone.choose(&self.front(), "...", option).await;
        assert_eq!(tapped.warning, None, "{option:?} was not acknowledged");
        self.world.settle().await;
    }

    /// Presses the `row`-th (from 0) button of this label in the message in front.
    pub async fn taps_in_row(&mut self, row: usize, button: &str) {
        let controls = self.front().controls();
        let control = controls.iter().filter(|control| control.label == button).nth(row).expect("so many rows");
        let (block, action) = (&control.block_id, &control.action_id);
        self.taps(&format!("{block}/{action}")).await;
    }

    /// The form on top.
    pub fn form(&self) -> String {
        self.someone.modal().expect("a form is open").as_text()
    }

    /// Fills in the form on top and submits it. What comes back is what the form says then, or `(closed)`.
    pub async fn submits(&mut self, inputs: &[(&str, &str)]) -> String {
        let submitted = self.someone.submit_with(inputs).await;
        assert_eq!(submitted.warning, None, "the form was not acknowledged");
        self.world.settle().await;
        self.someone.modal().map_or_else(|| "(closed)".to_owned(), |view| view.as_text())
    }

    /// Types `/rapport` with these words, and reads what only this person sees then; nothing where a form opens.
    pub async fn types(&mut self, words: &str) -> String {
        let commanded = self.someone.command("/rapport", words).await;
        assert_eq!(commanded.warning, None, "the command was not acknowledged");
        self.world.settle().await;
        if commanded.reply.is_some() { self.reads() } else { String::new() }
    }

    /// Opens App Home and reads it.
    pub async fn opens_home(&self) -> String {
        self.someone.open_home().await;
        self.world.settle().await;
        self.home()
    }

    /// App Home as it stands there.
    pub fn home(&self) -> String {
        self.someone.home().expect("App Home was drawn").as_text()
    }

    /// Presses a button of App Home.
    pub async fn taps_home(&self, button: &str) {
        let tapped = self.someone.tap_home(button).await;
        assert_eq!(tapped.warning, None, "{button:?} was not acknowledged");
        self.world.settle().await;
    }

    /// Chooses in whatever menu of App Home offers this.
    pub async fn chooses_home(&self, option: &str) {
        let controls = self.someone.home().expect("App Home was drawn").controls();
        let offers = |options: &[(String, String)]| options.iter().any(|(label, _)| label == option);
        let menu = controls.iter().find(|control| offers(&control.options)).expect("a menu offers it");
        let chosen = self.someone.act_on_home(&format!("{}/{}", menu.block_id, menu.action_id), Some(option)).await;
        assert_eq!(chosen.warning, None, "{option:?} was not acknowledged");
        self.world.settle().await;
    }

    fn shown(&self, message: &Message) -> String {
        let zone = self.someone.profile().tz();
        let when = message.posted().with_timezone(&zone).format("%a %-d %b %H:%M");
        let places = self.someone.conversations();
        let place = places.iter().find(|place| place.id == message.at.channel).expect("a message stands somewhere");
        let others = match place.kind {
            ConversationKind::Dm => "alone with rapport".to_owned(),
            _ => format!("with {}", place.title),
        };
        let only = if message.ephemeral { ", only visible to you" } else { "" };
        format!("{when}, {others}{only}\n{}", message.as_text())
    }
}
