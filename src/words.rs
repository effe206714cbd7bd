//! The two languages of the interface. Chinese first, English beside it; the published texts
//! themselves are never translated.

/// A number with its noun in English: `1 remark`, `2 remarks`.
#[must_use]
pub fn several(count: impl Into<i128>, noun: &str) -> String {
    let count = count.into();
    let end = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{end}")
}

/// The language a person reads the interface in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Lang {
    #[default]
    Zh,
    En,
}

impl Lang {
    /// Picks the wording for this language. Both wordings stand side by side where they are used,
    /// so that whoever changes one sees the other.
    #[must_use]
    pub fn pick<T>(self, zh: T, en: T) -> T {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }

    /// The BCP 47 tag for a `lang` attribute.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }

    /// The code that is stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
        }
    }

    /// The language of a stored code; Chinese for any other.
    #[must_use]
    pub fn of_code(code: &str) -> Self {
        if code == Self::En.code() {
            Self::En
        } else {
            Self::Zh
        }
    }

    /// What stands before the path of every public page in this language: nothing for Chinese.
    #[must_use]
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::Zh => "",
            Self::En => "/en",
        }
    }

    /// The other language, for the switch at the top of a page.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Zh => Self::En,
            Self::En => Self::Zh,
        }
    }
}

/// One message in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Both {
    pub zh: String,
    pub en: String,
}

impl Both {
    /// Joins the two wordings of one message.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            zh: zh.into(),
            en: en.into(),
        }
    }

    /// The wording in one language.
    #[must_use]
    pub fn in_lang(&self, lang: Lang) -> &str {
        lang.pick(&self.zh, &self.en)
    }
}
