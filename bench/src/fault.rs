/// Any error. A measurement that fails prints it and ends.
pub(crate) type Fault = Box<dyn std::error::Error + Send + Sync>;
