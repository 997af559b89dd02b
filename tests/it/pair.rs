//! Stories of a pair.

use insta::assert_snapshot;

use crate::world::World;

#[tokio::test]
async fn a_week_of_a_pair() {
    let world = World::new().await;
    world.settle().await;
    assert_snapshot!(world.next("Ana").as_text(), @"");
    assert_snapshot!(world.next("Ravi").as_text(), @"");
    world.all_is_read();
}
