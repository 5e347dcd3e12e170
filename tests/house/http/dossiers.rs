//! The archive of an order: our papers and its files with an index; what a reader may not open is not in it.

use crate::support::{Reply, World, sheets};
use gendan::production::order::Stage;
use std::io::{Cursor, Read as _};

/// Entries by name, with what is in them.
fn entries(reply: &Reply) -> Vec<(String, Vec<u8>)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(&reply.body[..])).unwrap();
    (0..zip.len())
        .map(|place| {
            let mut entry = zip.by_index(place).unwrap();
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).unwrap();
            (entry.name().to_owned(), bytes)
        })
        .collect()
}

fn text(entries: &[(String, Vec<u8>)], part: &str) -> String {
    let (_, bytes) = entries
        .iter()
        .find(|(name, _)| name.contains(part))
        .unwrap_or_else(|| panic!("no {part}"));
    if part.ends_with("xlsx") {
        sheets(bytes).concat().concat().join("|")
    } else {
        String::from_utf8_lossy(bytes).into_owned()
    }
}

#[expect(clippy::too_many_lines, reason = "one story, told in its order")]
#[tokio::test]
async fn the_archive_holds_the_complete_set_and_no_paper_its_reader_may_not_see() {
    let w = World::new().await;
    let order = w.ordered().await;
    w.money(&order, "3744").await;
    w.production_at(&order, Stage::Issued).await;
    let shen = w.as_("shen").await;
    for (kind, name) in [("customer_order", "PO-88213.pdf"), ("photo", "dock.pdf")] {
        let form = crate::support::Form::from([("kind", kind), ("audience", "internal")]);
        let url = format!("{}/documents", order.url());
        let paper = ("file", name, &b"%PDF-1.7\n%%EOF\n"[..]);
        shen.upload(&url, form, paper).await.is(303);
    }
    let url = format!("{}/dossier.zip", order.url());
    let whole = entries(&shen.get(&url).await.is(200));
    let names: Vec<&str> = whole.iter().map(|(name, _)| name.as_str()).collect();
    let proforma = format!("{}-PI-r1.xlsx", order.number);
    let production = format!("{}-P1-r1.xlsx", order.number);
    assert_eq!(names.len(), 5, "{names:?}");
    let index = text(&whole, "00_index.csv");
    for part in [&proforma, &production, "PO-88213.pdf", "dock.pdf"] {
        assert!(
            names.iter().any(|name| name.ends_with(part)),
            "{part}: {names:?}"
        );
        assert!(index.contains(part), "{part} is not in the index");
    }
    assert_eq!(index.lines().count(), 5, "{index}");
    // What the customer confirmed, with her prices and none of the factory's; and the other way round.
    let (pi, made) = (text(&whole, &proforma), text(&whole, &production));
    assert!(pi.contains("5.2") && !pi.contains("23.45"), "{pi}");
    assert!(made.contains("23.45") && !made.contains("5.2|"), "{made}");

    for (login, sees_customers, sees_factorys) in [
        ("gu", true, true),
        ("xu", true, true),
        ("zhou", true, false),
        ("tang", false, false),
    ] {
        let reply = w.as_(login).await.get(&url).await.is(200);
        let found = entries(&reply);
        let has = |part: &str| found.iter().any(|(name, _)| name.ends_with(part));
        assert_eq!(has(&proforma), sees_customers, "{login}");
        assert_eq!(has(&production), sees_factorys, "{login}");
        assert_eq!(has("PO-88213.pdf"), sees_customers, "{login}");
        assert!(has("dock.pdf"), "{login}");
        let index = text(&found, "00_index.csv");
        assert_eq!(index.lines().count(), found.len(), "{login}: {index}");
    }
}
