//! The demo's sample note: two mugs asked of 静和陶瓷, handed in and waiting for the manager's signature.

use crate::orders::OrderAct;
use crate::samples::acts::{self, Draft};
use crate::web::Result;
use chrono::{Days, NaiveDate};

/// Begins the note from the order's lines and fills in what the factory must know.
pub(super) async fn draft(act: &mut OrderAct, required_on: Option<NaiveDate>) -> Result<()> {
    let name = acts::begin_sample(act).await?;
    let note = acts::note(act, name).await?;
    let draft = Draft {
        kind: "counter".to_owned(),
        material: "炻瓷坯体，1250 °C 还原烧；釉面无铅无镉".to_owned(),
        size_chart: "口径 85 ± 1 mm\n高 95 ± 1.5 mm\n容量 400 ml（满口 430 ml）\n单只 360 ± 15 g".to_owned(),
        artwork: "杯底阴刻 KOMORI，深 0.5 mm，字高 6 mm".to_owned(),
        packing: "单只牛皮盒，盒外贴 JAN 码，12 只一箱".to_owned(),
        for_customer: 4,
        for_file: 2,
        for_factory: 2,
        required_on,
        details: "1. 两色各打 4 只，按客户寄来的色板对色\n2. 杯把与杯身接口要抹圆，不留刀痕\n3. 过洗碗机 50 次后拍照，釉面不许发乌".to_owned(),
        ..note.draft.clone()
    };
    acts::fill(act, &note, &draft).await
}

pub(super) async fn submit(act: &mut OrderAct) -> Result<()> {
    let note = acts::note(act, acts::FIRST).await?;
    acts::submit(act, &note).await
}

/// Two weeks of the factory's work from today.
pub(super) fn wanted(today: NaiveDate) -> Option<NaiveDate> {
    today.checked_add_days(Days::new(14))
}
