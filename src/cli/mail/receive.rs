//! `jianyan mail receive`: one letter on standard input, from a mail server's pipe or LMTP delivery.

use super::super::output::{say, say_both};
use super::super::site::{ConfigOptions, Site};
use crate::error::{Error, Kind, Result};
use crate::intake::email::{Arrival, Received, unclear};
use crate::mailboxes::model::Road;
use clap::Args;
use std::io::Read;

/// EX_TEMPFAIL of sysexits.h: keep the letter and hand it over again later.
const TRY_AGAIN: u8 = 75;

/// Larger letters than so many times the limit are not read.
const HUGE: usize = 4;

#[derive(Args)]
pub(super) struct Options {
    /// The consultation it belongs to; found by the address it was sent to when left out
    #[arg(long, value_name = "SLUG")]
    consultation: Option<String>,
    /// The address it was delivered to, as the mail server says
    #[arg(long, value_name = "ADDRESS")]
    recipient: Option<String>,
    /// When it cannot be taken, leave with 75 (sysexits.h) so that the mail server tries again, and
    /// not with 1
    #[arg(long)]
    sysexits: bool,
    #[command(flatten)]
    config: ConfigOptions,
}

impl Options {
    pub(super) fn status(&self) -> u8 {
        if self.sysexits { TRY_AGAIN } else { 1 }
    }
}

pub(super) fn run(options: &Options) -> Result<()> {
    let site = Site::open(&options.config)?;
    let raw = read(site.config.letter_limit_bytes.saturating_mul(HUGE))?;
    let runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = { runtime }.enable_all().build().map_err(Error::internal)?;
    let fetcher = site.fetcher()?;
    let rooms = &fetcher.rooms;
    let candidates = rooms.candidates(options.consultation.as_deref())?;
    let arrival = Arrival {
        checks: runtime.block_on(fetcher.checks(&raw)),
        ..Arrival::by(Road::Pipe)
    };
    let (now, recipient) = (site.clock.now(), options.recipient.as_deref());
    let received = match rooms.choose(&candidates, &raw, recipient, now) {
        Some(consultation) => rooms.of(consultation)?.receive_by(&raw, arrival)?,
        None => {
            let letter = unclear(&site.storage, &site.clock, &raw, arrival)?;
            site.database.write_now(move |db| letter.settle(db))?
        }
    };
    match received {
        Received::Registered { receipt, timing } => say(&format!("{receipt} {}", timing.code())),
        Received::Supplement { receipt, timing } => say(&format!("+{receipt} {}", timing.code())),
        Received::Duplicate => say_both("重复，没有另行登记", "duplicate; not registered again"),
        Received::Quarantined { reason } => say(&format!("- {reason}")),
    }
    Ok(())
}

fn read(most: usize) -> Result<Vec<u8>> {
    let limit = u64::try_from(most).unwrap_or(u64::MAX);
    let mut raw = Vec::new();
    let input = std::io::stdin().lock();
    let read = input.take(limit.saturating_add(1)).read_to_end(&mut raw);
    read.map_err(|cause| {
        Error::new(
            Kind::Unavailable,
            "从标准输入读信时中断，请重新投递",
            "reading the letter from standard input broke off; deliver it again",
        )
        .caused_by(cause)
    })?;
    if raw.len() > most {
        return Err(Error::new(
            Kind::TooLarge,
            "邮件超过 letter_limit_bytes 的四倍，没有接收；请调大设置后重新投递",
            "the letter is larger than four times letter_limit_bytes and was not taken; raise the setting and deliver it again",
        ));
    }
    if raw.is_empty() {
        return Err(Error::invalid(
            "标准输入里没有邮件",
            "there is no letter on standard input",
        ));
    }
    Ok(raw)
}
