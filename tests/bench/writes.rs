//! Writes: opening an order of five lines. The statements of one opening become a script in which everything that has to
//! be new each time is new: ids, the number, the form's key.

use super::capture::{Listener, Statement, inline, literal};
use super::drive::{Line, Took};
use super::ground::Ground;
use super::load;
use super::size::Size;
use anyhow::{Context, bail};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use sqlx::{ConnectOptions, Row};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

const READER: &str = "shen";

/// The form, but for its key.
#[derive(Clone)]
pub struct Opening(Vec<(String, String)>);

impl Opening {
    #[expect(clippy::too_many_lines, reason = "one run, told in its order")]
    pub async fn of(ground: &Ground, size: Size) -> anyhow::Result<Self> {
        let mut db = ground.owner(&size.database()).connect().await?;
        let rows = load::ask(
            &mut db,
            "select c.code, (select id::text from legal_entity order by id limit 1),
                 (select s.id::text from person s where s.department = o.department and 'salesperson' = any(s.roles) limit 1),
                 o.id::text
             from person o, customer c where o.email like 'shen@%' order by c.code limit 1",
        )
        .await?;
        let row = rows.first().context("nobody to open for")?;
        let text = |at: usize| row.get::<String, _>(at);
        let secret = load::secret(READER);
        let token = BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(format!("form:{secret}")));
        let mut fields = vec![
            ("csrf".to_owned(), token),
            ("customer".to_owned(), text(0)),
            ("entity".to_owned(), text(1)),
            ("salesperson".to_owned(), text(2)),
            ("operator".to_owned(), text(3)),
        ];
        let rest = [
            ("title", "陶瓷杯子 bench"),
            ("customer_reference", "PO-BENCH"),
            ("currency", "USD"),
            ("incoterm", "FOB"),
            ("place", "Ningbo"),
            ("payment", "TT_30_70_COPY"),
            ("tolerance", "0"),
            ("delivery_on", "2027-03-01"),
        ];
        fields.extend(rest.map(|(name, value)| (name.to_owned(), value.to_owned())));
        for row in 0..5 {
            let cells = [
                ("style", "IT-1"),
                ("description", "Stoneware mug"),
                ("description_zh", "陶瓷杯子"),
                ("colour", "blue"),
                ("quantity", "1200"),
                ("unit", "pcs"),
                ("price", "3.25"),
            ];
            fields.extend(
                cells.map(|(name, value)| (format!("lines[{row}][{name}]"), value.to_owned())),
            );
        }
        Ok(Self(fields))
    }

    /// Ready to be sent under this key.
    fn body(&self, key: u128) -> anyhow::Result<String> {
        let mut fields = self.0.clone();
        fields.push(("key".to_owned(), format!("{key:032x}")));
        Ok(serde_html_form::to_string(&fields)?)
    }
}

fn key() -> u128 {
    rand::random()
}

/// Connections that open one order after another until the time is over.
pub async fn open_orders(
    address: SocketAddr,
    opening: &Opening,
    (connections, time): (usize, Duration),
) -> anyhow::Result<Took> {
    let begun = Instant::now();
    let mut all = JoinSet::new();
    for _ in 0..connections {
        let opening = opening.clone();
        all.spawn(async move {
            let mut line = Line::open(address).await?;
            let (secret, mut micros) = (load::secret(READER), Vec::new());
            while begun.elapsed() < time {
                let body = opening.body(key())?;
                let asked = Instant::now();
                let reply = line.post("/orders", &secret, body).await?;
                if reply.status != 303 {
                    bail!("opening an order answered {}", reply.status);
                }
                micros.push(u64::try_from(asked.elapsed().as_micros())?);
            }
            Ok(micros)
        });
    }
    let mut took = Took::default();
    while let Some(done) = all.join_next().await {
        took.micros.extend(done??);
    }
    took.wall = begun.elapsed();
    Ok(took)
}

/// How many orders there are: answers are counted against rows.
pub async fn count(ground: &Ground, size: Size) -> anyhow::Result<i64> {
    let mut db = ground.owner(&size.database()).connect().await?;
    let rows = load::ask(&mut db, "select count(*) from export_order").await?;
    Ok(rows.first().context("no count")?.get(0))
}

/// The statements of one opening as a script of pgbench.
pub async fn script(
    ground: &Ground,
    size: Size,
    listener: &mut Listener,
    opening: &Opening,
) -> anyhow::Result<(String, usize)> {
    let mut db = ground.owner(&size.database()).connect().await?;
    load::run(
        &mut db,
        "create sequence if not exists bench_number; grant usage on sequence bench_number to gendan_app",
    )
    .await?;
    let own = key();
    let bodies = [opening.body(key())?, opening.body(own)?];
    let secret = load::secret(READER);
    let (reply, statements) = listener.form("/orders", &secret, bodies).await?;
    let number = reply
        .location
        .rsplit('/')
        .next()
        .unwrap_or_default()
        .to_owned();
    let fresh = fresh(&statements, uuid::Uuid::from_u128(own));
    let mut text = String::from("select nextval('bench_number') as n");
    for at in 0..fresh.len() {
        let _ = write!(text, ", gen_random_uuid() as u{at}");
    }
    text.push_str(" \\gset\n");
    let say = |value: &str| said(value, &number, &fresh);
    for statement in &statements {
        let _ = writeln!(text, "{};", inline(statement, &say).trim_end_matches(';'));
    }
    Ok((text, statements.len()))
}

/// Ids that the opening made: of the newest kind and of this minute, and the form's key.
fn fresh(statements: &[Statement], own: uuid::Uuid) -> BTreeMap<String, usize> {
    let now = chrono::DateTime::<chrono::Utc>::from(std::time::SystemTime::now()).timestamp();
    let mut found = BTreeMap::from([(own.to_string(), 0)]);
    for value in statements
        .iter()
        .flat_map(|one| one.values.values().flatten())
    {
        for part in value.split(|sign: char| !(sign.is_ascii_hexdigit() || sign == '-')) {
            let Ok(id) = uuid::Uuid::try_parse(part) else {
                continue;
            };
            let made = id.get_timestamp().map(|at| at.to_unix().0);
            let recent =
                made.is_some_and(|at| i64::try_from(at).is_ok_and(|at| (now - at).abs() < 60));
            if part.len() == 36 && recent && !found.contains_key(part) {
                found.insert(part.to_owned(), found.len());
            }
        }
    }
    found
}

/// A value, with what has to be new each time as a variable.
fn said(value: &str, number: &str, fresh: &BTreeMap<String, usize>) -> String {
    if let Some(at) = fresh.get(value) {
        return format!(":u{at}");
    }
    if value == number {
        return "('PB-' || :n)".to_owned();
    }
    let mut parts = Vec::new();
    let mut rest = value;
    loop {
        let next = fresh
            .iter()
            .filter_map(|(id, at)| Some((rest.find(id.as_str())?, id.len(), *at)))
            .min();
        let Some((from, length, at)) = next else {
            break;
        };
        parts.push(literal(rest.get(..from).unwrap_or_default()));
        parts.push(format!(":u{at}"));
        rest = rest.get(from + length..).unwrap_or_default();
    }
    // What is stored as a document keeps its text: it is of the same length and need not be new.
    if parts.is_empty() || value.starts_with('{') && value.contains('"') || value.starts_with('[') {
        return literal(value);
    }
    parts.push(literal(rest));
    format!("({})", parts.join(" || "))
}
