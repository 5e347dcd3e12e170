//! Answering: yes, or back with words, on the content that was shown.

use super::ask::{Content, Refusal, put};
use super::sql;
use crate::base::PersonId;
use crate::orders::OrderAct;
use crate::people::Deed;
use crate::web::{Error, Faults, Keyed, Result};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;

/// 同意 or 退回修改
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Approved,
    Returned,
}

/// What the manager sent: her verdict, her words, and the content she saw.
#[derive(Clone, Debug)]
pub struct Decision {
    pub verdict: Verdict,
    pub words: String,
    pub shown: Vec<u8>,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Another level has to say yes.
    Waiting {
        level: i16,
    },
    Approved {
        level: i16,
    },
    Returned {
        words: String,
    },
}

/// Fields of the decision's form.
const FIELDS: [&str; 3] = ["verdict", "words", "shown"];

/// Reads the form every approving act shares. A return needs words.
pub fn answer_form(form: &Keyed) -> Result<Decision> {
    form.only(&FIELDS)?;
    let verdict = match form.fields.get("verdict") {
        "approved" => Verdict::Approved,
        "returned" => Verdict::Returned,
        _ => {
            return Err(Error::Invalid(Faults::one("verdict", |t| {
                t.approvals_verdict_missing()
            })));
        }
    };
    let words = form.fields.get("words").to_owned();
    if verdict == Verdict::Returned && words.is_empty() {
        return Err(Error::Invalid(Faults::one("words", |t| {
            t.approvals_words_missing()
        })));
    }
    if words.chars().count() > 2_000 {
        return Err(Error::Invalid(Faults::one("words", |t| {
            t.approvals_words_too_long()
        })));
    }
    let shown = BASE64_URL_SAFE_NO_PAD
        .decode(form.fields.get("shown"))
        .map_err(|_| Error::Garbled("shown"))?;
    Ok(Decision {
        verdict,
        words,
        shown,
    })
}

/// Records the verdict on the content that was shown. `levels` is how many yeses the rule asks for; `now` is the
/// content as it stands this moment.
#[expect(
    clippy::too_many_lines,
    reason = "the gates of one decision in the order they are asked"
)]
pub async fn answer(
    act: &mut OrderAct,
    deed: Deed,
    now: &Content,
    levels: i16,
    decision: &Decision,
) -> Result<Outcome> {
    let open = sql::lock_open(act.tx(), now.subject, now.id)
        .await?
        .ok_or(Refusal::NotAsked)?;
    act.must(deed.of(open.hands()))?;
    let person = act.by.person().ok_or(Error::SignIn)?;
    may_at_level(act, &open, person).await?;
    if decision.shown != open.content_hash || now.hash != open.content_hash {
        return Err(Refusal::ContentChanged.into());
    }
    let department = act.order.keepers.department;
    if let Some(manager) = act
        .by
        .staff()
        .and_then(|staff| staff.stands_in_for(department))
    {
        act.stand_in_for(manager);
    }
    let for_whom = act.on_behalf_of();
    let at = act.by.at;
    let state = match decision.verdict {
        Verdict::Approved => "approved",
        Verdict::Returned => "returned",
    };
    sql::decide(
        act.tx(),
        open.id,
        state,
        (person, for_whom, at),
        &decision.words,
    )
    .await?;
    match decision.verdict {
        Verdict::Returned => Ok(Outcome::Returned {
            words: decision.words.clone(),
        }),
        Verdict::Approved if open.level < levels => {
            put(act, now, open.level + 1, open.requested_by, Some(person)).await?;
            Ok(Outcome::Waiting {
                level: open.level + 1,
            })
        }
        Verdict::Approved => Ok(Outcome::Approved { level: open.level }),
    }
}

/// The level's own key: level 2 belongs to who leads at that level, and is another person's yes than level 1.
async fn may_at_level(act: &mut OrderAct, open: &sql::Open, person: PersonId) -> Result<()> {
    let (department, today) = (act.order.keepers.department, act.today());
    let mut excluded: Vec<uuid::Uuid> = open.authors.iter().map(|id| id.0).collect();
    excluded.extend([open.requested_by.0, act.order.operator().0]);
    excluded
        .extend(sql::deciders(act.tx(), &open.subject, open.subject_id, &open.content_hash).await?);
    let eligible = sql::eligible(act.tx(), department, open.level, &excluded, today).await?;
    let handed_elsewhere = open.handed_to.is_some_and(|to| to != person);
    if handed_elsewhere || !eligible.iter().any(|colleague| colleague.id == person) {
        return Err(Refusal::CannotDecide.into());
    }
    Ok(())
}
