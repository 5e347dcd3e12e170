//! gendan 跟单: export order follow-up, from the sample note to the tax rebate.
//!
//! This page is the map of the house. A folder is a desk of the trading company, a file is one thing or one act on it.
//!
//! **Ground floor.** [`base`] words of one line · [`postgres`] the private PostgreSQL · [`config`] the settings ·
//! [`web`] doors, forms, errors, frame · [`jobs`] what the house does in the dark · [`documents`] files and papers ·
//! [`grid`] a workbook, a CSV file or a paste as cells · [`intake`] a customer's sheet read into lines 读单.
//!
//! **First floor.** [`history`] what happened · [`people`] staff, sign-in, rights · [`records`] cards of master data, one way
//! for all · [`parties`] customers, factories, forwarders, the company · [`catalog`] products, ports, rates · [`relay`] the
//! bridge 传达.
//!
//! **The key ring.** [`orders`] the order, its lines, the act, the nine steps · [`approvals`] who must say yes.
//!
//! **The desks**, each importing only the ones before it: [`samples`] · [`proforma`] · [`production`] · [`shipping`] ·
//! [`credits`] · [`finance`].
//!
//! **Above all:** [`desk`] pages that look across desks · [`app`] joins the routes · [`work`] the job loop ·
//! [`demo`] a house with orders under way, told through the same acts.
//!
//! Read next: `tests/house/stories`, then [`orders::lifecycle`], then [`proforma`] entire, the model desk.

pub mod app;
pub mod approvals;
pub mod base;
pub mod catalog;
pub mod config;
pub mod credits;
pub mod demo;
pub mod desk;
pub mod documents;
pub mod finance;
pub mod grid;
pub mod history;
pub mod intake;
pub mod jobs;
pub mod orders;
pub mod parties;
pub mod people;
pub mod postgres;
pub mod production;
pub mod proforma;
pub mod records;
pub mod relay;
pub mod samples;
pub mod shipping;
pub mod web;
pub mod work;
