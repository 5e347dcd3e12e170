//! Verify 核对: every kind of difference it knows is planted once in the demo's house, and it names each of them.

use crate::support::World;

/// What the owner of the tables does behind the acts, and what verify must then say.
const PLANTED: &[(&str, &str)] = &[
    (
        "update proforma_invoice set content_hash = '\\x00' where id = (select min(id::text)::uuid from proforma_invoice where stage = 'confirmed')",
        "proforma r1: its content is not what was frozen",
    ),
    (
        "update proforma_invoice set total = total + 1 where stage = 'confirmed'",
        "proforma r1: its lines do not sum to its total",
    ),
    (
        "update proforma_invoice set content = jsonb_set(content, '{schedule,0,amount}', '\"1\"') where stage = 'confirmed'",
        "its instalments do not sum to its total",
    ),
    (
        "update sample_note set content_hash = '\\x00' where content is not null",
        "its content is not what was frozen",
    ),
    (
        "update production_order set content_hash = '\\x00' where content is not null",
        "production order 1 r1: its content is not what was frozen",
    ),
    (
        "update production_order set content = jsonb_set(content, '{total}', '\"1\"') where content is not null",
        "production order 1 r1: its lines do not sum to its total",
    ),
    (
        "update production_order_line set quantity = quantity + 100000",
        "its lines are neither printed nor agreed",
    ),
    ("select 1", "given to factories of"),
    (
        "update change_order_field set new_value = new_value || '0'",
        "its fields are not what was raised",
    ),
    (
        "update change_order set stage = 'applied', ended_at = raised_at, applied_act = gen_random_uuid(), approved_at = raised_at, agreed_at = raised_at",
        "what it says is not what the order's history says of its act",
    ),
    (
        "update shipment_line set quantity = quantity * 3",
        "are in shipments, at most",
    ),
    (
        "update shipment_container set cartons = cartons + 1",
        "what was loaded is not what the packing list says",
    ),
    (
        "update shipment set currency = 'EUR'",
        "carries an order of another customer, department or currency",
    ),
    (
        "insert into credit_drawing (id, letter_of_credit, shipment, amount, drawn_on, recorded_by, recorded_at)
         select gen_random_uuid(), l.id, s.id, l.amount * 2, current_date, p.id, now()
         from letter_of_credit l, shipment s, person p limit 1",
        "drawn beyond its amount",
    ),
    (
        "update letter_of_credit set stage = 'workable'; update credit_finding set state = 'open', severity = 'discrepancy'",
        "workable with an open finding",
    ),
    (
        "update receipt set unclaimed = unclaimed + 1",
        "its row says another rest than it holds",
    ),
    (
        "update receipt_allocation set amount = amount * 1000",
        "more is allocated than came in",
    ),
    (
        "insert into receipt_allocation (id, receipt, order_id, kind, amount, undoes, outcome, at, person)
         select gen_random_uuid(), receipt, order_id, kind, -1, id, 'reversed', at, person from receipt_allocation limit 1",
        "an allocation's reversal does not pair",
    ),
    (
        "update receipt set currency = 'EUR'",
        "allocated to an order in another currency",
    ),
    ("update settlement set cny = cny + 1", " is not "),
    (
        "update settlement set amount = amount * 1000",
        "more is settled than came in",
    ),
    (
        "insert into settlement (id, receipt, kind, amount, rate, cny, settled_on, undoes, at, person)
         select gen_random_uuid(), receipt, kind, -1, rate, cny, settled_on, id, at, person from settlement limit 1",
        "a settlement's reversal does not pair",
    ),
    (
        "update payable set stage = 'paid' where stage = 'asked'",
        "what was paid is not what its stage says",
    ),
    (
        "insert into payment (id, payable, amount, paid_on, at, person)
         select gen_random_uuid(), y.id, 1, current_date, now(), p.id from payable y, person p limit 1;
         update payable y set approved_by = (select array_agg(m.person) from payment m where m.payable = y.id)
         where exists (select from payment m where m.payable = y.id)",
        "paid by who approved it",
    ),
    (
        "insert into payment (id, payable, amount, paid_on, undoes, at, person)
         select gen_random_uuid(), payable, -2, paid_on, id, at, person from payment where undoes is null and amount = 1 limit 1",
        "a payment's reversal does not pair",
    ),
    (
        "update verification_receipt set amount = amount * 100000",
        "more of an allocation is laid against declarations than it holds",
    ),
    (
        "insert into rebate_claim select (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(), 'sequence', r.sequence + 1))).*
         from rebate_claim r limit 1;
         insert into rebate_claim_declaration select r.id, d.declaration from rebate_claim r, rebate_claim_declaration d
         on conflict do nothing",
        "claimed twice",
    ),
    (
        "delete from hand_over_paper",
        "with finance, but nothing was handed over",
    ),
    (
        "insert into order_latch (order_id, step, outcome, at) select o.id, 9, 'done', now() from export_order o where o.step = 4 limit 1",
        "step 9 is done before step 4",
    ),
    (
        "delete from order_latch where step = 4",
        "step 4 has all its facts and is not done",
    ),
    (
        "update export_order set step = step - 1 where step > 1",
        "its latches say",
    ),
    ("delete from open_item", "open items are []"),
];

#[tokio::test]
async fn verify_names_every_kind_of_difference() {
    let w = World::bare().await;
    assert!(gendan::demo::seed(&w.app).await.unwrap());
    // The tables guard themselves too; what a fault of the disk or of a person with the key does, they cannot.
    let guarded: Vec<String> = w
        .ask_all("select distinct tgrelid::regclass::text from pg_trigger where not tgisinternal")
        .await;
    for table in guarded {
        w.sql(&format!("alter table {table} disable trigger user"))
            .await;
    }
    let mut before = w.verify().await;
    assert_eq!(before, Vec::<String>::new());
    for (deed, words) in PLANTED {
        w.sql(deed).await;
        let after = w.verify().await;
        let named = after
            .iter()
            .any(|line| line.contains(words) && !before.contains(line));
        let known = *deed == "select 1" && after.iter().any(|line| line.contains(words));
        assert!(named || known, "{deed}\nis not named {words:?}: {after:#?}");
        before = after;
    }
}
