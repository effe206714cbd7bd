//! What a form carries for a file: its identifier, and a signature that ties it to the
//! consultation, so that nobody can put somebody else's file on their own submission.

use crate::error::{Error, Result};
use crate::ids::is_id;
use crate::privacy::vault::Vault;
use subtle::ConstantTimeEq;

const PURPOSE: &str = "upload";

/// The token of a file: `identifier.signature`.
///
/// # Errors
/// Never in practice (see [`crate::privacy::model::Key::keyed_hash`]).
pub fn token(vault: &Vault, consultation: &str, id: &str) -> Result<String> {
    Ok(format!("{id}.{}", signature(vault, consultation, id)?))
}

/// The identifier in a token that came with a form; `None` when we did not make it for this
/// consultation.
///
/// # Errors
/// As [`token`].
pub fn from_token(vault: &Vault, consultation: &str, token: &str) -> Result<Option<String>> {
    let Some((id, sent)) = token.trim().split_once('.') else {
        return Ok(None);
    };
    let own = signature(vault, consultation, id)?;
    let ours = is_id(id) && bool::from(own.as_bytes().ct_eq(sent.as_bytes()));
    Ok(ours.then(|| id.to_owned()))
}

/// The identifiers in all tokens of a form, each once, in their order. Empty ones are left out.
///
/// # Errors
/// `Kind::Invalid` for one that is not ours, or more than `most` files.
pub fn from_tokens<'a>(
    vault: &Vault,
    consultation: &str,
    tokens: impl IntoIterator<Item = &'a str>,
    most: usize,
) -> Result<Vec<String>> {
    let mut ids: Vec<String> = Vec::new();
    for token in tokens.into_iter().filter(|token| !token.trim().is_empty()) {
        let id = from_token(vault, consultation, token)?.ok_or_else(super::claim::gone)?;
        if !ids.contains(&id) {
            ids.push(id);
        }
        if ids.len() > most {
            return Err(too_many(most));
        }
    }
    Ok(ids)
}

/// More files than a submission may have.
#[track_caller]
pub fn too_many(most: usize) -> Error {
    Error::invalid(
        format!("最多上传{most}个文件，请去掉一些，或者合并成一个文件"),
        format!("at most {most} files can be sent; leave some out or join them into one"),
    )
}

fn signature(vault: &Vault, consultation: &str, id: &str) -> Result<String> {
    vault.link().keyed_hash(&[PURPOSE, consultation, id])
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::error::Kind;
    use crate::privacy::model::Key;

    const ID: &str = "01970000-0000-7000-8000-000000000001";

    #[test]
    fn a_token_opens_its_file_in_its_consultation_only() {
        let vault = Vault::new(&Key::from_bytes([7; 32])).unwrap();
        let made = token(&vault, "c", ID).unwrap();
        let opens = |consultation, token: &str| from_token(&vault, consultation, token).unwrap();
        assert_eq!(opens("c", &made).as_deref(), Some(ID));
        assert_eq!(opens("d", &made), None);
        assert_eq!(opens("c", ID), None);
        assert_eq!(opens("c", &format!("{ID}.")), None);
        assert_eq!(opens("c", &made.replace("01970000", "01970001")), None);
        let other = Vault::new(&Key::from_bytes([8; 32])).unwrap();
        assert_eq!(from_token(&other, "c", &made).unwrap(), None);
    }

    #[test]
    fn the_files_of_a_form_are_counted_once_each() {
        let vault = Vault::new(&Key::from_bytes([7; 32])).unwrap();
        let made = token(&vault, "c", ID).unwrap();
        let read = |tokens: &[&str], most| from_tokens(&vault, "c", tokens.iter().copied(), most);
        assert_eq!(read(&[&made, "", &made], 1).unwrap(), [ID]);
        assert_eq!(read(&[&made], 0).unwrap_err().kind(), Kind::Invalid);
        assert_eq!(read(&["forged"], 9).unwrap_err().kind(), Kind::Invalid);
    }
}
