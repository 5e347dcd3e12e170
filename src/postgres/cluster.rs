//! One cluster: made once (with checksums, in a folder that is renamed into place when whole), started, stopped.

use std::{
    fs::{self, File, OpenOptions, Permissions},
    io::Write,
    os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt, chown},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Output, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, bail};

use super::{
    APP, DATABASE, OWNER,
    account::{self, Account},
    find::Programs,
    folder, postmaster,
    secrets::Secrets,
};

pub(super) const DATA: &str = "postgres";
const DRAFT: &str = "postgres.new";
const LOG: &str = "postgres.log";
const LOG_BYTES: u64 = 10_000_000;

const TICK: Duration = Duration::from_millis(10);
const READY: Duration = Duration::from_mins(2); // recovery after a power cut may take its time
const LEFT_OVER: Duration = Duration::from_secs(10);

// On the command line, where neither a file nor `alter system` can undo them.
const SETTINGS: [&str; 14] = [
    "listen_addresses=",
    "unix_socket_permissions=0700",
    "max_connections=60",
    "shared_buffers=64MB",
    "jit=off",
    "fsync=on",
    "full_page_writes=on",
    "synchronous_commit=on",
    "timezone=UTC",
    "log_timezone=UTC",
    "logging_collector=off",
    "log_destination=stderr",
    "log_min_messages=warning",
    "log_line_prefix=%m [%p] %u ",
];

pub(super) struct Cluster {
    folder: PathBuf,
    data: PathBuf,
    pub(super) sockets: PathBuf,
    programs: Programs,
    account: Option<Account>,
}

/// The version that wrote the data, if there are any.
pub(super) fn version_of(data: &Path) -> anyhow::Result<Option<u32>> {
    let path = data.join("PG_VERSION");
    if !path.exists() {
        return Ok(None);
    }
    let text = fs::read_to_string(&path).with_context(|| format!("read {}", path.display()))?;
    let major = text.trim().parse();
    Ok(Some(major.with_context(|| {
        format!("{} does not name a version", path.display())
    })?))
}

/// Where the sockets of a data folder lie. A socket's path has to be short (about 100 bytes).
pub(super) fn sockets_of(folder: &Path) -> PathBuf {
    let usual = folder.join("run");
    if usual.as_os_str().len() <= 80 {
        return usual;
    }
    Path::new("/var/tmp").join(format!("gendan-{}", folder::hash(folder)))
}

impl Cluster {
    pub(super) fn over(
        folder: &Path,
        programs: &Programs,
        account: Option<Account>,
    ) -> anyhow::Result<Cluster> {
        let cluster = Cluster {
            folder: folder.to_owned(),
            data: folder.join(DATA),
            sockets: sockets_of(folder),
            programs: programs.clone(),
            account,
        };
        cluster.own(&cluster.sockets)?;
        Ok(cluster)
    }

    pub(super) fn stop_orphan(&self, say: fn(&str)) -> anyhow::Result<()> {
        postmaster::stop_orphan(&self.data, say)
    }

    /// Makes the cluster where there is none; answers the passwords of its roles.
    pub(super) fn prepare(&self, say: fn(&str)) -> anyhow::Result<Secrets> {
        let exists = self.data.exists();
        if exists && let Some(secrets) = Secrets::read(&self.folder)? {
            return Ok(secrets);
        }
        let secrets = Secrets::random();
        if exists {
            say("the database passwords are missing: setting new ones");
            self.dictate(&self.data, &roles(&secrets))?;
            secrets.write(&self.folder)?;
            return Ok(secrets);
        }
        say(&format!("making the database in {}", self.folder.display()));
        let draft = self.folder.join(DRAFT);
        if draft.exists() {
            fs::remove_dir_all(&draft)?; // a first start that was cut short
        }
        self.own(&draft)?;
        self.initdb(&draft, &secrets)?;
        self.dictate(&draft, &format!("{}{}", roles(&secrets), database()))?;
        secrets.write(&self.folder)?;
        fs::rename(&draft, &self.data)?;
        File::open(&self.folder)?.sync_all()?;
        Ok(secrets)
    }

    /// Starts the server and waits until it takes connections.
    pub(super) fn start(&self) -> anyhow::Result<Child> {
        let crashed = self.data.join("postmaster.pid").exists();
        let begun = Instant::now();
        loop {
            if crashed {
                postmaster::disown_stale(&self.data, &self.sockets)?;
            }
            let mut child = self.spawn()?;
            match self.wait_until_ready(&mut child)? {
                None => return Ok(child),
                // Backends of a killed server need a moment to notice that they are alone.
                Some(_) if crashed && begun.elapsed() < LEFT_OVER => {
                    thread::sleep(Duration::from_millis(250));
                }
                Some(status) => bail!(
                    "the database server ended at its start ({status}); the reason is at the end of {}",
                    self.folder.join(LOG).display()
                ),
            }
        }
    }

    fn spawn(&self) -> anyhow::Result<Child> {
        let log = self.log()?;
        let mut command = Command::new(self.programs.bin.join("postgres"));
        command
            .arg("-D")
            .arg(&self.data)
            .arg("-k")
            .arg(&self.sockets);
        command.args(["-p", &postmaster::PORT.to_string()]);
        for setting in SETTINGS {
            command.args(["-c", setting]);
        }
        account::plain(&mut command, self.account.as_ref());
        command
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log);
        command.spawn().context("start the database server")
    }

    fn wait_until_ready(&self, child: &mut Child) -> anyhow::Result<Option<ExitStatus>> {
        let begun = Instant::now();
        while !postmaster::is_ready(&self.data, child.id()) {
            if let Some(status) = child.try_wait()? {
                return Ok(Some(status));
            }
            if begun.elapsed() > READY {
                child.kill()?;
                child.wait()?;
                bail!(
                    "the database server was not ready after {} s",
                    READY.as_secs()
                );
            }
            thread::sleep(TICK);
        }
        Ok(None)
    }

    fn initdb(&self, data: &Path, secrets: &Secrets) -> anyhow::Result<()> {
        // The server's user has to read it, so it cannot lie in the data folder itself.
        let password = self.sockets.join("password");
        let _ = fs::remove_file(&password);
        let mut file = OpenOptions::new()
            .create_new(true)
            .write(true)
            .mode(0o600)
            .open(&password)?;
        file.write_all(secrets.owner.as_bytes())?;
        if let Some(account) = &self.account {
            chown(&password, Some(account.uid), Some(account.gid))?;
        }
        let mut command = Command::new(self.programs.bin.join("initdb"));
        command.arg("-D").arg(data).arg("--pwfile").arg(&password);
        command.args(["-k", "-U", OWNER, "-A", "scram-sha-256", "-E", "UTF8"]);
        command.args(["-T", "simple", "--no-instructions"]);
        command.args(locale(self.programs.major));
        account::plain(&mut command, self.account.as_ref());
        let output = command.stdin(Stdio::null()).output();
        fs::remove_file(&password)?;
        succeeded("initdb", &output.context("run initdb")?)
    }

    /// Runs statements, one a line, in the server's single-user mode: no socket, no password, no other client.
    fn dictate(&self, data: &Path, statements: &str) -> anyhow::Result<()> {
        let mut command = Command::new(self.programs.bin.join("postgres"));
        command.arg("--single").arg("-D").arg(data);
        // A password must not get into a log with the statement that failed.
        command.args([
            "-c",
            "exit_on_error=on",
            "-c",
            "log_min_error_statement=panic",
        ]);
        command.args([
            "-c",
            "log_statement=none",
            "-c",
            "log_min_messages=warning",
            "postgres",
        ]);
        account::plain(&mut command, self.account.as_ref());
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command
            .spawn()
            .context("start the database in single-user mode")?;
        if let Some(mut input) = child.stdin.take() {
            input.write_all(statements.as_bytes())?;
        }
        let output = child.wait_with_output()?;
        succeeded("the database in single-user mode", &output)
    }

    fn log(&self) -> anyhow::Result<File> {
        let path = self.folder.join(LOG);
        if fs::metadata(&path).is_ok_and(|about| about.len() > LOG_BYTES) {
            fs::rename(&path, self.folder.join(format!("{LOG}.1")))?;
        }
        let mut options = OpenOptions::new();
        options.create(true).append(true).mode(0o600);
        options
            .open(&path)
            .with_context(|| format!("open {}", path.display()))
    }

    // A folder that only the server's user can enter.
    fn own(&self, folder: &Path) -> anyhow::Result<()> {
        folder::make(folder)?;
        let owner = fs::symlink_metadata(folder)?;
        let expected = self
            .account
            .as_ref()
            .map_or_else(|| nix::unistd::geteuid().as_raw(), |a| a.uid);
        let may_take = owner.uid() == expected || owner.uid() == nix::unistd::geteuid().as_raw();
        if !owner.is_dir() || !may_take {
            bail!("{} belongs to another user", folder.display());
        }
        if let Some(account) = &self.account {
            chown(folder, Some(account.uid), Some(account.gid))?;
        }
        fs::set_permissions(folder, Permissions::from_mode(0o700))
            .with_context(|| format!("set the mode of {}", folder.display()))
    }
}

fn roles(secrets: &Secrets) -> String {
    let Secrets { owner, app } = secrets;
    format!(
        "do $$ begin if not exists (select from pg_roles where rolname = '{APP}') then create role {APP}; end if; end $$\n\
         alter role {OWNER} with password '{owner}'\n\
         alter role {APP} with login nosuperuser nocreatedb nocreaterole noreplication nobypassrls password '{app}'\n"
    )
}

fn database() -> String {
    format!(
        "create database {DATABASE} owner {OWNER}\nrevoke all on database {DATABASE} from public\ngrant connect on database {DATABASE} to {APP}\n"
    )
}

// One order of characters everywhere: by code point. Chinese names are sorted by their pinyin, not by this.
fn locale(major: u32) -> &'static [&'static str] {
    if cfg!(target_os = "linux") {
        &["--locale=C.UTF-8"]
    } else if major >= 17 {
        &[
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
        ]
    } else {
        &["--locale=C"]
    }
}

fn succeeded(what: &str, output: &Output) -> anyhow::Result<()> {
    if output.status.success() {
        return Ok(());
    }
    let told = String::from_utf8_lossy(&output.stderr);
    bail!("{what} failed ({}): {}", output.status, told.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deep_data_folder_gets_a_short_path_for_its_sockets() {
        let short = Path::new("/srv/gendan/data/house");
        assert_eq!(sockets_of(short), short.join("run"));
        let deep = Path::new("/srv").join("a".repeat(90));
        assert!(sockets_of(&deep).as_os_str().len() < 40);
    }

    #[test]
    fn every_statement_for_the_single_user_mode_stands_on_one_line() {
        let secrets = Secrets::random();
        let all = roles(&secrets) + &database();
        assert_eq!(all.lines().count(), 6);
        assert!(all.lines().all(|line| !line.starts_with(' ')));
    }
}
