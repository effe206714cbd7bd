//! Processes that end with whoever started them.

use crate::figure::Result;
use crate::stop;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

const READY_WITHIN: Duration = Duration::from_secs(10);
const LOOK_AGAIN: Duration = Duration::from_micros(500);

/// A process that is killed when this is dropped.
pub struct Running(Child);

impl Running {
    /// Starts a process.
    pub fn start(command: &mut Command) -> Result<Self> {
        command
            .spawn()
            .map(Self)
            .map_err(|cause| format!("cannot start {command:?}: {cause}"))
    }

    /// Starts a process whose standard output is read here.
    pub fn with_output(command: &mut Command) -> Result<(Self, ChildStdout)> {
        let mut process = Self::start(command.stdout(Stdio::piped()))?;
        let out = process.0.stdout.take();
        out.map(|out| (process, out))
            .ok_or_else(|| format!("{command:?} has no output"))
    }

    /// Memory of the process that lies in RAM now, in MiB (`VmRSS` of proc(5)).
    pub fn resident_mib(&self) -> Result<f64> {
        let path = format!("/proc/{}/status", self.0.id());
        let status = std::fs::read_to_string(&path).map_err(|cause| format!("{path}: {cause}"))?;
        status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:"))
            .and_then(|rest| rest.trim().strip_suffix(" kB"))
            .and_then(|number| number.trim().parse::<f64>().ok())
            .map(|kib| kib / 1024.0)
            .ok_or_else(|| format!("{path} has no VmRSS"))
    }

    /// Waits until an address answers 200.
    pub fn ready(&mut self, address: SocketAddr, path: &str) -> Result<()> {
        let until = Instant::now() + READY_WITHIN;
        while Instant::now() < until {
            stop::check()?;
            if let Ok(Some(status)) = self.0.try_wait() {
                return Err(format!("the server ended at once: {status}"));
            }
            if get(address, path, "identity").is_ok() {
                return Ok(());
            }
            std::thread::sleep(LOOK_AGAIN);
        }
        Err(format!("no answer from http://{address}{path}"))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// An address of this machine that nobody listens on.
pub fn free_address() -> Result<SocketAddr> {
    TcpListener::bind("127.0.0.1:0")
        .and_then(|listener| listener.local_addr())
        .map_err(|cause| format!("no free port: {cause}"))
}

/// What came back.
pub struct Answer {
    pub media_type: String,
    pub body: Vec<u8>,
}

/// One page over a connection of its own, in a coding (RFC 9110, 8.4.1).
pub fn get(address: SocketAddr, path: &str, coding: &str) -> Result<Answer> {
    let mut answer = Vec::new();
    let mut exchange = || -> std::io::Result<()> {
        let mut stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(READY_WITHIN))?;
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: {address}\r\nAccept-Encoding: {coding}\r\nConnection: close\r\n\r\n"
        );
        stream.write_all(request.as_bytes())?;
        stream.read_to_end(&mut answer)?;
        Ok(())
    };
    exchange().map_err(|cause| format!("http://{address}{path}: {cause}"))?;
    let end = answer
        .windows(4)
        .position(|window| window == b"\r\n\r\n")
        .ok_or_else(|| format!("http://{address}{path}: no whole answer"))?;
    let head = String::from_utf8_lossy(&answer[..end]).into_owned();
    if !head.starts_with("HTTP/1.1 200 ") {
        return Err(format!("http://{address}{path}: {head}"));
    }
    let media_type = head
        .lines()
        .filter_map(|line| line.split_once(": "))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-type"))
        .map_or_else(String::new, |(_, value)| value.to_owned());
    Ok(Answer {
        media_type,
        body: answer.split_off(end + 4),
    })
}
