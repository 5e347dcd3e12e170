//! Forms as a person fills them in: only what the form asks can be typed, only what it offers can be chosen.

use crate::support::{Form, Reply};
use scraper::{ElementRef, Html, Selector};

pub struct Filled {
    action: String,
    page: String,
    form: Form,
}

impl Filled {
    /// The form with this address, as the page shows it.
    pub fn find(page: &Reply, action: &str) -> Option<Self> {
        let known = page.attributes("form", "action");
        known.iter().find(|known| *known == action)?;
        Some(Self {
            action: action.to_owned(),
            page: page.text(),
            form: page.form(action),
        })
    }

    /// Types into its fields; a button is typed by its name.
    pub fn typed(self, typed: &[(&str, &str)]) -> (String, Form) {
        let page = Html::parse_document(&self.page);
        let form = page
            .select(&all("form"))
            .find(|form| form.attr("action") == Some(&self.action))
            .unwrap();
        let outside = form.attr("id").unwrap_or("-");
        let outside = all(&format!(
            "button[form='{outside}'], input[form='{outside}']"
        ));
        let controls: Vec<ElementRef<'_>> = form
            .select(&all("input, select, textarea, button"))
            .chain(page.select(&outside))
            .filter(|control| control.attr("name").is_some())
            .collect();
        let mut filled = self.form;
        for (name, value) in typed {
            let named: Vec<&ElementRef<'_>> = controls
                .iter()
                .filter(|control| control.attr("name") == Some(name))
                .collect();
            assert!(
                !named.is_empty(),
                "{} has no field {name}, only: {}",
                self.action,
                controls.iter().map(told).collect::<Vec<_>>().join("\n  ")
            );
            let chosen = named.iter().find_map(|control| takes(control, value));
            let chosen = chosen.unwrap_or_else(|| {
                let offered: Vec<String> = named.iter().map(|control| told(control)).collect();
                panic!("{} does not offer {name} {value}: {offered:?}", self.action)
            });
            filled = filled.with(name, chosen);
        }
        (self.action, filled)
    }
}

/// What the form sends when this is typed or chosen; nothing where it is not offered.
fn takes(control: &ElementRef<'_>, value: &str) -> Option<String> {
    match (
        control.value().name(),
        control.attr("type").unwrap_or("text"),
    ) {
        ("select", _) => options(control)
            .into_iter()
            .find(|(code, word)| code == value || (!value.is_empty() && word.contains(value)))
            .map(|(code, _)| code),
        ("button", _) | ("input", "radio" | "submit") => {
            (control.attr("value") == Some(value)).then(|| value.to_owned())
        }
        ("input", "checkbox") => {
            let own = control.attr("value").unwrap_or("on");
            (value == own || value == "yes").then(|| own.to_owned())
        }
        ("input", "hidden") => None,
        _ => Some(value.to_owned()),
    }
}

fn options(select: &ElementRef<'_>) -> Vec<(String, String)> {
    select
        .select(&all("option"))
        .map(|option| {
            (
                option.attr("value").unwrap_or("").to_owned(),
                option.text().collect(),
            )
        })
        .collect()
}

fn told(control: &ElementRef<'_>) -> String {
    let name = control.attr("name").unwrap_or("");
    let kind = control
        .attr("type")
        .unwrap_or_else(|| control.value().name());
    if control.value().name() == "select" {
        format!("{name} of {:?}", options(control))
    } else {
        format!("{name} ({kind}) {}", control.attr("value").unwrap_or(""))
    }
}

fn all(selector: &str) -> Selector {
    Selector::parse(selector).unwrap()
}
