//! Packed answers: which coding a browser takes (RFC 9110, 12.5.3), and the packing itself.

use crate::error::{Error, Result};
use actix_web::http::header::{self, HeaderMap};
use actix_web::web::Bytes;
use std::io::Write;

/// Below this a packed answer saves less than the header that announces it costs.
const WORTH_PACKING: usize = 512;
/// Up to here a page is packed as well as it pays; above, quickly: 5 MB must not take seconds.
const SMALL: usize = 256 * 1024;
const BROTLI_SMALL: u32 = 9;
const BROTLI_LARGE: u32 = 5;
const GZIP_SMALL: u32 = 9;
const GZIP_LARGE: u32 = 6;
/// log2 of the window: 4 MiB, more than all pages but the very longest.
const WINDOW: u32 = 22;
const BUFFER: usize = 64 * 1024;

/// How an answer's bytes are packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coding {
    Plain,
    Gzip,
    Brotli,
}

/// The coding to answer with: the one the browser weighs most, brotli before gzip where it does not
/// mind. A browser that names none gets the bytes as they are.
#[must_use]
pub fn wanted(headers: &HeaderMap) -> Coding {
    let mut best = (Coding::Plain, 0);
    let named = headers
        .get_all(header::ACCEPT_ENCODING)
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','));
    for item in named {
        let (name, weight) = item.split_once(';').unwrap_or((item, ""));
        let weight = thousandths(weight);
        let name = name.trim();
        let coding = if name.eq_ignore_ascii_case("br") {
            Coding::Brotli
        } else if name.eq_ignore_ascii_case("gzip") || name.eq_ignore_ascii_case("x-gzip") {
            Coding::Gzip
        } else {
            continue;
        };
        let better = weight > best.1 || (weight == best.1 && coding == Coding::Brotli);
        if weight > 0 && better {
            best = (coding, weight);
        }
    }
    best.0
}

/// A weight such as ` q=0.8` in thousandths; 1 where none stands (RFC 9110, 12.4.2).
fn thousandths(weight: &str) -> u32 {
    let Some((_, number)) = weight.split_once('=') else {
        return 1000;
    };
    let (whole, part) = number.trim().split_once('.').unwrap_or((number.trim(), ""));
    if whole != "0" {
        return 1000;
    }
    let digits = part.chars().chain("000".chars()).take(3);
    digits.fold(0, |sum, digit| {
        sum * 10 + digit.to_digit(10).unwrap_or_default()
    })
}

/// The same bytes by gzip (RFC 1952) and by brotli (RFC 7932); `None` where packing does not pay.
///
/// # Errors
/// `Kind::Internal` when a packer fails, which writing to memory does not.
pub fn pack(body: &Bytes) -> Result<Option<(Bytes, Bytes)>> {
    if body.len() < WORTH_PACKING {
        return Ok(None);
    }
    let (gzip_level, brotli_level) = if body.len() <= SMALL {
        (GZIP_SMALL, BROTLI_SMALL)
    } else {
        (GZIP_LARGE, BROTLI_LARGE)
    };
    let level = flate2::Compression::new(gzip_level);
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), level);
    gzip.write_all(body).map_err(Error::internal)?;
    let gzip = gzip.finish().map_err(Error::internal)?;
    let mut brotli = brotli::CompressorWriter::new(Vec::new(), BUFFER, brotli_level, WINDOW);
    brotli.write_all(body).map_err(Error::internal)?;
    Ok(Some((gzip.into(), brotli.into_inner().into())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::HeaderValue;

    fn asked(text: &str) -> Coding {
        let mut headers = HeaderMap::new();
        headers.insert(
            header::ACCEPT_ENCODING,
            HeaderValue::from_str(text).unwrap(),
        );
        wanted(&headers)
    }

    #[test]
    fn the_browser_decides_which_packing() {
        assert_eq!(wanted(&HeaderMap::new()), Coding::Plain);
        assert_eq!(asked("gzip, deflate, br, zstd"), Coding::Brotli);
        assert_eq!(asked("gzip, deflate"), Coding::Gzip);
        assert_eq!(asked("GZIP;q=1.0, br;q=0.5"), Coding::Gzip);
        assert_eq!(asked("br;q=0, gzip;q=0.001"), Coding::Gzip);
        assert_eq!(asked("br;q=0.000, gzip; q=0"), Coding::Plain);
        assert_eq!(asked("identity, brown, *"), Coding::Plain);
    }

    #[test]
    fn what_is_too_short_is_not_packed() {
        assert!(pack(&Bytes::from_static(b"short")).unwrap().is_none());
    }
}
