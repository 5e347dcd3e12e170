//! Views 视图: the orders list as six colleagues have kept it, three of them for their department.

use crate::demo::telling::{back, clock, who};
use crate::desk::acts;
use crate::web::{App, Result};
use chrono::{DateTime, TimeDelta, Utc};

/// Whose, its name, its query, whether colleagues of the department see it. `DAYS` becomes the two weeks from loading.
const VIEWS: [(&str, &str, &str, &str); 6] = [
    ("shen", "两周内开船", "who=me&etd=DAYS&sort=delivery", "yes"),
    ("lu", "等客户看样", "who=me&step=2,3&state=customer", ""),
    ("tang", "我的样品", "who=me&step=1,2,3", ""),
    (
        "zhou",
        "英国和北欧待回复",
        "who=me&state=customer&sort=due",
        "yes",
    ),
    ("gu", "等我签字", "who=all&state=manager&sort=due", "yes"),
    (
        "xu",
        "定金和信用证未到",
        "who=all&step=5&state=customer",
        "",
    ),
];

pub(super) async fn keep(app: &App, now: DateTime<Utc>) -> Result<()> {
    let today = now.with_timezone(&app.config.zone).date_naive();
    let days = format!("{today}..{}", today + TimeDelta::days(14));
    let at = clock((app, now), (back((app, now), 4), 11));
    for (login, name, query, shared) in VIEWS {
        let by = who(app, login, at).await?;
        let query = query.replace("DAYS", &days);
        let typed = [("name", name), ("query", &query), ("shared", shared)];
        acts::keep_view(app, by, &typed).await?;
    }
    Ok(())
}
