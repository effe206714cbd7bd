//! Machines and people told apart.

use crate::builder::*;
use jianyan::mail::inbound::automatic::Automatic::{self, *};
use jianyan::mail::inbound::{Desk, read_letter, read_letter_for};

fn verdict(subject: &str, extra: &str) -> Option<Automatic> {
    read_letter(&message(
        subject.as_bytes(),
        extra,
        &text_part("plain", "同意", PLAIN_UTF8, Transfer::Base64),
    ))
    .automatic
}

#[test]
fn people_are_people() {
    for (subject, extra) in [
        ("意见", ""),
        ("意见", "X-Auto-Response-Suppress: All\r\n"),
        ("意见", "Auto-Submitted: no\r\n"),
        ("关于自动回复短信的建议", ""),
        ("自动回复功能应当改进", ""),
        ("Re: 自动回复: 已收到您的意见", ""),
        ("退信处理办法的建议", ""),
        ("意见", "Return-Path: <>\r\n"),
    ] {
        assert_eq!(verdict(subject, extra), None, "{subject} {extra}");
    }
}

#[test]
fn machines_are_machines() {
    for (subject, extra, expected) in [
        ("自动回复：意见", "", AutoReply),
        ("自动回复", "", AutoReply),
        ("Automatic reply: x", "", AutoReply),
        ("x", "Auto-Submitted: auto-replied\r\n", AutoReply),
        ("x", "X-Autoreply: yes\r\n", AutoReply),
        ("x", "Precedence: auto_reply\r\n", AutoReply),
        ("x", "Precedence: bulk\r\n", Bulk),
        (
            "x",
            "List-Id: <news.example.net>\r\nList-Unsubscribe: <mailto:off@example.net>\r\nPrecedence: bulk\r\n",
            Bulk,
        ),
        ("退信通知", "Return-Path: <>\r\n", Bounce),
        ("x", "X-Failed-Recipients: a@example.org\r\n", Bounce),
    ] {
        assert_eq!(verdict(subject, extra), Some(expected), "{subject} {extra}");
    }
}

#[test]
fn reports_calendars_and_loops() {
    let text = text_part(
        "plain",
        "could not be delivered",
        PLAIN_UTF8,
        Transfer::EightBit,
    );
    let status = b"Content-Type: message/delivery-status\r\n\r\nFinal-Recipient: rfc822; a@example.org\r\nAction: failed\r\n".to_vec();
    let raw = message(b"x", "", &multipart("report", &[text.clone(), status]));
    assert_eq!(read_letter(&raw).automatic, Some(Bounce));
    let invitation = b"Content-Type: text/calendar; method=REQUEST; charset=utf-8\r\n\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n".to_vec();
    assert_eq!(
        read_letter(&message(
            b"x",
            "",
            &multipart("alternative", &[text, invitation])
        ))
        .automatic,
        Some(Calendar)
    );
    let mut desk = Desk::default();
    desk.office.emails.push("Zhang@example.com".into());
    assert_eq!(read_letter_for(&plain("x"), &desk).automatic, Some(Loop));
}
