//! Moves the clock of the demo from one due event to the next, with pauses in between for people to look.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::Demo;
use super::stage::Stage;
use crate::clock::Clock;
use crate::core::scoring::digest::{DigestPage, Rate};
use crate::sim::page::{Controls, Page, Progress};
use crate::sim::people::Member;
use crate::slack::render::digest_text;

/// How often a pause looks at the page's buttons and at what the newcomer did.
const TICK: Duration = Duration::from_millis(50);

/// A standstill that takes more rounds than this is a defect; the play goes on.
const ROUNDS: usize = 1_000;

/// The play, and where it is.
pub struct Drive {
    stage: Stage,
    page: Option<(Page, Controls)>,
    progress: Progress,
    last_digest: Option<DigestPage>,
}

impl Drive {
    /// Prepares the play, and the page unless it is headless.
    pub async fn new(stage: Stage, demo: &Demo) -> anyhow::Result<Self> {
        let mut page = None;
        if !demo.headless {
            let controls = Controls::at_speed(demo.speed * 3_600);
            let labels = stage.cast.labels();
            let shown = Page::start_on(stage.sim.clone(), labels, controls.clone(), demo.page_port).await?;
            println!("Look at it here, as anybody you like:  {}", shown.url());
            println!("Ctrl-C ends it.\n");
            page = Some((shown, controls));
        }
        let progress = Progress { weeks: u32::from(stage.weeks), ..Progress::default() };
        Ok(Self { stage, page, progress, last_digest: None })
    }

    /// Plays to the end. With a page it then waits for Ctrl-C, so that everything can still be looked at.
    ///
    /// # Errors
    /// When the database of the demo fails.
    pub async fn play(&mut self) -> anyhow::Result<()> {
        let end = self.stage.end();
        let mut digest = self.next_digest().unwrap_or(end);
        loop {
            let next = self.settle().await?.unwrap_or(end).min(end);
            while next >= digest && digest < end {
                self.wait_until(digest).await?;
                self.hand_out(digest).await?;
                digest = self.next_digest().unwrap_or(end);
            }
            if next >= end {
                break;
            }
            self.wait_until(next).await?;
        }
        self.progress.over = true;
        self.show_progress();
        if let Some((_, controls)) = &self.page {
            controls.digest_arrived();
        }
        match &self.page {
            None => {
                if let Some(digest) = &self.last_digest {
                    println!("\n{}", digest_text(digest));
                }
                Ok(())
            }
            Some(_) => {
                println!("\nThe programme is over. The page stays until Ctrl-C.");
                loop {
                    self.settle().await?;
                    tokio::time::sleep(TICK).await;
                }
            }
        }
    }

    /// Lets go of everything.
    pub async fn end(self) {
        self.stage.stop.cancel();
        self.stage.app.settled().await;
        self.stage.store.close().await;
    }

    /// Everything that is due now is done, by the bot, by Slack and by people; returns when something is due next.
    async fn settle(&mut self) -> anyhow::Result<Option<DateTime<Utc>>> {
        self.make_way();
        let Stage { app, sim, cast, clock, .. } = &mut self.stage;
        let clock = Clock::Manual(clock.clone());
        let mut next = None;
        for _ in 0..ROUNDS {
            sim.at_rest().await;
            let bot = app.rest().await?;
            cast.look();
            let now = clock.now();
            let people = cast.next_due();
            if people.is_some_and(|at| at <= now) {
                cast.act(now).await;
                continue;
            }
            next = [bot, people, sim.next_due()].into_iter().flatten().min();
            if sim.is_at_rest() && next.is_none_or(|next| next > now) {
                break;
            }
        }
        Ok(next)
    }

    /// Turns the clock to `to`: at once, or at the page's tempo with the newcomer being served meanwhile.
    async fn wait_until(&mut self, to: DateTime<Utc>) -> anyhow::Result<()> {
        while let Some((page, controls)) = self.page.clone() {
            let tempo = controls.tempo();
            let left = to - self.stage.now();
            if tempo.skipping || left <= TimeDelta::zero() {
                break;
            }
            // Somebody who is writing has all the time in the world.
            let speed = if page.someone_is_acting() { 1 } else { tempo.speed };
            let step = TimeDelta::milliseconds(TICK.as_millis() as i64 * i64::from(speed));
            if !tempo.paused && left <= step {
                tokio::time::sleep(TICK.mul_f64(left.num_milliseconds() as f64 / step.num_milliseconds() as f64)).await;
                break;
            }
            tokio::time::sleep(TICK).await;
            if !tempo.paused {
                self.stage.clock.set(self.stage.now() + step);
            }
            self.serve_newcomer().await?;
        }
        if to > self.stage.now() {
            self.stage.clock.set(to);
        }
        Ok(())
    }

    /// What the newcomer did on the page gets its answer at once; simulated people wait for their time.
    async fn serve_newcomer(&mut self) -> anyhow::Result<()> {
        self.make_way();
        self.stage.app.rest().await?;
        Ok(())
    }

    /// Whoever the newcomer acts as is left to them.
    fn make_way(&mut self) {
        if let Some((page, _)) = &self.page {
            page.played().iter().for_each(|person| self.stage.cast.leave_alone(person));
        }
    }

    /// Each coordinator, and when their own nine o'clock comes next.
    fn own_nines(&self, after: DateTime<Utc>) -> impl Iterator<Item = (&Member, DateTime<Utc>)> {
        let coordinators = self.stage.cast.company().coordinators.iter();
        coordinators.filter_map(move |one| Some((one, self.stage.program.digest.next(one.zone, after)?.at)))
    }

    fn next_digest(&self) -> Option<DateTime<Utc>> {
        self.own_nines(self.stage.now()).map(|(_, nine)| nine).min()
    }

    /// Some coordinators have their digest now: the first of the week ends a hurry, and the last tells how it went.
    async fn hand_out(&mut self, at: DateTime<Utc>) -> anyhow::Result<()> {
        self.settle().await?;
        let digest = self.stage.store.last_digest(&self.stage.program.id, &self.stage.vault).await?;
        let Some(page) = digest.filter(|page| page.digest.cutoff > at - TimeDelta::days(2)) else { return Ok(()) };
        // A survey stands in the place of a pulse.
        let surveys = page.digest.surveys.iter().flat_map(|told| &told.rates).map(|(_, rate)| *rate);
        let rate = surveys.fold(page.digest.answered, |all, one| Rate {
            asked: all.asked + one.asked,
            answered: all.answered + one.answered,
        });
        let is_first = self.progress.week != page.digest.week;
        if is_first {
            self.progress.week = page.digest.week;
            self.progress.asked += u64::from(rate.asked);
            self.progress.answered += u64::from(rate.answered);
        }
        let readers = self.own_nines(at - TimeDelta::milliseconds(1)).filter(|(_, nine)| *nine == at);
        let readers: Vec<_> = readers.filter_map(|(one, _)| self.stage.cast.id(one).map(str::to_owned)).collect();
        self.progress.digests += readers.len() as u64;
        self.progress.reader = readers.into_iter().next();
        if self.own_nines(at).all(|(_, nine)| nine > at + TimeDelta::days(3)) {
            println!(
                "Week {:>2} of {}   {:>3} asked   {:>3} answered   {} digests so far",
                self.progress.week, self.progress.weeks, rate.asked, rate.answered, self.progress.digests
            );
        }
        self.last_digest = Some(page);
        self.show_progress();
        if let (true, Some((_, controls))) = (is_first, &self.page) {
            controls.digest_arrived();
        }
        Ok(())
    }

    fn show_progress(&self) {
        if let Some((page, _)) = &self.page {
            page.progress(self.progress.clone());
        }
    }
}
