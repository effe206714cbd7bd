//! A QR code (GB/T 18284, ISO/IEC 18004) as a drawing within the page.

use crate::error::{Error, Result};
use askama::Template;
use fast_qr::{ECL, QRBuilder};
use std::fmt::Write;

/// Light modules around the code that readers need.
const QUIET: usize = 4;

/// The drawing.
#[derive(Template)]
#[template(path = "public/qr.html")]
struct Drawing<'a> {
    side: usize,
    id: &'a str,
    title: &'a str,
    /// The dark modules as one path: a rectangle for each run of a row.
    dark: String,
}

/// The drawing of an address as safe HTML, with a title for those who do not see it. It is dark on
/// white in every scheme, because not every reader takes the reverse. `id` must be unique on the
/// page.
///
/// # Errors
/// `Kind::Internal` for an address of more than two thousand characters.
pub fn svg(address: &str, id: &str, title: &str) -> Result<String> {
    let code = QRBuilder::new(address).ecl(ECL::M).build();
    let code = code.map_err(|cause| Error::internal(cause.to_string()))?;
    let mut dark = String::new();
    for (y, row) in code.data.chunks(code.size).take(code.size).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|one, next| one.value() == next.value()) {
            if run.first().is_some_and(|module| module.value()) {
                let (left, top, wide) = (x + QUIET, y + QUIET, run.len());
                write!(dark, "M{left} {top}h{wide}v1h-{wide}z").map_err(Error::internal)?;
            }
            x += run.len();
        }
    }
    let side = code.size + 2 * QUIET;
    let drawing = Drawing {
        side,
        id,
        title,
        dark,
    };
    drawing.render().map_err(Error::internal)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_code_has_its_light_edge_and_a_title() {
        let drawn = svg("https://a.example.org/r/7K2M-9QXD-4RTB-2HWN", "qr", "<码>").unwrap();
        assert!(
            drawn.contains("<title id=\"qr\">&#60;码&#62;</title>"),
            "{drawn}"
        );
        // Tests of the pages read the code itself; here: the light edge around it.
        assert!(drawn.contains("viewBox=\"0 0 41 41\""), "{drawn}");
        assert!(
            drawn.contains("M4 4h7v1h-7z") && !drawn.contains("M3 "),
            "{drawn}"
        );
        assert_ne!(
            drawn,
            svg("https://a.example.org/r/7K2M-9QXD-4RTB-2HWM", "qr", "<码>").unwrap()
        );
        assert!(svg(&"x".repeat(4_000), "qr", "").is_err());
    }
}
