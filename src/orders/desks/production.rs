//! What the order reads of the desk production 生产: what the factories have been given, what stands before issue, how
//! far the goods are, and whether the complete set 整套资料 is on file.

use super::super::item_kind::ItemKind;
use super::super::open_items::{OpenItem, item};
use crate::base::calendar::Calendar;
use crate::base::{OrderId, Party, T};
use crate::orders::{Facts, Order, Step};
use crate::web::Result;
use chrono::{DateTime, Days, NaiveDate, Utc};
use sqlx::PgConnection;

#[derive(Clone, Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "facts of one desk, each asked on its own"
)]
pub struct ProductionFacts {
    /// Every confirmed line is given to factories by papers in force.
    pub covered: bool,
    /// Every paper in force has the factory's yes.
    pub acknowledged: bool,
    pub set_complete: bool,
    /// What is ready covers what is ordered, within the tolerance.
    pub ready: bool,
    pub set: CompleteSet,
    /// What the terms of payment still ask before a factory may begin.
    pub hold: Option<Hold>,
    /// Papers that are neither closed, superseded nor void.
    pub papers: Vec<PaperFacts>,
}

/// What still holds an order to a factory back, as far as the next move is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    Money,
    Credit,
    Terms,
}

/// The customer's order, the proforma invoice and the production orders together: the file is complete.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CompleteSet {
    pub customer_order: bool,
    pub proforma: bool,
    pub production_orders: bool,
}

impl CompleteSet {
    pub const fn is_complete(self) -> bool {
        self.customer_order && self.proforma && self.production_orders
    }

    /// Each part in words and whether it is there; what is missing says how it is supplied.
    pub fn parts(self, t: T) -> [(String, bool); 3] {
        let order = t.production_set_customer_order();
        let order = if self.customer_order {
            order.to_owned()
        } else {
            [order, t.production_set_customer_order_hint()].join(t.web_list_comma())
        };
        [
            (order, self.customer_order),
            (t.production_set_proforma().to_owned(), self.proforma),
            (t.production_set_orders().to_owned(), self.production_orders),
        ]
    }
}

/// The parts of one order's set; the same facts the step is left by.
pub async fn complete_set(db: &mut PgConnection, order: &Order) -> Result<CompleteSet> {
    Ok(load(db, order.id()).await?.set)
}

#[derive(Clone, Debug, serde::Deserialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "four independent facts of a paper, each of its own column"
)]
pub struct PaperFacts {
    pub number: i32,
    pub revision: i32,
    pub stage: String,
    pub since: Option<DateTime<Utc>>,
    pub delivery_on: Option<NaiveDate>,
    pub expected_on: Option<NaiveDate>,
    pub last_report: Option<DateTime<Utc>>,
    /// The manager is asked about it.
    pub asks: bool,
    /// The manager is asked about a draft that is dearer or later than the revision in force.
    pub revises: bool,
    /// The manager has let it pass.
    pub overridden: bool,
    /// Less is ready than the tolerance allows.
    pub short: bool,
}

impl PaperFacts {
    fn key(&self) -> String {
        format!("{}-{}", self.number, self.revision)
    }

    fn name(&self) -> String {
        format!("{} r{}", self.number, self.revision)
    }

    fn late(&self) -> Option<NaiveDate> {
        self.expected_on
            .filter(|day| self.delivery_on.is_some_and(|agreed| *day > agreed))
    }
}

#[expect(
    clippy::too_many_lines,
    reason = "mostly one statement and its columns"
)]
pub(in crate::orders) async fn load(
    db: &mut PgConnection,
    order: OrderId,
) -> Result<ProductionFacts> {
    let row = sqlx::query!(
        r#"with confirmed as (
               select content, content_hash, total from proforma_invoice where order_id = $1 and stage = 'confirmed'
           ), ordered as (
               select l.line, l.quantity - coalesce(g.short_closed, 0) as quantity from confirmed c
               cross join lateral jsonb_to_recordset(c.content -> 'lines') as l (line uuid, quantity numeric)
               left join order_line g on g.id = l.line
           ), due as (
               select s.part, s.trigger, s.amount from confirmed c
               cross join lateral jsonb_to_recordset(c.content -> 'schedule') as s (part text, trigger text, amount numeric)
           ), force as (
               select p.* from production_order p where p.order_id = $1 and p.stage not in ('draft', 'superseded', 'void')
           ), given as (
               select l.order_line, sum(case when p.stage = 'closed' and l.ready
                       < l.quantity * (1 - coalesce((p.content ->> 'tolerance')::numeric, 0) / 100)
                       then l.ready else l.quantity end) as quantity, sum(coalesce(l.ready, 0)) as ready
               from production_order_line l join force p on p.id = l.production_order group by l.order_line
           )
           select exists (select from confirmed) as "proforma!",
               exists (select from ordered) and not exists (select from ordered o left join given g on g.order_line = o.line
                   where coalesce(g.quantity, 0) < o.quantity) as "covered!",
               exists (select from force) and not exists (select from force p
                   where p.stage in ('issued', 'counter_proposed', 'declined')) as "acknowledged!",
               exists (select from ordered) and not exists (select from ordered o left join given g on g.order_line = o.line
                   cross join confirmed c where coalesce(g.ready, 0)
                       < o.quantity * (1 - coalesce((c.content ->> 'tolerance')::numeric, 0) / 100)) as "ready!",
               exists (select from stored_file f where f.order_id = $1 and f.kind = 'customer_order') as "customer_order!",
               coalesce((select sum(d.amount) from due d where d.trigger = 'before_production'), 0)
                   > order_money_in($1) + (select bank_charge_tolerance(o.currency::text) from export_order o where o.id = $1) as "owes!",
               exists (select from due d where d.part = 'lc') and not exists (select from letter_of_credit_order l
                   join letter_of_credit k on k.id = l.letter_of_credit
                   where l.order_id = $1 and k.stage in ('workable', 'drawn', 'exhausted')) as "lacks_credit!",
               exists (select from due d where d.part = 'collection' or d.trigger = 'maturity' and d.part <> 'lc')
                   and not exists (select from production_order p cross join confirmed c
                       where p.order_id = $1 and p.terms_hash = c.content_hash) as "asks_trust!",
               coalesce((select jsonb_agg(jsonb_build_object('number', p.number, 'revision', p.revision, 'stage', p.stage,
                       'since', p.since, 'delivery_on', p.delivery_on, 'expected_on', p.expected_on,
                       'last_report', (select max(r.at) from progress_report r
                           where r.order_id = $1 and r.number = p.number),
                       'asks', exists (select from approval a where a.subject in ('production_counter', 'production_terms')
                           and a.subject_id = p.id and a.state = 'open'),
                       'revises', exists (select from approval a where a.subject = 'production_revision'
                           and a.subject_id = p.id and a.state = 'open'),
                       'overridden', p.override_at is not null,
                       'short', exists (select from production_order_line l where l.production_order = p.id
                           and l.ready < l.quantity * (1 - coalesce((p.content ->> 'tolerance')::numeric, 0) / 100)
                           and not exists (select from ordered o join given g on g.order_line = o.line
                               where o.line = l.order_line and g.ready >= o.quantity)))
                   order by p.number, p.revision)
                   from production_order p where p.order_id = $1
                   and p.stage not in ('closed', 'superseded', 'void')), '[]') as "papers!""#,
        order.0,
    )
    .fetch_one(db)
    .await?;
    let set = CompleteSet {
        customer_order: row.customer_order,
        proforma: row.proforma,
        production_orders: row.covered,
    };
    let hold = if row.owes {
        Some(Hold::Money)
    } else if row.lacks_credit {
        Some(Hold::Credit)
    } else if row.asks_trust {
        Some(Hold::Terms)
    } else {
        None
    };
    Ok(ProductionFacts {
        covered: row.covered,
        acknowledged: row.acknowledged,
        set_complete: set.is_complete(),
        ready: row.ready,
        set,
        hold,
        papers: serde_json::from_value(row.papers)?,
    })
}

/// What stands open on this desk.
pub(in crate::orders) fn items(facts: &Facts, calendar: &Calendar, items: &mut Vec<OpenItem>) {
    let production = &facts.production;
    let step = facts.latches.step();
    let drafted = production.papers.iter().any(|paper| paper.stage == "draft");
    if step == Step::ProductionOrder && production.set.proforma && !production.covered && !drafted {
        let since = confirmed(facts);
        let due = production_due(facts, calendar, since);
        items.push(item(
            facts,
            Step::ProductionOrder,
            ItemKind::StartProduction,
            Party::Us,
            (since, due),
        ));
    }
    for paper in &production.papers {
        of_paper(facts, calendar, paper, items);
    }
    if step == Step::ProductionOrder
        && production.covered
        && production.acknowledged
        && !production.set_complete
    {
        let since = facts.order.step_since;
        items.push(item(
            facts,
            Step::ProductionOrder,
            ItemKind::CompleteSet,
            Party::Us,
            (since, calendar.after_days(since, 1)),
        ));
    }
}

fn confirmed(facts: &Facts) -> DateTime<Utc> {
    facts
        .proforma
        .confirmed_at
        .unwrap_or(facts.order.step_since)
}

/// Issued 67 days before shipment where a delivery date is agreed (rules 9), never earlier than two working days
/// after the confirmation.
fn production_due(facts: &Facts, calendar: &Calendar, since: DateTime<Utc>) -> DateTime<Utc> {
    let soonest = calendar.after_days(since, 2);
    facts
        .order
        .delivery_on
        .and_then(|day| day.checked_sub_days(Days::new(67)))
        .map_or(soonest, |day| {
            calendar.end_of(calendar.on_or_before(day)).max(soonest)
        })
}

fn of_paper(facts: &Facts, calendar: &Calendar, paper: &PaperFacts, items: &mut Vec<OpenItem>) {
    let since = paper.since.unwrap_or(facts.order.step_since);
    let mut push = |step, kind, waiting, due, problem, quoted: String| {
        items.push(OpenItem {
            subject: paper.key(),
            quoted,
            problem,
            ..item(facts, step, kind, waiting, (since, due))
        });
    };
    if let Some((kind, waiting, due, problem)) = next(facts, calendar, paper, since) {
        let step = match kind {
            ItemKind::BeginProduction | ItemKind::AskProgress | ItemKind::CloseProduction => {
                Step::Production
            }
            _ => Step::ProductionOrder,
        };
        push(step, kind, waiting, due, problem, paper.name());
    }
    if let Some(day) = paper.late()
        && paper.stage != "ready"
    {
        let due = calendar.after_days(paper.last_report.unwrap_or(since), 1);
        let quoted = format!("{} {day}", paper.name());
        let kind = ItemKind::LateProduction;
        push(Step::Production, kind, Party::Us, due, true, quoted);
    }
    if paper.short {
        let (kind, due) = (ItemKind::ShortProduction, calendar.after_days(since, 1));
        push(Step::Production, kind, Party::Us, due, true, paper.name());
    }
}

/// Whose move it is with one paper: kind, party, until when, whether it is a problem.
///
/// A factory answers within a working day, begins within three, and says how far it is once a week (ux 3.1).
#[expect(
    clippy::too_many_lines,
    reason = "one form, one page or one statement, in its order"
)]
fn next(
    facts: &Facts,
    calendar: &Calendar,
    paper: &PaperFacts,
    since: DateTime<Utc>,
) -> Option<(ItemKind, Party, DateTime<Utc>, bool)> {
    let days = |count| calendar.after_days(since, count);
    Some(match paper.stage.as_str() {
        "draft" if paper.revises => (
            ItemKind::DecideRevision,
            Party::Manager,
            calendar.after_hours(since, 4),
            false,
        ),
        "draft" => match facts.production.hold.filter(|_| !paper.overridden) {
            None => (
                ItemKind::FinishProduction,
                Party::Us,
                production_due(facts, calendar, confirmed(facts)).max(days(1)),
                false,
            ),
            // The same day on which the deposit itself is due.
            Some(Hold::Money) => {
                let deposit = facts.finance.deposit_due(calendar);
                let due = deposit.map_or_else(|| days(3), |(due, _)| due);
                (ItemKind::AwaitDeposit, Party::Customer, due, false)
            }
            Some(Hold::Credit) => (ItemKind::AwaitCredit, Party::Customer, days(5), false),
            Some(Hold::Terms) if paper.asks => (
                ItemKind::DecideTerms,
                Party::Manager,
                calendar.after_hours(since, 4),
                false,
            ),
            Some(Hold::Terms) => (ItemKind::FinishProduction, Party::Us, days(1), true),
        },
        "issued" => (
            ItemKind::AcknowledgeProduction,
            Party::Factory,
            days(1),
            false,
        ),
        "counter_proposed" if paper.asks => (
            ItemKind::DecideCounter,
            Party::Manager,
            calendar.after_hours(since, 4),
            true,
        ),
        "counter_proposed" => (
            ItemKind::AnswerCounter,
            Party::Us,
            calendar.after_hours(since, 4),
            true,
        ),
        "declined" => (ItemKind::AnswerAgain, Party::Factory, days(1), true),
        "acknowledged" | "accepted" => (ItemKind::BeginProduction, Party::Factory, days(3), false),
        "in_work" => (
            ItemKind::AskProgress,
            Party::Factory,
            calendar.after_days(paper.last_report.unwrap_or(since).max(since), 5),
            false,
        ),
        "ready" if facts.latches.step() > Step::Production => {
            (ItemKind::CloseProduction, Party::Us, days(5), false)
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        DateTime::parse_from_rfc3339(text)
            .unwrap()
            .with_timezone(&Utc)
    }

    fn paper(stage: &str) -> PaperFacts {
        PaperFacts {
            number: 1,
            revision: 1,
            stage: stage.into(),
            since: Some(at("2026-11-23T09:00:00+08:00")),
            delivery_on: NaiveDate::from_ymd_opt(2026, 12, 8),
            expected_on: None,
            last_report: None,
            asks: false,
            revises: false,
            overridden: false,
            short: false,
        }
    }

    fn found(change: impl Fn(&mut Facts)) -> Vec<(ItemKind, Party, bool)> {
        let mut facts = Facts::default();
        for step in Step::ALL.into_iter().take(4) {
            let done = crate::orders::lifecycle::Outcome::Done;
            facts.latches.set(step, Some(done));
        }
        facts.production.set.proforma = true;
        change(&mut facts);
        let mut list = Vec::new();
        let calendar = Calendar::new(chrono_tz::Asia::Shanghai, []);
        items(&facts, &calendar, &mut list);
        list.into_iter()
            .map(|item| (item.kind, item.waiting, item.problem))
            .collect()
    }

    #[test]
    fn what_is_not_covered_is_ours_until_a_draft_lies_there() {
        assert_eq!(
            found(|_| ()),
            [(ItemKind::StartProduction, Party::Us, false)]
        );
        let drafted = found(|facts| facts.production.papers.push(paper("draft")));
        assert_eq!(drafted, [(ItemKind::FinishProduction, Party::Us, false)]);
    }

    #[test]
    fn a_draft_waits_for_whom_the_terms_name_and_for_us_once_let_pass() {
        let with = |hold: Hold, overridden: bool| {
            found(|facts| {
                facts.production.hold = Some(hold);
                let asks = true;
                let draft = PaperFacts {
                    asks,
                    overridden,
                    ..paper("draft")
                };
                facts.production.papers.push(draft);
            })
        };
        let customer = (ItemKind::AwaitDeposit, Party::Customer, false);
        assert_eq!(with(Hold::Money, false), [customer]);
        let manager = (ItemKind::DecideTerms, Party::Manager, false);
        assert_eq!(with(Hold::Terms, false), [manager]);
        let ours = (ItemKind::FinishProduction, Party::Us, false);
        assert_eq!(with(Hold::Money, true), [ours]);
    }

    #[test]
    fn a_day_past_the_agreed_one_is_a_problem_until_the_goods_are_ready() {
        let late = |stage: &str| {
            found(|facts| {
                facts.production.covered = true;
                let mut run = paper(stage);
                run.expected_on = NaiveDate::from_ymd_opt(2026, 12, 9);
                facts.production.papers.push(run);
            })
        };
        assert!(late("in_work").contains(&(ItemKind::LateProduction, Party::Us, true)));
        assert!(late("ready").is_empty());
    }

    #[test]
    fn the_set_asks_for_what_is_missing_of_it() {
        let set = CompleteSet {
            customer_order: false,
            proforma: true,
            production_orders: true,
        };
        assert!(!set.is_complete());
        let open = found(|facts| {
            facts.production.set = set;
            (facts.production.covered, facts.production.acknowledged) = (true, true);
        });
        assert_eq!(open, [(ItemKind::CompleteSet, Party::Us, false)]);
    }
}
