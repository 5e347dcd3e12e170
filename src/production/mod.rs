//! Production 生产: so far its sampling plans for inspections 验货; orders to the factory, progress, issues and changes
//! come with this desk.

pub mod aql;
