//! Sending a file piece by piece, so that memory does not grow with it.

use crate::error::{Error, Result};
use actix_web::body::SizedStream;
use actix_web::web::{Bytes, block};
use futures_core::Stream;
use futures_util::stream::try_unfold;
use std::fs::File;
use std::io::{self, Read, Seek};

/// Bytes of one piece.
const PIECE: usize = 64 * 1024;

/// A body that is the whole of an open file, read beside the workers as the connection takes it.
///
/// # Errors
/// `Kind::Internal` when the file cannot be read.
pub fn from_start(
    mut file: File,
) -> Result<SizedStream<impl Stream<Item = io::Result<Bytes>> + use<>>> {
    let length = file.metadata().map_err(Error::internal)?.len();
    file.rewind().map_err(Error::internal)?;
    let pieces = try_unfold(file, |file| async move {
        block(move || piece(file)).await.map_err(io::Error::other)?
    });
    Ok(SizedStream::new(length, Box::pin(pieces)))
}

fn piece(mut file: File) -> io::Result<Option<(Bytes, File)>> {
    let mut piece = Vec::with_capacity(PIECE);
    let most = u64::try_from(PIECE).map_err(io::Error::other)?;
    file.by_ref().take(most).read_to_end(&mut piece)?;
    Ok((!piece.is_empty()).then(|| (Bytes::from(piece), file)))
}
