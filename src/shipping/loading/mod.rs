//! Loading 装柜 and the packing list 装箱单: what each line fills, what each container took, and whether the two agree.

pub(in crate::shipping) mod container;
pub(in crate::shipping) mod containers_page;
pub(in crate::shipping) mod import;
pub(in crate::shipping) mod packing;
pub(in crate::shipping) mod sql;
mod sums;

pub use container::{Container, Move, Stage};
pub use sums::{Figure, Sums};
