//! A small name server on a port of its own: TXT records by name, and nothing for any other name.

use mail_auth::hickory_resolver::proto::op::{Message, MessageType, OpCode, ResponseCode};
use mail_auth::hickory_resolver::proto::rr::rdata::{SOA, TXT};
use mail_auth::hickory_resolver::proto::rr::{Name, RData, Record, RecordType};
use std::collections::HashMap;
use std::net::{SocketAddr, UdpSocket};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

pub struct Dns {
    pub address: SocketAddr,
    asked: Arc<AtomicUsize>,
}

impl Dns {
    /// Answers with these records until the test ends.
    pub fn of(records: &[(&str, &str)]) -> Self {
        let records: HashMap<String, String> = records
            .iter()
            .map(|(name, text)| (format!("{name}."), (*text).to_owned()))
            .collect();
        Self::start(move |question| Some(answer(question, &records)))
    }

    /// Hears every question and answers none.
    pub fn silent() -> Self {
        Self::start(|_| None)
    }

    /// Answers with bytes that are no answer.
    pub fn babbling() -> Self {
        Self::start(|question| {
            let mut bytes = question.to_vec();
            bytes.iter_mut().skip(2).for_each(|byte| *byte = !*byte);
            Some(bytes)
        })
    }

    pub fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    fn start(answer: impl Fn(&[u8]) -> Option<Vec<u8>> + Send + 'static) -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
        let address = socket.local_addr().unwrap();
        let asked = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&asked);
        std::thread::spawn(move || {
            let mut buffer = [0_u8; 4096];
            while let Ok((length, from)) = socket.recv_from(&mut buffer) {
                count.fetch_add(1, Ordering::SeqCst);
                if let Some(bytes) = answer(&buffer[..length]) {
                    let _ = socket.send_to(&bytes, from);
                }
            }
        });
        Self { address, asked }
    }
}

fn answer(question: &[u8], records: &HashMap<String, String>) -> Vec<u8> {
    let asked = Message::from_vec(question).unwrap();
    let query = asked.queries.first().unwrap().clone();
    let mut reply = Message::new(asked.metadata.id, MessageType::Response, OpCode::Query);
    reply.metadata.recursion_desired = true;
    reply.metadata.recursion_available = true;
    let name = query.name().to_string().to_lowercase();
    // How long “there is none” may be remembered.
    let (zone, host) = (Name::root(), Name::root());
    let soa = RData::SOA(SOA::new(host.clone(), host, 1, 300, 300, 300, 300));
    match records.get(&name) {
        Some(text) if query.query_type() == RecordType::TXT => {
            // A string of a record holds 255 bytes.
            let pieces: Vec<&[u8]> = text.as_bytes().chunks(200).collect();
            let data = RData::TXT(TXT::from_bytes(pieces));
            reply.add_answer(Record::from_rdata(query.name().clone(), 300, data));
        }
        known => {
            reply.add_authority(Record::from_rdata(zone, 300, soa));
            if known.is_none() {
                reply.metadata.response_code = ResponseCode::NXDomain;
            }
        }
    }
    reply.add_query(query);
    reply.to_vec().unwrap()
}
