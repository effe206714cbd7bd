//! What an HTML element means for the lines inside it: the classes and ids by which mail programs
//! mark their quotes and signatures.

use super::lines::Mark;
use html5ever::tokenizer::Tag;

/// An open element.
pub struct Element {
    pub name: String,
    pub mark: Mark,
    /// Its text is not for readers.
    pub silent: bool,
    /// Its line breaks count.
    pub preformatted: bool,
}

/// Classes and ids of quoted text, by the mailers that write them.
const QUOTES: &[&str] = &[
    "gmail_quote",
    "gmail_quote_container",
    "gmail_attr",
    "gmail_extra",
    "ntes-mailmaster-quote",
    "isreplycontent",
    "isforwardcontent",
    "netease_mail_quote",
    "moz-cite-prefix",
    "moz-forward-container",
    "yahoo_quoted",
    "protonmail_quote",
    "__aliyun_previous_msg_wrap",
    "alimail-quote",
    "history-quote-wrapper",
    "lark-mail-quote",
    "outlookmessageheader",
    "mail-editor-reference-message-container",
    "ms-outlook-mobile-reference-message",
    "zmail_extra",
    "qmquote",
    "cm_quote",
    "wps-quote",
    "original-message",
    "huawei_mail_quote",
];

const SIGNATURES: &[&str] = &[
    "gmail_signature",
    "moz-signature",
    "ntes-mailmaster-signature",
    "ntes-pcmac-signature",
    "spnetease_signature",
    "mail-signature",
    "ms-outlook-mobile-signature",
    "applemailsignature",
    "foxmail_signature",
    "qmsignature",
    "mailmaster-signature",
    "protonmail_signature_block",
];

/// Elements after which the rest of the document is the quoted message.
const REST: &[&str] = &[
    "appendonsend",
    "divrplyfwdmsg",
    "x_divrplyfwdmsg",
    "replysplit",
];

impl Element {
    /// What this tag opens, inside its parent.
    #[must_use]
    pub fn of(tag: &Tag, parent: Option<&Self>) -> Self {
        let name: &str = &tag.name;
        let silent = matches!(
            name,
            "script"
                | "style"
                | "head"
                | "title"
                | "noframes"
                | "iframe"
                | "template"
                | "object"
                | "textarea"
                | "select"
                | "svg"
                | "noembed"
        );
        let own = own_mark(tag, name);
        let inherited = parent.map_or(Mark::None, |parent| parent.mark);
        let mark = match (inherited, own) {
            (Mark::None | Mark::Indented, own) if own != Mark::None => own,
            (inherited, Mark::Hidden) if inherited != Mark::Quote => Mark::Hidden,
            (inherited, _) => inherited,
        };
        Self {
            name: name.to_owned(),
            mark,
            silent,
            preformatted: is_preformatted(tag, name),
        }
    }
}

fn own_mark(tag: &Tag, name: &str) -> Mark {
    let cited = attribute(tag, "type").is_some_and(|kind| kind.eq_ignore_ascii_case("cite"));
    if named(tag, QUOTES)
        || name == "includetail"
        || name == "blockquote" && (cited || attribute(tag, "cite").is_some())
    {
        return Mark::Quote;
    }
    if named(tag, SIGNATURES) {
        return Mark::Signature;
    }
    let style = attribute(tag, "style")
        .map(|style| style.replace(' ', "").to_ascii_lowercase())
        .unwrap_or_default();
    if style.contains("display:none") || attribute(tag, "hidden").is_some() {
        return Mark::Hidden;
    }
    if name == "blockquote" {
        Mark::Indented
    } else {
        Mark::None
    }
}

fn is_preformatted(tag: &Tag, name: &str) -> bool {
    name == "pre"
        || attribute(tag, "style")
            .is_some_and(|style| style.replace(' ', "").contains("white-space:pre"))
}

/// The mark for everything after this element, when it is one that divides the document.
#[must_use]
pub fn rest_of_document(tag: &Tag) -> Option<Mark> {
    named(tag, REST).then_some(Mark::Quote)
}

fn attribute<'a>(tag: &'a Tag, name: &str) -> Option<&'a str> {
    tag.attrs
        .iter()
        .take(50)
        .find(|attr| &*attr.name.local == name)
        .map(|attr| &*attr.value)
}

fn named(tag: &Tag, known: &[&str]) -> bool {
    ["class", "id", "name"]
        .iter()
        .filter_map(|name| attribute(tag, name))
        .any(|value| {
            value
                .split_ascii_whitespace()
                .take(20)
                .any(|word| known.iter().any(|known| word.eq_ignore_ascii_case(known)))
        })
}
