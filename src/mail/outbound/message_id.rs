//! The numbers of our mails. Each is made from the job that asked for the mail, so that a mail sent
//! twice (the program died between sending and noting it) has one number; and each carries a keyed
//! hash, so that it is recognised when it comes back as a bounce, an automatic answer or a loop.

use crate::error::Result;
use crate::privacy::vault::Vault;
use subtle::ConstantTimeEq;

/// Hexadecimal digits of the hash that stand in a number.
const DIGITS: usize = 32;

fn mark(vault: &Vault, job: &str) -> Result<String> {
    let hash = vault.link().keyed_hash(&["message-id", job])?;
    Ok(hash.chars().take(DIGITS).collect())
}

/// The Message-ID, with its angle brackets, of the mail of a job.
///
/// # Errors
/// Never in practice (see [`crate::privacy::model::Key::keyed_hash`]).
pub fn of_job(vault: &Vault, job: &str, domain: &str) -> Result<String> {
    Ok(format!("<{job}.{}@{domain}>", mark(vault, job)?))
}

/// The job whose mail has this Message-ID; `None` when it is none of ours. Whatever stands behind
/// the @ does not matter: some relays change it.
///
/// # Errors
/// As [`of_job`].
pub fn job_of(vault: &Vault, message_id: &str) -> Result<Option<String>> {
    let bare = message_id.trim().trim_start_matches('<');
    let own = bare
        .split_once('@')
        .and_then(|(left, _)| left.split_once('.'));
    let Some((job, sent)) = own.filter(|(job, _)| crate::ids::is_id(job)) else {
        return Ok(None);
    };
    let ours = bool::from(mark(vault, job)?.as_bytes().ct_eq(sent.as_bytes()));
    Ok(ours.then(|| job.to_owned()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::privacy::model::Key;

    #[test]
    fn our_numbers_are_known_again_and_forged_ones_are_not() {
        let vault = Vault::new(&Key::from_bytes([7; 32])).unwrap();
        let job = "01975b6e-0000-7000-8000-000000000001";
        let id = of_job(&vault, job, "example.org").unwrap();
        assert_eq!(job_of(&vault, &id).unwrap().as_deref(), Some(job));
        let other = Vault::new(&Key::from_bytes([8; 32])).unwrap();
        assert_eq!(job_of(&other, &id).unwrap(), None);
        for forged in ["", "<>", "<a@b>", "<a.b@c>", &id.replace("0001.", "0002.")] {
            assert_eq!(job_of(&vault, forged).unwrap(), None, "{forged}");
        }
    }
}
