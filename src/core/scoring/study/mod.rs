//! The study by which rules are judged: invented pairs of which the truth is known, seen through the production rules.

mod chance;
pub mod kind;
pub mod life;
pub mod record;

#[cfg(test)]
mod tests {
    use super::life::{Asked, Life};

    #[test]
    fn the_generator_makes_the_published_sums() {
        let (mut ended, mut answers, mut sum, mut met, mut known, mut goals, mut help, mut paused, mut t0) =
            (0, 0, 0_u64, 0, 0, 0, 0, 0, 0);
        for pair in 0..4000 {
            let life = Life::draw(20260101, pair, 26);
            ended += u32::from(life.ended);
            t0 += u32::from(life.trouble().is_some());
            for week in &life.weeks {
                met += u32::from(week.met_in_truth);
                known += u32::from(week.met);
                goals += u32::from(week.goal_moved);
                help += u32::from(week.asks_for_help);
                paused += u32::from(week.paused);
                for asked in week.asked {
                    if let Asked::Answered(items) = asked {
                        answers += 2;
                        sum += items.iter().map(|(_, value)| u64::from(*value)).sum::<u64>();
                    }
                }
            }
        }
        assert_eq!(
            (ended, answers, sum, met, known, goals, help, paused, t0),
            (822, 240134, 982130, 37238, 33296, 27422, 537, 6607, 1331)
        );
    }

    #[test]
    fn explore() {
        use super::super::{evaluation, rules::RulesVersion, state::State};
        use super::record::Record;
        let mut all = 0_u64; let mut unpaused=0_u64; let mut ready=0u64; let mut by = [0_u32; 4]; let mut by_all=[0u32;4];
        let (mut fa, mut hw, mut fa_np, mut hw_np)=(0,0,0,0);
        let (mut det, mut seen, mut ntrans, mut weeks)=(0,0,0,0);
        let mut delays=vec![];
        for pair in 0..4000 {
            let life = Life::draw(20260101, pair, 26);
            let mut record = Record::new(&life);
            let mut state = State::TooEarly;
            let mut states=vec![];
            for (w,week) in life.weeks.iter().enumerate() {
                let (history, moment) = record.after(week);
                let before=state;
                let seen = evaluation::of(RulesVersion::V1, state, &history, &moment);
                state = seen.state;
                states.push(state);
                all += u64::from(seen.health.value);
                by_all[state as usize]+=1;
                if !moment.paused { unpaused += u64::from(seen.health.value); by[state as usize] += 1; }
                if seen.ready { ready += u64::from(seen.health.value); }
                let entry= state==State::NeedsYou && before!=State::NeedsYou;
                if (state==State::NeedsYou) != (before==State::NeedsYou) {ntrans+=1;}
                weeks+=1;
                if life.course.is_healthy(w as u32+1) { hw+=1; if entry {fa+=1;} if !moment.paused {hw_np+=1; if entry {fa_np+=1;}} }
            }
            if let Some(t0)=life.trouble() {
                let t0=t0 as usize;
                let d = (t0..=t0+4).find(|w| states.get(w-1)==Some(&State::NeedsYou));
                let any = (t0..=26).find(|w| states.get(w-1)==Some(&State::NeedsYou));
                if d.is_some() || life.weeks.len()>=t0+4 { seen+=1; if d.is_some() {det+=1;} delays.push(any.map_or(99,|w| w-t0)); }
            }
        }
        delays.sort();
        eprintln!("all {all} unpaused {unpaused} ready {ready} by {by:?} by_all {by_all:?}");
        eprintln!("FA {} np {}  {fa} {hw} {fa_np} {hw_np}", fa as f64/(hw as f64/4.345)*100.0, fa_np as f64/(hw_np as f64/4.345)*100.0);
        eprintln!("det {} {det} {seen}  median {} trans {} {}", det as f64/seen as f64, delays[delays.len()/2], ntrans as f64/(weeks as f64/52.0), ntrans as f64/(weeks as f64*7.0/365.25));
    }
}
