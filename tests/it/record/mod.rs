//! What a person has for themselves and for their partner: what to prepare, thanks, and an own record.

mod agenda;
mod page;
mod privacy;
mod thanks;

use crate::world::World;

/// Both have App Home open, and it is the Tuesday of the first week, an hour before the first pulse.
async fn at_home() -> World {
    let world = World::started().await;
    world.berlin("2026-05-05 09:00").await;
    world.person("Ana").opens_home().await;
    world.person("Ravi").opens_home().await;
    world
}
