//! Credits of the customers overseas: expected, received, examined without a finding, workable before the factory is told.

use crate::base::{Currency, Money};
use crate::credits::acts;
use crate::demo::story::Story;
use crate::demo::telling::Plot;
use crate::web::Result;
use rust_decimal::Decimal;

/// What the bank's message says, in its own words.
pub(super) struct Credit {
    pub(super) bank: &'static str,
    pub(super) town: &'static str,
    pub(super) reference: &'static str,
    pub(super) applicant: &'static str,
    pub(super) dollars: i64,
    pub(super) ports: (&'static str, &'static str),
    pub(super) goods: &'static str,
    pub(super) documents: &'static str,
    /// Days from loading to the latest shipment, and to the expiry.
    pub(super) latest: i64,
    pub(super) expiry: i64,
}

/// From the first word of it to the yes of the examiner, within a week of the customer's confirmation.
pub(super) async fn workable(story: &Story<'_>, plot: &Plot, credit: &Credit) -> Result<()> {
    let opened = plot.opened;
    let money = Money::new(Decimal::from(credit.dollars), Currency::USD);
    let (wanted, here) = (story.day(7 - opened), story.day(6 - opened));
    let message = message(story, plot, credit);
    let mut number = String::new();
    story
        .operate((opened - 2, 16), async |act| {
            number = acts::expect(act, money, (credit.bank, Some(wanted))).await?;
            Ok(())
        })
        .await?;
    let number = number.as_str();
    story
        .operate((opened - 6, 10), async |act| {
            acts::receive(act, number, (&message, here)).await
        })
        .await?;
    story
        .operate((opened - 6, 14), async |act| {
            acts::examine(act, number).await
        })
        .await?;
    story
        .operate((opened - 8, 11), async |act| {
            acts::workable(act, number).await
        })
        .await
}

fn message(story: &Story<'_>, plot: &Plot, credit: &Credit) -> String {
    let swift = |ahead: i64| story.day(ahead).format("%y%m%d").to_string();
    let Credit {
        bank,
        town,
        reference,
        applicant,
        dollars,
        ports: (loading, discharge),
        goods,
        documents,
        ..
    } = credit;
    format!(
        ":52A:{bank}, {town}\n:27:1/1\n:40A:IRREVOCABLE\n:20:{reference}\n:31C:{issued}\n:40E:UCP LATEST VERSION\n\
         :31D:{expiry} NINGBO, CHINA\n:50:{applicant}\n\
         :59:NINGBO HANYU IMPORT AND EXPORT (DEMO) CO., LTD.\nNO. 8 YANSHI ROAD, NINGBO, CHINA\n:32B:USD{dollars},00\n\
         :39A:03/03\n:41D:ANY BANK IN CHINA\nBY NEGOTIATION\n:42C:AT SIGHT\n:42A:{bank}\n:43P:ALLOWED\n:43T:ALLOWED\n\
         :44E:{loading}\n:44F:{discharge}\n:44C:{latest}\n:45A:{goods}\n:46A:{documents}\n\
         :71D:ALL CHARGES OUTSIDE THE COUNTRY OF THE ISSUING BANK ARE FOR BENEFICIARY\n:48:21\n:49:WITHOUT\n\
         :78:WE SHALL REMIT PROCEEDS AS INSTRUCTED ON RECEIPT OF COMPLYING DOCUMENTS\n:57A:YONGYU BANK (DEMO), NINGBO",
        issued = swift(4 - plot.opened),
        expiry = swift(credit.expiry),
        latest = swift(credit.latest),
    )
}
