//! Files that come with a submission.

/// A file that came along. Its bytes are in storage already.
#[derive(Clone, Debug)]
pub struct NewAttachment {
    pub name: String,
    pub media_type: String,
    pub bytes: i64,
    pub sha256: String,
    /// False when it was over the limit and stands only in the raw letter.
    pub kept: bool,
    pub scan: Scan,
}

/// A file that waits for its form to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    pub id: String,
    /// Made plain, with the extension of what it is.
    pub name: String,
    pub media_type: String,
    /// As it is kept: of a picture, after it was made anew.
    pub bytes: i64,
    /// Of what is kept. It belongs to what makes a submission the same one when it comes again: the
    /// same words with another file are another submission.
    pub sha256: String,
    pub scan: Scan,
}

/// What the virus scanner said of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scan {
    /// No scanner is set up.
    None,
    /// The scanner could not be reached: nobody may open the file until it was.
    Held,
    Clean,
    Infected,
}

impl Scan {
    /// The code that is stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Held => "held",
            Self::Clean => "clean",
            Self::Infected => "infected",
        }
    }

    /// What a stored code says; held for an unknown one.
    #[must_use]
    pub fn parse(code: &str) -> Self {
        match code {
            "none" => Self::None,
            "clean" => Self::Clean,
            "infected" => Self::Infected,
            _ => Self::Held,
        }
    }
}
