//! Pictures, made anew: what is shown stays, everything that the camera or a program wrote beside
//! it goes (EXIF with its place and time, XMP, colour profiles, comments, previews, whatever hangs
//! behind the picture). The orientation that EXIF held is applied first.
//!
//! JPEG stays JPEG; PNG and GIF become PNG; WebP becomes PNG when parts of it are transparent, else
//! JPEG.

use super::kind::FileKind;
use super::refusal::Refusal;
use image::codecs::gif::GifDecoder;
use image::codecs::jpeg::{JpegDecoder, JpegEncoder};
use image::codecs::png::{PngDecoder, PngEncoder};
use image::codecs::webp::WebPDecoder;
use image::error::ImageError;
use image::{AnimationDecoder, DynamicImage, ImageDecoder, Limits};
use std::io::Cursor;

/// Most dots of a picture: 150 MB while it is worked on. Telephones take 12 to 50 million.
const MOST_DOTS: u64 = 50_000_000;
/// Longest side.
const LONGEST_SIDE: u32 = 30_000;
/// Most memory for taking one apart, in bytes.
const MOST_MEMORY: u64 = 512 * 1024 * 1024;
/// Of JPEG, 1 to 100: print on a photographed page stays sharp.
const QUALITY: u8 = 88;

/// The picture anew and what it is now.
///
/// # Errors
/// Why it is not taken: broken, moving, too large.
pub fn anew(kind: FileKind, bytes: &[u8]) -> Result<(FileKind, Vec<u8>), Refusal> {
    let image = match kind {
        FileKind::Jpeg => decode(JpegDecoder::new(Cursor::new(bytes)).map_err(refusal)?)?,
        FileKind::Png => {
            let png = PngDecoder::with_limits(Cursor::new(bytes), limits()).map_err(refusal)?;
            if png.is_apng().map_err(refusal)? {
                return Err(Refusal::Moving);
            }
            decode(png)?
        }
        FileKind::Gif => still(bytes)?,
        FileKind::WebP => {
            let webp = WebPDecoder::new(Cursor::new(bytes)).map_err(refusal)?;
            if webp.has_animation() {
                return Err(Refusal::Moving);
            }
            decode(webp)?
        }
        _ => return Err(Refusal::Unknown),
    };
    let as_photograph =
        kind == FileKind::Jpeg || kind == FileKind::WebP && !image.color().has_alpha();
    let mut out = Vec::new();
    if as_photograph {
        let encoder = JpegEncoder::new_with_quality(&mut out, QUALITY);
        let plain = match image {
            grey @ DynamicImage::ImageLuma8(_) => grey,
            other => DynamicImage::ImageRgb8(other.into_rgb8()),
        };
        plain.write_with_encoder(encoder).map_err(refusal)?;
        return Ok((FileKind::Jpeg, out));
    }
    eight_bits(image)
        .write_with_encoder(PngEncoder::new(&mut out))
        .map_err(refusal)?;
    Ok((FileKind::Png, out))
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(MOST_MEMORY);
    limits
}

/// The one picture of a GIF.
fn still(bytes: &[u8]) -> Result<DynamicImage, Refusal> {
    let open = || {
        let mut gif = GifDecoder::new(Cursor::new(bytes)).map_err(refusal)?;
        gif.set_limits(limits()).map_err(refusal)?;
        Ok(gif)
    };
    let first = open()?;
    within(&first)?;
    if first
        .into_frames()
        .nth(1)
        .is_some_and(|second| second.is_ok())
    {
        return Err(Refusal::Moving);
    }
    decode(open()?)
}

fn within(decoder: &impl ImageDecoder) -> Result<(), Refusal> {
    let (width, height) = decoder.dimensions();
    let longest = width.max(height);
    if u64::from(width) * u64::from(height) > MOST_DOTS || longest > LONGEST_SIDE {
        return Err(Refusal::TooManyDots);
    }
    Ok(())
}

fn decode(mut decoder: impl ImageDecoder) -> Result<DynamicImage, Refusal> {
    within(&decoder)?;
    decoder.set_limits(limits()).map_err(refusal)?;
    let orientation = decoder.orientation().map_err(refusal)?;
    let mut image = DynamicImage::from_decoder(decoder).map_err(refusal)?;
    image.apply_orientation(orientation);
    Ok(image)
}

/// Sixteen bits a colour are for editing, not for showing.
fn eight_bits(image: DynamicImage) -> DynamicImage {
    match image {
        DynamicImage::ImageLuma16(_) => DynamicImage::ImageLuma8(image.into_luma8()),
        DynamicImage::ImageLumaA16(_) => DynamicImage::ImageLumaA8(image.into_luma_alpha8()),
        DynamicImage::ImageRgb16(_) => DynamicImage::ImageRgb8(image.into_rgb8()),
        DynamicImage::ImageRgba16(_) => DynamicImage::ImageRgba8(image.into_rgba8()),
        other => other,
    }
}

fn refusal(cause: ImageError) -> Refusal {
    match cause {
        ImageError::Limits(_) => Refusal::TooManyDots,
        _ => Refusal::Broken,
    }
}

#[cfg(test)]
mod tests;
