//! Signing in: a password, or an OAuth 2 token from a command (SASL XOAUTH2).

use super::connect::Line;
use crate::config::environment::own_variables;
use crate::config::{Imap, Secret};
use crate::mailboxes::model::Failure;
use async_imap::Authenticator;
use async_imap::error::Error;
use rustix::process::{Pid, Signal, kill_process_group};
use std::process::Stdio;
use std::time::Duration;
use tokio::process::Command;

type Session = async_imap::Session<Line>;

/// Who we are (RFC 2971). The mailboxes of NetEase open to nobody who does not say.
const ID: [(&str, Option<&str>); 2] = [
    ("name", Some("jianyan")),
    ("version", Some(env!("CARGO_PKG_VERSION"))),
];

/// A session that may look into mailboxes. `patience` is for the command that prints a token.
pub(super) async fn sign_in(
    client: async_imap::Client<Line>,
    place: &Imap,
    patience: Duration,
) -> Result<Session, Failure> {
    let signed_in = match &place.secret {
        Secret::Password(password) => client.login(&place.user, password).await,
        Secret::TokenCommand(command) => {
            let token = token(command, patience).await?;
            let answer = Bearer {
                answer: Some(format!(
                    "user={}\x01auth=Bearer {token}\x01\x01",
                    place.user
                )),
            };
            client.authenticate("XOAUTH2", answer).await
        }
    };
    let mut session = signed_in.map_err(|(error, _)| match error {
        Error::No(_) | Error::Bad(_) | Error::Validate(_) => Failure::SignIn,
        _ => Failure::Broken,
    })?;
    let known = session.capabilities().await.map_err(|_| Failure::Broken)?;
    if known.has_str("ID") {
        // What the server says of itself does not matter; some answer with an error and go on.
        let _ = session.id(ID).await;
    }
    Ok(session)
}

/// The first line of what the command prints. It is the administrator's own and has his
/// environment, but none of our variables, in which other passwords may stand.
async fn token(command: &str, patience: Duration) -> Result<String, Failure> {
    let mut shell = Command::new("/bin/sh");
    shell.args(["-c", command]).process_group(0);
    shell.stdin(Stdio::null()).stdout(Stdio::piped());
    shell.stderr(Stdio::null());
    for name in own_variables() {
        shell.env_remove(name);
    }
    let child = shell.spawn().map_err(|_| Failure::Token)?;
    let group = Group(child.id());
    let ran = tokio::time::timeout(patience, child.wait_with_output()).await;
    drop(group);
    let output = ran
        .map_err(|_| Failure::Token)?
        .map_err(|_| Failure::Token)?;
    let text = String::from_utf8(output.stdout).map_err(|_| Failure::Token)?;
    let token = text.lines().next().unwrap_or_default().trim();
    let sound = !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic());
    if output.status.success() && sound {
        Ok(token.to_owned())
    } else {
        Err(Failure::Token)
    }
}

/// The shell and all it started, which end with this: the shell alone may have started others.
struct Group(Option<u32>);

impl Drop for Group {
    fn drop(&mut self) {
        let group = self.0.and_then(|id| i32::try_from(id).ok());
        if let Some(group) = group.and_then(Pid::from_raw) {
            // There is none any more when all have ended by themselves.
            let _ = kill_process_group(group, Signal::KILL);
        }
    }
}

/// Answers the first challenge with the token, and the second, which holds the error, with nothing.
struct Bearer {
    answer: Option<String>,
}

impl Authenticator for Bearer {
    type Response = String;

    fn process(&mut self, _challenge: &[u8]) -> String {
        self.answer.take().unwrap_or_default()
    }
}
