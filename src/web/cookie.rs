//! Cookies: read one, write one. The session's cookie is `__Host-gendan` behind TLS; on plain loopback, where some
//! browsers refuse that prefix, it is `gendan`.

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

/// One sentence for the next page.
pub fn flash(said: &str) -> String {
    let short: String = said.chars().take(300).collect();
    format!(
        "{FLASH}={}; Path=/; HttpOnly; SameSite=Lax; Max-Age=60",
        BASE64_URL_SAFE_NO_PAD.encode(short)
    )
}

pub fn read_flash(headers: &HeaderMap) -> Option<String> {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(read(headers, FLASH)?).ok()?;
    String::from_utf8(bytes).ok()
}

pub fn forget_flash() -> String {
    format!("{FLASH}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0")
}

/// Interface language before signing in.
pub fn lang(code: &str) -> String {
    format!("gendan-lang={code}; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000")
}
