//! ClamAV's daemon, asked over its socket (clamd(8), command `INSTREAM`).

use crate::config::{ClamdAddress, Config};
use std::io::{Read, Result, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::time::Duration;

/// Bytes sent at once.
const CHUNK: usize = 64 * 1024;
/// Longest answer that is read, in bytes.
const LONGEST_ANSWER: u64 = 4096;

/// What the scanner says of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    Clean,
    /// With the name of what was found.
    Infected(String),
    /// It could not be asked, or did not know: why, for the log.
    Unknown(String),
}

/// Where the scanner is and how long it is waited for. Cheap to clone; holds no connection.
#[derive(Clone, Debug)]
pub struct Scanner {
    address: ClamdAddress,
    patience: Duration,
}

impl Scanner {
    /// The scanner of the settings; `None` when none is set.
    #[must_use]
    pub fn of(config: &Config) -> Option<Self> {
        config.clamd.clone().map(|address| Self {
            address,
            patience: Duration::from_secs(config.clamd_seconds.max(1)),
        })
    }

    /// Asks about some bytes, in this thread. Never fails: what cannot be asked is unknown.
    #[must_use]
    pub fn ask(&self, bytes: &[u8]) -> Verdict {
        match self.exchange(bytes) {
            Ok(answer) => read_answer(&answer),
            Err(cause) => Verdict::Unknown(cause.to_string()),
        }
    }

    fn exchange(&self, bytes: &[u8]) -> Result<Vec<u8>> {
        match &self.address {
            ClamdAddress::Tcp(host) => {
                let mut last = std::io::Error::from(std::io::ErrorKind::AddrNotAvailable);
                for address in host.to_socket_addrs()? {
                    match TcpStream::connect_timeout(&address, self.patience) {
                        Ok(stream) => {
                            stream.set_read_timeout(Some(self.patience))?;
                            stream.set_write_timeout(Some(self.patience))?;
                            return talk(stream, bytes);
                        }
                        Err(cause) => last = cause,
                    }
                }
                Err(last)
            }
            #[cfg(unix)]
            ClamdAddress::Unix(path) => {
                let stream = std::os::unix::net::UnixStream::connect(path)?;
                stream.set_read_timeout(Some(self.patience))?;
                stream.set_write_timeout(Some(self.patience))?;
                talk(stream, bytes)
            }
            #[cfg(not(unix))]
            ClamdAddress::Unix(_) => Err(std::io::ErrorKind::Unsupported.into()),
        }
    }
}

/// The file in pieces, each after its length, then a length of nought; then the answer.
fn talk(mut stream: impl Read + Write, bytes: &[u8]) -> Result<Vec<u8>> {
    let sent = send(&mut stream, bytes);
    let mut answer = Vec::new();
    let read = stream.take(LONGEST_ANSWER).read_to_end(&mut answer);
    // A scanner that has had enough answers and hangs up before all is sent: its answer counts.
    if answer.is_empty() {
        sent?;
        read?;
    }
    Ok(answer)
}

fn send(stream: &mut impl Write, bytes: &[u8]) -> Result<()> {
    stream.write_all(b"zINSTREAM\0")?;
    for chunk in bytes.chunks(CHUNK) {
        let length = u32::try_from(chunk.len()).map_err(std::io::Error::other)?;
        stream.write_all(&length.to_be_bytes())?;
        stream.write_all(chunk)?;
    }
    stream.write_all(&0_u32.to_be_bytes())?;
    stream.flush()
}

fn read_answer(answer: &[u8]) -> Verdict {
    let text = String::from_utf8_lossy(answer);
    let text = text.trim_matches(['\0', '\n', ' ']);
    let said = text.strip_prefix("stream: ").unwrap_or(text);
    match said.strip_suffix(" FOUND") {
        Some(found) => Verdict::Infected(found.to_owned()),
        None if said == "OK" => Verdict::Clean,
        None => Verdict::Unknown(format!("clamd said: {said}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_plain_ok_is_clean() {
        assert_eq!(read_answer(b"stream: OK\0"), Verdict::Clean);
        assert_eq!(
            read_answer(b"stream: Eicar-Test FOUND\0"),
            Verdict::Infected("Eicar-Test".to_owned())
        );
        for strange in [
            &b""[..],
            b"\0",
            b"stream: ",
            b"INSTREAM size limit exceeded. ERROR\0",
            b"stream: OK but no ERROR\0",
            b"\xFF\xFE",
        ] {
            assert!(matches!(read_answer(strange), Verdict::Unknown(_)));
        }
    }
}
