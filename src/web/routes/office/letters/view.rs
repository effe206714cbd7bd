//! The page of one letter, from what was loaded.

use super::guess::{details, marked, remarks};
use super::list::state;
use super::one::{Loaded, Read};
use super::words::{checks, road, source, warnings};
use crate::audit::model::{Action, Event};
use crate::consultations::model::Consultation;
use crate::intake::find::Found;
use crate::intake::letters::LetterState;
use crate::intake::model::attachment::Scan;
use crate::intake::model::submission::{ReceivedBasis, Sender};
use crate::web::dates::moment_short;
use crate::web::field::Field;
use crate::web::frame::Office;
use crate::web::office::frame::Room;
use crate::web::office::letters::one::{Change, Letter, Time};
use crate::web::office::remark::{Attachment, Elided};
use crate::web::office::requests::Correction;
use crate::web::routes::office::sections::places;
use crate::web::routes::office::{audit::who, remark_origin};
use crate::web::sizes::size;
use crate::words::Lang;
use serde_json::Value;

/// The page.
pub(super) fn fill(office: &Office, consultation: &Consultation, loaded: &Loaded) -> Letter {
    let lang = office.lang;
    let base = office.href(&format!("/c/{}", consultation.slug));
    let place = office.place(consultation);
    let (letter, found, read) = (&loaded.letter, &loaded.found, &loaded.read);
    let ids: Vec<String> = found
        .iter()
        .flat_map(|found| found.remarks.iter().map(|remark| remark.id.clone()))
        .collect();
    let evidence = read
        .as_ref()
        .map(|read| read.letter.contact.evidence.as_slice());
    let evidence = evidence.unwrap_or_default();
    let own = read.as_ref().map_or("", |read| read.letter.text.as_str());
    let known_checks = letter.found();
    Letter {
        lang,
        layout: office.layout(),
        frame: office.frame(Room::Letters, Some(place.clone())),
        place,
        subject: read
            .as_ref()
            .map(|read| read.letter.subject.clone())
            .unwrap_or_default(),
        from: read.as_ref().map(from).unwrap_or_default(),
        state: state(letter, &ids, &base, lang),
        warnings: warnings(letter, lang),
        missing: missing(loaded, lang),
        is_preview: found.is_none(),
        remarks: remarks(loaded, &base, lang),
        words: marked(own, evidence),
        elided: elided(loaded, lang),
        sender: found
            .as_ref()
            .map(|found| remark_origin::sender(found, lang)),
        correction: may_amend(loaded)
            .then(|| found.as_ref().map(|found| correction(&found.sender)))
            .flatten(),
        addition: Field::default(),
        sections: places(&loaded.sections, "", lang),
        details: details(evidence, lang),
        times: times(loaded, lang),
        source: source(known_checks.as_ref(), lang),
        checks: known_checks
            .map(|found| checks(&found, lang))
            .unwrap_or_default(),
        attachments: attachments(loaded, &base, lang),
        notices: read.iter().flat_map(|read| notices(read, lang)).collect(),
        headers: read
            .as_ref()
            .map(|read| read.original.headers.clone())
            .unwrap_or_default(),
        sha256: letter.raw_sha256.clone(),
        size: size(letter.bytes),
        road: road(letter, lang),
        back: format!("{base}/letters"),
        here: format!("{base}/letters/{}", letter.id),
        history: loaded
            .events
            .iter()
            .filter(|event| is_change(event))
            .map(|event| change(event, lang))
            .collect(),
    }
}

/// Whether what was read can be put right: it is registered, and still there.
fn may_amend(loaded: &Loaded) -> bool {
    let is_live = |found: &Found| found.erased_at.is_none() && found.withdrawn_at.is_none();
    let is_own = matches!(
        loaded.letter.state,
        LetterState::Registered | LetterState::Supplement
    );
    is_own && loaded.read.is_some() && loaded.found.as_ref().is_some_and(is_live)
}

/// The fields of a correction, with what is registered.
pub(in super::super) fn correction(sender: &Sender) -> Correction {
    let one = |text: &Option<String>| Field::of(text.clone().unwrap_or_default());
    Correction {
        kind: sender.kind.code().to_owned(),
        name: one(&sender.name),
        organisation: one(&sender.organisation),
        phone: Field::of(sender.phones.join("、")),
        email: Field::of(sender.emails.join("、")),
        address: one(&sender.address),
    }
}

fn from(read: &Read) -> String {
    let from = &read.letter.from;
    match (&from.name, &from.address) {
        (Some(name), Some(address)) => format!("{name} <{address}>"),
        (name, address) => name
            .iter()
            .chain(address)
            .next()
            .cloned()
            .unwrap_or_default(),
    }
}

fn notices(read: &Read, lang: Lang) -> impl Iterator<Item = String> + '_ {
    let warnings = read.letter.warnings.iter();
    warnings.map(move |warning| lang.pick(warning.message, warning.message_en).to_owned())
}

fn missing(loaded: &Loaded, lang: Lang) -> Option<String> {
    let words = match (loaded.is_kept, &loaded.read) {
        (true, Some(_)) => return None,
        (true, None) => lang.pick(
            "这封邮件过大，系统没有识别。原件已完整保存，可以下载查看。",
            "This e-mail is too large to be read by the program. The original is kept as it came and can be downloaded.",
        ),
        (false, _) => lang.pick(
            "原件已经删除：按来件人的要求删除个人信息时，原件一并删除。",
            "The original is gone: it is destroyed when its sender asks to have personal data erased.",
        ),
    };
    Some(words.to_owned())
}

/// What stands in no remark, from today's reading: the whole of it is the sender's words above.
fn elided(loaded: &Loaded, lang: Lang) -> Vec<Elided> {
    let read = loaded.read.as_ref();
    let json = read.and_then(|read| serde_json::to_string(&read.letter.elided).ok());
    remark_origin::elided(json.as_deref(), lang)
}

fn times(loaded: &Loaded, lang: Lang) -> Vec<Time> {
    let Loaded {
        letter,
        found,
        read,
        ..
    } = loaded;
    let basis = found
        .as_ref()
        .map(|found| ReceivedBasis::in_words(&found.received_basis, lang));
    let sent = read
        .as_ref()
        .and_then(|read| read.letter.sent_at)
        .map(|moment| moment.at);
    let row = |word, at: jiff::Timestamp, note: &str| Time {
        word,
        when: moment_short(at),
        note: note.to_owned(),
        counts: false,
    };
    let counting = Time {
        counts: true,
        ..row(
            lang.pick("认定收到时间", "Counts as received"),
            letter.received_at,
            basis.unwrap_or_default(),
        )
    };
    let own_clock = lang.pick(
        "来件人设备上的时间，可以改动，仅供参考",
        "the sender's own clock, which anybody can set; not relied on",
    );
    let relay = lang.pick(
        "本单位邮件服务器在邮件上标注的时间",
        "as our mail server wrote it on the letter",
    );
    let internal = lang.pick("信箱记录的时间", "as the mailbox noted it");
    [
        Some(counting),
        sent.map(|at| row(lang.pick("发件时间", "Sent"), at, own_clock)),
        letter
            .relay_at
            .map(|at| row(lang.pick("邮件服务器", "Mail server"), at, relay)),
        letter
            .internal_at
            .map(|at| row(lang.pick("进入信箱", "In the mailbox"), at, internal)),
        Some(row(lang.pick("登记", "Registered"), letter.recorded_at, "")),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The files of the submission; of a letter that is none, their names.
fn attachments(loaded: &Loaded, base: &str, lang: Lang) -> Vec<Attachment> {
    if let Some(found) = &loaded.found {
        return remark_origin::files(found, base, lang);
    }
    let files = loaded.read.iter().flat_map(|read| &read.letter.attachments);
    files
        .map(|file| Attachment {
            name: file.name.clone(),
            size: size(u64::try_from(file.bytes).unwrap_or(0)),
            sha256: file.sha256.clone(),
            href: String::new(),
            scan: Scan::None,
            withheld: Some(lang.pick(
                "尚未登记，附件在原件中",
                "not registered; the file stands in the original only",
            )),
        })
        .collect()
}

/// Whether an entry of the log tells of more than a look.
fn is_change(event: &Event) -> bool {
    event.action != Action::ContactViewed.code()
}

fn change(event: &Event, lang: Lang) -> Change {
    let what = Action::in_words(&event.action, lang);
    let fields = event.detail.get("fields").and_then(Value::as_array);
    let fields = fields.into_iter().flatten().filter_map(Value::as_str);
    let fields: Vec<&str> = fields.map(|field| field_word(field, lang)).collect();
    Change {
        when: moment_short(event.at),
        who: who(event, lang),
        what: if fields.is_empty() {
            what
        } else {
            lang.pick(
                format!("{what}（{}）", fields.join("、")),
                format!("{what} ({})", fields.join(", ")),
            )
        },
    }
}

/// A contact detail by its code.
pub(super) fn field_word(code: &str, lang: Lang) -> &'static str {
    match code {
        "name" => lang.pick("姓名", "Name"),
        "organisation" => lang.pick("单位", "Organisation"),
        "address" => lang.pick("地址", "Address"),
        "phone" => lang.pick("电话", "Phone"),
        _ => lang.pick("电子邮箱", "E-mail"),
    }
}
