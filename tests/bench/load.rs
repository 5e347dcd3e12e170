//! Load: a house with its people, made through the acts of the demo, and as many orders as the size says, laid into the
//! tables as they would lie there after years: most are closed, the newest stand in all nine steps, their lines have
//! Chinese and Latin words, some common, some rare.

use super::ground::Ground;
use super::size::Size;
use anyhow::Context;
use gendan::app::{self, Premises};
use gendan::config::Config;
use gendan::demo;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection, Row};

/// Written last: a database that carries it is whole.
const MARK: &str = "bench_loaded";

/// What every measured session is known by.
pub fn secret(login: &str) -> String {
    format!("bench-{login}")
}

/// Fills the database of this size where it is not there yet; what an interrupted run left is thrown away.
pub async fn fill(ground: &Ground, size: Size) -> anyhow::Result<()> {
    let database = size.database();
    if is_whole(ground, &database).await {
        return renew(ground, &database).await;
    }
    let mut server = ground.owner("postgres").connect().await?;
    run(
        &mut server,
        &format!("drop database if exists {database} with (force)"),
    )
    .await?;
    run(&mut server, &format!("create database {database}")).await?;
    run(
        &mut server,
        &format!("grant connect on database {database} to gendan_app"),
    )
    .await?;
    server.close().await?;
    company(ground, &database).await?;
    eprintln!("loading {} orders", size.0);
    let mut db = ground.owner(&database).connect().await?;
    for (what, statement) in statements(size) {
        let begun = std::time::Instant::now();
        run(&mut db, &statement)
            .await
            .with_context(|| what.to_owned())?;
        eprintln!("  {what}: {:.1} s", begun.elapsed().as_secs_f64());
    }
    db.close().await?;
    renew(ground, &database).await
}

/// People, parties, products and a few whole orders, as the demo tells them.
async fn company(ground: &Ground, database: &str) -> anyhow::Result<()> {
    let premises = Premises {
        config: Config::from_env().map_err(|_| anyhow::anyhow!("the settings are wrong"))?,
        files: ground.folder.join(format!("files-{database}")),
        app: ground.app(database),
        owner: ground.owner(database),
        demo: true,
    };
    app::migrate(&premises).await?;
    let house = app::open(premises).await?;
    let seeded = demo::seed(&house).await;
    app::close(house).await;
    seeded.map_err(|error| anyhow::anyhow!("load the company: {error:?}"))?;
    Ok(())
}

async fn is_whole(ground: &Ground, database: &str) -> bool {
    let Ok(mut db) = ground.owner(database).connect().await else {
        return false;
    };
    ask(
        &mut db,
        &format!("select 1 from pg_tables where tablename = '{MARK}'"),
    )
    .await
    .is_ok_and(|rows| !rows.is_empty())
}

/// Sessions of this hour, and a server that has nothing left to tidy.
async fn renew(ground: &Ground, database: &str) -> anyhow::Result<()> {
    let mut db = ground.owner(database).connect().await?;
    for login in ["shen", "gu", "xu"] {
        let secret = secret(login);
        run(
            &mut db,
            &format!(
                "insert into session (token_hash, person, created_at, last_seen, address, agent)
                 select sha256('{secret}'), id, now(), now(), '127.0.0.1', 'bench' from person where email like '{login}@%'
                 on conflict (token_hash) do update set created_at = now(), last_seen = now()"
            ),
        )
        .await?;
    }
    run(&mut db, "checkpoint").await
}

/// Numbers of loaded orders that are under way, spread over their steps.
pub async fn orders(ground: &Ground, size: Size) -> anyhow::Result<Vec<String>> {
    let mut db = ground.owner(&size.database()).connect().await?;
    let rows = ask(
        &mut db,
        "select o.number from export_order o join bench_order b using (id)
         where o.condition = 'open' and o.department = (select department from person where email like 'gu@%')
         order by md5(o.number) limit 20",
    )
    .await?;
    Ok(rows.iter().map(|row| row.get(0)).collect())
}

/// An order far down the list of all.
pub async fn deep(ground: &Ground, size: Size) -> anyhow::Result<String> {
    let mut db = ground.owner(&size.database()).connect().await?;
    let rows = ask(
        &mut db,
        "select number from export_order order by opened_at desc, id desc offset (select count(*) / 2 from export_order) limit 1",
    )
    .await?;
    let row = rows.first().context("no order was loaded")?;
    Ok(format!(
        "/orders?condition=all&after={}",
        row.get::<String, _>(0)
    ))
}

fn statements(size: Size) -> Vec<(&'static str, String)> {
    let count = size.0;
    vec![
        ("orders", orders_sql(count)),
        ("lines", LINES.to_owned()),
        ("search", SEARCH.to_owned()),
        ("what stands open", OPEN_ITEMS.to_owned()),
        ("proforma invoices", PROFORMAS.to_owned()),
        ("events", EVENTS.to_owned()),
        ("indexes and statistics", "vacuum (analyze)".to_owned()),
        ("mark", format!("create table {MARK} ()")),
    ]
}

/// The newest tenth is under way, the rest closed but for a few stragglers; opened over five years.
fn orders_sql(count: i64) -> String {
    format!(
        "create table bench_order as
         with team as (
             select row_number() over (order by o.email) as k, count(*) over () as of, o.id as operator, o.department,
                 (select s.id from person s where s.department = o.department and 'salesperson' = any(s.roles)
                     order by s.email limit 1) as salesperson
             from person o where 'order_operator' = any(o.roles)
         ), buyer as (
             select row_number() over (order by code) as k, count(*) over () as of, id, search from customer
         )
         select gen_random_uuid() as id, n,
             'B' || chr(65 + (n / 90000)::int) || '26-' || (10000 + n % 90000)::text as number,
             t.operator, t.department, t.salesperson, b.id as customer, b.search as buyer,
             case when n > {count} * 0.9 or n % 1000 = 7 then 'open' else 'closed' end as condition,
             case when n > {count} * 0.98 then 1 + (n % 3) when n > {count} * 0.96 then 4
                  when n > {count} * 0.9 or n % 1000 = 7 then 5 + (n % 5) else 9 end as step,
             now() - make_interval(secs => ({count} - n) * (5.0 * 365 * 86400 / {count})) as opened_at,
             (array['陶瓷杯子', '保温杯', 'LED 台灯', '亚麻衬衫', '竹制砧板', '帆布背包', '花园长椅', '玻璃花瓶', '针织毛毯', '不锈钢餐具'])[1 + n % 10]
                 || ' ' || (array['原色', '雾蓝', '墨绿', '米白', '炭灰', '砖红', '天青', '杏黄', '藕粉', '黛紫'])[1 + n / 10 % 10]
                 || case when n % 5003 = 11 then ' 唛玉礼盒' else '' end
                 || case when n % 97 = 5 then ' lantern set' else '' end as title,
             'PO-' || (40000 + n)::text as reference
         from generate_series(1, {count}) n
         join team t on t.k = 1 + n % t.of join buyer b on b.k = 1 + (n * n % 97) % b.of;
         insert into export_order (id, number, entity, department, salesperson, operator, customer, title,
             customer_reference, currency, incoterm, place, terms, delivery_on, step, condition, waiting, next_kind,
             next_due, problem, opened_at)
         select id, number, (select id from legal_entity order by id limit 1), department, salesperson, operator, customer,
             title, reference, 'USD', 'FOB', 'Ningbo', 'TT_30_70_COPY', (opened_at + interval '90 days')::date, step,
             condition,
             case when condition = 'open' then (array['us', 'customer', 'factory', 'forwarder'])[1 + n % 4] end,
             case when condition = 'open' then 'start_production' end,
             case when condition = 'open' then now() + make_interval(hours => (n % 400)::int - 100) end,
             condition = 'open' and n % 17 = 3, opened_at
         from bench_order"
    )
}

const LINES: &str = "
    insert into order_line (order_id, pos, id, item_no, description_en, description_zh, colour, quantity, unit, unit_price, cartons)
    select o.id, p, gen_random_uuid(), 'IT-' || (1000 + (o.n * 7 + p) % 9000), 'Item ' || p || ' of ' || o.reference, o.title,
        (array['natural', 'blue', 'green', 'white', 'grey'])[p], 100 + (o.n * p) % 900, 'pcs', 1.25 + (o.n + p) % 40, 10
    from bench_order o, generate_series(1, 5) p";

/// The same pairs of neighbouring letters that the program makes.
const SEARCH: &str = "
    create function bench_grams(text) returns text[] language sql immutable as $$
        select array_agg(distinct substr(w, i, 2)) from regexp_split_to_table($1, '\\s+') w,
            generate_series(1, greatest(length(w) - 1, 1)) i where w <> '' $$;
    insert into order_search (order_id, text, grams)
    select id, t, bench_grams(t) from (
        select id, lower(number || ' ' || title || ' ' || reference || ' ' || trim(buyer)) as t from bench_order) x";

const OPEN_ITEMS: &str = "
    insert into open_item (order_id, step, kind, subject, waiting, owner, since, due_at, problem)
    select o.id, o.step, k, '', (array['us', 'customer', 'factory', 'forwarder'])[1 + (o.n + ord) % 4], o.operator, o.opened_at,
        now() + make_interval(hours => ((o.n * ord) % 400)::int - 100), o.n % 17 = 3 and ord = 1
    from bench_order o, unnest(array['start_production', 'leave_step']) with ordinality u (k, ord)
    where o.condition = 'open'";

/// What one order of the demo had confirmed, at the sum of these lines.
const PROFORMAS: &str = "
    insert into proforma_invoice (id, order_id, revision, stage, dated, valid_until, buyer, created_by, created_at,
        content, content_hash, total, currency, submitted_by, submitted_at, approved_at, sent_at, answered_at)
    select gen_random_uuid(), o.id, 1, 'confirmed', o.opened_at::date, o.opened_at::date + 30, 'Buyer', o.operator, o.opened_at,
        d.content, sha256(o.id::text::bytea), s.total, 'USD', o.operator, o.opened_at, o.opened_at, o.opened_at, o.opened_at
    from bench_order o
    cross join (select content from proforma_invoice where stage = 'confirmed' and currency = 'USD' order by id limit 1) d
    join (select order_id, sum(round(quantity * unit_price, 2)) as total from order_line group by order_id) s on s.order_id = o.id
    where o.step >= 5";

/// Three events an order; their chain is what `verify` looks at, not a page.
const EVENTS: &str = "
    alter table event disable trigger event_chain;
    insert into event_stream (stream, last_seq, last_hash) select 'order:' || id, 3, '\\x' from bench_order;
    insert into event (stream, seq, at, act, person, kind, payload, prev, hash)
    select 'order:' || o.id, s, o.opened_at + make_interval(days => s), gen_random_uuid(), o.operator, e.kind, e.payload, '\\x', '\\x'
    from bench_order o, generate_series(1, 3) s
    cross join (select kind, payload from event where kind = 'order_opened' limit 1) e;
    alter table event enable trigger event_chain";

pub async fn run(db: &mut PgConnection, statement: &str) -> anyhow::Result<()> {
    sqlx::raw_sql(AssertSqlSafe(statement.to_owned()))
        .execute(db)
        .await?;
    Ok(())
}

#[expect(
    clippy::disallowed_methods,
    reason = "the benchmark asks what no statement of the house asks"
)]
pub async fn ask(
    db: &mut PgConnection,
    statement: &str,
) -> anyhow::Result<Vec<sqlx::postgres::PgRow>> {
    Ok(sqlx::query(AssertSqlSafe(statement.to_owned()))
        .fetch_all(db)
        .await?)
}
