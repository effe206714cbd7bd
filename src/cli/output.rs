//! Printing for people and for other programs.

use crate::error::{Error, Result};
use crate::words::Lang;
use std::io::Write;

/// The language of the terminal: Chinese when its locale is Chinese, else English.
pub(super) fn language() -> Lang {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty())
        .unwrap_or_default();
    if locale.starts_with("zh") {
        Lang::Zh
    } else {
        Lang::En
    }
}

/// One line on standard output. A reader that went away (a closed pipe) is no error.
pub(super) fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// One line on standard output in the terminal's language.
pub(super) fn say_both(zh: &str, en: &str) {
    say(language().pick(zh, en));
}

/// One line on standard error in the terminal's language.
pub(super) fn note(zh: &str, en: &str) {
    let _ = writeln!(std::io::stderr(), "{}", language().pick(zh, en));
}

/// The one line of a refusal.
pub(super) fn complain(error: &Error) {
    let lang = language();
    let message = error.message(lang).replace('\n', " ");
    let _ = match std::error::Error::source(error) {
        Some(cause) if error.kind() == crate::error::Kind::Internal => {
            writeln!(std::io::stderr(), "jianyan: {message} ({cause})")
        }
        _ => writeln!(std::io::stderr(), "jianyan: {message}"),
    };
}

/// A JSON document, the only thing on standard output.
pub(super) fn json<T: serde::Serialize>(value: &T) -> Result<()> {
    let text = serde_json::to_string_pretty(value).map_err(Error::internal)?;
    say(&text);
    Ok(())
}

/// An error about a file or a name, with the place before it unless its words hold it.
pub(super) fn about(place: &str, error: Error) -> Error {
    let both = error.both();
    if both.zh.contains(place) && both.en.contains(place) {
        return error;
    }
    let named = Error::new(
        error.kind(),
        format!("{place}：{}", both.zh),
        format!("{place}: {}", both.en),
    );
    match std::error::Error::source(&error) {
        Some(cause) => named.caused_by(cause.to_string()),
        None => named,
    }
}
