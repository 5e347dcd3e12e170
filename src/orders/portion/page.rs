//! The page both questions share, and how its figures are read.

use super::sql::Standing;
use crate::base::{LineId, T, format, typed};
use crate::orders::order::Order;
use crate::web::{Faults, Fields, Page, Result};
use askama::Template;
use axum::response::Html;
use rust_decimal::Decimal;

/// Which part is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    GivenUp,
    CarriedOver,
}

impl Part {
    /// How much of a line may go.
    pub(super) fn most(self, line: &Standing) -> Decimal {
        match self {
            Self::GivenUp => line.rest(),
            Self::CarriedOver => line.untouched(),
        }
    }
}

/// One line of the page, in words.
#[expect(clippy::struct_field_names, reason = "the column's own name")]
pub(super) struct Row {
    pub row: usize,
    pub id: LineId,
    pub item: String,
    pub description: String,
    pub ordered: String,
    pub made: String,
    pub shipped: String,
    pub left: String,
    pub typed: String,
    pub fault: String,
}

#[derive(Template)]
#[template(path = "orders/portion.html")]
pub(super) struct PortionPage {
    page: Page,
    order: Order,
    part: Part,
    rows: Vec<Row>,
    title: String,
    reason: String,
    faults: Faults,
}

impl PortionPage {
    fn split(&self) -> bool {
        self.part == Part::CarriedOver
    }

    fn action(&self) -> String {
        let path = if self.split() { "split" } else { "short-close" };
        format!("{}/{path}", self.order.url())
    }

    fn question(&self) -> String {
        if self.split() {
            self.page.t.orders_split_question(&self.order.number)
        } else {
            self.page.t.orders_short_close_question(&self.order.number)
        }
    }

    fn sentence(&self) -> &'static str {
        if self.split() {
            self.page.t.orders_split_sentence()
        } else {
            self.page.t.orders_short_close_sentence()
        }
    }

    fn verb(&self) -> &'static str {
        if self.split() {
            self.page.t.orders_split_verb()
        } else {
            self.page.t.orders_short_close_verb()
        }
    }

    fn goes(&self) -> &'static str {
        if self.split() {
            self.page.t.orders_split_goes()
        } else {
            self.page.t.orders_short_close_goes()
        }
    }
}

pub(super) fn draw(
    page: Page,
    order: Order,
    part: Part,
    lines: &[Standing],
    (fields, faults): (&Fields, Faults),
) -> Result<Html<String>> {
    let rows = lines
        .iter()
        .enumerate()
        .map(|(at, line)| Row {
            row: at + 1,
            id: line.id,
            item: line.item_no.clone(),
            description: [line.description.as_str(), line.colour.as_str()].join(" "),
            ordered: format!("{} {}", format::quantity(line.ordered), line.unit),
            made: format::quantity(line.made),
            shipped: format::quantity(line.shipped),
            left: format::quantity(part.most(line)),
            typed: fields.cell("lines", at, "quantity").to_owned(),
            fault: page.fault(&faults, &cell(at)),
        })
        .collect();
    let title = fields.get("title");
    let html = PortionPage {
        title: if title.is_empty() {
            order.title.clone()
        } else {
            title.to_owned()
        },
        reason: fields.get("reason").to_owned(),
        page,
        order,
        part,
        rows,
        faults,
    };
    Ok(Html(html.render()?))
}

/// The name a fault of this row's figure carries.
fn cell(at: usize) -> String {
    format!("line-{}", at + 1)
}

/// The parts that go, line by line; a fault names the line and how much of it may.
pub(super) fn read(
    fields: &Fields,
    part: Part,
    lines: &[Standing],
    faults: &mut Faults,
) -> Vec<(LineId, Decimal)> {
    let mut parts = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let text = fields.cell("lines", at, "quantity");
        let sent = fields.cell("lines", at, "id");
        if text.is_empty() {
            continue;
        }
        let most = part.most(line);
        let figure = typed::figure(text).filter(|figure| *figure >= Decimal::ZERO);
        match figure {
            Some(figure) if figure.is_zero() => {}
            Some(figure) if figure <= most && sent == line.id.to_string() => {
                let whole = figure == line.ordered;
                if part == Part::CarriedOver && line.sized && !whole {
                    faults.add(&cell(at), T::orders_split_sized);
                } else {
                    parts.push((line.id, figure));
                }
            }
            _ => faults.say(&cell(at), move |t| {
                t.orders_portion_most(at + 1, format::quantity(most))
            }),
        }
    }
    if parts.is_empty() && faults.is_empty() {
        faults.add("line-1", T::orders_portion_none);
    }
    parts
}
