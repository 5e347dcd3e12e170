//! Wandering 漫步: colleagues who click at random on what the pages offer. Whatever they do, no page breaks, no link and no
//! form leads to a closed door, the house adds up after every act, and no running order is without somebody who is next
//! (invariants 1 and 6 of the lifecycle). The same seed takes the same way.

use crate::support::{Asked, Client, Control, Form, Kind, Placed, Reply, Wanted, World, say};
use chrono::{Days, TimeDelta};
use gendan::credits::Stage as CreditStage;
use gendan::production::order::Stage as PaperStage;
use gendan::proforma::Stage as InvoiceStage;
use gendan::shipping::shipment::Stage as ShipmentStage;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};

/// Who walks where it is nobody's turn: the operator has the most to do.
const WALKERS: [&str; 7] = ["shen", "shen", "shen", "zhou", "gu", "gu", "xu"];
/// Where a page of the order may lead; not to the cards of other things, which have walks of their own.
const PLACES: [&str; 10] = [
    "/orders/",
    "/shipments/",
    "/credits/",
    "/receipts",
    "/payables",
    "/approvals",
    "/hand-overs",
    "/verifications",
    "/rebates",
    "/settlement",
];
/// Downloads, and pages that change nothing or take any file.
const SEEN_ENOUGH: [&str; 5] = ["xlsx", "/files/", "/timeline", "/documents", "/print"];
const STRIDES: usize = 50;

struct Wanderer {
    w: World,
    order: Placed,
    dice: StdRng,
    /// What was done, for whoever reads a failure.
    way: Vec<String>,
    done: usize,
}

impl Wanderer {
    fn new(w: World, order: Placed, seed: u64) -> Self {
        Self {
            w,
            order,
            dice: StdRng::seed_from_u64(seed),
            way: Vec::new(),
            done: 0,
        }
    }

    async fn walk(mut self) {
        for _ in 0..STRIDES {
            self.stride().await;
            if self.dice.random_bool(0.15) {
                let hours = self.dice.random_range(1..30);
                let later = self.w.now() + TimeDelta::hours(hours);
                self.w.turn_to(&later.to_rfc3339());
            }
        }
        let step: i16 = self.w.step_of(&self.order).await;
        say(&format!(
            "{}: {} of {} forms were taken, the order stands at step {step}",
            self.order.number, self.done, STRIDES
        ));
        assert!(self.done >= STRIDES / 10, "{}", self.told());
    }

    /// Whose turn it is by the order, mostly.
    async fn walker(&mut self) -> &'static str {
        let next: Vec<String> = self
            .w
            .ask_all("select waiting from open_item order by due_at limit 1")
            .await;
        let turn = match next.first().map(String::as_str) {
            Some("manager") => Some("gu"),
            Some("finance") => Some("xu"),
            Some(_) => Some("shen"),
            None => None,
        };
        match turn {
            Some(login) if self.dice.random_bool(0.6) => login,
            _ => WALKERS.choose(&mut self.dice).copied().unwrap(),
        }
    }

    async fn stride(&mut self) {
        let login = self.walker().await;
        let walker = self.w.as_(login).await;
        let mut page = walker.get(&self.order.url()).await;
        if page.status == 404 {
            // It was handed to a colleague who does not walk.
            return;
        }
        let mut forms = Vec::new();
        for strides in 0..4 {
            // On past a page with nothing to fill in, and sometimes past one with something.
            if strides > 0 && !forms.is_empty() && self.dice.random_bool(0.6) {
                break;
            }
            let Some(link) = self.link(&page) else { break };
            self.way.push(format!("{login} opens {link}"));
            let next = self.opened(&walker, link).await;
            if next.header("content-type").starts_with("text/html") {
                page = next;
                forms = page.asked();
            }
        }
        let Some(form) = forms.choose(&mut self.dice).cloned() else {
            return;
        };
        // An order that ends early leaves little to walk through.
        let ends = ["cancel", "drop", "void"];
        if ends.iter().any(|end| form.action.contains(end)) && self.dice.random_bool(0.9) {
            return;
        }
        self.send(&walker, &form).await;
    }

    /// What is next half of the time, else anything that the page points at.
    fn link(&mut self, page: &Reply) -> Option<String> {
        let next = page.attributes("main a[data-next]", "href");
        if !next.is_empty() && self.dice.random_bool(0.5) {
            return next.choose(&mut self.dice).cloned();
        }
        let links: Vec<String> = page
            .attributes("main a[href]", "href")
            .into_iter()
            .filter(|link| PLACES.iter().any(|place| link.starts_with(place)))
            .filter(|link| SEEN_ENOUGH.iter().all(|place| !link.contains(place)))
            .collect();
        links.choose(&mut self.dice).cloned()
    }

    /// A link that a page offers leads to a page.
    async fn opened(&self, walker: &Client, mut link: String) -> Reply {
        loop {
            let page = walker.get(&link).await;
            if page.status != 303 {
                assert_eq!(page.status, 200, "{link}\n{}", self.told());
                return page;
            }
            link = page.location().to_owned();
        }
    }

    /// A form that a page offers is taken or refused in words; taken, everything still adds up.
    async fn send(&mut self, walker: &Client, form: &Asked) {
        let typed = self.typed(form);
        let brief: Vec<String> = typed
            .0
            .iter()
            .map(|(name, value)| format!("{name}={}", value.chars().take(24).collect::<String>()))
            .collect();
        let reply = walker.submit(form, typed).await;
        self.way.push(format!(
            "  {} {} [{}]",
            reply.status,
            form.action,
            brief.join(" ")
        ));
        let heard = matches!(reply.status, 200 | 303 | 409 | 422);
        assert!(heard, "{}\n{}", reply.text(), self.told());
        if reply.status != 303 {
            return;
        }
        self.done += 1;
        let differs = self.w.verify().await;
        assert!(differs.is_empty(), "{differs:#?}\n{}", self.told());
        let idle: Vec<String> = self
            .w
            .ask_all(
                "select o.number from export_order o where o.condition in ('open', 'on_hold', 'cancelling')
                 and not exists (select from open_item i where i.order_id = o.id)",
            )
            .await;
        assert!(
            idle.is_empty(),
            "nobody is next at {idle:?}\n{}",
            self.told()
        );
    }

    fn typed(&mut self, form: &Asked) -> Form {
        let mut typed: Vec<(String, String)> = Vec::new();
        let radios = self.picked(form, Kind::Radio);
        let button = self.picked(form, Kind::Button);
        for (place, control) in form.controls.iter().enumerate() {
            let value = match control.kind {
                Kind::File => continue,
                Kind::Radio if !radios.contains(&place) => continue,
                Kind::Button if !button.contains(&place) => continue,
                Kind::Check if self.dice.random_bool(0.3) => continue,
                Kind::Check if control.value.is_empty() => "on".to_owned(),
                Kind::Hidden | Kind::Radio | Kind::Button | Kind::Check => control.value.clone(),
                Kind::Choice | Kind::Number | Kind::Day | Kind::Text => self.said(control),
            };
            typed.push((control.name.clone(), value));
        }
        Form(typed)
    }

    /// One of each name among the buttons or the radio buttons of a form.
    fn picked(&mut self, form: &Asked, kind: Kind) -> Vec<usize> {
        let places: Vec<usize> = (0..form.controls.len())
            .filter(|place| form.controls[*place].kind == kind)
            .collect();
        let mut names: Vec<&str> = places
            .iter()
            .map(|place| form.controls[*place].name.as_str())
            .collect();
        names.dedup();
        if kind == Kind::Button {
            // One button sends the form.
            return places.choose(&mut self.dice).copied().into_iter().collect();
        }
        names
            .into_iter()
            .filter_map(|name| {
                let alike: Vec<usize> = places
                    .iter()
                    .copied()
                    .filter(|place| form.controls[*place].name == name)
                    .collect();
                alike.choose(&mut self.dice).copied()
            })
            .collect()
    }

    /// What a page proposes is mostly kept; else something that such a field may hold.
    #[expect(clippy::too_many_lines, reason = "one kind of field after another")]
    fn said(&mut self, control: &Control) -> String {
        if !control.value.is_empty() && self.dice.random_bool(0.8) {
            return control.value.clone();
        }
        let today = self.w.now().date_naive();
        match control.kind {
            Kind::Choice => control
                .choices
                .choose(&mut self.dice)
                .cloned()
                .unwrap_or_default(),
            Kind::Number => ["1", "10", "100", "600", "1200", "12480", "7.1"]
                .choose(&mut self.dice)
                .copied()
                .unwrap_or_default()
                .to_owned(),
            Kind::Day => {
                let back = Days::new(self.dice.random_range(0..4));
                let ahead = Days::new(self.dice.random_range(0..40));
                let day = if self.dice.random_bool(0.6) {
                    today - back
                } else {
                    today + ahead
                };
                day.to_string()
            }
            _ if control.name.ends_with("at") || control.name.contains("moment") => {
                let hours = TimeDelta::hours(self.dice.random_range(1..72));
                (self.w.now() - hours).format("%Y-%m-%dT%H:00").to_string()
            }
            _ if self.dice.random_bool(0.2) => String::new(),
            _ => [
                "说明",
                "Anna Lind",
                "anna@nordhavn.example",
                "7389 1051 146",
                "CSQU3054383",
                "Ningbo",
            ]
            .choose(&mut self.dice)
            .copied()
            .unwrap_or_default()
            .to_owned(),
        }
    }

    fn told(&self) -> String {
        let from = self.way.len().saturating_sub(14);
        self.way[from..].join("\n")
    }
}

#[tokio::test]
async fn wanderers_from_an_order_just_opened_break_nothing() {
    let w = World::new().await;
    let order = w.order().await;
    Wanderer::new(w, order, 1).walk().await;
}

#[tokio::test]
async fn wanderers_from_a_proforma_invoice_that_waits_break_nothing() {
    let w = World::new().await;
    let order = w.order().await;
    w.proforma_at(&order, InvoiceStage::Submitted).await;
    Wanderer::new(w, order, 2).walk().await;
}

#[tokio::test]
async fn wanderers_from_a_production_order_at_the_factory_break_nothing() {
    let w = World::new().await;
    let order = w.ordered().await;
    w.production_at(&order, PaperStage::Issued).await;
    Wanderer::new(w, order, 3).walk().await;
}

#[tokio::test]
async fn wanderers_from_a_vessel_that_left_break_nothing() {
    let w = World::new().await;
    let order = w.ready_order().await;
    w.shipment_at(&order, ShipmentStage::Departed).await;
    Wanderer::new(w, order, 4).walk().await;
}

#[tokio::test]
async fn wanderers_from_a_credit_that_came_break_nothing() {
    let w = World::new().await;
    let order = w.order_paid_by(Wanted::EUROPE, "LC_SIGHT").await;
    w.credit_at(&order, CreditStage::Received).await;
    Wanderer::new(w, order, 5).walk().await;
}
