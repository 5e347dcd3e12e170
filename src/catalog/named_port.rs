//! A port by what is typed of it: its code, its name in either language. What the catalog does not know stays as typed.

use super::sql;
use crate::base::Lang;
use crate::web::Result;
use sqlx::PgConnection;

/// A port in use, as far as a paper or a cut-off needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedPort {
    /// UN/LOCODE
    pub code: String,
    pub name_en: String,
    pub name_zh: String,
    /// IANA zone
    pub zone: String,
}

/// All ports in use, by their English name.
pub async fn known(db: &mut PgConnection) -> Result<Vec<NamedPort>> {
    sql::named_ports(db).await
}

/// The one port that is meant.
pub fn meant<'a>(known: &'a [NamedPort], typed: &str) -> Option<&'a NamedPort> {
    let text = typed.trim().to_lowercase();
    let mut found = known.iter().filter(|port| {
        port.code.to_lowercase() == text
            || port.name_en.to_lowercase() == text
            || port.name_zh == text
    });
    let one = found.next()?;
    // Two towns of one name are told apart by the code only.
    found.next().is_none().then_some(one)
}

/// What the field offers: the English name, which papers print, and what the reader calls it.
pub fn offered(known: &[NamedPort], lang: Lang) -> Vec<(String, String)> {
    known
        .iter()
        .map(|port| {
            let label = match lang {
                Lang::Zh => format!("{} {}", port.name_zh, port.code),
                Lang::En => port.code.clone(),
            };
            (port.name_en.clone(), label)
        })
        .collect()
}

/// The name that papers print, where the port is known.
pub fn printed(known: &[NamedPort], typed: &str) -> String {
    meant(known, typed).map_or_else(|| typed.to_owned(), |port| port.name_en.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn port(code: &str, name_en: &str, name_zh: &str) -> NamedPort {
        NamedPort {
            code: code.into(),
            name_en: name_en.into(),
            name_zh: name_zh.into(),
            zone: "Asia/Shanghai".into(),
        }
    }

    #[test]
    fn a_port_is_known_by_code_and_by_either_name_and_by_nothing_else() {
        let known = [
            port("CNNGB", "Ningbo", "宁波"),
            port("USPWM", "Portland", "波特兰"),
            port("USPDX", "Portland", "波特兰"),
        ];
        for typed in ["cnngb", " NINGBO ", "宁波"] {
            assert_eq!(printed(&known, typed), "Ningbo");
        }
        assert_eq!(printed(&known, "Portland"), "Portland");
        assert_eq!(meant(&known, "Portland"), None);
        assert_eq!(meant(&known, "uspdx").unwrap().code, "USPDX");
        assert_eq!(printed(&known, "Ningbo Beilun"), "Ningbo Beilun");
    }
}
