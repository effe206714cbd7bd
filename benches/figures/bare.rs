//! The limits: servers that do the same work with actix-web and nothing of ours around it, each in
//! a process of its own with as many workers as `jianyan serve` has.

use crate::figure::Result;
use crate::process::Running;
use actix_web::http::header;
use actix_web::web::{self, Bytes, Data};
use actix_web::{App, HttpResponse, HttpServer};
use jianyan::clock::{Clock, SystemClock};
use jianyan::intake::form::{RawForm, Rules, read};
use jianyan::intake::model::submission::{Channel, ReceivedBasis};
use std::io::{BufRead, BufReader, Write};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Command, ExitCode};

/// The word that makes this program one of these servers.
pub const COMMAND: &str = "bare";

/// Runs a server: `page FILE TYPE` answers a file's bytes, `intake` takes the form. Its address is
/// the first line on standard output.
pub fn run(arguments: &[String]) -> ExitCode {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let page = match arguments.as_slice() {
        ["page", file, media_type] => Page {
            body: std::fs::read(file).expect("the page can be read").into(),
            media_type: (*media_type).to_owned(),
        },
        _ => Page {
            body: Bytes::new(),
            media_type: String::new(),
        },
    };
    actix_web::rt::System::new()
        .block_on(serve(Data::new(page)))
        .map_or(ExitCode::FAILURE, |()| ExitCode::SUCCESS)
}

struct Page {
    body: Bytes,
    media_type: String,
}

async fn serve(page: Data<Page>) -> std::io::Result<()> {
    let server = HttpServer::new(move || {
        App::new()
            .app_data(page.clone())
            .route("/healthz", web::get().to(HttpResponse::Ok))
            .route("/c/{slug}/s/{section}", web::get().to(same_bytes))
            .route("/c/{slug}/draft", web::get().to(same_bytes))
            .route("/c/{slug}/submissions", web::post().to(parse_and_validate))
    })
    .bind("127.0.0.1:0")?;
    let address = server.addrs()[0];
    let mut out = std::io::stdout();
    writeln!(out, "{address}")?;
    out.flush()?;
    server.run().await
}

async fn same_bytes(page: Data<Page>) -> HttpResponse {
    HttpResponse::Ok()
        .content_type(page.media_type.as_str())
        .body(page.body.clone())
}

async fn parse_and_validate(body: Bytes) -> HttpResponse {
    let Ok(fields) = serde_urlencoded::from_bytes::<Vec<(String, String)>>(&body) else {
        return HttpResponse::BadRequest().finish();
    };
    let mut raw = RawForm::default();
    for (name, value) in fields {
        match name.as_str() {
            "section" => raw.section = value,
            "text" => raw.text = value,
            "sender_kind" => raw.sender_kind = value,
            "name" => raw.name = value,
            "organisation" => raw.organisation = value,
            "phone" => raw.phone = value,
            "email" => raw.email = value,
            "address" => raw.address = value,
            "consent" => raw.consent = value,
            _ => {}
        }
    }
    let checked = read(
        &raw,
        Rules::Public,
        Channel::Web,
        ReceivedBasis::Form,
        SystemClock.now(),
    );
    match checked {
        Ok(_) => HttpResponse::SeeOther()
            .insert_header((header::LOCATION, "/r/0000-0000-0000-0000?sent=1"))
            .finish(),
        Err(_) => HttpResponse::UnprocessableEntity().finish(),
    }
}

/// A bare server that runs.
pub struct Bare {
    _process: Running,
    pub address: SocketAddr,
}

impl Bare {
    /// Starts a server that answers these bytes.
    pub fn page(body: &Path, media_type: &str) -> Result<Self> {
        Self::start(own_program()?.arg("page").arg(body).arg(media_type))
    }

    /// Starts a server that takes the form.
    pub fn intake() -> Result<Self> {
        Self::start(own_program()?.arg("intake"))
    }

    fn start(command: &mut Command) -> Result<Self> {
        let (process, out) = Running::with_output(command)?;
        let mut line = String::new();
        BufReader::new(out)
            .read_line(&mut line)
            .map_err(|cause| format!("the bare server: {cause}"))?;
        let address = line
            .trim()
            .parse()
            .map_err(|_| "the bare server did not start".to_owned())?;
        Ok(Self {
            _process: process,
            address,
        })
    }
}

fn own_program() -> Result<Command> {
    let program = std::env::current_exe().map_err(|cause| cause.to_string())?;
    let mut command = Command::new(program);
    command.arg(COMMAND);
    Ok(command)
}
