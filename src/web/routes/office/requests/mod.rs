//! Requests about personal data, over all consultations: the work list, one request, its end.

mod deal;
mod list;
mod one;

use actix_web::web::{ServiceConfig, get, post, resource};

/// The addresses, below a language's prefix.
pub(super) fn addresses(config: &mut ServiceConfig) {
    config
        .service(resource("/office/requests").route(get().to(list::show)))
        .service(
            resource("/office/requests/{id}")
                .route(get().to(one::show))
                .route(post().to(deal::deal)),
        )
        .service(resource("/office/requests/{id}/copy").route(get().to(one::copy)));
}
