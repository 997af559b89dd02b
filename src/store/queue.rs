//! What waits for the writer: three bounded lines, of which the one where people wait is served first.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::{Notify, Semaphore};

/// Why something is written; it decides who goes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Urgency {
    /// Somebody waits for the acknowledgement.
    Act,
    /// Delivery's own bookkeeping. It raises no messages, so that its commit wakes nobody.
    Keeping,
    /// Planned work.
    Bulk,
}

/// How many may wait in each line; whoever comes then waits for room.
const ROOM: [usize; 3] = [1024, 256, 256];
/// Of a group, how many places acts leave to the others while others wait.
const FOR_OTHERS: usize = 8;

/// Bounded lines with several takers.
pub struct Queue<J> {
    lines: Mutex<Lines<J>>,
    room: [Semaphore; 3],
    work: Notify,
}

struct Lines<J> {
    waiting: [VecDeque<J>; 3],
    closed: bool,
}

impl<J> Queue<J> {
    pub fn new() -> Self {
        Self {
            lines: Mutex::new(Lines { waiting: [VecDeque::new(), VecDeque::new(), VecDeque::new()], closed: false }),
            room: ROOM.map(Semaphore::new),
            work: Notify::new(),
        }
    }

    /// Puts a job at the end of its line, as soon as there is room.
    ///
    /// # Errors
    /// Gives the job back when the queue is closed.
    pub async fn push(&self, urgency: Urgency, job: J) -> Result<(), J> {
        match self.room[urgency as usize].acquire().await {
            Ok(permit) => permit.forget(),
            Err(_closed) => return Err(job),
        }
        {
            let mut lines = self.lock();
            if lines.closed {
                return Err(job);
            }
            lines.waiting[urgency as usize].push_back(job);
        }
        self.work.notify_one();
        Ok(())
    }

    /// Takes what waits, at most `most`; waits while nothing does. `None` when the queue is closed and empty.
    pub async fn take(&self, most: usize) -> Option<Vec<J>> {
        loop {
            // A push between the look and the wait leaves a permit behind, so that it is not missed.
            let closed = {
                let mut lines = self.lock();
                let group = lines.take(most, &self.room);
                if !group.is_empty() {
                    let more = lines.waiting.iter().any(|line| !line.is_empty());
                    drop(lines);
                    if more {
                        self.work.notify_one();
                    }
                    return Some(group);
                }
                lines.closed
            };
            if closed {
                self.work.notify_one();
                return None;
            }
            self.work.notified().await;
        }
    }

    /// Lets nobody in any more; what waits is still taken.
    pub fn close(&self) {
        self.lock().closed = true;
        for room in &self.room {
            room.close();
        }
        self.work.notify_one();
    }

    /// Nothing waits.
    pub fn is_empty(&self) -> bool {
        self.lock().waiting.iter().all(VecDeque::is_empty)
    }

    fn lock(&self) -> MutexGuard<'_, Lines<J>> {
        // Nothing between lock and unlock can leave the lines half-changed.
        self.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<J> Lines<J> {
    fn take(&mut self, most: usize, room: &[Semaphore; 3]) -> Vec<J> {
        let [acts, keeping, bulk] = &mut self.waiting;
        let others = (keeping.len() + bulk.len()).min(FOR_OTHERS);
        let first = acts.len().min(most - others.min(most));
        let second = keeping.len().min(most - first);
        let third = bulk.len().min(most - first - second);
        let mut group = Vec::with_capacity(first + second + third);
        for (line, count, room) in [(acts, first, &room[0]), (keeping, second, &room[1]), (bulk, third, &room[2])] {
            group.extend(line.drain(..count));
            room.add_permits(count);
        }
        group
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn acts_go_first_and_nobody_starves() {
        let queue = Queue::new();
        for n in 0..100 {
            queue.push(Urgency::Bulk, ("bulk", n)).await.expect("open");
            queue.push(Urgency::Act, ("act", n)).await.expect("open");
        }
        queue.push(Urgency::Keeping, ("keeping", 0)).await.expect("open");
        let group = queue.take(64).await.expect("something waits");
        let count = |kind| group.iter().filter(|(is, _)| *is == kind).count();
        assert_eq!((count("act"), count("keeping"), count("bulk")), (56, 1, 7));
        assert_eq!(group[0], ("act", 0));
    }

    #[tokio::test]
    async fn a_full_line_waits_for_room_and_a_closed_queue_is_emptied_first() {
        let queue = Queue::new();
        for n in 0..ROOM[2] {
            queue.push(Urgency::Bulk, n).await.expect("open");
        }
        let mut late = std::pin::pin!(queue.push(Urgency::Bulk, 999));
        assert!(futures_util::poll!(&mut late).is_pending());
        assert_eq!(queue.take(1).await, Some(vec![0]));
        late.await.expect("there is room now");
        queue.close();
        assert_eq!(queue.push(Urgency::Act, 1).await, Err(1));
        let mut rest = 0;
        while let Some(group) = queue.take(64).await {
            rest += group.len();
        }
        assert_eq!(rest, ROOM[2]);
        assert_eq!(queue.take(64).await, None, "for a second taker too");
    }
}
