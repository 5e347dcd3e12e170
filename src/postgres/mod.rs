//! The private PostgreSQL 私有数据库: the house keeps its own database server over a unix socket.
//!
//! Read in this order: `find.rs` (which installed programs), `folder.rs` (where the data lies), `cluster.rs`
//! (make, start, stop), `keeper.rs` (a server that dies unasked is started again). Nothing here reads the
//! environment or knows the trade: all it needs comes in with [`Site`].
//!
//! Who owns what when root starts the house: the data folder, its lock and its `secrets` stay root's; the
//! folders `postgres` and `run` belong to the unprivileged user under whom the server runs, because
//! PostgreSQL refuses to run as root.
//!
//! We chose plain child processes over a library: installed binaries come with the system's own updates, and
//! a server that outlives us (`kill -9`) is found by its data folder and stopped at the next start.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use sqlx::postgres::{PgConnectOptions, PgSslMode};

mod account;
mod cluster;
mod find;
mod folder;
mod install;
mod keeper;
mod lock;
mod postmaster;
mod promises;
mod secrets;

pub use find::Search;
pub use folder::Purpose;
pub use promises::{Promises, promises};

use account::Account;
use cluster::Cluster;
use keeper::Keeper;
use lock::{Claim, Lock};
use secrets::Secrets;

const DATABASE: &str = "gendan";
const OWNER: &str = "gendan_owner";
const APP: &str = "gendan_app";

/// Where a house is wanted, and with what.
#[derive(Clone, Debug)]
pub struct Site {
    /// The project's folder: without `given`, data lie in its `data/house` or `data/demo`.
    pub project: PathBuf,
    /// The data folder the settings name.
    pub given: Option<PathBuf>,
    pub purpose: Purpose,
    pub search: Search,
    /// Begin with nothing: what the folder holds is removed. Refused for anything but a demo.
    pub fresh: bool,
    /// Where a line for the person at the terminal goes.
    pub say: fn(&str),
}

/// A data folder with a running server over it.
pub struct House {
    folder: PathBuf,
    sockets: PathBuf,
    secrets: Secrets,
    // A guest in a house that another process keeps holds neither.
    kept: Option<(Keeper, Lock)>,
}

impl House {
    /// Opens the house and keeps it: only one process can.
    pub fn open(site: &Site) -> anyhow::Result<House> {
        let ground = Ground::survey(site)?;
        match Lock::claim(&ground.folder)? {
            Claim::Ours(lock) => ground.keep(site, lock),
            Claim::Taken(by) => bail!(
                "{} is already open{by}: stop that one first, or give this one a data folder of its own with GENDAN_DATA",
                ground.folder.display()
            ),
        }
    }

    /// Opens the house, or comes in as a guest while another process keeps it.
    pub fn visit(site: &Site) -> anyhow::Result<House> {
        let ground = Ground::survey(site)?;
        match Lock::claim(&ground.folder)? {
            Claim::Ours(lock) => ground.keep(site, lock),
            Claim::Taken(_) => ground.join(),
        }
    }

    /// The data folder as it lies on the disk, which may not be the one that was asked for.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The role that owns the tables: migrations only.
    pub fn owner_options(&self) -> PgConnectOptions {
        self.options(OWNER, &self.secrets.owner)
    }

    /// The role the program works under: it may not change tables, only what is in them.
    pub fn app_options(&self) -> PgConnectOptions {
        self.options(APP, &self.secrets.app)
    }

    /// True for the process that started the server, false for a guest.
    pub fn keeps(&self) -> bool {
        self.kept.is_some()
    }

    /// Stops the server; a guest only leaves.
    pub fn stop(mut self) -> anyhow::Result<()> {
        match self.kept.take() {
            Some((mut keeper, _lock)) => keeper.stop(),
            None => Ok(()),
        }
    }

    fn options(&self, role: &str, password: &str) -> PgConnectOptions {
        PgConnectOptions::new_without_pgpass()
            .socket(&self.sockets)
            .port(postmaster::PORT)
            .username(role)
            .password(password)
            .database(DATABASE)
            .ssl_mode(PgSslMode::Disable)
            .application_name("gendan")
    }
}

/// What is known before the lock is asked for.
struct Ground {
    folder: PathBuf,
    account: Option<Account>,
    programs: Vec<find::Programs>,
}

impl Ground {
    fn survey(site: &Site) -> anyhow::Result<Ground> {
        if site.fresh && site.purpose != Purpose::Demo {
            bail!("only a demo can be begun afresh");
        }
        let programs = find::found_or_installed(&site.search, site.say)?;
        let account = Account::to_run_as()?;
        let folder = folder::settle(site, account.as_ref())?;
        Ok(Ground {
            folder,
            account,
            programs,
        })
    }

    fn keep(self, site: &Site, lock: Lock) -> anyhow::Result<House> {
        folder::mark(&self.folder, site.purpose)?;
        if site.fresh {
            self.stop_orphan(site)?;
            folder::clear(&self.folder)?;
        }
        let cluster = self.cluster()?;
        cluster.stop_orphan(site.say)?;
        let secrets = cluster.prepare(site.say)?;
        let child = cluster.start()?;
        let sockets = cluster.sockets.clone();
        let keeper = Keeper::watch(cluster, child, site.say)?;
        Ok(House {
            folder: self.folder,
            sockets,
            secrets,
            kept: Some((keeper, lock)),
        })
    }

    // A demo that is begun again with other programs must still find the server of the last one.
    fn stop_orphan(&self, site: &Site) -> anyhow::Result<()> {
        postmaster::stop_orphan(&self.folder.join(cluster::DATA), site.say)
    }

    fn join(self) -> anyhow::Result<House> {
        let sockets = cluster::sockets_of(&self.folder);
        let secrets = Secrets::read(&self.folder)?.context(
            "the house is being opened by another process just now: try again in a moment",
        )?;
        Ok(House {
            folder: self.folder,
            sockets,
            secrets,
            kept: None,
        })
    }

    fn cluster(&self) -> anyhow::Result<Cluster> {
        let data = self.folder.join(cluster::DATA);
        let programs = find::choose(&self.programs, cluster::version_of(&data)?)?;
        Cluster::over(&self.folder, programs, self.account.clone())
    }
}
