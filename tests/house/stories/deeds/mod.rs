//! Deeds 办事: what the people of a story do. Each goes the way a person goes: opens a page, finds the button or the link
//! there, fills in the form behind it and sends it. One file a desk.

pub mod closing;
pub mod credits;
mod forms;
pub mod issues;
pub mod money;
pub mod opening;
pub mod production;
pub mod proforma;
pub mod relays;
pub mod samples;
pub mod shipping;

use crate::support::{Client, Form, Reply, World};
use forms::Filled;
use std::cell::Cell;

/// A file that goes with a form: the field, its name, what is in it.
pub type File<'f> = (&'f str, &'f str, &'f [u8]);

/// One order and the house it stands in.
pub struct Story {
    pub w: World,
    pub number: String,
    /// Acts in the journal so far.
    told: Cell<i64>,
}

impl Story {
    pub fn of(w: World, number: String) -> Self {
        Self {
            w,
            number,
            told: Cell::new(0),
        }
    }

    /// `samples/1-1` is a page of the order, `/receipts` one of the house.
    pub fn url(&self, place: &str) -> String {
        match place {
            "" => format!("/orders/{}", self.number),
            place if place.starts_with('/') => place.to_owned(),
            place => format!("/orders/{}/{place}", self.number),
        }
    }

    /// She opens the page, goes to the form behind this link or button, types, and sends it; it is done.
    pub async fn does(&self, who: &str, way: (&str, &str), typed: &[(&str, &str)]) -> Reply {
        let reply = self.tries(who, way, typed).await.is(303);
        self.is_told(way).await;
        reply
    }

    /// The same with a file.
    pub async fn files(
        &self,
        who: &str,
        way: (&str, &str),
        typed: &[(&str, &str)],
        file: File<'_>,
    ) -> Reply {
        let reply = self.gives(who, way, typed, file).await;
        self.is_told(way).await;
        reply
    }

    /// A file is only read, nothing happens yet.
    pub async fn gives(
        &self,
        who: &str,
        way: (&str, &str),
        typed: &[(&str, &str)],
        file: File<'_>,
    ) -> Reply {
        let (url, form) = self.fills(who, way, typed).await;
        self.w.as_(who).await.upload(&url, form, file).await.is(303)
    }

    /// The same, where it leads on to another question and changes nothing yet.
    pub async fn goes_on(&self, who: &str, way: (&str, &str), typed: &[(&str, &str)]) -> String {
        let reply = self.tries(who, way, typed).await.is(303);
        reply.location().to_owned()
    }

    /// The same, whatever comes of it.
    pub async fn tries(&self, who: &str, way: (&str, &str), typed: &[(&str, &str)]) -> Reply {
        let (url, form) = self.fills(who, way, typed).await;
        self.w.as_(who).await.post_raw(&url, form).await
    }

    /// The address and the fields of the form, filled in.
    async fn fills(
        &self,
        who: &str,
        (from, to): (&str, &str),
        typed: &[(&str, &str)],
    ) -> (String, Form) {
        let client = self.w.as_(who).await;
        let (from, to) = (self.url(from), self.url(to));
        let (at, page) = opens(&client, &from).await;
        if let Some(form) = Filled::find(&page, &to) {
            return form.typed(typed);
        }
        let above = to.rsplit_once('/').map_or("", |(above, _)| above);
        if at == to {
            return Filled::find(&page, above).unwrap().typed(typed);
        }
        let link = page
            .attributes("a[href]", "href")
            .into_iter()
            .find(|href| href.split(['?', '#']).next() == Some(&to))
            .unwrap_or_else(|| panic!("{who} finds no way to {to} on {from}: {}", ways(&page)));
        let (_, page) = opens(&client, &link).await;
        let form = Filled::find(&page, &to).or_else(|| Filled::find(&page, above));
        form.unwrap_or_else(|| panic!("{link} has no form to {to}: {}", ways(&page)))
            .typed(typed)
    }

    /// One column of the order.
    pub async fn is(&self, column: &str) -> String {
        self.w
            .ask(&format!(
                "select {column}::text from export_order where number = '{}'",
                self.number
            ))
            .await
    }

    /// At this step, and next is this kind of action, at this side: `judge_sample customer`.
    pub async fn stands(&self, step: i16, next: &str) {
        let now = (
            self.is("step").await,
            self.is("coalesce(next_kind || ' ' || waiting, 'nothing')")
                .await,
        );
        assert_eq!(
            now,
            (step.to_string(), next.to_owned()),
            "open: {:?}\nowed: {:?}",
            self.open().await,
            self.owed().await
        );
    }

    /// Everything that stands open: `kind subject → side`.
    pub async fn open(&self) -> Vec<String> {
        self.w
            .ask_all(&format!(
                "select i.step || ' ' || i.kind || ' ' || i.subject || ' → ' || i.waiting from open_item i
                 join export_order o on o.id = i.order_id where o.number = '{}' order by i.due_at, i.kind",
                self.number
            ))
            .await
    }

    /// Nothing that is stored disagrees with what it follows from.
    pub async fn adds_up(&self) {
        let found = self.w.verify().await;
        assert!(found.is_empty(), "{}", found.join("\n"));
    }

    /// What was done just now stands in the journal, as one act.
    async fn is_told(&self, (from, to): (&str, &str)) {
        let acts = "select count(distinct act) from event where person is not null";
        let told = self.w.ask::<i64>(acts).await;
        let before = self.told.replace(told);
        assert_eq!(told, before + 1, "the journal does not tell {from} → {to}");
    }
}

/// The page, or the one that it leads on to, with its address.
async fn opens(client: &Client, url: &str) -> (String, Reply) {
    let page = client.get(url).await;
    if page.status == 303 {
        let on = page.location().to_owned();
        let page = client.get(&on).await.is(200);
        return (on, page);
    }
    (url.to_owned(), page.is(200))
}

/// Where a page leads, for a test that finds no way.
fn ways(page: &Reply) -> String {
    let mut ways = page.attributes("main a[href]", "href");
    ways.extend(page.attributes("main form", "action"));
    format!("\n{}\n{}", page.texts("main").join(" "), ways.join("\n"))
}
