//! What can happen to a task by hand 手工待办, and to a row of home that somebody puts off; part of the one list of events. On
//! an order's stream the words are told; on a person's stream, which the administrator reads too, only that there was one.

use super::event::Change;
use super::passing::{HomeRow, TaskPassed};
use crate::base::{T, TaskId};
use serde::{Deserialize, Serialize};

/// `text` is empty where the words are not to be told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum TaskEvent {
    TaskGiven {
        to: String,
        text: String,
    },
    TaskChanged {
        text: String,
        changes: Vec<Change>,
    },
    TaskDone {
        text: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        task: Option<TaskId>,
    },
    /// Done or taken away by mistake.
    TaskReopened {
        text: String,
    },
    TaskHandedOn {
        to: String,
        text: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        passed: Option<TaskPassed>,
    },
    TaskTakenAway {
        text: String,
    },
    /// Always on the stream of whoever put it off: nobody else loses the row.
    RowPutOff {
        until: String,
        row: HomeRow,
    },
    /// By hand; one whose moment has passed comes back without an act.
    RowBroughtBack {
        row: HomeRow,
    },
}

impl TaskEvent {
    pub fn changes(&self) -> &[Change] {
        match self {
            Self::TaskChanged { changes, .. } => changes,
            _ => &[],
        }
    }

    pub fn tell(&self, t: T) -> String {
        match self {
            Self::TaskGiven { to, text } => t.history_task_given(to, quoted(t, text)),
            Self::TaskChanged { text, .. } => t.history_task_changed(quoted(t, text)),
            Self::TaskDone { text, .. } => t.history_task_done(quoted(t, text)),
            Self::TaskReopened { text } => t.history_task_reopened(quoted(t, text)),
            Self::TaskHandedOn { to, text, .. } => t.history_task_handed_on(to, quoted(t, text)),
            Self::TaskTakenAway { text } => t.history_task_taken_away(quoted(t, text)),
            Self::RowPutOff { until, .. } => t.history_row_put_off(until),
            Self::RowBroughtBack { .. } => t.history_row_brought_back().to_owned(),
        }
    }
}

/// The words of the task, or that they are not told here.
fn quoted(t: T, text: &str) -> &str {
    if text.is_empty() {
        t.history_task_untold()
    } else {
        text
    }
}
