//! `GET /office/c/{slug}/submissions/{submission}/attachments/{id}`: a file that came along, as a
//! download only, never shown in the page.

use crate::audit::model::Action;
use crate::consultations::model::Consultation;
use crate::error::{Error, Kind, Result};
use crate::export::file_name::attachment_disposition;
use crate::intake::find::{FoundAttachment, by_id};
use crate::intake::model::attachment::Scan;
use crate::web::app::App;
use crate::web::frame::{Office, shown};
use crate::web::office::refusal::Reason;
use crate::web::viewed::{Look, taken};
use crate::words::Lang;
use actix_web::http::header;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

/// Sends the file and notes who fetched it.
pub(super) async fn fetch(
    app: Data<App>,
    request: HttpRequest,
    at: Path<(String, String, String)>,
) -> HttpResponse {
    shown(app, request, |office| async move {
        let (slug, submission, id) = at.into_inner();
        let consultation = office.consultation(&slug).await?;
        let file = find(&office, &consultation, submission, &id).await?;
        if let Some(why) = withheld(file.scan, office.lang) {
            return Ok(office.refusal(Reason::Withheld, why));
        }
        let (storage, name) = (office.app.storage.clone(), file.sha256.clone());
        let bytes = actix_web::web::block(move || storage.fetch(&name))
            .await
            .map_err(Error::internal)??;
        let look = Look {
            owner: &consultation.id,
            action: Action::AttachmentFetched,
            subject: "attachment",
            subject_id: &file.id,
        };
        taken(&office, look, serde_json::json!({"sha256": file.sha256})).await?;
        Ok(as_download(&file.name, bytes))
    })
    .await
}

/// Why a file is not given out.
pub(super) const fn withheld(scan: Scan, lang: Lang) -> Option<&'static str> {
    match (scan, lang) {
        (Scan::None | Scan::Clean, _) => None,
        (Scan::Held, Lang::Zh) => {
            Some("病毒扫描程序没有应答，这个附件还没有查过。系统会自动再查，查完没有问题就能下载。")
        }
        (Scan::Held, Lang::En) => Some(
            "The virus scanner did not answer, so this file has not been checked. It is asked again by itself; when the file is clean it can be downloaded.",
        ),
        (Scan::Infected, Lang::Zh) => {
            Some("这个附件里查出了病毒，不能下载。请联系提出人，换一份没有问题的文件。")
        }
        (Scan::Infected, Lang::En) => Some(
            "A virus was found in this file, so it cannot be downloaded. Ask the sender for another copy.",
        ),
    }
}

/// A file that a browser saves and never shows.
fn as_download(name: &str, bytes: Vec<u8>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "application/octet-stream"))
        .insert_header((header::CONTENT_DISPOSITION, attachment_disposition(name)))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; sandbox",
        ))
        .body(bytes)
}

/// The attachment with this identifier, if its bytes were kept.
async fn find(
    office: &Office,
    consultation: &Consultation,
    submission: String,
    id: &str,
) -> Result<FoundAttachment> {
    let (owner, vault) = (consultation.clone(), office.app.vault.clone());
    let database = &office.app.database;
    let found = database
        .read(move |db| by_id(db, &vault, &owner, &submission))
        .await?;
    let erased = found.erased_at.is_some();
    let file = found.attachments.into_iter().find(|file| file.id == id);
    let missing = |zh: &str, en: &str| Err(Error::new(Kind::NotFound, zh, en));
    match file {
        Some(file) if file.kept => Ok(file),
        Some(_) if erased => missing(
            "这个附件已按提出人的要求删除",
            "this attachment was erased at the sender's request",
        ),
        Some(_) => missing(
            "这个附件超过大小上限，只保存在原始邮件里",
            "this attachment is over the limit and stands only in the raw letter",
        ),
        None => missing("没有这个附件", "there is no such attachment"),
    }
}
