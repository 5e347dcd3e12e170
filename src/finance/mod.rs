//! Finance 财务: so far its reckoning, rebate and matching; receipts, settlement and claims come with this desk.

pub mod matching;
pub mod rebate;
