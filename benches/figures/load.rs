//! The load: a number of connections that are kept open, each sending its next request as soon as
//! it has the whole answer to the last one (HTTP/1.1, RFC 9112). The same for both sides.

use crate::figure::Result;
use crate::stop;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Answers of the beginning that are not counted.
const WARM_UP: Duration = Duration::from_millis(250);
/// An answer that takes longer than this ends the measurement.
const PATIENCE: Duration = Duration::from_secs(10);
const BUFFER: usize = 64 * 1024;
/// Threads that make the load: as many as the machines the figures are for have processors.
const THREADS: usize = 2;

/// Writes the request with this number, whole, into an empty buffer.
pub type Write = dyn Fn(u64, &mut Vec<u8>) + Send + Sync;

/// What is asked of a server, and what counts as an answer.
pub struct Load {
    pub connections: usize,
    pub length: Duration,
    pub status: u16,
    /// Bytes that each body must have; `None` for any.
    pub body: Option<usize>,
    pub write: Arc<Write>,
    /// The number of the next request; never used twice, on whichever side.
    pub next: Arc<AtomicU64>,
}

/// What came of one round.
pub struct Served {
    /// Answers a second, after the warm-up.
    pub rate: f64,
    /// Answers in all, the warm-up's too.
    pub answers: u64,
}

#[derive(Clone, Copy)]
struct Times {
    count_from: Instant,
    until: Instant,
}

impl Load {
    /// Runs one round against a server.
    pub fn run(&self, address: SocketAddr) -> Result<Served> {
        let begun = Instant::now();
        let times = Times {
            count_from: begun + WARM_UP,
            until: begun + WARM_UP + self.length,
        };
        let parts: Vec<Result<(u64, u64)>> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..THREADS)
                .map(|_| scope.spawn(|| self.one_thread(address, times)))
                .collect();
            threads
                .into_iter()
                .map(|thread| thread.join().expect("the load does not panic"))
                .collect()
        });
        let (mut counted, mut answers) = (0, 0);
        for part in parts {
            let (in_time, all) = part?;
            counted += in_time;
            answers += all;
        }
        stop::check()?;
        Ok(Served {
            rate: counted as f64 / self.length.as_secs_f64(),
            answers,
        })
    }

    fn one_thread(&self, address: SocketAddr, times: Times) -> Result<(u64, u64)> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|cause| cause.to_string())?;
        let tasks: Vec<_> = (0..self.connections / THREADS)
            .map(|_| {
                let connection = Connection {
                    status: self.status,
                    body: self.body,
                    write: Arc::clone(&self.write),
                    next: Arc::clone(&self.next),
                };
                let whole = async move {
                    let limit = times.until.into();
                    tokio::time::timeout_at(limit, TcpStream::connect(address))
                        .await
                        .map_err(|_| "no connection in time".to_owned())?
                        .map_err(|cause| format!("no connection: {cause}"))
                        .map(|stream| (stream, connection))
                };
                runtime.spawn(async move {
                    let (stream, connection) = whole.await?;
                    tokio::time::timeout_at(
                        (times.until + PATIENCE).into(),
                        connection.talk(stream, times),
                    )
                    .await
                    .map_err(|_| "the server stopped answering".to_owned())?
                })
            })
            .collect();
        runtime.block_on(async {
            let (mut counted, mut answers) = (0, 0);
            for task in tasks {
                let (in_time, all) = task.await.map_err(|cause| cause.to_string())??;
                counted += in_time;
                answers += all;
            }
            Ok((counted, answers))
        })
    }
}

struct Connection {
    status: u16,
    body: Option<usize>,
    write: Arc<Write>,
    next: Arc<AtomicU64>,
}

impl Connection {
    async fn talk(&self, mut stream: TcpStream, times: Times) -> Result<(u64, u64)> {
        stream
            .set_nodelay(true)
            .map_err(|cause| cause.to_string())?;
        let mut request = Vec::with_capacity(4096);
        let mut buffer = vec![0; BUFFER];
        let (mut counted, mut answers) = (0, 0);
        while Instant::now() < times.until && !stop::asked() {
            request.clear();
            (self.write)(self.next.fetch_add(1, Ordering::Relaxed), &mut request);
            stream
                .write_all(&request)
                .await
                .map_err(|cause| format!("sending: {cause}"))?;
            self.answer(&mut stream, &mut buffer).await?;
            answers += 1;
            let now = Instant::now();
            if now >= times.count_from && now < times.until {
                counted += 1;
            }
        }
        Ok((counted, answers))
    }

    /// Reads one whole answer and checks it.
    async fn answer(&self, stream: &mut TcpStream, buffer: &mut [u8]) -> Result<()> {
        let mut filled = 0;
        let (mut left, status, body) = loop {
            filled += read(stream, &mut buffer[filled..]).await?;
            if let Some(end) = head_end(&buffer[..filled]) {
                let head = &buffer[..end];
                let body = content_length(head)?;
                let there = filled - end;
                let left = body
                    .checked_sub(there)
                    .ok_or_else(|| unexpected(&buffer[..filled]))?;
                break (left, status(head), body);
            }
        };
        if status != Some(self.status) || self.body.is_some_and(|bytes| bytes != body) {
            return Err(unexpected(&buffer[..filled]));
        }
        while left > 0 {
            let room = left.min(BUFFER);
            left -= read(stream, &mut buffer[..room]).await?;
        }
        Ok(())
    }
}

async fn read(stream: &mut TcpStream, buffer: &mut [u8]) -> Result<usize> {
    match stream.read(buffer).await {
        Ok(0) => Err("the server closed the connection".to_owned()),
        Ok(bytes) => Ok(bytes),
        Err(cause) => Err(format!("receiving: {cause}")),
    }
}

fn unexpected(answer: &[u8]) -> String {
    let start = &answer[..answer.len().min(600)];
    format!("unexpected answer: {}", String::from_utf8_lossy(start))
}

/// Where the body begins.
fn head_end(answer: &[u8]) -> Option<usize> {
    answer
        .windows(4)
        .position(|window| window == b"\r\n\r\n")
        .map(|at| at + 4)
}

fn status(head: &[u8]) -> Option<u16> {
    std::str::from_utf8(head.get(9..12)?).ok()?.parse().ok()
}

fn content_length(head: &[u8]) -> Result<usize> {
    const NAME: &[u8] = b"content-length: ";
    head.split(|byte| *byte == b'\n')
        .filter_map(|line| line.split_at_checked(NAME.len()))
        .find(|(name, _)| name.eq_ignore_ascii_case(NAME))
        .and_then(|(_, value)| std::str::from_utf8(value).ok()?.trim().parse().ok())
        .ok_or_else(|| unexpected(head))
}
