//! Only table transitions (P5) over HTTP for the transport document: what the table does not know is refused and writes
//! nothing.

use crate::support::{Wanted, World};
use gendan::shipping::shipment;
use gendan::shipping::transport::{Move, Stage};

/// The acts as they are sent, and the move each is.
const ACTS: [(&str, Move); 10] = [
    ("instructions", Move::SendInstructions),
    ("draft", Move::ReceiveDraft),
    ("check", Move::Check),
    ("waiver", Move::WaiveDifference),
    ("sending", Move::SendToCustomer),
    ("confirmation", Move::Confirm),
    ("correction", Move::AskCorrection),
    ("issue", Move::Issue),
    ("release", Move::Release),
    ("early-release", Move::ReleaseEarly),
];

/// The acts that lead to a document in this stage.
fn way(stage: Stage) -> Vec<&'static str> {
    const WAY: [&str; 7] = [
        "instructions",
        "draft",
        "check",
        "sending",
        "confirmation",
        "issue",
        "early-release",
    ];
    let length = match stage {
        Stage::InstructionsSent => 1,
        Stage::DraftReceived => 2,
        Stage::Checked => 3,
        Stage::SentToCustomer | Stage::CorrectionAsked => 4,
        Stage::Confirmed => 5,
        Stage::Issued => 6,
        Stage::Released => 7,
    };
    let mut way = WAY[..length].to_vec();
    if stage == Stage::CorrectionAsked {
        way.push("correction");
    }
    way
}

async fn act(w: &World, number: &str, act: &str) -> u16 {
    let login = if act == "early-release" { "gu" } else { "shen" };
    let act = format!("transport-document/{act}");
    let form = w.shipping_form(number, &act).await;
    w.ship_as(login, number, &act, form).await.status
}

async fn booked(w: &World) -> String {
    let order = w.ready_order().await;
    let number = w.shipment_at(&order, shipment::Stage::Booked).await;
    for act in ["packing-list", "loading"] {
        w.ship(&number, act).await.is(303);
    }
    number
}

#[tokio::test]
async fn acts_on_a_transport_document_that_do_not_exist_are_refused_and_write_nothing() {
    for stage in Stage::ALL {
        let w = World::new().await;
        let number = booked(&w).await;
        for step in way(stage) {
            assert_eq!(act(&w, &number, step).await, 303, "{stage:?} {step}");
        }
        let at: String = w.ask("select stage from transport_document").await;
        assert_eq!(at, stage.code());
        for (name, step) in ACTS {
            if stage.after(step).is_some() {
                continue;
            }
            let before = w.everything().await;
            // Who let it go early has a hand in it, and is asked first whether she may.
            let status = act(&w, &number, name).await;
            assert!(matches!(status, 403 | 409), "{stage:?} {name}: {status}");
            assert_eq!(w.everything().await, before, "{stage:?} {name}");
        }
    }
}

#[tokio::test]
async fn before_the_instructions_there_is_nothing_to_act_on() {
    let w = World::new().await;
    let number = booked(&w).await;
    for (name, step) in ACTS {
        if step == Move::SendInstructions {
            continue;
        }
        let before = w.everything().await;
        assert_eq!(act(&w, &number, name).await, 409, "{name}");
        assert_eq!(w.everything().await, before, "{name}");
    }
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one story")]
async fn a_draft_stands_beside_our_data_the_credit_and_the_paper_it_came_on() {
    let w = World::new().await;
    let order = w.order_paid_by(Wanted::EUROPE, "LC_SIGHT").await;
    w.made_ready(&order).await;
    let credit = w.credit_at(&order, gendan::credits::Stage::Received).await;
    let number = w.plan_shipment(&order, "sea_fcl", "1200").await;
    let form = w.shipping_form(&number, "booking-request").await;
    let form = form.with("destination", "Malmö");
    w.ship_as("shen", &number, "booking-request", form)
        .await
        .is(303);
    for act in ["booking", "packing-list", "loading"] {
        w.ship(&number, act).await.is(303);
    }
    let url = "transport-document/instructions".to_owned();
    let form = w.shipping_form(&number, &url).await.with("originals", "3");
    w.ship_as("shen", &number, &url, form).await.is(303);
    let draft = format!("/shipments/{number}/transport-document/draft");
    let form = w
        .shipping_form(&number, "transport-document/draft")
        .await
        .with("place_of_delivery", "GOTHENBURG")
        .with("originals", "2")
        .with("on_board_on", "2026-11-22");
    let shen = w.as_("shen").await;
    let paper = ("evidence", "draft r1.txt", &b"BILL OF LADING DRAFT"[..]);
    shen.upload(&draft, form, paper).await.is(303);
    let page = format!("/shipments/{number}/transport-document");
    let shown = shen.get(&page).await.is(200);
    assert_eq!(shown.texts("tr.off").len(), 3, "{}", shown.text());
    assert!(shown.has(&credit) && shown.has("44E NINGBO, CHINA"));
    assert!(shown.has("44C"), "the latest day of shipment");
    let file = shown
        .attributes("main a", "href")
        .into_iter()
        .find(|href| href.contains("/files/"))
        .unwrap();
    shen.get(&file).await.is(200);
    assert_eq!(act(&w, &number, "check").await, 303);
    assert_eq!(act(&w, &number, "sending").await, 409);
    // The next draft is right, came without a paper, and does not know the day yet.
    let form = w
        .shipping_form(&number, "transport-document/draft")
        .await
        .with("place_of_delivery", "MALMÖ")
        .with("originals", "3");
    w.ship_as("shen", &number, "transport-document/draft", form)
        .await
        .is(303);
    let shown = shen.get(&page).await.is(200);
    assert_eq!(shown.texts("tr.off").len(), 0, "{}", shown.text());
    assert!(!shown.has("draft r1.txt"), "that was the draft before");
}
