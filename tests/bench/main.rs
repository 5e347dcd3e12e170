//! Bench 基准: what a page of gendan costs beside the same statements under PostgreSQL's own pgbench.
//!
//!     cargo bench --bench house -- --size 10k
//!     cargo bench --bench house -- --size 10k --size 1m --json target/bench/last.json
//!
//! Loads orders of the asked sizes into a private server of its own (`target/bench`, settings as in a house), starts the
//! built program over it, and drives it from this process. What pgbench runs is not written down anywhere: the
//! statements of one request are read from the server's log, so the two sides cannot drift apart. Program and pgbench
//! take turns in every round; only ratios of one run mean anything, because milliseconds wander with the machine.

#![expect(
    unreachable_pub,
    reason = "a benchmark has no outside; pub says what a module gives its neighbours"
)]

mod capture;
mod drive;
mod ground;
mod load;
mod measure;
mod pages;
mod program;
mod report;
mod size;
mod writes;

use clap::Parser;
use std::path::PathBuf;
use std::time::Duration;

#[derive(Parser)]
#[command(about = "Measures gendan against pgbench with the same statements")]
struct Args {
    /// How many orders: 10k, 100k, 1m; several may be given
    #[arg(long, default_value = "10k")]
    size: Vec<size::Size>,
    /// Seconds of each measurement
    #[arg(long, default_value_t = 3)]
    seconds: u64,
    /// Rounds; program and pgbench take turns in each
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// Only pages whose name contains this
    #[arg(long)]
    only: Option<String>,
    /// Where the figures go as JSON
    #[arg(long)]
    json: Option<PathBuf>,
    /// What cargo says to every benchmark
    #[arg(long, hide = true)]
    bench: bool,
}

/// How long and how often everything is measured.
#[derive(Clone, Copy)]
pub struct Pace {
    pub each: Duration,
    pub rounds: usize,
}

fn main() -> anyhow::Result<()> {
    let args = Args::parse();
    let ground = ground::open()?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let pace = Pace {
        each: Duration::from_secs(args.seconds),
        rounds: args.rounds,
    };
    let outcome = runtime.block_on(async {
        let mut figures = Vec::new();
        for size in &args.size {
            figures.push(measure::run(&ground, *size, pace, args.only.as_deref()).await?);
        }
        anyhow::Ok(figures)
    });
    ground.close()?;
    let figures = outcome?;
    report::print(&figures);
    if let Some(path) = &args.json {
        report::write(&figures, path)?;
    }
    Ok(())
}
