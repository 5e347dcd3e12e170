//! Ground: the private server of the benchmark, with the settings of a house and a database for each size.

use anyhow::{Context, anyhow};
use gendan::postgres::{House, Purpose, Search, Site};
use sqlx::ConnectOptions;
use sqlx::postgres::PgConnectOptions;
use std::path::{Path, PathBuf};

pub struct Ground {
    house: House,
    pub folder: PathBuf,
    pub pgbench: PathBuf,
}

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub fn open() -> anyhow::Result<Ground> {
    let path: Vec<PathBuf> = std::env::var_os("PATH")
        .map(|all| std::env::split_paths(&all).collect())
        .unwrap_or_default();
    let folder = project().join("target/bench");
    std::fs::create_dir_all(&folder)?;
    let house = House::open(&Site {
        project: project().to_owned(),
        given: Some(folder.join("house")),
        purpose: Purpose::House,
        search: Search {
            given: std::env::var_os("GENDAN_PG_BIN").map(PathBuf::from),
            path: path.clone(),
        },
        fresh: false,
        say: |line| eprintln!("{line}"),
    })?;
    Ok(Ground {
        house,
        folder,
        pgbench: pgbench(&path)?,
    })
}

/// The newest pgbench of the machine; Debian lays it beside the server.
fn pgbench(path: &[PathBuf]) -> anyhow::Result<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .map(|all| all.flatten().map(|one| one.path().join("bin")).collect())
        .unwrap_or_default();
    found.sort();
    found.reverse();
    found.extend(path.iter().cloned());
    found
        .into_iter()
        .map(|folder| folder.join("pgbench"))
        .find(|file| file.is_file())
        .ok_or_else(|| anyhow!("pgbench is not installed; it comes with PostgreSQL's server"))
}

impl Ground {
    pub fn owner(&self, database: &str) -> PgConnectOptions {
        self.house.owner_options().database(database)
    }

    pub fn app(&self, database: &str) -> PgConnectOptions {
        self.house.app_options().database(database)
    }

    /// An address another process can be given: without what only the driver understands.
    pub fn address(options: &PgConnectOptions) -> String {
        let mut address = options.to_url_lossy();
        let known: Vec<(String, String)> = address
            .query_pairs()
            .filter(|(name, _)| name == "host" || name == "port")
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect();
        address.query_pairs_mut().clear().extend_pairs(known);
        address.to_string()
    }

    /// What the server says, where the statements of one request are read.
    pub fn log(&self) -> anyhow::Result<PathBuf> {
        let root = self.house.folder();
        ["postgres.log", "postgres/postgres.log", "log/postgres.log"]
            .iter()
            .map(|name| root.join(name))
            .find(|file| file.is_file())
            .with_context(|| format!("no log of the server below {}", root.display()))
    }

    pub fn close(self) -> anyhow::Result<()> {
        self.house.stop()
    }
}
