//! Header: title, customer's reference, terms and goods of an order file, until a proforma invoice fixes them.

use super::act::{self, OrderAct};
use super::condition::Move;
use super::facts::PaperStage;
use super::order::{self, Order};
use super::picking::{self, Picker};
use super::sheet::{SheetRow, Sums};
use super::{lines, search, sheet, sql, terms};
use crate::base::incoterm::Incoterm;
use crate::base::{By, LineId, OrderNumber, T};
use crate::catalog::payment_term;
use crate::history::Event;
use crate::history::event::Change;
use crate::people::Deed;
use crate::web::stale::{Stale, Theirs};
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result, Tell};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use sqlx::PgConnection;

/// Goods and terms are fixed by a paper on its way, or are edited there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fixed {
    /// A draft is being written: goods and terms are edited in it.
    InDraft(i32),
    /// Handed in, approved, sent or confirmed.
    By(i32),
}

impl Tell for Fixed {
    fn tell(&self, t: T) -> String {
        match self {
            Self::InDraft(revision) => t.orders_edited_in_draft(revision),
            Self::By(revision) => t.orders_fixed_by(revision),
        }
    }
}

#[derive(Template)]
#[template(path = "orders/edit.html")]
pub(super) struct EditPage {
    page: Page,
    order: Order,
    fields: Fields,
    faults: Faults,
    /// Goods and terms can be edited here.
    open: bool,
    fixed: Option<Fixed>,
    rows: Vec<SheetRow>,
    sums: Sums,
    incoterms: Vec<(String, String)>,
    payments: Vec<(String, String)>,
    currencies: Vec<(String, String)>,
    factories: Vec<(String, String)>,
    factory_prices: bool,
    /// Products offered beneath the goods.
    picker: Picker,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the template calls it so"
)]
impl EditPage {
    fn cell_fault(&self, row: &usize, column: &str) -> String {
        sheet::cell_fault(&self.faults, self.page.t, *row, column)
    }

    fn decimals(&self) -> u32 {
        self.order.terms.currency.decimals()
    }

    /// Terms travel hidden where they cannot be edited, so that the form stays one.
    fn kept_terms(&self) -> Vec<(&'static str, String)> {
        terms::FIELDS
            .iter()
            .map(|name| (*name, self.fields.get(name).to_owned()))
            .collect()
    }

    fn fixed_words(&self) -> String {
        self.fixed
            .map(|fixed| fixed.tell(self.page.t))
            .unwrap_or_default()
    }
}

pub(super) async fn edit(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
) -> Result<Html<String>> {
    let number = OrderNumber::parse(&number).ok_or(Error::NotFound)?;
    let mut db = app.db.acquire().await?;
    let order = order::find(&mut db, &by, &number).await?;
    order.must(&by, Deed::EditOrder)?;
    let goods = lines::lines(&mut db, &order).await?;
    let fields = stored(&order, &goods);
    draw(&mut db, page, &by, order, fields, Faults::default()).await
}

fn stored(order: &Order, goods: &[lines::Line]) -> Fields {
    let mut fields = Fields::default();
    fields.set("title", order.title.clone());
    fields.set("customer_reference", order.customer_reference.clone());
    fields.set("lines_rev", order.lines_version.to_string());
    terms::put(&mut fields, &order.terms);
    sheet::put(&mut fields, goods);
    fields
}

async fn draw(
    db: &mut PgConnection,
    page: Page,
    by: &By,
    order: Order,
    fields: Fields,
    faults: Faults,
) -> Result<Html<String>> {
    let fixed = fixed(&sql::facts(db, order.id(), page.zone).await?.0);
    let factory_prices = order.may(by, Deed::SeeFactoryPrices);
    let page = EditPage {
        open: fixed.is_none(),
        fixed,
        rows: sheet::rows(&fields, 3, factory_prices),
        sums: sheet::sums(&fields, order.terms.currency.decimals()),
        incoterms: incoterms(),
        payments: payment_term::choices(db, page.t, &order.terms.payment).await?,
        currencies: terms::currencies(db, &order.terms.currency).await?,
        factories: if factory_prices {
            terms::factories(db).await?
        } else {
            Vec::new()
        },
        factory_prices,
        picker: picking::picker(db, &fields, Some(order.customer)).await?,
        page,
        order,
        fields,
        faults,
    };
    Ok(Html(page.render()?))
}

pub(super) fn incoterms() -> Vec<(String, String)> {
    Incoterm::ALL
        .iter()
        .map(|term| (term.code().to_owned(), term.code().to_owned()))
        .collect()
}

/// Which paper fixes goods and terms.
fn fixed(facts: &super::Facts) -> Option<Fixed> {
    match &facts.proforma.open {
        Some(paper) => match paper.stage {
            PaperStage::Draft | PaperStage::Returned => Some(Fixed::InDraft(paper.revision)),
            PaperStage::Submitted | PaperStage::Approved | PaperStage::Sent => {
                Some(Fixed::By(paper.revision))
            }
            PaperStage::ChangeRequested | PaperStage::Lapsed => {
                facts.proforma.confirmed.map(Fixed::By)
            }
        },
        None => facts.proforma.confirmed.map(Fixed::By),
    }
}

pub(super) async fn save(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
    form: Keyed,
) -> Result<Response> {
    let known: Vec<&str> = terms::FIELDS
        .iter()
        .copied()
        .chain(["title", "customer_reference", "lines_rev", "lines[]", "act"])
        .chain(picking::FIELDS)
        .collect();
    form.only(&known)?;
    let number = OrderNumber::parse(&number).ok_or(Error::NotFound)?;
    if picking::is_asked(&form.fields) {
        return more_rows(&app, &by, page, &number, &form).await;
    }
    let mut act = act::begin(&app, by.clone(), &number, &form.key).await?;
    match write(&mut act, &form).await {
        Ok(()) => {
            let answer = Answer::to(act.order.url()).tell(page.t, T::web_saved);
            Ok(act.finish(answer).await?.into_response())
        }
        Err(Error::Invalid(faults)) => {
            drop(act);
            let mut db = app.db.acquire().await?;
            let order = order::find(&mut db, &by, &number).await?;
            let html = draw(&mut db, page, &by, order, form.fields, faults).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
        Err(Error::Stale(_)) => {
            drop(act);
            Err(stale(&app, &by, &number, &form).await?)
        }
        Err(error) => Err(error),
    }
}

/// The act: the file's own fields always, goods and terms only while no paper fixes them.
#[expect(
    clippy::too_many_lines,
    reason = "one form, field by field, in the order of the page"
)]
pub(super) async fn write(act: &mut OrderAct, form: &Keyed) -> Result<()> {
    act.must(Deed::EditOrder)?;
    act.take(Move::Edit)?;
    let mut faults = Faults::default();
    let title: String = form.fields.get("title").to_owned();
    if title.is_empty() || title.chars().count() > 160 {
        faults.add("title", T::orders_title_missing);
    }
    let reference: String = form
        .fields
        .get("customer_reference")
        .chars()
        .take(80)
        .collect();
    let goods_sent = form.fields.has("lines_rev");
    let at = act.by.at;
    let agreed = terms::read(&form.fields, &mut faults);
    let (mut goods, sheet_faults) = sheet::read_sheet(&form.fields, || LineId::fresh(at));
    if goods_sent {
        faults.join(sheet_faults);
    }
    faults.check()?;
    let rev = form.rev()?;
    if rev != act.order.version {
        return Err(Error::Stale(Box::default()));
    }
    let changes: Vec<Change> = [
        Change::between("title", &act.order.title, &title),
        Change::between(
            "customer_reference",
            &act.order.customer_reference,
            &reference,
        ),
    ]
    .into_iter()
    .flatten()
    .collect();
    let order = act.order.id();
    sql::save_head(act.tx(), order, &title, &reference).await?;
    if !changes.is_empty() {
        act.happened(&Event::OrderChanged { changes }).await?;
    }
    let held = act.order.clone();
    let before = lines::lines(act.tx(), &held).await?;
    if goods_sent {
        if let Some(fixed) = fixed(&act.facts().await?) {
            return Err(fixed.into());
        }
        sheet::keep_hidden(
            &mut goods,
            &before,
            held.may(&act.by, Deed::SeeFactoryPrices),
        );
        let lines_rev = form
            .fields
            .get("lines_rev")
            .parse()
            .map_err(|_| Error::Garbled("lines_rev"))?;
        lines::save(act, lines_rev, &goods).await?;
        terms::save(act, rev, &agreed).await?;
    } else {
        goods = before;
        sql::bump(act.tx(), order).await?;
    }
    act.order.title = title;
    act.order.customer_reference = reference;
    search::write(act, &goods).await
}

async fn more_rows(
    app: &App,
    by: &By,
    page: Page,
    number: &OrderNumber,
    form: &Keyed,
) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    let order = order::find(&mut db, by, number).await?;
    order.must(by, Deed::EditOrder)?;
    let mut fields = form.fields.clone();
    picking::apply(&mut db, &mut fields, Some(order.customer)).await?;
    Ok(draw(&mut db, page, by, order, fields, Faults::default())
        .await?
        .into_response())
}

async fn stale(app: &App, by: &By, number: &OrderNumber, form: &Keyed) -> Result<Error> {
    let mut db = app.db.acquire().await?;
    let order = order::find(&mut db, by, number).await?;
    let goods = lines::lines(&mut db, &order).await?;
    let stream = crate::history::Stream::stream(&order);
    let last = crate::history::timeline::read(&mut db, &stream, by.lang, None, 1)
        .await?
        .into_iter()
        .next();
    Ok(Error::Stale(Box::new(Stale::between(
        &form.fields,
        Theirs {
            fields: stored(&order, &goods),
            rev: order.version,
            who: last
                .as_ref()
                .and_then(|entry| entry.who.clone())
                .unwrap_or_default(),
            at: last.map(|entry| entry.at),
        },
        order.url(),
    ))))
}
