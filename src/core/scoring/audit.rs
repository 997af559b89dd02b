//! Does anything that can be computed from published sums isolate a few people? Exact, over the rationals.

use std::collections::BTreeSet;

/// Sets of cells that are tried before the audit gives up and says yes.
const MOST_TRIED: usize = 10_000;

/// Whether some combination of the published rows is the sum of cells that hold fewer than `k` people together.
///
/// A row says for each cell whether it is in that sum (1) or not (0); `people` are those behind each cell. Whatever cannot
/// be decided within bounds counts as isolating.
pub fn isolates<T: Ord>(rows: &[Vec<i128>], people: &[BTreeSet<T>], k: usize) -> bool {
    let Some(space) = Space::spanned_by(rows) else { return true };
    // Cells that every row treats alike cannot be told apart by any combination: they stand or fall together.
    let mut alike: Vec<(Vec<i128>, Vec<usize>)> = Vec::new();
    for cell in 0..people.len() {
        let column: Vec<i128> = rows.iter().map(|row| row[cell]).collect();
        match alike.iter_mut().find(|(known, _)| *known == column) {
            Some((_, cells)) => cells.push(cell),
            None => alike.push((column, vec![cell])),
        }
    }
    let classes: Vec<Vec<usize>> = alike.into_iter().map(|(_, cells)| cells).collect();
    Search { space, people, k, classes, tried: 0 }.finds(0, &mut Vec::new())
}

struct Search<'a, T> {
    space: Space,
    people: &'a [BTreeSet<T>],
    k: usize,
    classes: Vec<Vec<usize>>,
    tried: usize,
}

impl<T: Ord> Search<'_, T> {
    /// Whether `chosen`, or it with some of the classes from `next` on, is a published combination of few people.
    fn finds(&mut self, next: usize, chosen: &mut Vec<usize>) -> bool {
        self.tried += 1;
        if self.tried > MOST_TRIED {
            return true;
        }
        if !chosen.is_empty() && self.space.holds(chosen, self.people.len()) {
            return true;
        }
        for class in next..self.classes.len() {
            let before = chosen.len();
            chosen.extend(self.classes[class].clone());
            if self.are_few(chosen) && self.finds(class + 1, chosen) {
                return true;
            }
            chosen.truncate(before);
        }
        false
    }

    /// Cells without anybody say nothing about anyone, and are few as well.
    fn are_few(&self, cells: &[usize]) -> bool {
        let mut seen = BTreeSet::new();
        for person in cells.iter().flat_map(|cell| &self.people[*cell]) {
            seen.insert(person);
            if seen.len() >= self.k {
                return false;
            }
        }
        true
    }
}

/// All combinations of some rows, as rows of which each has a column of its own, without fractions.
struct Space {
    rows: Vec<(usize, Vec<i128>)>,
}

impl Space {
    /// `None` where numbers outgrow 128 bits.
    fn spanned_by(rows: &[Vec<i128>]) -> Option<Self> {
        let mut space = Self { rows: Vec::new() };
        for row in rows {
            let row = space.rest_of(row.clone())?;
            let Some(pivot) = row.iter().position(|one| *one != 0) else { continue };
            for (_, other) in &mut space.rows {
                *other = eliminated(other, pivot, &row)?;
            }
            space.rows.push((pivot, row));
        }
        Some(space)
    }

    /// What is left of a row when everything that the space knows is taken out.
    fn rest_of(&self, mut row: Vec<i128>) -> Option<Vec<i128>> {
        for (pivot, own) in &self.rows {
            row = eliminated(&row, *pivot, own)?;
        }
        Some(row)
    }

    /// Whether the sum of these cells is a combination of the rows. Whatever cannot be computed counts as one.
    fn holds(&self, cells: &[usize], of: usize) -> bool {
        let wanted = (0..of).map(|cell| i128::from(cells.contains(&cell))).collect();
        self.rest_of(wanted).is_none_or(|rest| rest.iter().all(|one| *one == 0))
    }
}

/// `row` with nothing left in the column `pivot`, by means of `by`, which has something there.
fn eliminated(row: &[i128], pivot: usize, by: &[i128]) -> Option<Vec<i128>> {
    let (own, other) = (row[pivot], by[pivot]);
    if own == 0 {
        return Some(row.to_vec());
    }
    let combine = |(one, two): (&i128, &i128)| one.checked_mul(other)?.checked_sub(two.checked_mul(own)?);
    let combined: Vec<i128> = row.iter().zip(by).map(combine).collect::<Option<_>>()?;
    let divisor = combined.iter().fold(0, |divisor, one| greatest_common(divisor, one.abs())).max(1);
    Some(combined.into_iter().map(|one| one / divisor).collect())
}

fn greatest_common(a: i128, b: i128) -> i128 {
    if b == 0 { a } else { greatest_common(b, a % b) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Cells of so many people each, all different.
    fn crowd(sizes: &[usize]) -> Vec<BTreeSet<usize>> {
        let mut next = 0;
        let mut cell = |size: &usize| {
            next += size;
            (next - size..next).collect()
        };
        sizes.iter().map(&mut cell).collect()
    }

    fn check(rows: &[&[i128]], sizes: &[usize], expected: bool) {
        let rows: Vec<Vec<i128>> = rows.iter().map(|row| row.to_vec()).collect();
        assert_eq!(isolates(&rows, &crowd(sizes), 5), expected, "{rows:?} of {sizes:?}");
    }

    #[test]
    fn a_small_cell_is_found_by_what_is_around_it() {
        // Alone, or as the difference of two sums.
        check(&[&[1, 0]], &[4, 9], true);
        check(&[&[1, 0]], &[5, 9], false);
        check(&[&[1, 1], &[1, 0]], &[9, 4], true);
        check(&[&[1, 1], &[1, 0]], &[9, 5], false);
        // Mentors and mentees of two groups: the columns and the rows of a table do not give one field away ...
        let table: [&[i128]; 4] = [&[1, 1, 0, 0], &[0, 0, 1, 1], &[1, 0, 1, 0], &[0, 1, 0, 1]];
        check(&table, &[3, 3, 3, 3], false);
        // ... but with one field of five known, its neighbours are, and they are four.
        check(&[table[0], table[1], table[2], &[1, 0, 0, 0]], &[5, 4, 5, 5], true);
        // Half the sum of three sums.
        check(&[&[1, 1, 0], &[0, 1, 1], &[1, 0, 1]], &[4, 5, 5], true);
        check(&[&[1, 1, 0], &[0, 1, 1]], &[4, 5, 5], false);
        // Two small cells that always come together.
        check(&[&[1, 1, 1], &[1, 0, 0]], &[9, 2, 2], true);
        check(&[&[1, 1, 1], &[1, 0, 0]], &[9, 2, 3], false);
        check(&[], &[1], false);
    }

    #[test]
    fn somebody_in_two_cells_is_one_person() {
        let people = [BTreeSet::from([1, 2, 3]), BTreeSet::from([3, 2, 4])];
        assert!(isolates(&[vec![1, 1]], &people, 5));
        assert!(!isolates(&[vec![1, 1]], &people, 4));
    }

    #[test]
    fn what_is_too_much_to_decide_counts_as_isolating() {
        let rows: Vec<Vec<i128>> = (0..40).map(|n| (0..41).map(|c| i128::from(c == n || c == 40)).collect()).collect();
        let mut sizes = [1; 41];
        sizes[40] = 10;
        assert!(isolates(&rows, &crowd(&sizes), 10));
        assert!(isolates(&[vec![i128::MAX, 3], vec![i128::MAX - 1, 2]], &crowd(&[9, 9]), 5));
    }

    proptest! {
        #[test]
        fn it_agrees_with_trying_all_sets_and_all_small_combinations(
            rows in prop::collection::vec(prop::collection::vec(0_i128..=1, 4), 1..4),
            sizes in prop::collection::vec(1_usize..6, 4),
        ) {
            // With three rows of zeros and ones over four cells, whole and half factors reach every such sum.
            let factors = [-4, -3, -2, -1, 0, 1, 2, 3, 4];
            let mut found = false;
            for a in factors { for b in factors { for c in factors {
                let of = |cell: usize| [a, b, c].iter().zip(&rows).map(|(by, row)| by * row[cell]).sum::<i128>();
                let sums: Vec<i128> = (0..4).map(of).collect();
                let is_set = sums.iter().all(|sum| *sum == 0 || *sum == 2) && sums.contains(&2);
                let people: usize = sums.iter().zip(&sizes).filter(|(sum, _)| **sum == 2).map(|(_, size)| size).sum();
                found |= is_set && people < 5;
            }}}
            prop_assert_eq!(isolates(&rows, &crowd(&sizes), 5), found);
        }
    }
}
