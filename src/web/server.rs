//! The HTTP server: addresses, limits, and stopping without losing what came in.

use super::app::App;
use super::assets;
use super::every_answer;
use super::respond::{error_page, send};
use super::routes::{health, office, public};
use super::site_layout::language;
use super::turns::Turns;
use crate::error::{Error, Kind, Result, why};
use actix_web::dev::{Server, Service, ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::web::{self, Data, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, HttpServer};
use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

/// How long requests that are under way may take when the service is told to stop.
const STOP_WITHIN: u64 = 20;

/// Opens the address.
///
/// # Errors
/// `Kind::Unavailable` when it is taken or not allowed.
pub fn listen(address: SocketAddr) -> Result<TcpListener> {
    TcpListener::bind(address).map_err(|cause| {
        let why = why(&cause);
        Error::new(
            Kind::Unavailable,
            format!("无法监听 {address}：{}；请更换地址或端口（listen设置，demo用--port），或停掉占用它的程序", why.zh),
            format!("cannot listen on {address}: {}; choose another address or port (listen, or --port of demo), or stop what uses it", why.en),
        )
        .caused_by(cause)
    })
}

/// Starts answering on an open address. Await the answer to run until it is told to stop; on
/// SIGTERM and SIGINT it takes no new connections, finishes what is under way, and ends.
///
/// # Errors
/// `Kind::Unavailable` when the address cannot be used.
pub fn start(app: Data<App>, listener: TcpListener) -> Result<Server> {
    let workers = app.config.workers;
    let mut server = HttpServer::new(move || {
        actix_web::App::new()
            .app_data(app.clone())
            .app_data(Data::new(Turns::default()))
            .app_data(web::QueryConfig::default().error_handler(|_, request| bad_address(request)))
            .app_data(web::PathConfig::default().error_handler(|_, request| bad_address(request)))
            .configure(addresses)
            .default_service(web::to(no_such_page))
            .wrap_fn(|request, service| {
                let way = match from_memory(&request) {
                    Some(response) => Way::Kept(request.into_response(response)),
                    None => Way::Asked(service.call(request)),
                };
                async move {
                    match way {
                        Way::Kept(response) => Ok(response),
                        Way::Asked(response) => response.await,
                    }
                }
            })
            // The last is the outermost: no answer goes out past it.
            .wrap_fn(every_answer::answer)
    })
    .keep_alive(Duration::from_secs(30))
    .client_request_timeout(Duration::from_secs(20))
    .shutdown_timeout(STOP_WITHIN);
    if let Some(workers) = workers {
        server = server.workers(workers.max(1));
    }
    server
        .listen(listener)
        .map(HttpServer::run)
        .map_err(Error::internal)
}

/// A page that is in memory goes out before its address is taken apart and a handler sought: that
/// would cost more than sending it.
enum Way<F> {
    Kept(ServiceResponse),
    Asked(F),
}

fn from_memory(request: &ServiceRequest) -> Option<HttpResponse> {
    if request.method() != Method::GET {
        return None;
    }
    let app = request.app_data::<Data<App>>()?;
    let page = app.pages.get(request.path(), app.clock.now())?;
    Some(send(request.request(), &page))
}

fn addresses(config: &mut ServiceConfig) {
    config
        .route("/healthz", web::get().to(health::healthz))
        .route("/readyz", web::get().to(health::readyz))
        .route(assets::VIEW_HREF, web::get().to(assets::view))
        .route("/assets/{name}", web::get().to(assets::serve))
        .route("/", web::get().to(public::list))
        .route("/en", web::get().to(public::list))
        .route("/en/", web::get().to(public::list))
        .service(
            web::scope("/en")
                .configure(public::addresses)
                .configure(office::addresses),
        )
        .configure(public::common)
        .configure(public::addresses)
        .configure(office::addresses);
}

async fn no_such_page(app: Data<App>, request: HttpRequest) -> HttpResponse {
    let (lang, path) = language(request.path());
    error_page(&app, lang, path, &not_found(), None)
}

/// An address whose parts cannot be read is no address of ours.
fn bad_address(request: &HttpRequest) -> actix_web::Error {
    let (lang, path) = language(request.path());
    let response = match request.app_data::<Data<App>>() {
        Some(app) => error_page(app, lang, path, &not_found(), None),
        None => HttpResponse::NotFound().finish(),
    };
    actix_web::error::InternalError::from_response("", response).into()
}

fn not_found() -> Error {
    Error::new(
        Kind::NotFound,
        "没有这个网页，请检查网址，或从首页进入",
        "there is no such page; check the address or start from the front page",
    )
}
