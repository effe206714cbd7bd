//! What the public's pages show of a consultation, loaded and put into words.

use super::changes::no_such_version;
use crate::clock::beijing;
use crate::consultations::find;
use crate::consultations::model::{Consultation, Stage as ModelStage, WindowChange};
use crate::documents::model::DocumentKind;
use crate::documents::published;
use crate::error::Result;
use crate::web::app::App;
use crate::web::assets;
use crate::web::dates;
use crate::web::known::Looked;
use crate::web::layout::{Layout, Runner};
pub(super) use crate::web::public::stage::stage;
use crate::web::public::ways::Ways;
use crate::web::shelf::{Text, Texts};
use crate::web::site_layout;
use crate::words::Lang;
use jiff::Timestamp;
use std::sync::Arc;

/// A consultation with one version of its texts.
pub(super) struct View {
    pub(super) consultation: Consultation,
    pub(super) texts: Arc<Texts>,
}

impl View {
    /// Loads the consultation with this short name, with the texts that readers see now.
    pub(super) async fn load(app: &App, slug: String) -> Result<Self> {
        let now = app.clock.now();
        let consultation = app
            .database
            .read(move |db| find::by_slug(db, &slug, now))
            .await?;
        let number = consultation.version;
        Self::of(app, consultation, number).await
    }

    /// The consultation with this short name, with a version that readers may see.
    pub(super) async fn of_version(app: &App, slug: String, number: i32) -> Result<Self> {
        let now = app.clock.now();
        let consultation = app
            .database
            .read(move |db| find::by_slug(db, &slug, now))
            .await?;
        if !(1..=consultation.version).contains(&number) {
            return Err(no_such_version());
        }
        Self::of(app, consultation, number).await
    }

    /// A consultation with a version of its texts.
    pub(super) async fn of(app: &App, consultation: Consultation, number: i32) -> Result<Self> {
        let now = app.clock.now();
        let texts = app
            .shelf
            .texts(&app.database, &consultation, number, now)
            .await?;
        Ok(Self {
            consultation,
            texts,
        })
    }

    /// The number of the version.
    pub(super) fn number(&self) -> i32 {
        let version = self.texts.version.as_ref();
        version.map_or(self.consultation.version, |version| version.number)
    }

    /// The text that opinions are asked on.
    pub(super) fn draft(&self) -> Option<&Text> {
        self.texts.draft()
    }

    /// 起草说明.
    pub(super) fn explanation(&self) -> Option<&Text> {
        self.texts.first(DocumentKind::Explanation)
    }

    /// How the window was extended, the oldest change first.
    pub(super) async fn window_changes(&self, app: &App) -> Result<Vec<WindowChange>> {
        let id = self.consultation.id.clone();
        app.database
            .read(move |db| find::window_changes(db, &id))
            .await
    }

    /// The address of the consultation's pages in a language.
    pub(super) fn base(&self, lang: Lang) -> String {
        format!("{}/c/{}", lang.prefix(), self.consultation.slug)
    }
}

/// The consultation and its sections, from memory when they were looked up a moment ago.
pub(super) async fn known(app: &App, slug: &str) -> Result<Arc<Looked>> {
    if let Some(known) = app.known.get(slug) {
        return Ok(known);
    }
    let (slug, now) = (slug.to_owned(), app.clock.now());
    let (consultation, sections) = app
        .database
        .read(move |db| {
            let consultation = find::by_slug(db, &slug, now)?;
            let sections = published::sections(db, &consultation.id, consultation.version)?;
            Ok((consultation, sections))
        })
        .await?;
    Ok(app.known.put(consultation, sections))
}

/// The frame of a consultation's page, with its office named and how to reach it.
pub(super) fn layout(app: &App, lang: Lang, path: &str, consultation: &Consultation) -> Layout {
    let Ways { phone, email, .. } = ways(consultation);
    Layout {
        office: consultation.issuer.clone(),
        runner: Runner {
            name: consultation.issuer.clone(),
            phone,
            email,
        },
        ..site_layout::layout(app, lang, path)
    }
}

/// The same for a page that loads the script for reading.
pub(super) fn reading_layout(
    app: &App,
    lang: Lang,
    path: &str,
    consultation: &Consultation,
) -> Layout {
    Layout {
        script: Some(assets::script_href()),
        ..layout(app, lang, path, consultation)
    }
}

/// The same for the steps of the form, which load the script that keeps what is typed on the device.
pub(super) fn form_layout(
    app: &App,
    lang: Lang,
    path: &str,
    consultation: &Consultation,
) -> Layout {
    Layout {
        script: Some(assets::form_script_href()),
        ..layout(app, lang, path, consultation)
    }
}

/// First and last day with the weekday, and how long is left, in words.
pub(super) struct Days {
    pub(super) opens: String,
    pub(super) closes: String,
    pub(super) left: String,
}

/// The window in words.
pub(super) fn days(consultation: &Consultation, now: Timestamp, lang: Lang) -> Days {
    let window = &consultation.window;
    let today = now.to_zoned(beijing()).date();
    let count = |days: i64| u32::try_from(days).unwrap_or(0);
    let left = match consultation.stage(now) {
        ModelStage::Open => dates::left(lang, count(window.days_left(today) - 1)),
        ModelStage::Coming => {
            let until = window
                .opens_on
                .since(today)
                .map_or(0, |span| i64::from(span.get_days()));
            dates::until_opening(lang, count(until))
        }
        ModelStage::Closed | ModelStage::Answered => String::new(),
    };
    Days {
        opens: dates::long(lang, window.opens_on),
        closes: dates::long(lang, window.closes_on),
        left,
    }
}

/// The ways to reach the office, in the notice's own facts.
pub(super) fn ways(consultation: &Consultation) -> Ways {
    let contact = &consultation.contact;
    let (phone, phone_note) = number_and_note(contact.phone.as_deref());
    Ways {
        person: contact.person.clone(),
        phone,
        phone_note,
        email: contact.email.clone(),
        address: contact.address.clone(),
    }
}

/// A number such as `0900-5550117(白天)` in its two parts.
fn number_and_note(printed: Option<&str>) -> (Option<String>, Option<String>) {
    let Some(printed) = printed else {
        return (None, None);
    };
    let (number, note) = printed.split_once(['(', '（']).unwrap_or((printed, ""));
    let note = note.trim().trim_end_matches([')', '）']);
    (
        Some(number.trim().to_owned()),
        Some(note.to_owned()).filter(|note| !note.is_empty()),
    )
}

/// The date and time of an instant in Beijing, in words.
pub(super) fn moment(at: Timestamp, lang: Lang) -> String {
    dates::moment(lang, at.to_zoned(beijing()).datetime())
}
