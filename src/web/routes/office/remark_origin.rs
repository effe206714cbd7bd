//! Where a remark comes from: its sender, its submission, what else came with it.

use super::attachment::withheld;
use super::remark::Loaded;
use super::sections::by_id;
use crate::documents::model::citation::cite;
use crate::intake::find::Found;
use crate::intake::model::submission::{Channel, ReceivedBasis, SenderKind};
use crate::shorten::shorten;
use crate::triage::model::Remark as Stored;
use crate::web::dates::moment_short;
use crate::web::office::marks::Outcome;
use crate::web::office::remark::{Attachment, Elided, Other, Sender, Submission};
use crate::web::sizes::size;
use crate::words::Lang;
use serde::Deserialize;

pub(super) fn sender(found: &Found, lang: Lang) -> Sender {
    let known = &found.sender;
    Sender {
        kind: match known.kind {
            SenderKind::Person => lang.pick("个人", "Person"),
            SenderKind::Organisation => lang.pick("单位", "Organisation"),
        }
        .to_owned(),
        name: known.name.clone().unwrap_or_default(),
        organisation: known.organisation.clone().unwrap_or_default(),
        phones: known.phones.clone(),
        emails: known.emails.clone(),
        address: known.address.clone().unwrap_or_default(),
        credit_code: known.credit_code.clone().unwrap_or_default(),
        district: known.district.clone().unwrap_or_default(),
        capacity: known
            .capacity
            .map(|capacity| capacity.word(lang).to_owned())
            .unwrap_or_default(),
    }
}

pub(super) fn submission(loaded: &Loaded, base: &str, lang: Lang) -> Submission {
    let found = &loaded.found;
    let others = loaded
        .siblings
        .iter()
        .filter(|sibling| sibling.id != loaded.remark.id);
    Submission {
        receipt: found.receipt.clone(),
        channel: found.channel,
        received: moment_short(found.received_at),
        received_basis: ReceivedBasis::in_words(&found.received_basis, lang).to_owned(),
        confirmed: found.email_confirmed_at.map(moment_short),
        erased: found.erased_at.map(moment_short),
        added: (loaded.remark.received_at != found.received_at)
            .then(|| moment_short(loaded.remark.received_at)),
        subject: found.subject.clone().unwrap_or_default(),
        messages: messages(found, base),
        others: others
            .map(|other| sibling(other, loaded, base, lang))
            .collect(),
        attachments: files(found, base, lang),
        elided: elided(found.elided.as_deref(), lang),
    }
}

/// Where the letters between the office and the sender are: for whoever left an address, or wrote a
/// letter by e-mail.
fn messages(found: &Found, base: &str) -> Option<String> {
    let any = !found.sender.emails.is_empty() || found.channel == Channel::Email;
    any.then(|| format!("{base}/submissions/{}/messages", found.submission_id))
}

/// The files that came along, as long as they are there.
pub(super) fn files(found: &Found, base: &str, lang: Lang) -> Vec<Attachment> {
    let there = found
        .attachments
        .iter()
        .filter(|_| found.erased_at.is_none());
    there
        .map(|file| Attachment {
            name: file.name.clone(),
            size: size(u64::try_from(file.bytes).unwrap_or(0)),
            sha256: file.sha256.clone(),
            scan: file.scan,
            withheld: withheld(file.scan, lang),
            href: format!(
                "{base}/submissions/{}/attachments/{}",
                found.submission_id, file.id
            ),
        })
        .collect()
}

fn sibling(other: &Stored, loaded: &Loaded, base: &str, lang: Lang) -> Other {
    let answer = loaded
        .sibling_answers
        .iter()
        .find(|answer| answer.remark_id == other.id);
    let section = by_id(&loaded.sections, other.section_id.as_deref());
    Other {
        number: loaded.number(&other.id),
        href: format!("{base}/remarks/{}", other.id),
        section: section.map_or_else(
            || lang.pick("整份征求意见稿", "The whole draft").to_owned(),
            |section| cite(&section.path, lang),
        ),
        words: shorten(&other.text, 60),
        outcome: Outcome::of(answer.map(|answer| answer.outcome)),
        is_withdrawn: other.withdrawn_at.is_some(),
    }
}

/// What was set aside when a letter was read, in words.
pub(super) fn elided(json: Option<&str>, lang: Lang) -> Vec<Elided> {
    #[derive(Deserialize)]
    struct Taken {
        reason: String,
        text: String,
    }
    let taken: Vec<Taken> = json
        .and_then(|json| serde_json::from_str(json).ok())
        .unwrap_or_default();
    taken
        .into_iter()
        .map(|one| Elided {
            reason: set_aside(&one.reason, lang),
            text: one.text,
        })
        .collect()
}

/// What a part of a letter is, and that it does not count as the opinion. The whole letter is
/// kept beside the opinions that were read from it.
fn set_aside(reason: &str, lang: Lang) -> String {
    let part = match reason {
        "letter" => return lang.pick("来信全文", "The whole letter").to_owned(),
        "quote" => lang.pick("引用的原邮件", "quoted message"),
        "signature" => lang.pick("签名", "signature"),
        "footer" => lang.pick("邮件尾注", "footer"),
        "banner" => lang.pick("邮件系统提示", "banner of the mail system"),
        other => other,
    };
    format!(
        "{}{part}",
        lang.pick("没有算作意见的部分：", "Not taken as the opinion: ")
    )
}
