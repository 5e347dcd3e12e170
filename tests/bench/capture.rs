//! Capture: the statements of one request, read from the server's log, as a script for pgbench.

use super::drive::{Line, Reply};
use super::ground::Ground;
use super::load;
use super::program::Program;
use anyhow::{Context, bail};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::PathBuf;
use std::time::Duration;

/// One statement as the server ran it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    pub text: String,
    /// By their numbers; nothing is NULL.
    pub values: BTreeMap<usize, Option<String>>,
}

/// A program whose statements are logged.
pub struct Listener {
    program: Program,
    log: PathBuf,
    database: String,
    line: Line,
}

impl Listener {
    pub async fn start(ground: &Ground, database: &str) -> anyhow::Result<Self> {
        log_statements(ground, database, "all").await?;
        let program = Program::start(ground, database).await?;
        let line = Line::open(program.address).await?;
        Ok(Self {
            log: ground.log()?,
            database: database.to_owned(),
            program,
            line,
        })
    }

    /// The second answer is listened to: the first one of a connection also prepares.
    pub async fn page(&mut self, url: &str, secret: &str) -> anyhow::Result<Vec<Statement>> {
        for _ in 0..8 {
            self.ask(url, secret).await?;
        }
        let from = self.end()?;
        self.ask(url, secret).await?;
        self.since(from).await
    }

    pub async fn form(
        &mut self,
        url: &str,
        secret: &str,
        bodies: [String; 2],
    ) -> anyhow::Result<(Reply, Vec<Statement>)> {
        let [first, second] = bodies;
        self.line.post(url, secret, first).await?;
        let from = self.end()?;
        let reply = self.line.post(url, secret, second).await?;
        if reply.status != 303 {
            bail!("{url} answered {}", reply.status);
        }
        Ok((reply, self.since(from).await?))
    }

    async fn ask(&mut self, url: &str, secret: &str) -> anyhow::Result<()> {
        let reply = self.line.get(url, secret).await?;
        if reply.status != 200 {
            bail!("{url} answered {}", reply.status);
        }
        Ok(())
    }

    fn end(&self) -> anyhow::Result<u64> {
        Ok(std::fs::metadata(&self.log)?.len())
    }

    async fn since(&self, from: u64) -> anyhow::Result<Vec<Statement>> {
        // The server writes its log line by line, a moment after the answer.
        let mut length = 0;
        loop {
            tokio::time::sleep(Duration::from_millis(60)).await;
            let now = self.end()?;
            if now == length {
                break;
            }
            length = now;
        }
        let mut file = File::open(&self.log)?;
        file.seek(SeekFrom::Start(from))?;
        let mut text = String::new();
        file.read_to_string(&mut text)?;
        Ok(read(&text))
    }

    pub async fn close(self, ground: &Ground) -> anyhow::Result<()> {
        drop(self.program);
        log_statements(ground, &self.database, "none").await
    }
}

async fn log_statements(ground: &Ground, database: &str, which: &str) -> anyhow::Result<()> {
    use sqlx::ConnectOptions;
    let mut db = ground.owner(database).connect().await?;
    load::run(
        &mut db,
        &format!("alter role gendan_app in database {database} set log_statement = '{which}'"),
    )
    .await
    .context("log the statements")
}

/// Entries of the log: a statement, and behind it the values it was run with.
fn read(log: &str) -> Vec<Statement> {
    let mut found: Vec<Statement> = Vec::new();
    let mut open = false;
    for line in log.lines() {
        if let Some(rest) = line.strip_prefix('\t') {
            if let (true, Some(last)) = (open, found.last_mut()) {
                last.text.push('\n');
                last.text.push_str(rest);
            }
            continue;
        }
        open = false;
        if let Some((_, rest)) = line.split_once(" LOG:  ") {
            let text = rest.strip_prefix("statement: ").or_else(|| {
                rest.strip_prefix("execute ")?
                    .split_once(": ")
                    .map(|(_, text)| text)
            });
            if let Some(text) = text {
                open = true;
                found.push(Statement {
                    text: text.to_owned(),
                    values: BTreeMap::new(),
                });
            }
        } else if let (Some((_, rest)), Some(last)) =
            (line.split_once("DETAIL:  parameters: "), found.last_mut())
        {
            last.values = values(rest);
        }
    }
    found
}

/// `$1 = 'it''s', $2 = NULL`
fn values(text: &str) -> BTreeMap<usize, Option<String>> {
    let mut found = BTreeMap::new();
    let mut rest = text;
    while let Some(after) = rest.strip_prefix('$') {
        let Some((number, tail)) = after.split_once(" = ") else {
            break;
        };
        let Ok(number) = number.parse() else { break };
        if let Some(tail) = tail.strip_prefix("NULL") {
            found.insert(number, None);
            rest = tail.trim_start_matches(", ");
            continue;
        }
        let mut value = String::new();
        let mut signs = tail.chars().skip(1).peekable();
        let mut taken = 1;
        while let Some(sign) = signs.next() {
            taken += sign.len_utf8();
            if sign == '\'' {
                if signs.peek() == Some(&'\'') {
                    signs.next();
                    taken += 1;
                } else {
                    break;
                }
            }
            value.push(sign);
        }
        found.insert(number, Some(value));
        rest = tail
            .get(taken..)
            .unwrap_or_default()
            .trim_start_matches(", ");
    }
    found
}

/// A text as pgbench takes it: it would read `:00` of a time for one of its variables.
pub fn literal(value: &str) -> String {
    let mut text = String::from("E'");
    for sign in value.chars() {
        match sign {
            '\'' => text.push_str("''"),
            '\\' => text.push_str("\\\\"),
            ':' => text.push_str("\\x3A"),
            '\n' => text.push_str("\\n"),
            other => text.push(other),
        }
    }
    text.push('\'');
    text
}

/// The statement with its values written in, each by `say`.
pub fn inline(statement: &Statement, say: &dyn Fn(&str) -> String) -> String {
    let mut text = String::new();
    let mut signs = statement.text.chars().peekable();
    let mut quoted = false;
    while let Some(sign) = signs.next() {
        if sign == '\'' {
            quoted = !quoted;
        }
        if sign != '$' || quoted {
            text.push(sign);
            continue;
        }
        let mut number = String::new();
        while let Some(digit) = signs.peek().filter(|sign| sign.is_ascii_digit()) {
            number.push(*digit);
            signs.next();
        }
        match number
            .parse()
            .ok()
            .and_then(|number: usize| statement.values.get(&number))
        {
            Some(Some(value)) => text.push_str(&say(value)),
            Some(None) => text.push_str("null"),
            None => {
                let _ = write!(text, "${number}");
            }
        }
    }
    text
}

/// The statements of a page, one after the other.
pub fn script(statements: &[Statement]) -> String {
    let mut text = String::new();
    for statement in statements {
        let _ = writeln!(
            text,
            "{};",
            inline(statement, &literal).trim_end_matches(';')
        );
    }
    text
}
