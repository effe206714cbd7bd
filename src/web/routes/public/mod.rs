//! The public's pages and what they can do there.

mod comment;
mod consultation;
mod document;
mod feedback;
mod kept;
mod list;
mod privacy;
mod receipt;
mod section;
mod submit;
mod texts;
mod view;

use actix_web::web::{ServiceConfig, get, post, resource};

/// The addresses, below a language's prefix.
pub(in crate::web) fn addresses(config: &mut ServiceConfig) {
    config
        .service(
            resource("/c/{slug}/s/{section}")
                .name("section")
                .route(get().to(section::show)),
        )
        .service(
            resource("/c/{slug}/submissions")
                .route(get().to(submit::back_to_form))
                .route(post().to(submit::submit)),
        )
        .service(resource("/c/{slug}/comment").route(get().to(comment::show)))
        .service(resource("/c/{slug}/draft").route(get().to(document::draft)))
        .service(resource("/c/{slug}/explanation").route(get().to(document::explanation)))
        .service(resource("/c/{slug}/feedback").route(get().to(feedback::show)))
        .service(resource("/c/{slug}").route(get().to(consultation::show)))
        .service(resource("/r").route(get().to(receipt::look_up)))
        .service(resource("/r/{number}").route(get().to(receipt::show)))
        .service(resource("/privacy").route(get().to(privacy::show)));
}

pub(in crate::web) use list::show as list;
