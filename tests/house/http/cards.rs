//! Cards: whatever kind of master data it is, it is found, walked, taken home, put away and saved in the same way.

use super::card_kinds::{KINDS, Kind};
use crate::support::{Client, Form, Reply, World};
use calamine::{Reader, Xlsx};
use scraper::{ElementRef, Selector};
use std::io::Cursor;

/// Kinds that are cards of one machine; users have pages of their own.
fn cards() -> impl Iterator<Item = &'static Kind> {
    KINDS.iter().filter(|kind| kind.place != "/users")
}

impl Kind {
    /// The empty form with what is typed, the `n`th of its kind.
    async fn form(&self, client: &Client, n: u8) -> Form {
        let page = client.get(&format!("{}/new", self.place)).await.is(200);
        let letter = char::from(b'A' + n).to_string();
        let mut form = page.form(self.place);
        for (name, value) in self.typed {
            let value = value
                .replace('#', &letter)
                .replace('~', &(101 + n).to_string());
            form = form.with(name, value);
        }
        if self.place == "/company/accounts" {
            form = form.with("entity", crate::support::id("HY").to_string());
        }
        form
    }

    /// Enters it, and answers its address.
    async fn add(&self, client: &Client, n: u8) -> String {
        let form = self.form(client, n).await.with("anyway", "yes");
        let reply = client.post(self.place, form).await.is(303);
        reply.location().to_owned()
    }

    async fn listed(&self, client: &Client, query: &str) -> Reply {
        client.get(&format!("{}?{query}", self.place)).await.is(200)
    }
}

fn links(reply: &Reply) -> Vec<String> {
    reply.attributes("tbody th a", "href")
}

/// Fields that came back otherwise than they were sent; what nobody types is left aside.
fn lost(sent: &Form, shown: &Form) -> Vec<String> {
    let own = ["csrf", "key", "rev", "anyway"];
    let typed = sent
        .0
        .iter()
        .filter(|(name, _)| !own.contains(&name.as_str()));
    typed
        .filter(|pair| !pair.1.is_empty() && !shown.0.contains(pair))
        .map(|(name, value)| format!("{name} = {value}"))
        .collect()
}

#[tokio::test]
async fn every_kind_is_found_by_its_characters_its_letters_and_its_initials() {
    let w = World::new().await;
    for kind in &KINDS {
        let client = w.as_(kind.login).await;
        let before = links(&kind.listed(&client, "").await).len();
        if kind.place == "/users" {
            let form = kind.form(&client, 0).await;
            let reply = client.post(kind.place, form).await;
            assert!(reply.status < 400, "{}", reply.text());
        } else {
            kind.add(&client, 0).await;
        }
        for word in kind.found_by {
            let query = format!("q={}", gendan::web::routes::percent(word));
            let found = links(&kind.listed(&client, &query).await);
            assert_eq!(found.len(), 1, "{} by {word}: {found:?}", kind.place);
        }
        assert!(links(&kind.listed(&client, "q=zzqqxx").await).is_empty());
        let after = links(&kind.listed(&client, "").await).len();
        assert!(after > before || after >= 50, "{}", kind.place);
    }
}

#[tokio::test]
async fn every_list_is_walked_to_its_end_and_back() {
    let w = World::new().await;
    for kind in cards() {
        let client = w.as_(kind.login).await;
        for n in 0..22 {
            kind.add(&client, n).await;
        }
        let first = kind.listed(&client, "q=lakeside&size=20").await;
        let next = first.attributes("a[rel=next]", "href");
        assert_eq!(links(&first).len(), 20, "{}", kind.place);
        assert_eq!(first.attributes("a[rel=prev]", "href").len(), 0);
        let second = client.get(next.first().unwrap()).await.is(200);
        assert_eq!(links(&second).len(), 2, "{}", kind.place);
        assert_eq!(second.attributes("a[rel=next]", "href").len(), 0);
        let both: std::collections::BTreeSet<String> =
            links(&first).into_iter().chain(links(&second)).collect();
        assert_eq!(both.len(), 22, "{}: one stands on both pages", kind.place);
        let back = second.attributes("a[rel=prev]", "href");
        let again = client.get(back.first().unwrap()).await.is(200);
        assert_eq!(links(&again), links(&first), "{}", kind.place);
        let turned = kind.listed(&client, "q=lakeside&size=50&sort=-name").await;
        let mut straight = links(&kind.listed(&client, "q=lakeside&size=50").await);
        straight.reverse();
        assert_eq!(links(&turned), straight, "{}", kind.place);
    }
}

/// Rows as the page shows them: name, the other name, the cells; a dash says that there is nothing.
fn rows_of_the_page(reply: &Reply) -> Vec<Vec<String>> {
    let pick = |text: &str| Selector::parse(text).unwrap();
    let words = |found: ElementRef<'_>| found.text().collect::<String>().trim().to_owned();
    let (row, name, under, cell) = (
        pick("tbody tr"),
        pick("th a"),
        pick("th .under"),
        pick("td"),
    );
    let nothing = pick("[aria-hidden=true]");
    let html = reply.html();
    html.select(&row)
        .map(|row| {
            let mut cells = vec![
                row.select(&name).map(words).collect::<String>(),
                row.select(&under).map(words).collect::<String>(),
            ];
            for cell in row.select(&cell) {
                let empty = cell.select(&nothing).next().is_some();
                cells.push(if empty { String::new() } else { words(cell) });
            }
            cells
        })
        .collect()
}

fn rows_of_the_workbook(reply: &Reply) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(reply.body.to_vec())).unwrap();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    let width = range.width();
    range
        .rows()
        .skip(1)
        .map(|row| {
            let mut row: Vec<String> = row.iter().map(ToString::to_string).collect();
            row.resize(width, String::new());
            row
        })
        .collect()
}

#[tokio::test]
async fn the_workbook_says_what_the_list_says() {
    let w = World::new().await;
    w.sql(
        "insert into rebate_rate (id, hs_code, from_day, vat_rate, rebate_rate, treatment)
         values (gen_random_uuid(), '6912001000', '2026-01-01', 13, 9, 'refund')",
    )
    .await;
    for kind in cards() {
        let client = w.as_(kind.login).await;
        for n in 0..3 {
            kind.add(&client, n).await;
        }
        let shown = rows_of_the_page(&kind.listed(&client, "q=lakeside").await);
        let book = client
            .get(&format!("{}.xlsx?q=lakeside", kind.place))
            .await
            .is(200);
        assert_eq!(shown.len(), 3, "{}", kind.place);
        assert_eq!(rows_of_the_workbook(&book), shown, "{}", kind.place);
    }
}

#[tokio::test]
async fn what_is_entered_twice_is_asked_about_or_refused_and_stays_typed() {
    let w = World::new().await;
    for kind in cards() {
        let client = w.as_(kind.login).await;
        kind.add(&client, 0).await;
        let before = w.everything().await;
        let form = kind.form(&client, 0).await;
        let reply = client.post(kind.place, form.clone()).await.is(422);
        let told = reply.attributes("[role=alert] a", "href");
        assert!(!told.is_empty(), "{} says nothing", kind.place);
        let lost = lost(&form, &reply.form(kind.place));
        assert!(lost.is_empty(), "{} lost {lost:?}", kind.place);
        assert_eq!(w.everything().await, before, "{}", kind.place);
    }
}

#[tokio::test]
async fn a_refused_form_keeps_what_was_typed() {
    let w = World::new().await;
    for kind in &KINDS {
        let client = w.as_(kind.login).await;
        let before = w.everything().await;
        let form = kind.form(&client, 0).await.with(kind.bad.0, kind.bad.1);
        let reply = client.post(kind.place, form.clone()).await.is(422);
        let lost = lost(&form, &reply.form(kind.place));
        assert!(lost.is_empty(), "{} lost {lost:?}", kind.place);
        assert_eq!(w.everything().await, before, "{}", kind.place);
    }
}

#[tokio::test]
async fn who_saves_second_is_shown_both_versions() {
    let w = World::new().await;
    for kind in cards() {
        let client = w.as_(kind.login).await;
        let url = kind.add(&client, 0).await;
        let page = client.get(&format!("{url}/edit")).await.is(200);
        let form = page.form(&url);
        let first = form.clone().with(kind.text, "先保存的");
        client.post(&url, first).await.leads_to(&url);
        let second = form.with(kind.text, "后保存的");
        let stale = client.post(&url, second).await.is(409);
        let name = format!("input[name={}]", kind.text);
        assert_eq!(
            stale.attributes(&name, "value"),
            ["后保存的", "先保存的"],
            "{}",
            kind.place
        );
        let merged = stale.form(&url).with(kind.text, "后保存的");
        client.post(&url, merged).await.leads_to(&url);
        assert!(client.get(&url).await.has("后保存的"), "{}", kind.place);
    }
}

#[tokio::test]
async fn what_is_put_away_is_out_of_the_list_and_comes_back() {
    let w = World::new().await;
    for kind in cards() {
        let client = w.as_(kind.login).await;
        let url = kind.add(&client, 0).await;
        let away = client
            .get(&url)
            .await
            .is(200)
            .form(&format!("{url}/archive"));
        client
            .post(&format!("{url}/archive"), away.clone())
            .await
            .leads_to(&url);
        let used = links(&kind.listed(&client, "q=lakeside").await);
        assert!(used.is_empty(), "{}: {used:?}", kind.place);
        let kept = links(&kind.listed(&client, "q=lakeside&archived=yes").await);
        assert_eq!(kept, std::slice::from_ref(&url), "{}", kind.place);
        // The page from before would put away what somebody has taken out again meanwhile.
        let restoration = format!("{url}/restoration");
        client.post(&restoration, away).await.is(409);
        let back = client.get(&url).await.is(200).form(&restoration);
        client.post(&restoration, back).await.leads_to(&url);
        let used = links(&kind.listed(&client, "q=lakeside").await);
        assert_eq!(used, [url], "{}", kind.place);
    }
}

#[tokio::test]
async fn a_payees_account_stands_on_the_page_of_its_factory_and_is_kept_like_a_card() {
    let w = World::new().await;
    let xu = w.as_("xu").await;
    let place = "/payees?of=factory/qiming";
    let asked = xu.get("/payees/new?of=factory/qiming").await.is(200);
    let form = asked
        .form(place)
        .with("holder", "启明制衣")
        .with("bank", "海屿商行")
        .with("account", "3301 5501 99");
    let bad = form.clone().with("bic", "HYCB");
    let refused = xu.post(place, bad.clone()).await.is(422);
    assert!(lost(&bad, &refused.form(place)).is_empty());
    xu.post(place, form).await.is(303);
    let id: uuid::Uuid = w
        .ask("select id from payee_account where holder = '启明制衣'")
        .await;
    let url = format!("/payees/{id}");
    let form = xu.get(&url).await.is(200).form(&url);
    let first = form.clone().with("bank", "甬屿银行");
    xu.post(&url, first).await.is(303);
    let stale = xu.post(&url, form.with("bank", "湖畔银行")).await.is(409);
    assert!(stale.has("甬屿银行") && stale.has("湖畔银行"));
    let away = format!("{url}/archive");
    let form = xu.get(&url).await.is(200).form(&away);
    xu.post(&away, form).await.is(303);
    assert_eq!(
        w.count("payee_account where archived_at is not null").await,
        1
    );
    let back = format!("{url}/restoration");
    let form = xu.get(&url).await.is(200).form(&back);
    xu.post(&back, form).await.is(303);
    assert!(xu.get("/factories/qiming").await.has("甬屿银行"));
}
