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
#[derive(Clone)]
pub struct Load {
    pub connections: usize,
    pub length: Duration,
    pub status: u16,
    /// Bytes that each body must have; `None` for any.
    pub body: Option<usize>,
    pub write: Arc<Write>,
    /// The number of the next request; never used twice, on whichever side.
    pub next: Arc<AtomicU64>,
    /// How long a connection waits between an answer and its next request.
    pub pause: Duration,
    /// Takes a look at each answer that has not the status: `Ok` when it may be, and is counted
    /// apart.
    pub refused: fn(&[u8]) -> Result<()>,
    /// Of every so many answers the `Location` is kept; 0 for none.
    pub sample: u64,
}

/// For loads that nothing of may be refused.
pub fn never(answer: &[u8]) -> Result<()> {
    Err(unexpected(answer))
}

/// What came of one round.
pub struct Served {
    /// Answers a second, after the warm-up.
    pub rate: f64,
    /// Answers in all, the warm-up's too.
    pub answers: u64,
    /// Answers in all that were refusals.
    pub refused: u64,
    /// How long each answer after the warm-up took, in milliseconds, shortest first.
    pub times: Vec<f64>,
    /// Where the sampled answers led to.
    pub locations: Vec<String>,
}

impl Served {
    /// The time within which this part of the answers came, in milliseconds.
    pub fn quantile(&self, part: f64) -> f64 {
        let place = (self.times.len() as f64 * part) as usize;
        let last = self.times.len().saturating_sub(1);
        self.times.get(place.min(last)).copied().unwrap_or(f64::NAN)
    }
}

/// What one connection, or several, came to.
#[derive(Default)]
struct Talked {
    answers: u64,
    refused: u64,
    times: Vec<f64>,
    locations: Vec<String>,
}

impl Talked {
    fn add(&mut self, other: Self) {
        self.answers += other.answers;
        self.refused += other.refused;
        self.times.extend(other.times);
        self.locations.extend(other.locations);
    }
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
        let parts: Vec<Result<Talked>> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..THREADS)
                .map(|_| scope.spawn(|| self.one_thread(address, times)))
                .collect();
            threads
                .into_iter()
                .map(|thread| thread.join().expect("the load does not panic"))
                .collect()
        });
        let mut all = Talked::default();
        for part in parts {
            all.add(part?);
        }
        stop::check()?;
        all.times.sort_by(f64::total_cmp);
        Ok(Served {
            rate: all.times.len() as f64 / self.length.as_secs_f64(),
            answers: all.answers,
            refused: all.refused,
            times: all.times,
            locations: all.locations,
        })
    }

    fn one_thread(&self, address: SocketAddr, times: Times) -> Result<Talked> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|cause| cause.to_string())?;
        let tasks: Vec<_> = (0..self.connections / THREADS)
            .map(|_| {
                let connection = Connection { load: self.clone() };
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
            let mut all = Talked::default();
            for task in tasks {
                all.add(task.await.map_err(|cause| cause.to_string())??);
            }
            Ok(all)
        })
    }
}

struct Connection {
    load: Load,
}

impl Connection {
    async fn talk(&self, mut stream: TcpStream, times: Times) -> Result<Talked> {
        stream
            .set_nodelay(true)
            .map_err(|cause| cause.to_string())?;
        let mut request = Vec::with_capacity(4096);
        let mut buffer = vec![0; BUFFER];
        let mut talked = Talked::default();
        while Instant::now() < times.until && !stop::asked() {
            request.clear();
            let number = self.load.next.fetch_add(1, Ordering::Relaxed);
            (self.load.write)(number, &mut request);
            let begun = Instant::now();
            stream
                .write_all(&request)
                .await
                .map_err(|cause| format!("sending: {cause}"))?;
            let head = self.answer(&mut stream, &mut buffer).await?;
            let now = Instant::now();
            match head {
                None => talked.refused += 1,
                Some(head) => {
                    talked.answers += 1;
                    if now >= times.count_from && now < times.until {
                        talked.times.push((now - begun).as_secs_f64() * 1000.0);
                    }
                    if self.load.sample > 0 && number.is_multiple_of(self.load.sample) {
                        talked.locations.extend(location(&buffer[..head]));
                    }
                }
            }
            if !self.load.pause.is_zero() {
                tokio::time::sleep(self.load.pause).await;
            }
        }
        Ok(talked)
    }

    /// Reads one whole answer and checks it; says where its head ends, or `None` for a refusal.
    async fn answer(&self, stream: &mut TcpStream, buffer: &mut [u8]) -> Result<Option<usize>> {
        let mut filled = 0;
        let (end, whole) = loop {
            filled += read(stream, &mut buffer[filled..]).await?;
            if let Some(end) = head_end(&buffer[..filled]) {
                break (end, end + content_length(&buffer[..end])?);
            }
        };
        if whole < filled {
            return Err(unexpected(&buffer[..filled]));
        }
        if status(&buffer[..end]) != Some(self.load.status) {
            while filled < whole.min(BUFFER) {
                filled += read(stream, &mut buffer[filled..whole.min(BUFFER)]).await?;
            }
            return (self.load.refused)(&buffer[..filled]).map(|()| None);
        }
        if self.load.body.is_some_and(|bytes| bytes != whole - end) {
            return Err(unexpected(&buffer[..filled]));
        }
        // What does not fit is written over what came before it, but for the head.
        let mut left = whole - filled;
        while left > 0 {
            let room = left.min(BUFFER - end);
            left -= read(stream, &mut buffer[end..end + room]).await?;
        }
        Ok(Some(end))
    }
}

/// Where an answer leads to.
fn location(head: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(head);
    let line = head
        .lines()
        .find_map(|line| line.strip_prefix("location: "))?;
    Some(line.to_owned())
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
