//! Row 待办行的名字: what a row of home is called in forms and addresses: `HY26-0171:pass_on:3` for an open item,
//! `task:0190…:2` for a task by hand as it stood in its second version.

use crate::base::{OrderNumber, TaskId};
use crate::orders::open_items::ItemKind;
use std::fmt;

/// What stands before the id of a task; no order number looks like it.
const TASK: &str = "task";

#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::desk) enum RowName {
    Item {
        order: OrderNumber,
        kind: ItemKind,
        subject: String,
    },
    Task {
        id: TaskId,
        version: i32,
    },
}

impl RowName {
    pub(in crate::desk) fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, ':');
        let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
        if first == TASK {
            return Some(Self::Task {
                id: second.parse().ok()?,
                version: third.parse().ok()?,
            });
        }
        Some(Self::Item {
            order: OrderNumber::parse(first)?,
            kind: ItemKind::parse(second)?,
            subject: third.to_owned(),
        })
    }
}

impl fmt::Display for RowName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Item {
                order,
                kind,
                subject,
            } => write!(f, "{order}:{}:{subject}", kind.code()),
            Self::Task { id, version } => write!(f, "{TASK}:{id}:{version}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_read_back_as_it_was_written() {
        let id = "01900000-0000-7000-8000-000000000001";
        for name in [
            "HY26-0171:pass_on:3".to_owned(),
            "HY26-0171:settle_details:".to_owned(),
            "HY26-0171:gate_in:S26-0093:2".to_owned(),
            format!("task:{id}:2"),
        ] {
            assert_eq!(RowName::parse(&name).unwrap().to_string(), name);
        }
        for odd in ["", "HY26-0171", "HY26-0171:paint:1", "task:1:1", "task::"] {
            assert_eq!(RowName::parse(odd), None, "{odd}");
        }
    }
}
