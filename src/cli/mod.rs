//! The command line.

pub mod demo;
pub mod serve;

use std::fs;

use anyhow::Context;
use secrecy::ExposeSecret;

use crate::config::{KeySource, Settings};
use crate::store::vault::Vault;

/// The key for people's words.
///
/// # Errors
/// There is no key, or it is none.
pub fn vault(settings: &Settings) -> anyhow::Result<Vault> {
    match settings.key() {
        KeySource::Text(key) => Ok(Vault::read(key.expose_secret())?),
        KeySource::File(file) => {
            let text = fs::read_to_string(&file).with_context(|| {
                format!("The key file {} cannot be read. `rapport doctor` writes one.", file.display())
            })?;
            Ok(Vault::read(&text)?)
        }
    }
}
