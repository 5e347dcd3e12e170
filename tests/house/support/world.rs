//! World: one house of its own for one test: application, router, database, clock.

use super::client::Client;
use super::database::{self, Cloned};
use super::people;
use axum::Router;
use chrono::{DateTime, Utc};
use gendan::app;
use gendan::base::{By, Lang, Who};
use gendan::web::serve::Halt;
use gendan::web::{App, Clock};
use sqlx::postgres::{PgPool, PgRow, Postgres};
use sqlx::{AssertSqlSafe, Decode, Row, Type};
use tokio::sync::watch;

/// Monday morning in Ningbo.
const BEGINNING: &str = "2026-11-23T09:00:00+08:00";

pub struct World {
    pub app: App,
    pub router: Router,
    owner: PgPool,
    clock: Clock,
    halt: watch::Sender<Halt>,
    // Last, so that it goes after everything that holds a connection.
    clone: Cloned,
}

impl World {
    pub async fn new() -> Self {
        Self::over(Cloned::new().await).await
    }

    /// A house in which nobody has been yet.
    pub async fn bare() -> Self {
        Self::over(Cloned::bare().await).await
    }

    /// A house whose tables are those before the newest migration, and nobody in it.
    pub async fn one_migration_ago() -> Self {
        Self::over(Cloned::one_migration_ago().await).await
    }

    /// Brings the tables up to date, as every start does.
    pub async fn migrate(&self) {
        app::migrate(&database::premises(&self.clone.name))
            .await
            .unwrap();
    }

    /// Takes over every row of another house, as far as there is a column for it here.
    pub async fn filled_from(&self, other: &Self) {
        let tables: Vec<String> = self
            .ask_all(
                "select table_name::text from information_schema.tables where table_schema = 'public'
                 and table_name <> '_sqlx_migrations'",
            )
            .await;
        for table in tables {
            let rows: String = other
                .ask(&format!(
                    "select coalesce(json_agg(t), '[]')::text from {table} t"
                ))
                .await;
            let columns: Option<String> = self
                .ask(&format!(
                    "select string_agg(quote_ident(column_name), ', ') from information_schema.columns
                     where table_name = '{table}' and table_schema = 'public' and is_generated = 'NEVER'"
                ))
                .await;
            let columns = columns.unwrap();
            // Rows come in any order and as they are: neither keys nor triggers are asked.
            self.sql(&format!(
                "set session_replication_role = replica; delete from {table}; insert into {table} ({columns})
                 overriding system value select {columns} from json_populate_recordset(null::{table}, $rows${rows}$rows$);
                 reset session_replication_role"
            ))
            .await;
        }
    }

    async fn over(clone: Cloned) -> Self {
        let clock = Clock::set(moment(BEGINNING));
        let mut app = app::open(database::premises(&clone.name)).await.unwrap();
        app.clock = clock.clone();
        let (halt, told) = watch::channel(Halt::No);
        Self {
            router: app::router(&app, told),
            owner: clone.owner(),
            app,
            clock,
            halt,
            clone,
        }
    }

    /// The same house on another morning.
    pub fn at(self, when: &str) -> Self {
        self.turn_to(when);
        self
    }

    /// Turns the clock to a day (its morning) or a moment. Sessions go stale as they would: ask for a client again.
    pub fn turn_to(&self, when: &str) {
        self.clock.turn_to(moment(when));
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.clock.fixed().unwrap()
    }

    /// A second process over the same database, with its own connections.
    pub async fn replica(&self) -> (App, Router) {
        let mut app = app::open(database::premises(&self.clone.name))
            .await
            .unwrap();
        app.clock = self.clock.clone();
        let router = app::router(&app, self.halt.subscribe());
        (app, router)
    }

    /// A browser nobody has signed in with.
    pub fn stranger(&self) -> Client {
        Client::new(self.router.clone())
    }

    /// A colleague who has signed in; passwords have a test of their own.
    pub async fn as_(&self, login: &str) -> Client {
        let (person, at) = (people::id(login), self.now().to_rfc3339());
        people::find(login);
        let secret = format!("session-of-{login}");
        self.sql(&format!(
            "insert into session (token_hash, person, created_at, last_seen, address, agent)
             values (sha256('{secret}'), '{person}', '{at}', '{at}', '127.0.0.1', 'test')
             on conflict (token_hash) do update set created_at = excluded.created_at, last_seen = excluded.last_seen"
        ))
        .await;
        let client = Client::new(self.router.clone());
        client.set_secret(&secret);
        client
    }

    /// Who acts, for acts called without HTTP.
    pub fn by(&self, login: &str) -> By {
        By {
            who: Who::Staff(people::find(login).staff()),
            at: self.now(),
            lang: Lang::Zh,
        }
    }

    /// Runs statements as the owner of the tables.
    pub async fn sql(&self, text: &str) {
        let mut db = self.owner.acquire().await.unwrap();
        database::run(&mut db, text.to_owned()).await;
    }

    /// Whether the database takes this statement; what it says where it does not.
    pub async fn try_sql(&self, text: &str) -> Result<u64, String> {
        let done = sqlx::raw_sql(AssertSqlSafe(text.to_owned()))
            .execute(&self.owner)
            .await;
        done.map(|done| done.rows_affected())
            .map_err(|error| error.to_string())
    }

    /// One value.
    pub async fn ask<T>(&self, text: &str) -> T
    where
        T: for<'r> Decode<'r, Postgres> + Type<Postgres>,
    {
        let mut all = self.ask_all::<T>(text).await;
        assert_eq!(all.len(), 1, "{text}");
        all.remove(0)
    }

    /// The first column of all rows.
    pub async fn ask_all<T>(&self, text: &str) -> Vec<T>
    where
        T: for<'r> Decode<'r, Postgres> + Type<Postgres>,
    {
        let rows = self.rows(text).await;
        rows.iter().map(|row| row.get::<T, _>(0)).collect()
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "tests ask what no statement of the house asks"
    )]
    pub async fn rows(&self, text: &str) -> Vec<PgRow> {
        let found = sqlx::query(AssertSqlSafe(text.to_owned()))
            .fetch_all(&self.owner)
            .await;
        found.unwrap_or_else(|error| panic!("{error}\n{text}"))
    }

    /// Every table with the number of its rows and a hash of what they say: two of these are equal when nothing was
    /// written. What sessions see last is no change.
    pub async fn everything(&self) -> Vec<String> {
        let tables: Vec<String> = self
            .ask_all(
                "select table_name::text from information_schema.tables where table_schema = 'public'
                 and table_name <> 'session' order by 1",
            )
            .await;
        let mut all = Vec::new();
        for table in tables {
            let text = format!(
                "select '{table} ' || count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '')
                 from {table} t"
            );
            all.push(self.ask::<String>(&text).await);
        }
        all
    }

    pub async fn count(&self, table: &str) -> i64 {
        self.ask(&format!("select count(*) from {table}")).await
    }
}

/// `2026-03-02` is nine in the morning of that day in the company's zone.
fn moment(text: &str) -> DateTime<Utc> {
    let text = if text.len() == 10 {
        format!("{text}T09:00:00+08:00")
    } else {
        text.to_owned()
    };
    DateTime::parse_from_rfc3339(&text)
        .unwrap()
        .with_timezone(&Utc)
}
