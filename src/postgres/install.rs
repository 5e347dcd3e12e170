//! Installing PostgreSQL where it is missing: by apt-get when root, else one sentence that says how.

use std::{
    fs,
    path::Path,
    process::{Command, Output, Stdio},
};

use anyhow::{Context, bail};
use nix::unistd::geteuid;

use super::Search;

// Debian's package makes and starts a server of its own unless told not to; ours is the only one wanted.
const POLICY: &str = "/etc/postgresql-common/createcluster.d/gendan.conf";

// (program that installs, the command to type)
const COMMANDS: [(&str, &str); 6] = [
    ("apt-get", "sudo apt-get install -y postgresql"),
    ("dnf", "sudo dnf install -y postgresql-server"),
    ("zypper", "sudo zypper install -y postgresql-server"),
    ("pacman", "sudo pacman -S --noconfirm postgresql"),
    ("apk", "sudo apk add postgresql"),
    ("brew", "brew install postgresql@17"),
];

pub(super) fn install(search: &Search, say: fn(&str)) -> anyhow::Result<()> {
    if !(geteuid().is_root() && has(search, "apt-get")) {
        bail!("{}", how(search));
    }
    say(
        "PostgreSQL is not installed: installing it now with apt-get install -y postgresql (about a minute)",
    );
    let laid = lay_policy()?;
    let done = apt();
    if laid {
        // It was for this one installation; whoever wants Debian's server later shall get it.
        let _ = fs::remove_file(POLICY);
    }
    done
}

fn has(search: &Search, program: &str) -> bool {
    search
        .path
        .iter()
        .any(|folder| folder.join(program).is_file())
}

fn how(search: &Search) -> String {
    let command = COMMANDS
        .into_iter()
        .find(|(program, _)| has(search, program))
        .map_or_else(
            || "install the package `postgresql` of your system".to_owned(),
            |(_, command)| format!("run `{command}`"),
        );
    format!(
        "PostgreSQL is not installed: {command} and start again (or name its folder in GENDAN_PG_BIN, or a server in DATABASE_URL)"
    )
}

fn lay_policy() -> anyhow::Result<bool> {
    let policy = Path::new(POLICY);
    if policy.exists() {
        return Ok(false);
    }
    let folder = policy.parent().context("the policy lies in a folder")?;
    fs::create_dir_all(folder).with_context(|| format!("make {}", folder.display()))?;
    fs::write(policy, "create_main_cluster = false\n")
        .with_context(|| format!("write {POLICY}"))?;
    Ok(true)
}

fn apt() -> anyhow::Result<()> {
    if run(&["install", "-y", "-q", "postgresql"])?
        .status
        .success()
    {
        return Ok(());
    }
    // A fresh container has no package lists yet.
    run(&["update", "-q"])?;
    let second = run(&["install", "-y", "-q", "postgresql"])?;
    if second.status.success() {
        return Ok(());
    }
    let told = String::from_utf8_lossy(&second.stderr).trim().to_owned();
    bail!("apt-get could not install PostgreSQL: {told}")
}

fn run(arguments: &[&str]) -> anyhow::Result<Output> {
    Command::new("apt-get")
        .args(arguments)
        .env("DEBIAN_FRONTEND", "noninteractive")
        .stdin(Stdio::null())
        .output()
        .context("run apt-get")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_without_a_known_installer_still_gets_one_sentence() {
        let sentence = how(&Search::default());
        assert!(sentence.starts_with("PostgreSQL is not installed: install the package"));
        assert!(!sentence.contains('\n'));
    }
}
