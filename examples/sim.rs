//! A simulated Slack by itself: prints what an app needs to live in it, and runs until Ctrl-C.
//!
//! With `--tap LABEL` Ana presses a button of that label as soon as she reads one, and prints what came of it.

use rapport::clock::Clock;
use rapport::sim::{NewPerson, RequestUrls, Sim, SimOptions};

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let mut args = std::env::args().skip(1);
    let (mut button, mut url) = (None, None);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--tap" => button = args.next(),
            "--request-url" => url = args.next(),
            other => {
                println!("unknown argument {other}; there are --tap LABEL and --request-url URL");
                return Ok(());
            }
        }
    }
    let mut options = SimOptions::new(Clock::System);
    options.post_burst = 5;
    options.scopes.extend(["files:write", "reactions:write", "team:read"].map(str::to_owned));
    let sim = Sim::start(options).await?;
    let ana = sim.add_person(NewPerson::named("Ana Lopez").zone("Europe/Berlin"));
    let ravi = sim.add_person(NewPerson::named("Ravi Rao").zone("Asia/Kolkata"));
    let kim = sim.add_person(NewPerson::named("Kim Gone").but(|person| person.deleted = true));
    println!("SLACK_API_URL={}", sim.api_url());
    println!("SLACK_BOT_TOKEN={}", sim.bot_token());
    println!("SLACK_APP_TOKEN={}", sim.app_token());
    println!("SLACK_SIGNING_SECRET={}", sim.signing_secret());
    println!("ANA={}\nRAVI={}\nKIM={}", ana.id(), ravi.id(), kim.id());
    if let Some(url) = url {
        sim.use_http(RequestUrls::one(url));
    }
    tokio::select! {
        () = reading(&sim, &ana, button.as_deref()) => Ok(()),
        stopped = tokio::signal::ctrl_c() => stopped,
    }
}

/// Ana reads what comes; she presses the button that she was told about, and submits the forms that open.
async fn reading(sim: &Sim, ana: &rapport::sim::Someone, button: Option<&str>) {
    let mut changes = sim.changes();
    let mut told = 0;
    loop {
        while let Some(message) = ana.next_unread() {
            println!("--- Ana reads ({}):\n{}", if message.ephemeral { "only she" } else { "all" }, message.as_text());
            if let Some(button) = button.filter(|button| message.buttons().iter().any(|label| label == button)) {
                let tapped = ana.tap(&message, button).await;
                println!("--- Ana taps {button}: acknowledged {}, {:?}", tapped.acknowledged, tapped.warning);
            }
        }
        if let Some(modal) = ana.modal() {
            println!("--- Ana sees a form:\n{}", modal.as_text());
            for control in modal.controls() {
                let _ = ana.fill(&control.action_id, "It went well");
            }
            for _ in 0..2 {
                let submitted = ana.submit().await;
                println!("--- Ana submits: acknowledged {}, {:?}", submitted.acknowledged, submitted.errors);
                if submitted.errors.is_empty() {
                    break;
                }
            }
            let _ = ana.close_modal().await;
        }
        for complaint in sim.complaints().iter().skip(told) {
            println!("--- complaint: {complaint}");
            told += 1;
        }
        if changes.changed().await.is_err() {
            return;
        }
    }
}
