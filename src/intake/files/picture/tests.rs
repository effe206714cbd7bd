//! What is seen stays; what the camera wrote goes.
#![allow(clippy::unwrap_used)]

use super::*;
use image::{ImageFormat, ImageReader, Rgb, RgbImage};

/// A picture whose left half is red and whose right half is blue, 64 by 32.
fn halves() -> DynamicImage {
    DynamicImage::ImageRgb8(RgbImage::from_fn(64, 32, |x, _| {
        if x < 32 {
            Rgb([250, 10, 10])
        } else {
            Rgb([10, 10, 250])
        }
    }))
}

fn written(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    image.write_to(&mut out, format).unwrap();
    out.into_inner()
}

fn shown(bytes: &[u8]) -> RgbImage {
    let reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .unwrap();
    reader.decode().unwrap().into_rgb8()
}

fn is_red(pixel: &Rgb<u8>) -> bool {
    pixel.0[0] > 180 && pixel.0[2] < 80
}

/// EXIF (TIFF 6.0, big-endian) with an orientation, a make, and a place.
fn exif(orientation: u8) -> Vec<u8> {
    let mut tiff = b"MM\0\x2A\0\0\0\x08".to_vec();
    tiff.extend([0, 3]);
    tiff.extend([0x01, 0x0F, 0, 2, 0, 0, 0, 4]);
    tiff.extend(b"Cam\0");
    tiff.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]);
    tiff.extend([0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 50]);
    tiff.extend([0; 4]);
    // The directory of the place: GPSLatitudeRef N.
    tiff.extend([0, 1, 0, 1, 0, 2, 0, 0, 0, 2]);
    tiff.extend(b"N\0\0\0");
    tiff.extend([0; 4]);
    tiff.extend(b"31.2304 GPS-SECRET-PLACE");
    tiff
}

fn segment(marker: u8, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len() + 2).unwrap().to_be_bytes();
    [&[0xFF, marker], &length[..], data].concat()
}

/// A photograph as a telephone writes it.
fn photograph(orientation: u8) -> Vec<u8> {
    let plain = written(&halves(), ImageFormat::Jpeg);
    let exif = [b"Exif\0\0", &exif(orientation)[..]].concat();
    let xmp = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>XMP-SECRET</x:xmpmeta>";
    let profile = [b"ICC_PROFILE\0\x01\x01", &[7; 200][..]].concat();
    [
        &plain[..2],
        &segment(0xE1, &exif),
        &segment(0xE1, xmp),
        &segment(0xE2, &profile),
        &segment(0xFE, b"COMMENT-SECRET"),
        &plain[2..],
        b"BEHIND-SECRET",
    ]
    .concat()
}

fn holds(bytes: &[u8], words: &str) -> bool {
    bytes
        .windows(words.len())
        .any(|there| there == words.as_bytes())
}

#[test]
fn a_photograph_loses_its_place_and_stands_upright() {
    let taken = photograph(6);
    assert!(holds(&taken, "GPS-SECRET-PLACE"));
    let (kind, anew) = anew(FileKind::Jpeg, &taken).unwrap();
    assert_eq!(kind, FileKind::Jpeg);
    for secret in [
        "Exif",
        "GPS-SECRET",
        "XMP-SECRET",
        "ICC_PROFILE",
        "COMMENT-SECRET",
        "BEHIND-SECRET",
        "Cam",
    ] {
        assert!(!holds(&anew, secret), "{secret}");
    }
    // Orientation 6: the left edge of what is stored is the top of what was seen.
    let upright = shown(&anew);
    assert_eq!(upright.dimensions(), (32, 64));
    assert!(is_red(upright.get_pixel(16, 4)) && !is_red(upright.get_pixel(16, 60)));
    // Orientation 3: upside down.
    let (_, turned) = super::anew(FileKind::Jpeg, &photograph(3)).unwrap();
    assert!(is_red(shown(&turned).get_pixel(60, 16)) && !is_red(shown(&turned).get_pixel(4, 16)));
}

#[test]
fn each_kind_is_made_anew() {
    let clear = DynamicImage::ImageRgba8(image::RgbaImage::from_pixel(
        8,
        8,
        image::Rgba([9, 9, 9, 0]),
    ));
    for (image, format, kind, becomes) in [
        (halves(), ImageFormat::Png, FileKind::Png, FileKind::Png),
        (halves(), ImageFormat::Gif, FileKind::Gif, FileKind::Png),
        (halves(), ImageFormat::WebP, FileKind::WebP, FileKind::Jpeg),
        (clear, ImageFormat::WebP, FileKind::WebP, FileKind::Png),
        (
            DynamicImage::ImageLuma8(halves().into_luma8()),
            ImageFormat::Jpeg,
            FileKind::Jpeg,
            FileKind::Jpeg,
        ),
        (
            DynamicImage::ImageRgb16(halves().into_rgb16()),
            ImageFormat::Png,
            FileKind::Png,
            FileKind::Png,
        ),
    ] {
        let (made, bytes) = anew(kind, &written(&image, format)).unwrap();
        assert_eq!(made, becomes);
        assert_eq!(shown(&bytes).dimensions(), (image.width(), image.height()));
        assert_eq!(super::super::kind::kind_of("x", &bytes), Ok(becomes));
    }
}

#[test]
fn a_png_loses_its_words() {
    let plain = written(&halves(), ImageFormat::Png);
    let mut chunk = b"tEXtAuthor\0PNG-SECRET".to_vec();
    let crc = crc(&chunk);
    let length = u32::try_from(chunk.len() - 4).unwrap().to_be_bytes();
    chunk.extend(crc.to_be_bytes());
    let (head, rest) = plain.split_at(33);
    let with_words = [head, &length, &chunk, rest].concat();
    assert!(!holds(
        &anew(FileKind::Png, &with_words).unwrap().1,
        "PNG-SECRET"
    ));
}

/// CRC-32 of PNG (ISO/IEC 15948, annex D).
fn crc(bytes: &[u8]) -> u32 {
    let mut sum = flate2::Crc::new();
    sum.update(bytes);
    sum.sum()
}

#[test]
fn a_moving_picture_is_refused() {
    let mut out = Vec::new();
    let mut encoder = image::codecs::gif::GifEncoder::new(&mut out);
    for _ in 0..2 {
        encoder
            .encode_frame(image::Frame::new(halves().into_rgba8()))
            .unwrap();
    }
    drop(encoder);
    assert_eq!(anew(FileKind::Gif, &out), Err(Refusal::Moving));
}

#[test]
fn a_small_file_that_says_it_is_a_huge_picture_takes_no_memory() {
    let mut huge = written(&DynamicImage::new_luma8(8, 8), ImageFormat::Png);
    huge[16..24].copy_from_slice(&[0, 0, 0xEA, 0x60, 0, 0, 0xEA, 0x60]);
    let head = huge[12..29].to_vec();
    huge[29..33].copy_from_slice(&crc(&head).to_be_bytes());
    assert_eq!(anew(FileKind::Png, &huge), Err(Refusal::TooManyDots));
    let mut gif = written(&DynamicImage::new_rgb8(8, 8), ImageFormat::Gif);
    gif[6..10].copy_from_slice(&[0xFF; 4]);
    assert_eq!(anew(FileKind::Gif, &gif), Err(Refusal::TooManyDots));
}

#[test]
fn a_picture_that_is_cut_short_is_broken() {
    for (format, kind) in [
        (ImageFormat::Png, FileKind::Png),
        (ImageFormat::WebP, FileKind::WebP),
    ] {
        let whole = written(&halves(), format);
        assert_eq!(
            anew(kind, &whole[..whole.len() / 2]),
            Err(Refusal::Broken),
            "{format:?}"
        );
    }
    assert_eq!(
        anew(FileKind::Jpeg, b"\xFF\xD8\xFF\xE0"),
        Err(Refusal::Broken)
    );
    assert_eq!(anew(FileKind::Gif, b"GIF89a"), Err(Refusal::Broken));
}
