use super::super::rules::RulesVersion;
use super::kind::{Course, Kind};
use super::life::{Life, Week};
use super::measure::{Tally, hundredths};
use super::method::{Method, Verdict};
use super::report::{Report, Row, Study, Sums};

fn study(rules: RulesVersion, seed: u64, pairs: u32) -> Report {
    Study { rules, seed, pairs, weeks: 26 }.run()
}

/// The lines of the table: false alarms, found, median weeks, entries + exits, AUC; and what was found of each kind.
fn table(report: &Report) -> Vec<String> {
    let line = |(name, row): (&str, &Row)| {
        format!(
            "{name}: {:.2}, {:.1} %, {} weeks, {:.2}, {:.3}",
            row.false_alarms_per_100_pair_months,
            row.found_within_4_weeks,
            row.median_weeks.unwrap_or(99),
            row.entries_and_exits_per_pair_year,
            row.auc_ends_within_6_weeks.unwrap_or_default()
        )
    };
    let kinds: Vec<String> = report.found_by_kind.iter().map(|(kind, found)| format!("{kind} {found:.0}")).collect();
    let rows = Method::ALL.into_iter().map(|method| line((method.key(), report.row(method))));
    rows.chain([kinds.join(", ")]).collect()
}

#[test]
fn the_table_of_version_1_comes_out() {
    let report = study(RulesVersion::V1, 20_260_101, 4000);
    let expected = Sums {
        pairs_ended: 822,
        answers: 240_134,
        answer_sum: 982_130,
        meetings: 37_238,
        meetings_known: 33_296,
        goal_weeks: 27_422,
        help_requests: 537,
        pause_weeks: 6607,
        pairs_in_trouble: 1331,
        health: 6_020_042,
        too_early: 9313,
        on_track: 67_377,
        watch: 8716,
        needs_you: 9740,
    };
    assert_eq!(report.sums, expected);
    let expected = [
        "needs_you: 2.68, 59.0 %, 4 weeks, 1.31, 0.740",
        "watch_or_worse: 10.42, 83.7 %, 2 weeks, 2.86, 0.740",
        "participation_points_below_40: 7.02, 46.7 %, 5 weeks, 3.00, 0.704",
        "mean_of_last_four_below_3: 6.01, 49.1 %, 5 weeks, 2.50, 0.684",
        "no_meeting_for_21_days: 11.50, 61.8 %, 3 weeks, 3.15, 0.653",
        "never 81, gradual 59, sudden 66, dip 67, one_mentee 35, one_mentor 38, burnout 53",
    ];
    assert_eq!(table(&report), expected);
    let hints = report.hints;
    assert_eq!((hints.healthy_falling, hints.healthy_rising), (6.27, 4.81));
    assert_eq!((hints.false_gaps_per_100_pair_months, hints.one_sided_gaps_within_6_weeks), (3.95, 39.15));
}

#[test]
fn version_2_finds_more_at_fewer_false_alarms() {
    let report = study(RulesVersion::V2, 20_260_101, 4000);
    let sums = report.sums;
    assert_eq!((sums.answer_sum, sums.health), (982_130, 6_408_278));
    assert_eq!((sums.too_early, sums.on_track, sums.watch, sums.needs_you), (9313, 64_571, 10_744, 10_518));
    let table = table(&report);
    assert_eq!(table[0], "needs_you: 2.53, 65.5 %, 3 weeks, 1.23, 0.737");
    assert_eq!(table[1], "watch_or_worse: 16.26, 90.4 %, 1 weeks, 3.99, 0.737");
    assert_eq!(table[5], "never 75, gradual 72, sudden 75, dip 81, one_mentee 53, one_mentor 55, burnout 50");
    assert_eq!((report.hints.healthy_falling, report.hints.healthy_rising), (5.33, 4.63));
}

#[test]
fn the_same_study_gives_the_same_report_and_another_seed_another() {
    let sums = |seed| study(RulesVersion::CURRENT, seed, 40).sums;
    assert_eq!(sums(7), sums(7));
    assert_ne!(sums(7), sums(8));
    // The pairs of a smaller study are the first ones of a larger.
    assert!(study(RulesVersion::CURRENT, 7, 39).sums.answers < sums(7).answers);
}

#[test]
fn a_study_of_nobody_is_empty() {
    let report = study(RulesVersion::CURRENT, 1, 0);
    assert_eq!(report.sums, Sums::default());
    assert_eq!((report.needs_you.median_weeks, report.needs_you.auc_ends_within_6_weeks), (None, None));
}

#[test]
fn the_first_pair_of_the_published_study_is_an_ordinary_one() {
    let life = Life::draw(20_260_101, 0, 26);
    assert_eq!((life.rhythm, life.course.kind, life.ended, life.weeks.len()), (28, Kind::Ordinary, false, 26));
}

/// A pair of this kind, whose trouble begins in week 5; `alarms` has a `!` for each week with an alarm, and perhaps `end`.
fn tally(kind: Kind, alarms: &[&str]) -> Tally {
    let mut tally = Tally::default();
    for alarms in alarms {
        let (weeks, ended) = alarms.strip_suffix("end").map_or((*alarms, false), |weeks| (weeks, true));
        let life =
            Life { course: Course { kind, begins: 5 }, rhythm: 14, weeks: vec![Week::default(); weeks.len()], ended };
        let verdict = |mark| Verdict { alarm: mark == '!', risk: i64::from(mark == '!') };
        tally.add(&life, &weeks.chars().map(verdict).collect::<Vec<_>>());
    }
    tally
}

#[test]
fn an_alarm_is_false_when_it_begins_in_a_healthy_week() {
    let months = |alarms: &str| tally(Kind::Sudden, &[alarms]).false_alarms() * 4.0 / 434.5;
    assert_eq!(months("...."), 0.0);
    assert_eq!(months("!!!."), 1.0);
    assert_eq!(months("!.!.!!"), 2.0);
    assert_eq!(months("....!..!"), 0.0);
}

#[test]
fn a_trouble_is_found_by_an_alarm_within_four_weeks() {
    let check = |alarms: &[&str], found: f64, median: Option<u32>| {
        let tally = tally(Kind::Sudden, alarms);
        assert_eq!((hundredths(tally.found()), tally.median_weeks()), (found, median), "{alarms:?}");
    };
    check(&["....!...."], 100.0, Some(0));
    check(&["!!!!!...."], 100.0, Some(0));
    check(&["!!!!....."], 0.0, None);
    check(&["........!"], 100.0, Some(4));
    check(&[".........!"], 0.0, Some(5));
    // Seen too short to tell; found before it was.
    check(&["........"], 0.0, None);
    check(&["......!end"], 100.0, Some(2));
    check(&["....!....", "........!", "..........", "...."], 66.67, Some(4));
    assert_eq!(tally(Kind::Slow, &["!!!!!!!!!!!!"]).found_by_kind().len(), 0);
}

#[test]
fn beginnings_and_ends_of_alarms_are_changes() {
    // Three in six weeks; a year has 52.14.
    assert_eq!(hundredths(tally(Kind::Ordinary, &["..!!.!"]).changes()), 26.07);
}

#[test]
fn risk_is_good_when_it_is_higher_for_pairs_that_end() {
    let auc = |alarms: &[&str]| tally(Kind::Ordinary, alarms).auc();
    assert_eq!(auc(&["........"]), None);
    assert_eq!(auc(&["........", ".......!end"]), Some(1.0));
    assert_eq!(auc(&["........", "........end"]), Some(0.5));
    assert_eq!(auc(&[".......!", "........end"]), Some(0.0));
    // Ends in week 15: not within six weeks of week 8, but of week 12, where it is the only one left.
    assert_eq!(auc(&["........", ".......!......end"]), Some(0.25));
    assert_eq!(auc(&["........", ".......!.....end"]), Some(0.75));
}
