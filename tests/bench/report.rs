//! Report: the figures as a table for people and as JSON for whoever compares runs.

use super::measure::{Figures, Row, Speed};
use std::path::Path;

#[expect(clippy::print_stdout, reason = "the report is what the command is for")]
pub fn print(all: &[Figures]) {
    for figures in all {
        println!();
        println!("{} orders", figures.orders);
        println!(
            "{:<30} {:>5} {:>4} {:>10} {:>10} {:>6} {:>8} {:>8} {:>8} {:>6}",
            "",
            "stmts",
            "c",
            "gendan/s",
            "pgbench/s",
            "ratio",
            "p50 ms",
            "p95 ms",
            "p99 ms",
            "p50 x"
        );
        for row in &figures.rows {
            lines(row);
        }
        println!(
            "memory {} kB · start to first list {} ms · first list {} bytes · opened {} answered, {} stored",
            figures.memory_kb,
            figures.start_ms,
            figures.first_list_bytes,
            figures.opened.0,
            figures.opened.1
        );
    }
    if let [first, .., last] = all {
        growth(first, last);
    }
}

#[expect(clippy::print_stdout, reason = "the report is what the command is for")]
fn lines(row: &Row) {
    for at in &row.at {
        println!(
            "{:<30} {:>5} {:>4} {:>10} {:>10} {:>6} {:>8} {:>8} {:>8} {:>6}",
            row.name,
            row.statements,
            at.connections,
            hundredths(at.program.rate_milli, 1_000),
            hundredths(at.pgbench.rate_milli, 1_000),
            hundredths(at.program.rate_milli, at.pgbench.rate_milli),
            hundredths(at.program.p50_us, 1_000),
            hundredths(at.program.p95_us, 1_000),
            hundredths(at.program.p99_us, 1_000),
            hundredths(at.program.p50_us, at.pgbench.p50_us),
        );
    }
}

/// How much of its speed each page keeps from the first size to the last.
#[expect(clippy::print_stdout, reason = "the report is what the command is for")]
fn growth(first: &Figures, last: &Figures) {
    println!();
    println!(
        "at {} orders, of the speed at {}",
        last.orders, first.orders
    );
    for (one, other) in first.rows.iter().zip(&last.rows) {
        let rate = |row: &Row| row.at.last().map_or(0, |at| rate(&at.program));
        println!("{:<30} {:>6}", one.name, hundredths(rate(other), rate(one)));
    }
}

fn rate(speed: &Speed) -> u64 {
    speed.rate_milli
}

/// A quotient with two decimals.
fn hundredths(above: u64, below: u64) -> String {
    let hundredths = above.saturating_mul(100) / below.max(1);
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

pub fn write(all: &[Figures], path: &Path) -> anyhow::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(path, serde_json::to_string_pretty(all)?)?;
    Ok(())
}
