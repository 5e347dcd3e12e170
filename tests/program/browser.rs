//! A browser: keeps its cookies, sends forms as a page of ours would, and can be put in front of another process.

use crate::house::{Answer, House, ask};
use std::collections::BTreeMap;
use std::fmt::Write;

#[derive(Clone)]
pub struct Browser {
    port: u16,
    cookies: BTreeMap<String, String>,
    csrf: String,
}

impl Browser {
    pub fn at(house: &House) -> Self {
        Self {
            port: house.port,
            cookies: BTreeMap::new(),
            csrf: String::new(),
        }
    }

    /// The same browser, its next request answered by another process.
    pub fn before(&self, house: &House) -> Self {
        Self {
            port: house.port,
            ..self.clone()
        }
    }

    /// Somebody who has signed in with her address and this password.
    pub fn signed_in(house: &House, email: &str, password: &str) -> Self {
        let mut browser = Self::at(house);
        browser.get("/sign-in").is(200);
        let form = [("email", email), ("password", password)];
        browser.post("/sign-in", &form).is(303);
        // Forms carry a token of the new session.
        browser.get("/me").is(200);
        browser
    }

    pub fn get(&mut self, path: &str) -> Answer {
        let head = self.head("GET", path);
        let answer = ask(self.port, format!("{head}\r\n").as_bytes());
        self.keep(&answer);
        let token = answer.field("csrf");
        if !token.is_empty() {
            self.csrf = token;
        }
        answer
    }

    pub fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let key = fresh_key();
        let answer = self.post_keyed(path, fields, &key);
        self.keep(&answer);
        answer
    }

    /// The same under a key the test chooses; cookies stay as they are, so that many can be sent at once.
    pub fn post_keyed(&self, path: &str, fields: &[(&str, &str)], key: &str) -> Answer {
        let own = [("csrf", self.csrf.as_str()), ("key", key)];
        let pairs = fields.iter().chain(&own);
        let pairs = pairs.map(|(name, value)| format!("{}={}", escaped(name), escaped(value)));
        let body = pairs.collect::<Vec<_>>().join("&");
        self.send(path, "application/x-www-form-urlencoded", &body)
    }

    /// A form with one file of text.
    pub fn upload(&self, path: &str, fields: &[(&str, &str)], file: (&str, &str, &str)) -> Answer {
        let key = fresh_key();
        let own = [("csrf", self.csrf.as_str()), ("key", key.as_str())];
        let mut body = String::new();
        for (name, value) in own.iter().chain(fields) {
            write!(
                body,
                "--part\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            )
            .unwrap();
        }
        let (field, name, text) = file;
        write!(
            body,
            "--part\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n{text}\r\n--part--\r\n"
        )
        .unwrap();
        self.send(path, "multipart/form-data; boundary=part", &body)
    }

    fn send(&self, path: &str, kind: &str, body: &str) -> Answer {
        let head = self.head("POST", path);
        let request = format!(
            "{head}Sec-Fetch-Site: same-origin\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        ask(self.port, request.as_bytes())
    }

    fn head(&self, method: &str, path: &str) -> String {
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nAccept-Language: en\r\nCookie: {}\r\nConnection: close\r\n",
            self.port,
            cookies.join("; ")
        )
    }

    fn keep(&mut self, answer: &Answer) {
        let head = answer.0.split("\r\n\r\n").next().unwrap_or("");
        for line in head.lines() {
            let Some(cookie) = line.strip_prefix("set-cookie: ") else {
                continue;
            };
            let (name, rest) = cookie.split_once('=').unwrap();
            let value = rest.split(';').next().unwrap_or("");
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
    }
}

/// A key that says that one act is meant, as the system's own source of numbers gives it.
pub fn fresh_key() -> String {
    let text = std::fs::read_to_string("/proc/sys/kernel/random/uuid").unwrap();
    text.trim().to_owned()
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._".contains(&byte) {
            out.push(char::from(byte));
        } else {
            write!(out, "%{byte:02X}").unwrap();
        }
    }
    out
}
