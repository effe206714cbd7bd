//! How the office can be reached, in the notice's own facts.

/// What the notice says about reaching the office. What it does not say is None and is left out
/// of the page; nothing is guessed.
#[derive(Clone, Debug, Default)]
pub struct Ways {
    /// Contact person as printed, such as 林老师 or 质监科.
    pub person: Option<String>,
    /// Telephone as printed; digits and hyphens also make the `tel:` link.
    pub phone: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Postal address, also for visits.
    pub address: Option<String>,
    /// Hours for calls and visits, as printed.
    pub hours: Option<String>,
}

impl Ways {
    /// Whether there is any way besides the form.
    #[must_use]
    pub const fn any(&self) -> bool {
        self.phone.is_some() || self.email.is_some() || self.address.is_some()
    }
}
