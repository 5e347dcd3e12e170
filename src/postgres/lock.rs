//! One keeper per data folder: a lock the system takes back when the process ends, however it ends.

use std::{
    fmt,
    fs::{self, File, OpenOptions, TryLockError},
    io::{Seek, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

use anyhow::Context;

/// Held as long as the house is open.
pub(super) struct Lock {
    _file: File,
}

pub(super) enum Claim {
    Ours(Lock),
    Taken(Holder),
}

/// Who holds the lock, as far as the file tells.
pub(super) struct Holder(Option<u32>);

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(process) => write!(f, " in process {process}"),
            None => write!(f, " in another process"),
        }
    }
}

impl Lock {
    pub(super) fn claim(folder: &Path) -> anyhow::Result<Claim> {
        let path = folder.join("lock");
        let mut file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .mode(0o600)
            .open(&path)
            .with_context(|| format!("open {}", path.display()))?;
        match file.try_lock() {
            Ok(()) => {
                file.set_len(0)?;
                file.rewind()?;
                writeln!(file, "{}", std::process::id())?;
                Ok(Claim::Ours(Lock { _file: file }))
            }
            Err(TryLockError::WouldBlock) => {
                let written = fs::read_to_string(&path).unwrap_or_default();
                Ok(Claim::Taken(Holder(written.trim().parse().ok())))
            }
            Err(TryLockError::Error(error)) => {
                Err(error).with_context(|| format!("lock {}", path.display()))
            }
        }
    }
}
