//! The public's pages and what they can do there.

mod api;
mod busy;
mod changes;
mod comment;
mod consultation;
mod contents;
mod document;
mod embed;
mod feedback;
mod feeds;
mod find;
mod follow;
mod follower;
mod journey;
mod kept;
mod list;
mod meta;
mod moved;
mod nav;
mod old_version;
mod original;
mod paper;
mod preferences;
mod privacy;
mod receipt;
mod section;
mod submit;
mod submit_places;
mod texts;
mod units;
mod uploads;
mod view;
mod wall;

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
        .service(resource("/c/{slug}/uploads").route(post().to(uploads::take)))
        .service(resource("/c/{slug}/v/{number}/s/{section}").route(get().to(old_version::section)))
        .service(resource("/c/{slug}/v/{number}/draft").route(get().to(old_version::draft)))
        .service(resource("/c/{slug}/versions").route(get().to(changes::versions)))
        .service(resource("/c/{slug}/changes/{number}").route(get().to(changes::show)))
        .service(resource("/c/{slug}/s/{section}/embed").route(get().to(embed::show)))
        .service(resource("/feed.xml").route(get().to(feeds::atom)))
        .service(
            resource("/c/{slug}/comment")
                .route(get().to(journey::start))
                .route(post().to(journey::act)),
        )
        .service(
            resource("/c/{slug}/comment/files")
                .route(get().to(submit::back_to_form))
                .route(post().to(journey::add)),
        )
        .service(resource("/c/{slug}/draft").route(get().to(document::draft)))
        .service(resource("/c/{slug}/explanation").route(get().to(document::explanation)))
        .service(resource("/c/{slug}/attachments/{number}").route(get().to(document::attachment)))
        .service(resource("/c/{slug}/units").route(get().to(units::list)))
        .service(resource("/c/{slug}/units/{unit}").route(get().to(units::show)))
        .service(resource("/c/{slug}/find").route(get().to(find::show)))
        .service(resource("/c/{slug}/original/{number}").route(get().to(original::file)))
        .service(resource("/c/{slug}/images/{sha256}").route(get().to(original::picture)))
        .service(resource("/c/{slug}/feedback").route(get().to(feedback::show)))
        .service(
            resource("/c/{slug}/follow")
                .route(get().to(follow::show))
                .route(post().to(follow::ask)),
        )
        .service(resource("/c/{slug}/follow/sent").route(get().to(follow::sent)))
        .service(
            resource("/f/{follower}/{token}")
                .route(get().to(follower::confirm_page))
                .route(post().to(follower::confirm)),
        )
        .service(
            resource("/f/{follower}/{token}/stop")
                .route(get().to(follower::stop_page))
                .route(post().to(follower::stop)),
        )
        .service(resource("/c/{slug}/comments").route(get().to(wall::show)))
        .service(resource("/c/{slug}").route(get().to(consultation::show)))
        .service(resource("/c/{slug}/paper").route(get().to(paper::show)))
        .configure(receipt::addresses)
        .service(
            resource("/preferences")
                .route(get().to(preferences::show))
                .route(post().to(preferences::save)),
        )
        .service(resource("/privacy").route(get().to(privacy::show)));
}

/// The addresses that are the same in every language.
pub(in crate::web) fn common(config: &mut ServiceConfig) {
    config
        .service(resource("/sitemap.xml").route(get().to(feeds::map)))
        .service(resource("/sitemap-{number}.xml").route(get().to(feeds::map_part)))
        .service(resource("/robots.txt").route(get().to(feeds::for_robots)))
        .configure(api::addresses);
}

pub(in crate::web) use list::show as list;
pub(in crate::web) use wall::{forget as forget_wall, said as said_on_wall};
