//! Step nine: backpacks shipped and paid; the papers are with finance, one receipt is settled in part, the factory's rest
//! waits for its yes, verification and rebate have begun.

use super::cast::Cast;
use super::making::{self, Work, paper};
use super::money;
use super::sailing::{self, Voyage};
use super::story::{Story, missing};
use super::telling::{AMERICAS, Plot};
use crate::base::{Audience, Currency};
use crate::finance::acts::{self, Claim, Given, Kind};
use crate::orders;
use crate::shipping::customs::Move as D;
use crate::shipping::shipment::Move as S;
use crate::shipping::transport::Move as T;
use crate::web::{Answer, App, Result};
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

fn plot() -> Plot {
    Plot {
        team: AMERICAS,
        customer: "maple",
        title: "保温背包 20 升",
        reference: "ML-2144",
        terms: ("FOB", "Ningbo", "TT_30_70_COPY"),
        ports: ("Ningbo, China", "Vancouver, Canada"),
        factory: "hemu",
        hs: "4202920000",
        unit: "pcs",
        goods: &[(
            "ML-20",
            "Cooler backpack 20 l",
            "保温背包 20 升",
            "navy",
            5_000,
            965,
            4_850,
        )],
        delivery: -36,
        opened: 112,
    }
}

const WORK: Work = Work {
    who: "沈国良",
    paper: "PO ML-2144.pdf",
    place: "工厂仓库，平湖",
    quality: "600D 涤纶外层，PEVA 内胆热压无针孔；拉链拉合 2,000 次",
    packing: "每只胶袋，12 只一箱，箱规 62×42×46 cm",
    issued: 107,
};

const VOYAGE: Voyage = Voyage {
    forwarder: "海翎国际货运（演示）",
    who: "林工",
    ports: ("Ningbo", "Vancouver"),
    equipment: "1×40HQ",
    carrier: "Polar Fir Line",
    vessel: ("Polar Spruce", "219E"),
    booking: "HL2609551",
    board: 38,
    transit: 19,
    packing: &[(417, 4_003, 3_500, 49_950)],
    loaded: &[("HYDU5266135", "PF328870", "417", "4003", "49.95")],
    declared: "48250",
    elements: "4202920000 保温背包，涤纶，无品牌",
    customs: ("3104", "609871135"),
    bill: [
        "MAPLE LOOP\nVANCOUVER",
        "COOLER BACKPACKS",
        "collect",
        "PFLNGB609551",
    ],
    consignee: "Maple Loop Goods Ltd\n88 Front Street\nVancouver, BC\nCanada",
};

/// The factory's first special VAT invoice.
const INVOICE: &str = "26332000000118472251";

const CUSTOMER: &str = "Maple Loop Goods Ltd";

const HEMU: (&str, &str) = ("hemu", "平湖禾木箱包（演示）");

pub(super) async fn run(app: &App, now: DateTime<Utc>, cast: &Cast) -> Result<()> {
    let story = Story::begin(app, now, cast, &plot()).await?;
    let dollars = |cents: i64| Decimal::new(cents, 2);
    let slip = (
        "MAPLE LOOP GOODS LTD",
        dollars(1_447_500),
        Decimal::ZERO,
        "FT26808150206",
        "ML-2144 DEPOSIT",
    );
    let deposit = money::paid(&story, (108, 10), ("deposit", CUSTOMER), slip).await?;
    money::settle(&story, (108, 15), &deposit, ("14475.00", "7.0835")).await?;
    making::order(&story, &WORK).await?;
    deposit_to_factory(&story).await?;
    making::report(&story, WORK.who, (85, [100, 60, 20, 0, 0], "")).await?;
    making::report(&story, WORK.who, (65, [100, 100, 90, 60, 50], "")).await?;
    let shipment = sailing::book(&story, &VOYAGE).await?;
    making::finish(&story, 47).await?;
    story.pass_on((46, 17)).await?;
    sailing::papers_ahead(&story, &VOYAGE, &shipment).await?;
    sailing::gate_in(&story, &VOYAGE, &shipment).await?;
    sailing::draft(&story, &VOYAGE, (&shipment, "Noah Tremblay")).await?;
    sailing::leave(&story, &VOYAGE, &shipment).await?;
    sailing::bill(&story, &VOYAGE, (&shipment, "telex", "Noah Tremblay")).await?;
    let slip = (
        "MAPLE LOOP GOODS LTD",
        dollars(3_373_500),
        dollars(4_000),
        "FT26810290418",
        "ML-2144 BALANCE",
    );
    let balance = money::paid(&story, (30, 10), ("balance", CUSTOMER), slip).await?;
    released(&story, &VOYAGE, (&shipment, "Noah Tremblay"), [29, 20]).await?;
    arrived(&story, &VOYAGE, &shipment, 18).await?;
    money::settle(&story, (24, 14), &balance, ("20000.00", "7.0920")).await?;
    papers(&story, &VOYAGE, (&shipment, "ML-2144"), [12, 9, 8]).await?;
    rebate(&story, &shipment).await?;
    payables(&story).await
}

/// The money is in: the document is let go, the declaration comes back cleared; each so many days ago.
pub(super) async fn released(
    story: &Story<'_>,
    voyage: &Voyage,
    (shipment, customer): (&str, &str),
    [go, clear]: [i64; 2],
) -> Result<()> {
    let typed = [("to", customer), ("channel", "email")];
    story
        .document((go, 10), (shipment, T::Release), &typed)
        .await?;
    let told = [("who", voyage.who), ("channel", "email")];
    let cleared = story.day(-clear - 1).to_string();
    let left = story.day(-voyage.board).to_string();
    let mut typed = told.to_vec();
    typed.extend([("day", cleared.as_str()), ("exported_on", left.as_str())]);
    story
        .declare((clear, 10), (shipment, Some(1), D::Clear), &typed)
        .await
}

/// The ship has arrived in its time, as we heard so many days ago.
pub(super) async fn arrived(
    story: &Story<'_>,
    voyage: &Voyage,
    shipment: &str,
    ago: i64,
) -> Result<()> {
    let day = story.day(voyage.transit - voyage.board).to_string();
    let typed = [
        ("who", voyage.who),
        ("channel", "email"),
        ("day", day.as_str()),
    ];
    story.ship((ago, 10), (shipment, S::Arrive), &typed).await
}

/// A factory's invoice of so many fen.
pub(super) fn claim(
    story: &Story<'_>,
    (factory, payee): (&str, &str),
    amount: i64,
    (due, words): (i64, &str),
) -> Result<Claim> {
    let factory = story.cast.factories.get(factory).ok_or_else(missing)?.0;
    Ok(Claim {
        kind: "factory",
        factory: Some(factory),
        forwarder: None,
        payee: payee.to_owned(),
        shipment: None,
        currency: Currency::CNY,
        amount: Decimal::new(amount, 2),
        due_on: story.day(due),
        invoice_owed: true,
        vat_invoice: String::new(),
        words: words.to_owned(),
    })
}

/// Thirty percent in advance: asked, approved and paid.
async fn deposit_to_factory(story: &Story<'_>) -> Result<()> {
    let deposit = Claim {
        vat_invoice: INVOICE.to_owned(),
        ..claim(story, HEMU, 7_275_000, (-100, "定金 30%"))?
    };
    paid(story, &deposit, ([103, 102, 101], "HY260810-0077")).await
}

/// Asked, approved and paid on these days ago, under this reference of the bank.
pub(super) async fn paid(
    story: &Story<'_>,
    claim: &Claim,
    ([asked, approved, paid], reference): ([i64; 3], &str),
) -> Result<()> {
    let number = ask(story, (asked, 15), claim).await?;
    approve(story, (approved, 10), &number).await?;
    story
        .act("fang", (paid, 10), async |act| {
            let day = act.today().to_string();
            let typed = [
                ("bank", "海屿商行（演示）"),
                ("bank_reference", reference),
                ("paid_on", &day),
            ];
            acts::pay(act, &number, &typed).await
        })
        .await
}

/// The forwarder's charges approved, the factory's rest with the manager.
async fn payables(story: &Story<'_>) -> Result<()> {
    let forwarder = story.cast.forwarders.get(VOYAGE.forwarder);
    let charges = Claim {
        kind: "forwarder",
        factory: None,
        forwarder: Some(forwarder.ok_or_else(missing)?.0),
        payee: VOYAGE.forwarder.to_owned(),
        invoice_owed: false,
        ..claim(story, HEMU, 486_000, (4, "港杂费、报关费"))?
    };
    let number = ask(story, (6, 14), &charges).await?;
    approve(story, (5, 10), &number).await?;
    let rest = claim(story, HEMU, 16_975_000, (5, "尾款 70%"))?;
    ask(story, (1, 11), &rest).await.map(|_| ())
}

async fn ask(story: &Story<'_>, when: (i64, u32), claim: &Claim) -> Result<String> {
    let mut number = String::new();
    story
        .operate(when, async |act| {
            number = acts::ask_payable(act, claim).await?;
            Ok(())
        })
        .await?;
    Ok(number)
}

async fn approve(story: &Story<'_>, when: (i64, u32), number: &str) -> Result<()> {
    story
        .act(story.team.manager, when, async |act| {
            acts::approve_payable(act, number).await
        })
        .await
}

/// All papers are back, given to finance and taken; each so many days ago.
pub(super) async fn papers(
    story: &Story<'_>,
    voyage: &Voyage,
    (shipment, reference): (&str, &str),
    [back, give, take]: [i64; 3],
) -> Result<()> {
    let on = story.day(-back);
    story
        .operate((back, 10), async |act| {
            let file = paper(&format!("报关单 {reference}.pdf"));
            orders::keep_file(story.app, act, &file, "declaration", Audience::Internal)
                .await
                .map(|_| ())
        })
        .await?;
    let forwarder = format!("{} {}", voyage.forwarder, voyage.who);
    let by = story.by(story.team.operator, (back, 11)).await?;
    let (mut act, held) = acts::begin(story.app, by, (&story.number, shipment)).await?;
    for (kind, from) in [
        (Kind::Declaration, forwarder.as_str()),
        (Kind::TransportDocument, forwarder.as_str()),
        (Kind::Invoice, "业务部单证"),
        (Kind::PackingList, "业务部单证"),
        (Kind::BankSlip, "许安"),
    ] {
        let from = from.to_owned();
        acts::record(&mut act, &held, &Given { kind, on, from }, None).await?;
    }
    act.finish(Answer::to("/")).await?;
    let by = story.by(story.team.operator, (give, 10)).await?;
    let (mut act, held) = acts::begin(story.app, by, (&story.number, shipment)).await?;
    let set = acts::hand_over(act.tx(), &held).await?;
    acts::give(&mut act, (&held, &set), "").await?;
    act.finish(Answer::to("/")).await?;
    let by = story.by("fang", (take, 10)).await?;
    let (mut act, held) = acts::begin(story.app, by, (&story.number, shipment)).await?;
    let set = acts::hand_over(act.tx(), &held).await?;
    acts::accept(&mut act, (&held, &set)).await?;
    act.finish(Answer::to("/")).await?;
    Ok(())
}

/// The deposit lies against the declaration; a claim is begun with the factory's first invoice.
async fn rebate(story: &Story<'_>, shipment: &str) -> Result<()> {
    let by = story.by("xu", (7, 10)).await?;
    let (mut act, held) = acts::begin(story.app, by, (&story.number, shipment)).await?;
    acts::verify(&mut act, (&held, 1), (Decimal::from(48_250), 1)).await?;
    act.finish(Answer::to("/")).await?;
    let by = story.by("xu", (6, 10)).await?;
    let (mut act, held) = acts::begin(story.app, by, (&story.number, shipment)).await?;
    let claim = acts::claim(&mut act, &held).await?;
    let dated = story.day(-33).to_string();
    let typed = [
        ("number", INVOICE),
        ("supplier", "平湖禾木箱包（演示）"),
        ("dated", dated.as_str()),
        ("hs_code", "4202920000"),
        ("quantity", "1500"),
        ("unit", "pcs"),
        ("gross", "72750"),
        ("vat_rate", "13"),
        ("place[contracts]", "财务 3 号柜 ML-2144"),
    ];
    acts::collect(&mut act, (&held, claim), &typed).await?;
    act.finish(Answer::to("/")).await?;
    Ok(())
}
