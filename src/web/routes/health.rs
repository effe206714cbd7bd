//! Signs of life for whoever runs the service.

use crate::web::app::App;
use actix_web::HttpResponse;
use actix_web::web::Data;

/// `GET /healthz`: the process answers.
pub(in crate::web) async fn healthz() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain").body("ok\n")
}

/// `GET /readyz`: database and storage answer too; 503 with the name of the one that does not.
pub(in crate::web) async fn readyz(app: Data<App>) -> HttpResponse {
    let database = app.database.ready().await;
    let storage = app.storage.clone();
    let storage = actix_web::web::block(move || storage.ready()).await;
    let word = |good: bool| if good { "ok" } else { "failed" };
    let (database, storage) = (database.is_ok(), matches!(storage, Ok(Ok(()))));
    let body = serde_json::json!({"database": word(database), "storage": word(storage)});
    if database && storage {
        HttpResponse::Ok().json(body)
    } else {
        HttpResponse::ServiceUnavailable().json(body)
    }
}
