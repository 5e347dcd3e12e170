//! A factory's packing list 工厂装箱单 fills the form: its carton runs are added up by item. Nothing is saved until
//! somebody has looked at it.

use super::packing;
use crate::base::By;
use crate::grid::{Grid, file};
use crate::intake::Hints;
use crate::intake::columns::{self, Mapping};
use crate::intake::packing::{CartonRun, preview};
use crate::people::Deed;
use crate::people::relation::InReach;
use crate::shipping::shipment::goods_sql::{self, Good};
use crate::shipping::shipment::reading;
use crate::web::{App, Error, Faults, Fields, Keyed, Page, Result};
use axum::extract::{Path, State};
use axum::response::Response;
use chrono::Datelike;
use rust_decimal::Decimal;

pub(in crate::shipping) async fn fill(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
    form: Keyed,
) -> Result<Response> {
    form.only(&[])?;
    let mut db = app.db.acquire().await?;
    let seen = reading::find(&mut db, &by, &number).await?;
    seen.must(Deed::PrepareShippingPapers)?;
    packing::still_open(&seen.shipment)?;
    let goods = goods_sql::goods(&mut db, &InReach::of(&by), seen.shipment.id).await?;
    let Some(upload) = form.files.first() else {
        let faults = Faults::one("sheet", crate::base::T::shipping_packing_no_file);
        return packing::draw(&mut db, page, seen, (None, faults)).await;
    };
    let (name, bytes) = (upload.name.clone(), upload.bytes.to_vec());
    // On a thread of its own: a large workbook takes longer than a request may hold up the others.
    let grid = tokio::task::spawn_blocking(move || file::read(&name, &bytes, columns::has_table))
        .await
        .map_err(|error| Error::Broken(anyhow::anyhow!("reading a packing list: {error}")))?;
    let grid = match grid {
        Ok(grid) => grid,
        Err(refusal) => {
            let mut faults = Faults::default();
            faults.say("sheet", move |t| crate::web::Tell::tell(&refusal, t));
            return packing::draw(&mut db, page, seen, (None, faults)).await;
        }
    };
    let year = by.at.with_timezone(&app.config.zone).year();
    let typed = filled(&grid, year, &goods);
    packing::draw(&mut db, page, seen, typed).await
}

/// The figures of each line, and what of the list does not fit the shipment.
#[expect(
    clippy::too_many_lines,
    reason = "one form, one page or one statement, in its order"
)]
fn filled(grid: &Grid, year: i32, goods: &[Good]) -> (Option<Fields>, Faults) {
    let hints = Hints {
        year,
        ..Hints::default()
    };
    let list = preview(grid, &Mapping::guess(grid), &hints);
    let (mut fields, mut faults) = (Fields::default(), Faults::default());
    for (place, good) in goods.iter().enumerate() {
        let runs: Vec<&CartonRun> = list.runs.iter().filter(|run| is_of(run, good)).collect();
        let cell = |column: &str| format!("lines[{place}][{column}]");
        if runs.is_empty() {
            faults.add(
                &cell("cartons"),
                crate::base::T::shipping_packing_not_listed,
            );
            continue;
        }
        // A carton with several goods is counted once, with the goods named first.
        let pieces: Decimal = runs.iter().filter_map(|run| run.pieces).sum();
        let runs: Vec<&CartonRun> = runs.into_iter().filter(|run| !run.shares_carton).collect();
        if runs.is_empty() {
            faults.add(&cell("cartons"), crate::base::T::shipping_packing_shared);
            continue;
        }
        let cartons: u32 = runs.iter().map(|run| run.cartons).sum();
        fields.set(&cell("cartons"), cartons.to_string());
        let figures = [
            ("gross_weight", sum(&runs, |run| run.gross_weight), 3),
            ("net_weight", sum(&runs, |run| run.net_weight), 3),
            (
                "volume",
                sum(&runs, |run| run.carton_size.and_then(|size| size.volume())),
                3,
            ),
        ];
        for (column, figure, decimals) in figures {
            if let Some(figure) = figure {
                let rounded = crate::base::rounding::half_up(figure, decimals).normalize();
                fields.set(&cell(column), rounded.to_string());
            }
        }
        if pieces != good.quantity {
            let (listed, shipped) = (pieces.normalize(), good.quantity.normalize());
            faults.say(&cell("cartons"), move |t| {
                t.shipping_packing_pieces(listed, shipped)
            });
        }
    }
    (Some(fields), faults)
}

/// Case and separators do not matter in an item number.
fn is_of(run: &CartonRun, good: &Good) -> bool {
    let plain = |text: &str| -> String {
        text.chars()
            .filter(|sign| sign.is_alphanumeric())
            .flat_map(char::to_uppercase)
            .collect()
    };
    let own = plain(&good.item_no);
    run.item
        .as_deref()
        .is_some_and(|item| !own.is_empty() && plain(item) == own)
}

/// Of all cartons; nothing where one of the runs does not say it.
fn sum(runs: &[&CartonRun], of: fn(&CartonRun) -> Option<Decimal>) -> Option<Decimal> {
    runs.iter()
        .map(|run| of(run).map(|each| each * Decimal::from(run.cartons)))
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn good(item: &str, quantity: i64) -> Good {
        Good {
            id: uuid::Uuid::nil(),
            order_number: "HY26-0163".into(),
            order_line: uuid::Uuid::nil(),
            item_no: item.into(),
            description_en: String::new(),
            description_zh: String::new(),
            colour: String::new(),
            hs_code: String::new(),
            quantity: Decimal::from(quantity),
            unit: "pcs".into(),
            unit_price: None,
            cartons: None,
            gross_kg: None,
            net_kg: None,
            cbm: None,
            line_cartons: None,
            line_gross_kg: None,
            line_net_kg: None,
            line_cbm: None,
        }
    }

    const LIST: &str = "箱号\t货号\t箱数\t每箱数量\t数量\t毛重(KG)\t净重(KG)\t外箱尺寸(CM)\n\
        1-5\tHT-2701\t5\t24\t120\t13.2\t11.6\t60*40*30\n\
        6-15\tHT-2701\t10\t24\t240\t13.6\t12\t60*40*30\n";

    #[test]
    fn runs_are_added_up_by_item_and_what_does_not_fit_is_named() {
        let grid = file::paste(LIST).unwrap();
        let (fields, faults) = filled(&grid, 2026, &[good("ht 2701", 360), good("HT-9", 10)]);
        let fields = fields.unwrap();
        let line = |column: &str| fields.cell("lines", 0, column).to_owned();
        assert_eq!(
            [
                line("cartons"),
                line("gross_weight"),
                line("net_weight"),
                line("volume")
            ],
            ["15", "202", "178", "1.08"]
        );
        assert!(faults.of("lines[0][cartons]").is_none());
        assert!(faults.of("lines[1][cartons]").is_some());
        let (_, faults) = filled(&grid, 2026, &[good("HT-2701", 400)]);
        assert!(faults.of("lines[0][cartons]").is_some());
    }

    #[test]
    fn what_a_row_weighs_in_all_comes_back_to_the_gram() {
        let list = "箱号\t货号\t箱数\t每箱数量\t数量\t总毛重\t总净重\n\
            1-3\tHT-1\t3\t24\t72\t100\t97\n";
        let (fields, _) = filled(&file::paste(list).unwrap(), 2026, &[good("HT-1", 72)]);
        let fields = fields.unwrap();
        let line = |column: &str| fields.cell("lines", 0, column).to_owned();
        assert_eq!([line("gross_weight"), line("net_weight")], ["100", "97"]);
    }

    #[test]
    fn a_carton_with_several_goods_is_counted_once() {
        let list = "箱号\t货号\t箱数\t每箱数量\t数量\t毛重(KG)\t净重(KG)\n\
            1-5\tHT-1\t5\t24\t120\t13\t11\n\
            6\tHT-1\t1\t10\t10\t14\t12\n\
            6\tHT-2\t1\t14\t14\t14\t12\n\
            7-8\tHT-2\t2\t24\t48\t13\t11\n\
            8\tHT-3\t1\t2\t2\t13\t11\n";
        let goods = [good("HT-1", 130), good("HT-2", 62)];
        let (fields, _) = filled(&file::paste(list).unwrap(), 2026, &goods);
        let fields = fields.unwrap();
        let line = |row: usize, column: &str| fields.cell("lines", row, column).to_owned();
        assert_eq!([line(0, "cartons"), line(0, "gross_weight")], ["6", "79"]);
        assert_eq!([line(1, "cartons"), line(1, "gross_weight")], ["2", "26"]);
    }
}
