//! What the pages of a receipt say of sender, mail, files and history.

use super::super::view::moment;
use super::door::Door;
use crate::documents::published::{self, SectionRef};
use crate::error::Result;
use crate::intake::find::{Found, FoundAttachment};
use crate::intake::model::email::Email;
use crate::intake::model::person::{Party, public_name};
use crate::intake::model::phone::Phone;
use crate::intake::model::submission::{Scan, Sender, SenderKind};
use crate::privacy::requests::model::Request;
use crate::web::public::receipt::{HistoryRow, ReceiptFile};
use crate::words::Lang;
use jiff::Timestamp;

/// Label and heading of a section.
pub(super) fn name(section: &SectionRef) -> String {
    format!("{}{}", section.label, section.heading)
}

/// For each remark the name of its section; empty for the whole draft.
pub(super) async fn sections(door: &Door) -> Result<Vec<String>> {
    let consultation = &door.found.consultation;
    let (id, version) = (consultation.id.clone(), consultation.version);
    let known = door
        .app
        .database
        .read(move |db| published::sections_up_to(db, &id, version))
        .await?;
    let named = door.found.remarks.iter().map(|remark| {
        let id = remark.section_id.as_deref();
        let section = known.iter().find(|section| Some(section.id.as_str()) == id);
        section.map(name).unwrap_or_default()
    });
    Ok(named.collect())
}

/// The sender's name as the public edition shows it.
pub(super) fn masked_name(sender: &Sender) -> String {
    match (sender.kind, &sender.organisation, &sender.name) {
        (SenderKind::Organisation, Some(body), _) => public_name(body, Party::Organisation),
        (_, _, Some(name)) => public_name(name, Party::Person),
        (_, Some(body), None) => public_name(body, Party::Organisation),
        (_, None, None) => String::new(),
    }
}

/// Telephone numbers and addresses, masked.
pub(super) fn masked_ways(sender: &Sender) -> Vec<String> {
    let phones = sender
        .phones
        .iter()
        .filter_map(|text| Phone::parse(text).ok())
        .map(|phone| phone.masked());
    let emails = sender
        .emails
        .iter()
        .filter_map(|text| Email::parse(text).ok())
        .map(|email| email.masked());
    phones.chain(emails).collect()
}

/// The address that mails go to, masked.
pub(super) fn masked_email(sender: &Sender) -> Option<String> {
    let first = sender.emails.first()?;
    Email::parse(first).ok().map(|email| email.masked())
}

/// Whether mails go out, where to, and whether the address is confirmed.
pub(super) fn mail(found: &Found, sends: bool, lang: Lang) -> String {
    if found.erased_at.is_some() {
        let words = lang.pick(
            "联系方式已按您的要求删除，不再发邮件",
            "Your contact details were erased at your request; no mail is sent",
        );
        return words.to_owned();
    }
    let Some(email) = masked_email(&found.sender) else {
        let words = lang.pick(
            "没有留电子邮箱，不会发邮件；请把回执号记下来",
            "No e-mail address was left, so none is sent; please keep the receipt number",
        );
        return words.to_owned();
    };
    if !sends {
        let words = lang.pick(
            "本站目前不发邮件，请把回执号记下来",
            "This site sends no mail at present; please keep the receipt number",
        );
        return words.to_owned();
    }
    match found.email_confirmed_at {
        Some(at) => lang.pick(
            format!("回执和结果会发到 {email}；邮箱已于{}确认", moment(at, lang)),
            format!("Receipt and outcome go to {email}, confirmed on {}", moment(at, lang)),
        ),
        None => lang.pick(
            format!("回执和结果会发到 {email}；邮箱还没有确认，收到邮件后请点里面的链接（不确认也不影响您的意见）"),
            format!("Receipt and outcome go to {email}, which is not confirmed yet: follow the link in our mail (your comment counts either way)"),
        ),
    }
}

/// The files that came along, and what the scanner said.
pub(super) fn files(found: &Found, lang: Lang) -> Vec<ReceiptFile> {
    let listed = found.attachments.iter().map(|file| ReceiptFile {
        name: file.name.clone(),
        state: state(file, found.erased_at.is_some(), lang).to_owned(),
    });
    listed.collect()
}

fn state(file: &FoundAttachment, erased: bool, lang: Lang) -> &'static str {
    match file.scan {
        _ if erased => lang.pick("已按您的要求删除", "erased at your request"),
        _ if !file.kept => lang.pick(
            "太大，只保存在原始邮件里",
            "too large; kept in the raw letter only",
        ),
        Scan::None => lang.pick("已收到", "received"),
        Scan::Held => lang.pick(
            "已收到，等待病毒检查后才能打开",
            "received; waits for the virus scan before anybody opens it",
        ),
        Scan::Clean => lang.pick(
            "已收到，病毒检查通过",
            "received; the virus scan found nothing",
        ),
        Scan::Infected => lang.pick(
            "检查发现病毒，没有打开；请换一个干净的文件",
            "a virus was found in it and nobody opened it; please send a clean file",
        ),
    }
}

/// What happened since, in order.
pub(super) fn history(
    found: &Found,
    requests: &[Request],
    published: Option<Timestamp>,
    lang: Lang,
) -> Vec<HistoryRow> {
    let mut events = vec![(
        found.received_at,
        lang.pick("收到您的意见", "Comment received").to_owned(),
        None,
    )];
    for remark in &found.remarks {
        if remark.received_at != found.received_at {
            let words = lang.pick("您补充了一条", "You added a remark").to_owned();
            events.push((remark.received_at, words, None));
        }
    }
    let marks = [
        (
            found.email_confirmed_at,
            lang.pick("您确认了电子邮箱", "You confirmed your e-mail address"),
        ),
        (
            found.withdrawn_at,
            lang.pick("您撤回了这份意见", "You withdrew this comment"),
        ),
        (
            found.erased_at,
            lang.pick("联系方式已删除", "Contact details erased"),
        ),
        (published, lang.pick("采纳情况公布", "Outcomes published")),
    ];
    for (at, words) in marks {
        events.extend(at.map(|at| (at, words.to_owned(), None)));
    }
    for request in requests {
        let what = request.kind.word(lang);
        let asked = lang.pick(format!("您申请：{what}"), format!("You asked: {what}"));
        events.push((request.asked_at, asked, None));
        if let Some(done) = &request.done {
            let words = lang.pick(format!("已办理：{what}"), format!("Dealt with: {what}"));
            events.push((done.at, words, Some(found.on_receipt(&done.answer))));
        }
    }
    events.sort_by_key(|(at, ..)| *at);
    let rows = events.into_iter().map(|(at, what, more)| HistoryRow {
        when: moment(at, lang),
        what,
        more,
    });
    rows.collect()
}
