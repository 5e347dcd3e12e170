//! Measure: one size, page after page, program and pgbench in turn.

use super::Pace;
use super::capture::{self, Listener};
use super::drive::{self, Line, Took};
use super::ground::Ground;
use super::load;
use super::pages::{self, HotPage};
use super::program::Program;
use super::size::Size;
use super::writes::{self, Opening};
use anyhow::{Context, bail};
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

pub const CONNECTIONS: [usize; 2] = [1, 16];

#[derive(Serialize)]
pub struct Figures {
    pub orders: i64,
    pub rows: Vec<Row>,
    /// Kilobytes of the program under the load of pages.
    pub memory_kb: u64,
    pub start_ms: u64,
    /// Bytes of the first list with all it brings, compressed.
    pub first_list_bytes: usize,
    /// Orders that were answered as opened, and rows that came to be.
    pub opened: (usize, i64),
}

/// One page or act.
#[derive(Serialize)]
pub struct Row {
    pub name: String,
    pub statements: usize,
    pub at: Vec<At>,
}

#[derive(Serialize)]
pub struct At {
    pub connections: usize,
    pub program: Speed,
    pub pgbench: Speed,
}

#[derive(Serialize)]
pub struct Speed {
    /// Each second, times a thousand.
    pub rate_milli: u64,
    pub p50_us: u64,
    pub p95_us: u64,
    pub p99_us: u64,
}

impl Speed {
    fn of(took: &Took) -> Self {
        Self {
            rate_milli: took.rate_milli(),
            p50_us: took.percentile(500),
            p95_us: took.percentile(950),
            p99_us: took.percentile(990),
        }
    }
}

/// A page with its script.
struct Course {
    page: HotPage,
    statements: usize,
    scripts: Vec<PathBuf>,
}

#[expect(clippy::too_many_lines, reason = "one run, told in its order")]
pub async fn run(
    ground: &Ground,
    size: Size,
    pace: Pace,
    only: Option<&str>,
) -> anyhow::Result<Figures> {
    load::fill(ground, size).await?;
    let orders = load::orders(ground, size).await?;
    if orders.is_empty() {
        bail!("no order to open was loaded");
    }
    let hot = pages::all(&orders, &load::deep(ground, size).await?);
    let wanted = |name: &str| only.is_none_or(|part| name.contains(part));
    let mut listener = Listener::start(ground, &size.database()).await?;
    let mut courses = Vec::new();
    for page in hot.into_iter().filter(|page| wanted(page.name)) {
        courses.push(course(ground, &mut listener, page).await?);
    }
    let opening = Opening::of(ground, size).await?;
    let create = if wanted("open an order") {
        let (text, count) = writes::script(ground, size, &mut listener, &opening).await?;
        Some((write(ground, "open", 0, &text)?, count))
    } else {
        None
    };
    listener.close(ground).await?;
    let program = Program::start(ground, &size.database()).await?;
    let mut figures = Figures {
        orders: size.0,
        rows: Vec::new(),
        start_ms: u64::try_from(program.started.as_millis())?,
        memory_kb: 0,
        first_list_bytes: first_list(&program).await?,
        opened: (0, 0),
    };
    for course in &courses {
        eprintln!("{}: {}", size.0, course.page.name);
        figures
            .rows
            .push(read(ground, size, &program, course, pace).await?);
    }
    figures.memory_kb = program.memory()?;
    if let Some((script, statements)) = create {
        eprintln!("{}: open an order", size.0);
        let script = (script.as_path(), statements);
        let row = open(
            ground,
            size,
            &program,
            (&opening, script),
            pace,
            &mut figures.opened,
        )
        .await?;
        figures.rows.push(row);
    }
    Ok(figures)
}

async fn course(ground: &Ground, listener: &mut Listener, page: HotPage) -> anyhow::Result<Course> {
    let secret = load::secret(page.reader);
    let (mut scripts, mut most) = (Vec::new(), 0);
    for (at, url) in page.urls.iter().enumerate() {
        let statements = listener.page(url, &secret).await.context(page.name)?;
        most = most.max(statements.len());
        scripts.push(write(ground, page.name, at, &capture::script(&statements))?);
    }
    Ok(Course {
        page,
        statements: most,
        scripts,
    })
}

fn write(ground: &Ground, name: &str, at: usize, text: &str) -> anyhow::Result<PathBuf> {
    let folder = ground.folder.join("scripts");
    std::fs::create_dir_all(&folder)?;
    let name: String = name.chars().filter(|sign| sign.is_alphanumeric()).collect();
    let path = folder.join(format!("{name}-{at}.sql"));
    std::fs::write(&path, text)?;
    Ok(path)
}

async fn read(
    ground: &Ground,
    size: Size,
    program: &Program,
    course: &Course,
    pace: Pace,
) -> anyhow::Result<Row> {
    let secret = load::secret(course.page.reader);
    let scripts: Vec<&Path> = course.scripts.iter().map(PathBuf::as_path).collect();
    let mut at = Vec::new();
    for connections in CONNECTIONS {
        let (mut ours, mut theirs) = (Took::default(), Took::default());
        for _ in 0..pace.rounds {
            let load = (connections, pace.each);
            ours.join(drive::pages(program.address, &secret, &course.page.urls, load).await?);
            theirs.join(pgbench(ground, size, &scripts, load).await?);
        }
        at.push(At {
            connections,
            program: Speed::of(&ours),
            pgbench: Speed::of(&theirs),
        });
    }
    Ok(Row {
        name: course.page.name.to_owned(),
        statements: course.statements,
        at,
    })
}

async fn open(
    ground: &Ground,
    size: Size,
    program: &Program,
    (opening, (script, statements)): (&Opening, (&Path, usize)),
    pace: Pace,
    opened: &mut (usize, i64),
) -> anyhow::Result<Row> {
    let mut at = Vec::new();
    for connections in CONNECTIONS {
        let (mut ours, mut theirs) = (Took::default(), Took::default());
        for _ in 0..pace.rounds {
            let load = (connections, pace.each);
            let before = writes::count(ground, size).await?;
            let took = writes::open_orders(program.address, opening, load).await?;
            opened.0 += took.micros.len();
            opened.1 += writes::count(ground, size).await? - before;
            ours.join(took);
            theirs.join(pgbench(ground, size, &[script], load).await?);
        }
        at.push(At {
            connections,
            program: Speed::of(&ours),
            pgbench: Speed::of(&theirs),
        });
    }
    if i64::try_from(opened.0).ok() != Some(opened.1) {
        bail!(
            "{} openings were answered, {} orders came to be",
            opened.0,
            opened.1
        );
    }
    Ok(Row {
        name: "open an order of 5 lines".to_owned(),
        statements,
        at,
    })
}

/// The scripts under pgbench, each with the same weight; how long each run took is read from its log.
#[expect(clippy::too_many_lines, reason = "one run, told in its order")]
async fn pgbench(
    ground: &Ground,
    size: Size,
    scripts: &[&Path],
    (connections, time): (usize, Duration),
) -> anyhow::Result<Took> {
    let folder = ground.folder.join("pgbench");
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    std::fs::create_dir_all(&folder)?;
    let mut command = Command::new(&ground.pgbench);
    command.args([
        "--no-vacuum",
        "--protocol=prepared",
        "--log",
        "--log-prefix=one",
    ]);
    command.arg(format!("--client={connections}"));
    command.arg(format!("--jobs={}", connections.min(2)));
    command.arg(format!("--time={}", time.as_secs().max(1)));
    for script in scripts {
        command.arg("--file").arg(script);
    }
    command.arg(Ground::address(&ground.app(&size.database())));
    command.current_dir(&folder);
    let output = tokio::task::spawn_blocking(move || command.output()).await??;
    if !output.status.success() {
        bail!("pgbench: {}", String::from_utf8_lossy(&output.stderr));
    }
    let mut took = Took {
        wall: time,
        ..Took::default()
    };
    for file in std::fs::read_dir(&folder)? {
        let text = std::fs::read_to_string(file?.path())?;
        let column = text
            .lines()
            .filter_map(|line| line.split(' ').nth(2)?.parse::<u64>().ok());
        took.micros.extend(column);
    }
    if took.micros.is_empty() {
        bail!(
            "pgbench ran nothing: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    Ok(took)
}

/// The list and everything its page names, as a browser with an empty cache fetches it.
async fn first_list(program: &Program) -> anyhow::Result<usize> {
    let secret = load::secret("gu");
    let mut line = Line::open(program.address).await?;
    let list = line.get("/orders", &secret).await?;
    let plain = text(&list.body)?;
    let mut sum = list.body.len();
    let mut todo: Vec<String> = links(&plain);
    let mut seen = Vec::new();
    while let Some(url) = todo.pop() {
        if seen.contains(&url) {
            continue;
        }
        let reply = line.get(&url, &secret).await?;
        sum += reply.body.len();
        if url.contains(".js") || url.contains(".css") {
            todo.extend(links(&text(&reply.body)?));
        }
        seen.push(url);
    }
    Ok(sum)
}

fn text(body: &[u8]) -> anyhow::Result<String> {
    use std::io::Read as _;
    let mut plain = String::new();
    if body.starts_with(&[0x1f, 0x8b]) {
        flate2::read::GzDecoder::new(body).read_to_string(&mut plain)?;
    } else {
        plain.push_str(&String::from_utf8_lossy(body));
    }
    Ok(plain)
}

/// Addresses of our own assets in a page, a sheet or a script.
fn links(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("/static/") {
        let rest = text.get(at..).unwrap_or_default();
        let end = rest
            .find(['"', '\'', ')', '#', ' ', '<'])
            .unwrap_or(rest.len());
        let url = rest.get(..end).unwrap_or_default().to_owned();
        if !found.contains(&url) {
            found.push(url);
        }
    }
    found
}
