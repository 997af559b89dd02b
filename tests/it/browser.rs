//! The demo's page in a real browser, with the real bot behind it: what a newcomer presses, and what they see then.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::{Client, ClientBuilder, Locator};
use futures_util::FutureExt;
use hyper_util::client::legacy::connect::HttpConnector;
use rapport::sim::page::{Controls, Label, Page};
use rapport::sim::{ConversationKind, Someone};
use serde_json::json;
use tempfile::TempDir;

use crate::world::World;

/// What to do when there is no browser.
const MISSING: &str = "The stories in a browser need Chromium and chromedriver. On Debian: apt-get install chromium \
                       chromium-driver; scripts/test does that";

/// A condition is waited for this many rounds of [`ROUND`], ten seconds; between them the bot does what is due.
const ROUNDS: usize = 50;
const ROUND: Duration = Duration::from_millis(200);

#[tokio::test]
async fn ana_answers_and_ravi_sees_nothing_of_it() {
    let world = World::started().await;
    world.berlin("2026-05-05 10:00").await;
    let (ana, ravi) = (world.person("Ana").someone, world.person("Ravi").someone);
    let pair = shared(&ana);
    let labels = BTreeMap::from([label(&ana, "mentee"), label(&ravi, "mentor")]);
    let page = Page::start(world.sim.clone(), labels, Controls::at_speed(1)).await.expect("loopback has ports");

    in_browser(&world, page.url(), async |browser| {
        browser.becomes(&ravi).await;
        browser.presses(&place(&pair)).await;
        browser.sees("I know what I want to get out of this mentoring.", "article").await;
        let before = browser.text(&id("messages")).await;

        browser.types(&id("search"), "mentee").await;
        browser.is_gone(&person(&ravi)).await;
        browser.becomes(&ana).await;
        browser.presses(&place(&pair)).await;
        browser.sees("I know what I want to get out of this mentoring.", "article").await;
        browser.presses(&button("messages", "Mostly")).await;
        let saved = "Saved: Mostly. Your coordinator can see it, Ravi cannot.";
        browser.sees(saved, "article[p='Only visible to you']").await;

        browser.presses(&button("messages", "Add a comment")).await;
        browser.types("//dialog//textarea", "Fridays are full.").await;
        browser.presses(&id("modal-submit")).await;
        browser.sees("Your comment is saved. Your coordinator can see it, Ravi cannot.", "dialog").await;
        browser.presses(&id("modal-close")).await;
        browser.is_gone("//dialog[@open]").await;
        // Nothing of it stays behind in the page, also not where nobody sees it.
        browser.is_gone("//dialog//*[contains(., 'Your comment is saved.')]").await;

        browser.presses(&place("home")).await;
        browser.sees("You said: Mostly. Your coordinator can see it, Ravi cannot.", "div").await;
        browser.sees("Fridays are full.", "blockquote").await;

        browser.types(&id("search"), "mentor").await;
        browser.becomes(&ravi).await;
        browser.presses(&place(&pair)).await;
        browser.sees("I know what I want to get out of this mentoring.", "article").await;
        assert_eq!(browser.text(&id("messages")).await, before, "Ravi sees that Ana did something");
        browser.presses(&place("home")).await;
        browser.sees("Not answered yet. Your coordinator can see your answer, Ana cannot.", "div").await;
        let all = browser.text("/html/body").await;
        for words in ["Saved", "You said", "Fridays are full."] {
            assert!(!all.contains(words), "{words:?} is Ana's, and Ravi has it");
        }
    })
    .await;
    assert!(page.played() == [ana.id()], "Ravi only looked");
    assert_eq!(world.sim.complaints(), Vec::<String>::new());
}

/// The conversation of somebody with the other one of the pair.
fn shared(someone: &Someone) -> String {
    let mut places = someone.conversations().into_iter();
    places.find(|place| place.kind != ConversationKind::Dm).expect("the pair has a conversation").id
}

fn label(someone: &Someone, role: &str) -> (String, Label) {
    (someone.id().to_owned(), Label { roles: vec![role.to_owned()], about: String::new() })
}

fn id(id: &str) -> String {
    format!("//*[@id='{id}']")
}

fn person(someone: &Someone) -> String {
    id(&format!("person-{}", someone.id()))
}

fn place(place: &str) -> String {
    id(&format!("place-{place}"))
}

/// The newest button of this label.
fn button(inside: &str, label: &str) -> String {
    format!("(//*[@id='{inside}']//button[@data-action][normalize-space(.)='{label}'])[last()]")
}

/// Tells a story in a fresh browser at this address. The browser is gone afterwards, however the story ends.
async fn in_browser(world: &World, url: &str, story: impl AsyncFnOnce(&Browser<'_>)) {
    let driver = Driver::start();
    let client = driver.browser().await;
    let browser = Browser { client: client.clone(), world };
    let end = AssertUnwindSafe(async {
        client.goto(url).await.expect("the page is served");
        story(&browser).await;
    });
    let end = end.catch_unwind().await;
    let closed = client.close().await;
    end.unwrap_or_else(|panic| resume_unwind(panic));
    closed.expect("the browser closes");
}

/// A newcomer at the page. Things are named by XPath.
struct Browser<'a> {
    client: Client,
    world: &'a World,
}

impl Browser<'_> {
    async fn becomes(&self, someone: &Someone) {
        self.presses(&person(someone)).await;
        self.sees(someone.profile().shown_name(), "h2").await;
    }

    async fn presses(&self, what: &str) {
        self.does(what, async |element| element.click().await).await;
    }

    /// In place of what stood there.
    async fn types(&self, what: &str, words: &str) {
        self.does(what, async |element| {
            element.clear().await?;
            element.send_keys(words).await
        })
        .await;
    }

    /// The innermost visible `tag` says these words, whatever is bold among them.
    async fn sees(&self, words: &str, tag: &str) {
        let says = format!("[contains(normalize-space(.), \"{words}\")]");
        self.does(&format!("//{tag}{says}[not(.//{tag}{says})]"), async |_| Ok(())).await;
    }

    /// All that is visible in something that always stands there.
    async fn text(&self, what: &str) -> String {
        let element = self.client.find(Locator::XPath(what)).await.expect("it is part of the page");
        element.text().await.expect("it is part of the page")
    }

    async fn is_gone(&self, what: &str) {
        for _ in 0..ROUNDS {
            self.world.settle().await;
            let absent = format!("/html[not({what})]");
            if self.client.wait().at_most(ROUND).for_element(Locator::XPath(&absent)).await.is_ok() {
                return;
            }
        }
        panic!("{what} is still there");
    }

    /// Waits for something visible, and does this with it. What was drawn anew meanwhile is looked for again.
    async fn does(&self, what: &str, act: impl AsyncFn(&Element) -> Result<(), CmdError>) {
        let mut trouble = "it is not visible".to_owned();
        for _ in 0..ROUNDS {
            self.world.settle().await;
            let done = async {
                let element = self.client.wait().at_most(ROUND).for_element(Locator::XPath(what)).await?;
                let visible = element.is_displayed().await?;
                if visible {
                    act(&element).await?;
                }
                Ok::<_, CmdError>(visible)
            };
            match done.await {
                Ok(true) => {
                    self.world.settle().await;
                    return;
                }
                Ok(false) => {}
                Err(error) => trouble = error.to_string(),
            }
        }
        panic!("{what}: {trouble}\nThe page says:\n{}", self.client.source().await.unwrap_or_default());
    }
}

/// A running chromedriver; it ends with this value.
struct Driver {
    process: Child,
    port: u16,
    profile: TempDir,
    /// It may go on writing.
    _said: BufReader<ChildStdout>,
}

impl Driver {
    fn start() -> Self {
        let mut command = Command::new("chromedriver");
        command.arg("--port=0").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = command.spawn().unwrap_or_else(|error| panic!("{MISSING}. chromedriver: {error}"));
        let mut said = BufReader::new(process.stdout.take().expect("it is piped"));
        let port = (&mut said).lines().map_while(Result::ok).find_map(|line| port(&line));
        let port = port.unwrap_or_else(|| panic!("{MISSING}. This chromedriver ended before it had a port"));
        let profile = tempfile::Builder::new().prefix("rapport-browser-").tempdir().expect("a temporary folder");
        Self { process, port, profile, _said: said }
    }

    async fn browser(&self) -> Client {
        let profile = format!("--user-data-dir={}", self.profile.path().display());
        let args = [
            "--headless=new",
            "--window-size=1280,900",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            &profile,
        ];
        let wanted = json!({"browserName": "chrome", "goog:chromeOptions": {"args": args}});
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(wanted.as_object().cloned().expect("it is an object"));
        let client = builder.connect(&format!("http://127.0.0.1:{}", self.port)).await;
        client.unwrap_or_else(|error| panic!("{MISSING}. The browser did not start: {error}"))
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// From "ChromeDriver was started successfully on port 40123."
fn port(line: &str) -> Option<u16> {
    line.strip_prefix("ChromeDriver was started successfully on port ")?.trim_end_matches('.').parse().ok()
}
