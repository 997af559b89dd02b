//! Measures the study of the scoring rules: `cargo bench --bench simulate`. Prints figures and judges none.

use std::time::Instant;

use rapport::core::scoring::rules::RulesVersion;
use rapport::core::scoring::study::report::Study;

/// The published study: 4,000 pairs for 26 weeks.
const STUDY: Study = Study { rules: RulesVersion::CURRENT, seed: 20_260_101, pairs: 4000, weeks: 26 };

fn main() {
    // `cargo test --benches` asks for a proof that it runs, not for figures.
    if std::env::args().any(|arg| arg == "--test") {
        assert!(Study { pairs: 10, ..STUDY }.run().sums.answers > 0);
        return;
    }
    for rules in RulesVersion::ALL {
        let study = Study { rules, ..STUDY };
        let times: Vec<f64> = (0..5).map(|_| seconds(&study)).collect();
        let best = times.iter().copied().fold(f64::INFINITY, f64::min);
        let worst = times.iter().copied().fold(0.0, f64::max);
        println!("rules {rules}: {} pairs, {} weeks: {best:.3} to {worst:.3} s", study.pairs, study.weeks);
    }
}

fn seconds(study: &Study) -> f64 {
    let begun = Instant::now();
    let report = study.run();
    let took = begun.elapsed().as_secs_f64();
    assert!(report.sums.health > 0);
    took
}
