//! Tasks 要办的事: the list of a shipment, each done, due, or not to be started yet and why.

use super::questions;
use super::reading::Seen;
use super::record::Shipment;
use super::stage::{Move, Stage};
use crate::people::Deed;
use crate::shipping::customs::{self, Declaration};
use crate::shipping::loading::{Container, Sums};
use crate::shipping::transport::{self, Document};
use crate::web::Page;
use chrono::{DateTime, Utc};

/// One line of the list.
pub(in crate::shipping) struct Task {
    pub name: &'static str,
    pub href: String,
    /// What stands behind its name: a number, what is missing.
    pub under: String,
    /// `done`, `due`, `late`, `issue`, `doing`, `none`
    pub kind: &'static str,
    pub word: String,
    /// Cannot be started yet.
    pub shut: bool,
    /// The reader may do what its form asks for.
    pub hers: bool,
}

impl Task {
    /// Whether its name leads anywhere: to a page that everybody reads, or to a form this reader may fill in now.
    pub(super) fn leads(&self) -> bool {
        !self.shut && (self.is_page() || self.hers && self.kind != "done")
    }

    /// It leads to a page that is read when it is done, not to a form.
    fn is_page(&self) -> bool {
        ["declarations", "loading", "transport-document"]
            .iter()
            .any(|page| self.href.ends_with(page))
    }
}

struct List<'a> {
    seen: &'a Seen,
    shipment: &'a Shipment,
    page: &'a Page,
    tasks: Vec<Task>,
}

impl List<'_> {
    /// A task: done with its word, else due by a cut-off, else shut until what comes before it.
    fn add(
        &mut self,
        name: &'static str,
        path: &str,
        done: Option<String>,
        due: Option<DateTime<Utc>>,
        open: bool,
    ) -> &mut Task {
        let t = self.page.t;
        let (kind, word) = match (done, due) {
            (Some(word), _) => ("done", word),
            (None, _) if !open => ("none", t.shipping_task_shut().to_owned()),
            (None, Some(due)) if due < self.page.at => ("late", self.page.due(due)),
            (None, Some(due)) if due < self.page.at + chrono::TimeDelta::hours(48) => {
                ("due", self.page.moment_near(due))
            }
            (None, Some(due)) => ("none", self.page.moment_near(due)),
            (None, None) => ("none", t.shipping_task_open().to_owned()),
        };
        let shut = kind == "none" && !open;
        let hers = self.may(path);
        self.tasks.push_mut(Task {
            name,
            href: format!("{}/{path}", self.shipment.url()),
            under: String::new(),
            kind,
            word,
            shut,
            hers,
        })
    }

    /// The deed of the form at this address; the same question the form asks.
    fn may(&self, path: &str) -> bool {
        let step = Move::ALL
            .into_iter()
            .find(|step| questions::path(*step) == path);
        match step {
            Some(step) => self.seen.may(step.deed().of(self.shipment.hands())),
            None => self.seen.may(Deed::PrepareShippingPapers),
        }
    }

    fn passed(&self, stage: Stage) -> bool {
        let order = [
            Stage::Planned,
            Stage::Asked,
            Stage::Booked,
            Stage::DocumentsSent,
            Stage::GatedIn,
            Stage::CustomsReleased,
            Stage::Departed,
            Stage::Arrived,
        ];
        let place = |stage: Stage| order.iter().position(|own| *own == stage);
        let own = match self.shipment.stage {
            Stage::Warned | Stage::Rebooked => place(Stage::Booked),
            other => place(other),
        };
        own >= place(stage)
    }
}

pub(super) fn of(
    seen: &Seen,
    page: &Page,
    (sums, containers): (&Sums, &[Container]),
    declarations: &[Declaration],
    document: Option<&Document>,
) -> Vec<Task> {
    let mut list = List {
        seen,
        shipment: &seen.shipment,
        page,
        tasks: Vec::new(),
    };
    booking(&mut list, sums);
    customs(&mut list, declarations);
    loading(&mut list, sums, containers);
    papers(&mut list, document);
    list.tasks
}

fn done(met: bool, word: String) -> Option<String> {
    met.then_some(word)
}

fn booking(list: &mut List, sums: &Sums) {
    let (t, s) = (list.page.t, list.shipment);
    let (asked, booked) = (list.passed(Stage::Asked), list.passed(Stage::Booked));
    let yes = || t.shipping_task_done().to_owned();
    list.add(
        t.shipping_task_request(),
        questions::path(Move::Ask),
        done(asked, yes()),
        None,
        true,
    )
    .under
    .clone_from(&s.equipment);
    list.add(
        t.shipping_task_booking(),
        questions::path(Move::Confirm),
        done(booked, yes()),
        None,
        asked,
    )
    .under
    .clone_from(&s.booking_no);
    let packed = format!(
        "{} {}",
        list.page.quantity(sums.cartons.packed),
        t.shipping_ctns()
    );
    list.add(
        t.shipping_packing(),
        "packing-list",
        done(sums.packed, packed),
        None,
        true,
    );
}

#[expect(clippy::too_many_lines, reason = "the list of the page, task by task")]
fn customs(list: &mut List, declarations: &[Declaration]) {
    let (t, s) = (list.page.t, list.shipment);
    let booked = s.is_booked();
    let checked = s.customs_set.len() >= 4;
    let due = s.customs_cutoff;
    list.add(
        t.shipping_set_title(),
        "customs-set",
        done(checked, t.shipping_task_checked().to_owned()),
        due,
        true,
    );
    let sent = list.passed(Stage::DocumentsSent);
    let word = s
        .documents_sent_at
        .map(|at| list.page.day_of(at))
        .unwrap_or_default();
    let task = list.add(
        t.shipping_act_send_documents(),
        questions::path(Move::SendDocuments),
        done(sent, word),
        due,
        checked && s.stage.after(Move::SendDocuments).is_some(),
    );
    if s.documents_late {
        t.shipping_was_late().clone_into(&mut task.under);
    }
    let open = declarations
        .iter()
        .filter(|one| one.stage != customs::Stage::Void)
        .count();
    let in_force = declarations.iter().filter(|one| !one.is_over());
    let cleared = !s.undeclared.is_empty()
        || open > 0
            && in_force.clone().next().is_some()
            && in_force.clone().all(Declaration::is_released);
    list.add(
        t.shipping_declarations(),
        "declarations",
        done(cleared, t.shipping_task_released().to_owned()),
        due,
        booked,
    )
    .under = if open == 0 {
        String::new()
    } else {
        open.to_string()
    };
}

fn loading(list: &mut List, sums: &Sums, containers: &[Container]) {
    let (t, s) = (list.page.t, list.shipment);
    let booked = s.is_booked();
    let whole = sums.is_complete(s.mode, containers);
    let task = list.add(
        t.shipping_loading(),
        "loading",
        done(whole, t.shipping_agrees().to_owned()),
        s.vgm_cutoff.or(s.cy_cutoff),
        booked,
    );
    if !containers.is_empty() && !sums.agree() {
        task.kind = "issue";
        t.shipping_task_differs().clone_into(&mut task.word);
    }
    for (name, step, day) in [
        (t.shipping_act_gate_in(), Move::GateIn, s.gated_in_on),
        (
            t.shipping_act_release_customs(),
            Move::ReleaseCustoms,
            s.released_on,
        ),
        (t.shipping_act_depart(), Move::Depart, s.on_board_on),
    ] {
        let due = match step {
            Move::GateIn => s.cy_cutoff,
            Move::ReleaseCustoms => s.customs_cutoff,
            _ => None,
        };
        let word = day.map(|day| list.page.day(day));
        let open = s.stage.after(step).is_some();
        list.add(name, questions::path(step), word, due, open);
    }
}

fn papers(list: &mut List, document: Option<&Document>) {
    use transport::Stage as T;
    let (t, s) = (list.page.t, list.shipment);
    let at = document.map(|document| document.stage);
    let reached = |stage: T| at.is_some_and(|at| at >= stage && at != T::CorrectionAsked);
    let yes = || t.shipping_task_done().to_owned();
    if s.mode.has_draft() {
        list.add(
            t.shipping_instructions(),
            "transport-document",
            done(at.is_some(), yes()),
            s.si_cutoff,
            s.is_booked(),
        );
        let task = list.add(
            t.shipping_draft(),
            "transport-document",
            done(reached(T::Confirmed), yes()),
            None,
            at.is_some(),
        );
        if at == Some(T::CorrectionAsked) {
            task.kind = "issue";
            T::CorrectionAsked.label(t).clone_into(&mut task.word);
        }
    }
    list.add(
        t.shipping_transport_document(),
        "transport-document",
        done(reached(T::Released), yes()),
        None,
        s.is_booked(),
    )
    .under = document
        .map(|document| document.number.clone())
        .unwrap_or_default();
}
