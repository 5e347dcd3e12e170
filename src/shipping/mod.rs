//! Shipping 船务: so far its measures, verified gross mass and volume; bookings, customs and bills come with this desk.

pub mod vgm;
pub mod volume;
