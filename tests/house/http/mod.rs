//! One file a promise: what the house answers over HTTP, and what it wrote.

mod smoke;
