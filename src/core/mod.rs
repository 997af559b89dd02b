//! What the product decides: values in, values out. Nothing here waits, reads a clock or knows anybody.

pub mod cadence;
pub mod hours;
pub mod question;
pub mod rotation;
