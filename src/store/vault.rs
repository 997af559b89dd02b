//! Seals the words that people write, so that the database alone does not give them away.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use chacha20poly1305::aead::{Aead, Generate, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret, SecretBox};
use thiserror::Error;
use uuid::Uuid;

/// Bytes of a key.
const KEY: usize = 32;
/// Bytes of a nonce: long enough to be drawn at random for ever.
const NONCE: usize = 24;

/// Seals with the current key, opens with any key of the key file.
///
/// Sealed words are `{key id}.{base64 of nonce and cipher text}`. The row's key is authenticated with them: words that
/// were moved to another row do not open.
pub struct Vault {
    /// The current key first; there is at least one.
    keys: Vec<Key>,
}

struct Key {
    /// Eight hexadecimal digits that say nothing about the key.
    id: String,
    secret: SecretBox<[u8; KEY]>,
}

/// Why words cannot be sealed or opened, or a key file cannot be read. Holds no key and no words.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum VaultError {
    #[error("The key file has no key. Let `rapport doctor` write one, or put one line of 32 bytes in base64 into it.")]
    NoKey,
    #[error("Line {line} of the key file is not a key: a key is 32 bytes in base64, which is 44 characters.")]
    NotAKey { line: usize },
    #[error(
        "Words at {row} were sealed with key {key}, which is not in the key file. \
         Put the old key back as a second line; it is only used for reading."
    )]
    KeyGone { row: String, key: String },
    #[error("The sealed words at {row} are damaged, or were moved there from another row.")]
    Damaged { row: String },
}

impl Vault {
    /// Reads a key file: one key a line, the current one first, the others for reading what they sealed before a
    /// rotation. Empty lines and what follows a `#` do not count.
    ///
    /// # Errors
    /// [`VaultError::NoKey`] and [`VaultError::NotAKey`].
    pub fn read(key_file: &str) -> Result<Self, VaultError> {
        let lines =
            key_file.lines().enumerate().map(|(at, line)| (at + 1, line.split('#').next().unwrap_or("").trim()));
        let keys: Vec<Key> = lines
            .filter(|(_, line)| !line.is_empty())
            .map(|(at, line)| Key::read(at, line))
            .collect::<Result<_, _>>()?;
        if keys.is_empty() { Err(VaultError::NoKey) } else { Ok(Self { keys }) }
    }

    /// The text of a key file with one new random key.
    pub fn new_key_file_text() -> Zeroizing<String> {
        let key = Zeroizing::new(<[u8; KEY]>::generate());
        let line = Zeroizing::new(BASE64.encode(key.as_slice()));
        Zeroizing::new(format!(
            "# Key of rapport for the words that people write. Keep a copy: without it they cannot be read.\n\
             # To rotate, put a new key above the old one and keep both.\n{}\n",
            line.as_str()
        ))
    }

    /// Seals `words` for the row with this key.
    pub fn seal(&self, row: &str, words: &str) -> String {
        let key = &self.keys[0];
        let nonce = XNonce::generate();
        let payload = Payload { msg: words.as_bytes(), aad: row.as_bytes() };
        let sealed = key.cipher().encrypt(&nonce, payload).expect("words are far below the cipher's limit of 256 GiB");
        let mut bytes = nonce.to_vec();
        bytes.extend(sealed);
        format!("{}.{}", key.id, BASE64.encode(bytes))
    }

    /// Opens what [`Vault::seal`] made for the same row.
    ///
    /// # Errors
    /// [`VaultError::KeyGone`] and [`VaultError::Damaged`].
    pub fn open(&self, row: &str, sealed: &str) -> Result<String, VaultError> {
        let damaged = || VaultError::Damaged { row: row.to_owned() };
        let (id, text) = sealed.split_once('.').ok_or_else(damaged)?;
        let key = self.keys.iter().find(|key| key.id == id);
        let key = key.ok_or_else(|| VaultError::KeyGone { row: row.to_owned(), key: id.to_owned() })?;
        let bytes = BASE64.decode(text).map_err(|_| damaged())?;
        let (nonce, cipher_text) = bytes.split_at_checked(NONCE).ok_or_else(damaged)?;
        let nonce = XNonce::try_from(nonce).map_err(|_| damaged())?;
        let payload = Payload { msg: cipher_text, aad: row.as_bytes() };
        let words = key.cipher().decrypt(&nonce, payload).map_err(|_| damaged())?;
        String::from_utf8(words).map_err(|_| damaged())
    }
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ids: Vec<&str> = self.keys.iter().map(|key| key.id.as_str()).collect();
        f.debug_struct("Vault").field("keys", &ids).finish()
    }
}

impl Key {
    fn read(line: usize, text: &str) -> Result<Self, VaultError> {
        let not_a_key = || VaultError::NotAKey { line };
        let bytes = Zeroizing::new(BASE64.decode(text).map_err(|_| not_a_key())?);
        if bytes.len() != KEY {
            return Err(not_a_key());
        }
        let secret = SecretBox::init_with_mut(|secret: &mut [u8; KEY]| secret.copy_from_slice(&bytes));
        // Eight digits of a hash: enough to tell keys apart, nothing to guess 256 bits from.
        let mut id = Uuid::new_v5(&Uuid::NAMESPACE_OID, &bytes).simple().to_string();
        id.truncate(8);
        Ok(Self { id, secret })
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(self.secret.expose_secret().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vault() -> Vault {
        Vault::read(&Vault::new_key_file_text()).expect("a key file of our own")
    }

    #[test]
    fn opens_what_it_sealed_for_the_same_row_only() {
        let vault = vault();
        let sealed = vault.seal("comment:1", "He listens. 👍");
        assert_ne!(sealed, vault.seal("comment:1", "He listens. 👍"), "each sealing has its own nonce");
        assert!(!sealed.contains("listens"));
        assert_eq!(vault.open("comment:1", &sealed).as_deref(), Ok("He listens. 👍"));
        assert_eq!(vault.open("comment:2", &sealed), Err(VaultError::Damaged { row: "comment:2".into() }));
    }

    #[test]
    fn reads_with_the_old_key_after_a_rotation() {
        let (old, new) = (Vault::new_key_file_text(), Vault::new_key_file_text());
        let sealed = Vault::read(&old).expect("a key").seal("help:1", "please");
        let both = Vault::read(&format!("{}{}", new.as_str(), old.as_str())).expect("two keys");
        assert_eq!(both.open("help:1", &sealed).as_deref(), Ok("please"));
        let again = both.seal("help:1", "please");
        let new_alone = Vault::read(&new).expect("a key");
        assert_eq!(new_alone.open("help:1", &again).as_deref(), Ok("please"));
        let gone = new_alone.open("help:1", &sealed).expect_err("the old key is gone");
        assert!(gone.to_string().contains("Put the old key back"), "{gone}");
    }

    #[test]
    fn says_what_is_wrong_with_a_key_file() {
        for (text, wrong) in [
            ("", VaultError::NoKey),
            ("# a comment\n\n", VaultError::NoKey),
            ("# a comment\nabc\n", VaultError::NotAKey { line: 2 }),
            ("QUJD\n", VaultError::NotAKey { line: 1 }),
        ] {
            assert_eq!(Vault::read(text).err(), Some(wrong), "{text:?}");
        }
    }

    #[test]
    fn never_panics_on_damaged_words_and_never_shows_a_key() {
        let text = Vault::new_key_file_text();
        let vault = Vault::read(&text).expect("a key");
        let sealed = vault.seal("r", "words");
        for cut in 0..sealed.len() {
            assert!(vault.open("r", &sealed[..cut]).is_err());
        }
        let key = text.lines().last().expect("a line");
        assert!(!format!("{vault:?}").contains(key));
    }
}
