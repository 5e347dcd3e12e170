//! The verbs 命令: what can be typed after `gendan` (or `cargo run --`).
//!
//! Every verb goes the same way: read the settings, open the database (the private one from this, the main
//! thread, before anything asynchronous waits on it), do its work, close everything in the order it was opened.

use std::{
    io::{self, Write},
    process::ExitCode,
    sync::Arc,
    time::Duration,
};

use anyhow::{Context, anyhow, bail};
use clap::{Parser, Subcommand};
use gendan::{
    app::{self, App, Premises},
    config::{Config, LogFormat, Problem},
    postgres::{House, Purpose, Search, Site, promises},
    web::serve::{self, Front, Halt, Limits},
    work,
};
use sqlx::ConnectOptions;
use tokio::{
    net::TcpListener,
    runtime::{Builder, Runtime},
    signal::unix::{SignalKind, signal},
    sync::watch,
    task::JoinSet,
    time::timeout,
};
use tracing_subscriber::EnvFilter;

const LAST_WORDS: Duration = Duration::from_secs(5);

/// Export order follow-up 跟单: one order from the sample note to the tax rebate.
#[derive(Parser)]
#[command(version)]
struct Line {
    #[command(subcommand)]
    verb: Option<Verb>,
}

#[derive(Subcommand)]
enum Verb {
    /// Open the company's own house and serve it (what happens without a verb)
    Serve,
    /// Serve a small demo on this machine, in a data folder of its own
    Demo {
        /// Remove what the demo holds and load it again
        #[arg(long)]
        fresh: bool,
    },
    /// Work jobs only; the pages are served by another process
    Work,
    /// Bring the tables up to date and end
    Migrate,
    /// Look after the people who may sign in
    #[command(subcommand)]
    User(User),
    /// Read the settings, name every wrong one, try the database they name
    CheckConfig,
    /// Compare what is stored with what it should be; changes nothing
    Verify,
}

#[derive(Subcommand)]
enum User {
    /// Add a person and print a one-time code to sign in with
    Add {
        login: String,
        #[arg(long)]
        name: String,
        #[arg(long)]
        role: String,
    },
    /// Print a new one-time code; the old password and all sessions end
    Reset { login: String },
    /// End all sessions and let the person in no more
    Disable { login: String },
}

fn main() -> ExitCode {
    let verb = Line::parse().verb.unwrap_or(Verb::Serve);
    match run(&verb) {
        Ok(code) => code,
        Err(error) => {
            complain(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn run(verb: &Verb) -> anyhow::Result<ExitCode> {
    let config = settings(verb)?;
    start_log(&config)?;
    let runtime = Builder::new_multi_thread().enable_all().build()?;
    if matches!(verb, Verb::CheckConfig) {
        return runtime.block_on(check_config(&config));
    }
    let halt = watch_signals(&runtime)?;
    let (premises, house) = prepare(verb, config)?;
    let outcome = if *halt.borrow() == Halt::No {
        runtime.block_on(act(verb, premises, halt))
    } else {
        Ok(ExitCode::SUCCESS)
    };
    // Whatever is still on a thread of its own has had its time.
    runtime.shutdown_timeout(LAST_WORDS);
    if let Some(house) = house {
        house.stop().context("stop the database server")?;
    }
    outcome
}

fn settings(verb: &Verb) -> anyhow::Result<Config> {
    let config = Config::from_env().map_err(|problems| refusal(&problems))?;
    let problems = match verb {
        Verb::Demo { .. } => config.demo_problems(),
        _ => Vec::new(),
    };
    if problems.is_empty() {
        Ok(config)
    } else {
        Err(refusal(&problems))
    }
}

fn refusal(problems: &[Problem]) -> anyhow::Error {
    let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    anyhow!(
        "the settings are wrong, nothing was started:\n  {}",
        lines.join("\n  ")
    )
}

fn start_log(config: &Config) -> anyhow::Result<()> {
    let log = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::try_new(&config.log)?)
        .with_writer(io::stderr);
    let started = match config.log_format {
        LogFormat::Text => log.with_ansi(false).try_init(),
        LogFormat::Json => log.json().try_init(),
    };
    started.map_err(|error| anyhow!("start the log: {error}"))
}

/// The first Ctrl-C, SIGTERM or closed terminal closes gently, the second at once.
fn watch_signals(runtime: &Runtime) -> anyhow::Result<watch::Receiver<Halt>> {
    let _inside = runtime.enter();
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    let mut hangup = signal(SignalKind::hangup())?;
    let (sender, receiver) = watch::channel(Halt::No);
    runtime.spawn(async move {
        for halt in [Halt::Gently, Halt::AtOnce] {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
                _ = hangup.recv() => {}
            }
            let _ = sender.send(halt);
        }
        // The receivers would take a lost sender for a third signal.
        std::future::pending::<()>().await;
    });
    Ok(receiver)
}

fn prepare(verb: &Verb, config: Config) -> anyhow::Result<(Premises, Option<House>)> {
    let site = site(verb, &config);
    let house = match (&config.database, verb) {
        (Some(_), _) => None,
        (None, Verb::Serve | Verb::Demo { .. }) => Some(House::open(&site)?),
        (None, _) => Some(House::visit(&site)?),
    };
    let (app, owner) = match (&config.database, &house) {
        (Some(given), _) => (
            given.app.expose().clone(),
            given.owner.as_ref().unwrap_or(&given.app).expose().clone(),
        ),
        (None, Some(house)) => (house.app_options(), house.owner_options()),
        (None, None) => bail!("no database was opened"),
    };
    let folder = house
        .as_ref()
        .map_or_else(|| site.wanted(), |house| house.folder().to_owned());
    let premises = Premises {
        files: config.files.clone().unwrap_or_else(|| folder.join("files")),
        demo: site.purpose == Purpose::Demo,
        config,
        app,
        owner,
    };
    Ok((premises, house))
}

fn site(verb: &Verb, config: &Config) -> Site {
    Site {
        project: config.project.clone(),
        given: config.data.clone(),
        purpose: match verb {
            Verb::Demo { .. } => Purpose::Demo,
            _ => Purpose::House,
        },
        search: Search {
            given: config.pg_bin.clone(),
            path: config.path.clone(),
        },
        fresh: matches!(verb, Verb::Demo { fresh: true }),
        say,
    }
}

async fn act(
    verb: &Verb,
    premises: Premises,
    mut halt: watch::Receiver<Halt>,
) -> anyhow::Result<ExitCode> {
    let app = tokio::select! {
        app = ready(verb, &premises) => app?,
        _ = halt.wait_for(|halt| *halt != Halt::No) => return Ok(ExitCode::SUCCESS),
    };
    let outcome = match verb {
        Verb::Serve | Verb::Demo { .. } => welcome(&app, &premises, halt).await,
        Verb::Work => work::run(app.clone(), halt).await,
        Verb::User(user) => look_after(&app, user).await,
        Verb::Verify => verify(&app).await,
        Verb::Migrate => {
            say("the tables are up to date");
            Ok(())
        }
        Verb::CheckConfig => Ok(()),
    };
    // A pool waits for ever for a connection that somebody keeps.
    let _ = timeout(LAST_WORDS, app::close(app)).await;
    outcome.map(|()| ExitCode::SUCCESS)
}

/// The database as this verb wants it: trusted, with tables, and for a demo with its orders.
async fn ready(verb: &Verb, premises: &Premises) -> anyhow::Result<App> {
    let faults = promises(
        &mut premises
            .app
            .connect()
            .await
            .context("connect to the database")?,
    )
    .await?
    .faults();
    if !faults.is_empty() {
        bail!("DATABASE_URL: {}", faults.join("; "));
    }
    // What only looks must change nothing.
    if !matches!(verb, Verb::Verify) {
        app::migrate(premises)
            .await
            .context("bring the tables up to date")?;
    }
    app::open(premises.clone()).await
}

async fn welcome(
    app: &App,
    premises: &Premises,
    halt: watch::Receiver<Halt>,
) -> anyhow::Result<()> {
    let config = &premises.config;
    let listener = TcpListener::bind(config.listen)
        .await
        .with_context(|| format!("GENDAN_LISTEN: cannot listen on {}", config.listen))?;
    for line in app::greeting(app).await? {
        say(&line);
    }
    say(&format!(
        "gendan is open at {}   (Ctrl-C closes it)",
        config.base_url
    ));
    let mut jobs = JoinSet::new();
    if config.work {
        jobs.spawn(work::run(app.clone(), halt.clone()));
    }
    let behind_tls = config.behind_tls;
    let front = Front {
        limits: Limits::default(),
        trusted: config.trusted_proxies.clone(),
        refuse: Arc::new(move |status, asked| app::refusal(status, asked, behind_tls)),
    };
    let rooms = app::router(app, halt.clone());
    let cut = serve::serve(listener, rooms, front, halt).await;
    if cut > 0 {
        say(&format!("{cut} connections had to be cut off"));
    }
    // A job that is cut short is taken up again later by whoever works next.
    let _ = timeout(LAST_WORDS, jobs.join_next()).await;
    jobs.shutdown().await;
    say("closed");
    Ok(())
}

async fn look_after(app: &App, user: &User) -> anyhow::Result<()> {
    let line = match user {
        User::Add { login, name, role } => app::add_user(app, login, name, role).await?,
        User::Reset { login } => app::reset_user(app, login).await?,
        User::Disable { login } => app::disable_user(app, login).await?,
    };
    say(&line);
    Ok(())
}

async fn verify(app: &App) -> anyhow::Result<()> {
    let findings = app::verify(app).await?;
    for finding in &findings {
        say(finding);
    }
    match findings.len() {
        0 => say("everything is as it should be"),
        count => bail!("{count} findings"),
    }
    Ok(())
}

async fn check_config(config: &Config) -> anyhow::Result<ExitCode> {
    if let Some(given) = &config.database {
        let mut connection = given.app.expose().connect().await.context("DATABASE_URL")?;
        let promises = promises(&mut connection).await.context("DATABASE_URL")?;
        for remark in promises.remarks() {
            say(&format!("DATABASE_URL: {remark}"));
        }
        match &given.owner {
            Some(owner) => {
                owner
                    .expose()
                    .connect()
                    .await
                    .context("DATABASE_OWNER_URL")?;
            }
            None => say(
                "DATABASE_OWNER_URL: not set, so the working role also owns the tables and could change its own history",
            ),
        }
        let faults = promises.faults();
        if !faults.is_empty() {
            bail!("DATABASE_URL: {}", faults.join("; "));
        }
    }
    say("the settings are in order");
    Ok(ExitCode::SUCCESS)
}

/// The one place that writes to the terminal.
fn say(line: &str) {
    // A closed terminal is no reason to stop.
    let _ = writeln!(io::stdout().lock(), "{line}");
}

fn complain(line: &str) {
    let _ = writeln!(io::stderr().lock(), "gendan: {line}");
}
