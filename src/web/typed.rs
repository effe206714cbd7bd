//! What a person typed into a form of the office that was not taken: shown again, to be copied.

use super::form_data::FormData;
use crate::words::Lang;

/// Fields that nobody types: tokens, identifiers, choices.
const NOT_TYPED: [&str; 24] = [
    "csrf",
    "once",
    "revision",
    "id",
    "letter",
    "mailbox",
    "back",
    "step",
    "go",
    "then",
    "act",
    "op",
    "at",
    "section",
    "outcome",
    "channel",
    "sender_kind",
    "kind",
    "consultation",
    "edition",
    "format",
    "login",
    "password",
    "next",
];

/// The words for a field, as its form has them; the field's own name where there is none.
fn label(name: &str, lang: Lang) -> &str {
    match name {
        "text" | "words" => lang.pick("内容", "Text"),
        "reason" => lang.pick("理由", "Reason"),
        "answer" => lang.pick("答复", "Answer"),
        "name" => lang.pick("姓名", "Name"),
        "organisation" => lang.pick("单位", "Organisation"),
        "phone" => lang.pick("电话", "Telephone"),
        "email" => lang.pick("电子邮箱", "E-mail"),
        "address" => lang.pick("通信地址", "Address"),
        "suggested" => lang.pick("建议改为", "Suggested wording"),
        "note" => lang.pick("说明", "Note"),
        "title" => lang.pick("标题", "Title"),
        other => other,
    }
}

/// Everything typed into a form, each field under its name, lines as they were; `None` when nothing
/// was typed.
pub(super) fn typed(form: &FormData, lang: Lang) -> Option<String> {
    let fields = form.without(&NOT_TYPED);
    let filled: Vec<_> = fields
        .iter()
        .filter(|(_, value)| !value.trim().is_empty())
        .collect();
    match filled.as_slice() {
        [] => None,
        [(_, only)] => Some(only.clone()),
        several => {
            let lines = several.iter().map(|(name, value)| {
                let colon = lang.pick("：", ": ");
                format!("{}{colon}{value}", label(name, lang))
            });
            Some(lines.collect::<Vec<_>>().join("\r\n"))
        }
    }
}
