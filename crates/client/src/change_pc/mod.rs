//! The change of PC: the plan with its steps, the steps that are done, and the paper for the branch.

pub(crate) mod form;
pub(crate) mod form_html;
pub(crate) mod found;
pub(crate) mod guide;
pub(crate) mod kept;
pub(crate) mod migration_request;
pub(crate) mod paper;
pub(crate) mod plan;
