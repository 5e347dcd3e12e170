//! The throw-away database: one server per checkout (`tests/pg`), one template per state of migrations and cast, one
//! clone per world, gone when its test passes.

use super::people;
use gendan::app::{self, Premises};
use gendan::config::Config;
use sha2::{Digest, Sha256};
use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::str::FromStr;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};
use tokio::sync::OnceCell;

/// Any number nobody else locks: one process makes the template, the others wait.
const LOCK: i64 = 7_026_171;
const A_DAY: u64 = 86_400;

static SERVER: OnceLock<PgConnectOptions> = OnceLock::new();
static TEMPLATE: OnceCell<String> = OnceCell::const_new();
static NEXT: AtomicU32 = AtomicU32::new(0);

pub(super) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The settings of a house with nothing set.
pub(super) fn config() -> Config {
    Config::read(&BTreeMap::new(), root()).unwrap()
}

/// Finds the server or starts it; asked once in a process.
fn server() -> &'static PgConnectOptions {
    SERVER.get_or_init(|| {
        let found = Command::new(root().join("tests/pg"))
            .arg("url")
            .output()
            .unwrap();
        assert!(
            found.status.success(),
            "tests/pg: {}",
            String::from_utf8_lossy(&found.stderr)
        );
        let address = String::from_utf8(found.stdout).unwrap();
        PgConnectOptions::from_str(address.trim())
            .unwrap()
            .disable_statement_logging()
    })
}

async fn keeper() -> PgConnection {
    server().connect().await.unwrap()
}

pub(super) async fn run(db: &mut PgConnection, text: String) {
    if let Err(error) = sqlx::raw_sql(AssertSqlSafe(text.clone())).execute(db).await {
        panic!("{error}\n{text}");
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "tests ask what no statement of the house asks"
)]
async fn names(db: &mut PgConnection, like: &str) -> Vec<String> {
    sqlx::query_scalar("select datname from pg_database where datname like $1")
        .bind(like)
        .fetch_all(db)
        .await
        .unwrap()
}

/// Migrations and cast as one hash: whatever changes them makes a new template.
fn state() -> String {
    let mut files: Vec<PathBuf> = std::fs::read_dir(root().join("migrations"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let mut hash = Sha256::new();
    for file in files {
        hash.update(std::fs::read(file).unwrap());
    }
    hash.update(people::statements());
    let hash = hash.finalize();
    gendan::base::hex(&hash[..6])
}

/// The migrated database with the cast in it, made once; a half-made one never has the name.
async fn template() -> &'static str {
    TEMPLATE
        .get_or_init(|| async {
            let name = format!("gendan_t_{}", state());
            let mut db = keeper().await;
            run(&mut db, format!("select pg_advisory_lock({LOCK})")).await;
            if !names(&mut db, "gendan\\_t\\_%").await.contains(&name) {
                make_template(&mut db, &name).await;
            }
            sweep(&mut db).await;
            db.close().await.unwrap();
            name
        })
        .await
}

async fn make_template(db: &mut PgConnection, name: &str) {
    for old in names(db, "gendan\\_t\\_%").await {
        run(db, format!("drop database if exists {old} with (force)")).await;
    }
    let making = "gendan_t_making";
    run(db, format!("create database {making}")).await;
    app::migrate(&premises(making)).await.unwrap();
    let mut inside = server().clone().database(making).connect().await.unwrap();
    run(&mut inside, people::statements()).await;
    inside.close().await.unwrap();
    run(db, format!("alter database {making} rename to {name}")).await;
}

/// Clones of failed tests are kept for a day, to be looked into.
async fn sweep(db: &mut PgConnection) {
    for clone in names(db, "gendan\\_c\\_%").await {
        let made: u64 = clone
            .split('_')
            .nth(2)
            .and_then(|text| text.parse().ok())
            .unwrap_or(0);
        if made + A_DAY < now() {
            run(db, format!("drop database if exists {clone} with (force)")).await;
        }
    }
}

fn now() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap()
        .as_secs()
}

/// What an application over this database stands on: its own role, as in production.
pub(super) fn premises(name: &str) -> Premises {
    Premises {
        config: config(),
        files: files(name),
        app: server().clone().database(name).username("gendan_app"),
        owner: server().clone().database(name),
        demo: false,
    }
}

fn files(name: &str) -> PathBuf {
    root().join("target/test-files").join(name)
}

/// A database of one test.
pub(super) struct Cloned {
    pub name: String,
}

impl Cloned {
    pub async fn new() -> Self {
        let template = template().await;
        let turn = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("gendan_c_{}_{}_{turn}", now(), std::process::id());
        let mut db = keeper().await;
        let text = format!("create database {name} template {template} strategy file_copy");
        run(&mut db, text).await;
        db.close().await.unwrap();
        Self { name }
    }

    /// The tables, and nobody in them.
    pub async fn bare() -> Self {
        let turn = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("gendan_c_{}_{}_{turn}", now(), std::process::id());
        let mut db = keeper().await;
        run(&mut db, format!("create database {name}")).await;
        db.close().await.unwrap();
        app::migrate(&premises(&name)).await.unwrap();
        Self { name }
    }

    /// The same before the newest migration.
    pub async fn one_migration_ago() -> Self {
        let turn = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("gendan_c_{}_{}_{turn}", now(), std::process::id());
        let mut db = keeper().await;
        run(&mut db, format!("create database {name}")).await;
        db.close().await.unwrap();
        let mut all = Migrator::new(root().join("migrations")).await.unwrap();
        let newest = all.iter().map(|one| one.version).max();
        let older = all.iter().filter(|one| Some(one.version) != newest);
        all.migrations = older.cloned().collect();
        let mut inside = server().clone().database(&name).connect().await.unwrap();
        all.run(&mut inside).await.unwrap();
        inside.close().await.unwrap();
        Self { name }
    }

    /// Connections as the owner of the tables, for planting faults and counting rows.
    pub fn owner(&self) -> PgPool {
        PgPoolOptions::new()
            .max_connections(3)
            .connect_lazy_with(server().clone().database(&self.name))
    }
}

impl Drop for Cloned {
    fn drop(&mut self) {
        if std::thread::panicking() {
            super::say(&format!("kept for a look: database {}", self.name));
            return;
        }
        let (name, folder) = (self.name.clone(), files(&self.name));
        // The test's own runtime is ending; the drop needs one of its own.
        let dropped = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(async {
                let mut db = keeper().await;
                run(&mut db, format!("drop database {name} with (force)")).await;
                db.close().await.unwrap();
            });
            let _ = std::fs::remove_dir_all(folder);
        });
        let _ = dropped.join();
    }
}
