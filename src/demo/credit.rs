//! Under a credit: stoneware tableware on board, the bill of lading here, the documents on the table for the bank.

use super::cast::Cast;
use super::making::{self, Work};
use super::sailing::{self, Voyage};
use super::story::Story;
use super::telling::{EUROPE, Plot};
use crate::base::{Currency, Money};
use crate::credits::acts::{self, Found, Severity};
use crate::web::{App, Result};
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

fn plot() -> Plot {
    Plot {
        team: EUROPE,
        customer: "nordhavn",
        title: "炻瓷餐具 16 件套",
        reference: "NL-4288",
        terms: ("FOB", "Xiamen", "LC_SIGHT"),
        ports: ("Xiamen, China", "Gothenburg, Sweden"),
        factory: "qinghe",
        hs: "6912001000",
        unit: "sets",
        goods: &[(
            "NL-S16",
            "Stoneware tableware, 16 pieces",
            "炻瓷餐具 16 件套",
            "moss",
            3_000,
            2_180,
            11_050,
        )],
        delivery: 0,
        opened: 78,
    }
}

const WORK: Work = Work {
    who: "赖工",
    paper: "PO NL-4288.pdf",
    place: "工厂仓库，德化",
    quality: "炻瓷，1250 °C 还原烧；釉面无铅无镉；16 件同窑同色",
    packing: "每套彩盒，2 套一箱，箱规 58×38×30 cm",
    issued: 68,
};

const VOYAGE: Voyage = Voyage {
    forwarder: "蓝桅物流（演示）",
    who: "苏敏",
    ports: ("Xiamen", "Gothenburg"),
    equipment: "2×40HQ",
    carrier: "Cedar Line",
    vessel: ("Cedar Meridian", "117W"),
    booking: "BM2611206",
    board: 2,
    transit: 34,
    packing: &[(1_500, 25_800, 23_400, 99_180)],
    loaded: &[
        ("HYDU2044181", "CD770918", "750", "12900", "49.59"),
        ("HYDU2044216", "CD770919", "750", "12900", "49.59"),
    ],
    declared: "65400",
    elements: "6912001000 炻瓷餐具，餐桌用，无品牌",
    customs: ("3701", "611036618"),
    bill: [
        "NORDHAVN\nGOTHENBURG",
        "STONEWARE TABLEWARE",
        "collect",
        "CDRLXMN2611206",
    ],
    consignee: "TO ORDER OF SKARGARD BANK (DEMO)",
};

pub(super) async fn run(app: &App, now: DateTime<Utc>, cast: &Cast) -> Result<()> {
    let story = Story::begin(app, now, cast, &plot()).await?;
    credit(&story).await?;
    making::order(&story, &WORK).await?;
    making::report(&story, WORK.who, (45, [100, 70, 30, 0, 0], "")).await?;
    making::report(&story, WORK.who, (25, [100, 100, 90, 70, 40], "彩盒已到")).await?;
    let shipment = sailing::book(&story, &VOYAGE).await?;
    making::finish(&story, 11).await?;
    story.pass_on((10, 17)).await?;
    sailing::papers_ahead(&story, &VOYAGE, &shipment).await?;
    sailing::gate_in(&story, &VOYAGE, &shipment).await?;
    sailing::draft(&story, &VOYAGE, (&shipment, "Erik Lund")).await?;
    sailing::leave(&story, &VOYAGE, &shipment).await?;
    sailing::bill(&story, &VOYAGE, (&shipment, "originals", "Erik Lund")).await?;
    documents(&story, &shipment).await
}

/// Expected, received, examined; one finding a person made, settled without an amendment.
async fn credit(story: &Story<'_>) -> Result<()> {
    let money = Money::new(Decimal::from(65_400), Currency::USD);
    let (wanted, here) = (story.day(-70), story.day(-72));
    let message = message(story);
    let mut number = String::new();
    story
        .operate((76, 16), async |act| {
            number = acts::expect(act, money, ("Skargard Bank (Demo)", Some(wanted))).await?;
            Ok(())
        })
        .await?;
    let number = number.as_str();
    story
        .operate((72, 10), async |act| {
            acts::receive(act, number, (&message, here)).await
        })
        .await?;
    story
        .operate((72, 14), async |act| {
            acts::examine(act, number).await?;
            let found = Found {
                tag: "47A".to_owned(),
                compared: false,
                theirs: "A FEE OF USD 80.00 WILL BE DEDUCTED FOR EACH SET WITH DISCREPANCIES"
                    .to_owned(),
                ours: "PI 没有写不符点费".to_owned(),
                ask: "Please confirm that the discrepancy fee is borne by whoever causes it."
                    .to_owned(),
                severity: Severity::Advisory,
            };
            acts::find(act, number, found).await
        })
        .await?;
    story
        .operate((70, 11), async |act| {
            acts::settle(act, number, (1, "客户邮件确认：谁造成的谁付；不改证")).await?;
            acts::workable(act, number).await
        })
        .await
}

/// The bank's message, its days relative to the day of loading.
fn message(story: &Story<'_>) -> String {
    let swift = |ahead: i64| story.day(ahead).format("%y%m%d").to_string();
    format!(
        ":52A:SKARGARD BANK (DEMO), GOTHENBURG\n:27:1/1\n:40A:IRREVOCABLE\n:20:SKB26-LC-70418\n:31C:{issued}\n\
         :40E:UCP LATEST VERSION\n:31D:{expiry} XIAMEN, CHINA\n:50:NORDHAVN LIVING AB\nHAMNGATAN 8\n411 14 GOTEBORG\n\
         :59:NINGBO HANYU IMPORT AND EXPORT (DEMO) CO., LTD.\nNO. 8 YANSHI ROAD, NINGBO, CHINA\n:32B:USD65400,00\n\
         :39A:03/03\n:41D:ANY BANK IN CHINA\nBY NEGOTIATION\n:42C:AT SIGHT\n:42A:SKARGARD BANK (DEMO)\n:43P:ALLOWED\n\
         :43T:ALLOWED\n:44E:XIAMEN, CHINA\n:44F:GOTHENBURG, SWEDEN\n:44C:{latest}\n\
         :45A:3,000 SETS STONEWARE TABLEWARE 16-PC\nAT USD 21.80 PER SET FOB XIAMEN INCOTERMS 2020\n\
         :46A:+SIGNED COMMERCIAL INVOICE IN 3 ORIGINALS AND 2 COPIES\n+PACKING LIST IN 3 ORIGINALS\n\
         +FULL SET 3/3 OF CLEAN ON BOARD BILLS OF LADING, MADE OUT TO ORDER OF ISSUING BANK, FREIGHT COLLECT\n\
         +CERTIFICATE OF ORIGIN IN 1 ORIGINAL AND 1 COPY, ISSUED BY A CHAMBER OF COMMERCE\n\
         +TEST REPORT ON LEAD AND CADMIUM RELEASE IN 1 COPY\n\
         +BENEFICIARY'S CERTIFICATE, STATING THAT ONE SET OF NON-NEGOTIABLE DOCUMENTS WAS SENT TO THE APPLICANT\n\
         +COPY OF THE SHIPPING ADVICE\n+BILL OF EXCHANGE IN DUPLICATE, DRAWN ON THE ISSUING BANK\n\
         +INSPECTION CERTIFICATE IN 1 ORIGINAL, ISSUED BY BENEFICIARY\n\
         :47A:+A FEE OF USD 80.00 WILL BE DEDUCTED FOR EACH SET WITH DISCREPANCIES\n\
         :71D:ALL CHARGES OUTSIDE SWEDEN ARE FOR BENEFICIARY\n:48:21\n:49:WITHOUT\n\
         :78:WE SHALL REMIT PROCEEDS AS INSTRUCTED ON RECEIPT OF COMPLYING DOCUMENTS\n:57A:YONGYU BANK (DEMO), NINGBO",
        issued = swift(-74),
        expiry = swift(24),
        latest = swift(3),
    )
}

/// Six of nine lie there, counted and examined.
async fn documents(story: &Story<'_>, shipment: &str) -> Result<()> {
    story
        .operate((1, 14), async |act| {
            let sequence = acts::prepare(act, shipment).await?;
            let mut left = 6;
            let tell = |paper: &mut acts::Paper| {
                if left > 0 {
                    paper.originals_present = paper.originals;
                    paper.copies_present = paper.copies;
                    paper.examined = true;
                    left -= 1;
                }
            };
            let bank = "甬屿银行（演示）国际业务部";
            acts::lay_out(act, (shipment, sequence), (bank, tell)).await
        })
        .await
}
