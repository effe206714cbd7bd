//! HTTP byte by byte, for what no well-behaved client sends.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

pub struct Wire(BufReader<TcpStream>);

impl Wire {
    /// Connects to the address of a site.
    pub fn open(base: &str) -> Self {
        let stream = TcpStream::connect(base.strip_prefix("http://").unwrap()).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(30)))
            .unwrap();
        stream.set_nodelay(true).unwrap();
        Self(BufReader::new(stream))
    }

    pub fn send(&mut self, bytes: impl AsRef<[u8]>) {
        self.0.get_mut().write_all(bytes.as_ref()).unwrap();
    }

    /// Sends one byte; `false` when the server has answered or does not listen any more.
    pub fn drip(&mut self, byte: u8) -> bool {
        let stream = self.0.get_mut();
        stream.set_nonblocking(true).unwrap();
        let answered = stream.peek(&mut [0]).is_ok();
        stream.set_nonblocking(false).unwrap();
        !answered && stream.write_all(&[byte]).is_ok()
    }

    /// The lines up to the next empty one.
    pub fn head(&mut self) -> String {
        let mut head = String::new();
        loop {
            let mut line = String::new();
            let read = self.0.read_line(&mut line).unwrap();
            if read == 0 || line == "\r\n" {
                return head;
            }
            head.push_str(&line);
        }
    }

    /// Everything up to the end of the connection.
    pub fn rest(&mut self) -> String {
        let mut bytes = Vec::new();
        self.0.read_to_end(&mut bytes).unwrap();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// Sends a request and gives head and body of its answer.
    pub fn whole(&mut self, request: impl AsRef<[u8]>) -> (String, String) {
        self.send(request);
        (self.head(), self.rest())
    }

    /// Sends a request and gives the status of its answer.
    pub fn ask(&mut self, request: impl AsRef<[u8]>) -> u16 {
        self.send(request);
        status(&self.head())
    }

    /// Sends the head of a form post and comes back when the server has begun to answer it: it
    /// asks for the body (RFC 9110, 10.1.1).
    pub fn begin_post(&mut self, path: &str, body: &str) {
        let length = body.len();
        self.send(format!(
            "POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nExpect: 100-continue\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n\r\n"
        ));
        assert!(self.head().starts_with("HTTP/1.1 100"));
    }
}

/// The status in an answer's head.
pub fn status(head: &str) -> u16 {
    head.get(9..12)
        .and_then(|code| code.parse().ok())
        .unwrap_or_else(|| panic!("no status in {head:?}"))
}
