//! A file on its way in lies on the disk and not in memory: somebody who sends slowly holds a small
//! buffer. What is on its way is counted, for each address and in all, and a floor of free space is
//! kept. The file has no name (`O_TMPFILE`, or unlinked at once), so a process that is killed leaves
//! nothing behind.

use super::transit::{Held, Transit};
use crate::error::{Error, Kind, Result};
use actix_web::web;
use std::fs::File;
use std::io::{Read, Seek, Write};
use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;

/// Bytes gathered before they are written.
const BUFFER: usize = 64 * 1024;

/// A file that came in, whole or in part.
pub(in crate::web) struct Spooled {
    file: Arc<File>,
    buffer: Vec<u8>,
    bytes: usize,
    /// Counts the bytes until the file is dropped.
    held: Held,
}

impl Spooled {
    /// An empty file below the data folder.
    ///
    /// # Errors
    /// `Kind::Unavailable` when the disk has too little free space or cannot be written.
    pub(in crate::web) async fn begin(transit: &Transit, client: Option<IpAddr>) -> Result<Self> {
        let (folder, floor) = (transit.folder.clone(), transit.free_bytes);
        let made = web::block(move || make(&folder, floor)).await;
        Ok(Self {
            file: Arc::new(made.map_err(Error::internal)??),
            buffer: Vec::new(),
            bytes: 0,
            held: transit.hold(client),
        })
    }

    /// Takes some more.
    ///
    /// # Errors
    /// `Kind::Busy` or `Kind::TooMany` when too much is on its way, `Kind::Unavailable` when the disk
    /// cannot be written.
    pub(in crate::web) async fn push(&mut self, chunk: &[u8]) -> Result<()> {
        self.held.more(chunk.len())?;
        self.bytes += chunk.len();
        self.buffer.extend_from_slice(chunk);
        if self.buffer.len() < BUFFER {
            return Ok(());
        }
        self.flush().await
    }

    async fn flush(&mut self) -> Result<()> {
        let (file, bytes) = (Arc::clone(&self.file), std::mem::take(&mut self.buffer));
        let written = web::block(move || (&*file).write_all(&bytes)).await;
        written.map_err(Error::internal)?.map_err(unwritable)
    }

    /// How many bytes came.
    pub(in crate::web) const fn len(&self) -> usize {
        self.bytes
    }

    /// What reads the whole file into memory, off the threads that answer people.
    ///
    /// # Errors
    /// As [`Spooled::push`].
    pub(in crate::web) async fn reader(
        &mut self,
    ) -> Result<impl FnOnce() -> Result<Vec<u8>> + Send + use<>> {
        self.flush().await?;
        let (file, length) = (Arc::clone(&self.file), self.bytes);
        Ok(move || {
            let mut bytes = Vec::with_capacity(length);
            let mut file = &*file;
            file.rewind()
                .and_then(|()| file.read_to_end(&mut bytes))
                .map_err(unwritable)?;
            Ok(bytes)
        })
    }
}

fn make(folder: &Path, floor: u64) -> Result<File> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(unwritable)?;
    let disk = rustix::fs::statvfs(folder).map_err(|cause| unwritable(cause.into()))?;
    let free = disk.f_bavail.saturating_mul(disk.f_frsize);
    if free < floor {
        tracing::error!(
            free,
            floor,
            "the disk has too little free space; files are refused until there is more"
        );
        return Err(full());
    }
    tempfile::tempfile_in(folder).map_err(unwritable)
}

#[track_caller]
fn full() -> Error {
    Error::new(
        Kind::Unavailable,
        "本站存储空间不足，现在收不了文件，文件没有保存。可以先提交文字，也可以把文件用电子邮件发给起草单位",
        "the site has too little space left, so no file can be taken now; send the text without it, or e-mail the file to the office",
    )
}

#[track_caller]
fn unwritable(cause: std::io::Error) -> Error {
    Error::new(
        Kind::Unavailable,
        "文件暂时存不下来，没有保存。请过几分钟再试，或者先提交文字",
        "the file could not be stored and was not kept; try again in a few minutes, or send the text without it",
    )
    .caused_by(cause)
}
