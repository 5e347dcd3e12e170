//! Where the data lie: the folder that was asked for, or another where PostgreSQL's user cannot enter that.
//!
//! A data folder carries a mark saying what it is for, so that a demo never opens the company's own house and
//! a folder with somebody else's files in it is never taken for ours.

use std::{
    fmt::{self, Write as _},
    fs::{self, DirBuilder, Permissions},
    io,
    os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt},
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use nix::unistd::{Uid, User, geteuid};
use sha2::{Digest, Sha256};

use super::{Site, account::Account};

const MARK: &str = "purpose";
const NOTE: &str = "WHERE";
const FALLBACK: &str = "/var/lib/gendan";

/// What a data folder is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The company's own house.
    House,
    /// The small demo.
    Demo,
}

impl Purpose {
    fn name(self) -> &'static str {
        match self {
            Purpose::House => "house",
            Purpose::Demo => "demo",
        }
    }
}

impl fmt::Display for Purpose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Purpose::House => "the company's own house",
            Purpose::Demo => "a demo",
        })
    }
}

impl Site {
    /// The folder asked for, before anybody looked whether it will do.
    pub fn wanted(&self) -> PathBuf {
        match &self.given {
            Some(given) => given.clone(),
            None => self.project.join("data").join(self.purpose.name()),
        }
    }

    fn fallback(&self) -> PathBuf {
        match &self.given {
            Some(given) => Path::new(FALLBACK).join(hash(given)),
            None => Path::new(FALLBACK)
                .join(hash(&self.project))
                .join(self.purpose.name()),
        }
    }

    // `data/WHERE` for the usual folders; a folder named in the settings keeps the note itself.
    fn note(&self) -> PathBuf {
        match &self.given {
            Some(given) => given.join(NOTE),
            None => self.project.join("data").join(NOTE),
        }
    }
}

/// Makes the data folder where needed and answers its real path.
pub(super) fn settle(site: &Site, account: Option<&Account>) -> anyhow::Result<PathBuf> {
    let wanted = site.wanted();
    refuse_others(&wanted, account)?;
    // The folder itself is opened below; what counts is whether the way to it is.
    let above = nearest(wanted.parent().unwrap_or(&wanted));
    let folder = match account {
        Some(account) if !account.can_enter(above) => elsewhere(site, &wanted, account)?,
        _ => wanted,
    };
    refuse_others(&folder, account)?;
    refuse_foreign(&folder)?;
    make(&folder)?;
    // Root keeps the folder; the server's user only passes through to what is its own.
    let mode = if account.is_some() { 0o711 } else { 0o700 };
    fs::set_permissions(&folder, Permissions::from_mode(mode))
        .with_context(|| format!("set the mode of {}", folder.display()))?;
    folder
        .canonicalize()
        .with_context(|| format!("open {}", folder.display()))
}

/// Says what the folder is for, or refuses one that is for something else.
pub(super) fn mark(folder: &Path, purpose: Purpose) -> anyhow::Result<()> {
    let path = folder.join(MARK);
    let Ok(written) = fs::read_to_string(&path) else {
        return fs::write(&path, format!("{}\n", purpose.name()))
            .with_context(|| format!("write {}", path.display()));
    };
    if written.trim() == purpose.name() {
        return Ok(());
    }
    let holds = if written.trim() == Purpose::Demo.name() {
        Purpose::Demo
    } else {
        Purpose::House
    };
    bail!(
        "{} holds {holds}, and {purpose} needs a data folder of its own: change GENDAN_DATA or leave it unset",
        folder.display()
    )
}

/// Removes everything but the lock and the mark.
pub(super) fn clear(folder: &Path) -> anyhow::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name() == "lock" || entry.file_name() == MARK {
            continue;
        }
        let path = entry.path();
        let removed = if entry.file_type()?.is_dir() {
            fs::remove_dir_all(&path)
        } else {
            fs::remove_file(&path)
        };
        removed.with_context(|| format!("remove {}", path.display()))?;
    }
    Ok(())
}

/// A short name that is the same for the same path.
pub(super) fn hash(path: &Path) -> String {
    let digest = Sha256::digest(path.as_os_str().as_encoded_bytes());
    let mut name = String::with_capacity(12);
    for byte in digest.iter().take(6) {
        let _ = write!(name, "{byte:02x}");
    }
    name
}

/// Makes a folder and those above it; everybody may pass through the new ones above.
pub(super) fn make(folder: &Path) -> anyhow::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    if let Some(above) = folder.parent() {
        make(above)?;
    }
    let made = DirBuilder::new().mode(0o755).create(folder).and_then(|()| {
        // Past a strict umask.
        fs::set_permissions(folder, Permissions::from_mode(0o755))
    });
    match made {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        made => made.with_context(|| format!("make the folder {}", folder.display())),
    }
}

fn elsewhere(site: &Site, wanted: &Path, account: &Account) -> anyhow::Result<PathBuf> {
    let user = &account.name;
    if wanted.join(MARK).exists() {
        bail!(
            "{} holds the data, but the user {user}, under whom PostgreSQL runs, can no longer enter it: open the folders above it (chmod o+x)",
            wanted.display()
        );
    }
    let folder = site.fallback();
    let line = format!("{} {}", site.purpose.name(), folder.display());
    let note = site.note();
    make(note.parent().unwrap_or(wanted))?;
    let kept = fs::read_to_string(&note).unwrap_or_default();
    let others = kept
        .lines()
        .filter(|kept| kept.split(' ').next() != Some(site.purpose.name()));
    let text: String = others
        .chain([line.as_str()])
        .flat_map(|line| [line, "\n"])
        .collect();
    fs::write(&note, text).with_context(|| format!("write {}", note.display()))?;
    (site.say)(&format!(
        "data folder: {} (the user {user}, under whom PostgreSQL runs, cannot enter {})",
        folder.display(),
        wanted.display()
    ));
    Ok(folder)
}

// The folder itself, or the lowest one above it that is there already.
fn nearest(folder: &Path) -> &Path {
    folder
        .ancestors()
        .find(|above| above.exists())
        .unwrap_or(folder)
}

fn refuse_others(folder: &Path, account: Option<&Account>) -> anyhow::Result<()> {
    let Ok(about) = fs::metadata(folder) else {
        return Ok(());
    };
    if !about.is_dir() {
        bail!("{} is not a folder", folder.display());
    }
    let owner = about.uid();
    if owner == geteuid().as_raw() || account.is_some_and(|account| account.uid == owner) {
        return Ok(());
    }
    let user = User::from_uid(Uid::from_raw(owner)).ok().flatten();
    let name = user.map_or_else(|| format!("number {owner}"), |user| user.name);
    bail!(
        "{} belongs to another user ({name}): start as that user, or choose another folder with GENDAN_DATA",
        folder.display()
    )
}

fn refuse_foreign(folder: &Path) -> anyhow::Result<()> {
    if folder.join(MARK).exists() || !folder.exists() {
        return Ok(());
    }
    let entries = fs::read_dir(folder).with_context(|| format!("open {}", folder.display()))?;
    // A file system of its own has `lost+found`; two first starts at once may have made the lock.
    let known = ["lock", NOTE, "lost+found"];
    for entry in entries {
        let name = entry?.file_name();
        if !known.iter().any(|known| name == *known) {
            bail!(
                "{} holds files that are not ours ({}): choose an empty folder with GENDAN_DATA",
                folder.display(),
                name.to_string_lossy()
            );
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::postgres::Search;

    fn scratch(name: &str) -> PathBuf {
        let name = format!("gendan-folder-{}-{name}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    fn site(project: &Path, given: Option<&str>, purpose: Purpose) -> Site {
        Site {
            project: project.to_owned(),
            given: given.map(PathBuf::from),
            purpose,
            search: Search::default(),
            fresh: false,
            say: |_| {},
        }
    }

    #[test]
    fn the_house_and_the_demo_have_folders_of_their_own() {
        let project = Path::new("/srv/gendan");
        let house = site(project, None, Purpose::House);
        let demo = site(project, None, Purpose::Demo);
        assert_eq!(house.wanted(), Path::new("/srv/gendan/data/house"));
        assert_eq!(demo.wanted(), Path::new("/srv/gendan/data/demo"));
        assert_ne!(house.fallback(), demo.fallback());
        assert_eq!(house.note(), demo.note());
    }

    #[test]
    fn a_folder_for_one_purpose_is_refused_for_the_other() {
        let folder = scratch("purpose");
        mark(&folder, Purpose::House).unwrap();
        mark(&folder, Purpose::House).unwrap();
        let sentence = mark(&folder, Purpose::Demo).unwrap_err().to_string();
        assert!(
            sentence.contains("holds the company's own house"),
            "{sentence}"
        );
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_folder_with_other_peoples_files_is_refused() {
        let folder = scratch("foreign");
        fs::write(folder.join("holiday.jpg"), b"").unwrap();
        assert!(refuse_foreign(&folder).is_err());
        mark(&folder, Purpose::House).unwrap();
        assert!(refuse_foreign(&folder).is_ok());
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn beginning_afresh_keeps_the_lock_and_the_mark_only() {
        let folder = scratch("fresh");
        mark(&folder, Purpose::Demo).unwrap();
        fs::write(folder.join("lock"), b"1").unwrap();
        fs::create_dir_all(folder.join("files/ab")).unwrap();
        fs::write(folder.join("secrets"), b"x").unwrap();
        clear(&folder).unwrap();
        assert!(folder.join("lock").exists() && folder.join(MARK).exists());
        assert!(!folder.join("files").exists() && !folder.join("secrets").exists());
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn the_same_path_always_hashes_to_the_same_short_name() {
        assert_eq!(hash(Path::new("/srv/a")), hash(Path::new("/srv/a")));
        assert_ne!(hash(Path::new("/srv/a")), hash(Path::new("/srv/b")));
        assert_eq!(hash(Path::new("/srv/a")).len(), 12);
    }
}
