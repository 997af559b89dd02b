//! One WebSocket to Slack, from the ticket to the last acknowledgement.

use std::time::Duration;

use futures_util::stream::FuturesUnordered;
use futures_util::{FutureExt, SinkExt, StreamExt};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::time::{Instant, sleep_until};
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{Connector, MaybeTlsStream, WebSocketStream, connect_async_tls_with_config};
use tokio_util::sync::CancellationToken;
use url::Url;

use crate::clock::jitter;
use crate::slack::client::is_loopback;
use crate::slack::parse::{Kind, parse, payload};
use crate::slack::{Ack, Handler, tls};

use super::{Halted, Socket, Trouble, within};

/// How long connecting, the greeting, and each write may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// The largest frame that we take, in bytes. Slack's views end at 250 kB.
const FRAME_MAX: usize = 4 * 1024 * 1024;

/// Small buffers: these connections are idle most of the time.
const BUFFER: usize = 16 * 1024;

/// How a connection ended.
pub enum End {
    /// We were told to stop, or its successor took over.
    Stopped,
    /// It broke or was closed; another one may work.
    Broken(String),
    /// Another one would not work either.
    Human(Halted),
}

/// An open connection that was greeted.
pub struct Connection {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
    /// When to ask for a successor, some time before the end that Slack announced.
    renew_at: Option<Instant>,
}

/// What a frame asks of us.
enum Frame {
    Envelope { id: String, kind: Option<Kind>, payload: Value, accepts_payload: bool },
    Disconnect(String),
    Other,
}

impl Connection {
    /// Asks for a ticket, connects, and waits for the greeting.
    pub async fn open<H>(socket: &Socket<H>) -> Result<Self, Trouble> {
        let url = socket.client.open_socket().await?;
        let mut stream = match within(PATIENCE, connect(&url)).await {
            Some(connected) => connected?,
            None => return Err(Trouble::passing("no connection within 10 s")),
        };
        let greeting = async {
            while let Some(frame) = stream.next().await {
                let text = match frame {
                    Ok(Message::Text(text)) => text,
                    Ok(Message::Close(_)) => break,
                    Ok(_) => continue,
                    Err(error) => return Err(Trouble::passing(plain(&error))),
                };
                let greeting: Value = serde_json::from_str(&text).unwrap_or_default();
                match greeting.get("type").and_then(Value::as_str) {
                    Some("hello") => return Ok(greeting),
                    Some("disconnect") => return Err(disconnected(reason(&greeting))),
                    _ => {}
                }
            }
            Err(Trouble::passing("closed before it was greeted"))
        };
        let greeting =
            within(PATIENCE, greeting).await.unwrap_or_else(|| Err(Trouble::passing("no greeting in 10 s")))?;
        let lifetime = greeting.pointer("/debug_info/approximate_connection_time").and_then(Value::as_u64);
        let renew_at = lifetime.and_then(renewal).map(|after| Instant::now() + after);
        tracing::info!(lifetime, "Socket Mode: connected");
        Ok(Self { stream, renew_at })
    }

    /// Hands on what comes in, and acknowledges each envelope when its handler is done, in whatever order they end.
    pub async fn serve<H: Handler>(
        mut self,
        socket: &Socket<H>,
        ask: oneshot::Sender<()>,
        let_go: CancellationToken,
        stop: CancellationToken,
    ) -> End {
        let settings = &socket.settings;
        let mut ask = Some(ask);
        let mut in_hand = FuturesUnordered::new();
        let mut heard = Instant::now();
        let far = heard + Duration::from_secs(365 * 24 * 3600);
        let end = loop {
            let stopping = stop.is_cancelled();
            let leaving = let_go.is_cancelled();
            if stopping && in_hand.is_empty() {
                break End::Stopped;
            }
            let patience = if leaving && in_hand.is_empty() { settings.linger } else { settings.silence };
            tokio::select! {
                () = stop.cancelled(), if !stopping => {}
                () = let_go.cancelled(), if !leaving => heard = Instant::now(),
                Some(answer) = in_hand.next(), if !in_hand.is_empty() => {
                    let mut answers = vec![answer];
                    while let Some(Some(answer)) = in_hand.next().now_or_never() {
                        answers.push(answer);
                    }
                    if let Err(what) = self.acknowledge(answers).await {
                        break End::Broken(what);
                    }
                }
                frame = self.stream.next(), if !stopping && in_hand.len() < settings.in_flight => {
                    heard = Instant::now();
                    match frame {
                        Some(Ok(Message::Text(text))) => match read(&text) {
                            Frame::Envelope { id, kind: Some(kind), payload, accepts_payload } => {
                                let incoming = parse(kind, &payload, &socket.us, socket.clock.now());
                                let handler = socket.handler.clone();
                                in_hand.push(async move {
                                    answer(&id, accepts_payload, handler.handle(incoming).await)
                                });
                            }
                            Frame::Envelope { id, kind: None, .. } => {
                                if let Err(what) = self.acknowledge([answer(&id, false, Ack::Empty)]).await {
                                    break End::Broken(what);
                                }
                            }
                            Frame::Disconnect(reason) if matches!(reason.as_str(), "warning" | "refresh_requested") => {
                                ask.take().map(|ask| ask.send(()));
                            }
                            Frame::Disconnect(reason) => break match disconnected(&reason) {
                                Trouble::Human(halted) => End::Human(halted),
                                Trouble::Passing { what, .. } => End::Broken(what),
                            },
                            Frame::Other => {}
                        },
                        Some(Ok(Message::Close(_))) | None if leaving => break End::Stopped,
                        Some(Ok(Message::Close(_))) | None => break End::Broken("closed by Slack".to_owned()),
                        Some(Ok(_)) => {}
                        Some(Err(error)) => break End::Broken(plain(&error)),
                    }
                }
                () = sleep_until(self.renew_at.unwrap_or(far)), if ask.is_some() && self.renew_at.is_some() => {
                    ask.take().map(|ask| ask.send(()));
                }
                () = sleep_until(heard + patience), if !stopping && in_hand.len() < settings.in_flight => {
                    break if leaving { End::Stopped } else { End::Broken("silent for too long".to_owned()) };
                }
            }
        };
        // What is being committed is finished, though nobody is left to be told; the successor need not wait for it.
        if let End::Broken(what) = &end
            && !in_hand.is_empty()
        {
            tracing::warn!(in_hand = in_hand.len(), "Socket Mode: {what}; finishing what is in hand");
            ask.take().map(|ask| ask.send(()));
        }
        while in_hand.next().await.is_some() {}
        let _ = within(PATIENCE, self.stream.close(None)).await;
        end
    }

    async fn acknowledge(&mut self, answers: impl IntoIterator<Item = Option<String>>) -> Result<(), String> {
        let write = async {
            for text in answers.into_iter().flatten() {
                self.stream.feed(Message::text(text)).await?;
            }
            self.stream.flush().await
        };
        match within(PATIENCE, write).await {
            Some(written) => written.map_err(|error| plain(&error)),
            None => Err("a write took longer than 10 s".to_owned()),
        }
    }
}

async fn connect(url: &SecretString) -> Result<WebSocketStream<MaybeTlsStream<TcpStream>>, Trouble> {
    let address = Url::parse(url.expose_secret()).map_err(|_| Trouble::passing("Slack named no usable address"))?;
    let connector = match address.scheme() {
        "wss" => Connector::Rustls(tls::config().map_err(|_| {
            Trouble::Human(Halted(
                "this machine trusts no certificates: install the package ca-certificates".to_owned(),
            ))
        })?),
        "ws" if is_loopback(&address) => Connector::Plain,
        _ => return Err(Trouble::passing("Slack named an address without encryption")),
    };
    let config = WebSocketConfig::default()
        .read_buffer_size(BUFFER)
        .write_buffer_size(BUFFER)
        .max_message_size(Some(FRAME_MAX))
        .max_frame_size(Some(FRAME_MAX));
    let connected = connect_async_tls_with_config(url.expose_secret(), Some(config), true, Some(connector)).await;
    connected.map(|(stream, _)| stream).map_err(|error| Trouble::passing(plain(&error)))
}

/// When to ask for a successor of a connection that Slack means to close after `lifetime` seconds: after 80 to 90 % of
/// it, so that the lines do not all renew in the same moment. Announcements that make no sense are not believed.
pub(super) fn renewal(lifetime: u64) -> Option<Duration> {
    let lifetime = Some(lifetime).filter(|seconds| (10..=1_000_000).contains(seconds)).map(Duration::from_secs)?;
    Some(lifetime - jitter(lifetime / 5))
}

fn read(text: &str) -> Frame {
    let Ok(Value::Object(mut frame)) = payload::read(text) else {
        return Frame::Other;
    };
    let kind = match frame.get("type").and_then(Value::as_str) {
        Some("events_api") => Some(Kind::Event),
        Some("interactive") => Some(Kind::Interactive),
        Some("slash_commands") => Some(Kind::Command),
        Some("disconnect") => return Frame::Disconnect(reason(&Value::Object(frame)).to_owned()),
        _ => None,
    };
    let Some(id) = frame.get("envelope_id").and_then(Value::as_str).map(str::to_owned) else {
        return Frame::Other;
    };
    let accepts_payload = frame.get("accepts_response_payload").and_then(Value::as_bool).unwrap_or(false);
    let payload = frame.remove("payload").unwrap_or_default();
    Frame::Envelope { id, kind, payload, accepts_payload }
}

fn reason(frame: &Value) -> &str {
    frame.get("reason").and_then(Value::as_str).unwrap_or("no reason given")
}

fn disconnected(reason: &str) -> Trouble {
    match reason {
        "link_disabled" => Trouble::Human(Halted(
            "Socket Mode is switched off for this app. Switch it on under Settings, Socket Mode, and start again."
                .to_owned(),
        )),
        "too_many_websockets" => {
            Trouble::passing("Slack allows 10 connections an app, and all are taken; are other copies running?")
        }
        other => Trouble::passing(format!("Slack disconnects ({})", other.chars().take(40).collect::<String>())),
    }
}

/// The text of an acknowledgement; none where we were late, so that nobody reads "saved".
fn answer(envelope: &str, accepts_payload: bool, ack: Ack) -> Option<String> {
    match ack {
        Ack::Late => None,
        Ack::Payload(payload) if accepts_payload => {
            Some(json!({ "envelope_id": envelope, "payload": payload }).to_string())
        }
        Ack::Empty | Ack::Payload(_) => Some(json!({ "envelope_id": envelope }).to_string()),
    }
}

/// An error in words that cannot contain the ticket: addresses and headers stay out.
fn plain(error: &Error) -> String {
    match error {
        Error::Io(error) => format!("connection error: {error}"),
        Error::Http(reply) => format!("refused with HTTP {}", reply.status().as_u16()),
        Error::ConnectionClosed | Error::AlreadyClosed => "closed".to_owned(),
        Error::Protocol(error) => format!("WebSocket protocol error: {error}"),
        Error::Capacity(_) => "a frame was too large".to_owned(),
        Error::Tls(_) => "TLS failed".to_owned(),
        _ => "WebSocket error".to_owned(),
    }
}
