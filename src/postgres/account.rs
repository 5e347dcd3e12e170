//! The unprivileged user under whom PostgreSQL runs when root starts the house.

use std::{
    os::unix::process::CommandExt,
    path::Path,
    process::{Command, Stdio},
};

use anyhow::bail;
use nix::unistd::{User, geteuid};

/// A user of this machine who is not root.
#[derive(Clone, Debug)]
pub(super) struct Account {
    pub(super) name: String,
    pub(super) uid: u32,
    pub(super) gid: u32,
}

impl Account {
    /// Whom the server runs as: nobody special unless we are root.
    pub(super) fn to_run_as() -> anyhow::Result<Option<Account>> {
        if !geteuid().is_root() {
            return Ok(None);
        }
        for name in ["postgres", "nobody"] {
            if let Some(user) = User::from_name(name)? {
                return Ok(Some(Account {
                    name: user.name,
                    uid: user.uid.as_raw(),
                    gid: user.gid.as_raw(),
                }));
            }
        }
        bail!(
            "PostgreSQL does not run as root, and this machine has neither a user `postgres` nor `nobody`: start the house as an ordinary user"
        )
    }

    /// Asks the system instead of computing it from mode bits, so that access lists and mounts count too.
    pub(super) fn can_enter(&self, folder: &Path) -> bool {
        let mut probe = Command::new("/bin/sh");
        probe.args(["-c", "cd -- \"$1\"", "sh"]).arg(folder);
        plain(&mut probe, Some(self));
        probe.stdin(Stdio::null()).stdout(Stdio::null());
        probe
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    }
}

/// Gives a command the surroundings PostgreSQL's programs want: the right user, no inherited settings.
pub(super) fn plain(command: &mut Command, account: Option<&Account>) {
    command.current_dir("/").env("LC_ALL", "C");
    for key in [
        "PGDATA",
        "PGHOST",
        "PGPORT",
        "PGUSER",
        "PGDATABASE",
        "PGOPTIONS",
    ] {
        command.env_remove(key);
    }
    // A Ctrl-C at the terminal goes to the whole group; the server must end after us, not before.
    command.process_group(0);
    if let Some(account) = account {
        // The standard library also drops root's other groups.
        command.uid(account.uid).gid(account.gid);
    }
}
