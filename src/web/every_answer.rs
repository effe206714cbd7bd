//! What holds for every answer, whatever gave it: a probe for the head (HEAD) is answered like the
//! page itself, and the headers that guard the reader are there, also on a page that was kept, a 304,
//! a redirect, a 404 or a 405. What the HTTP library refuses before it has a request (a line it
//! cannot read, too large a head) has neither headers nor a body.

use super::app::App;
use super::respond::security;
use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{Service, ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::web::Data;
use std::future::Future;

/// Answers a request by `service`, with what holds for all.
pub(super) fn answer<S, B>(
    mut request: ServiceRequest,
    service: &S,
) -> impl Future<Output = Result<ServiceResponse<B>, Error>> + use<S, B>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error>,
    B: MessageBody,
{
    if let Some(app) = request.app_data::<Data<App>>() {
        let now = app.clock.now();
        app.guardrails
            .notice(request.request(), &app.config.public_url, now);
    }
    if request.method() == Method::HEAD {
        // The connection itself remembers what was asked and leaves the body out (RFC 9110, 9.3.2).
        request.head_mut().method = Method::GET;
    }
    let answer = service.call(request);
    async move {
        let mut response = answer.await?;
        security(response.headers_mut());
        Ok(response)
    }
}
