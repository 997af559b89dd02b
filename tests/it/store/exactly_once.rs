//! Everything goes wrong at random, in two processes; in the end each message stands in Slack once.

use std::collections::HashMap;

use chrono::TimeDelta;
use rapport::core::event::Receipt;
use rapport::core::id::MessageKey;
use rapport::core::message::Message;
use rapport::store::outbox::{Claim, Claimed, Settlement};
use rapport::store::{ClaimClock, Options, Paces, Store};

use super::{Base, at, on_both_engines, pulse, raise};

const PULSES: u32 = 12;
const LEASE: TimeDelta = TimeDelta::seconds(10);

/// What stands in Slack, and what is still on its way to us.
struct World {
    stores: [Store; 2],
    ms: i64,
    chance: u64,
    posted: u32,
    standing: HashMap<MessageKey, Vec<Receipt>>,
    /// Receipts that a holder got and could not settle in time.
    late: Vec<(usize, Claim, Receipt)>,
    doubled: u32,
}

impl World {
    /// A number below `n` (an LCG: the same fate in each run).
    fn roll(&mut self, n: u64) -> u64 {
        self.chance = self.chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.chance >> 33) % n
    }

    fn post(&mut self, claimed: &Claimed) -> Receipt {
        self.posted += 1;
        let receipt = Receipt { channel: "G1".to_owned(), ts: format!("{}.000100", self.posted) };
        let copies = self.standing.entry(claimed.key.clone()).or_default();
        if !copies.is_empty() {
            assert!(claimed.unsure, "posted twice without a doubt: {claimed:?}");
            self.doubled += 1;
        }
        copies.push(receipt.clone());
        receipt
    }

    /// Delivers what is due in one of the two processes; `trouble` is how many of ten fates are bad ones.
    async fn deliver(&mut self, who: usize, trouble: u64) -> usize {
        let claimed = self.stores[who].claim(at(self.ms), LEASE, 5).await.expect("claimed");
        let mut settled = Vec::new();
        for it in &claimed {
            let soon = at(self.ms + 3_000);
            let settlement = match (&it.message, &it.receipt) {
                (Message::Withdrawal { copy }, _) => {
                    self.standing.values_mut().for_each(|copies| copies.retain(|standing| standing != copy));
                    Settlement::Sent { receipt: None, shown: it.wanted }
                }
                (_, Some(standing)) => {
                    assert!(self.standing[&it.key].contains(standing), "an update of what was taken back");
                    Settlement::Sent { receipt: None, shown: it.wanted }
                }
                _ => match self.roll(10) {
                    fate if fate >= trouble => Settlement::Sent { receipt: Some(self.post(it)), shown: it.wanted },
                    0 => Settlement::RetryAt { at: soon, counts: true },
                    1 => {
                        self.post(it);
                        Settlement::Unsure { at: soon }
                    }
                    2 => Settlement::Unsure { at: soon },
                    // Stopped before the call, or after it; some wake up again later.
                    3 => continue,
                    _ => {
                        let receipt = self.post(it);
                        self.late.push((who, it.claim.clone(), receipt));
                        continue;
                    }
                },
            };
            settled.push((it.claim.clone(), settlement));
        }
        self.stores[who].settle(settled, at(self.ms)).await.expect("settled");
        claimed.len()
    }

    /// Slack shows us every copy that stands, once.
    async fn echo_all(&self) {
        for (key, copies) in &self.standing {
            for copy in copies.clone() {
                self.stores[0].found(key.clone(), copy, at(self.ms)).await.expect("found");
            }
        }
    }

    async fn echo_one(&mut self) {
        let mut copies: Vec<_> =
            self.standing.iter().flat_map(|(key, all)| all.iter().map(move |it| (key, it))).collect();
        copies.sort_by_key(|(_, copy)| &copy.ts);
        let Some(count) = std::num::NonZeroU64::new(copies.len() as u64) else { return };
        let copies: Vec<_> = copies.into_iter().map(|(key, copy)| (key.clone(), copy.clone())).collect();
        let (key, copy) = copies[self.roll(count.get()) as usize].clone();
        self.stores[1].found(key, copy, at(self.ms)).await.expect("found");
    }

    async fn settle_one_late(&mut self) {
        if let Some((who, claim, receipt)) = self.late.pop() {
            let sent = Settlement::Sent { receipt: Some(receipt), shown: 1 };
            self.stores[who].settle(vec![(claim, sent)], at(self.ms)).await.expect("settled");
        }
    }
}

async fn each_message_stands_once_in_the_end(base: Base) {
    let options = Options { paces: Paces::unlimited(), claims: ClaimClock::Now, ..Options::serving() };
    let beside = if base.is_sqlite() { Options { role: rapport::store::Role::Visiting, ..options } } else { options };
    let stores = [base.open_with(options).await, base.open_with(beside).await];
    let mut doubled = 0;
    for seed in 1..=4 {
        let mut world = World {
            stores: stores.clone(),
            ms: i64::from(seed) * 10_000_000,
            chance: u64::from(seed),
            posted: 1_000 * seed,
            standing: HashMap::new(),
            late: Vec::new(),
            doubled: 0,
        };
        let pulses: Vec<_> = (0..PULSES).map(|n| pulse(seed * 100 + n)).collect();
        for pulse in &pulses {
            raise(&stores[0], pulse, at(world.ms)).await;
        }
        for _ in 0..60 {
            world.ms += 900;
            let who = usize::try_from(world.roll(2)).expect("small");
            world.deliver(who, 6).await;
            match world.roll(6) {
                0 => world.echo_one().await,
                1 => world.settle_one_late().await,
                2 => {
                    let n = usize::try_from(world.roll(u64::from(PULSES))).expect("small");
                    raise(&stores[1], &pulses[n], at(world.ms)).await;
                }
                _ => {}
            }
        }
        // The weather clears.
        for _ in 0..40 {
            world.ms += 11_000;
            world.settle_one_late().await;
            world.echo_all().await;
            while world.deliver(0, 0).await + world.deliver(1, 0).await > 0 {}
        }
        for pulse in &pulses {
            assert_eq!(world.standing[&pulse.name().key()].len(), 1, "seed {seed}, {pulse:?}");
            raise(&stores[0], pulse, at(world.ms)).await;
        }
        // The row knows the copy that stands (`deliver` checks it).
        world.ms += 11_000;
        let mut updated = 0;
        loop {
            match world.deliver(1, 0).await {
                0 => break,
                some => updated += some,
            }
        }
        assert_eq!(updated, pulses.len());
        doubled += world.doubled;
    }
    assert!(doubled > 0, "the weather was bad enough to matter");
}

on_both_engines!(each_message_stands_once_in_the_end);
