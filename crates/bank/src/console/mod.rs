//! The program's commands beside `serve`, one in each file.

pub(crate) mod audit;
pub(crate) mod branch;
pub(crate) mod limits;
pub(crate) mod storage;
