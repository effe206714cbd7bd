//! A part while it is unpacked, byte by byte against what may still be taken.

use super::super::page::Budget;
use std::io::{BufRead, Read};

/// Bytes without any `<` or `>`: no text of a document, no picture is written that way.
const LONGEST_RUN: usize = 16 * 1024 * 1024;

/// A part while it is unpacked: every byte is counted, whatever its header said of its size.
pub(super) struct Counted<R> {
    inner: R,
    buffer: Vec<u8>,
    at: usize,
    run: usize,
    budget: Budget,
}

impl<R: Read> Counted<R> {
    pub(super) fn new(inner: R, budget: Budget) -> Self {
        Self {
            inner,
            buffer: Vec::new(),
            at: 0,
            run: 0,
            budget,
        }
    }
}

/// The mark of an error that says a limit was passed.
#[derive(Debug)]
struct Over;

impl std::fmt::Display for Over {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("more than the limit after unpacking")
    }
}

impl std::error::Error for Over {}

fn over() -> std::io::Error {
    std::io::Error::other(Over)
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let held = self.fill_buf()?;
        let length = held.len().min(out.len());
        if let (Some(from), Some(to)) = (held.get(..length), out.get_mut(..length)) {
            to.copy_from_slice(from);
        }
        self.consume(length);
        Ok(length)
    }
}

impl<R: Read> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        if self.at >= self.buffer.len() {
            self.buffer.resize(16 * 1024, 0);
            let length = self.inner.read(&mut self.buffer)?;
            self.buffer.truncate(length);
            self.at = 0;
            if !self.budget.take(length) {
                return Err(over());
            }
            let after = self
                .buffer
                .iter()
                .rev()
                .position(|b| matches!(b, b'<' | b'>'));
            self.run = after.unwrap_or_else(|| self.run.saturating_add(length));
            if self.run > LONGEST_RUN {
                return Err(over());
            }
        }
        Ok(self.buffer.get(self.at..).unwrap_or_default())
    }

    fn consume(&mut self, amount: usize) {
        self.at = self.at.saturating_add(amount).min(self.buffer.len());
    }
}

/// Whether an error of reading says that a limit was passed.
pub(super) fn is_over(error: &std::io::Error) -> bool {
    error.get_ref().is_some_and(|inner| inner.is::<Over>())
}
