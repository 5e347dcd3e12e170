//! Changes of people as they are read: the field by its word, roles by their names.

use super::staff;
use crate::base::{Lang, Role, Roles, T};
use crate::history::event::Change;
use crate::web::page::{Density, Theme};

/// One change in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub field: String,
    pub from: String,
    pub to: String,
}

pub fn told(changes: &[Change], t: T) -> Vec<Told> {
    changes
        .iter()
        .map(|change| Told {
            field: word(&change.field, t),
            from: value(&change.field, change.from.as_deref(), t),
            to: value(&change.field, change.to.as_deref(), t),
        })
        .collect()
}

/// The word of a field; fields of other desks keep their name until they have a word of their own.
fn word(field: &str, t: T) -> String {
    match field {
        "name_zh" => t.people_name_zh(),
        "name_en" => t.people_name_en(),
        "email" => t.people_email(),
        "phone" => t.people_phone(),
        "roles" => t.people_roles(),
        "department" => t.people_department(),
        "leads" => t.people_leads(),
        "lang" => t.people_language(),
        "theme" => t.people_theme(),
        "density" => t.people_density(),
        "shortcuts" => t.people_shortcuts(),
        other => return other.replace('_', " "),
    }
    .to_owned()
}

/// Codes become words; what people typed stays as it is.
fn value(field: &str, text: Option<&str>, t: T) -> String {
    let text = text.unwrap_or_default();
    let word = match field {
        "roles" => return roles(text, t),
        "lang" => Lang::parse(text).map(Lang::name),
        "theme" => Theme::parse(text).map(|one| theme(one, t)),
        "density" => Density::parse(text).map(|one| density(one, t)),
        "shortcuts" if text == "on" => Some(t.people_on()),
        "shortcuts" if text == "off" => Some(t.people_off()),
        _ => None,
    };
    word.unwrap_or(text).to_owned()
}

/// A role we no longer know keeps its code.
fn roles(codes: &str, t: T) -> String {
    let known: Option<Vec<Role>> = codes.split(", ").map(Role::parse).collect();
    known.map_or_else(
        || codes.to_owned(),
        |roles| staff::labels(&Roles::new(roles), t),
    )
}

fn theme(theme: Theme, t: T) -> &'static str {
    match theme {
        Theme::Auto => t.people_theme_auto(),
        Theme::Light => t.people_theme_light(),
        Theme::Dark => t.people_theme_dark(),
    }
}

fn density(density: Density, t: T) -> &'static str {
    match density {
        Density::Compact => t.people_density_compact(),
        Density::Normal => t.people_density_normal(),
        Density::Roomy => t.people_density_roomy(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_read_by_their_names_and_typed_text_stays() {
        let changes = [
            Change::between("roles", "manager", "manager, admin"),
            Change::between("name_en", "", "admin, manager"),
            Change::between("theme", "auto", "dark"),
            Change::between("roles", "", "captain"),
            Change::between("lead_days", "30", "35"),
        ];
        let changes: Vec<Change> = changes.into_iter().flatten().collect();
        let read = told(&changes, T(Lang::Zh));
        let flat: Vec<(&str, &str, &str)> = read
            .iter()
            .map(|one| (one.field.as_str(), one.from.as_str(), one.to.as_str()))
            .collect();
        assert_eq!(
            flat,
            [
                ("角色", "业务经理", "业务经理、管理员"),
                ("英文姓名", "", "admin, manager"),
                ("明暗", "跟随系统", "深色"),
                ("角色", "", "captain"),
                ("lead days", "30", "35"),
            ]
        );
    }
}
