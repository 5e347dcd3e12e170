//! Settings 设置: the only reader of the environment. Every key stands in `.env.example` with a line of comment.
//!
//! [`Config::from_env`] reports all problems at once; a house with one wrong setting does not open.

use std::{
    collections::BTreeMap,
    ffi::OsString,
    fmt,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    str::FromStr,
};

use axum::http::Uri;
use chrono_tz::Tz;
use sqlx::postgres::PgConnectOptions;
use tracing_subscriber::EnvFilter;

/// Every key that is read, as `.env.example` lists them.
pub const KEYS: [&str; 14] = [
    "GENDAN_DATA",
    "GENDAN_FILES",
    "GENDAN_LISTEN",
    "GENDAN_BASE_URL",
    "GENDAN_BEHIND_TLS",
    "GENDAN_TRUSTED_PROXY",
    "GENDAN_ZONE",
    "GENDAN_WORK",
    "GENDAN_POOL",
    "GENDAN_LOG",
    "GENDAN_LOG_FORMAT",
    "GENDAN_PG_BIN",
    "DATABASE_URL",
    "DATABASE_OWNER_URL",
];

const USUAL_LISTEN: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8026);
// The database's notices ("already exists, skipping") tell nobody anything.
const USUAL_LOG: &str = "info,sqlx=warn";
const SHORTEST_PASSWORD: usize = 8;
// The private server takes 60 connections; some stay free for migrations and for a second process.
const POOL: std::ops::RangeInclusive<u32> = 2..=40;

/// All settings, read once at the start.
#[derive(Clone, Debug)]
pub struct Config {
    /// The project's folder when run by cargo, else the current one; `data/` lies in it.
    pub project: PathBuf,
    /// The folders of `PATH`, where programs are looked for.
    pub path: Vec<PathBuf>,
    pub data: Option<PathBuf>,
    pub files: Option<PathBuf>,
    pub listen: SocketAddr,
    /// Without a slash at its end. Links are built from this, never from what a request says.
    pub base_url: String,
    pub behind_tls: bool,
    pub trusted_proxies: Vec<IpAddr>,
    pub zone: Tz,
    pub work: bool,
    pub pool: u32,
    pub log: String,
    pub log_format: LogFormat,
    pub pg_bin: Option<PathBuf>,
    pub database: Option<Database>,
}

/// A server of the company's own, instead of the private one.
#[derive(Clone, Debug)]
pub struct Database {
    /// The role the program works under.
    pub app: Secret<PgConnectOptions>,
    /// The role that owns the tables and migrates; without it the program migrates as itself.
    pub owner: Option<Secret<PgConnectOptions>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    Text,
    Json,
}

/// Holds what must never be printed.
#[derive(Clone)]
pub struct Secret<T>(T);

impl<T> Secret<T> {
    pub fn new(held: T) -> Secret<T> {
        Secret(held)
    }

    pub fn expose(&self) -> &T {
        &self.0
    }
}

impl<T> fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

/// One wrong setting. The value is not repeated, because it may be a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub key: String,
    pub text: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.key, self.text)
    }
}

impl Config {
    pub fn from_env() -> Result<Config, Vec<Problem>> {
        let variables: BTreeMap<OsString, OsString> = std::env::vars_os().collect();
        let here = std::env::current_dir().unwrap_or_else(|_| PathBuf::from("/"));
        let read = Config::read(&variables, &here);
        let folder = variables
            .get(&OsString::from("GENDAN_PG_BIN"))
            .filter(|value| !value.is_empty());
        let unusable = folder.map(Path::new).and_then(without_postgres);
        match (read, unusable) {
            (Ok(config), None) => Ok(config),
            (Ok(_), Some(problem)) => Err(vec![problem]),
            (Err(problems), more) => Err(problems.into_iter().chain(more).collect()),
        }
    }

    /// The settings in these variables, for a program started in the folder `here`. Looks at nothing else.
    pub fn read(
        variables: &BTreeMap<OsString, OsString>,
        here: &Path,
    ) -> Result<Config, Vec<Problem>> {
        let mut reader = Reader::new(variables, here);
        let listen = reader.take("GENDAN_LISTEN", listen).unwrap_or(USUAL_LISTEN);
        let base_url = reader.base_url(listen);
        let config = Config {
            project: reader
                .path("CARGO_MANIFEST_DIR")
                .unwrap_or_else(|| here.to_owned()),
            path: reader.search_path(),
            data: reader.path("GENDAN_DATA"),
            files: reader.path("GENDAN_FILES"),
            listen,
            behind_tls: reader.behind_tls(&base_url),
            base_url,
            trusted_proxies: reader
                .take("GENDAN_TRUSTED_PROXY", addresses)
                .unwrap_or_default(),
            zone: reader
                .take("GENDAN_ZONE", zone)
                .unwrap_or(Tz::Asia__Shanghai),
            work: reader.take("GENDAN_WORK", yes_or_no).unwrap_or(true),
            pool: reader.take("GENDAN_POOL", pool).unwrap_or(10),
            log: reader
                .take("GENDAN_LOG", filter)
                .unwrap_or_else(|| USUAL_LOG.to_owned()),
            log_format: reader
                .take("GENDAN_LOG_FORMAT", log_format)
                .unwrap_or(LogFormat::Text),
            pg_bin: reader.path("GENDAN_PG_BIN"),
            database: reader.database(),
        };
        reader.unknown_keys();
        if reader.problems.is_empty() {
            Ok(config)
        } else {
            Err(reader.problems)
        }
    }

    /// What stands in the way of a demo: it lives on this machine and in its own database only.
    pub fn demo_problems(&self) -> Vec<Problem> {
        let mut found = Vec::new();
        let mut need = |met: bool, key: &str, text: &str| {
            if !met {
                found.push(problem(key, text));
            }
        };
        let alone = self.listen.ip().is_loopback();
        need(
            alone,
            "GENDAN_LISTEN",
            "a demo answers on this machine only: use 127.0.0.1 or leave it unset",
        );
        need(
            self.database.is_none(),
            "DATABASE_URL",
            "a demo never runs on a server of yours: unset it, or start without `demo`",
        );
        found
    }
}

struct Reader<'a> {
    variables: &'a BTreeMap<OsString, OsString>,
    here: &'a Path,
    problems: Vec<Problem>,
}

impl<'a> Reader<'a> {
    fn new(variables: &'a BTreeMap<OsString, OsString>, here: &'a Path) -> Reader<'a> {
        Reader {
            variables,
            here,
            problems: Vec::new(),
        }
    }

    // An empty value counts as none: that is how compose files unset a key.
    fn raw(&self, key: &str) -> Option<&'a OsString> {
        let value = self.variables.get(&OsString::from(key));
        value.filter(|value| !value.is_empty())
    }

    fn take<T>(&mut self, key: &str, parse: fn(&str) -> Result<T, String>) -> Option<T> {
        let value = self.raw(key)?;
        let parsed = value
            .to_str()
            .ok_or_else(|| "is not UTF-8".to_owned())
            .and_then(|value| parse(value.trim()));
        match parsed {
            Ok(parsed) => Some(parsed),
            Err(text) => {
                self.problems.push(problem(key, &text));
                None
            }
        }
    }

    fn path(&self, key: &str) -> Option<PathBuf> {
        Some(self.here.join(self.raw(key)?))
    }

    fn search_path(&self) -> Vec<PathBuf> {
        let path = self.raw("PATH").into_iter().flat_map(std::env::split_paths);
        path.filter(|folder| folder.is_absolute()).collect()
    }

    fn base_url(&mut self, listen: SocketAddr) -> String {
        if self.raw("GENDAN_BASE_URL").is_none() && !listen.ip().is_loopback() {
            let text = "is needed, because GENDAN_LISTEN is open to other machines: the address people type, such as https://gendan.example.com";
            self.problems.push(problem("GENDAN_BASE_URL", text));
        }
        self.take("GENDAN_BASE_URL", base_url)
            .unwrap_or_else(|| format!("http://{listen}"))
    }

    fn behind_tls(&mut self, base_url: &str) -> bool {
        let secure = base_url.starts_with("https://");
        let given = self.take("GENDAN_BEHIND_TLS", yes_or_no);
        if given.is_some_and(|given| given != secure) {
            let text = "contradicts GENDAN_BASE_URL: yes goes with https://, no with http://";
            self.problems.push(problem("GENDAN_BEHIND_TLS", text));
        }
        secure
    }

    fn database(&mut self) -> Option<Database> {
        let app = self.take("DATABASE_URL", server);
        let owner = self.take("DATABASE_OWNER_URL", server);
        if owner.is_some() && self.raw("DATABASE_URL").is_none() {
            let text = "is of no use without DATABASE_URL";
            self.problems.push(problem("DATABASE_OWNER_URL", text));
        }
        Some(Database { app: app?, owner })
    }

    fn unknown_keys(&mut self) {
        for key in self.variables.keys() {
            let key = key.to_string_lossy();
            if key.starts_with("GENDAN_") && !KEYS.contains(&key.as_ref()) {
                self.problems.push(problem(
                    &key,
                    "is not a setting; .env.example lists them all",
                ));
            }
        }
    }
}

fn problem(key: &str, text: &str) -> Problem {
    Problem {
        key: key.to_owned(),
        text: text.to_owned(),
    }
}

fn without_postgres(folder: &Path) -> Option<Problem> {
    let whole = ["postgres", "initdb"]
        .iter()
        .all(|program| folder.join(program).is_file());
    let text = "is not a folder that holds PostgreSQL's `postgres` and `initdb`";
    (!whole).then(|| problem("GENDAN_PG_BIN", text))
}

fn listen(value: &str) -> Result<SocketAddr, String> {
    let text = "is not an address and a port, such as 127.0.0.1:8026 or [::]:8026";
    value.parse().map_err(|_| text.to_owned())
}

fn base_url(value: &str) -> Result<String, String> {
    let wrong = || "is not an address such as https://gendan.example.com".to_owned();
    let uri = Uri::from_str(value).map_err(|_| wrong())?;
    let scheme = uri
        .scheme_str()
        .filter(|scheme| ["http", "https"].contains(scheme));
    let (Some(scheme), Some(authority)) = (scheme, uri.authority()) else {
        return Err(wrong());
    };
    if authority.as_str().contains('@') || uri.query().is_some() || !["", "/"].contains(&uri.path())
    {
        return Err("may hold nothing but scheme, name and port: the house lives at the root of its address".to_owned());
    }
    Ok(format!("{scheme}://{authority}"))
}

fn addresses(value: &str) -> Result<Vec<IpAddr>, String> {
    let all = value.split(',').map(|one| one.trim().parse());
    all.collect::<Result<_, _>>()
        .map_err(|_| "is not a list of addresses, such as 127.0.0.1, 10.0.0.7".to_owned())
}

fn zone(value: &str) -> Result<Tz, String> {
    let text = "is not a time zone of the IANA list, such as Asia/Shanghai";
    value.parse().map_err(|_| text.to_owned())
}

fn yes_or_no(value: &str) -> Result<bool, String> {
    match value {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err("is neither yes nor no".to_owned()),
    }
}

fn pool(value: &str) -> Result<u32, String> {
    let number = value.parse().ok().filter(|number| POOL.contains(number));
    number.ok_or_else(|| format!("is not a number from {} to {}", POOL.start(), POOL.end()))
}

fn filter(value: &str) -> Result<String, String> {
    match EnvFilter::try_new(value) {
        Ok(_) => Ok(value.to_owned()),
        Err(_) => Err("is not a log filter, such as info or info,sqlx=warn".to_owned()),
    }
}

fn log_format(value: &str) -> Result<LogFormat, String> {
    match value {
        "text" => Ok(LogFormat::Text),
        "json" => Ok(LogFormat::Json),
        _ => Err("is neither text nor json".to_owned()),
    }
}

fn server(value: &str) -> Result<Secret<PgConnectOptions>, String> {
    let wrong = || "is not an address such as postgres://role:password@host:5432/gendan".to_owned();
    if !["postgres://", "postgresql://"]
        .iter()
        .any(|scheme| value.starts_with(scheme))
    {
        return Err(wrong());
    }
    let options = PgConnectOptions::from_str(value).map_err(|_| wrong())?;
    let known = [
        "postgres",
        "password",
        "gendan",
        "12345678",
        options.get_username(),
    ];
    match password(value) {
        Some(password) if password.len() < SHORTEST_PASSWORD || known.contains(&password) => {
            Err(format!(
                "has a password that is easily guessed: use {SHORTEST_PASSWORD} characters or more"
            ))
        }
        _ => Ok(Secret::new(options.application_name("gendan"))),
    }
}

// As written; a password in percent signs is only longer than what it stands for.
fn password(url: &str) -> Option<&str> {
    let rest = url.split_once("://")?.1;
    let authority = rest.split(['/', '?']).next()?;
    let person = authority.rsplit_once('@')?.0;
    person.split_once(':').map(|(_, password)| password)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Result<Config, Vec<String>> {
        let variables = pairs
            .iter()
            .map(|(key, value)| (key.into(), value.into()))
            .collect();
        Config::read(&variables, Path::new("/srv/gendan"))
            .map_err(|problems| problems.into_iter().map(|problem| problem.key).collect())
    }

    #[test]
    fn nothing_set_is_a_house_on_this_machine_alone() {
        let config = read(&[]).unwrap();
        assert_eq!(config.listen.to_string(), "127.0.0.1:8026");
        assert_eq!(config.base_url, "http://127.0.0.1:8026");
        assert_eq!(config.zone, Tz::Asia__Shanghai);
        assert!(config.work && !config.behind_tls && config.database.is_none());
        assert_eq!(config.project, Path::new("/srv/gendan"));
        assert!(config.demo_problems().is_empty());
    }

    #[test]
    fn all_wrong_settings_are_named_at_once() {
        let keys = read(&[
            ("GENDAN_LISTEN", "here"),
            ("GENDAN_ZONE", "Asia/Atlantis"),
            ("GENDAN_WORK", "maybe"),
            ("GENDAN_POOL", "1"),
            ("GENDAN_LOG", "gendan=shouting"),
            ("GENDAN_LOG_FORMAT", "xml"),
            ("GENDAN_TRUSTED_PROXY", "10.0.0.1, proxy"),
            ("GENDAN_BASE_URL", "gendan.example.com"),
            ("DATABASE_URL", "mysql://x"),
            ("GENDAN_COLOUR", "blue"),
        ]);
        let mut keys = keys.unwrap_err();
        keys.sort();
        assert_eq!(keys.len(), 10, "{keys:?}");
        assert!(keys.contains(&"GENDAN_COLOUR".to_owned()));
    }

    #[test]
    fn a_house_open_to_others_needs_its_address() {
        let open = ("GENDAN_LISTEN", "0.0.0.0:80");
        assert_eq!(read(&[open]).unwrap_err(), ["GENDAN_BASE_URL"]);
        let config = read(&[open, ("GENDAN_BASE_URL", "https://gendan.example.com/")]).unwrap();
        assert_eq!(config.base_url, "https://gendan.example.com");
        assert!(config.behind_tls);
    }

    #[test]
    fn a_base_address_with_a_path_or_a_name_in_it_is_refused() {
        for wrong in [
            "https://a.example/x",
            "https://a:b@a.example",
            "https://a.example/?q",
            "ftp://a.example",
        ] {
            assert_eq!(
                read(&[("GENDAN_BASE_URL", wrong)]).unwrap_err(),
                ["GENDAN_BASE_URL"],
                "{wrong}"
            );
        }
    }

    #[test]
    fn tls_and_the_address_may_not_contradict_each_other() {
        assert_eq!(
            read(&[("GENDAN_BEHIND_TLS", "yes")]).unwrap_err(),
            ["GENDAN_BEHIND_TLS"]
        );
        let https = ("GENDAN_BASE_URL", "https://gendan.example.com");
        assert!(
            read(&[https, ("GENDAN_BEHIND_TLS", "yes")])
                .unwrap()
                .behind_tls
        );
    }

    #[test]
    fn passwords_never_show_in_debug_output() {
        let url = "postgres://gendan_app:correct-horse@db.example/gendan";
        let config = read(&[("DATABASE_URL", url), ("DATABASE_OWNER_URL", url)]).unwrap();
        assert!(!format!("{config:?}").contains("correct-horse"));
        assert_eq!(config.demo_problems().len(), 1);
    }

    #[test]
    fn weak_passwords_are_refused_and_sockets_need_none() {
        for weak in [
            "postgres://a:secret@h/g",
            "postgres://gendan_app:gendan_app@h/g",
            "postgres://a:password@h/g",
        ] {
            assert_eq!(
                read(&[("DATABASE_URL", weak)]).unwrap_err(),
                ["DATABASE_URL"],
                "{weak}"
            );
        }
        assert!(
            read(&[(
                "DATABASE_URL",
                "postgres:///gendan?host=/var/run/postgresql"
            )])
            .is_ok()
        );
    }

    #[test]
    fn the_owners_address_alone_is_a_mistake() {
        let owner = ("DATABASE_OWNER_URL", "postgres://o@h/g");
        assert_eq!(read(&[owner]).unwrap_err(), ["DATABASE_OWNER_URL"]);
    }

    #[test]
    fn an_empty_value_counts_as_unset_and_relative_folders_start_here() {
        let config = read(&[("GENDAN_ZONE", ""), ("GENDAN_DATA", "elsewhere")]).unwrap();
        assert_eq!(
            config.data.as_deref(),
            Some(Path::new("/srv/gendan/elsewhere"))
        );
    }

    #[test]
    fn a_demo_answers_on_this_machine_only() {
        let open = ("GENDAN_LISTEN", "0.0.0.0:80");
        let config = read(&[open, ("GENDAN_BASE_URL", "http://a.example")]).unwrap();
        assert_eq!(config.demo_problems().len(), 1);
    }

    #[test]
    fn the_example_file_lists_every_key_with_a_comment_above_it() {
        let text = include_str!("../.env.example");
        let lines: Vec<&str> = text.lines().collect();
        for key in KEYS {
            let at = lines
                .iter()
                .position(|line| line.trim_start_matches('#').starts_with(&format!("{key}=")));
            let at = at.unwrap_or_else(|| panic!("{key} is missing in .env.example"));
            assert!(lines[at - 1].starts_with("# "), "{key} has no comment");
        }
    }
}
