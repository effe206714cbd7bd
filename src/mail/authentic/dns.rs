//! The checks themselves, by the library `mail-auth`, which asks the domain name system.

use super::checks::{Checks, Dkim, Dmarc, Policy, Source, Verdict, domain};
use super::client::ClientInfo;
use super::stated::MOST_SIGNATURES;
use mail_auth::dkim::DkimError;
use mail_auth::dmarc::verify::DmarcParameters;
use mail_auth::spf::verify::SpfParameters;
use mail_auth::{
    ArcOutput, AuthenticatedMessage, DkimOutput, DkimResult, DmarcOutput, DmarcResult, DnsError,
    Error as AuthError, MessageAuthenticator, SpfOutput, SpfResult, dmarc,
};
use std::time::Duration;
use tokio::time::{Instant, timeout_at};

/// All questions about one letter together.
pub(super) const LONGEST: Duration = Duration::from_secs(5);
/// Of that, what is left for putting the results together.
const FOR_RESULTS: Duration = Duration::from_millis(250);
/// And what is left for the sender's policy, whatever a signature's slow server does.
const FOR_POLICY: Duration = Duration::from_millis(1500);
/// A header block longer than this is no honest letter's; it is not checked. In bytes.
const LONGEST_HEAD: usize = 512 * 1024;

/// Checks one letter; asks nothing more when [`LONGEST`] after `start` is near.
pub(super) async fn verify(
    asker: &MessageAuthenticator,
    raw: &[u8],
    client: Option<&ClientInfo>,
    own_host: &str,
    start: Instant,
) -> Checks {
    let Some(message) = parse(raw) else {
        return unreadable();
    };
    let end = start + LONGEST.saturating_sub(FOR_RESULTS);
    let first_end = end.checked_sub(FOR_POLICY).unwrap_or(end);
    let (spf, dkim, arc) = tokio::join!(
        spf(asker, client, own_host, first_end),
        dkim(asker, &message, first_end),
        timeout_at(first_end, asker.verify_arc(&message)),
    );
    let mail_from = client
        .and_then(|client| client.mail_from.as_deref())
        .and_then(|address| address.rsplit_once('@'))
        .map(|(_, domain)| domain);
    let helo = client.map_or("", |client| client.helo.as_str());
    let parameters = DmarcParameters::new(&message, &dkim, mail_from.unwrap_or(helo), &spf);
    let dmarc = timeout_at(end, asker.verify_dmarc(parameters)).await;
    let author = author(&message);
    Checks {
        source: Source::Dns,
        spf: of_spf(spf.result()),
        dkim: dkim.iter().map(one_signature).collect(),
        dmarc: dmarc.map_or_else(
            |_| Dmarc {
                domain: author.clone(),
                policy: None,
                result: Verdict::Temperror,
            },
            |output| of_dmarc(&output, &author),
        ),
        arc: arc.map_or(Verdict::Temperror, |output: ArcOutput<'_>| {
            of_dkim(output.result())
        }),
    }
}

/// What is answered when a letter's header cannot be checked at all.
pub(super) fn unreadable() -> Checks {
    Checks {
        source: Source::Dns,
        spf: Verdict::Permerror,
        ..Checks::default()
    }
}

/// What is answered when the checking itself was cut off.
pub(super) fn cut_off() -> Checks {
    Checks {
        source: Source::Dns,
        spf: Verdict::Temperror,
        dkim: Vec::new(),
        dmarc: Dmarc {
            result: Verdict::Temperror,
            ..Dmarc::default()
        },
        arc: Verdict::Temperror,
    }
}

fn parse(raw: &[u8]) -> Option<AuthenticatedMessage<'_>> {
    let start = raw.get(..LONGEST_HEAD).unwrap_or(raw);
    let ends = |mark: &[u8]| start.windows(mark.len()).any(|bytes| bytes == mark);
    if raw.len() > LONGEST_HEAD && !ends(b"\n\r\n") && !ends(b"\n\n") {
        return None;
    }
    let mut message = AuthenticatedMessage::parse(raw)?;
    // Each signature costs a question and a computation.
    message.dkim_headers.truncate(MOST_SIGNATURES);
    Some(message)
}

async fn spf(
    asker: &MessageAuthenticator,
    client: Option<&ClientInfo>,
    own_host: &str,
    end: Instant,
) -> SpfOutput {
    let Some(client) = client else {
        return SpfOutput::default();
    };
    let parameters = match client.mail_from.as_deref() {
        Some(address) if !address.is_empty() => {
            SpfParameters::verify_mail_from(client.ip, &client.helo, own_host, address)
        }
        // The null sender is judged by the name of its server (RFC 7208, 2.4).
        Some(_) => SpfParameters::verify_ehlo(client.ip, &client.helo, own_host),
        None => return SpfOutput::default(),
    };
    timeout_at(end, asker.verify_spf(parameters))
        .await
        .unwrap_or_else(|_| SpfOutput::default().with_result(SpfResult::TempError))
}

async fn dkim<'a>(
    asker: &MessageAuthenticator,
    message: &'a AuthenticatedMessage<'a>,
    end: Instant,
) -> Vec<DkimOutput<'a>> {
    timeout_at(end, asker.verify_dkim(message))
        .await
        .map(|mut outputs| {
            outputs.truncate(MOST_SIGNATURES);
            outputs
        })
        .unwrap_or_else(|_| {
            let late = || AuthError::Dns(DnsError::Resolver(String::new()));
            let signatures = message.dkim_headers.iter();
            signatures
                .map(|header| DkimOutput::temp_err(late()).with_signature(&header.header))
                .collect()
        })
}

fn one_signature(output: &DkimOutput<'_>) -> Dkim {
    Dkim {
        domain: output
            .signature()
            .map(|signature| domain(&signature.d))
            .unwrap_or_default(),
        result: of_dkim(output.result()),
    }
}

fn of_dkim(result: &DkimResult) -> Verdict {
    match result {
        DkimResult::Pass => Verdict::Pass,
        // RFC 6376, 3.9 and RFC 8601, 2.7.1: words that were changed do not verify.
        DkimResult::Fail(_)
        | DkimResult::Neutral(AuthError::Dkim(DkimError::FailedBodyHashMatch)) => Verdict::Fail,
        DkimResult::Neutral(_) => Verdict::Neutral,
        DkimResult::PermError(_) => Verdict::Permerror,
        DkimResult::TempError(_) => Verdict::Temperror,
        DkimResult::None => Verdict::None,
    }
}

fn of_spf(result: SpfResult) -> Verdict {
    match result {
        SpfResult::Pass => Verdict::Pass,
        SpfResult::Fail => Verdict::Fail,
        SpfResult::SoftFail => Verdict::Softfail,
        SpfResult::Neutral => Verdict::Neutral,
        SpfResult::TempError => Verdict::Temperror,
        SpfResult::PermError => Verdict::Permerror,
        SpfResult::None => Verdict::None,
    }
}

fn of_dmarc(output: &DmarcOutput, author: &str) -> Dmarc {
    let result = match output.result() {
        DmarcResult::Pass => Verdict::Pass,
        DmarcResult::Fail(_) => Verdict::Fail,
        DmarcResult::TempError(_) => Verdict::Temperror,
        DmarcResult::PermError(_) => Verdict::Permerror,
        DmarcResult::None => Verdict::None,
    };
    let policy = match output.policy() {
        dmarc::Policy::Quarantine => Some(Policy::Quarantine),
        dmarc::Policy::Reject => Some(Policy::Reject),
        dmarc::Policy::None | dmarc::Policy::Unspecified => Some(Policy::None),
    };
    Dmarc {
        domain: author.to_owned(),
        policy: policy.filter(|_| output.dmarc_record().is_some()),
        result,
    }
}

fn author(message: &AuthenticatedMessage<'_>) -> String {
    let (_, host) = message.from().rsplit_once('@').unwrap_or_default();
    domain(host)
}
