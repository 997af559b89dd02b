//! `rapport serve`: the bot at work, until it is told to stop.

use std::net::Ipv4Addr;
use std::sync::{Arc, OnceLock};

use anyhow::{Context, bail};
use axum::Router;
use chrono::TimeDelta;
use metrics_exporter_prometheus::PrometheusBuilder;
use secrecy::ExposeSecret;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tracing::{error, info};

use crate::app::App;
use crate::app::health::{self, Health};
use crate::app::identity::Identity;
use crate::clock::Clock;
use crate::config::{Door, Settings};
use crate::core::id::WorkspaceId;
use crate::slack::client::{self, Client};
use crate::slack::parse::Installation;
use crate::slack::socket::{self, Socket};
use crate::slack::{Ack, Handler, Incoming, http};
use crate::store::{Options, Paces, Store};

const EXAMPLES: &str = "\
Examples:
  rapport serve                                  Socket Mode, with the two tokens set
  PORT=3000 rapport serve                        with SLACK_SIGNING_SECRET: HTTP at /slack/events
  rapport serve --env-file /etc/rapport.env --log-format json
  rapport serve --database-url postgres://rapport@localhost/rapport

With a port, /healthz, /readyz and /metrics (Prometheus) are there as well. SIGTERM and Ctrl-C
finish what is in hand.
`rapport serve --help` lists all settings.";

/// Run the bot until it is told to stop
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    pub settings: Settings,
}

/// Serves until SIGTERM or Ctrl-C; then finishes what is in hand.
///
/// # Errors
/// A setting is missing or wrong, the database does not open, or Slack refuses the token.
pub async fn serve(settings: &Settings) -> anyhow::Result<()> {
    let access = settings.slack()?;
    let door = settings.door()?;
    let vault = Arc::new(super::vault(settings)?);
    let patience = settings.patience()?;
    // A message's time must do for a call that times out, and for its turn before that.
    let timeout = client::TIMEOUT.min(patience / 6);
    let client = Client::with_timeout(&access.api_url, access.bot_token, access.app_token, timeout)?;
    let paces = Paces::up_to(settings.posts_per_minute()?);
    let options = Options { paces, patience: TimeDelta::from_std(patience)?, ..Options::serving() };
    let numbers = PrometheusBuilder::new().install_recorder().context("the numbers cannot be collected")?;
    health::register();
    let store = Store::open(settings.database()?.expose_secret(), options, Clock::System.now()).await?;

    let stop = CancellationToken::new();
    stop_on_signal(&stop)?;
    let (us, app) = (Arc::new(OnceLock::new()), Arc::new(OnceLock::new()));
    let open = watch::Sender::new(0);
    let (port, slack, sockets) = match &door {
        Door::SocketMode { port } => (*port, Router::new(), Some(open.subscribe())),
        Door::Http { signing_secret, port } => {
            let slack = http::router(signing_secret, us.clone(), Clock::System, Opening(app.clone()));
            (Some(*port), slack, None)
        }
    };
    let listening = match port {
        Some(port) => {
            let health = Health { store: store.clone(), numbers, sockets };
            Some(tokio::spawn(listen(port, slack.merge(health.router()), stop.clone()).await?))
        }
        None => None,
    };

    // The doors are open; now that Slack can see us, ask who we are.
    let installation = installation(&store, &client).await?;
    let serves = {
        let (workspace, open) =
            (installation.workspace.clone(), matches!(door, Door::SocketMode { .. }).then(|| open.subscribe()));
        begun(workspace, open, stop.clone())
    };
    let running = App::new(store.clone(), vault, client.clone(), Clock::System, installation.clone());
    let _ = us.set(installation.clone());
    let _ = app.set(running.clone());
    let socket = matches!(door, Door::SocketMode { .. }).then(|| Socket {
        client,
        us: installation,
        clock: Clock::System,
        handler: running.clone(),
        settings: socket::Settings::default(),
        open,
    });

    let halted = {
        let stop = stop.clone();
        async move {
            let outcome = match socket {
                Some(socket) => socket.run(stop.clone()).await,
                None => {
                    stop.cancelled().await;
                    Ok(())
                }
            };
            stop.cancel();
            outcome
        }
    };
    let (halted, (), ()) = tokio::join!(halted, running.run(stop.clone()), serves);
    if let Some(listening) = listening {
        listening.await.context("the listener broke")?;
    }
    running.settled().await;
    store.close().await;
    info!("stopped");
    Ok(halted?)
}

/// Says that the bot is at work, once Slack can reach it: in Socket Mode, once the first connection is open.
async fn begun(workspace: WorkspaceId, sockets: Option<watch::Receiver<usize>>, stop: CancellationToken) {
    if let Some(mut sockets) = sockets {
        tokio::select! {
            opened = sockets.wait_for(|open| *open > 0) => if opened.is_err() { return },
            () = stop.cancelled() => return,
        }
    }
    info!(%workspace, "rapport serves");
}

/// Hands on to the app, once there is one.
#[derive(Clone)]
struct Opening(Arc<OnceLock<App>>);

impl Handler for Opening {
    async fn handle(&self, incoming: Incoming) -> Ack {
        match self.0.get() {
            Some(app) => app.handle(incoming).await,
            None => Ack::Late,
        }
    }
}

/// The workspace that the token belongs to. Known from an earlier start while Slack does not answer.
async fn installation(store: &Store, client: &Client) -> anyhow::Result<Installation> {
    let known = store.workspaces().await?;
    match Identity::ask(client).await {
        Ok(identity) => {
            let us = identity.installation();
            if let Some(other) = known.iter().find(|one| one.id != us.workspace) {
                bail!(
                    "The token belongs to workspace {}, but this database to {}. Use the token of that workspace, or \
                     another database.",
                    us.workspace,
                    other.id
                );
            }
            store.install(us.workspace.clone(), identity.bot_user).await?;
            Ok(us)
        }
        Err(failure) if failure.fate == crate::slack::fate::Fate::StopWorkspace => {
            bail!("Slack does not accept the bot's token ({}). `rapport doctor` says what to do.", failure.code)
        }
        Err(failure) => match known.first() {
            Some(workspace) => {
                error!(%failure, "Slack does not answer; serving begins all the same");
                Ok(Installation { workspace: workspace.id.clone(), app: None })
            }
            None => bail!("Slack does not answer ({failure}), and this database knows no workspace yet. Try again."),
        },
    }
}

/// Takes requests at `port` on every address until `stop`, and then finishes those in hand.
async fn listen(port: u16, router: Router, stop: CancellationToken) -> anyhow::Result<impl Future<Output = ()>> {
    let listener = TcpListener::bind((Ipv4Addr::UNSPECIFIED, port))
        .await
        .with_context(|| format!("Port {port} cannot be listened at. Choose another one with PORT."))?;
    info!(port, "listening");
    Ok(async move {
        let served = axum::serve(listener, router).with_graceful_shutdown(stop.clone().cancelled_owned()).await;
        if let Err(error) = served {
            error!(%error, "the listener broke");
            stop.cancel();
        }
    })
}

fn stop_on_signal(stop: &CancellationToken) -> anyhow::Result<()> {
    let mut term = signal(SignalKind::terminate()).context("SIGTERM cannot be listened for")?;
    let mut interrupt = signal(SignalKind::interrupt()).context("Ctrl-C cannot be listened for")?;
    let stop = stop.clone();
    tokio::spawn(async move {
        tokio::select! {
            _ = term.recv() => {}
            _ = interrupt.recv() => {}
        }
        info!("stopping: what is in hand is finished first");
        stop.cancel();
    });
    Ok(())
}
