//! Socket Mode: the WebSocket server that an app connects to.

use std::sync::Arc;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::server::{ErrorResponse, Request, Response};

use super::world::World;

/// How many connections an app may have.
const MOST_CONNECTIONS: usize = 10;
/// How many frames may wait on one connection.
const QUEUE: usize = 4_096;
/// How often the server asks whether the client is still there, in real time.
const PING_EVERY: Duration = Duration::from_secs(10);

/// How long the other side may take to say goodbye.
const FAREWELL: Duration = Duration::from_secs(1);

/// What is done on a connection.
#[derive(Clone, Debug)]
pub(super) enum Frame {
    Text(String),
    /// Close it as one should.
    Close,
    /// Drop it without a word.
    Cut,
}

/// Accepts connections until the simulator stops.
pub(super) async fn serve(world: Arc<World>, listener: TcpListener) {
    let stop = world.stop.clone();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = stop.cancelled() => return,
        };
        if let Ok((stream, _)) = accepted {
            let _ = stream.set_nodelay(true);
            tokio::spawn(connection(Arc::clone(&world), stream));
        }
    }
}

#[allow(clippy::result_large_err, reason = "the WebSocket library wants its refusal by value")]
async fn connection(world: Arc<World>, stream: TcpStream) {
    let ticket_is_good = |request: &Request, response: Response| {
        let query = request.uri().query().unwrap_or_default();
        let ticket = url::form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == "ticket");
        if ticket.is_some_and(|(_, ticket)| world.change(|state| state.tickets.spend_socket(&ticket))) {
            return Ok(response);
        }
        let mut refusal = ErrorResponse::new(Some("this ticket opens no connection, or has opened one already".into()));
        *refusal.status_mut() = http::StatusCode::UNAUTHORIZED;
        Err(refusal)
    };
    let Ok(mut socket) = tokio_tungstenite::accept_hdr_async(stream, ticket_is_good).await else { return };
    let (frames, mut queue) = mpsc::channel(QUEUE);
    let (number, connections) = world.line.connected(frames);
    if connections > MOST_CONNECTIONS {
        world.line.retired(number);
        let words = json!({"type": "disconnect", "reason": "too_many_websockets", "debug_info": {}});
        let _ = socket.send(Message::text(words.to_string())).await;
        farewell(&world, &mut socket, number).await;
        return world.line.disconnected(number);
    }
    let app = world.look(|state| state.ids.app.clone());
    let hello = json!({
        "type": "hello", "num_connections": connections, "connection_info": {"app_id": app},
        "debug_info": {"host": "applink-sim", "build_number": 1, "approximate_connection_time": 3_600},
    });
    if socket.send(Message::text(hello.to_string())).await.is_ok() {
        world.changes.send_modify(|count| *count += 1);
        run(&world, &mut socket, &mut queue, number).await;
    }
    world.line.disconnected(number);
    world.changes.send_modify(|count| *count += 1);
}

async fn run(
    world: &Arc<World>,
    socket: &mut WebSocketStream<TcpStream>,
    queue: &mut mpsc::Receiver<Frame>,
    number: u64,
) {
    let mut pings = tokio::time::interval(PING_EVERY);
    pings.tick().await;
    loop {
        tokio::select! {
            frame = queue.recv() => match frame {
                Some(Frame::Text(words)) => {
                    if socket.send(Message::text(words)).await.is_err() {
                        return;
                    }
                }
                Some(Frame::Close) => return farewell(world, socket, number).await,
                Some(Frame::Cut) | None => return,
            },
            heard = socket.next() => match heard {
                Some(Ok(Message::Text(words))) => heard_from(world, &words),
                Some(Ok(Message::Close(_))) => return farewell(world, socket, number).await,
                Some(Err(_)) | None => return,
                Some(Ok(_)) => {}
            },
            _ = pings.tick() => {
                if socket.send(Message::Ping("Ping from applink-sim".into())).await.is_err() {
                    return;
                }
            }
            () = world.stop.cancelled() => return farewell(world, socket, number).await,
        }
    }
}

/// Closes a connection as one should: both sides say so before the line is dropped.
async fn farewell(world: &Arc<World>, socket: &mut WebSocketStream<TcpStream>, number: u64) {
    world.line.retired(number);
    let both = async {
        let _ = socket.close(None).await;
        while let Some(Ok(heard)) = socket.next().await {
            if let Message::Text(words) = heard {
                heard_from(world, &words);
            }
        }
    };
    let _ = tokio::time::timeout(FAREWELL, both).await;
}

/// The app says nothing but acknowledgements.
fn heard_from(world: &Arc<World>, words: &str) {
    let frame: Value = serde_json::from_str(words).unwrap_or(Value::Null);
    match frame["envelope_id"].as_str() {
        Some(id) => {
            let payload = frame.get("payload").filter(|payload| !payload.is_null()).cloned();
            // Late is as good as never: the payload was given up, and the app finds out by the repetition.
            world.line.acknowledged(id, payload);
        }
        None => world.complain("Socket Mode: a frame that is no acknowledgement".into()),
    }
}
