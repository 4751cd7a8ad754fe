//! Which cells are run: a few in which every pair of values of two dimensions
//! meets (a pairwise cover), or a shard of all of them.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use checkout_matrix::Cell;

/// A value of one dimension together with a value of another.
type Pair = (usize, usize, usize, usize);

/// Cells in which every two values of different dimensions meet at least once.
/// The same ones every time: cells are taken greedily, each the first of those
/// that bring the most pairs that have not met.
pub fn pairwise() -> Vec<Cell> {
    let all: Vec<[usize; 6]> = places().collect();
    let mut missing: BTreeSet<Pair> = all.iter().flat_map(|place| pairs(*place)).collect();
    let mut taken = Vec::new();
    while !missing.is_empty() {
        let new = |place: &[usize; 6]| {
            let pairs = pairs(*place);
            pairs.iter().filter(|pair| missing.contains(pair)).count()
        };
        let like = |place: &[usize; 6]| {
            let wanted = Cell::at(*place);
            let count = |is_like: fn(&Cell, &Cell) -> bool| {
                let alike = taken.iter().filter(|cell| is_like(cell, &wanted));
                Reverse(alike.count())
            };
            (
                count(|one, other| one.engine == other.engine),
                count(|one, other| one.provider == other.provider),
            )
        };
        // Of those that bring the same, one of the engine and then of the provider that has had the
        // fewest; and of these the first, where `max_by_key` alone would give the last.
        let best = all
            .iter()
            .rev()
            .max_by_key(|place| (new(place), like(place)));
        let Some(best) = best else {
            break;
        };
        for pair in pairs(*best) {
            missing.remove(&pair);
        }
        taken.push(Cell::at(*best));
    }
    taken
}

/// How far apart in the product neighbours in the order of shards are. It has no divisor in common
/// with the number of values of any dimension, so that a shard has something of everything.
const STRIDE: usize = 1_000;

/// Every cell of shard `n` of `m`, both from 1.
pub fn shard(n: usize, m: usize) -> Vec<Cell> {
    let places: Vec<_> = places().collect();
    let count = places.len();
    let turns = (n - 1) * count / m..n * count / m;
    turns
        .map(|turn| Cell::at(places[turn * STRIDE % count]))
        .collect()
}

fn places() -> impl Iterator<Item = [usize; 6]> {
    let sizes = Cell::sizes();
    let count = sizes.iter().product::<usize>();
    (0..count).map(move |mut rest| {
        let mut place = [0; 6];
        for (digit, size) in place.iter_mut().zip(sizes).rev() {
            *digit = rest % size;
            rest /= size;
        }
        place
    })
}

fn pairs(place: [usize; 6]) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for first in 0..place.len() {
        for second in first + 1..place.len() {
            pairs.push((first, place[first], second, place[second]));
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use checkout_matrix::{Dimension, Hints, Outcome};

    #[test]
    fn every_two_values_meet_in_the_cover_and_it_is_small() {
        let cover = pairwise();
        assert!(cover.len() <= 120, "{} cells", cover.len());
        for hints in Hints::ALL {
            for outcome in Outcome::ALL {
                let meet = |cell: &&Cell| cell.hints == *hints && cell.outcome == *outcome;
                assert!(
                    cover.iter().any(|cell| meet(&cell)),
                    "{hints:?} {outcome:?}"
                );
            }
        }
        let places: Vec<_> = places().collect();
        let wanted: BTreeSet<Pair> = places.iter().flat_map(|place| pairs(*place)).collect();
        let met: BTreeSet<Pair> = places
            .iter()
            .filter(|place| cover.contains(&Cell::at(**place)))
            .flat_map(|place| pairs(*place))
            .collect();
        assert_eq!(met, wanted);
    }

    #[test]
    fn the_shards_are_everything_once() {
        let all = shard(1, 1);
        let product: usize = Cell::sizes().iter().product();
        assert_eq!(all.len(), product);
        let mut together: Vec<_> = (1..=7).flat_map(|n| shard(n, 7)).collect();
        assert_eq!(together.len(), product);
        together.retain(|cell| !all.contains(cell));
        assert_eq!(together, []);
    }

    #[test]
    fn a_shard_has_something_of_everything() {
        let twelfth = shard(5, 12);
        for outcome in Outcome::ALL {
            let of_outcome = twelfth.iter().filter(|cell| cell.outcome == *outcome);
            assert!(of_outcome.count() >= 12, "{outcome:?}");
        }
        for hints in Hints::ALL {
            let of_hints = twelfth.iter().filter(|cell| cell.hints == *hints);
            assert!(of_hints.count() >= 12, "{hints:?}");
        }
    }
}
