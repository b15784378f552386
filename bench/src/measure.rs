//! Takes the time of several contenders in turns.
use crate::clock::{clear_upper_halves, now};
use crate::disturbance::Disturbance;

/// The same work, done by several. The first is we.
pub struct Row {
    /// As in `aead/aes128gcm/seal/1350`.
    pub name: String,
    /// Bytes that are worked on in one go, where that means something.
    pub bytes: usize,
    /// Who does it, and how.
    pub contenders: Vec<(&'static str, Work)>,
}
/// Does the work once.
pub type Work = Box<dyn FnMut()>;

/// What came out for a row.
#[derive(Debug)]
pub struct Outcome {
    /// Nanoseconds for doing it once, the median of all rounds; the first is ours.
    pub times: Vec<(&'static str, f64)>,
    /// The fastest of the others.
    pub peer: &'static str,
    /// Its time over ours, the median of all rounds: above 1 we are faster.
    pub ratio: f64,
    /// The distance between the quartiles of that, over the median.
    pub spread: f64,
    /// The part of the rounds in which the calibration loop was slow.
    pub disturbed: f64,
}

/// Times `row` in `rounds` rounds. Each contender begins a round in turn.
///
/// If there are enough quiet rounds, the others are not looked at.
pub fn measure(row: &mut Row, rounds: usize, disturbance: &mut Disturbance) -> Outcome {
    let count = row.contenders.len();
    let repetitions: Vec<u64> = row.contenders.iter_mut().map(|(_, work)| repetitions(work)).collect();
    let mut samples: Vec<(bool, Vec<f64>)> = Vec::with_capacity(rounds);
    for round in 0..rounds {
        let mut times = vec![0.0; count];
        let before = disturbance.now();
        for turn in 0..count {
            let which = (turn + round) % count;
            let work = &mut row.contenders[which].1;
            clear_upper_halves();
            work(); // what is not in the cache now never will be
            let start = now();
            for _ in 0..repetitions[which] {
                work();
            }
            times[which] = (now() - start) as f64 / repetitions[which] as f64;
        }
        let quiet = before.max(disturbance.now()) < Disturbance::LIMIT;
        samples.push((quiet, times));
    }
    let quiet: Vec<Vec<f64>> = samples.iter().filter(|(quiet, _)| *quiet).map(|(_, t)| t.clone()).collect();
    let disturbed = 1.0 - quiet.len() as f64 / rounds as f64;
    let used = if quiet.len() >= ENOUGH { quiet } else { samples.into_iter().map(|(_, t)| t).collect() };
    let median_of = |which: usize| quartiles(used.iter().map(|times| times[which]).collect())[1];
    let times: Vec<_> = row.contenders.iter().enumerate().map(|(i, (who, _))| (*who, median_of(i))).collect();
    let best = (1..count).min_by(|a, b| times[*a].1.total_cmp(&times[*b].1)).unwrap_or(0);
    let [low, ratio, high] = quartiles(used.iter().map(|times| times[best] / times[0]).collect());
    Outcome { peer: times[best].0, times, ratio, spread: (high - low) / ratio, disturbed }
}

/// How often `work` can be done in about a millisecond.
fn repetitions(work: &mut Work) -> u64 {
    let mut repetitions = 1;
    loop {
        let start = now();
        for _ in 0..repetitions {
            work();
        }
        if now() - start > 1_000_000 {
            return repetitions;
        }
        repetitions *= 2;
    }
}

fn quartiles(mut values: Vec<f64>) -> [f64; 3] {
    values.sort_by(f64::total_cmp);
    [1, 2, 3].map(|quarter| values[(values.len() - 1) * quarter / 4])
}

/// So many quiet rounds that the others need not be looked at.
const ENOUGH: usize = 11;
