//! The address for the one mail that follows an erasure. The contact details are gone by then, and a
//! job holds no personal data in clear: so the address is sealed into it, with the consultation's
//! data key, for this request alone. It goes when the mail is sent.

use super::model::Key;
use crate::error::{Error, Result};
use crate::ids::hex;
use serde_json::{Value, json};

fn bound_to(request: &str) -> String {
    format!("{request}/last-mail")
}

/// The detail of an `AnswerPrivacyRequest` job that can be sent after the erasure.
///
/// # Errors
/// `Kind::Internal` when the system gives no random bytes.
pub fn seal(key: &Key, request: &str, address: &str) -> Result<Value> {
    let sealed = key.seal(address.as_bytes(), &bound_to(request))?;
    Ok(json!({ "to_sealed": hex(&sealed) }))
}

/// The address of a detail that [`seal`] made; `None` for any other detail.
///
/// # Errors
/// `Kind::Internal` when the key is not the one it was sealed with.
pub fn open(key: &Key, request: &str, detail: &Value) -> Result<Option<String>> {
    let Some(text) = detail.get("to_sealed").and_then(Value::as_str) else {
        return Ok(None);
    };
    let digits: Vec<char> = text.chars().collect();
    let sealed: Option<Vec<u8>> = digits
        .chunks(2)
        .map(|pair| u8::from_str_radix(&pair.iter().collect::<String>(), 16).ok())
        .collect();
    let sealed =
        sealed.ok_or_else(|| Error::internal("a sealed address that is no hexadecimal"))?;
    let plain = key.open(&sealed, &bound_to(request))?;
    String::from_utf8(plain).map(Some).map_err(Error::internal)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn an_address_is_sealed_for_one_request() {
        let key = Key::from_bytes([7; 32]);
        let detail = seal(&key, "a", "shen@example.org").unwrap();
        assert!(!detail.to_string().contains("shen"));
        let opened = open(&key, "a", &detail).unwrap();
        assert_eq!(opened.as_deref(), Some("shen@example.org"));
        assert!(open(&key, "b", &detail).is_err());
        assert_eq!(open(&key, "a", &Value::Null).unwrap(), None);
    }
}
