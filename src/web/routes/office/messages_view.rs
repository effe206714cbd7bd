//! The pages of the correspondence with a sender, filled from what was loaded.

use super::messages::{Loaded, action, address};
use crate::correspondence::find::Entry;
use crate::correspondence::model::Message;
use crate::correspondence::write::must_be_reachable;
use crate::intake::find::Found;
use crate::intake::letters::thread::{Answer, CameIn};
use crate::intake::model::email::Email;
use crate::jobs::queue::sent::MailState;
use crate::shorten::shorten;
use crate::web::dates::moment_short;
use crate::web::field::Field;
use crate::web::frame::Office;
use crate::web::office::frame::Room;
use crate::web::office::messages::{Entry as Shown, MessageCheck, Messages};
use crate::web::office::parts::Link;
use crate::words::Lang;

/// The correspondence, and the form.
pub(super) fn page(office: &Office, loaded: &Loaded, words: Field) -> Messages {
    let Loaded { found, entries } = loaded;
    let (lang, about) = (office.lang, &found.consultation);
    let place = office.place(about);
    let queue = office.href(&format!("/c/{}/remarks", about.slug));
    let remarks = found.remarks.iter().map(|remark| Link {
        href: format!("{queue}/{}", remark.id),
        words: shorten(&remark.text, 40),
    });
    let may = office.signed_in.staff.actor().must_be_able_to_change();
    let closed = may.and_then(|()| must_be_reachable(found)).err();
    Messages {
        lang,
        layout: office.layout(),
        frame: office.frame(Room::Queue, Some(place.clone())),
        place,
        receipt: found.receipt.clone(),
        to: masked(found),
        remarks: remarks.collect(),
        entries: entries.iter().map(|entry| shown(entry, lang)).collect(),
        closed: closed.map(|error| error.message(lang).to_owned()),
        is_set_up: office.app.config.smtp_url.is_some(),
        words,
        action: action(office, loaded),
    }
}

/// The message as it will go out.
pub(super) fn check_page(
    office: &Office,
    found: &Found,
    words: String,
    id: String,
) -> MessageCheck {
    let (lang, config) = (office.lang, &office.app.config);
    let contact = &found.consultation.contact;
    let answers = config.mail_reply_to.as_ref().or(contact.email.as_ref());
    MessageCheck {
        lang,
        layout: office.layout(),
        frame: office.frame(Room::Queue, Some(office.place(&found.consultation))),
        receipt: found.receipt.clone(),
        to: masked(found),
        words,
        id,
        action: address(office, found),
        answers: answers.cloned().unwrap_or_default(),
    }
}

fn masked(found: &Found) -> String {
    let first = found.sender.emails.first();
    let parsed = first.and_then(|text| Email::parse(text).ok());
    parsed.map_or_else(String::new, |email| email.masked())
}

fn shown(entry: &Entry, lang: Lang) -> Shown {
    match entry {
        Entry::Sent(message, state) => ours(message, *state, lang),
        Entry::Came(letter) => theirs(letter, lang),
    }
}

fn ours(message: &Message, state: Option<MailState>, lang: Lang) -> Shown {
    let erased = lang.pick(
        "（内容已随联系方式一起删除）",
        "(the words were erased with the contact details)",
    );
    let words = Some(message.words.clone()).filter(|words| !words.is_empty());
    Shown {
        is_ours: true,
        who: message.written_by.clone(),
        when: moment_short(message.written_at),
        words: words.unwrap_or_else(|| erased.to_owned()),
        state: became(state, lang),
        is_bad: matches!(state, Some(MailState::Failed(_))),
    }
}

fn became(state: Option<MailState>, lang: Lang) -> String {
    match state {
        Some(MailState::Sent) => lang.pick("已发出", "Sent").to_owned(),
        Some(MailState::Waiting(None)) => lang.pick("等待发送", "Waiting to be sent").to_owned(),
        Some(MailState::Waiting(Some(reason))) => {
            let why = reason.words(lang);
            lang.pick(
                format!("还没有发出，会自动再试：{why}"),
                format!("Not sent yet, tried again by itself: {why}"),
            )
        }
        Some(MailState::Failed(reason)) => {
            let why = reason.words(lang);
            lang.pick(format!("未送达：{why}"), format!("Not delivered: {why}"))
        }
        None => lang
            .pick("发送情况已无法查询", "No longer known whether it was sent")
            .to_owned(),
    }
}

fn theirs(letter: &CameIn, lang: Lang) -> Shown {
    let untitled = lang.pick("（没有标题）", "(no subject)");
    let subject = Some(letter.subject.clone()).filter(|subject| !subject.is_empty());
    Shown {
        is_ours: false,
        who: lang.pick("来件人", "The sender").to_owned(),
        when: moment_short(letter.received_at),
        words: subject.unwrap_or_else(|| untitled.to_owned()),
        state: answered(letter.answer, lang).to_owned(),
        is_bad: letter.answer == Some(Answer::Limited),
    }
}

fn answered(answer: Option<Answer>, lang: Lang) -> &'static str {
    match answer {
        Some(Answer::Asked) => lang.pick(
            "来信，系统已发送回执",
            "A letter; a receipt was sent by itself",
        ),
        Some(Answer::Limited) => lang.pick(
            "来信；同一邮箱一小时内来信过多，没有自动发送回执，必要时请写邮件告知对方",
            "A letter; too many came from this address within the hour, so no receipt was sent: write if one is needed",
        ),
        Some(Answer::None) => lang.pick(
            "来信，没有可以回复的邮箱",
            "A letter; there is no address to answer to",
        ),
        None => lang.pick("来信", "A letter"),
    }
}
