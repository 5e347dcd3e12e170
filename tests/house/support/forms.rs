//! Forms as a page shows them: what a browser would send, had nobody typed anything.

use super::client::{Client, Form, Reply, fresh_key, token};
use axum::body::Body;
use axum::http::header;
use scraper::{ElementRef, Html, Selector};

impl Reply {
    /// The fields of the form with this address, with the values the page gives them.
    pub fn form(&self, action: &str) -> Form {
        let page = Html::parse_document(&self.text());
        let forms = Selector::parse("form").unwrap();
        let form = page
            .select(&forms)
            .find(|form| form.attr("action") == Some(action))
            .unwrap_or_else(|| {
                panic!(
                    "no form {action} on this page:\n{}",
                    self.texts("main").join(" ")
                )
            });
        let controls = Selector::parse("input, select, textarea").unwrap();
        Form(form.select(&controls).filter_map(field).collect())
    }
}

fn field(control: ElementRef<'_>) -> Option<(String, String)> {
    let name = control.attr("name")?.to_owned();
    let kind = control.attr("type").unwrap_or("text");
    let value = match control.value().name() {
        "select" => {
            let options = Selector::parse("option").unwrap();
            let chosen = control
                .select(&options)
                .find(|option| option.attr("selected").is_some())
                .or_else(|| control.select(&options).next());
            chosen
                .and_then(|option| option.attr("value"))
                .unwrap_or("")
                .to_owned()
        }
        "textarea" => control.text().collect(),
        _ => match kind {
            "file" | "submit" => return None,
            "radio" | "checkbox" if control.attr("checked").is_none() => return None,
            _ => control.attr("value").unwrap_or("").to_owned(),
        },
    };
    Some((name, value))
}

impl Client {
    /// Sends the form with one file, as a browser sends it.
    pub async fn upload(
        &self,
        url: &str,
        fields: impl Into<Form>,
        file: (&str, &str, &[u8]),
    ) -> Reply {
        let boundary = "a-line-that-no-file-contains";
        let form = fields
            .into()
            .with("csrf", token(&self.secret()))
            .with("key", fresh_key());
        let mut body: Vec<u8> = Vec::new();
        for (name, value) in &form.0 {
            let head = format!(
                "--{boundary}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            );
            body.extend(head.as_bytes());
        }
        let (field, name, bytes) = file;
        let head = format!(
            "--{boundary}\r\ncontent-disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\ncontent-type: application/octet-stream\r\n\r\n"
        );
        body.extend(head.as_bytes());
        body.extend(bytes);
        body.extend(format!("\r\n--{boundary}--\r\n").as_bytes());
        let mut request = self.form(url, Form::default());
        *request.body_mut() = Body::from(body);
        let kind = format!("multipart/form-data; boundary={boundary}");
        request
            .headers_mut()
            .insert(header::CONTENT_TYPE, kind.parse().unwrap());
        self.send(request).await
    }
}
