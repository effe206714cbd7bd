//! `GET /office/c/{slug}/submissions/{submission}/attachments/{id}`: a file that came along, as a
//! download only, never shown in the page.

use crate::audit::model::{Action, NewEvent};
use crate::audit::record::record;
use crate::error::{Error, Kind};
use crate::export::file_name::attachment_disposition;
use crate::intake::find::by_id;
use crate::web::app::App;
use crate::web::frame::shown;
use actix_web::http::header;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use std::sync::Arc;

/// Sends the file and notes who fetched it.
pub(super) async fn fetch(
    app: Data<App>,
    request: HttpRequest,
    at: Path<(String, String, String)>,
) -> HttpResponse {
    shown(app, request, |office| async move {
        let (slug, submission, id) = at.into_inner();
        let consultation = office.consultation(&slug).await?;
        let (owner, vault) = (consultation.clone(), office.app.vault.clone());
        let file = office
            .app
            .database
            .read(move |db| by_id(db, &vault, &owner, &submission))
            .await?
            .attachments
            .into_iter()
            .find(|file| file.id == id)
            .ok_or_else(|| {
                Error::new(
                    Kind::NotFound,
                    "没有这个附件",
                    "there is no such attachment",
                )
            })?;
        if !file.kept {
            return Err(Error::new(
                Kind::NotFound,
                "这个附件超过大小上限，只保存在原始邮件里",
                "this attachment is over the limit and stands only in the raw letter",
            ));
        }
        let (storage, name) = (office.app.storage.clone(), file.sha256.clone());
        let bytes = actix_web::web::block(move || storage.fetch(&name))
            .await
            .map_err(Error::internal)??;
        let (actor, clock) = (
            office.signed_in.staff.actor(),
            Arc::clone(&office.app.clock),
        );
        let (owner, fetched, sha256) = (
            consultation.id.clone(),
            file.id.clone(),
            file.sha256.clone(),
        );
        office
            .app
            .database
            .write(move |db| {
                let event = NewEvent {
                    consultation: &owner,
                    action: Action::AttachmentFetched,
                    subject: "attachment",
                    subject_id: &fetched,
                    detail: serde_json::json!({"sha256": sha256}),
                };
                record(db, &actor, clock.now(), &event)
            })
            .await?;
        Ok(HttpResponse::Ok()
            .insert_header((header::CONTENT_TYPE, "application/octet-stream"))
            .insert_header((
                header::CONTENT_DISPOSITION,
                attachment_disposition(&file.name),
            ))
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
            .insert_header((
                header::CONTENT_SECURITY_POLICY,
                "default-src 'none'; sandbox",
            ))
            .body(bytes))
    })
    .await
}
