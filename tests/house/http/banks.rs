//! Banks, couriers, currencies and rates: what is chosen fills what is printed, and nothing is written over unseen.

use crate::support::{Form, Reply, World, id};
use gendan::base::Currency;

async fn bank(w: &World) -> String {
    let form = Form::from([
        ("name_zh", "湖畔银行"),
        ("name_en", "Lakeside Bank, Ningbo"),
        ("country", "CN"),
        ("address", "8 Quay Road, Ningbo"),
        ("bic", "LAKECNBJ"),
    ]);
    let xu = w.as_("xu").await;
    xu.post("/banks", form)
        .await
        .leads_to("/banks/lakeside-bank-ningbo");
    w.ask::<uuid::Uuid>("select id from bank").await.to_string()
}

fn account(bank: &str) -> Form {
    Form::from([
        ("name", "湖畔美元户"),
        ("entity", &id("HY").to_string()),
        ("currency", "USD"),
        ("beneficiary", "Ningbo Hanyu"),
        ("bank_card", bank),
        ("bank", ""),
        ("bank_address", ""),
        ("bic", ""),
        ("account", "3301 5501 99"),
    ])
}

#[tokio::test]
async fn an_account_takes_from_its_bank_what_it_leaves_empty() {
    let w = World::new().await;
    let (card, xu) = (bank(&w).await, w.as_("xu").await);
    let url = xu.post("/company/accounts", account(&card)).await.is(303);
    let printed: String = w
        .ask("select bank || '|' || bank_address || '|' || bic from bank_account where name = '湖畔美元户'")
        .await;
    assert_eq!(
        printed,
        "Lakeside Bank, Ningbo|8 Quay Road, Ningbo|LAKECNBJ"
    );
    // What papers print stays as it was when the bank moves.
    let place = "/banks/lakeside-bank-ningbo";
    let page = xu.get(&format!("{place}/edit")).await.is(200);
    let moved = page.form(place).with("address", "9 Hill Road, Ningbo");
    xu.post(place, moved).await.is(303);
    assert!(xu.get(url.location()).await.has("8 Quay Road"));
    assert!(xu.get(place).await.has("湖畔美元户"));
    assert!(
        !w.as_("shen")
            .await
            .get(place)
            .await
            .is(200)
            .has("湖畔美元户")
    );
}

#[tokio::test]
async fn a_code_of_another_bank_is_refused() {
    let w = World::new().await;
    let (card, xu) = (bank(&w).await, w.as_("xu").await);
    let other = account(&card).with("bic", "HYCBCNSH");
    let reply = xu.post("/company/accounts", other).await.is(422);
    assert!(reply.has("与所选银行不符"));
    let branch = account(&card).with("bic", "LAKECNBJ92A");
    xu.post("/company/accounts", branch).await.is(303);
    let nothing = account(&id("nothing").to_string()).with("name", "别的");
    xu.post("/company/accounts", nothing).await.is(422);
    let alone = account("").with("name", "别的");
    let reply = xu.post("/company/accounts", alone).await.is(422);
    assert!(!reply.attributes("#f-bank-e, #f-bic-e", "id").is_empty());
}

#[tokio::test]
async fn the_audit_tells_finance_who_changed_a_bank() {
    let w = World::new().await;
    bank(&w).await;
    let seen = w.as_("xu").await.get("/audit?kind=account").await.is(200);
    assert!(seen.has("湖畔银行"));
    assert!(
        !w.as_("admin")
            .await
            .get("/audit")
            .await
            .is(200)
            .has("湖畔银行")
    );
}

#[tokio::test]
async fn decimals_are_the_same_on_the_page_in_sums_and_in_the_database() {
    let w = World::new().await;
    let all: Vec<String> = w.ask_all("select code::text from currency").await;
    let more = ["VND", "CLP", "ISK", "PYG", "UGX", "XAF", "XOF", "XPF"];
    let finer = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];
    let codes = all.iter().map(String::as_str).chain(more).chain(finer);
    for code in codes {
        let ours = i32::try_from(Currency::parse(code).unwrap().decimals()).unwrap();
        let theirs: i32 = w.ask(&format!("select minor_units('{code}')")).await;
        assert_eq!(ours, theirs, "{code}");
    }
    let differing: i64 = w
        .ask("select count(*) from currency where decimals <> minor_units(code::text)")
        .await;
    assert_eq!(differing, 0);
    let refused = w
        .try_sql("insert into currency (code, name_zh, name_en, decimals, place) values ('VND', '越南盾', 'Dong', 2, 40)")
        .await
        .unwrap_err();
    assert!(
        refused.contains("currency_decimals_are_minor_units"),
        "{refused}"
    );
}

#[tokio::test]
async fn a_product_shows_what_the_state_gives_back_today() {
    let w = World::new().await;
    w.sql(
        "insert into rebate_rate (id, hs_code, from_day, until_day, vat_rate, rebate_rate, treatment) values
             (gen_random_uuid(), '9405210090', '2026-01-01', '2026-11-30', 13, 9, 'refund'),
             (gen_random_uuid(), '9405210090', '2026-12-01', null, 13, 0, 'exempt')",
    )
    .await;
    let form = Form::from([
        ("item_no", "DL-08"),
        ("name_en", "Desk lamp"),
        ("hs_code", "9405210090"),
        ("unit", "pcs"),
    ]);
    let shen = w.as_("shen").await;
    shen.post("/products", form).await.is(303);
    let cells = |texts: Vec<String>| texts.join("|");
    let page = shen.get("/products/dl-08").await.is(200);
    assert!(cells(page.texts("#rebate td, #rebate th")).contains("13%|9%|退税"));
    let list = shen.get("/products").await.is(200);
    assert!(cells(list.texts("tbody td")).contains("13% / 9%|退税"));
    w.turn_to("2026-12-02");
    let shen = w.as_("shen").await;
    let list = shen.get("/products").await.is(200);
    assert!(cells(list.texts("tbody td")).contains("13% / 0%|免税"));
    let page = shen.get("/products/dl-08").await.is(200);
    assert!(cells(page.texts("#rebate td, #rebate th")).contains("13%|0%|免税"));
}

fn rate(figure: &str, source: &str) -> Form {
    Form::from([
        ("currency", "USD"),
        ("day", "2026-11-20"),
        ("rate", figure),
        ("source", source),
    ])
}

#[tokio::test]
async fn a_rate_of_the_same_day_is_shown_before_it_is_corrected() {
    let w = World::new().await;
    let xu = w.as_("xu").await;
    xu.post("/rates/exchange", rate("7.1012", "甬屿银行"))
        .await
        .is(303);
    let kept = "select rate::text from exchange_rate where currency = 'USD'";
    let asked = xu
        .post("/rates/exchange", rate("7.0912", "电话"))
        .await
        .is(409);
    assert!(asked.has("7.1012") && asked.has("甬屿银行"));
    assert_eq!(w.ask::<String>(kept).await, "7.101200");
    let form = asked.form("/rates/exchange");
    let typed = |name: &str, value: &str| form.0.contains(&(name.to_owned(), value.to_owned()));
    assert!(typed("rate", "7.0912") && typed("source", "电话") && typed("day", "2026-11-20"));
    // Meanwhile somebody else corrects it: what was shown is not what would be written over.
    w.sql("update exchange_rate set rate = 7.2, version = version + 1")
        .await;
    let asked = xu.post("/rates/exchange", form).await.is(409);
    assert!(asked.has("7.2"));
    xu.post("/rates/exchange", asked.form("/rates/exchange"))
        .await
        .is(303);
    assert_eq!(w.ask::<String>(kept).await, "7.091200");
    // The mark is of one day: with another day it corrects nothing.
    w.sql("insert into exchange_rate (currency, day, rate) values ('USD', '2026-11-19', 7)")
        .await;
    let other = asked.form("/rates/exchange").with("day", "2026-11-19");
    xu.post("/rates/exchange", other).await.is(409);
    let told: Vec<String> = w
        .ask_all("select payload::text from event where stream = 'rate:USD' order by seq")
        .await;
    assert_eq!(told.len(), 2);
    assert!(
        told.iter()
            .any(|one| one.contains("7.2") && one.contains("7.0912"))
    );
}

#[tokio::test]
async fn a_rate_ten_times_too_high_is_asked_for_once_more() {
    let w = World::new().await;
    w.sql("delete from exchange_rate").await;
    let xu = w.as_("xu").await;
    let place = "/rates/exchange";
    let first = rate("7.1012", "甬屿银行").with("day", "2026-11-19");
    xu.post(place, first).await.is(303);
    let asked = xu.post(place, rate("71.012", "电话")).await.is(422);
    assert!(asked.has("约为") && asked.has("7.1012") && asked.has("的 10 倍"));
    assert_eq!(w.count("exchange_rate").await, 1);
    let form = asked.form(place);
    let typed = |name: &str, value: &str| form.0.contains(&(name.to_owned(), value.to_owned()));
    assert!(typed("rate", "71.012") && typed("source", "电话") && typed("day", "2026-11-20"));
    // The word is given for one figure: another one far off is asked for again.
    let other = form.clone().with("rate", "710.12");
    let again = xu.post(place, other).await.is(422);
    assert!(again.has("的 100 倍"));
    let low = form.clone().with("rate", "0.71012");
    assert!(xu.post(place, low).await.is(422).has("的 10 分之一"));
    assert_eq!(w.count("exchange_rate").await, 1);
    xu.post(place, form).await.is(303);
    let kept = "select rate::text from exchange_rate where day = '2026-11-20'";
    assert_eq!(w.ask::<String>(kept).await, "71.012000");
    // The slip of that day is no measure of its own correction: the day before is.
    let held = xu.post(place, rate("7.1", "甬屿银行")).await.is(409);
    xu.post(place, held.form(place)).await.is(303);
    assert_eq!(w.ask::<String>(kept).await, "7.100000");
}

#[tokio::test]
async fn rates_are_walked_page_by_page() {
    let w = World::new().await;
    w.sql(
        "insert into rebate_rate (id, hs_code, from_day, vat_rate, rebate_rate, treatment)
         select gen_random_uuid(), (6200000000 + n)::text, '2026-01-01', 13, 13, 'refund' from generate_series(1, 110) n;
         insert into exchange_rate (currency, day, rate)
         select c, '2026-11-22'::date - n, 7 from generate_series(0, 29) n, unnest(array['USD', 'EUR']) c",
    )
    .await;
    let xu = w.as_("xu").await;
    let codes = |reply: &Reply| reply.texts("#rebate tbody th");
    let (mut seen, mut page) = (Vec::new(), xu.get("/rates?hs=62").await.is(200));
    let first = codes(&page);
    loop {
        seen.extend(codes(&page));
        let Some(next) = page.attributes("#rebate a[rel=next]", "href").pop() else {
            break;
        };
        page = xu.get(&next).await.is(200);
    }
    assert_eq!(seen.len(), 110);
    seen.dedup();
    assert_eq!(seen.len(), 110);
    for _ in 0..2 {
        let back = page
            .attributes("#rebate a[rel=prev]", "href")
            .pop()
            .unwrap();
        page = xu.get(&back).await.is(200);
    }
    assert_eq!(codes(&page), first);
    let newest = xu.get("/rates").await.is(200);
    let older = newest
        .attributes("#exchange a[rel=next]", "href")
        .pop()
        .unwrap();
    assert_eq!(newest.texts("#exchange tbody tr").len(), 50);
    let older = xu.get(&older).await.is(200);
    assert_eq!(older.texts("#exchange tbody tr").len(), 10);
}

#[tokio::test]
async fn a_parcel_goes_by_a_courier_we_added_and_is_followed_there() {
    let w = World::new().await;
    let shen = w.as_("shen").await;
    let form = Form::from([
        ("code", "yunda"),
        ("name_zh", "韵达速递"),
        ("name_en", "Yunda"),
        ("form", ""),
        ("tracking", "https://yunda.example/?no={number}"),
    ]);
    shen.post("/couriers", form)
        .await
        .leads_to("/couriers/YUNDA");
    let order = w.order().await;
    let packed = Form::from([
        ("kind", "documents"),
        ("recipient", "Anna Lind"),
        ("contents", "originals"),
        ("cost_payer", "us"),
    ]);
    let url = order.url();
    shen.post(&format!("{url}/parcels"), packed).await.is(303);
    let dispatch = format!("{url}/parcels/1/dispatch");
    let page = shen.get(&dispatch).await.is(200);
    assert!(page.has("韵达速递"));
    let none = page
        .form(&dispatch)
        .with("courier", "NOBODY")
        .with("waybill", "YD 77-01");
    let refused = shen.post(&dispatch, none).await.is(422);
    assert!(refused.has("YD 77-01"));
    let gone = page
        .form(&dispatch)
        .with("courier", "YUNDA")
        .with("waybill", "YD 77-01");
    shen.post(&dispatch, gone).await.is(303);
    let page = shen.get(&format!("{url}/samples")).await.is(200);
    let links = page.attributes("#parcel-1 a[rel=noreferrer]", "href");
    assert_eq!(links, ["https://yunda.example/?no=YD7701"]);
    assert!(page.has("韵达速递"));
}
