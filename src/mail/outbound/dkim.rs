//! Signing what we send: DKIM (RFC 6376, with the key sizes of RFC 8301 and Ed25519 of RFC 8463),
//! both parts canonicalised `relaxed`. Ours, because the library that writes our mails would bring
//! an RSA whose timing leaks (RUSTSEC-2023-0071); `ring`, which TLS brings anyway, signs.

use crate::config::Config;
use crate::error::{Error, Result, why};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use ring::rand::SystemRandom;
use ring::signature::{Ed25519KeyPair, RSA_PKCS1_SHA256, RsaKeyPair};
use sha2::{Digest, Sha256};

/// What is signed where it is there; `from` a second time, so that nobody adds another.
const SIGNED: [&str; 13] = [
    "from",
    "reply-to",
    "to",
    "subject",
    "date",
    "message-id",
    "auto-submitted",
    "mime-version",
    "content-type",
    "content-transfer-encoding",
    "list-unsubscribe",
    "list-unsubscribe-post",
    "from",
];

enum Key {
    Rsa(Box<RsaKeyPair>),
    Ed25519(Ed25519KeyPair),
}

/// Signs for one domain.
pub(super) struct Signer {
    key: Key,
    selector: String,
    domain: String,
}

impl Signer {
    /// The signer of the settings; `None` when no key file is set.
    ///
    /// # Errors
    /// `Kind::Invalid` when the file cannot be read or holds no key that may sign.
    pub(super) fn of(config: &Config, mail_domain: &str) -> Result<Option<Self>> {
        let Some(path) = &config.dkim_key_file else {
            return Ok(None);
        };
        let shown = path.display();
        let pem = std::fs::read_to_string(path).map_err(|cause| {
            let why = why(&cause);
            Error::invalid(
                format!(
                    "无法读取 dkim_key_file {shown}：{}，请检查路径和权限",
                    why.zh
                ),
                format!(
                    "cannot read dkim_key_file {shown}: {}; check its path and permissions",
                    why.en
                ),
            )
            .caused_by(cause)
        })?;
        let key = parse(&pem).ok_or_else(|| {
            Error::invalid(
                format!("dkim_key_file {shown} 里没有可用的私钥：应为 PEM 格式的 RSA（2048位以上）或 Ed25519 私钥"),
                format!("dkim_key_file {shown} holds no private key that can sign: RSA of 2048 bits or more, or Ed25519, as PEM"),
            )
        })?;
        let domain = config.dkim_domain.clone();
        Ok(Some(Self {
            key,
            selector: config.dkim_selector.clone().unwrap_or_default(),
            domain: domain.unwrap_or_else(|| mail_domain.to_owned()),
        }))
    }

    /// The mail with its signature on top.
    ///
    /// # Errors
    /// `Kind::Internal` when the system gives no random bytes.
    pub(super) fn sign(&self, mail: Vec<u8>, now: Timestamp) -> Result<Vec<u8>> {
        let text = String::from_utf8(mail).map_err(Error::internal)?;
        let (head, body) = text
            .split_once("\r\n\r\n")
            .ok_or_else(|| Error::internal("a mail without a body"))?;
        let unsigned = self.unsigned(&chosen(head), body, now);
        let input = format!(
            "{}{}",
            canonical_head(&chosen(head)),
            canonical_header("dkim-signature", &unsigned)
        );
        let signature = STANDARD.encode(self.signature(input.as_bytes())?);
        Ok(format!("DKIM-Signature: {unsigned}{}\r\n{text}", folded(&signature)).into_bytes())
    }

    /// The value of the header with an empty `b=`.
    fn unsigned(&self, chosen: &[(String, String)], body: &str, now: Timestamp) -> String {
        let algorithm = match self.key {
            Key::Rsa(_) => "rsa-sha256",
            Key::Ed25519(_) => "ed25519-sha256",
        };
        let mut names: Vec<&str> = chosen.iter().map(|(name, _)| name.as_str()).collect();
        names.push("from");
        let body = STANDARD.encode(Sha256::digest(canonical_body(body)));
        format!(
            "v=1; a={algorithm}; c=relaxed/relaxed; d={}; s={};\r\n t={}; h={};\r\n bh={body};\r\n b=",
            self.domain,
            self.selector,
            now.as_second(),
            names.join(":"),
        )
    }

    fn signature(&self, input: &[u8]) -> Result<Vec<u8>> {
        match &self.key {
            Key::Rsa(key) => {
                let mut signature = vec![0; key.public().modulus_len()];
                key.sign(
                    &RSA_PKCS1_SHA256,
                    &SystemRandom::new(),
                    input,
                    &mut signature,
                )
                .map_err(|cause| Error::internal(cause.to_string()))?;
                Ok(signature)
            }
            // RFC 8463, 3: the hash is what is signed.
            Key::Ed25519(key) => Ok(key.sign(&Sha256::digest(input)).as_ref().to_vec()),
        }
    }
}

/// A private key from PEM: PKCS#8 of either kind, or the older form of RSA.
fn parse(pem: &str) -> Option<Key> {
    let is_old = pem.contains("-----BEGIN RSA PRIVATE KEY-----");
    let coded: String = pem
        .lines()
        .map(str::trim)
        .filter(|line| !line.starts_with('-'))
        .collect();
    let der = STANDARD.decode(coded).ok()?;
    if is_old {
        return RsaKeyPair::from_der(&der)
            .ok()
            .map(|key| Key::Rsa(Box::new(key)));
    }
    Ed25519KeyPair::from_pkcs8_maybe_unchecked(&der)
        .map(Key::Ed25519)
        .or_else(|_| RsaKeyPair::from_pkcs8(&der).map(|key| Key::Rsa(Box::new(key))))
        .ok()
}

/// The header lines to sign, in the order of [`SIGNED`]: name and value with its folds.
fn chosen(head: &str) -> Vec<(String, String)> {
    let mut lines: Vec<(String, String)> = Vec::new();
    for line in head.split("\r\n") {
        if line.starts_with([' ', '\t'])
            && let Some((_, value)) = lines.last_mut()
        {
            value.push_str("\r\n");
            value.push_str(line);
        } else if let Some((name, value)) = line.split_once(':') {
            lines.push((name.to_ascii_lowercase(), value.to_owned()));
        }
    }
    let (_, once) = SIGNED.split_last().unwrap_or((&"", &[]));
    once.iter()
        .filter_map(|name| lines.iter().find(|(known, _)| known == name).cloned())
        .collect()
}

fn canonical_head(chosen: &[(String, String)]) -> String {
    chosen
        .iter()
        .map(|(name, value)| canonical_header(name, value) + "\r\n")
        .collect()
}

/// RFC 6376, 3.4.2, without the line end.
fn canonical_header(name: &str, value: &str) -> String {
    let words: Vec<&str> = value.split_ascii_whitespace().collect();
    format!("{name}:{}", words.join(" "))
}

/// RFC 6376, 3.4.4.
fn canonical_body(body: &str) -> String {
    let mut out = String::with_capacity(body.len());
    for line in body.split("\r\n") {
        let mut blank = false;
        for c in line.trim_end_matches([' ', '\t']).chars() {
            if c == ' ' || c == '\t' {
                blank = true;
                continue;
            }
            if std::mem::take(&mut blank) {
                out.push(' ');
            }
            out.push(c);
        }
        out.push_str("\r\n");
    }
    let length = out.trim_end_matches("\r\n").len();
    out.truncate(length);
    if !out.is_empty() {
        out.push_str("\r\n");
    }
    out
}

/// The signature on lines of 72 characters; blanks in it do not count (RFC 6376, 3.5).
fn folded(signature: &str) -> String {
    let mut out = String::new();
    for (index, c) in signature.chars().enumerate() {
        if index % 72 == 0 {
            out.push_str("\r\n  ");
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests;
