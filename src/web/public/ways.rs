//! How the office can be reached, in the notice's own facts.

/// What the notice says about reaching the office. What it does not say is None and is left out
/// of the page; nothing is guessed.
#[derive(Clone, Debug, Default)]
pub struct Ways {
    /// Contact person as printed, such as 林老师 or 质监科.
    pub person: Option<String>,
    /// Telephone number as printed, without what stands in brackets after it.
    pub phone: Option<String>,
    /// What the notice adds to the number in brackets: whom it serves, when, where to send texts.
    pub phone_note: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Postal address, also for visits.
    pub address: Option<String>,
}

impl Ways {
    /// Whether there is any way besides the form.
    #[must_use]
    pub const fn any(&self) -> bool {
        self.phone.is_some() || self.email.is_some() || self.address.is_some()
    }
}

/// What a telephone dials of a printed number: nothing from an extension (转802) or a second
/// number on (RFC 3966 takes digits and visual separators).
#[must_use]
pub fn dialled(printed: &str) -> &str {
    let end = printed.find(|c: char| !(c.is_ascii_digit() || matches!(c, '+' | '-' | ' ')));
    let (number, _) = printed
        .split_at_checked(end.unwrap_or(printed.len()))
        .unwrap_or((printed, ""));
    number.trim_end_matches(['-', ' '])
}
