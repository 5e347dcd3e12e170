//! Verdicts 样品意见: what two customers said of their samples, and how much of it the factory has heard.

use crate::base::{Audience, Channel, FileId, Lang, Party};
use crate::demo::papers;
use crate::demo::story::{Story, When};
use crate::orders::{self, OrderAct, owing};
use crate::people::Deed;
use crate::relay::{Heard, fact};
use crate::samples::Name;
use crate::samples::acts::{self, Given};
use crate::samples::verdict::rule::{Point, Verdict};
use crate::web::Result;

/// The relay that a verdict makes; its key is the name of the round.
const RELAY: &str = "sample_verdict";

type Said = (Point, Verdict, &'static str);

/// Approved with one comment, which the factory has; two more that came by mail today have not been passed on.
pub(super) async fn commented(story: &Story<'_>, name: Name) -> Result<()> {
    let said = [
        (Point::Overall, Verdict::Approved, ""),
        (
            Point::Workmanship,
            Verdict::ApprovedWithComments,
            "Please round the inner edge of the notch, R 2 mm: ours was sharp.",
        ),
    ];
    record(story, (1, 15), name, ("Dana Brooks", &said)).await?;
    let later = story.worked((0, 17));
    story
        .operate(later, async |act| {
            let words = "One more point on the shelf: the lacquer should be one shade lighter, like the chip we sent.";
            hear(act, "漆色浅一档", words).await?;
            let words = "And please pack the screws in a paper bag, no plastic.";
            hear(act, "五金改纸袋", words).await
        })
        .await?;
    pass_on(story, (0, 17), name).await?;
    story.heard(later, (Party::Factory, "郎经理")).await
}

/// Not approved: the next round is a draft, and the factory has been told why.
pub(super) async fn rejected(story: &Story<'_>, name: Name) -> Result<()> {
    let said = [
        (
            Point::Overall,
            Verdict::Rejected,
            "The seam tape lifts at the hood after two washes. We cannot approve this sample.",
        ),
        (
            Point::Workmanship,
            Verdict::Rejected,
            "Seam tape 20 mm instead of 15 mm, heat-pressed all round the hood; please send the wash test.",
        ),
        (Point::Size, Verdict::Approved, ""),
        (
            Point::Artwork,
            Verdict::ApprovedWithComments,
            "Reflective leaf 5 mm lower.",
        ),
    ];
    record(story, (1, 16), name, ("Noah Tremblay", &said)).await?;
    pass_on(story, (1, 17), name).await
}

async fn record(
    story: &Story<'_>,
    when: When,
    name: Name,
    (who, said): (&str, &[Said]),
) -> Result<()> {
    story
        .operate(story.worked(when), async |act| {
            let note = acts::note(act, name).await?;
            let given = Given {
                by: who.to_owned(),
                channel: Channel::Email.code().to_owned(),
                on: act.today(),
                points: said
                    .iter()
                    .map(|(point, verdict, words)| (*point, *verdict, (*words).to_owned()))
                    .collect(),
            };
            let mail = mail(story, act, (name, who), said).await?;
            acts::record(act, &note, &given, Some(mail))
                .await
                .map(|_| ())
        })
        .await
}

/// The customer's mail as it lies on the file.
async fn mail(
    story: &Story<'_>,
    act: &mut OrderAct,
    (name, who): (Name, &str),
    said: &[Said],
) -> Result<FileId> {
    let label = name.label();
    let words = said.iter().map(|(_, _, words)| *words);
    let lines: Vec<&str> = [who, label.as_str()].into_iter().chain(words).collect();
    let file = papers::page(&format!("Re {label}.pdf"), &lines);
    let kind = "customer_confirmation";
    orders::keep_file(story.app, act, &file, kind, Audience::Internal).await
}

/// One more thing the customer wants of the factory.
async fn hear(act: &mut OrderAct, subject: &str, words: &str) -> Result<()> {
    act.must(Deed::HearRelay)?;
    let heard = Heard {
        from: Party::Customer,
        to: vec![Party::Factory.into()],
        subject: subject.to_owned(),
        lines: vec![words.to_owned()],
        makers: Vec::new(),
        words: words.to_owned(),
        words_lang: Lang::En.code().to_owned(),
        urgent: false,
        answer_asked: false,
        channel: Channel::Email.code().to_owned(),
        due_at: act.by.at,
        step: act.order.step.number(),
    };
    owing::write(act, None, heard).await.map(|_| ())
}

/// The verdict is told to the factory, and nothing else of what lies heard.
async fn pass_on(story: &Story<'_>, when: When, name: Name) -> Result<()> {
    story
        .operate(story.worked(when), async |act| {
            let order = act.order.id();
            let key = name.to_string();
            let relay = fact::find(act.tx(), order, RELAY, &key).await?;
            if let Some(relay) = relay {
                for side in relay.addressees() {
                    owing::pass_on(act, &relay, side, Channel::Wechat).await?;
                }
            }
            Ok(())
        })
        .await
}
