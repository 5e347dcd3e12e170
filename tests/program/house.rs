//! A house on trial: the program with settings of its own, what it says, and what it answers.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_mins(1);

/// A folder that goes when the test passes.
pub struct Ground {
    pub folder: PathBuf,
    pub port: u16,
}

impl Ground {
    pub fn new(name: &str) -> Self {
        // Not below the project: PostgreSQL's user must be able to pass, and a socket's path is short.
        let folder = PathBuf::from(format!(
            "/var/tmp/gendan-program-{}-{name}",
            std::process::id()
        ));
        let _ = fs::remove_dir_all(&folder);
        let free = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = free.local_addr().unwrap().port();
        Self { folder, port }
    }

    /// The program with nobody's settings but these.
    pub fn gendan(&self, line: &[&str], settings: &[(&str, &str)]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gendan"));
        for (key, _) in std::env::vars_os() {
            let key = key.to_string_lossy().into_owned();
            let own = key.starts_with("GENDAN_") && key != "GENDAN_PG_BIN";
            if own || key.starts_with("DATABASE_") {
                command.env_remove(key);
            }
        }
        command
            .args(line)
            .env("GENDAN_DATA", &self.folder)
            .env("GENDAN_LISTEN", format!("127.0.0.1:{}", self.port))
            .envs(settings.iter().copied())
            .current_dir("/")
            .stdin(Stdio::null());
        command
    }

    /// Runs a verb to its end.
    pub fn told(&self, line: &[&str], settings: &[(&str, &str)]) -> Told {
        Told::from(self.gendan(line, settings).output().unwrap())
    }

    pub fn open(&self, verb: &[&str]) -> House {
        self.open_with(verb, &[])
    }

    pub fn open_with(&self, verb: &[&str], settings: &[(&str, &str)]) -> House {
        let mut command = self.gendan(verb, settings);
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = listen(child.stdout.take().unwrap());
        let mut house = House {
            child,
            lines,
            said: Vec::new(),
            port: self.port,
        };
        house.hear("gendan is open at");
        house
    }

    /// The address of its database for this role, as another program would be given it.
    pub fn database(&self, role: &str) -> String {
        let secrets = fs::read_to_string(self.folder.join("secrets")).unwrap();
        let own = role.trim_start_matches("gendan_");
        let mut lines = secrets.lines();
        let secret = lines.find_map(|line| line.strip_prefix(own)?.strip_prefix('='));
        let run = self.folder.join("run");
        format!(
            "postgres://{role}:{}@localhost/gendan?host={}",
            secret.unwrap(),
            run.display()
        )
    }

    /// What one statement answers, asked as the owner of the tables.
    pub fn asked(&self, statement: &str) -> String {
        let output = Command::new("psql")
            .args(["-X", "-A", "-t", "-c", statement])
            .arg(self.database("gendan_owner"))
            .output()
            .unwrap();
        Told::from(output).is(true, &[]).text.trim().to_owned()
    }

    /// The number of the database server's process.
    pub fn server(&self) -> String {
        let file = self.folder.join("postgres/postmaster.pid");
        let text =
            fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        text.lines().next().unwrap().to_owned()
    }
}

impl Drop for Ground {
    fn drop(&mut self) {
        if !thread::panicking() {
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

fn listen(out: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, lines) = channel();
    thread::spawn(move || {
        for line in BufReader::new(out).lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                break;
            }
        }
    });
    lines
}

/// What a verb that ended has said.
pub struct Told {
    pub good: bool,
    pub text: String,
}

impl From<Output> for Told {
    fn from(output: Output) -> Self {
        let all = [output.stdout, output.stderr].concat();
        Self {
            good: output.status.success(),
            text: String::from_utf8_lossy(&all).into_owned(),
        }
    }
}

impl Told {
    pub fn is(self, good: bool, words: &[&str]) -> Self {
        assert_eq!(self.good, good, "{}", self.text);
        for word in words {
            assert!(
                self.text.contains(word),
                "`{word}` is missing in\n{}",
                self.text
            );
        }
        self
    }
}

/// The program while it serves. Dropped, it is killed with its server.
pub struct House {
    pub child: Child,
    lines: Receiver<String>,
    pub said: Vec<String>,
    pub port: u16,
}

impl House {
    /// Waits for a line with these words and answers it.
    pub fn hear(&mut self, words: &str) -> String {
        let late = Instant::now() + PATIENCE;
        loop {
            let left = late.saturating_duration_since(Instant::now());
            let Ok(line) = self.lines.recv_timeout(left) else {
                panic!("`{words}` was never said, but\n{}", self.said.join("\n"));
            };
            self.said.push(line.clone());
            if line.contains(words) {
                return line;
            }
        }
    }

    pub fn get(&self, path: &str) -> Answer {
        self.ask(&format!(
            "GET {path} HTTP/1.1\r\nHost: h\r\nAccept-Language: en\r\nConnection: close\r\n\r\n"
        ))
    }

    pub fn ask(&self, request: &str) -> Answer {
        ask(self.port, request.as_bytes())
    }

    /// Waits until an address answers with this status.
    pub fn comes(&self, path: &str, status: u16) -> Answer {
        let late = Instant::now() + PATIENCE;
        loop {
            let answer = self.get(path);
            if answer.status() == status {
                return answer;
            }
            assert!(Instant::now() < late, "{path} stays {}", answer.status());
            thread::sleep(Duration::from_millis(50));
        }
    }

    /// Sends a signal to the program alone.
    pub fn signal(&self, name: &str) {
        signal(name, &self.child.id().to_string());
    }

    /// Ends it as a terminal or an init would, and waits; answers whether it ended well.
    pub fn close(mut self) -> bool {
        self.signal("TERM");
        self.ended()
    }

    pub fn ended(&mut self) -> bool {
        let late = Instant::now() + PATIENCE;
        while Instant::now() < late {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.success();
            }
            thread::sleep(Duration::from_millis(20));
        }
        panic!("it does not end");
    }
}

impl Drop for House {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            self.signal("INT");
            let late = Instant::now() + Duration::from_secs(20);
            while matches!(self.child.try_wait(), Ok(None)) && Instant::now() < late {
                thread::sleep(Duration::from_millis(50));
            }
            let _ = self.child.kill();
        }
    }
}

/// What this port answers to these bytes; nothing where nobody listens.
pub fn ask(port: u16, request: &[u8]) -> Answer {
    let mut text = Vec::new();
    if let Ok(mut stream) = TcpStream::connect(("127.0.0.1", port)) {
        let _ = stream.set_read_timeout(Some(PATIENCE));
        let _ = stream.write_all(request);
        let _ = stream.read_to_end(&mut text);
    }
    Answer(String::from_utf8_lossy(&text).into_owned())
}

pub fn signal(name: &str, process: &str) {
    let sent = Command::new("kill")
        .args([&format!("-{name}"), process])
        .status();
    assert!(sent.unwrap().success(), "kill -{name} {process}");
}

/// Whether a process is there and no corpse.
pub fn lives(process: &str) -> bool {
    let status = fs::read_to_string(Path::new("/proc").join(process).join("stat"));
    status.is_ok_and(|text| !text.contains(") Z "))
}

pub struct Answer(pub String);

impl Answer {
    /// 0 where nobody answered.
    pub fn status(&self) -> u16 {
        let word = self.0.split(' ').nth(1).unwrap_or("0");
        word.parse().unwrap_or(0)
    }

    /// The status, or the test fails with the answer.
    pub fn is(self, status: u16) -> Self {
        assert_eq!(self.status(), status, "{}", self.0);
        self
    }

    pub fn has(&self, words: &str) -> bool {
        self.0.contains(words)
    }

    /// The first value that a list of this name offers.
    pub fn choice(&self, name: &str) -> String {
        let list = self.0.split(&format!("name=\"{name}\"")).nth(1);
        let options = list.and_then(|rest| rest.split("</select>").next());
        let mut values = options.unwrap_or("").split("value=\"").skip(1);
        let first = values.find_map(|rest| rest.split('"').next().filter(|own| !own.is_empty()));
        first.unwrap_or("").to_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        let mut head = self.0.split("\r\n\r\n").next().unwrap_or("").lines();
        let found = head.find(|line| line.to_lowercase().starts_with(&format!("{name}: ")));
        found.map_or("", |line| line[name.len() + 2..].trim())
    }

    /// The value of the first field of this name on the page.
    pub fn field(&self, name: &str) -> String {
        let input = self
            .0
            .split('<')
            .find(|tag| tag.contains(&format!("name=\"{name}\"")));
        let value = input.and_then(|tag| tag.split("value=\"").nth(1));
        value
            .and_then(|rest| rest.split('"').next())
            .unwrap_or("")
            .to_owned()
    }
}
