//! What the steps carry from page to page: the opinions written down, the sender, the files. It
//! lives in the pages' hidden fields and, with the script, on the person's device; never here.

use super::written::words_of;
use crate::documents::model::quote::TextQuote;
use crate::error::{Error, Result};
use crate::intake::form::{RawForm, RawRemark};
use crate::intake::upload::Upload;
use crate::intake::upload::claim::find;
use crate::intake::upload::token::from_token;
use crate::web::app::App;
use crate::web::form_data::FormData;
use crate::web::limits::mark;
use crate::web::upload::public::TOKEN_FIELD;
use crate::words::Lang;
use serde::{Deserialize, Serialize};

/// One opinion as the hidden field `tray` holds it (a JSON list); the script on the pages keeps the
/// same text on the device.
#[derive(Serialize, Deserialize)]
struct Kept {
    /// Anchor of the section.
    #[serde(default)]
    section: String,
    #[serde(default)]
    version: Option<i32>,
    #[serde(default)]
    text: String,
    #[serde(default)]
    suggested: String,
    #[serde(default)]
    quote: Option<TextQuote>,
}

/// Everything that was filled in so far.
#[derive(Clone, Debug, Default)]
pub(in crate::web::routes::public) struct State {
    /// The opinions written down are `form.gathered`; the one on the page is the form's own.
    pub(in crate::web::routes::public) form: RawForm,
    /// The number of the opinion that is being changed, from 1.
    pub(super) editing: Option<usize>,
    /// The tokens of the files that wait.
    pub(in crate::web::routes::public) uploads: Vec<String>,
    /// Those files, in the same order, once they were looked for.
    pub(super) files: Vec<Upload>,
    /// When the first page of the form was made, signed.
    mark: String,
}

/// The sender's fields, in the order of the form.
const WHO: [&str; 9] = [
    "sender_kind",
    "organisation",
    "credit_code",
    "name",
    "phone",
    "email",
    "address",
    "district",
    "capacity",
];

impl State {
    /// A form that somebody has just opened.
    pub(super) fn new(app: &App, lang: Lang) -> Result<Self> {
        let form = RawForm {
            lang,
            ..RawForm::default()
        };
        Ok(Self {
            form,
            mark: mark::new(&app.vault, app.clock.now())?,
            ..Self::default()
        })
    }

    /// Reads the fields of any step.
    ///
    /// # Errors
    /// `Kind::Invalid` when the list of opinions is not ours.
    pub(in crate::web::routes::public) fn read(form: &FormData, lang: Lang) -> Result<Self> {
        let tray = form.get("tray");
        let kept: Vec<Kept> = if tray.trim().is_empty() {
            Vec::new()
        } else {
            serde_json::from_str(tray).map_err(|cause| unreadable().caused_by(cause))?
        };
        let gathered = kept.into_iter().map(RawRemark::from).collect();
        let raw = RawForm {
            gathered,
            quote: quote(form).filter(|_| form.get("whole") != "yes"),
            version: form.get("version").parse().ok(),
            lang,
            ..form.submission()
        };
        Ok(Self {
            form: raw,
            editing: form
                .get("editing")
                .parse()
                .ok()
                .filter(|number| *number > 0),
            uploads: form
                .all(TOKEN_FIELD)
                .map(str::to_owned)
                .filter(|token| !token.is_empty())
                .collect(),
            files: Vec::new(),
            mark: form.take("mark"),
        })
    }

    /// The opinion on the page.
    pub(super) fn own(&self) -> RawRemark {
        RawRemark {
            section: self.form.section.clone(),
            version: self.form.version,
            quote: self.form.quote.clone(),
            text: self.form.text.clone(),
            suggested: self.form.suggested.clone(),
        }
    }

    /// The opinions written down, and the one on the page unless it was left blank.
    pub(super) fn everything(&self) -> Vec<RawRemark> {
        let own = Some(self.own()).filter(|own| !own.is_blank());
        self.form.gathered.iter().cloned().chain(own).collect()
    }

    /// Every word that was typed, to be given back when something goes wrong.
    pub(in crate::web::routes::public) fn all_words(&self) -> String {
        let words: Vec<String> = self.everything().iter().map(words_of).collect();
        words.join("\n\n")
    }

    /// Looks for the files that wait; one that is gone (it was not sent for a day) is forgotten, so
    /// that nobody is stuck with a file that cannot be seen, taken out or sent.
    pub(in crate::web::routes::public) async fn look_for_files(
        &mut self,
        app: &App,
        consultation: &str,
    ) -> Result<()> {
        if self.uploads.is_empty() {
            return Ok(());
        }
        let mut tokens = Vec::with_capacity(self.uploads.len());
        for token in self.uploads.drain(..) {
            let id = from_token(&app.vault, consultation, &token)?;
            tokens.extend(id.map(|id| (id, token)));
        }
        let ids: Vec<String> = tokens.iter().map(|(id, _)| id.clone()).collect();
        let owner = consultation.to_owned();
        self.files = app.database.read(move |db| find(db, &owner, &ids)).await?;
        let is_there = |id: &str| self.files.iter().any(|file| file.id == id);
        tokens.retain(|(id, _)| is_there(id));
        self.uploads = tokens.into_iter().map(|(_, token)| token).collect();
        Ok(())
    }

    /// Takes a file out, by its number from 1.
    pub(super) fn take_out(&mut self, number: usize) {
        if let Some(index) = number
            .checked_sub(1)
            .filter(|index| *index < self.files.len())
        {
            self.files.remove(index);
            self.uploads.remove(index);
        }
    }

    /// Puts an opinion on the page.
    pub(super) fn put(&mut self, remark: RawRemark) {
        self.form.section = remark.section;
        self.form.version = remark.version;
        self.form.quote = remark.quote;
        self.form.text = remark.text;
        self.form.suggested = remark.suggested;
    }

    /// Writes the opinion on the page down: in its old place when it was being changed, else last.
    pub(super) fn gather(&mut self) {
        let own = self.own();
        let place = self.editing.take().and_then(|number| number.checked_sub(1));
        match place.and_then(|index| self.form.gathered.get_mut(index)) {
            Some(old) => *old = own,
            None => self.form.gathered.push(own),
        }
        self.put(RawRemark::default());
    }

    /// Names and values of the hidden fields. The step that shows the sender's fields leaves them
    /// out here.
    pub(super) fn carried(&self, with_who: bool) -> Result<Vec<(String, String)>> {
        let kept: Vec<Kept> = self.form.gathered.iter().cloned().map(Kept::from).collect();
        let tray = serde_json::to_string(&kept).map_err(Error::internal)?;
        let mut fields = vec![
            ("tray".to_owned(), tray),
            ("mark".to_owned(), self.mark.clone()),
        ];
        let uploads = self.uploads.iter();
        fields.extend(uploads.map(|token| (TOKEN_FIELD.to_owned(), token.clone())));
        if with_who {
            let values = self.who();
            fields.extend(
                WHO.iter()
                    .zip(values)
                    .map(|(name, value)| ((*name).to_owned(), value.to_owned())),
            );
        }
        Ok(fields)
    }

    fn who(&self) -> [&str; 9] {
        let form = &self.form;
        [
            &form.sender_kind,
            &form.organisation,
            &form.credit_code,
            &form.name,
            &form.phone,
            &form.email,
            &form.address,
            &form.district,
            &form.capacity,
        ]
    }
}

fn quote(form: &FormData) -> Option<TextQuote> {
    let exact = form.get("quote_exact");
    (!exact.trim().is_empty()).then(|| TextQuote {
        exact: exact.to_owned(),
        prefix: form.take("quote_prefix"),
        suffix: form.take("quote_suffix"),
    })
}

impl From<Kept> for RawRemark {
    fn from(kept: Kept) -> Self {
        Self {
            section: kept.section,
            version: kept.version,
            quote: kept.quote,
            text: kept.text,
            suggested: kept.suggested,
        }
    }
}

impl From<RawRemark> for Kept {
    fn from(raw: RawRemark) -> Self {
        Self {
            section: raw.section,
            version: raw.version,
            quote: raw.quote,
            text: raw.text,
            suggested: raw.suggested,
        }
    }
}

fn unreadable() -> Error {
    Error::invalid(
        "写好的意见读不出来，没有提交。请返回上一页重新按一次；还不行，请复制您写的内容，从公告页重新开始",
        "the comments written down could not be read and were not sent; go back and press again, or copy what you wrote and start again from the notice",
    )
}
