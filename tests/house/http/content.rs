//! A yes belongs to its content (P4b): every column a proforma invoice prints is classed, and changing any of them
//! behind the house's back makes approving and sending refuse.

use crate::support::{World, id};
use gendan::proforma::Stage;

enum Class {
    /// Printed on the paper; with a value that differs from what stands there.
    Content(&'static str),
    /// Moves nothing on the paper.
    Free,
}
use Class::{Content, Free};

type Table = (&'static str, &'static [(&'static str, Class)]);

const TABLES: &[Table] = &[
    (
        "export_order",
        &[
            ("id", Free),
            ("number", Content("'HY26-9999'")),
            (
                "entity",
                Content("(select id from legal_entity where prefix = 'OT')"),
            ),
            ("department", Free),
            ("salesperson", Free),
            ("operator", Free),
            ("customer", Free),
            ("title", Free),
            ("customer_reference", Content("'PO 1'")),
            ("currency", Content("'EUR'")),
            ("incoterm", Content("'CIF'")),
            ("place", Content("'Shanghai'")),
            ("terms", Content("'TT_100_ADV'")),
            ("tolerance", Content("5")),
            ("delivery_on", Content("'2027-02-01'")),
            ("packing", Content("'in bags'")),
            ("marks", Content("'N/M'")),
            ("repeat_of", Free),
            ("split_of", Free),
            ("step", Free),
            ("condition", Free),
            ("held_until", Free),
            ("condition_reason", Free),
            ("waiting", Free),
            ("next_kind", Free),
            ("next_due", Free),
            ("amount", Free),
            ("last_event_at", Free),
            ("problem", Free),
            ("opened_at", Free),
            ("version", Free),
            ("lines_version", Free),
        ],
    ),
    (
        "order_line",
        &[
            ("order_id", Free),
            ("pos", Content("pos + 10 * (3 - pos)")),
            ("id", Free),
            ("item_no", Content("item_no || 'x'")),
            ("description_en", Content("'Cotton shirt'")),
            ("description_zh", Content("'棉衬衫'")),
            ("colour", Content("'blue'")),
            (
                "sizes",
                Content("'[{\"size\": \"M\", \"quantity\": \"1200\"}]'"),
            ),
            ("quantity", Content("1201")),
            ("unit", Content("'sets'")),
            ("unit_price", Content("5.19")),
            // Ours, not the customer's: what we pay is on no proforma invoice; it decides the level, asked again each time.
            ("factory", Free),
            ("factory_price", Free),
            ("hs_code", Content("'6205200000'")),
            ("cartons", Content("41")),
            ("gross_kg", Content("100")),
            ("net_kg", Content("90")),
            ("cbm", Content("2")),
            ("delivery_on", Content("'2027-02-02'")),
            ("remark", Free),
            ("remark_for", Free),
            // What was agreed stays on the paper; that the rest is not taken any more is another fact.
            ("short_closed", Free),
        ],
    ),
    (
        "proforma_invoice",
        &[
            ("id", Free),
            ("order_id", Free),
            ("revision", Free), // part of its address: another revision is another thing
            ("stage", Free),
            ("paper_lang", Content("'both'")),
            (
                "account",
                Content("(select id from bank_account where name = 'other')"),
            ),
            ("dated", Content("'2026-11-22'")),
            ("valid_until", Content("'2026-12-31'")),
            ("buyer", Content("'somebody else'")),
            ("consignee", Content("'to order'")),
            ("notify", Content("'the same'")),
            ("loading_port", Content("'Shanghai'")),
            ("discharge_port", Content("'Oslo'")),
            ("partial_shipment", Content("'not_allowed'")),
            ("transhipment", Content("'not_allowed'")),
            ("delivery", Content("'soon'")),
            ("insurance", Content("'by buyer'")),
            ("documents", Content("'invoice'")),
            ("inspection", Content("'by us'")),
            ("remarks", Content("'none'")),
            ("discount_percent", Content("1")),
            ("discount_reason", Content("'friends'")),
            (
                "adjustments",
                Content(r#"'[{"kind":"other","label_zh":"","label_en":"x","amount":"1"}]'"#),
            ),
            ("created_by", Free),
            ("created_at", Free),
            ("edited_by", Free),
            // The snapshot itself: no form writes it, and its hash lies with the question.
            ("content", Free),
            ("content_hash", Free),
            ("total", Free),
            ("currency", Free),
            ("submitted_by", Free),
            ("submitted_at", Free),
            ("returned_words", Free),
            ("approved_at", Free),
            ("sent_at", Free),
            ("sent_to", Free),
            ("sent_channel", Free),
            ("answered_at", Free),
            ("answered_by", Free),
            ("answered_channel", Free),
            ("answer_words", Free),
            ("evidence", Free),
            ("version", Free),
        ],
    ),
    (
        "bank_account",
        &[
            ("id", Free),
            ("entity", Free),
            ("name", Content("name || ' 2'")),
            ("currency", Content("'EUR'")),
            ("beneficiary", Content("'somebody else'")),
            ("bank", Content("'another bank'")),
            ("bank_address", Content("'elsewhere'")),
            ("bic", Content("'HAIYCNBN'")),
            ("account", Content("'9999'")),
            // Where the printed text was taken from, and what a list finds it by.
            ("bank_card", Free),
            ("search", Free),
            ("archived_at", Free),
            ("version", Free),
        ],
    ),
    (
        "legal_entity",
        &[
            ("id", Free),
            ("prefix", Free),
            ("name_zh", Content("'别家'")),
            ("name_en", Content("'Somebody else'")),
            ("address_zh", Content("'别处'")),
            ("address_en", Content("'elsewhere'")),
            ("phone", Content("'0574'")),
            ("email", Content("'a@b.example'")),
            ("credit_code", Free),
            ("customs_code", Free),
            ("ciq_code", Free),
            ("search", Free),
            ("archived_at", Free),
            ("version", Free),
        ],
    ),
];

#[tokio::test]
async fn every_column_is_classed_as_content_or_free() {
    let w = World::new().await;
    for (table, columns) in TABLES {
        let mut real: Vec<String> = w
            .ask_all(&format!(
                "select column_name::text from information_schema.columns where table_name = '{table}'"
            ))
            .await;
        let mut classed: Vec<String> = columns.iter().map(|(name, _)| (*name).to_owned()).collect();
        real.sort();
        classed.sort();
        assert_eq!(
            real, classed,
            "{table}: say in http/content.rs whether the paper prints it"
        );
    }
}

#[tokio::test]
async fn a_change_of_any_printed_column_stops_approving_and_sending() {
    let w = World::new().await;
    let (asked, approved) = (w.order().await, w.order().await);
    w.proforma_at(&asked, Stage::Submitted).await;
    w.proforma_at(&approved, Stage::Approved).await;
    another_entity(&w).await;
    let decision = w.decision(&asked, 1, "approved").await;
    let (manager, operator) = (w.as_("gu").await, w.as_("shen").await);
    for (table, columns) in TABLES {
        let key = if *table == "order_line" || *table == "proforma_invoice" {
            "order_id"
        } else {
            "id"
        };
        for (column, class) in *columns {
            let Content(value) = class else { continue };
            w.sql(&format!("create table kept as select * from {table}"))
                .await;
            change(
                &w,
                table,
                column,
                value,
                (&asked.id.to_string(), &approved.id.to_string()),
            )
            .await;
            let (url, to) = (asked_url(&w, &asked).await, asked_url(&w, &approved).await);
            let stands = w.everything().await;
            manager
                .post(&format!("{url}/approval"), decision.clone())
                .await
                .is(409);
            let send = [("to", "anna@nordhavn.example"), ("channel", "email")];
            operator.post(&format!("{to}/sending"), send).await.is(409);
            assert_eq!(w.everything().await, stands, "{table}.{column}");
            restore(&w, table, column, key).await;
        }
    }
    w.act_on(&asked, 1, "approval").await.is(303);
    w.act_on(&approved, 1, "sending").await.is(303);
}

/// Something else to point at.
async fn another_entity(w: &World) {
    w.sql(&format!(
        "insert into legal_entity (id, prefix, name_zh, name_en) values ('{0}', 'OT', '别家', 'Other');
         insert into bank_account (id, entity, name, currency, beneficiary, bank, account)
             values ('{1}', '{2}', 'other', 'USD', 'us', 'bank', '1')",
        id("OT"),
        id("other account"),
        id("HY")
    ))
    .await;
}

async fn restore(w: &World, table: &str, column: &str, key: &str) {
    let and_line = if table == "order_line" {
        "and k.id = t.id"
    } else {
        ""
    };
    w.sql(&format!(
        "update {table} t set {column} = k.{column} from kept k where k.{key} = t.{key} {and_line}; drop table kept"
    ))
    .await;
}

/// Changes both orders' rows; the number must stay unique, so each gets its own.
async fn change(w: &World, table: &str, column: &str, value: &str, orders: (&str, &str)) {
    if column == "number" {
        w.sql(&format!(
            "update export_order set number = 'HY26-9998' where id = '{}';
             update export_order set number = 'HY26-9999' where id = '{}'",
            orders.0, orders.1
        ))
        .await;
        return;
    }
    let only = match column {
        "pos" => "set constraints all deferred;",
        _ => "",
    };
    let whose = match (table, column) {
        ("bank_account", _) => "where name = '甬屿美元户'",
        ("legal_entity", _) => "where prefix = 'HY'",
        _ => "",
    };
    w.sql(&format!(
        "{only} update {table} set {column} = {value} {whose}"
    ))
    .await;
}

async fn asked_url(w: &World, order: &crate::support::Placed) -> String {
    let number: String = w
        .ask(&format!(
            "select number from export_order where id = '{}'",
            order.id
        ))
        .await;
    format!("/orders/{number}/proforma/1")
}
