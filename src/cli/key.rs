//! The key for the words that people write: read from the settings, and written where there is none.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::Path;

use anyhow::{Context, anyhow};
use secrecy::ExposeSecret;
use secrecy::zeroize::Zeroizing;

use crate::config::{KeySource, Settings};
use crate::store::vault::Vault;

/// The largest key file that is read, in bytes: a few hundred rotations.
const LARGEST: u64 = 64 * 1024;

/// The vault with the key from the settings.
///
/// # Errors
/// There is no key, or it is none.
pub fn vault(settings: &Settings) -> anyhow::Result<Vault> {
    match settings.key() {
        KeySource::Text(key) => Ok(Vault::read(key.expose_secret()).map_err(|error| {
            anyhow!(error).context("RAPPORT_KEY is not a key: 32 bytes in base64 are wanted, which is 44 characters.")
        })?),
        KeySource::File(file) => read(&file),
    }
}

/// The vault of a key file.
///
/// # Errors
/// There is no such file, or no key in it.
pub fn read(file: &Path) -> anyhow::Result<Vault> {
    let shown = file.display();
    let bytes = std::fs::metadata(file).map(|data| data.len());
    match bytes {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(anyhow!(error).context(format!(
                "There is no key file {shown}. It seals the words that people write; `rapport doctor` writes one."
            )));
        }
        Ok(bytes) if bytes > LARGEST => return Err(anyhow!("{shown} is too large for a key file.")),
        _ => {}
    }
    let text = std::fs::read_to_string(file).with_context(|| format!("The key file {shown} cannot be read."))?;
    Ok(Vault::read(&Zeroizing::new(text))?)
}

/// Writes a new key file that only its owner can read. An existing file is never touched.
///
/// # Errors
/// It is there already, or cannot be written.
pub fn write(file: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(file)?;
    file.write_all(Vault::new_key_file_text().as_bytes())?;
    file.sync_all()
}
