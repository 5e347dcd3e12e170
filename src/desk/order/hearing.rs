//! Hearing 粘贴来信: what a side said, pasted in with its own words; from here it is owed to the other side.

use super::timeline::{self, Redrawn};
use crate::base::calendar::Calendar;
use crate::base::{Audience, By, Channel, OrderNumber, Party, T};
use crate::history::Event;
use crate::orders::{self, OrderAct};
use crate::people::Deed;
use crate::relay::{self, Addressee, Heard, Refusal};
use crate::web::posted::Upload;
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, NaiveDateTime, TimeZone, Utc};

const FIELDS: [&str; 10] = [
    "from", "to", "subject", "lines", "words", "lang", "urgent", "answer", "channel", "due",
];

/// Most lines one relay may carry.
const LINES: usize = 40;

pub(super) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
    form: Keyed,
) -> Result<Response> {
    form.only(&FIELDS)?;
    let said = match read(&form.fields, app.config.zone, by.at) {
        Ok(said) => said,
        Err(faults) => {
            let again = Redrawn::hearing(form.fields, faults);
            return timeline::again(&app, &by, page, (&number, Deed::HearRelay), again).await;
        }
    };
    let number = OrderNumber::parse(&number).ok_or(Error::NotFound)?;
    let mut act = orders::begin(&app, by, &number, &form.key).await?;
    let relay = hear(&mut act, said).await?;
    for file in &form.files {
        keep(&app, &mut act, file, relay.0).await?;
    }
    let url = format!("{}/timeline#relay-{}", act.order.url(), relay.1);
    let answer = Answer::to(url).tell(page.t, T::desk_relay_heard);
    Ok(act.finish(answer).await?.into_response())
}

/// Pictures that came with the words; what another side sent is ours alone until somebody says otherwise.
async fn keep(
    app: &App,
    act: &mut OrderAct,
    file: &Upload,
    relay: crate::base::RelayId,
) -> Result<()> {
    let kept = orders::keep_file(app, act, file, "correspondence", Audience::Internal).await?;
    relay::sql::attach(act.tx(), relay, kept).await
}

/// The form as typed; due where nobody says otherwise is asked of the calendar in the act.
#[derive(Clone, Debug)]
struct Said {
    heard: Heard,
    due: Option<DateTime<Utc>>,
}

/// The act: writes it down as it was said.
async fn hear(act: &mut OrderAct, said: Said) -> Result<(crate::base::RelayId, i32)> {
    act.must(Deed::HearRelay)?;
    let (at, person, order) = (act.by.at, act.by.person(), act.order.id());
    let makers = relay::sql::makers(act.tx(), order, &[]).await?;
    let named = said.heard.to.iter().filter(|to| to.party.is_some());
    if !named.clone().all(|to| makers.contains(to)) {
        return Err(Refusal::NotAddressed.into());
    }
    let mut heard = said.heard;
    heard.step = act.order.step.number();
    heard.due_at = if let Some(due) = said.due {
        due
    } else {
        let days = relay::sql::calendar_days(act.tx()).await?;
        let calendar = Calendar::new(act.zone(), days);
        relay::due(&calendar, at, heard.urgent)
    };
    let made = relay::sql::insert(act.tx(), order, &heard, person, at).await?;
    let to: Vec<&str> = heard.to.iter().map(|to| to.side.code()).collect();
    act.happened(&Event::RelayHeard {
        from: heard.from.code().to_owned(),
        to: to.join(" "),
        words: heard.words.chars().take(300).collect(),
    })
    .await?;
    Ok(made)
}

fn read(fields: &Fields, zone: chrono_tz::Tz, at: DateTime<Utc>) -> Result<Said, Faults> {
    let mut faults = Faults::default();
    let (from, to) = sides(fields, &mut faults);
    let words: String = fields.get("words").chars().take(4_000).collect();
    if words.is_empty() {
        faults.add("words", T::desk_relay_words);
    }
    let channel = Channel::parse(fields.get("channel"));
    if channel.is_none() {
        faults.add("channel", T::desk_relay_how_heard);
    }
    let lines = instruction_lines(fields.get("lines"), &words);
    if lines.len() > LINES {
        faults.add("lines", T::desk_relay_too_many_lines);
    }
    let due = due(fields.get("due"), zone).and_then(|due| match due {
        Some(due) if due < at => Err(()),
        due => Ok(due),
    });
    if due.is_err() {
        faults.add("due", T::desk_relay_due);
    }
    let (Some(from), Some(channel), Ok(due), true) = (from, channel, due, faults.is_empty()) else {
        return Err(faults);
    };
    let heard = Heard {
        subject: subject(fields.get("subject"), &words),
        words_lang: lang(fields.get("lang")).to_owned(),
        urgent: fields.get("urgent") == "yes",
        answer_asked: fields.get("answer") == "yes",
        channel: channel.code().to_owned(),
        due_at: at,
        step: 1,
        from,
        to,
        makers: Vec::new(),
        lines,
        words,
    };
    Ok(Said { heard, due })
}

/// Who said it, and who must be told; nobody is told what he said himself.
fn sides(fields: &Fields, faults: &mut Faults) -> (Option<Party>, Vec<Addressee>) {
    let side = |text: &str| Party::parse(text).filter(|side| Party::SIDES.contains(side));
    let from = side(fields.get("from"));
    if from.is_none() {
        faults.add("from", T::desk_relay_from_whom);
    }
    let mut to: Vec<Addressee> = fields.all("to").filter_map(Addressee::parse).collect();
    to.sort_unstable();
    to.dedup();
    // Whoever tells every factory need not name one of them.
    if to.contains(&Party::Factory.into()) {
        to.retain(|to| to.side != Party::Factory || to.party.is_none());
    }
    if to.is_empty() {
        faults.add("to", T::desk_relay_to_whom);
    } else if from.is_some_and(|from| to.contains(&from.into())) {
        faults.add("to", T::desk_relay_to_itself);
    }
    (from, to)
}

/// As typed, or how the words begin.
fn subject(typed: &str, words: &str) -> String {
    if !typed.is_empty() {
        return typed.chars().take(120).collect();
    }
    let start: String = words.chars().take(24).collect();
    if start.len() < words.len() {
        format!("{start}…")
    } else {
        start
    }
}

/// One line of text is one line to be acknowledged; without any the words themselves are the one line.
fn instruction_lines(text: &str, words: &str) -> Vec<String> {
    let lines: Vec<String> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| line.chars().take(500).collect())
        .collect();
    if lines.is_empty() {
        vec![words.chars().take(500).collect()]
    } else {
        lines
    }
}

fn lang(text: &str) -> &'static str {
    if text == "en" { "en" } else { "zh-CN" }
}

/// `2026-11-23T16:00` where the house is; nothing typed is nothing said.
fn due(text: &str, zone: chrono_tz::Tz) -> Result<Option<DateTime<Utc>>, ()> {
    if text.is_empty() {
        return Ok(None);
    }
    let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").map_err(|_| ())?;
    let moment = zone.from_local_datetime(&local).earliest().ok_or(())?;
    Ok(Some(moment.with_timezone(&Utc)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        Fields::new(pairs.iter().map(own).collect())
    }

    fn at() -> DateTime<Utc> {
        "2026-11-23T01:00:00Z".parse().unwrap()
    }

    #[test]
    fn one_line_of_text_is_one_line_to_acknowledge() {
        assert_eq!(
            instruction_lines("胸宽 54\n\n 袖长 61 ", "话"),
            ["胸宽 54", "袖长 61"]
        );
        assert_eq!(instruction_lines("", "B缸偏浅"), ["B缸偏浅"]);
    }

    #[test]
    fn nobody_is_told_what_he_said_himself() {
        let typed = [
            ("from", "factory"),
            ("to", "factory"),
            ("words", "x"),
            ("channel", "wechat"),
        ];
        let faults = read(&fields(&typed), chrono_tz::Asia::Shanghai, at()).unwrap_err();
        assert!(faults.of("to").is_some());
    }

    #[test]
    fn a_due_moment_is_read_where_the_house_is_and_not_in_the_past() {
        let zone = chrono_tz::Asia::Shanghai;
        let read_due = |text: &str| {
            let typed = [
                ("from", "factory"),
                ("to", "customer"),
                ("words", "x"),
                ("channel", "wechat"),
                ("due", text),
            ];
            read(&fields(&typed), zone, at()).map(|said| said.due)
        };
        assert_eq!(
            read_due("2026-11-23T16:00").unwrap(),
            "2026-11-23T08:00:00Z".parse().ok()
        );
        assert!(read_due("2026-11-22T16:00").is_err());
        assert!(read_due("tomorrow").is_err());
        assert_eq!(read_due("").unwrap(), None);
    }
}
