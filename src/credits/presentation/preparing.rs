//! Preparing 制单: the set is begun with the credit's list of documents, counted and examined, and declared complete.

use super::checklist;
use super::held;
use super::papers_sql;
use super::set::{self, Maker, Paper, Presentation, Refusal, Way};
use super::show;
use super::sql::{self, Begun};
use super::stage::Move;
use crate::base::{By, OrderNumber, T, typed};
use crate::history::credit_event::CreditEvent;
use crate::orders::{self, OrderAct};
use crate::people::Deed;
use crate::proforma::terms::{Part, Terms, Trigger};
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use chrono::NaiveDate;

pub(in crate::credits) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
    form: Keyed,
) -> Result<Answer> {
    form.only(&["shipment"])?;
    let number = OrderNumber::parse(&number).ok_or(Error::NotFound)?;
    let mut db = app.db.acquire().await?;
    let mut all = sql::orders_with(&mut db, form.fields.get("shipment")).await?;
    all.push(orders::find(&mut db, &by, &number).await?.id().0);
    drop(db);
    let mut act = orders::begin_shared(&app, by, &number, (&all, &form.key)).await?;
    let (_, sequence) = prepare(&mut act, form.fields.get("shipment")).await?;
    let named = (form.fields.get("shipment"), sequence);
    let url = format!("/presentations/{}/{}/edit", named.0, named.1);
    let answer = Answer::to(url).tell(page.t, T::credits_set_begun);
    act.finish(answer).await
}

/// The act: under the order's workable credit, or to a remitting bank where its terms say so.
pub(in crate::credits) async fn prepare(
    act: &mut OrderAct,
    shipment: &str,
) -> Result<(uuid::Uuid, i32)> {
    act.must(Deed::PreparePresentation)?;
    act.must_move()?;
    let order = act.order.clone();
    let free = sql::free_shipments(act.tx(), &order).await?;
    let free = free
        .into_iter()
        .find(|one| one.number == shipment)
        .ok_or(Refusal::NoSuchShipment)?;
    let payment = sql::payment(act.tx(), &order).await?;
    let way = way_of(&payment).ok_or(Refusal::NotThroughBank)?;
    let (credit, papers) = if way == Way::Credit {
        let (credit, documents) = sql::workable_credit(act.tx(), &order)
            .await?
            .ok_or(Refusal::NoWorkableCredit)?;
        (Some(credit), checklist::of_credit(&documents))
    } else {
        (None, checklist::of_collection())
    };
    let sequence = free.sets + 1;
    let begun = Begun {
        shipment: free.id,
        sequence,
        credit,
        way,
    };
    let id = sql::insert(act, &begun).await?;
    papers_sql::save_papers(act, id, &papers).await?;
    let set = format!("{shipment}/{sequence}");
    held::happened(act, CreditEvent::PresentationPrepared { set }).await?;
    Ok((free.id, sequence))
}

/// By the instalments of the payment terms: under a credit where there is one, else as the collection says. Where one
/// set is collected partly at sight and partly against a time draft, it is let go when the draft is accepted.
pub(in crate::credits) fn way_of(payment: &str) -> Option<Way> {
    let terms = Terms::from_code(payment).ok()?;
    if terms.needs_credit() {
        return Some(Way::Credit);
    }
    let parts = terms.instalments().iter();
    let collected: Vec<Trigger> = parts
        .filter(|one| one.part == Part::Collection)
        .map(|one| one.trigger)
        .collect();
    if collected.contains(&Trigger::Maturity) {
        Some(Way::AgainstAcceptance)
    } else {
        (!collected.is_empty()).then_some(Way::AgainstPayment)
    }
}

/// The list as the form has it.
fn typed_fields(set: &Presentation, papers: &[Paper]) -> Fields {
    let mut fields = Fields::default();
    fields.set("bank", set.bank.clone());
    fields.set("instruction", set.instruction.clone());
    let day = set.last_day_set.map(|day| day.to_string());
    fields.set("last_day", day.unwrap_or_default());
    for (row, paper) in papers.iter().enumerate() {
        let mut cell = |column: &str, value: String| {
            fields.set(&format!("papers[{row}][{column}]"), value);
        };
        cell("name", paper.name.clone());
        cell("wording", paper.wording.clone());
        cell("maker", paper.maker.code().to_owned());
        cell("originals", paper.originals.to_string());
        cell("copies", paper.copies.to_string());
        cell("originals_present", paper.originals_present.to_string());
        cell("copies_present", paper.copies_present.to_string());
        if paper.examined {
            cell("examined", "yes".to_owned());
        }
    }
    fields
}

pub(in crate::credits) async fn edit(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((shipment, sequence)): Path<(String, i32)>,
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let (order, set) = held::find(&mut db, &by, (&shipment, sequence)).await?;
    order.must(&by, Deed::PreparePresentation)?;
    set.after(Move::Edit)?;
    let papers = papers_sql::papers(&mut db, set.id).await?;
    show::editor(
        page,
        set.clone(),
        &typed_fields(&set, &papers),
        Faults::default(),
    )
}

/// What the form says of the whole set.
struct Typed {
    bank: String,
    instruction: String,
    last_day: Option<NaiveDate>,
    papers: Vec<Paper>,
}

#[expect(
    clippy::too_many_lines,
    reason = "one form, one page or one statement, in its order"
)]
fn read(fields: &Fields) -> Result<Typed, Faults> {
    let mut faults = Faults::default();
    let day = fields.get("last_day");
    let last_day = typed::day(day);
    if !day.is_empty() && last_day.is_none() {
        faults.add("last_day", T::orders_not_a_day);
    }
    let mut papers = Vec::new();
    for row in 0..fields.rows("papers").min(100) {
        let cell = |column: &str| fields.cell("papers", row, column);
        if cell("name").is_empty() {
            continue;
        }
        let mut count = |column: &str| -> i32 {
            let text = cell(column);
            let count = if text.is_empty() {
                Some(0)
            } else {
                text.parse().ok()
            };
            let count = count.filter(|count| (0..=99).contains(count));
            if count.is_none() {
                faults.add(&format!("papers[{row}][{column}]"), T::credits_fault_count);
            }
            count.unwrap_or(0)
        };
        papers.push(Paper {
            originals: count("originals"),
            copies: count("copies"),
            originals_present: count("originals_present"),
            copies_present: count("copies_present"),
            name: cell("name").chars().take(140).collect(),
            wording: cell("wording").chars().take(1_000).collect(),
            maker: Maker::parse(cell("maker")).unwrap_or(Maker::Us),
            examined: cell("examined") == "yes",
        });
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    Ok(Typed {
        bank: fields.get("bank").chars().take(140).collect(),
        instruction: fields.get("instruction").chars().take(1_000).collect(),
        last_day,
        papers,
    })
}

pub(in crate::credits) async fn save(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((shipment, sequence)): Path<(String, i32)>,
    form: Keyed,
) -> Result<Response> {
    form.only(&["bank", "instruction", "last_day", "papers[]", "act"])?;
    let mut db = app.db.acquire().await?;
    let (order, shown) = held::find(&mut db, &by, (&shipment, sequence)).await?;
    order.must(&by, Deed::PreparePresentation)?;
    drop(db);
    let typed = match read(&form.fields) {
        Ok(typed) => typed,
        Err(faults) => {
            shown.after(Move::Edit)?;
            let html = show::editor(page, shown, &form.fields, faults)?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
        }
    };
    let (mut act, set) = held::begin(
        &app,
        by,
        (&shipment, sequence),
        (&form, Deed::PreparePresentation.into()),
    )
    .await?;
    act.must(Deed::PreparePresentation)?;
    act.must_move()?;
    set.after(Move::Edit)?;
    write(&mut act, &set, &typed).await?;
    let url = set.url();
    let answer = if form.fields.get("act") == "complete" {
        let set = Presentation {
            version: set.version + 1,
            ..set.clone()
        };
        completed(&mut act, &set).await?;
        Answer::to(url).tell(page.t, T::credits_set_complete_done)
    } else {
        Answer::to(format!("{url}/edit")).tell(page.t, T::web_saved)
    };
    Ok(act.finish(answer).await?.into_response())
}

/// The act: the papers of a set as `tell` finds them, one after the other.
pub(in crate::credits) async fn lay_out(
    act: &mut OrderAct,
    (shipment, sequence): (&str, i32),
    (bank, tell): (&str, impl FnMut(&mut Paper)),
) -> Result<()> {
    act.must(Deed::PreparePresentation)?;
    act.must_move()?;
    let set = sql::lock(act, shipment, sequence)
        .await?
        .ok_or(Error::NotFound)?;
    set.after(Move::Edit)?;
    let mut papers = papers_sql::papers(act.tx(), set.id).await?;
    papers.iter_mut().for_each(tell);
    let typed = Typed {
        bank: bank.to_owned(),
        instruction: set.instruction.clone(),
        last_day: set.last_day_set,
        papers,
    };
    write(act, &set, &typed).await
}

async fn write(act: &mut OrderAct, set: &Presentation, typed: &Typed) -> Result<()> {
    sql::save_head(act, set, &typed.bank, &typed.instruction, typed.last_day).await?;
    let before = papers_sql::papers(act.tx(), set.id).await?;
    if before != typed.papers {
        papers_sql::save_papers(act, set.id, &typed.papers).await?;
        let event = CreditEvent::PresentationChanged { set: set.name() };
        held::happened(act, event).await?;
    }
    Ok(())
}

pub(in crate::credits) async fn complete(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((shipment, sequence)): Path<(String, i32)>,
    form: Keyed,
) -> Result<Answer> {
    form.only(&[])?;
    let (mut act, set) = held::begin(
        &app,
        by,
        (&shipment, sequence),
        (&form, Deed::CompletePresentation.into()),
    )
    .await?;
    completed(&mut act, &set).await?;
    let answer = Answer::to(set.url()).tell(page.t, T::credits_set_complete_done);
    act.finish(answer).await
}

/// The same without a page.
pub(in crate::credits) async fn close(act: &mut OrderAct, named: held::Named<'_>) -> Result<()> {
    let set = sql::lock(act, named.0, named.1)
        .await?
        .ok_or(Error::NotFound)?;
    completed(act, &set).await
}

/// The act: every document there in the number asked, and examined.
async fn completed(act: &mut OrderAct, set: &Presentation) -> Result<()> {
    act.must(Deed::CompletePresentation)?;
    act.must_move()?;
    let stage = set.after(Move::Complete)?;
    let papers = papers_sql::papers(act.tx(), set.id).await?;
    set::complete(&papers)?;
    sql::save_stage(act, set, stage).await?;
    held::happened(act, CreditEvent::PresentationComplete { set: set.name() }).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_instalment_says_which_way_the_documents_go() {
        let ways = [
            ("LC_USANCE_60", Some(Way::Credit)),
            ("TT_30_LC_70", Some(Way::Credit)),
            ("DP_SIGHT", Some(Way::AgainstPayment)),
            ("DA_60", Some(Way::AgainstAcceptance)),
            ("TT_30_70_COPY", None),
            ("OA_30", None),
            (
                "MIX|30:DEPOSIT:BEFORE_PRODUCTION|70:COLLECTION:AGAINST_PAYMENT",
                Some(Way::AgainstPayment),
            ),
            (
                "MIX|30:DEPOSIT:BEFORE_PRODUCTION|70:COLLECTION:MATURITY:60:SIGHT",
                Some(Way::AgainstAcceptance),
            ),
            (
                "MIX|30:DEPOSIT:BEFORE_PRODUCTION|70:LC:MATURITY:60:BL_DATE",
                Some(Way::Credit),
            ),
            ("MIX|100:OPEN_ACCOUNT:MATURITY:45:BL_DATE", None),
        ];
        for (payment, way) in ways {
            assert_eq!(way_of(payment), way, "{payment}");
        }
    }
}
