//! Courier 快递: who carries parcels, and where a parcel is looked up.

use super::sql;
use crate::base::Lang;
use crate::web::Result;
use sqlx::PgConnection;

#[derive(Clone, Debug)]
pub struct Courier {
    /// As `base::codes::Carrier` writes it: `DHL`; others are only text to the checks.
    pub code: String,
    pub name_zh: String,
    pub name_en: String,
    /// Address of its tracking page with `{number}` in it; empty where it has none.
    pub tracking: String,
}

impl Courier {
    /// Where this parcel is followed.
    pub fn track(&self, number: &str) -> Option<String> {
        let number = crate::web::routes::percent(number);
        (!self.tracking.is_empty()).then(|| self.tracking.replace("{number}", &number))
    }
}

/// All of them, the most used first.
pub async fn list(db: &mut PgConnection) -> Result<Vec<Courier>> {
    sql::couriers(db).await
}

/// For a choice: code and name.
pub async fn choices(db: &mut PgConnection, lang: Lang) -> Result<Vec<(String, String)>> {
    let all = list(db).await?;
    Ok(all
        .into_iter()
        .map(|one| {
            (
                one.code,
                if lang == Lang::Zh {
                    one.name_zh
                } else {
                    one.name_en
                },
            )
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_cannot_leave_the_tracking_address() {
        let courier = Courier {
            code: "DHL".into(),
            name_zh: "DHL".into(),
            name_en: "DHL".into(),
            tracking: "https://carrier.example/t?id={number}".into(),
        };
        assert_eq!(
            courier.track("12&x=1").as_deref(),
            Some("https://carrier.example/t?id=12%26x%3D1")
        );
    }
}
