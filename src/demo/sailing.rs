//! Sailing: a shipment from the plan to the goods on board, with its papers, told by the operator as the forwarder and the
//! broker told it to her. Days are counted from the day on board.

use super::story::{Story, missing};
use crate::base::Party;
use crate::shipping::acts::{self, Figures};
use crate::shipping::customs::Move as D;
use crate::shipping::shipment::{Mode, Move as S};
use crate::shipping::transport::Move as T;
use crate::web::Result;
use chrono::Datelike;
use rust_decimal::Decimal;

/// Number, seal, cartons, gross weight and volume of one container.
pub(super) type Loaded = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);

pub(super) struct Voyage {
    pub(super) forwarder: &'static str,
    /// At the forwarder.
    pub(super) who: &'static str,
    pub(super) ports: (&'static str, &'static str),
    pub(super) equipment: &'static str,
    pub(super) carrier: &'static str,
    pub(super) vessel: (&'static str, &'static str),
    pub(super) booking: &'static str,
    /// Days ago that the goods went on board, or were to.
    pub(super) board: i64,
    pub(super) transit: i64,
    /// Cartons, gross and net kilograms, litres of each line.
    pub(super) packing: &'static [(i32, i64, i64, i64)],
    pub(super) loaded: &'static [Loaded],
    pub(super) declared: &'static str,
    pub(super) elements: &'static str,
    /// The customs' office before the year of a declaration, and the figures after its direction.
    pub(super) customs: (&'static str, &'static str),
    /// Marks, goods and freight as the bill of lading has them, then its number.
    pub(super) bill: [&'static str; 4],
    pub(super) consignee: &'static str,
}

/// Days from the day on board, and the hours, at which instructions, weights, the yard and the customs close.
pub(super) type Cutoffs = [(i64, u32); 4];

const CUTOFFS: Cutoffs = [(-4, 16), (-3, 20), (-2, 18), (-1, 10)];

/// Planned, asked and booked.
pub(super) async fn book(story: &Story<'_>, voyage: &Voyage) -> Result<String> {
    book_by(story, voyage, CUTOFFS).await
}

/// The same with cut-offs of its own.
pub(super) async fn book_by(
    story: &Story<'_>,
    voyage: &Voyage,
    cutoffs: Cutoffs,
) -> Result<String> {
    let board = voyage.board;
    let shipment = ask(story, voyage, board + 21).await?;
    confirm(story, voyage, (&shipment, cutoffs)).await?;
    story.pass_on((board + 19, 15)).await?;
    story
        .heard((board + 18, 10), (Party::Factory, "工厂"))
        .await?;
    story
        .heard((board + 18, 16), (Party::Customer, "采购部"))
        .await?;
    Ok(shipment)
}

/// Planned, and space asked of the forwarder, so many days ago.
pub(super) async fn ask(story: &Story<'_>, voyage: &Voyage, ago: i64) -> Result<String> {
    let board = voyage.board;
    let by = story.by(story.team.operator, (ago, 10)).await?;
    let shipment = acts::plan(story.app, by, &story.number, Mode::SeaFcl).await?;
    let forwarder = story
        .cast
        .forwarders
        .get(voyage.forwarder)
        .ok_or_else(missing)?
        .to_string();
    let (ready, wanted) = (
        story.day(-board - 6).to_string(),
        story.day(-board).to_string(),
    );
    let typed = [
        ("forwarder", forwarder.as_str()),
        ("equipment", voyage.equipment),
        ("ready_on", &ready),
        ("wanted_on", &wanted),
        ("loading_port", voyage.ports.0),
        ("discharge_port", voyage.ports.1),
        ("channel", "email"),
    ];
    story.ship((ago, 11), (&shipment, S::Ask), &typed).await?;
    Ok(shipment)
}

async fn confirm(
    story: &Story<'_>,
    voyage: &Voyage,
    (shipment, cutoffs): (&str, Cutoffs),
) -> Result<()> {
    let board = -voyage.board;
    let (etd, eta) = (
        story.day(board).to_string(),
        story.day(board + voyage.transit).to_string(),
    );
    let cutoffs = cutoffs.map(|(days, hour)| story.moment(board + days, hour));
    let [si, vgm, cy, customs] = &cutoffs;
    let typed = [
        ("booking_no", voyage.booking),
        ("carrier", voyage.carrier),
        ("vessel", voyage.vessel.0),
        ("voyage", voyage.vessel.1),
        ("etd", &etd),
        ("eta", &eta),
        ("si_cutoff", si),
        ("vgm_cutoff", vgm),
        ("cy_cutoff", cy),
        ("customs_cutoff", customs),
        ("said", "已放舱，截单截港如上"),
        ("who", voyage.who),
        ("channel", "email"),
    ];
    story
        .ship((voyage.board + 19, 14), (shipment, S::Confirm), &typed)
        .await
}

/// The packing list is written, so many days ago.
pub(super) async fn pack(
    story: &Story<'_>,
    voyage: &Voyage,
    (shipment, ago): (&str, i64),
) -> Result<()> {
    let figures: Vec<Figures> = voyage
        .packing
        .iter()
        .map(|(cartons, gross, net, litres)| {
            let whole = |kilos: &i64| Decimal::from(*kilos);
            (*cartons, whole(gross), whole(net), Decimal::new(*litres, 3))
        })
        .collect();
    let by = story.by(story.team.operator, (ago, 10)).await?;
    acts::pack(story.app, by, shipment, &figures).await
}

/// These pieces of the customs set are looked through, so many days ago.
pub(super) async fn check(
    story: &Story<'_>,
    pieces: &[&str],
    (shipment, ago): (&str, i64),
) -> Result<()> {
    let set: Vec<(&str, &str)> = pieces.iter().map(|piece| (*piece, "yes")).collect();
    let by = story.by(story.team.operator, (ago, 14)).await?;
    acts::check_set(story.app, by, shipment, &set).await
}

/// Packed, the customs set looked through and sent ahead, the declaration with the broker.
pub(super) async fn set_ahead(story: &Story<'_>, voyage: &Voyage, shipment: &str) -> Result<()> {
    let board = voyage.board;
    pack(story, voyage, (shipment, board + 6)).await?;
    let pieces = ["invoice", "packing_list", "elements", "contract"];
    check(story, &pieces, (shipment, board + 6)).await?;
    let typed = [
        ("broker", voyage.forwarder),
        ("fob_amount", voyage.declared),
        ("currency", "USD"),
        ("elements", voyage.elements),
    ];
    story
        .declare((board + 6, 15), (shipment, None, D::Draft), &typed)
        .await?;
    let typed = [("to", voyage.forwarder), ("channel", "email")];
    story
        .ship((board + 5, 9), (shipment, S::SendDocuments), &typed)
        .await?;
    let typed = [("broker", voyage.forwarder), ("channel", "email")];
    story
        .declare(
            (board + 5, 10),
            (shipment, Some(1), D::SendToBroker),
            &typed,
        )
        .await
}

/// The same, and the instructions for the bill of lading given.
pub(super) async fn papers_ahead(story: &Story<'_>, voyage: &Voyage, shipment: &str) -> Result<()> {
    set_ahead(story, voyage, shipment).await?;
    let [marks, description, freight, _] = voyage.bill;
    let typed = [
        ("shipper", SHIPPER),
        ("consignee", voyage.consignee),
        ("notify", "SAME AS CONSIGNEE"),
        ("marks", marks),
        ("description", description),
        ("freight", freight),
        ("channel", "email"),
    ];
    story
        .document(
            (voyage.board + 5, 11),
            (shipment, T::SendInstructions),
            &typed,
        )
        .await
}

const SHIPPER: &str = "Ningbo Hanyu Import & Export (Demo) Co., Ltd.\nNo. 8 Yanshi Road, Haishu District, Ningbo, China";

/// Loaded and handed in at the terminal.
pub(super) async fn gate_in(story: &Story<'_>, voyage: &Voyage, shipment: &str) -> Result<()> {
    let board = voyage.board;
    for (number, seal, cartons, gross, cbm) in voyage.loaded {
        let by = story.by(story.team.operator, (board + 3, 11)).await?;
        let typed = [
            ("number", *number),
            ("kind", "40HQ"),
            ("seal", seal),
            ("cartons", cartons),
            ("gross_kg", gross),
            ("cbm", cbm),
            ("vgm_method", "2"),
            ("tare_kg", "3900"),
            ("signed_by", "Shen Xiaohe"),
        ];
        acts::load(story.app, by, shipment, &typed).await?;
    }
    let day = story.day(-board - 2).to_string();
    let typed = told(voyage, &day);
    story
        .ship((board + 2, 15), (shipment, S::GateIn), &typed)
        .await
}

fn told<'a>(voyage: &'a Voyage, day: &'a str) -> [(&'a str, &'a str); 3] {
    [("day", day), ("who", voyage.who), ("channel", "wechat")]
}

/// Declared, released and on board; the customer has the shipping advice.
pub(super) async fn leave(story: &Story<'_>, voyage: &Voyage, shipment: &str) -> Result<()> {
    let board = voyage.board;
    let eve = story.day(-board - 1);
    let (office, serial) = voyage.customs;
    let number = format!("{office}{}0{serial}", eve.year());
    let (eve, day) = (eve.to_string(), story.day(-board).to_string());
    let mut typed = told(voyage, &eve).to_vec();
    story
        .declare((board + 1, 16), (shipment, Some(1), D::Declare), &{
            let mut typed = typed.clone();
            typed.push(("number", number.as_str()));
            typed
        })
        .await?;
    story
        .declare((board + 1, 17), (shipment, Some(1), D::Release), &typed)
        .await?;
    story
        .ship((board + 1, 17), (shipment, S::ReleaseCustoms), &typed)
        .await?;
    if let Some(first) = typed.first_mut() {
        *first = ("day", day.as_str());
    }
    story
        .ship((board, 20), (shipment, S::Depart), &typed)
        .await?;
    story.pass_on((board - 1, 9)).await
}

/// The draft of the bill of lading is here, agrees, and is with the customer.
#[expect(
    clippy::too_many_lines,
    reason = "one form, one page or one statement, in its order"
)]
pub(super) async fn draft(
    story: &Story<'_>,
    voyage: &Voyage,
    (shipment, customer): (&str, &str),
) -> Result<()> {
    let board = voyage.board;
    let vessel = format!("{} {}", voyage.vessel.0, voyage.vessel.1).to_uppercase();
    let boxes: Vec<String> = voyage
        .loaded
        .iter()
        .map(|(number, seal, ..)| format!("{number}/{seal}"))
        .collect();
    let boxes = boxes.join(", ");
    let sum = |of: fn(&(i32, i64, i64, i64)) -> i64| voyage.packing.iter().map(of).sum::<i64>();
    let (cartons, gross) = (
        sum(|line| i64::from(line.0)).to_string(),
        sum(|line| line.1).to_string(),
    );
    let cbm = Decimal::new(sum(|line| line.3), 3).normalize().to_string();
    let [marks, description, freight, _] = voyage.bill;
    let typed = [
        ("shipper", SHIPPER),
        ("consignee", voyage.consignee),
        ("notify", "SAME AS CONSIGNEE"),
        ("vessel", &vessel),
        ("loading_port", voyage.ports.0),
        ("discharge_port", voyage.ports.1),
        ("marks", marks),
        ("containers", &boxes),
        ("description", description),
        ("cartons", &cartons),
        ("gross_kg", &gross),
        ("cbm", &cbm),
        ("freight", freight),
        ("who", voyage.who),
        ("channel", "email"),
    ];
    story
        .document((board + 2, 16), (shipment, T::ReceiveDraft), &typed)
        .await?;
    story
        .document((board + 2, 17), (shipment, T::Check), &[])
        .await?;
    let typed = [("to", customer), ("channel", "email")];
    story
        .document((board + 1, 9), (shipment, T::SendToCustomer), &typed)
        .await
}

/// The customer's yes to the draft, and the bill of lading in this form, which he hears of.
pub(super) async fn bill(
    story: &Story<'_>,
    voyage: &Voyage,
    (shipment, form, customer): (&str, &str, &str),
) -> Result<()> {
    let board = voyage.board;
    issue(story, voyage, (shipment, form, customer)).await?;
    story.pass_on((board - 1, 12)).await?;
    story
        .heard((board - 1, 13), (Party::Customer, customer))
        .await
}

/// The same, and he does not hear of it yet.
pub(super) async fn issue(
    story: &Story<'_>,
    voyage: &Voyage,
    (shipment, form, customer): (&str, &str, &str),
) -> Result<()> {
    let board = voyage.board;
    let day = story.day(-board).to_string();
    let typed = [
        ("day", day.as_str()),
        ("said", "The draft is in order, please go ahead."),
        ("who", customer),
        ("channel", "email"),
    ];
    story
        .document((board - 1, 10), (shipment, T::Confirm), &typed)
        .await?;
    let mut typed = told(voyage, &day).to_vec();
    let [.., number] = voyage.bill;
    typed.extend([("number", number), ("form", form)]);
    if form == "originals" {
        typed.push(("originals", "3"));
    }
    story
        .document((board - 1, 11), (shipment, T::Issue), &typed)
        .await
}
