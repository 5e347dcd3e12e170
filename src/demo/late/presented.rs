//! Presented: sofas under a credit; the bank found a discrepancy in the documents, and the customer is asked to waive it.

use super::credits::Credit;
use super::inspected::begun;
use super::lanes;
use super::sold::shipped;
use crate::credits::acts::{self, Step};
use crate::demo::cast::Cast;
use crate::demo::making::Work;
use crate::demo::sailing::{self, Voyage};
use crate::demo::story::Story;
use crate::demo::telling::{AMERICAS, Plot};
use crate::web::{App, Result};
use chrono::{DateTime, Utc};

const PLOTTED: Plot = Plot {
    team: AMERICAS,
    customer: "rimal",
    title: "沙发 3+2+1",
    reference: "AR-7690",
    terms: ("CIF", "Jebel Ali", "LC_SIGHT"),
    ports: ("Shenzhen, China", "Jebel Ali, United Arab Emirates"),
    factory: "muhe",
    hs: "9401619000",
    unit: "sets",
    goods: &[(
        "AR-S6",
        "Sofa set, 3+2+1",
        "沙发 3+2+1",
        "emerald",
        60,
        68_500,
        360_000,
    )],
    delivery: -12,
    opened: 88,
};

const WORK: Work = Work {
    who: "何经理",
    paper: "PO AR-7690.pdf",
    place: "工厂仓库，佛山",
    quality: "桦木框架，高密海绵 45 kg/m³；绒面耐磨 5 万次，阻燃 BS 5852",
    packing: "每套三件三箱，防潮膜加五层箱",
    issued: 78,
};

const VOYAGE: Voyage = Voyage {
    booking: "HL2610417",
    board: 14,
    packing: &[(180, 9_900, 8_700, 192_000)],
    loaded: &[
        ("HYDU7041729", "GM410417", "60", "3300", "64"),
        ("HYDU7041734", "GM410418", "60", "3300", "64"),
        ("HYDU7041740", "GM410419", "60", "3300", "64"),
    ],
    declared: "38600",
    elements: "9401619000 沙发，木框架，软垫，无品牌",
    customs: ("5304", "610417203"),
    bill: [
        "AL RIMAL\nJEBEL ALI",
        "SOFA SETS",
        "prepaid",
        "GMCSZX610417",
    ],
    ..lanes::JEBEL_ALI
};

const CREDIT: Credit = Credit {
    bank: "CRESCENT BANK (DEMO)",
    town: "DUBAI",
    reference: "CRB26-LC-10702",
    applicant: "AL RIMAL FURNISHINGS LLC\nWAREHOUSE 12, AL QUOZ\nDUBAI",
    dollars: 41_100,
    ports: ("SHENZHEN, CHINA", "JEBEL ALI, UNITED ARAB EMIRATES"),
    goods: "60 SETS SOFA 3+2+1\nAT USD 685.00 PER SET CIF JEBEL ALI INCOTERMS 2020",
    documents: "+SIGNED COMMERCIAL INVOICE IN 3 ORIGINALS\n+PACKING LIST IN 3 ORIGINALS\n\
                +FULL SET 3/3 OF CLEAN ON BOARD BILLS OF LADING, MADE OUT TO ORDER OF ISSUING BANK, FREIGHT PREPAID\n\
                +INSURANCE POLICY IN 2 ORIGINALS FOR 110 PERCENT OF THE INVOICE VALUE\n\
                +CERTIFICATE OF ORIGIN IN 1 ORIGINAL AND 1 COPY, ISSUED BY A CHAMBER OF COMMERCE",
    latest: -9,
    expiry: 12,
};

const CUSTOMER: &str = "Omar Haddad";

pub(super) async fn run(app: &App, now: DateTime<Utc>, cast: &Cast) -> Result<()> {
    let story = begun(app, now, cast, (&PLOTTED, &WORK, &CREDIT)).await?;
    let shipment = shipped(&story, (&VOYAGE, WORK.who), CUSTOMER).await?;
    sailing::bill(&story, &VOYAGE, (&shipment, "originals", CUSTOMER)).await?;
    let mut sequence = 0;
    story
        .operate((12, 14), async |act| {
            sequence = acts::prepare(act, &shipment).await?;
            let tell = |paper: &mut acts::Paper| {
                paper.originals_present = paper.originals;
                paper.copies_present = paper.copies;
                paper.examined = true;
            };
            let bank = "甬屿银行（演示）国际业务部";
            acts::lay_out(act, (&shipment, sequence), (bank, tell)).await
        })
        .await?;
    story
        .operate((11, 10), async |act| {
            acts::complete(act, (&shipment, sequence)).await?;
            acts::present(act, (&shipment, sequence)).await
        })
        .await?;
    let notice = "INSURANCE POLICY DATED LATER THAN DATE OF SHIPMENT";
    answered(
        &story,
        (&shipment, sequence),
        (4, Step::NoticeDiscrepancy, notice),
    )
    .await?;
    let waiver = "The insurance policy is dated two days after the bill of lading; cover was in force from the day of loading.\n\
                  Please instruct your bank to waive this discrepancy.";
    answered(&story, (&shipment, sequence), (2, Step::AskWaiver, waiver)).await?;
    story.pass_on((2, 16)).await
}

/// So many days ago, in these words.
async fn answered(
    story: &Story<'_>,
    named: (&str, i32),
    (ago, step, words): (i64, Step, &str),
) -> Result<()> {
    story
        .operate((ago, 15), async |act| {
            acts::answer(act, named, (step, words)).await
        })
        .await
}
