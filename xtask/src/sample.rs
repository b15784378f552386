//! The seeded sample: what a short check takes of a long one. The seed is printed, so a run can be had again.
use crate::run::output;
use std::path::Path;

/// A stream of choices (SplitMix64; Steele, Lea, Flood 2014, figure 13): not for secrets.
pub(crate) struct Sample {
    /// What it began with.
    pub(crate) seed: u64,
    state: u64,
}

impl Sample {
    pub(crate) fn new(seed: u64) -> Self {
        Self { seed, state: seed }
    }
    /// From the commit that is checked: another commit, another sample, and the same one wherever it is checked.
    pub(crate) fn of_commit(root: &Path) -> Self {
        let commit = output(root, "git rev-parse HEAD").unwrap_or_default();
        let head = commit.get(..16).and_then(|hex| u64::from_str_radix(hex, 16).ok());
        Self::new(head.unwrap_or(0))
    }
    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.state ^ (self.state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
    /// `count` of the items, in their order; all of them if there are no more.
    pub(crate) fn some<T: Clone>(&mut self, items: &[T], count: usize) -> Vec<T> {
        let mut order: Vec<(u64, usize)> = (0..items.len()).map(|i| (self.next(), i)).collect();
        order.sort_unstable();
        let mut places: Vec<usize> = order.into_iter().take(count).map(|(_, i)| i).collect();
        places.sort_unstable();
        places.into_iter().filter_map(|i| items.get(i).cloned()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_same_sample_and_seeds_reach_every_item() {
        let items = [0, 1, 2, 3, 4, 5, 6, 7];
        let mut reached = [false; 8];
        for seed in 0..64 {
            let taken = Sample::new(seed).some(&items, 3);
            assert_eq!(taken, Sample::new(seed).some(&items, 3));
            assert!(taken.len() == 3 && taken.is_sorted());
            taken.into_iter().for_each(|i: usize| reached[i] = true);
        }
        assert_eq!(reached, [true; 8]);
        assert_eq!(Sample::new(1).some(&items, 9), items);
    }
}
