//! What the product decides: values in, values out. Nothing here waits, looks at a clock or knows Slack or a database.

pub mod roster;
