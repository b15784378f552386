//! Criterion on our own work, row by row of the same plans as `ratio`: to see a change against the last run.
use bench::group::all;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

fn ours(criterion: &mut Criterion) {
    for plan in all() {
        let mut row = (plan.build)(plan.name.clone());
        let Some((_, work)) = row.contenders.first_mut() else { continue };
        let (group, rest) = plan.name.split_once('/').unwrap_or((&plan.name, ""));
        let mut group = criterion.benchmark_group(group);
        group.throughput(Throughput::Bytes(row.bytes as u64));
        group.bench_function(rest, |bencher| bencher.iter(&mut *work));
    }
}

criterion_group!(benches, ours);
criterion_main!(benches);
