//! Opening 开单: the customer's sheet read into an order.

use super::Story;
use crate::support::World;

const SHEET: &str = "customer-po-garments.xlsx";

impl Story {
    /// The operator 沈小禾 gives the house the customer's sheet; what it reads becomes the order of 周岚.
    pub async fn from_the_sheet(w: World, payment: &str) -> Self {
        Self::opened_by("shen", w, payment).await
    }

    /// The same by either of the two: the salesperson 周岚 names 沈小禾 as operator.
    pub async fn opened_by(who: &str, w: World, payment: &str) -> Self {
        let path = format!("{}/tests/samples/{SHEET}", env!("CARGO_MANIFEST_DIR"));
        let sheet = std::fs::read(path).unwrap();
        let story = Self::of(w, String::new());
        let read = story
            .gives(
                who,
                ("/orders/new", "/orders/intake"),
                &[("customer", "Nordhavn Living AB")],
                ("sheet", SHEET, &sheet),
            )
            .await;
        let read = read.location().to_owned();
        let checked = story.w.as_(who).await.get(&read).await.is(200);
        assert!(checked.has("30,863.00") && checked.has("4,260"));
        let intake = read.rsplit('/').next().unwrap();
        let blank = format!("/orders/new?intake={intake}");
        let opened = story
            .does(
                who,
                (&blank, "/orders"),
                &[
                    ("title", "服装 5 款"),
                    ("salesperson", "周岚"),
                    ("operator", "沈小禾"),
                    ("payment", payment),
                ],
            )
            .await;
        let number = opened.location().rsplit('/').next().unwrap().to_owned();
        Self { number, ..story }
    }
}
