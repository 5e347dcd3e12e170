//! Assets: style sheets, scripts and pictures of the pages, carried in the program.
//!
//! Every address holds the version of the whole set (`/static/3f9c1a2b/css/app.css`), so that a browser may keep a
//! file for ever and modules may import each other by a relative name. Debug builds read the files from disk.
//!
//! We chose one style sheet of the parts that nearly every page uses ([`CORE`]), put together here; a page links the
//! parts it needs beyond that in its `styles` block. All parts together would be twice what the first list may cost.

use crate::base::hex;
use axum::{
    extract::Path,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use rust_embed::{EmbeddedFile, RustEmbed};
use sha2::{Digest, Sha256};
use std::{borrow::Cow, sync::LazyLock};

#[derive(RustEmbed)]
#[folder = "static/css/"]
struct Styles;

#[derive(RustEmbed)]
#[folder = "static/js/"]
struct Scripts;

#[derive(RustEmbed)]
#[folder = "static/img/"]
struct Pictures;

/// The parts of `css/app.css`, in cascade order.
const CORE: [&str; 9] = [
    "tokens", "base", "frame", "button", "badge", "form", "table", "dialog", "states",
];

static VERSION: LazyLock<String> = LazyLock::new(version);
static ICONS: LazyLock<String> = LazyLock::new(|| url("img/icons.svg"));
static APP_CSS: LazyLock<String> = LazyLock::new(app_css);

/// The address of a file below `static/`; `css/app.css` is the bundle.
pub fn url(path: &str) -> String {
    format!("/static/{}/{path}", *VERSION)
}

/// The address of the sprite, asked for hundreds of times on one page.
pub(super) fn icons() -> &'static str {
    &ICONS
}

/// Where the router hangs [`serve`].
pub const PATH: &str = "/static/{version}/{*path}";

/// Whether an address is one of ours: such a request needs no session.
pub fn owns(path: &str) -> bool {
    path.starts_with("/static/")
}

/// Answers `/static/{version}/{*path}`. A page of an older version still gets its files, but may not keep them.
pub async fn serve(Path((version, path)): Path<(String, String)>) -> Response {
    let Some((kind, bytes)) = find(&path) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let keep = if version == *VERSION && !cfg!(debug_assertions) {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CACHE_CONTROL, HeaderValue::from_static(keep)),
    ];
    (headers, bytes).into_response()
}

fn find(path: &str) -> Option<(&'static str, Cow<'static, [u8]>)> {
    let (folder, name) = path.split_once('/')?;
    let kind = kind_of(name)?;
    if path == "css/app.css" {
        let bytes = if cfg!(debug_assertions) {
            Cow::Owned(app_css().into_bytes())
        } else {
            Cow::Borrowed(APP_CSS.as_bytes())
        };
        return Some((kind, bytes));
    }
    let file: EmbeddedFile = match folder {
        "css" => Styles::get(name),
        "js" => Scripts::get(name),
        "img" => Pictures::get(name),
        _ => None,
    }?;
    Some((kind, file.data))
}

fn kind_of(name: &str) -> Option<&'static str> {
    match name.rsplit_once('.')?.1 {
        "css" => Some("text/css; charset=utf-8"),
        "js" => Some("text/javascript; charset=utf-8"),
        "svg" => Some("image/svg+xml"),
        "png" => Some("image/png"),
        _ => None,
    }
}

fn app_css() -> String {
    let mut bundle = String::new();
    for part in CORE {
        if let Some(file) = Styles::get(&format!("{part}.css")) {
            bundle.push_str(&lean(&String::from_utf8_lossy(&file.data)));
        }
    }
    bundle
}

/// The sheet without comments, indents and empty lines: what is written for people stays on disk.
fn lean(css: &str) -> String {
    let mut text = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        text.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, tail)| tail);
    }
    text.push_str(rest);
    let mut lean = String::with_capacity(text.len());
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        lean.push_str(line);
        lean.push('\n');
    }
    lean
}

fn version() -> String {
    let mut sum = Sha256::new();
    let all = Styles::iter()
        .map(|name| (name.clone(), Styles::get(&name)))
        .chain(Scripts::iter().map(|name| (name.clone(), Scripts::get(&name))))
        .chain(Pictures::iter().map(|name| (name.clone(), Pictures::get(&name))));
    let mut sums: Vec<(Cow<'static, str>, [u8; 32])> = all
        .filter_map(|(name, file)| Some((name, file?.metadata.sha256_hash())))
        .collect();
    sums.sort();
    for (name, file) in sums {
        sum.update(name.as_bytes());
        sum.update(file);
    }
    hex(sum.finalize().get(..4).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundle_holds_every_core_part_and_no_comment() {
        let (kind, bytes) = find("css/app.css").unwrap();
        let text = String::from_utf8(bytes.into_owned()).unwrap();
        assert_eq!(kind, "text/css; charset=utf-8");
        for word in [
            "--c-primary:",
            ".skip",
            ".btn-main",
            ".badge.late",
            ".errors",
            ".pager",
            ".toast",
            ".void",
        ] {
            assert!(text.contains(word), "{word}");
        }
        assert!(!text.contains("/*"));
        assert!(!text.contains("\n\n"));
    }

    #[test]
    fn every_core_part_is_a_file() {
        for part in CORE {
            assert!(Styles::get(&format!("{part}.css")).is_some(), "{part}");
        }
    }

    #[test]
    fn only_files_of_a_known_kind_below_the_three_folders_are_found() {
        assert!(find("img/icons.svg").is_some());
        assert!(find("js/app.js").is_some());
        for path in [
            "",
            "css",
            "css/",
            "css/none.css",
            "fonts/a.otf",
            "../Cargo.toml",
            "css/../js/app.js",
            "img/icons",
        ] {
            assert!(find(path).is_none(), "{path}");
        }
    }

    #[test]
    fn addresses_carry_the_version() {
        let url = url("img/icons.svg");
        let (version, path) = url
            .strip_prefix("/static/")
            .unwrap()
            .split_once('/')
            .unwrap();
        assert_eq!((version.len(), path), (8, "img/icons.svg"));
    }

    /// Both dark blocks of the tokens say the same: one follows the system, one the reader's own choice.
    #[test]
    fn the_two_dark_themes_are_equal() {
        let file = Styles::get("tokens.css").unwrap();
        let text = String::from_utf8(file.data.into_owned()).unwrap();
        let values = |from: &str| -> Vec<String> {
            let block = text.split_once(from).unwrap().1.split_once('}').unwrap().0;
            let lines = block
                .split(';')
                .map(|one| one.split_whitespace().collect::<Vec<_>>().join(" "));
            lines.filter(|one| one.starts_with("--")).collect()
        };
        let system = values(":root:not([data-theme=\"light\"]) {");
        let chosen = values(":root[data-theme=\"dark\"] { color-scheme: dark;");
        assert!(system.len() > 30);
        assert_eq!(system, chosen);
    }

    /// Every pair of ink and ground the parts use, with the contrast WCAG asks for.
    #[test]
    fn inks_can_be_read_on_their_grounds_in_both_themes() {
        let file = Styles::get("tokens.css").unwrap();
        let text = String::from_utf8(file.data.into_owned()).unwrap();
        let (light, dark) = text.split_once("@media").unwrap();
        let dark = dark.split_once('}').unwrap().0;
        for (theme, block) in [("light", light), ("dark", dark)] {
            for (ink, ground, need) in &pairs() {
                let contrast = contrast(luminance(block, ink), luminance(block, ground));
                assert!(
                    contrast >= *need,
                    "{theme}: {ink} on {ground} is {contrast:.2}, needs {need}"
                );
            }
        }
    }

    fn pairs() -> Vec<(String, String, f64)> {
        let mut pairs: Vec<(String, String, f64)> = Vec::new();
        for ground in ["surface", "bg", "sunken", "selected", "hover"] {
            for ink in ["text", "text-2", "text-3", "link"] {
                pairs.push((ink.to_owned(), ground.to_owned(), 4.5));
            }
            pairs.push(("focus".to_owned(), ground.to_owned(), 3.0));
        }
        for ground in ["surface", "bg", "sunken"] {
            pairs.push(("border-strong".to_owned(), ground.to_owned(), 3.0));
        }
        for ink in ["bad", "warning", "good", "waiting", "info"] {
            pairs.push((format!("{ink}-ink"), "surface".to_owned(), 4.5));
            pairs.push((format!("{ink}-ink"), "selected".to_owned(), 4.5));
        }
        for family in [
            "neutral",
            "info",
            "waiting",
            "warning",
            "bad",
            "good",
            "factory",
            "customer",
            "us",
            "forwarder",
            "added",
            "removed",
        ] {
            pairs.push((format!("{family}-ink"), format!("{family}-tint"), 4.5));
        }
        for (ink, ground) in [
            ("on-primary", "primary"),
            ("on-primary", "primary-hover"),
            ("on-danger", "danger"),
            ("danger", "surface"),
        ] {
            pairs.push((ink.to_owned(), ground.to_owned(), 4.5));
        }
        pairs
    }

    fn contrast(one: f64, other: f64) -> f64 {
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    fn luminance(block: &str, name: &str) -> f64 {
        let hex = block.split_once(&format!("--c-{name}: #")).unwrap().1;
        let channel = |at: usize| {
            let value = f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * channel(0) + 0.7152 * channel(2) + 0.0722 * channel(4)
    }
}
