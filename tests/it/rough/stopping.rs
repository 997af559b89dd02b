//! A process that is told to stop begins nothing more; who comes after it does the rest.

use tokio_util::sync::CancellationToken;

use super::PULSE;
use crate::world::{World, berlin};

#[tokio::test]
async fn what_is_due_is_left_to_the_next() {
    let world = World::started().await;
    world.berlin("2026-05-05 09:59").await;
    world.clock.set(berlin("2026-05-05 10:00"));
    let (never, stopped) = (CancellationToken::new(), CancellationToken::new());
    stopped.cancel();

    world.app.schedule(&stopped).await.expect("the database works");
    assert_eq!(world.store.pairs_due(world.now(), 10).await.expect("read").len(), 1, "not looked at");
    world.app.schedule(&never).await.expect("the database works");
    assert_eq!(world.outbox().await.waiting, 1);
    world.app.deliver(&stopped).await.expect("the database works");
    assert_eq!((world.outbox().await.waiting, world.all("Ana", PULSE).len()), (1, 0), "not sent");
    world.app.deliver(&never).await.expect("the database works");
    world.only("Ana", PULSE);
}
