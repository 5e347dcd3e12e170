//! The database away (P38): a page that says so, health that stays, and back by itself.

use crate::support::World;
use gendan::app;
use gendan::web::serve::Halt;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use std::time::Duration;
use tokio::sync::watch;

#[tokio::test]
async fn without_its_database_the_house_says_so_and_comes_back_by_itself() {
    let w = World::new().await;
    // A door that can be taken away: a link to the folder of the server's socket.
    let real = w.app.db.connect_options();
    let folder = real
        .get_socket()
        .cloned()
        .unwrap_or_else(|| real.get_host().into());
    let link = std::env::temp_dir().join(format!("gendan-away-{}", std::process::id()));
    let _ = std::fs::remove_file(&link);
    std::os::unix::fs::symlink(&folder, &link).unwrap();
    let options: PgConnectOptions = (*real).clone().socket(&link);
    let db = PgPoolOptions::new()
        .max_connections(4)
        .acquire_timeout(Duration::from_millis(2_500))
        .connect_lazy_with(options.application_name("gendan-away"));
    let mut house = w.app.clone();
    house.db = db;
    let (_halt, told) = watch::channel(Halt::No);
    let router = app::router(&house, told);
    let client = w.as_("shen").await.at(&router);
    client.get("/approvals").await.is(200);

    std::fs::remove_file(&link).unwrap();
    w.sql("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'gendan-away'").await;
    let began = std::time::Instant::now();
    let reply = client.get("/approvals").await.is(503);
    assert!(began.elapsed() < Duration::from_secs(3));
    assert_eq!(reply.header("retry-after"), "3");
    assert!(!reply.header("content-security-policy").is_empty());
    assert_eq!(reply.attributes("html", "lang"), ["zh-CN"]);
    let order = "/orders/HY26-0001/proforma";
    client.post(order, []).await.is(503);
    client.get("/healthz").await.is(200);
    client.get("/readyz").await.is(503);
    client
        .get(&gendan::web::assets::url("js/app.js"))
        .await
        .is(200);

    std::os::unix::fs::symlink(&folder, &link).unwrap();
    client.get("/approvals").await.is(200);
    client.get("/readyz").await.is(200);
    std::fs::remove_file(&link).unwrap();
}

#[tokio::test]
async fn a_house_that_closes_is_not_ready() {
    let w = World::new().await;
    let (halt, told) = watch::channel(Halt::No);
    let client = w.stranger().at(&app::router(&w.app, told));
    client.get("/readyz").await.is(200);
    halt.send(Halt::Gently).unwrap();
    client.get("/readyz").await.is(503);
    client.get("/healthz").await.is(200);
}
