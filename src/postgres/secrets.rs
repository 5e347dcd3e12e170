//! The passwords of the two database roles, in a file only its owner can read.

use std::{
    fmt::Write as _,
    fs::{self, OpenOptions},
    io::Write as _,
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::Path,
};

use anyhow::{Context, bail};

const FILE: &str = "secrets";

// No Debug: what cannot be printed cannot end up in a log.
pub(super) struct Secrets {
    pub(super) owner: String,
    pub(super) app: String,
}

impl Secrets {
    pub(super) fn random() -> Secrets {
        Secrets {
            owner: password(),
            app: password(),
        }
    }

    pub(super) fn read(folder: &Path) -> anyhow::Result<Option<Secrets>> {
        let path = folder.join(FILE);
        let Ok(about) = fs::metadata(&path) else {
            return Ok(None);
        };
        if about.permissions().mode() & 0o077 != 0 {
            bail!(
                "{0} can be read by others: run `chmod 600 {0}` and start again",
                path.display()
            );
        }
        let text = fs::read_to_string(&path).with_context(|| format!("read {}", path.display()))?;
        let of = |name: &str| {
            text.lines()
                .find_map(|line| line.strip_prefix(name)?.strip_prefix('='))
                .map(ToOwned::to_owned)
        };
        // A torn file counts as none: new passwords are set in its place.
        Ok(match (of("owner"), of("app")) {
            (Some(owner), Some(app)) => Some(Secrets { owner, app }),
            _ => None,
        })
    }

    pub(super) fn write(&self, folder: &Path) -> anyhow::Result<()> {
        let path = folder.join(FILE);
        let draft = folder.join("secrets.new");
        let _ = fs::remove_file(&draft);
        let mut file = OpenOptions::new()
            .create_new(true)
            .write(true)
            .mode(0o600)
            .open(&draft)
            .with_context(|| format!("write {}", draft.display()))?;
        write!(file, "owner={}\napp={}\n", self.owner, self.app)?;
        file.sync_all()?;
        fs::rename(&draft, &path).with_context(|| format!("write {}", path.display()))
    }
}

// Hexadecimal only, so that it needs no quoting anywhere.
fn password() -> String {
    let bytes: [u8; 24] = rand::random();
    let mut text = String::with_capacity(48);
    for byte in bytes {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scratch(name: &str) -> std::path::PathBuf {
        let name = format!("gendan-secrets-{}-{name}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    #[test]
    fn passwords_are_written_for_their_owner_alone_and_read_back() {
        let folder = scratch("kept");
        let secrets = Secrets::random();
        secrets.write(&folder).unwrap();
        let mode = fs::metadata(folder.join(FILE))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
        let read = Secrets::read(&folder).unwrap().unwrap();
        assert_eq!((read.owner, read.app), (secrets.owner, secrets.app));
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_file_that_others_can_read_is_refused() {
        let folder = scratch("open");
        Secrets::random().write(&folder).unwrap();
        fs::set_permissions(folder.join(FILE), fs::Permissions::from_mode(0o644)).unwrap();
        assert!(Secrets::read(&folder).is_err());
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn two_passwords_are_never_the_same() {
        let secrets = Secrets::random();
        assert_eq!(secrets.owner.len(), 48);
        assert_ne!(secrets.owner, secrets.app);
    }
}
