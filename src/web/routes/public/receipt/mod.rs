//! What a sender sees and can do after sending: the receipt, the look-up that leads to it, adding,
//! withdrawing, confirming the address, completing a letter, asking about one's data.
//!
//! Every page of a receipt opens with a pass ([`crate::web::receipt_pass`]). Without a good one it
//! is the look-up form with the number filled in, whether such a number exists or not.

mod changed;
mod complete;
mod complete_view;
mod confirm;
mod door;
mod look_up;
mod requests;
mod show;
mod supplement;
mod withdraw;
mod words;

use actix_web::web::{ServiceConfig, get, post, resource};

/// The addresses, below a language's prefix.
pub(super) fn addresses(config: &mut ServiceConfig) {
    config
        .service(
            resource("/r")
                .route(get().to(look_up::show))
                .route(post().to(look_up::look_up)),
        )
        .service(resource("/r/{number}").route(get().to(show::show)))
        .service(
            resource("/r/{number}/supplement")
                .route(get().to(supplement::show))
                .route(post().to(supplement::add)),
        )
        .service(
            resource("/r/{number}/withdraw")
                .route(get().to(withdraw::ask))
                .route(post().to(withdraw::withdraw)),
        )
        .service(
            resource("/r/{number}/requests")
                .route(get().to(requests::show))
                .route(post().to(requests::ask)),
        )
        .service(
            resource("/r/{number}/complete/{token}")
                .route(get().to(complete::show))
                .route(post().to(complete::fill_in)),
        )
        .service(
            resource("/r/{number}/confirm/{token}")
                .route(get().to(confirm::ask))
                .route(post().to(confirm::confirm)),
        );
}
