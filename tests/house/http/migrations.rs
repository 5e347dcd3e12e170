//! Migrations (P40): a house of one migration ago, with orders in it, becomes the house of today; once more is nothing.

use crate::support::World;

/// What the tables are, by their columns, constraints, indexes, triggers and functions.
async fn shape(w: &World) -> Vec<String> {
    w.ask_all(
        "select table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || coalesce(column_default, '')
             from information_schema.columns where table_schema = 'public'
         union all select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
             from pg_constraint where connamespace = 'public'::regnamespace
         union all select indexdef from pg_indexes where schemaname = 'public'
         union all select pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
         union all select proname || md5(prosrc) from pg_proc where pronamespace = 'public'::regnamespace
         order by 1",
    )
    .await
}

#[tokio::test]
async fn a_house_of_one_migration_ago_becomes_that_of_today_with_all_it_held() {
    let today = World::new().await;
    today.ready_order().await;
    let old = World::one_migration_ago().await;
    assert!(old.count("_sqlx_migrations").await + 1 == today.count("_sqlx_migrations").await);
    old.filled_from(&today).await;
    let held = old.count("event").await;
    assert!(held >= 10 && old.count("export_order").await == 1);
    old.migrate().await;
    assert_eq!(shape(&old).await, shape(&today).await);
    assert_eq!(old.count("event").await, held);
    assert_eq!(old.verify().await, Vec::<String>::new());
}

#[tokio::test]
async fn migrating_once_more_changes_nothing() {
    let w = World::new().await;
    w.order().await;
    let (before, was) = (w.everything().await, shape(&w).await);
    w.migrate().await;
    assert_eq!(w.everything().await, before);
    assert_eq!(shape(&w).await, was);
}
