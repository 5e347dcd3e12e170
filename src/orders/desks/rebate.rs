//! What the order reads of hand-over 交接单, verification 核销 and rebate 退税.
//!
//! Due days: papers are back thirty days after the goods left (we chose: brokers return a declaration within a month);
//! money and claim by 30 April of the year after the export (rules 8.2); the tax office answers within thirty days.

use super::super::item_kind::ItemKind;
use super::super::lifecycle::{Outcome, Step};
use super::super::open_items::{OpenItem, item};
use crate::base::calendar::Calendar;
use crate::base::{OrderId, Party};
use crate::orders::Facts;
use crate::web::Result;
use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};
use serde::Deserialize;
use sqlx::PgConnection;

#[derive(Clone, Debug, Default)]
pub struct RebateFacts {
    /// Papers of every shipment are with finance, and nothing is left unshipped.
    pub handed_over: bool,
    pub verified: bool,
    /// Received, or declared not applicable, exempt or taxed, for every shipment.
    pub rebate_closed: bool,
    pub shipments: Vec<ShipmentFact>,
}

/// A shipment that is not cancelled, with goods of the order.
#[derive(Clone, Debug, Deserialize)]
pub struct ShipmentFact {
    pub number: String,
    pub departed: bool,
    /// It left without a declaration of ours, for a reason that was given.
    pub undeclared: bool,
    pub on_board_on: Option<NaiveDate>,
    pub hand_over: String,
    pub hand_over_since: Option<DateTime<Utc>>,
    /// Papers of the list that are not back.
    pub owed: i64,
    pub declarations: Vec<DeclarationFact>,
    pub claims: Vec<ClaimFact>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct DeclarationFact {
    pub sequence: i32,
    pub exported_on: Option<NaiveDate>,
    pub paper_form: bool,
    /// Of the form or the matching; empty before.
    pub stage: String,
    pub since: Option<DateTime<Utc>>,
    pub verified: bool,
    /// Held by a claim that was not rejected.
    pub claimed: bool,
}

#[derive(Clone, Debug, Deserialize)]
pub struct ClaimFact {
    pub sequence: i32,
    pub stage: String,
    pub since: DateTime<Utc>,
}

impl ClaimFact {
    fn ended_well(&self) -> bool {
        matches!(
            self.stage.as_str(),
            "received" | "turned_exempt" | "taxed" | "not_applicable"
        )
    }
}

impl ShipmentFact {
    /// A rejected claim counts no more; its declarations are claimed again or declared not applicable.
    fn live(&self) -> impl Iterator<Item = &ClaimFact> {
        self.claims.iter().filter(|claim| claim.stage != "rejected")
    }

    fn rebate_closed(&self) -> bool {
        self.live().next().is_some()
            && self.live().all(ClaimFact::ended_well)
            && self.declarations.iter().all(|one| one.claimed)
    }

    /// A shipment without a declaration is verified only where it was said why there is none.
    fn verified(&self) -> bool {
        (self.undeclared || !self.declarations.is_empty())
            && self.declarations.iter().all(|own| own.verified)
    }

    fn exported_on(&self) -> Option<NaiveDate> {
        let first = self.declarations.iter().filter_map(|one| one.exported_on);
        first.min().or(self.on_board_on)
    }
}

#[expect(
    clippy::too_many_lines,
    reason = "mostly one statement and its columns"
)]
pub(in crate::orders) async fn load(db: &mut PgConnection, order: OrderId) -> Result<RebateFacts> {
    let row = sqlx::query!(
        r#"select exists (select from order_line l where l.order_id = $1 and shipping_ordered(l.id) * (1 - o.tolerance / 100) >
                   coalesce((select sum(x.quantity) from shipment_line x join shipment s on s.id = x.shipment
                       where x.order_line = l.id and s.stage in ('departed', 'arrived')), 0)) as "unshipped!",
               coalesce((select jsonb_agg(jsonb_build_object('number', s.number,
                       'departed', s.stage in ('departed', 'arrived'), 'on_board_on', s.on_board_on,
                       'undeclared', s.undeclared <> '',
                       'hand_over', coalesce(h.stage, 'expected'), 'hand_over_since', h.stage_since,
                       'owed', (case when exists (select from customs_declaration d where d.shipment = s.id
                               and d.stage not in ('revoked', 'shut_out', 'void')
                               and verification_regime(coalesce(d.exported_on, s.on_board_on)) = 'paper_form') then 6 else 5 end)
                           - (select count(*) from hand_over_paper p where p.hand_over = h.id),
                       'declarations', coalesce((select jsonb_agg(jsonb_build_object('sequence', d.sequence,
                               'exported_on', coalesce(d.exported_on, s.on_board_on),
                               'paper_form', coalesce(verification_regime(coalesce(d.exported_on, s.on_board_on)) = 'paper_form', false),
                               'stage', coalesce(f.stage, m.stage, ''), 'since', coalesce(f.stage_since, m.matched_at),
                               'verified', declaration_verified(d.id),
                               'claimed', exists (select from rebate_claim_declaration k join rebate_claim r on r.id = k.claim
                                   where k.declaration = d.id and r.stage <> 'rejected')) order by d.sequence)
                           from customs_declaration d
                           left join verification_form f on f.declaration = d.id
                           left join verification_matching m on m.declaration = d.id
                           where d.shipment = s.id and d.stage not in ('revoked', 'shut_out', 'void')), '[]'),
                       'claims', coalesce((select jsonb_agg(jsonb_build_object('sequence', r.sequence, 'stage', r.stage,
                               'since', r.stage_since) order by r.sequence)
                           from rebate_claim r where r.shipment = s.id), '[]')) order by s.created_at, s.id)
                   from shipment s left join hand_over h on h.shipment = s.id
                   where s.stage <> 'cancelled' and exists (select from shipment_line x join order_line l on l.id = x.order_line
                       where x.shipment = s.id and l.order_id = $1)), '[]') as "shipments!"
           from export_order o where o.id = $1"#,
        order.0,
    )
    .fetch_one(db)
    .await?;
    let shipments: Vec<ShipmentFact> = serde_json::from_value(row.shipments)?;
    let over = !row.unshipped && !shipments.is_empty() && shipments.iter().all(|one| one.departed);
    Ok(RebateFacts {
        handed_over: over && shipments.iter().all(|one| one.hand_over == "taken"),
        verified: over && shipments.iter().all(ShipmentFact::verified),
        rebate_closed: over && shipments.iter().all(ShipmentFact::rebate_closed),
        shipments,
    })
}

/// What stands open on this desk.
pub(in crate::orders) fn items(facts: &Facts, calendar: &Calendar, items: &mut Vec<OpenItem>) {
    for shipment in facts.rebate.shipments.iter().filter(|one| one.departed) {
        papers(facts, calendar, shipment, items);
        if shipment.declarations.is_empty() && !shipment.undeclared {
            let gone = left(facts, calendar, shipment.on_board_on);
            let times = (gone, days_after(calendar, gone, 30));
            let kind = ItemKind::GetDeclaration;
            let missing = open(
                facts,
                kind,
                Party::Forwarder,
                shipment.number.clone(),
                times,
            );
            items.push(OpenItem {
                problem: true,
                ..missing
            });
        }
        for declaration in &shipment.declarations {
            verification(facts, calendar, (shipment, declaration), items);
        }
        claims(facts, calendar, shipment, items);
    }
    let done = facts.latches.get(Step::Settlement) == Some(Outcome::Done);
    if items.is_empty() && done {
        let since = facts.order.step_since;
        let mut close = item(
            facts,
            Step::Settlement,
            ItemKind::CloseOrder,
            Party::Finance,
            (since, calendar.after_days(since, 5)),
        );
        close.quoted.clear();
        items.push(close);
    }
}

fn open(
    facts: &Facts,
    kind: ItemKind,
    waiting: Party,
    subject: String,
    times: (DateTime<Utc>, DateTime<Utc>),
) -> OpenItem {
    OpenItem {
        subject,
        ..item(facts, Step::Settlement, kind, waiting, times)
    }
}

/// The moment the goods left; before the on-board date is known, when the pointer came here.
fn left(facts: &Facts, calendar: &Calendar, day: Option<NaiveDate>) -> DateTime<Utc> {
    day.map_or(facts.order.step_since, |day| calendar.end_of(day))
}

fn days_after(calendar: &Calendar, since: DateTime<Utc>, days: u64) -> DateTime<Utc> {
    let day = calendar.today(since);
    calendar.end_of(day.checked_add_days(Days::new(days)).unwrap_or(day))
}

/// 30 April of the year after the export.
fn regular(calendar: &Calendar, since: DateTime<Utc>) -> DateTime<Utc> {
    let year = calendar.today(since).year() + 1;
    let day = NaiveDate::from_ymd_opt(year, 4, 30);
    day.map_or(since, |day| calendar.end_of(day))
}

fn papers(facts: &Facts, calendar: &Calendar, shipment: &ShipmentFact, items: &mut Vec<OpenItem>) {
    let gone = left(facts, calendar, shipment.on_board_on);
    let since = shipment.hand_over_since.unwrap_or(gone);
    let (kind, waiting, times, problem) = match shipment.hand_over.as_str() {
        "taken" => return,
        "handed_over" => (
            ItemKind::TakePapers,
            Party::Finance,
            (since, calendar.after_days(since, 2)),
            false,
        ),
        "sent_back" => (
            ItemKind::MendPapers,
            Party::Us,
            (since, calendar.after_days(since, 2)),
            true,
        ),
        _ if shipment.owed > 0 => (
            ItemKind::CollectPapers,
            Party::Forwarder,
            (gone, days_after(calendar, gone, 30)),
            false,
        ),
        _ => (
            ItemKind::HandOverPapers,
            Party::Us,
            (since, calendar.after_days(since, 1)),
            false,
        ),
    };
    let mut found = open(facts, kind, waiting, shipment.number.clone(), times);
    found.problem = problem;
    items.push(found);
}

fn verification(
    facts: &Facts,
    calendar: &Calendar,
    (shipment, declaration): (&ShipmentFact, &DeclarationFact),
    items: &mut Vec<OpenItem>,
) {
    if declaration.verified {
        return;
    }
    let gone = left(facts, calendar, declaration.exported_on);
    let since = declaration.since.unwrap_or(gone);
    let due = regular(calendar, gone);
    let (kind, problem) = match (declaration.paper_form, declaration.stage.as_str()) {
        (true, "") => (ItemKind::IssueForm, false),
        (true, "issued") => (ItemKind::ReturnForm, false),
        // Verified once, and money went back afterwards.
        (true, stage) => (ItemKind::VerifyForm, stage == "verified"),
        (false, "") => (ItemKind::MatchReceipts, false),
        (false, _) => (ItemKind::SettleDifference, true),
    };
    let due = if problem {
        calendar.after_days(since, 5)
    } else {
        due
    };
    let subject = format!("{}/{}", shipment.number, declaration.sequence);
    let waiting = if kind == ItemKind::ReturnForm {
        Party::Forwarder
    } else {
        Party::Finance
    };
    let mut found = open(facts, kind, waiting, subject, (since, due));
    found.problem = problem;
    items.push(found);
}

#[expect(
    clippy::too_many_lines,
    reason = "one form, one page or one statement, in its order"
)]
fn claims(facts: &Facts, calendar: &Calendar, shipment: &ShipmentFact, items: &mut Vec<OpenItem>) {
    let gone = left(facts, calendar, shipment.exported_on());
    let due = regular(calendar, gone);
    let unclaimed =
        shipment.live().next().is_none() || shipment.declarations.iter().any(|one| !one.claimed);
    if unclaimed {
        let mut begin = open(
            facts,
            ItemKind::CollectRebate,
            Party::Finance,
            shipment.number.clone(),
            (gone, due),
        );
        // A rejected claim wants a decision: once more, or not applicable.
        begin.problem = shipment
            .claims
            .iter()
            .any(|claim| claim.stage == "rejected");
        items.push(begin);
    }
    for claim in shipment.live() {
        let since = claim.since;
        let (kind, waiting, due, problem) = match claim.stage.as_str() {
            "collecting" => (ItemKind::CompleteRebate, Party::Finance, due, false),
            "complete" => (ItemKind::DeclareRebate, Party::Finance, due, false),
            "declared" => (
                ItemKind::AwaitRebateAnswer,
                Party::TaxOffice,
                days_after(calendar, since, 30),
                false,
            ),
            "queried" => (
                ItemKind::AnswerRebateQuery,
                Party::Finance,
                calendar.after_days(since, 5),
                true,
            ),
            "approved" => (
                ItemKind::AwaitRebate,
                Party::TaxOffice,
                days_after(calendar, since, 15),
                false,
            ),
            _ => continue,
        };
        let subject = format!("{}/{}", shipment.number, claim.sequence);
        let mut found = open(facts, kind, waiting, subject, (since, due));
        found.problem = problem;
        items.push(found);
    }
}
