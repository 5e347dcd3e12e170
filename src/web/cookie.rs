//! Cookies: read one, write one. The session's cookie is `__Host-gendan` behind TLS; on plain loopback, where some
//! browsers refuse that prefix, it is `gendan`.

use super::answer::Said;
use axum::http::{HeaderMap, header};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;

const FLASH: &str = "gendan-said";

/// Name of the cookie that carries the secret of a session, or of a visit before signing in.
pub fn name(behind_tls: bool) -> &'static str {
    if behind_tls {
        "__Host-gendan"
    } else {
        "gendan"
    }
}

pub fn read<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// The session's cookie: this browser only, never for scripts, gone when the browser closes.
pub fn secret(behind_tls: bool, value: &str) -> String {
    let secure = if behind_tls { "; Secure" } else { "" };
    format!(
        "{}={value}; Path=/; HttpOnly; SameSite=Lax{secure}",
        name(behind_tls)
    )
}

pub fn forget(behind_tls: bool) -> String {
    format!("{}; Max-Age=0", secret(behind_tls, ""))
}

/// Parts the sentence from the address that takes the act back.
const PART: char = '\u{1f}';

/// One sentence for the next page, with the address of a POST that takes the act back, where there is one.
pub fn flash(said: &Said) -> String {
    let mut short: String = said.text.chars().take(300).collect();
    if let Some(undo) = &said.undo {
        short.push(PART);
        short.push_str(undo);
    }
    format!(
        "{FLASH}={}; Path=/; HttpOnly; SameSite=Lax; Max-Age=60",
        BASE64_URL_SAFE_NO_PAD.encode(short)
    )
}

/// Only an address of ours can be what takes an act back.
pub fn read_flash(headers: &HeaderMap) -> Option<Said> {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(read(headers, FLASH)?).ok()?;
    let said = String::from_utf8(bytes).ok()?;
    let (text, undo) = match said.split_once(PART) {
        Some((text, undo)) => (text, Some(undo)),
        None => (said.as_str(), None),
    };
    let ours = |undo: &&str| undo.starts_with('/') && !undo.starts_with("//");
    Some(Said {
        text: text.to_owned(),
        undo: undo.filter(ours).map(str::to_owned),
    })
}

pub fn forget_flash() -> String {
    format!("{FLASH}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0")
}

/// Interface language before signing in.
pub fn lang(code: &str) -> String {
    format!("gendan-lang={code}; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_said_comes_back_with_its_undo_and_never_leads_elsewhere() {
        for (undo, back) in [
            (None, None),
            (Some("/tasks/1/reopening"), Some("/tasks/1/reopening")),
            (Some("//elsewhere.example/x"), None),
            (Some("https://elsewhere.example"), None),
        ] {
            let said = Said {
                text: "完成了".to_owned(),
                undo: undo.map(str::to_owned),
            };
            let set = flash(&said);
            let mut headers = HeaderMap::new();
            let pair = set.split(';').next().unwrap().parse().unwrap();
            headers.insert(header::COOKIE, pair);
            let read = read_flash(&headers).unwrap();
            assert_eq!((read.text.as_str(), read.undo.as_deref()), ("完成了", back));
        }
    }
}
