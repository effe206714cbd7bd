//! A mail, and its bytes.

use super::clean::{line, text};
use super::flow::flow;
use super::thread::chain;
use crate::error::{Error, Kind, Result};
use crate::intake::model::email::Email;
use jiff::Timestamp;
use lettre::address::Envelope;
use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue, MIME_VERSION_1_0};
use lettre::message::{Mailbox, Message};
use lettre::{Address, message::MessageBuilder};

/// The longest subject, in characters; readers cut it earlier.
const SUBJECT: usize = 120;

/// Who writes: a program, and why (RFC 3834, 5), or somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Automatic {
    /// A person wrote it; nothing keeps the other side's program from answering.
    No,
    /// In answer to what somebody sent.
    Replied,
    /// By itself.
    Generated,
}

/// A mail to one person. Never logged.
#[derive(Clone)]
pub struct Mail {
    pub to: String,
    pub subject: String,
    /// Paragraphs; they are wrapped here.
    pub text: String,
    pub automatic: Automatic,
    /// No envelope sender: nobody is told of a bounce, so that two machines cannot answer each
    /// other for ever (RFC 3834, 3.3). For answers to what may have come from a machine.
    pub null_sender: bool,
    /// Anybody can cause it, to an address that nobody confirmed: how many of these an address gets
    /// within an hour is limited.
    pub by_strangers: bool,
    /// Where an answer by hand goes.
    pub reply_to: Option<String>,
    /// The address that ends a subscription at one click (RFC 8058).
    pub unsubscribe: Option<String>,
    /// The Message-IDs of the mails that this one comes after, the nearest last; empty when it
    /// begins a conversation. What is no Message-ID is left out, and of many some.
    pub after: Vec<String>,
    /// `zh-CN` or `en`.
    pub lang: &'static str,
}

/// What is the same on all mails.
#[derive(Clone)]
pub(super) struct From {
    pub(super) name: String,
    pub(super) address: Address,
}

/// Who gets it, and the bytes.
pub(super) struct Written {
    pub(super) envelope: Envelope,
    pub(super) bytes: Vec<u8>,
}

macro_rules! plain_header {
    ($name:ident, $shown:literal) => {
        #[derive(Clone)]
        struct $name(String);
        impl Header for $name {
            fn name() -> HeaderName {
                HeaderName::new_from_ascii_str($shown)
            }
            fn parse(
                text: &str,
            ) -> std::result::Result<Self, Box<dyn std::error::Error + Send + Sync>> {
                Ok(Self(text.to_owned()))
            }
            fn display(&self) -> HeaderValue {
                HeaderValue::new(Self::name(), self.0.clone())
            }
        }
    };
}

plain_header!(AutoSubmitted, "Auto-Submitted");
plain_header!(ResponseSuppress, "X-Auto-Response-Suppress");
plain_header!(ContentLanguage, "Content-Language");
plain_header!(ListUnsubscribe, "List-Unsubscribe");
plain_header!(ListUnsubscribePost, "List-Unsubscribe-Post");

/// The bytes of a mail. Whatever subject, names and words hold, the header has the lines written
/// here and no others.
///
/// # Errors
/// `Kind::Invalid` when the address is none that mail can be sent to.
pub(super) fn write(mail: &Mail, from: &From, id: &str, now: Timestamp) -> Result<Written> {
    let to = address(&mail.to)?;
    let sender = (!mail.null_sender).then(|| from.address.clone());
    let envelope = Envelope::new(sender, vec![to.clone()]).map_err(Error::internal)?;
    let kind = "text/plain; charset=utf-8; format=flowed; delsp=yes";
    let mut builder = Message::builder()
        .envelope(envelope.clone())
        .date(now.into())
        .from(Mailbox::new(
            Some(line(&from.name, 60)),
            from.address.clone(),
        ))
        .to(Mailbox::new(None, to))
        .subject(line(&mail.subject, SUBJECT))
        .message_id(Some(id.to_owned()))
        .header(MIME_VERSION_1_0)
        .header(ContentLanguage(mail.lang.to_owned()))
        .header(ContentType::parse(kind).map_err(Error::internal)?);
    // An office's own address that is malformed must not keep a receipt from going out.
    if let Some(reply_to) = mail.reply_to.as_deref().and_then(|to| address(to).ok()) {
        builder = builder.reply_to(Mailbox::new(None, reply_to));
    }
    builder = automatic(builder, mail.automatic);
    builder = thread(builder, &mail.after);
    let message = unsubscribe(builder, mail)
        .body(flow(&text(&mail.text)))
        .map_err(Error::internal)?;
    Ok(Written {
        envelope,
        bytes: message.formatted(),
    })
}

fn automatic(builder: MessageBuilder, automatic: Automatic) -> MessageBuilder {
    let word = match automatic {
        Automatic::No => return builder,
        Automatic::Replied => "auto-replied",
        Automatic::Generated => "auto-generated",
    };
    builder
        .header(AutoSubmitted(word.to_owned()))
        .header(ResponseSuppress("OOF, AutoReply".to_owned()))
}

/// In-Reply-To and References (RFC 5322, 3.6.4), folded between the numbers.
fn thread(builder: MessageBuilder, after: &[String]) -> MessageBuilder {
    let chain = chain(after);
    let Some(nearest) = chain.last() else {
        return builder;
    };
    let (nearest, all) = (nearest.clone(), chain.join(" "));
    builder.in_reply_to(nearest).references(all)
}

fn unsubscribe(builder: MessageBuilder, mail: &Mail) -> MessageBuilder {
    let Some(address) = &mail.unsubscribe else {
        return builder;
    };
    builder
        .header(ListUnsubscribe(format!("<{}>", line(address, 1_000))))
        .header(ListUnsubscribePost("List-Unsubscribe=One-Click".to_owned()))
}

/// An address as SMTP takes it.
///
/// # Errors
/// `Kind::Invalid`; the message does not repeat the address.
pub(super) fn address(text: &str) -> Result<Address> {
    let checked = Email::parse(text)?;
    checked.as_str().parse().map_err(|_| {
        Error::new(
            Kind::Invalid,
            "电子邮箱的格式不对，发不了邮件",
            "not an e-mail address that mail can be sent to",
        )
    })
}
