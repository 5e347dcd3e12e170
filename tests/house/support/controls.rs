//! Controls: the forms of a page with every field's kind, for tests that type what nobody would.

use super::client::{Client, Form, Reply};
use scraper::{ElementRef, Html, Selector};

/// One form that changes something.
#[derive(Clone, Debug)]
pub struct Asked {
    pub action: String,
    pub controls: Vec<Control>,
}

#[derive(Clone, Debug)]
pub struct Control {
    pub name: String,
    pub value: String,
    pub kind: Kind,
    /// What may be chosen.
    pub choices: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Hidden,
    Text,
    Number,
    Day,
    Choice,
    /// One of several with this name; `value` is sent when it is the one.
    Radio,
    Check,
    File,
    Button,
}

impl Asked {
    /// What a browser would send, had nobody typed anything.
    pub fn untouched(&self) -> Form {
        let sent = self.controls.iter().filter(|control| {
            let kept = !matches!(
                control.kind,
                Kind::File | Kind::Button | Kind::Radio | Kind::Check
            );
            kept || control.choices == ["on"]
        });
        Form(
            sent.map(|control| (control.name.clone(), control.value.clone()))
                .collect(),
        )
    }

    pub fn takes_files(&self) -> Option<&str> {
        let file = self
            .controls
            .iter()
            .find(|control| control.kind == Kind::File);
        file.map(|control| control.name.as_str())
    }
}

impl Reply {
    /// The forms in the main part of a page that post.
    pub fn asked(&self) -> Vec<Asked> {
        let page = Html::parse_document(&self.text());
        let forms = Selector::parse("main form[method=post]").unwrap();
        page.select(&forms).map(asked).collect()
    }
}

fn asked(form: ElementRef<'_>) -> Asked {
    let controls = Selector::parse("input, select, textarea, button[name]").unwrap();
    Asked {
        action: form.attr("action").unwrap_or("").to_owned(),
        controls: form.select(&controls).filter_map(control).collect(),
    }
}

fn control(found: ElementRef<'_>) -> Option<Control> {
    let mut control = Control {
        name: found.attr("name")?.to_owned(),
        value: found.attr("value").unwrap_or("").to_owned(),
        kind: Kind::Text,
        choices: Vec::new(),
    };
    match found.value().name() {
        "textarea" => control.value = found.text().collect(),
        "select" => choose(found, &mut control),
        "button" => control.kind = Kind::Button,
        _ => control.kind = kind(found),
    }
    if found.attr("checked").is_some() {
        control.choices.push("on".to_owned());
    }
    Some(control)
}

fn choose(found: ElementRef<'_>, control: &mut Control) {
    let options = Selector::parse("option").unwrap();
    let of = |option: ElementRef<'_>| option.attr("value").unwrap_or("").to_owned();
    control.kind = Kind::Choice;
    control.choices = found.select(&options).map(of).collect();
    let chosen = found
        .select(&options)
        .find(|option| option.attr("selected").is_some());
    let first = control.choices.first().cloned();
    control.value = chosen.map(of).or(first).unwrap_or_default();
}

fn kind(found: ElementRef<'_>) -> Kind {
    match found.attr("type").unwrap_or("text") {
        "hidden" => Kind::Hidden,
        "file" => Kind::File,
        "submit" => Kind::Button,
        "date" => Kind::Day,
        "number" => Kind::Number,
        "radio" => Kind::Radio,
        "checkbox" => Kind::Check,
        _ if matches!(found.attr("inputmode"), Some("decimal" | "numeric")) => Kind::Number,
        _ => Kind::Text,
    }
}

impl Client {
    /// Sends a form, with a paper where it asks for one.
    pub async fn submit(&self, asked: &Asked, form: Form) -> Reply {
        match asked.takes_files() {
            Some(field) => {
                let paper = (field, "paper.pdf", &b"%PDF-1.7\n%%EOF\n"[..]);
                self.upload(&asked.action, form, paper).await
            }
            None => self.post(&asked.action, form).await,
        }
    }
}
