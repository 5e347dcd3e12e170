//! The tables themselves (P7, P15, P43): exact figures, days and moments told apart, a journal nobody rewrites.

use crate::support::World;

#[tokio::test]
async fn no_column_holds_a_binary_fraction() {
    let w = World::new().await;
    let found: Vec<String> = w
        .ask_all(
            "select table_name || '.' || column_name from information_schema.columns
             where table_schema = 'public' and data_type in ('real', 'double precision', 'money')",
        )
        .await;
    assert_eq!(found, Vec::<String>::new());
}

#[tokio::test]
async fn days_are_dates_and_moments_know_their_zone() {
    let w = World::new().await;
    let found: Vec<String> = w
        .ask_all(
            "select table_name || '.' || column_name || ' ' || data_type from information_schema.columns
             where table_schema = 'public' and table_name not like '\\_%' and (
                 data_type like '%without time zone'
                 or column_name like '%\\_at' and data_type <> 'timestamp with time zone'
                 or column_name like '%\\_on' and data_type not in ('date', 'boolean')
                 or column_name like '%\\_day' and data_type <> 'date')",
        )
        .await;
    assert_eq!(found, Vec::<String>::new());
}

#[tokio::test]
async fn amounts_have_a_fixed_scale() {
    let w = World::new().await;
    let found: Vec<String> = w
        .ask_all(
            "select table_name || '.' || column_name from information_schema.columns
             where table_schema = 'public' and data_type = 'numeric' and numeric_scale is null",
        )
        .await;
    assert_eq!(found, Vec::<String>::new());
}

#[tokio::test]
async fn the_working_role_owns_nothing_and_cannot_touch_the_journal() {
    let w = World::new().await;
    let owned: i64 = w
        .ask(
            "select count(*) from pg_class c join pg_roles r on r.oid = c.relowner
             where r.rolname = 'gendan_app'",
        )
        .await;
    assert_eq!(owned, 0);
    let powers: Vec<String> = w
        .ask_all(
            "select t || ' ' || p from unnest(array['event', 'event_stream', 'refusal']) t,
                 unnest(array['update', 'delete', 'truncate']) p
             where has_table_privilege('gendan_app', t, p)
             union all select 'event_stream insert' where has_table_privilege('gendan_app', 'event_stream', 'insert')
             union all select 'role ' || rolname from pg_roles
                 where rolname = 'gendan_app' and (rolsuper or rolcreaterole or rolcreatedb or rolbypassrls)
             union all select 'schema create' where has_schema_privilege('gendan_app', 'public', 'create')",
        )
        .await;
    assert_eq!(powers, Vec::<String>::new());
}

#[tokio::test]
async fn events_are_neither_changed_nor_taken_away_by_anybody() {
    let w = World::new().await;
    w.order().await;
    for text in [
        "update event set kind = 'nothing'",
        "delete from event",
        "truncate event cascade",
    ] {
        let refused = w.try_sql(text).await.unwrap_err();
        assert!(refused.contains("append-only"), "{text}: {refused}");
    }
}

#[tokio::test]
async fn what_a_superuser_tampers_with_is_found() {
    let w = World::new().await;
    w.order().await;
    let clean = gendan::app::verify(&w.app).await.unwrap();
    assert_eq!(clean, Vec::<String>::new());
    for text in [
        "update event set payload = payload || '{\"lines\": 3}' where seq = 1",
        "update event set at = at + interval '1 second' where seq = 1",
        "update event set person = gen_random_uuid() where seq = 1",
        "delete from event where (stream, seq) in (select stream, max(seq) from event group by stream limit 1)",
    ] {
        w.sql("create table kept as select * from event; create table kept_stream as select * from event_stream")
            .await;
        w.sql(&format!(
            "alter table event disable trigger all; {text}; alter table event enable trigger all"
        ))
        .await;
        let found = gendan::app::verify(&w.app).await.unwrap();
        assert!(!found.is_empty(), "not seen: {text}");
        w.sql(
            "alter table event disable trigger all; delete from event; insert into event select * from kept;
             alter table event enable trigger all; drop table kept, kept_stream",
        )
        .await;
    }
}
