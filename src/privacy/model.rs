//! Sealing (XChaCha20-Poly1305) and keyed hashing (HMAC-SHA-256) with keys derived from one
//! (HKDF-SHA-256, RFC 5869). 个人信息保护法 Art. 51 asks for encryption and de-identification.

use crate::error::{Error, Kind, Result};
use crate::ids::{hex, random};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use sha2::Sha256;

/// A key of 32 bytes. Its debug form shows nothing.
#[derive(Clone)]
pub struct Key {
    bytes: [u8; 32],
    /// HMAC with the key taken in already, which is half the work of hashing a few words.
    mac: Hmac<Sha256>,
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(…)")
    }
}

const NONCE: usize = 24;

impl Key {
    /// A new random key.
    ///
    /// # Errors
    /// `Kind::Internal` when the system gives no random bytes.
    pub fn generate() -> Result<Self> {
        random().map(Self::from_bytes)
    }

    /// A key from its 32 bytes.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        // A key shorter than a block is filled up with zeros (RFC 2104, 2).
        let mut block = [0; 64];
        let (start, _) = block.split_at_mut(32);
        start.copy_from_slice(&bytes);
        Self {
            bytes,
            mac: Hmac::new(&block.into()),
        }
    }

    /// The bytes, to be wrapped or written to the key file.
    #[must_use]
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.bytes
    }

    /// A key for one purpose, derived from this one.
    ///
    /// # Errors
    /// Never in practice: HKDF gives up to 8,160 bytes.
    pub fn derive(&self, purpose: &str) -> Result<Self> {
        let mut key = [0_u8; 32];
        Hkdf::<Sha256>::new(None, &self.bytes)
            .expand(purpose.as_bytes(), &mut key)
            .map_err(|cause| Error::internal(cause.to_string()))?;
        Ok(Self::from_bytes(key))
    }

    /// Encrypts; `bound_to` (an identifier) must be the same when opening, so that sealed bytes
    /// cannot be moved to another row. The answer is nonce, then ciphertext.
    ///
    /// # Errors
    /// `Kind::Internal` when the system gives no random bytes.
    pub fn seal(&self, plain: &[u8], bound_to: &str) -> Result<Vec<u8>> {
        let nonce: [u8; NONCE] = random()?;
        let payload = Payload {
            msg: plain,
            aad: bound_to.as_bytes(),
        };
        let sealed = self
            .cipher()?
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|cause| Error::internal(cause.to_string()))?;
        let mut out = Vec::with_capacity(NONCE + sealed.len());
        out.extend_from_slice(&nonce);
        out.extend_from_slice(&sealed);
        Ok(out)
    }

    /// Decrypts what [`Key::seal`] made.
    ///
    /// # Errors
    /// `Kind::Internal` when the key or the bytes are not the ones that belong together.
    pub fn open(&self, sealed: &[u8], bound_to: &str) -> Result<Vec<u8>> {
        let (nonce, cipher) = sealed.split_at_checked(NONCE).ok_or_else(cannot_open)?;
        let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| cannot_open())?;
        let payload = Payload {
            msg: cipher,
            aad: bound_to.as_bytes(),
        };
        self.cipher()?
            .decrypt(&XNonce::from(nonce), payload)
            .map_err(|_| cannot_open())
    }

    /// A hash that only the holder of the key can make, in hexadecimal: for finding a row by
    /// something that must not be readable in it.
    ///
    /// # Errors
    /// Never in practice.
    pub fn keyed_hash(&self, parts: &[&str]) -> Result<String> {
        Ok(hex(&self.mac(parts)?))
    }

    /// The 32 bytes of [`Key::keyed_hash`].
    ///
    /// # Errors
    /// As [`Key::keyed_hash`].
    pub fn mac(&self, parts: &[&str]) -> Result<[u8; 32]> {
        let mut mac = self.mac.clone();
        for part in parts {
            // The length keeps ("ab", "c") apart from ("a", "bc").
            mac.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_le_bytes());
            mac.update(part.as_bytes());
        }
        Ok(mac.finalize().into_bytes().into())
    }

    /// The HMAC-SHA-256 of some bytes.
    ///
    /// # Errors
    /// As [`Key::keyed_hash`].
    pub fn mac_of(&self, bytes: &[u8]) -> Result<[u8; 32]> {
        let mut mac = self.mac.clone();
        mac.update(bytes);
        Ok(mac.finalize().into_bytes().into())
    }

    fn cipher(&self) -> Result<XChaCha20Poly1305> {
        XChaCha20Poly1305::new_from_slice(&self.bytes)
            .map_err(|cause| Error::internal(cause.to_string()))
    }
}

fn cannot_open() -> Error {
    Error::new(
        Kind::Internal,
        "加密的联系方式打不开：站点密钥与数据不符，请使用建库时的密钥文件",
        "sealed contact details cannot be opened: the site key is not the one this data was sealed with",
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn sealed_bytes_open_only_with_their_key_and_their_row() {
        let key = Key::generate().unwrap();
        let sealed = key.seal("13800000000".as_bytes(), "row-1").unwrap();
        assert_eq!(key.open(&sealed, "row-1").unwrap(), b"13800000000");
        assert!(key.open(&sealed, "row-2").is_err());
        assert!(Key::generate().unwrap().open(&sealed, "row-1").is_err());
        assert!(key.open(&sealed[..10], "row-1").is_err());
        assert_ne!(sealed, key.seal(b"13800000000", "row-1").unwrap());
    }

    /// RFC 4231 has no key of 32 bytes; this value is Python's `hmac`.
    #[test]
    fn a_hash_is_hmac_sha_256() {
        let hash = Key::from_bytes([7; 32]).mac_of(b"receipt").unwrap();
        assert_eq!(
            hex(&hash),
            "df3b89a2460110dd5ffd9e7f86297e1f994f8a88c177d02699989953db3b1eb5"
        );
    }

    #[test]
    fn the_parts_of_a_keyed_hash_cannot_be_shifted() {
        let key = Key::generate().unwrap();
        assert_ne!(
            key.keyed_hash(&["ab", "c"]).unwrap(),
            key.keyed_hash(&["a", "bc"]).unwrap()
        );
    }
}
