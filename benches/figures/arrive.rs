//! `mail-intake`: letters from a mailbox to the book, all of it, durably stored.

use crate::corpus;
use crate::figure::{Figure, Result, median};
use crate::support::{Backend, TestSite};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use jianyan::config::Mailbox;
use jianyan::mail::authentic::Checker;
use jianyan::mailboxes::fetch::Fetcher;
use mail_parser::MessageParser;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

const ROUNDS: usize = 5;
const LETTERS: usize = 1_000;

diesel::table! {
    messages (id) {
        id -> Integer,
        raw -> Binary,
    }
}

/// The corpus over and over, each letter by somebody else, so that none is there already.
fn letters(round: usize) -> Vec<Vec<u8>> {
    let samples = corpus::all();
    (0..LETTERS)
        .map(|number| {
            let sample = &samples[number % samples.len()];
            let head = format!("Message-ID: <r{round}n{number}@example.com>\r\nFrom: w{round}-{number}@example.com\r\n");
            [head.as_bytes(), &sample.raw].concat()
        })
        .collect()
}

/// Reading a Maildir to its end, beside parsing the same bytes with a bare parser and one durable
/// insert for each; in turn. Wall time: most of it is the disk's.
pub fn measure(report: &mut dyn FnMut(Figure)) -> Result<()> {
    let site = TestSite::new(Backend::Sqlite);
    site.publish_sample();
    let fetcher = Fetcher {
        rooms: Arc::new(site.mailrooms()),
        checker: Checker::of(&site.config).map_err(|error| error.to_string())?,
        mail_host: site.config.mail_host.clone(),
        patience: Duration::from_secs(60),
        letter_limit: site.config.letter_limit_bytes,
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| error.to_string())?;
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let mut bare = bare_database(&folder.path().join("bare.db"))?;
    let (mut ours, mut limit) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let letters = letters(round);
        let maildir = folder.path().join(format!("mail{round}"));
        deliver(&maildir, &letters).map_err(|error| error.to_string())?;
        let address = format!("maildir:{}", maildir.display());
        let mailbox = Mailbox::read(&address, None, None)?;
        let begun = Instant::now();
        let (tally, _) = runtime
            .block_on(fetcher.look(&mailbox))
            .map_err(|failure| failure.code().to_owned())?;
        ours.push(rate(begun));
        eprintln!("  round {round}: {tally:?}");
        let begun = Instant::now();
        for raw in &letters {
            black_box(MessageParser::default().parse(black_box(raw)));
            diesel::insert_into(messages::table)
                .values(messages::raw.eq(raw))
                .execute(&mut bare)
                .map_err(|error| error.to_string())?;
        }
        limit.push(rate(begun));
    }
    report(Figure {
        name: "mail-intake",
        value: median(ours),
        unit: "letters/s",
        limit: median(limit),
    });
    Ok(())
}

fn rate(begun: Instant) -> f64 {
    LETTERS as f64 / begun.elapsed().as_secs_f64()
}

fn deliver(maildir: &Path, letters: &[Vec<u8>]) -> std::io::Result<()> {
    for part in ["new", "cur", "tmp"] {
        std::fs::create_dir_all(maildir.join(part))?;
    }
    for (number, raw) in letters.iter().enumerate() {
        std::fs::write(maildir.join(format!("new/{number:06}.bench")), raw)?;
    }
    Ok(())
}

fn bare_database(path: &Path) -> Result<SqliteConnection> {
    let connect = SqliteConnection::establish(&path.display().to_string());
    let mut connection = connect.map_err(|error| error.to_string())?;
    connection
        .batch_execute(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
             CREATE TABLE messages (id INTEGER PRIMARY KEY, raw BLOB NOT NULL);",
        )
        .map_err(|error| error.to_string())?;
    Ok(connection)
}
