//! The running server as seen from outside: its pid file, and stopping it.

use std::{
    fs,
    path::Path,
    process::Command,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, bail};
use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};

/// Names the socket's file; no port of the network is opened.
pub(super) const PORT: u16 = 5432;

const TICK: Duration = Duration::from_millis(10);
const PATIENCE: Duration = Duration::from_secs(20);

/// Stops a server that outlived the process which started it. Only the holder of the lock may ask this.
pub(super) fn stop_orphan(data: &Path, say: fn(&str)) -> anyhow::Result<()> {
    let Some(process) = running(data) else {
        return Ok(());
    };
    say("the last run did not end in good order: stopping its database server");
    for signal in [Signal::SIGINT, Signal::SIGQUIT] {
        let _ = kill(process, signal);
        let asked = Instant::now();
        while asked.elapsed() < PATIENCE {
            if running(data) != Some(process) {
                return Ok(());
            }
            thread::sleep(TICK);
        }
    }
    bail!("the database server of the last run (process {process}) does not stop")
}

/// True once the server of this process number takes connections.
pub(super) fn is_ready(data: &Path, process: u32) -> bool {
    let Ok(text) = fs::read_to_string(data.join("postmaster.pid")) else {
        return false;
    };
    let mut lines = text.lines().map(str::trim);
    let same = lines.next() == Some(process.to_string().as_str());
    same && lines.nth(6) == Some("ready")
}

/// A lock file whose number went to some other process meanwhile (or to one that is dead but not yet buried)
/// would keep the server from starting. Our own number in its place says "stale" to PostgreSQL (its parent's
/// number cannot be another server), while the line about shared memory stays, so that its check for left-over
/// backends still happens. Only the holder of the lock may do this, and only where no server runs.
pub(super) fn disown_stale(data: &Path, sockets: &Path) -> anyhow::Result<()> {
    if running(data).is_some() {
        return Ok(());
    }
    let socket = format!(".s.PGSQL.{PORT}.lock");
    for path in [data.join("postmaster.pid"), sockets.join(socket)] {
        let Ok(text) = fs::read_to_string(&path) else {
            continue;
        };
        if let Some((_, rest)) = text.split_once('\n') {
            fs::write(&path, format!("{}\n{rest}", std::process::id()))
                .with_context(|| format!("write {}", path.display()))?;
        }
    }
    Ok(())
}

/// The pid file's process, if it lives and is a server over this very folder.
fn running(data: &Path) -> Option<Pid> {
    let text = fs::read_to_string(data.join("postmaster.pid")).ok()?;
    let number: i32 = text.lines().next()?.trim().parse().ok()?;
    let process = Pid::from_raw(number);
    (number > 0 && kill(process, None).is_ok() && serves(process, data)).then_some(process)
}

// A number can belong to anybody by now: what counts is `-D` with our folder on its command line.
fn serves(process: Pid, data: &Path) -> bool {
    let data = data.to_string_lossy();
    if let Ok(line) = fs::read(format!("/proc/{process}/cmdline")) {
        let words: Vec<&[u8]> = line.split(|byte| *byte == 0).collect();
        return words
            .windows(2)
            .any(|pair| pair == [b"-D".as_slice(), data.as_bytes()]);
    }
    // Systems without /proc.
    let shown = Command::new("ps")
        .args(["-ww", "-o", "command=", "-p", &process.to_string()])
        .output();
    shown.is_ok_and(|shown| String::from_utf8_lossy(&shown.stdout).contains(&format!("-D {data} ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scratch(name: &str) -> std::path::PathBuf {
        let name = format!("gendan-postmaster-{}-{name}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    #[test]
    fn a_number_that_belongs_to_another_program_is_not_our_server() {
        let data = scratch("reused");
        let own = std::process::id();
        fs::write(
            data.join("postmaster.pid"),
            format!("{own}\n{}\n", data.display()),
        )
        .unwrap();
        assert_eq!(running(&data), None);
        fs::remove_dir_all(data).unwrap();
    }

    #[test]
    fn disowning_a_stale_file_keeps_the_line_about_shared_memory() {
        let data = scratch("stale");
        let file = data.join("postmaster.pid");
        fs::write(
            &file,
            "1\n/d\n1700000000\n5432\n/s\n\n  5432001   3\nready   \n",
        )
        .unwrap();
        disown_stale(&data, &data).unwrap();
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.starts_with(&format!("{}\n/d\n", std::process::id())));
        assert!(text.contains("\n  5432001   3\n"));
        fs::remove_dir_all(data).unwrap();
    }

    #[test]
    fn ready_means_ready_for_this_process() {
        let data = scratch("ready");
        let text = "77\n/d\n1700000000\n5432\n/s\n\n  5432001   3\nready   \n";
        fs::write(data.join("postmaster.pid"), text).unwrap();
        assert!(is_ready(&data, 77));
        assert!(!is_ready(&data, 78));
        fs::remove_dir_all(data).unwrap();
    }
}
