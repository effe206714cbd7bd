//! An opinion in one run of words: what it says, the words it is about, the wording it suggests.

use crate::documents::model::quote::TextQuote;

/// The sentence that says a suggested wording.
#[must_use]
pub fn suggestion(quote: Option<&TextQuote>, suggested: &str) -> String {
    match quote {
        Some(quote) => format!("建议将“{}”改为“{suggested}”。", quote.exact),
        None => format!("建议改为：{suggested}"),
    }
}

/// Everything that was said, for a table in which each opinion has one cell.
#[must_use]
pub fn whole(text: &str, quote: Option<&TextQuote>, suggested: Option<&str>) -> String {
    match (quote, suggested) {
        (None, None) => text.to_owned(),
        (Some(quote), None) => format!("（针对“{}”）{text}", quote.exact),
        (quote, Some(suggested)) => {
            let sentence = suggestion(quote, suggested);
            if text == sentence {
                sentence
            } else {
                format!("{text}\n{sentence}")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_opinion_is_said_once_and_whole() {
        let quote = TextQuote {
            exact: "每季度".into(),
            ..TextQuote::default()
        };
        assert_eq!(whole("好。", None, None), "好。");
        assert_eq!(
            whole("太少。", Some(&quote), None),
            "（针对“每季度”）太少。"
        );
        let said = "太少。\n建议将“每季度”改为“每月”。";
        assert_eq!(whole("太少。", Some(&quote), Some("每月")), said);
        let only = suggestion(Some(&quote), "每月");
        assert_eq!(whole(&only, Some(&quote), Some("每月")), only);
        assert_eq!(
            whole("通俗些。", None, Some("甲")),
            "通俗些。\n建议改为：甲"
        );
    }
}
