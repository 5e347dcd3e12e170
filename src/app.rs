//! App: joins the routes of all desks, lays the layers around them, and opens and closes what they stand on.

use crate::base::Lang;
use crate::config::Config;
use crate::web::headers::Keep;
use crate::web::serve::Halt;
use crate::web::{self, Clock, Door, Routes};
use anyhow::Context;
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{ConnectOptions, Connection};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

pub use crate::web::App;

static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!();

/// What the program stands on.
#[derive(Clone)]
pub struct Premises {
    pub config: Config,
    pub files: PathBuf,
    pub app: PgConnectOptions,
    pub owner: PgConnectOptions,
    pub demo: bool,
}

/// Brings the tables up to date, as their owner; two programs starting together wait for each other.
pub async fn migrate(premises: &Premises) -> anyhow::Result<()> {
    let mut owner = premises
        .owner
        .connect()
        .await
        .context("connect as the owner of the tables")?;
    MIGRATIONS
        .run(&mut owner)
        .await
        .context("bring the tables up to date")?;
    Ok(())
}

/// From here on a connection is asked whether it still lives.
const RESTED: Duration = Duration::from_secs(1);

pub async fn open(premises: Premises) -> anyhow::Result<App> {
    std::fs::create_dir_all(&premises.files)
        .with_context(|| format!("create {}", premises.files.display()))?;
    let options = premises.app.options([
        ("statement_timeout", "5s"),
        ("lock_timeout", "3s"),
        ("idle_in_transaction_session_timeout", "10s"),
        // Pages ask for few rows by index: compiling a statement takes longer than running it.
        ("jit", "off"),
    ]);
    let db = PgPoolOptions::new()
        .max_connections(premises.config.pool)
        .acquire_timeout(Duration::from_millis(2_500))
        .test_before_acquire(false)
        // A connection that has just worked is not asked again: that would be one more round trip for every page. One
        // that rested may have lost its server.
        .before_acquire(|connection, rested| {
            Box::pin(async move {
                if rested.idle_for > RESTED {
                    connection.ping().await?;
                }
                Ok(true)
            })
        })
        .connect_with(options)
        .await
        .context("connect as the application")?;
    let company = crate::parties::entity::company_name(&db).await?;
    Ok(App {
        db,
        config: Arc::new(premises.config),
        clock: Clock::default(),
        files: premises.files.into(),
        demo: premises.demo,
        company: company.into(),
    })
}

pub async fn close(app: App) {
    // A connection that is still held must not keep the house from closing.
    if tokio::time::timeout(Duration::from_secs(5), app.db.close())
        .await
        .is_err()
    {
        tracing::warn!("connections to the database were still held at the end");
    }
}

/// All addresses of the house. The doors test walks this list.
pub fn routes() -> Routes {
    Routes::new()
        .and(crate::people::routes())
        .and(crate::parties::routes())
        .and(crate::catalog::routes())
        .and(crate::orders::routes())
        .and(crate::orders::take_over::routes())
        .and(crate::approvals::routes())
        .and(crate::samples::routes())
        .and(crate::proforma::routes())
        .and(crate::production::routes())
        .and(crate::shipping::routes())
        .and(crate::finance::routes())
        .and(crate::credits::routes())
        .and(crate::desk::routes())
        .and(crate::desk::settings::routes())
        .get(web::assets::PATH, Door::Open, web::assets::serve)
        .get("/healthz", Door::Open, healthz)
}

async fn healthz() -> &'static str {
    "ok\n"
}

/// The router with its layers, innermost first: session, error pages and headers around every answer, compression,
/// and a net under panics.
pub fn router(app: &App, halt: watch::Receiver<Halt>) -> Router {
    around(routes(), app, halt)
}

/// The layers around these addresses; a test puts its own inside.
pub fn around(routes: Routes, app: &App, halt: watch::Receiver<Halt>) -> Router {
    let behind_tls = app.config.behind_tls;
    let ready = Ready {
        app: app.clone(),
        halt,
    };
    routes
        .into_router()
        .layer(from_fn_with_state(
            app.clone(),
            crate::people::session::layer,
        ))
        .route_service("/readyz", axum::routing::get(readyz).with_state(ready))
        .layer(CompressionLayer::new())
        .layer(CatchPanicLayer::custom(move |cause| {
            panicked(cause, behind_tls)
        }))
        .with_state(app.clone())
}

#[derive(Clone)]
struct Ready {
    app: App,
    halt: watch::Receiver<Halt>,
}

/// Whether this replica should be sent requests: the database answers and nobody has asked it to stop.
async fn readyz(State(ready): State<Ready>) -> Response {
    if *ready.halt.borrow() != Halt::No {
        return (StatusCode::SERVICE_UNAVAILABLE, "closing\n").into_response();
    }
    match tokio::time::timeout(Duration::from_secs(2), ready.app.db.acquire()).await {
        Ok(Ok(mut db)) => match Connection::ping(&mut *db).await {
            Ok(()) => "ready\n".into_response(),
            Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "database away\n").into_response(),
        },
        _ => (StatusCode::SERVICE_UNAVAILABLE, "database away\n").into_response(),
    }
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "the layer hands the cause over"
)]
fn panicked(cause: Box<dyn std::any::Any + Send>, behind_tls: bool) -> Response {
    let said = cause
        .downcast_ref::<String>()
        .cloned()
        .or_else(|| cause.downcast_ref::<&str>().map(|said| (*said).to_owned()))
        .unwrap_or_default();
    tracing::error!("a handler panicked: {said}");
    refusal(
        StatusCode::INTERNAL_SERVER_ERROR,
        &HeaderMap::new(),
        behind_tls,
    )
}

/// The answer of the accept loop itself, before any page can be drawn: too long an address, too slow a body, too many
/// connections. One sentence in the browser's language, with the same headers as every answer.
pub fn refusal(status: StatusCode, asked: &HeaderMap, behind_tls: bool) -> Response {
    let wanted = asked
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
        .and_then(Lang::accepted);
    let t = crate::base::T(wanted.unwrap_or(Lang::Zh));
    let sentence = match status {
        StatusCode::REQUEST_TIMEOUT => t.web_408_sentence(),
        StatusCode::SERVICE_UNAVAILABLE => t.web_503_sentence(),
        StatusCode::INTERNAL_SERVER_ERROR => t.web_500_sentence(),
        _ => t.web_422_sentence(),
    };
    let mut response = (status, format!("{sentence}\n")).into_response();
    response.extensions_mut().insert(Keep::Never);
    web::headers::put(&mut response, behind_tls);
    response
}

/// What is said at the terminal once the house is open: in the demo how to sign in, else the first administrator's
/// code. May be asked again after a restart.
pub async fn greeting(app: &App) -> anyhow::Result<Vec<String>> {
    if app.demo {
        crate::demo::seed(app).await.map_err(told)?;
        return Ok(vec![format!(
            "Demo: open {}/sign-in and choose a person",
            app.config.base_url
        )]);
    }
    let code = crate::people::offer_code(app).await.map_err(told)?;
    Ok(code
        .map(|code| {
            vec![format!(
                "First administrator: open {}/set-up and give the code {code}",
                app.config.base_url
            )]
        })
        .unwrap_or_default())
}

/// An error of the house at the terminal, where there is no page to draw it on.
pub fn told(error: web::Error) -> anyhow::Error {
    match error {
        web::Error::Broken(cause) => cause,
        web::Error::Refused(why) => anyhow::anyhow!(why.tell(crate::base::T(Lang::En))),
        other => anyhow::anyhow!("{other:?}"),
    }
}

pub async fn add_user(app: &App, login: &str, name: &str, role: &str) -> anyhow::Result<String> {
    crate::people::terminal::add(app, login, name, role)
        .await
        .map_err(told)
}

pub async fn reset_user(app: &App, login: &str) -> anyhow::Result<String> {
    crate::people::terminal::reset(app, login)
        .await
        .map_err(told)
}

pub async fn disable_user(app: &App, login: &str) -> anyhow::Result<String> {
    crate::people::terminal::disable(app, login)
        .await
        .map_err(told)
}

/// Compares what is stored with what it should be; one line for each difference.
pub async fn verify(app: &App) -> anyhow::Result<Vec<String>> {
    let mut db = app.db.acquire().await?;
    let mut findings: Vec<String> = crate::history::breaks(&mut db)
        .await
        .map_err(told)?
        .into_iter()
        .map(|broken| format!("events: {} {} {}", broken.stream, broken.seq, broken.why))
        .collect();
    let damaged = crate::documents::files::damaged(app, &mut db)
        .await
        .map_err(told)?;
    findings.extend(
        damaged
            .into_iter()
            .map(|file| format!("file {file} is missing or changed")),
    );
    findings.extend(
        crate::orders::verify(&mut db, app.config.zone)
            .await
            .map_err(told)?,
    );
    findings.extend(crate::samples::verify(&mut db).await.map_err(told)?);
    findings.extend(crate::proforma::verify(&mut db).await.map_err(told)?);
    findings.extend(crate::production::verify(&mut db).await.map_err(told)?);
    findings.extend(
        crate::production::change::verify(&mut db)
            .await
            .map_err(told)?,
    );
    findings.extend(crate::shipping::verify(&mut db).await.map_err(told)?);
    findings.extend(crate::finance::verify(&mut db).await.map_err(told)?);
    findings.extend(crate::credits::verify(&mut db).await.map_err(told)?);
    Ok(findings)
}
