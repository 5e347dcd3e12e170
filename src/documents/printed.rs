//! Printed 成文: a paper of ours as a file of its own, made from its frozen content when somebody takes it along.

use crate::base::Audience;
use chrono::{DateTime, Utc};

/// Who makes it has asked whether the reader may see what stands in it.
pub struct Printed {
    pub name: String,
    pub kind: &'static str,
    pub audience: Audience,
    /// When it left our desk.
    pub at: DateTime<Utc>,
    pub bytes: Vec<u8>,
}
