//! The e-mails of a consultation: the list, one letter side by side as read and as sent, its text
//! made harmless, and its original to take out.

mod amend;
mod body;
mod decide;
mod guess;
mod inert;
mod list;
mod one;
mod original;
mod view;
mod words;

pub(super) use decide::assign;
pub(super) use list::heads;
pub(super) use one::raw as original_of;
pub(super) use original::{download as as_original, note as note_fetched};
pub(super) use view::correction;
pub(super) use words::road;

use actix_web::web::{ServiceConfig, get, post, resource};

/// The addresses, below a language's prefix.
pub(super) fn addresses(config: &mut ServiceConfig) {
    config
        .service(resource("/office/c/{slug}/letters").route(get().to(list::show)))
        .service(resource("/office/c/{slug}/letters/{id}").route(get().to(one::show)))
        .service(resource("/office/c/{slug}/letters/{id}/contact").route(post().to(amend::contact)))
        .service(resource("/office/c/{slug}/letters/{id}/remarks").route(post().to(amend::remark)))
        .service(resource("/office/c/{slug}/letters/{id}/decide").route(post().to(decide::decide)))
        .service(resource("/office/c/{slug}/letters/{id}/body").route(get().to(body::show)))
        .service(resource("/office/c/{slug}/letters/{id}/raw").route(get().to(original::fetch)));
}
