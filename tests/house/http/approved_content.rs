//! A yes belongs to what was shown (P4b), for what is no paper of its own: terms on trust, money of a cancelled order, and
//! exceptions. Every column of what a yes is bound to is classed; a new one fails here until somebody says which it is.

use crate::support::{Form, Wanted, World};
use gendan::production::order::Stage as Paper;
use gendan::shipping::shipment::Stage;

#[derive(Clone, Copy)]
enum Class {
    /// The yes is bound to it: a value that differs from what stands there ends the yes.
    Content(&'static str),
    /// Written only together with the version or the stage, to which the yes is bound.
    Counted,
    /// Its life, and what is none of the question's.
    Free,
}
use Class::{Content, Counted, Free};

/// A table that a yes is bound to, and its columns by class, with spaces between them.
type Table = (&'static str, &'static [(Class, &'static str)]);

/// The confirmed proforma invoice under which terms on trust are let go: its frozen content is one hash.
const TERMS: Table = (
    "proforma_invoice",
    &[
        (Content("sha256('other')"), "content_hash"),
        // Frozen with the hash, and which revision is confirmed; `verify` finds an edit of either alone.
        (Counted, "content total currency stage"),
        (
            Free,
            "id order_id revision paper_lang account dated valid_until buyer consignee notify
             loading_port discharge_port partial_shipment transhipment delivery insurance documents
             inspection remarks discount_percent discount_reason adjustments created_by created_at
             edited_by submitted_by submitted_at returned_words approved_at sent_at sent_to sent_channel
             answered_at answered_by answered_channel answer_words evidence version",
        ),
    ],
);

/// What is to become of money: which part of which receipt, and how much of it.
const MONEY_BACK: Table = (
    "receipt_allocation",
    &[
        (Content("amount - 1"), "amount"),
        // The address of the question itself. No row is ever changed: the house has no right to.
        (Counted, "id receipt order_id shipment kind undoes outcome"),
        (Free, "words at person"),
    ],
);

const PRODUCTION_GATE: Table = (
    "production_order",
    &[
        (Content("version + 1"), "version"),
        (
            Counted,
            "stage delivery_on place quality materials packing marks inspection remarks override_reason
             override_by override_at terms_hash terms_by terms_at approved_hash approved_by approved_at
             since edited_by",
        ),
        (
            Free,
            "id order_id factory number revision created_by content content_hash issued_at issued_to
             issued_channel relay answered_at answered_by answered_channel answer_words evidence counter
             counter_hash expected_on void_reason",
        ),
    ],
);

const STALE_PAPER: Table = (
    "issued_paper",
    &[
        (Content("'another change'"), "stale_by"),
        (Content("stale_since + interval '1 hour'"), "stale_since"),
        (Content("stale_since"), "superseded_at"),
        (
            Free,
            "id order_id kind number revision fields issued_at person overridden_at overridden_by
             override_reason",
        ),
    ],
);

const INSPECTION: Table = (
    "inspection_report",
    &[
        (Content("'passed'"), "stage"),
        (Content("version + 1"), "version"),
        (
            Counted,
            "kind planned_on inspector level aql_major aql_minor note done_on packed findings
             countersigned recorded_by verdict_words judged_by waived_by waived_reason since",
        ),
        (Free, "id order_id number planned_by planned_at"),
    ],
);

const SHIPMENT: Table = (
    "shipment",
    &[
        (Content("'air'"), "mode"),
        (
            Free,
            "id number customer department stage stage_since currency forwarder equipment ready_on
             wanted_on loading_port discharge_port destination booking_no carrier vessel voyage etd eta
             si_cutoff vgm_cutoff cy_cutoff customs_cutoff old_cutoffs customs_set documents_sent_at
             documents_sent_to documents_late gated_in_on gated_in_early released_on on_board_on
             arrived_on reason rolled created_by created_at version loading_code discharge_code imo
             undeclared left_behind_at cutoff_zone",
        ),
    ],
);

const GOODS: Table = (
    "shipment_line",
    &[
        (Content("quantity - 1"), "quantity"),
        // Which goods they are is the row itself: lines come and go, none is turned into another.
        (Counted, "order_line shipment"),
        (Free, "id cartons gross_kg net_kg cbm"),
    ],
);

const DOCUMENT: Table = (
    "transport_document",
    &[
        (Content("number || '9'"), "number"),
        (Content("'telex', originals = null"), "form"),
        (Content("issued_on - 1"), "issued_on"),
        (
            Free,
            "id shipment stage stage_since instructions draft draft_revision waivers instructions_sent_at
             copy_sent_at answered_on answered_by answer_words originals released_at early_reason
             created_by edited_by version draft_file",
        ),
    ],
);

const PRESENTATION: Table = (
    "presentation",
    &[
        (Content("version + 1"), "version"),
        (
            Content("coalesce(last_day_set, date '2026-11-01') + 1"),
            "last_day_set",
        ),
        (Counted, "stage bank instruction since"),
        (
            Free,
            "id shipment letter_of_credit sequence way created_by created_at presented_on last_day_on
             late_reason late_by due_on",
        ),
    ],
);

const TABLES: [Table; 9] = [
    TERMS,
    MONEY_BACK,
    PRODUCTION_GATE,
    STALE_PAPER,
    INSPECTION,
    SHIPMENT,
    GOODS,
    DOCUMENT,
    PRESENTATION,
];

#[tokio::test]
async fn every_column_that_a_yes_could_be_bound_to_is_classed() {
    let w = World::new().await;
    for (table, classes) in TABLES {
        let mut real: Vec<String> = w
            .ask_all(&format!(
                "select column_name::text from information_schema.columns where table_name = '{table}'"
            ))
            .await;
        let names = classes.iter().map(|(_, names)| *names);
        let mut classed: Vec<&str> = names.flat_map(str::split_whitespace).collect();
        real.sort();
        classed.sort_unstable();
        assert_eq!(
            real, classed,
            "{table}: say in http/approved_content.rs whether a yes belongs to it"
        );
    }
    let may: bool = w
        .ask("select has_table_privilege('gendan_app', 'receipt_allocation', 'update')")
        .await;
    assert!(!may, "what money a row is of never changes");
}

/// Columns of a table that a yes is bound to, with another value each.
fn content(table: Table) -> impl Iterator<Item = (&'static str, &'static str)> {
    let classes = table.1.iter();
    classes.flat_map(|(class, names)| {
        let value = match class {
            Content(value) => Some(*value),
            Counted | Free => None,
        };
        let names = names.split_whitespace();
        names.filter_map(move |name| value.map(|value| (name, value)))
    })
}

/// What an exception is bound to, as the house keeps it.
async fn bound(w: &World, subject: &str, thing: &str) -> String {
    w.ask(&format!(
        "select encode(exception_hash('{subject}', '{thing}'), 'hex')"
    ))
    .await
}

/// One column of the rows that `whose` names, changed behind the house's back.
async fn change(w: &World, (table, whose): (&str, &str), (column, value): (&str, &str)) {
    w.sql(&format!(
        "create table kept as select * from {table}; update {table} set {column} = {value} where {whose}"
    ))
    .await;
}

/// As it was.
async fn restore(w: &World, table: &str, column: &str) {
    // A form and the number of its originals stand and fall together.
    let back = match column {
        "form" => "form = k.form, originals = k.originals".to_owned(),
        one => format!("{one} = k.{one}"),
    };
    w.sql(&format!(
        "update {table} t set {back} from kept k where k.id = t.id; drop table kept"
    ))
    .await;
}

/// Each column in turn ends what an exception is bound to.
async fn each_ends_it(w: &World, subject: &str, thing: &str, (table, whose): (Table, &str)) {
    let name = table.0;
    let held = bound(w, subject, thing).await;
    for (column, value) in content(table) {
        change(w, (name, whose), (column, value)).await;
        let now = bound(w, subject, thing).await;
        assert_ne!(now, held, "{subject}: {name}.{column}");
        restore(w, name, column).await;
        let now = bound(w, subject, thing).await;
        assert_eq!(now, held, "{subject}: {name}.{column}");
    }
}

async fn id_of(w: &World, table: &str, whose: &str) -> String {
    w.ask(&format!(
        "select id::text from {table} where {whose} limit 1"
    ))
    .await
}

#[tokio::test]
async fn an_exception_falls_with_every_column_of_what_it_was_asked_of() {
    let w = World::new().await;
    let held = w.ordered().await;
    w.production_at(&held, Paper::Draft).await;
    let whose = format!("order_id = '{}'", held.id);
    let draft = id_of(&w, "production_order", &whose).await;
    let gate = "exception_production_gate";
    each_ends_it(&w, gate, &draft, (PRODUCTION_GATE, &whose)).await;
    let before = bound(&w, gate, &draft).await;
    w.money(&held, "10.00").await;
    assert_ne!(bound(&w, gate, &draft).await, before, "money has come in");
    w.step_six().await;
    let stale = id_of(&w, "issued_paper", "stale_since is not null").await;
    let whose = format!("id = '{stale}'");
    each_ends_it(&w, "exception_stale_paper", &stale, (STALE_PAPER, &whose)).await;
    let report = id_of(&w, "inspection_report", "stage = 'done'").await;
    let whose = format!("id = '{report}'");
    each_ends_it(&w, "exception_inspection", &report, (INSPECTION, &whose)).await;
}

#[tokio::test]
async fn an_exception_for_goods_falls_with_what_they_are_and_who_has_paid() {
    let w = World::new().await;
    let order = w.ready_order().await;
    let number = w.shipment_at(&order, Stage::Departed).await;
    w.ship(&number, "loading").await.is(303);
    for act in [
        "instructions",
        "draft",
        "check",
        "sending",
        "confirmation",
        "issue",
    ] {
        let act = format!("transport-document/{act}");
        w.ship(&number, &act).await.is(303);
    }
    let shipment = id_of(&w, "shipment", &format!("number = '{number}'")).await;
    let (itself, lines) = (
        format!("id = '{shipment}'"),
        format!("shipment = '{shipment}'"),
    );
    for gate in ["exception_early_gate_in", "exception_early_release"] {
        each_ends_it(&w, gate, &shipment, (SHIPMENT, &itself)).await;
        each_ends_it(&w, gate, &shipment, (GOODS, &lines)).await;
    }
    each_ends_it(&w, "exception_early_release", &shipment, (DOCUMENT, &lines)).await;
    let gate = "exception_early_gate_in";
    let before = bound(&w, gate, &shipment).await;
    let receipt = w.receipt("100.00").await;
    w.allocate(&receipt, &order, "balance", "100.00")
        .await
        .is(303);
    assert_ne!(
        bound(&w, gate, &shipment).await,
        before,
        "money has come in"
    );
}

#[tokio::test]
async fn an_exception_of_a_set_falls_with_its_version_and_its_last_day() {
    let w = World::new().await;
    let order = w.order_paid_by(Wanted::EUROPE, "DP_SIGHT").await;
    w.shipped(&order, "S26-0001", "2026-11-20").await;
    let url = format!("{}/presentations", order.url());
    let begun = [("shipment", "S26-0001")];
    w.as_("shen").await.post(&url, begun).await.is(303);
    let set = id_of(&w, "presentation", "true").await;
    each_ends_it(
        &w,
        "exception_late_presenting",
        &set,
        (PRESENTATION, "true"),
    )
    .await;
}

/// Each column in turn makes the manager's yes refuse, and nothing is written; then it is taken.
async fn refused(w: &World, (table, whose): (Table, &str), url: &str, form: &Form) {
    let (name, gu) = (table.0, w.as_("gu").await);
    for (column, value) in content(table) {
        change(w, (name, whose), (column, value)).await;
        let stands = w.everything().await;
        let reply = gu.post(url, form.clone()).await;
        assert_eq!(reply.status, 409, "{name}.{column}");
        assert_eq!(w.everything().await, stands, "{name}.{column}");
        restore(w, name, column).await;
    }
    gu.post(url, form.clone()).await.is(303);
}

#[tokio::test]
async fn a_yes_to_terms_on_trust_belongs_to_the_confirmed_content() {
    let w = World::new().await;
    let order = w.order_paid_by(Wanted::EUROPE, "OA_60").await;
    w.confirm(&order).await;
    let key = w.production_at(&order, Paper::Draft).await;
    let form = w.verdict(&order, "terms", "approved").await;
    let url = format!("{}/terms", order.paper(&key));
    let whose = format!("order_id = '{}'", order.id);
    refused(&w, (TERMS, &whose), &url, &form).await;
}

#[tokio::test]
async fn a_yes_for_money_of_a_cancelled_order_belongs_to_its_amount() {
    let w = World::new().await;
    let order = w.order().await;
    let receipt = w.receipt("800.00").await;
    w.allocate(&receipt, &order, "deposit", "800.00")
        .await
        .is(303);
    let allocation = w.allocation(&receipt).await;
    let why = [("reason", "customer closes the shop")];
    let cancel = format!("{}/cancellation", order.url());
    w.as_("gu").await.post(&cancel, why).await.is(303);
    let url = format!("/receipts/{receipt}/allocations/{allocation}");
    let plan = [("plan", "refund")];
    w.as_("xu")
        .await
        .post(&format!("{url}/question"), plan)
        .await
        .is(303);
    let form = w.verdict_on("receipt", &receipt, "approved").await;
    let whose = format!("id = '{allocation}'");
    refused(&w, (MONEY_BACK, &whose), &format!("{url}/approval"), &form).await;
}
