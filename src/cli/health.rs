//! `jianyan health --url URL`: for health checks in containers that have no other HTTP client.

use crate::error::{Error, Kind, Result};
use clap::Args;
use std::io::{Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::time::Duration;

#[derive(Args)]
pub(super) struct Options {
    /// The address to ask, with http://
    #[arg(long, default_value = "http://127.0.0.1:8080/healthz")]
    url: String,
}

const WAIT: Duration = Duration::from_secs(4);

pub(super) fn run(options: &Options) -> Result<()> {
    let status = ask(&options.url).map_err(|cause| unwell().caused_by(cause))?;
    if status == 200 { Ok(()) } else { Err(unwell()) }
}

/// The status that the service answers a GET with.
fn ask(url: &str) -> std::io::Result<u16> {
    let wrong = || std::io::Error::new(std::io::ErrorKind::InvalidInput, "not an http:// address");
    let rest = url.strip_prefix("http://").ok_or_else(wrong)?;
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host_port = if host.contains(':') {
        host.to_owned()
    } else {
        format!("{host}:80")
    };
    let address = host_port.to_socket_addrs()?.next().ok_or_else(wrong)?;
    let mut stream = TcpStream::connect_timeout(&address, WAIT)?;
    stream.set_read_timeout(Some(WAIT))?;
    stream.set_write_timeout(Some(WAIT))?;
    write!(
        stream,
        "GET /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
    )?;
    let mut head = [0_u8; 12];
    stream.read_exact(&mut head)?;
    let status = std::str::from_utf8(&head)
        .ok()
        .and_then(|line| line.get(9..12));
    status.and_then(|code| code.parse().ok()).ok_or_else(wrong)
}

fn unwell() -> Error {
    Error::new(
        Kind::Unavailable,
        "服务没有正常应答，请查看服务日志",
        "the service does not answer as it should; see its log",
    )
}
