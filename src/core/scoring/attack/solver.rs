//! Exact elimination and bounds: what follows from sums of numbers of which each is between 1 and 5.

use std::collections::BTreeMap;

/// Numbers that somebody wants to know, each the sum of so many answers, and sums of them that are known.
#[derive(Clone, Debug, Default)]
pub struct Puzzle {
    answers: Vec<i128>,
    sums: Vec<(Vec<i128>, i128)>,
}

impl Puzzle {
    /// One number more; its place.
    pub fn unknown(&mut self, answers: usize) -> usize {
        self.answers.push(answers as i128);
        self.answers.len() - 1
    }

    /// These numbers come to so much together.
    pub fn knows(&mut self, places: &[usize], sum: i128) {
        let mut row = vec![0; self.answers.len()];
        places.iter().for_each(|place| row[*place] += 1);
        self.sums.push((row, sum));
    }

    /// The numbers that can be only one thing: a single answer, or several that all are 1 or all are 5.
    pub fn solved(&self) -> Vec<usize> {
        let width = self.answers.len();
        let padded = |row: &[i128], sum: i128| {
            let mut row = row.to_vec();
            row.resize(width, 0);
            row.push(sum);
            row
        };
        let known: Vec<Vec<i128>> = self.sums.iter().map(|(row, sum)| padded(row, *sum)).collect();
        let mut rows = eliminated(known.clone(), width);
        rows.extend(known);
        let mut bounds: Vec<(i128, i128)> = self.answers.iter().map(|n| (*n, 5 * n)).collect();
        while rows.iter().any(|row| narrow(row, &mut bounds)) {}
        let is_solved = |place: &usize| {
            let (n, (low, high)) = (self.answers[*place], bounds[*place]);
            assert!(low <= high, "the attacker contradicts itself");
            low == high && (n == 1 || low == n || low == 5 * n)
        };
        (0..width).filter(is_solved).collect()
    }
}

/// The rows, each with a column of its own, in whole numbers. The last column is the sum.
fn eliminated(rows: Vec<Vec<i128>>, width: usize) -> Vec<Vec<i128>> {
    let mut done: Vec<(usize, Vec<i128>)> = Vec::new();
    for mut row in rows {
        for (pivot, by) in &done {
            row = without(&row, *pivot, by);
        }
        let Some(pivot) = row[..width].iter().position(|one| *one != 0) else { continue };
        for (_, other) in &mut done {
            *other = without(other, pivot, &row);
        }
        done.push((pivot, row));
    }
    done.into_iter().map(|(_, row)| row).collect()
}

fn without(row: &[i128], pivot: usize, by: &[i128]) -> Vec<i128> {
    if row[pivot] == 0 {
        return row.to_vec();
    }
    let combined = row.iter().zip(by).map(|(one, two)| one * by[pivot] - two * row[pivot]);
    let combined: Vec<i128> = combined.collect();
    let divisor = combined.iter().fold(0, |a, b| greatest_common(a, b.abs())).max(1);
    combined.into_iter().map(|one| one / divisor).collect()
}

fn greatest_common(a: i128, b: i128) -> i128 {
    if b == 0 { a } else { greatest_common(b, a % b) }
}

/// Whether one sum leaves less room for the numbers in it than was known.
fn narrow(row: &[i128], bounds: &mut [(i128, i128)]) -> bool {
    let (sum, factors) = row.split_last().expect("a sum");
    let parts: BTreeMap<usize, i128> = factors.iter().copied().enumerate().filter(|(_, by)| *by != 0).collect();
    let span = |by: i128, (low, high): (i128, i128)| if by > 0 { (by * low, by * high) } else { (by * high, by * low) };
    let (mut least, mut most) = (0, 0);
    for (place, by) in &parts {
        let (low, high) = span(*by, bounds[*place]);
        (least, most) = (least + low, most + high);
    }
    for (place, by) in &parts {
        let (low, high) = span(*by, bounds[*place]);
        // What is left for this one when the others take the most, or the least.
        let (from, to) = (sum - (most - high), sum - (least - low));
        let (from, to) = if *by > 0 { (from, to) } else { (-to, -from) };
        let by = by.abs();
        let new = (bounds[*place].0.max(-(-from).div_euclid(by)), bounds[*place].1.min(to.div_euclid(by)));
        if new != bounds[*place] {
            bounds[*place] = new;
            return true;
        }
    }
    false
}

#[test]
fn it_finds_what_can_be_found() {
    let solved = |sums: &[(&[usize], i128)]| {
        let mut puzzle = Puzzle::default();
        for _ in 0..4 {
            puzzle.unknown(1);
        }
        sums.iter().for_each(|(places, sum)| puzzle.knows(places, *sum));
        puzzle.solved()
    };
    assert_eq!(solved(&[(&[0, 1, 2], 9)]), [0_usize; 0]);
    assert_eq!(solved(&[(&[0, 1, 2], 15)]), [0, 1, 2]);
    assert_eq!(solved(&[(&[0, 1, 2], 9), (&[0, 1], 7)]), [2]);
    assert_eq!(solved(&[(&[0, 1, 2], 9), (&[0, 1], 5), (&[1, 2], 8)]), [0, 1, 2]);
    // Bounds of differences: 0 + 1 = 2 + 3 + 4 with 2 + 3 = 6.
    assert_eq!(solved(&[(&[0, 1], 10), (&[2, 3], 6)]), [0, 1]);
    assert_eq!(solved(&[(&[0, 2], 6), (&[1, 2], 10)]), [0, 1, 2]);
}
