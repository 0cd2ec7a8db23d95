//! Decisions: a conversation arrives and is given to someone, under 20 rules.

use std::hint::black_box;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use frontdesk_benches::{close, desk, document, friday, open};

fn decision(c: &mut Criterion) {
    for agents in [100, 1_000, 10_000] {
        let mut group = c.benchmark_group(format!("a decision among {agents}"));
        for strategy in ["least_busy", "round_robin", "longest_idle", "most_capacity", "best_skill"] {
            let mut desk = desk(&document(agents, strategy));
            desk.advance(friday());
            let mut id = 0;
            group.bench_function(strategy, |b| {
                b.iter_batched(
                    || {
                        id += 1;
                        (open(id, friday()), close(id, friday()))
                    },
                    |(open, close)| {
                        black_box(desk.handle(&open));
                        black_box(desk.handle(&close));
                    },
                    BatchSize::SmallInput,
                );
            });
        }
        group.finish();
    }
}

criterion_group!(benches, decision);
criterion_main!(benches);
