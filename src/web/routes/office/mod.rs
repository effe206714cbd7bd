//! The office: signing in, the queue, one remark, entering what came by hand, files.

mod accounts;
mod attachment;
mod audit;
mod desk;
mod entry;
mod exports;
mod imports;
mod letters;
mod mailboxes;
mod mails;
mod messages;
mod messages_view;
mod outcome;
mod password;
mod publish;
mod queue;
mod remark;
mod remark_origin;
mod remark_view;
mod requests;
mod sections;
mod sign_in;
mod wall;
mod window;

use actix_web::web::{ServiceConfig, get, post, resource};

/// The addresses, below a language's prefix.
pub(in crate::web) fn addresses(config: &mut ServiceConfig) {
    imports::addresses(config);
    letters::addresses(config);
    requests::addresses(config);
    config
        .service(
            resource("/office/sign-in")
                .route(get().to(sign_in::show))
                .route(post().to(sign_in::sign_in)),
        )
        .service(resource("/office/sign-out").route(post().to(sign_in::sign_out)))
        .service(
            resource("/office/password")
                .route(get().to(password::show))
                .route(post().to(password::post)),
        )
        .service(resource("/office").route(get().to(desk::show)))
        .service(resource("/office/accounts").route(get().to(accounts::show)))
        .service(resource("/office/mailboxes").route(get().to(mailboxes::show)))
        .service(resource("/office/mailboxes/retry").route(post().to(mailboxes::again)))
        .service(resource("/office/mailboxes/assign").route(post().to(letters::assign)))
        .service(
            resource("/office/mailboxes/letters/{id}/raw").route(get().to(mailboxes::original)),
        )
        .service(resource("/office/mails").route(get().to(mails::show)))
        .service(resource("/office/mails/retry").route(post().to(mails::again)))
        .service(resource("/office/c/{slug}/remarks").route(get().to(queue::show)))
        .service(resource("/office/c/{slug}/remarks/{id}").route(get().to(remark::show)))
        .service(
            resource("/office/c/{slug}/remarks/{id}/outcome").route(post().to(outcome::answer)),
        )
        .service(
            resource("/office/c/{slug}/remarks/{id}/section").route(post().to(outcome::move_to)),
        )
        .service(resource("/office/c/{slug}/submissions/new").route(get().to(entry::show)))
        .service(resource("/office/c/{slug}/submissions").route(post().to(entry::register)))
        .service(
            resource("/office/c/{slug}/export")
                .route(get().to(exports::show))
                .route(post().to(exports::make)),
        )
        .service(
            resource("/office/c/{slug}/publish")
                .route(get().to(publish::ask))
                .route(post().to(publish::publish)),
        )
        .service(
            resource("/office/c/{slug}/window")
                .route(get().to(window::show))
                .route(post().to(window::post)),
        )
        .service(
            resource("/office/c/{slug}/wall")
                .route(get().to(wall::show))
                .route(post().to(wall::switch)),
        )
        .service(resource("/office/c/{slug}/wall/{remark}").route(post().to(wall::choose)))
        .service(resource("/office/c/{slug}/audit").route(get().to(audit::show)))
        .service(
            resource("/office/c/{slug}/submissions/{id}/messages")
                .route(get().to(messages::show))
                .route(post().to(messages::post)),
        )
        .service(
            resource("/office/c/{slug}/submissions/{submission}/attachments/{id}")
                .route(get().to(attachment::fetch)),
        );
}
