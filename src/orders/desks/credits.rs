//! What the order reads of letters of credit 信用证 and presentations 交单.

use super::super::item_kind::ItemKind;
use super::super::lifecycle::Step;
use super::super::open_items::{OpenItem, item};
use crate::base::calendar::Calendar;
use crate::base::terms::Terms;
use crate::base::{OrderId, Party};
use crate::orders::Facts;
use crate::web::Result;
use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::Deserialize;
use sqlx::PgConnection;

#[derive(Clone, Debug, Default)]
pub struct CreditFacts {
    /// A credit for the order is workable, or further.
    pub workable: bool,
    /// The payment terms ask for a credit.
    pub needed: bool,
    /// Documents go through a bank, under a credit or for collection.
    pub through_bank: bool,
    pub credits: Vec<Credit>,
    pub sets: Vec<Set>,
    /// Shipments that left and have no set of documents.
    pub unprepared: Vec<Shipped>,
}

/// A credit that is not used up or cancelled.
#[derive(Clone, Debug, Deserialize)]
pub struct Credit {
    pub number: String,
    pub stage: String,
    pub since: DateTime<Utc>,
    pub expected_on: Option<NaiveDate>,
    pub expiry_on: Option<NaiveDate>,
    pub latest_shipment_on: Option<NaiveDate>,
    /// Findings in the way of *workable*.
    pub findings: i64,
    /// Since when an amendment waits for our answer.
    pub amendment_since: Option<DateTime<Utc>>,
    /// Goods of the order have left under it.
    pub shipped: bool,
}

/// A set of documents that is neither paid nor replaced.
#[derive(Clone, Debug, Deserialize)]
#[expect(clippy::struct_field_names, reason = "the column's own name")]
pub struct Set {
    pub name: String,
    pub stage: String,
    pub since: DateTime<Utc>,
    pub on_board_on: Option<NaiveDate>,
    pub last_day_set: Option<NaiveDate>,
    pub expiry_on: Option<NaiveDate>,
    pub period_days: Option<u32>,
    pub due_on: Option<NaiveDate>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Shipped {
    pub number: String,
    pub on_board_on: NaiveDate,
}

#[expect(
    clippy::too_many_lines,
    reason = "mostly one statement and its columns"
)]
pub(in crate::orders) async fn load(db: &mut PgConnection, order: OrderId) -> Result<CreditFacts> {
    let row = sqlx::query!(
        r#"select coalesce((select p.content ->> 'payment' from proforma_invoice p where p.order_id = o.id
                   and p.stage = 'confirmed'), o.terms) as "terms!",
               coalesce((select bool_or(l.stage in ('workable', 'drawn', 'exhausted')) from letter_of_credit_order x
                   join letter_of_credit l on l.id = x.letter_of_credit where x.order_id = o.id), false) as "workable!",
               coalesce((select jsonb_agg(jsonb_build_object('number', l.number, 'stage', l.stage,
                       'since', coalesce(l.since, o.opened_at), 'expected_on', l.expected_on, 'expiry_on', l.expiry_on,
                       'latest_shipment_on', l.latest_shipment_on,
                       'findings', (select count(*) from credit_finding f where f.letter_of_credit = l.id
                           and f.state in ('open', 'asked') and f.severity = 'discrepancy'),
                       'amendment_since', (select max(a.received_at) from credit_amendment a
                           where a.letter_of_credit = l.id and a.stage = 'received'),
                       'shipped', exists (select from shipment s join shipment_line i on i.shipment = s.id
                           join order_line n on n.id = i.order_line
                           where n.order_id = o.id and s.on_board_on is not null)) order by l.number)
                   from letter_of_credit_order x join letter_of_credit l on l.id = x.letter_of_credit
                   where x.order_id = o.id and l.stage not in ('exhausted', 'cancelled')), '[]') as "credits!",
               coalesce((select jsonb_agg(jsonb_build_object('name', s.number || '/' || p.sequence, 'stage', p.stage,
                       'since', coalesce(p.since, o.opened_at), 'on_board_on', s.on_board_on,
                       'last_day_set', p.last_day_set, 'expiry_on', l.expiry_on, 'period_days', l.period_days,
                       'due_on', p.due_on) order by s.number, p.sequence)
                   from presentation p join shipment s on s.id = p.shipment
                   left join letter_of_credit l on l.id = p.letter_of_credit
                   where p.stage <> 'paid' and s.stage <> 'cancelled' and exists (select from shipment_line i join order_line n on n.id = i.order_line
                           where i.shipment = s.id and n.order_id = o.id)
                       and not exists (select from presentation q where q.shipment = p.shipment
                           and q.sequence > p.sequence)), '[]') as "sets!",
               coalesce((select jsonb_agg(jsonb_build_object('number', s.number, 'on_board_on', s.on_board_on)
                       order by s.number)
                   from shipment s where s.on_board_on is not null and s.stage <> 'cancelled'
                       and exists (select from shipment_line i join order_line n on n.id = i.order_line
                           where i.shipment = s.id and n.order_id = o.id)
                       and not exists (select from presentation p where p.shipment = s.id)), '[]') as "unprepared!"
           from export_order o where o.id = $1"#,
        order.0,
    )
    .fetch_one(db)
    .await?;
    let terms = Terms::from_code(&row.terms).ok();
    Ok(CreditFacts {
        workable: row.workable,
        needed: terms.as_ref().is_some_and(Terms::needs_credit),
        through_bank: terms.as_ref().is_some_and(Terms::is_through_bank),
        credits: serde_json::from_value(row.credits)?,
        sets: serde_json::from_value(row.sets)?,
        unprepared: serde_json::from_value(row.unprepared)?,
    })
}

/// What stands open on this desk.
#[expect(
    clippy::too_many_lines,
    reason = "one form, one page or one statement, in its order"
)]
pub(in crate::orders) fn items(facts: &Facts, calendar: &Calendar, items: &mut Vec<OpenItem>) {
    let credits = &facts.credits;
    let running = credits
        .credits
        .iter()
        .any(|credit| credit.stage != "expired");
    if credits.needed
        && !running
        && !credits.workable
        && facts.latches.step() == Step::ProductionOrder
        && let Some(since) = facts.proforma.confirmed_at
    {
        let times = (since, calendar.after_days(since, 1));
        items.push(item(
            facts,
            Step::ProductionOrder,
            ItemKind::ExpectCredit,
            Party::Us,
            times,
        ));
    }
    for credit in &credits.credits {
        items.extend(of_credit(facts, calendar, (credit, running)));
        if let Some(since) = credit.amendment_since {
            let times = (since, calendar.after_days(since, 1));
            let answer = item(
                facts,
                step(facts),
                ItemKind::AnswerAmendment,
                Party::Us,
                times,
            );
            items.push(about(answer, &credit.number));
        }
    }
    if credits.through_bank {
        for shipped in &credits.unprepared {
            items.push(unprepared(facts, calendar, shipped));
        }
    }
    items.extend(
        credits
            .sets
            .iter()
            .filter_map(|set| of_set(facts, calendar, set)),
    );
}

fn about(item: OpenItem, name: &str) -> OpenItem {
    OpenItem {
        subject: name.to_owned(),
        ..item
    }
}

/// A credit gates the production order; later its questions stand where the order stands, never before it.
fn step(facts: &Facts) -> Step {
    facts.latches.step().max(Step::ProductionOrder)
}

fn of_credit(
    facts: &Facts,
    calendar: &Calendar,
    (credit, running): (&Credit, bool),
) -> Option<OpenItem> {
    let day = calendar.after_days(credit.since, 1);
    let (kind, waiting, due, problem) = match credit.stage.as_str() {
        "expected" => (
            ItemKind::ExpectCredit,
            Party::Customer,
            credit.expected_on.map_or_else(
                || calendar.after_days(credit.since, 3),
                |day| calendar.end_of(day),
            ),
            false,
        ),
        "received" | "amended" => (ItemKind::ExamineCredit, Party::Us, day, false),
        "refused" => (ItemKind::ExamineCredit, Party::Us, day, true),
        "examined" if credit.findings > 0 => (ItemKind::SettleFindings, Party::Us, day, true),
        "examined" => (ItemKind::DeclareWorkable, Party::Us, day, false),
        // What the bank sent waits for us, not for the customer.
        "amendment_asked" | "expired" if credit.amendment_since.is_some() => return None,
        "amendment_asked" => (
            ItemKind::AwaitAmendment,
            Party::Customer,
            calendar.after_days(credit.since, 3),
            false,
        ),
        "expired" if facts.credits.needed && !credit.shipped && !running => {
            (ItemKind::RenewCredit, Party::Us, day, true)
        }
        "workable" | "drawn" if !credit.shipped => return before_shipment(facts, calendar, credit),
        _ => return None,
    };
    let found = item(facts, step(facts), kind, waiting, (credit.since, due));
    Some(OpenItem {
        problem,
        ..about(found, &credit.number)
    })
}

/// The latest day to ship on, or the day the credit ends where it names none.
fn before_shipment(facts: &Facts, calendar: &Calendar, credit: &Credit) -> Option<OpenItem> {
    let (kind, day) = match (credit.latest_shipment_on, credit.expiry_on) {
        (Some(day), _) => (ItemKind::ShipUnderCredit, day),
        (None, Some(day)) => (ItemKind::UseCredit, day),
        (None, None) => return None,
    };
    let times = (credit.since, calendar.end_of(day));
    let found = item(
        facts,
        Step::Booking.max(step(facts)),
        kind,
        Party::Us,
        times,
    );
    Some(about(found, &credit.number))
}

/// Documents are prepared as soon as the goods have left: five working days before the usual twenty-one are over.
fn unprepared(facts: &Facts, calendar: &Calendar, shipped: &Shipped) -> OpenItem {
    let since = calendar.end_of(shipped.on_board_on);
    let times = (since, calendar.after_days(since, 3));
    let found = item(
        facts,
        Step::ShippingDocuments,
        ItemKind::PrepareSet,
        Party::Us,
        times,
    );
    about(found, &shipped.number)
}

fn of_set(facts: &Facts, calendar: &Calendar, set: &Set) -> Option<OpenItem> {
    let day = calendar.after_days(set.since, 1);
    let last = last_day(calendar, set);
    // The house's own target lies five working days before the last one (rules 4.5).
    let target = last.map_or_else(
        || calendar.after_days(set.since, 3),
        |last| calendar.end_of(earlier(calendar, last, 5)),
    );
    let bank = calendar.after_days(set.since, 5);
    let (kind, waiting, due, problem) = match set.stage.as_str() {
        "preparing" => (ItemKind::CompletePresentation, Party::Us, target, false),
        "set_complete" => {
            let due = last.map_or(day, |last| calendar.end_of(last));
            (ItemKind::PresentSet, Party::Us, due, false)
        }
        "presented" | "corrected" => (ItemKind::AwaitBank, Party::Bank, bank, false),
        "discrepancy_noticed" => (ItemKind::AnswerDiscrepancy, Party::Us, day, true),
        "waiver_asked" => (
            ItemKind::AwaitWaiver,
            Party::Customer,
            calendar.after_days(set.since, 3),
            true,
        ),
        "honoured" => (ItemKind::CollectPayment, Party::Bank, bank, false),
        "accepted" => {
            let due = set.due_on.map_or(bank, |due| calendar.end_of(due));
            (ItemKind::CollectPayment, Party::Bank, due, false)
        }
        "refused" => (ItemKind::RefusedSet, Party::Us, day, true),
        _ => return None,
    };
    let found = item(
        facts,
        Step::ShippingDocuments,
        kind,
        waiting,
        (set.since, due),
    );
    Some(OpenItem {
        problem,
        ..about(found, &set.name)
    })
}

/// The day the set must be at the bank, by the days of this house's calendar; the desk itself counts the bank's days.
fn last_day(calendar: &Calendar, set: &Set) -> Option<NaiveDate> {
    let expiry = set.expiry_on?;
    let period = u64::from(set.period_days.unwrap_or(21));
    let by_period = set.last_day_set.or_else(|| {
        set.on_board_on
            .and_then(|day| day.checked_add_days(Days::new(period)))
    });
    Some(calendar.on_or_before(by_period.map_or(expiry, |day| day.min(expiry))))
}

/// So many working days earlier.
fn earlier(calendar: &Calendar, day: NaiveDate, days: u32) -> NaiveDate {
    (0..days).fold(day, |day, _| {
        calendar.on_or_before(day.pred_opt().unwrap_or(day))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::orders::lifecycle::Outcome;

    fn at(text: &str) -> DateTime<Utc> {
        DateTime::parse_from_rfc3339(text)
            .unwrap()
            .with_timezone(&Utc)
    }

    fn credit(stage: &str) -> Credit {
        Credit {
            number: "LC-2026-001".into(),
            stage: stage.into(),
            since: at("2026-11-23T10:00:00+08:00"),
            expected_on: None,
            expiry_on: "2026-12-17".parse().ok(),
            latest_shipment_on: "2026-11-25".parse().ok(),
            findings: 0,
            amendment_since: None,
            shipped: false,
        }
    }

    fn found(change: impl Fn(&mut Facts)) -> Vec<OpenItem> {
        let mut facts = Facts::default();
        for step in [
            Step::SampleNote,
            Step::SampleShipment,
            Step::SampleConfirmation,
            Step::ProformaInvoice,
        ] {
            facts.latches.set(step, Some(Outcome::Done));
        }
        facts.credits.needed = true;
        change(&mut facts);
        let mut all = Vec::new();
        items(
            &facts,
            &Calendar::new(chrono_tz::Asia::Shanghai, []),
            &mut all,
        );
        all
    }

    #[test]
    fn a_credit_that_came_is_examined_within_one_working_day() {
        let all = found(|facts| facts.credits.credits = vec![credit("received")]);
        assert_eq!((all.len(), all[0].kind), (1, ItemKind::ExamineCredit));
        assert_eq!(all[0].due_at, at("2026-11-24T18:00:00+08:00"));
    }

    #[test]
    fn a_workable_credit_is_due_on_its_latest_day_until_the_goods_have_left() {
        let all = found(|facts| facts.credits.credits = vec![credit("workable")]);
        assert_eq!(
            (all[0].kind, all[0].step),
            (ItemKind::ShipUnderCredit, Step::Booking)
        );
        let all = found(|facts| {
            facts.credits.credits = vec![Credit {
                shipped: true,
                ..credit("workable")
            }];
        });
        assert!(all.is_empty());
    }

    #[test]
    fn open_findings_and_an_expiry_before_shipment_are_problems() {
        let all = found(|facts| {
            facts.credits.credits = vec![Credit {
                findings: 2,
                ..credit("examined")
            }];
        });
        assert!(all[0].problem && all[0].kind == ItemKind::SettleFindings);
        let all = found(|facts| facts.credits.credits = vec![credit("expired")]);
        assert!(all[0].problem && all[0].kind == ItemKind::RenewCredit);
        let all = found(|facts| {
            facts.credits.credits = vec![credit("expired"), credit("received")];
        });
        assert_eq!((all.len(), all[0].kind), (1, ItemKind::ExamineCredit));
    }

    #[test]
    fn an_amendment_that_came_is_ours_to_answer_and_no_longer_awaited() {
        for stage in ["amendment_asked", "expired"] {
            let all = found(|facts| {
                facts.credits.credits = vec![Credit {
                    amendment_since: Some(at("2026-11-24T10:00:00+08:00")),
                    ..credit(stage)
                }];
            });
            assert_eq!(
                (all.len(), all[0].kind),
                (1, ItemKind::AnswerAmendment),
                "{stage}"
            );
        }
    }

    #[test]
    fn a_complete_set_is_due_on_the_earlier_of_its_two_days() {
        let set = Set {
            name: "S26-0001/1".into(),
            stage: "set_complete".into(),
            since: at("2026-11-25T10:00:00+08:00"),
            on_board_on: "2026-11-21".parse().ok(),
            last_day_set: None,
            expiry_on: "2026-12-17".parse().ok(),
            period_days: None,
            due_on: None,
        };
        let all = found(|facts| facts.credits.sets = vec![set.clone()]);
        assert_eq!(all[0].kind, ItemKind::PresentSet);
        // The twenty-first day is a Saturday.
        assert_eq!(all[0].due_at, at("2026-12-11T18:00:00+08:00"));
    }
}
