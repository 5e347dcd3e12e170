//! Sampling 打样: the scenes of a sample, each one act at its working day and hour.

use crate::approvals::{Decision, Verdict};
use crate::base::{Audience, Channel};
use crate::demo::cast;
use crate::demo::papers;
use crate::demo::story::{Story, When, missing};
use crate::orders::{self, OrderAct};
use crate::samples::acts::{self, Acknowledged, Draft, Packing, Received};
use crate::samples::{Name, ParcelMove};
use crate::web::Result;
use chrono::NaiveDate;

/// What the factory is asked for.
pub(super) struct Wish {
    pub(super) kind: &'static str,
    pub(super) material: &'static str,
    pub(super) sizes: &'static str,
    pub(super) artwork: &'static str,
    pub(super) packing: &'static str,
    pub(super) details: &'static str,
    /// For the customer, for our file, for the factory.
    pub(super) pieces: (i32, i32, i32),
    /// Days from loading to the day it is wanted; never before it is handed in.
    pub(super) wanted: i64,
    /// The colour it is matched to.
    pub(super) swatch: [u8; 3],
}

/// What is not said of a wish.
pub(super) const WISH: Wish = Wish {
    kind: "counter",
    material: "",
    sizes: "",
    artwork: "",
    packing: "",
    details: "",
    pieces: (2, 1, 1),
    wanted: 0,
    swatch: [128, 128, 128],
};

/// Begun from the order's lines, filled in, with its swatch.
pub(super) async fn draft(story: &Story<'_>, when: When, wish: &Wish) -> Result<()> {
    story
        .operate(story.worked(when), async |act| {
            begin(story, act, wish).await.map(|_| ())
        })
        .await
}

/// The same, and handed in for the manager's signature; answers what the sample is called.
pub(super) async fn ask(story: &Story<'_>, when: When, wish: &Wish) -> Result<Name> {
    let mut asked = acts::FIRST;
    story
        .operate(story.worked(when), async |act| {
            asked = begin(story, act, wish).await?;
            let note = acts::note(act, asked).await?;
            acts::submit(act, &note).await
        })
        .await?;
    Ok(asked)
}

async fn begin(story: &Story<'_>, act: &mut OrderAct, wish: &Wish) -> Result<Name> {
    let name = acts::begin_sample(act).await?;
    let note = acts::note(act, name).await?;
    let draft = filled(&note.draft, wish, story.day(wish.wanted));
    acts::fill(act, &note, &draft).await?;
    let note = acts::note(act, name).await?;
    let file = papers::swatch(&format!("{} swatch.png", name.label()), wish.swatch);
    acts::enclose(story.app, act, &note, &file).await?;
    Ok(name)
}

fn filled(begun: &Draft, wish: &Wish, wanted: NaiveDate) -> Draft {
    let (for_customer, for_file, for_factory) = wish.pieces;
    Draft {
        kind: wish.kind.to_owned(),
        material: wish.material.to_owned(),
        size_chart: wish.sizes.to_owned(),
        artwork: wish.artwork.to_owned(),
        packing: wish.packing.to_owned(),
        details: wish.details.to_owned(),
        for_customer,
        for_file,
        for_factory,
        required_on: Some(wanted),
        ..begun.clone()
    }
}

/// The manager signs, or gives it back with her words.
pub(super) async fn answer(story: &Story<'_>, when: When, name: Name, words: &str) -> Result<()> {
    story
        .act(story.team.manager, story.worked(when), async |act| {
            let note = acts::note(act, name).await?;
            let decision = Decision {
                verdict: if words.is_empty() {
                    Verdict::Approved
                } else {
                    Verdict::Returned
                },
                words: words.to_owned(),
                shown: note.content_hash.clone().unwrap_or_default(),
            };
            acts::decide(act, &note, &decision).await.map(|_| ())
        })
        .await
}

/// The signed note goes to the factory.
pub(super) async fn send(story: &Story<'_>, when: When, name: Name, who: &str) -> Result<()> {
    story
        .operate(story.worked(when), async |act| {
            let note = acts::note(act, name).await?;
            acts::send(act, &note, who, Channel::Wechat.code()).await
        })
        .await
}

/// The factory has it, and says so.
pub(super) async fn acknowledge(
    story: &Story<'_>,
    when: When,
    name: Name,
    who: &str,
) -> Result<()> {
    story
        .operate(story.worked(when), async |act| {
            let note = acts::note(act, name).await?;
            let given = Acknowledged {
                on: act.today(),
                by: who.to_owned(),
                channel: Channel::Wechat.code().to_owned(),
                words: "样板单收到，按期打样。".to_owned(),
            };
            acts::record_acknowledgement(act, &note, &given, None).await
        })
        .await
}

/// Handed in on this working day, signed the same afternoon, sent the day after and acknowledged in the evening.
pub(super) async fn begun(story: &Story<'_>, day: i64, wish: &Wish, who: &str) -> Result<Name> {
    let name = ask(story, (day, 11), wish).await?;
    answer(story, (day, 15), name, "").await?;
    send(story, (day - 1, 9), name, who).await?;
    acknowledge(story, (day - 1, 17), name, who).await?;
    Ok(name)
}

/// The sample is in hand, with a photo of it.
pub(super) async fn receive(
    story: &Story<'_>,
    when: When,
    (name, wish): (Name, &Wish),
) -> Result<()> {
    story
        .operate(story.worked(when), async |act| {
            let note = acts::note(act, name).await?;
            let got = Received {
                on: act.today(),
                quantity: wish.pieces.0 + wish.pieces.1,
                words: "数量齐，外观无破损".to_owned(),
            };
            acts::record_receipt(act, &note, &got).await?;
            let photo = papers::swatch(&format!("{} photo.png", name.label()), wish.swatch);
            orders::keep_file(story.app, act, &photo, "photo", Audience::Customer)
                .await
                .map(|_| ())
        })
        .await
}

/// Who carries a parcel, under which number, and what is in it.
pub(super) type Label = (&'static str, &'static str, &'static str);

/// Packed and given to the courier; the number is passed on an hour later. Answers the parcel's number.
pub(super) async fn dispatch(
    story: &Story<'_>,
    (day, hour): When,
    (name, customer): (Name, &str),
    (courier, waybill, contents): Label,
) -> Result<i32> {
    let (company, contact) = cast::buyer(customer).ok_or_else(missing)?;
    let mut number = 0;
    story
        .operate(story.worked((day, hour)), async |act| {
            let note = acts::note(act, name).await?;
            let packing = Packing {
                kind: "samples".to_owned(),
                recipient: format!("{contact}\n{company}"),
                contents: contents.to_owned(),
                cost_payer: "us".to_owned(),
                freight_account: String::new(),
                notes: vec![note.id.0],
            };
            number = acts::pack(act, &packing).await?;
            let parcel = acts::parcel(act, number).await?;
            let left = (courier, waybill, act.today());
            acts::dispatch_parcel(act, &parcel, left).await.map(|_| ())
        })
        .await?;
    story
        .operate(story.worked((day, hour + 1)), async |act| {
            let parcel = acts::parcel(act, number).await?;
            acts::pass_number_on(act, &parcel, contact, Channel::Email.code()).await
        })
        .await?;
    Ok(number)
}

/// The customer has the parcel.
pub(super) async fn deliver(story: &Story<'_>, when: When, number: i32, who: &str) -> Result<()> {
    story
        .operate(story.worked(when), async |act| {
            let parcel = acts::parcel(act, number).await?;
            let today = act.today();
            acts::end(act, &parcel, ParcelMove::Deliver, (today, who)).await
        })
        .await
}
