//! Which PostgreSQL programs this machine has.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, bail};

use super::install;

// The schema leans on what came with 15; Debian 12 brings it.
const OLDEST: u32 = 15;

// (folder of versions, what follows the version): Debian, Fedora, Homebrew on both kinds of Mac, Postgres.app.
const PLACES: [(&str, &str); 5] = [
    ("/usr/lib/postgresql", "bin"),
    ("/usr", "bin"),
    ("/opt/homebrew/opt", "bin"),
    ("/usr/local/opt", "bin"),
    ("/Applications/Postgres.app/Contents/Versions", "bin"),
];

/// Where to look for PostgreSQL's programs.
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// `GENDAN_PG_BIN`: this folder and no other.
    pub given: Option<PathBuf>,
    /// The folders of `PATH`.
    pub path: Vec<PathBuf>,
}

/// One installed version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Programs {
    pub(super) bin: PathBuf,
    pub(super) major: u32,
}

impl Programs {
    fn at(folder: &Path) -> Option<Programs> {
        // /usr/local/bin often holds links; the programs look for their library beside the real file.
        let postgres = folder.join("postgres").canonicalize().ok()?;
        let bin = postgres.parent()?.to_owned();
        if !bin.join("initdb").is_file() {
            return None;
        }
        let shown = Command::new(&postgres).arg("--version").output().ok()?;
        let major = major_in(&String::from_utf8_lossy(&shown.stdout))?;
        Some(Programs { bin, major })
    }
}

/// The programs of this machine, newest first; where there are none they are installed, or the error says how.
pub(super) fn found_or_installed(search: &Search, say: fn(&str)) -> anyhow::Result<Vec<Programs>> {
    if let Some(folder) = &search.given {
        let programs = Programs::at(folder).with_context(|| {
            format!(
                "GENDAN_PG_BIN: {} does not hold working `postgres` and `initdb`",
                folder.display()
            )
        })?;
        return Ok(vec![programs]);
    }
    let found = all(search);
    if !found.is_empty() {
        return Ok(found);
    }
    install::install(search, say)?;
    let found = all(search);
    if found.is_empty() {
        bail!(
            "PostgreSQL was installed, but its programs were not found: name their folder in GENDAN_PG_BIN"
        );
    }
    Ok(found)
}

/// The programs for a data folder: exactly its version where it has one, else the newest.
pub(super) fn choose(all: &[Programs], data: Option<u32>) -> anyhow::Result<&Programs> {
    let found = match data {
        Some(major) => all.iter().find(|programs| programs.major == major),
        None => all.iter().find(|programs| programs.major >= OLDEST),
    };
    let have = || {
        let majors: Vec<String> = all.iter().map(|p| p.major.to_string()).collect();
        majors.join(", ")
    };
    found.with_context(|| match data {
        Some(major) => format!(
            "the data were written by PostgreSQL {major}, but this machine has {}: install version {major}, or name its folder in GENDAN_PG_BIN",
            have()
        ),
        None => format!(
            "PostgreSQL {OLDEST} or newer is needed, but this machine has {}",
            have()
        ),
    })
}

fn all(search: &Search) -> Vec<Programs> {
    let mut found: Vec<Programs> = Vec::new();
    let candidates = search.path.iter().cloned().chain(versions());
    for programs in candidates.filter_map(|folder| Programs::at(&folder)) {
        if !found.contains(&programs) {
            found.push(programs);
        }
    }
    found.sort_by_key(|programs| std::cmp::Reverse(programs.major));
    found
}

fn versions() -> impl Iterator<Item = PathBuf> {
    PLACES.into_iter().flat_map(|(root, tail)| {
        let entries = fs::read_dir(root).into_iter().flatten().flatten();
        entries.filter_map(move |entry| {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            let version = ["postgresql@", "pgsql-"]
                .iter()
                .find_map(|prefix| name.strip_prefix(prefix))
                .unwrap_or(&name);
            let is_version = version.parse::<u32>().is_ok() || name == "postgresql";
            is_version.then(|| entry.path().join(tail))
        })
    })
}

// "postgres (PostgreSQL) 15.20 (Debian 15.20-0+deb12u1)", "postgres (PostgreSQL) 18beta2"
fn major_in(shown: &str) -> Option<u32> {
    let version = shown.split_once("(PostgreSQL) ")?.1;
    let end = version
        .find(|letter: char| !letter.is_ascii_digit())
        .unwrap_or(version.len());
    version.get(..end)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn programs(majors: &[u32]) -> Vec<Programs> {
        let one = |major: &u32| Programs {
            bin: PathBuf::from(format!("/opt/{major}")),
            major: *major,
        };
        majors.iter().map(one).collect()
    }

    #[test]
    fn the_major_version_is_read_from_what_the_program_says() {
        let debian = "postgres (PostgreSQL) 15.20 (Debian 15.20-0+deb12u1)\n";
        assert_eq!(major_in(debian), Some(15));
        assert_eq!(major_in("postgres (PostgreSQL) 18beta2"), Some(18));
        assert_eq!(major_in("postgres (PostgreSQL) 17"), Some(17));
        assert_eq!(major_in("mysqld 8"), None);
    }

    #[test]
    fn old_data_get_the_programs_of_their_own_version() {
        let all = programs(&[17, 15]);
        assert_eq!(choose(&all, Some(15)).unwrap().major, 15);
        assert_eq!(choose(&all, None).unwrap().major, 17);
    }

    #[test]
    fn data_of_a_version_that_is_not_installed_are_refused_with_the_way_out() {
        let sentence = choose(&programs(&[17]), Some(15)).unwrap_err().to_string();
        assert!(
            sentence.contains("PostgreSQL 15") && sentence.contains("17"),
            "{sentence}"
        );
    }

    #[test]
    fn a_server_that_is_too_old_is_not_used_for_new_data() {
        assert!(choose(&programs(&[13]), None).is_err());
    }
}
