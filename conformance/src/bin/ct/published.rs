//! The places where nocrypto makes public what came from secrets, held against the reviewed list.
use crate::vg;
use core::panic::Location;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

/// File and line, below the folder of the sources.
static SEEN: Mutex<BTreeSet<(&str, u32, u32)>> = Mutex::new(BTreeSet::new());

/// Called by nocrypto at each such place.
pub(crate) fn hear(bytes: &mut [u8], at: &'static Location<'static>) {
    vg::unpoison(bytes);
    if let Ok(mut seen) = SEEN.lock() {
        seen.insert((at.file(), at.line(), at.column()));
    }
}

/// Counts the files whose number of places is not the reviewed one, and shows their places.
pub(crate) fn compare() -> usize {
    let mut places = BTreeMap::<&str, Vec<u32>>::new();
    if let Ok(seen) = SEEN.lock() {
        for (file, line, _) in seen.iter() {
            places.entry(file).or_default().push(*line);
        }
    }
    // FILE COUNT WHY
    let reviewed: BTreeMap<&str, usize> = include_str!("../../../expected/published.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut words = line.split_whitespace();
            Some((words.next()?, words.next()?.parse().ok()?))
        })
        .collect();
    let total: usize = places.values().map(Vec::len).sum();
    print!("; {total} places publish, {} are reviewed", reviewed.values().sum::<usize>());
    let files: BTreeSet<_> = places.keys().chain(reviewed.keys()).collect();
    let wrong = files.into_iter().filter(|file| {
        let lines = places.get(*file).map_or(&[][..], Vec::as_slice);
        let listed = reviewed.get(*file).copied().unwrap_or(0);
        if lines.len() != listed {
            print!("\n{file} publishes at lines {lines:?}; expected/published.txt has {listed} places of it");
        }
        lines.len() != listed
    });
    wrong.count()
}
