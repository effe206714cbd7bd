//! Signs from fonts of pictures (`w:sym`): the ones official documents use, as characters.

/// Stands for a sign that has no character, as printers mark a missing type.
pub(super) const MISSING: char = '〓';

/// The character of a sign, by font and code; `None` when there is none that is sure.
pub(super) fn sign(font: &str, code: u32) -> Option<char> {
    // Fonts of signs lie at F000 to F0FF; the code within the font is the low byte.
    let private = (0xf000..=0xf0ff).contains(&code);
    if !private && code > 0xff {
        return char::from_u32(code).filter(|c| !matches!(c, '\u{e000}'..='\u{f8ff}'));
    }
    let low = code & 0xff;
    let font = font.to_ascii_lowercase();
    if font.contains("wingdings 2") {
        return match low {
            0x4f | 0x4e => Some('✗'),
            0x50 => Some('✓'),
            0x51 | 0x53 => Some('☒'),
            0x52 => Some('☑'),
            0x2a | 0xa3 => Some('□'),
            0xa2 => Some('■'),
            0x6a..=0x73 => char::from_u32(0x2460 + low - 0x6a),
            _ => None,
        };
    }
    if font.contains("wingdings") {
        return match low {
            0x28 | 0x29 => Some('☎'),
            0x2a => Some('✉'),
            0x6c => Some('●'),
            0x6d => Some('○'),
            0x6e => Some('■'),
            0x6f | 0xa8 | 0x70 | 0x71 | 0x72 => Some('□'),
            0x74 => Some('◆'),
            0x75 => Some('◆'),
            0x76 => Some('❖'),
            0x77 => Some('◆'),
            0x81..=0x8a => char::from_u32(0x2460 + low - 0x81),
            0x9f | 0xa0 => Some('•'),
            0xab => Some('★'),
            0xb2 => Some('☆'),
            0xd8 => Some('➢'),
            0xe0 | 0xf0 => Some('→'),
            0xdf | 0xef => Some('←'),
            0xe1 | 0xf1 => Some('↑'),
            0xe2 | 0xf2 => Some('↓'),
            0xfb => Some('✗'),
            0xfc => Some('✓'),
            0xfd | 0x78 => Some('☒'),
            0xfe => Some('☑'),
            _ => None,
        };
    }
    if font.contains("symbol") {
        return match low {
            0x61 => Some('α'),
            0x62 => Some('β'),
            0x67 => Some('γ'),
            0x6d => Some('μ'),
            0x70 => Some('π'),
            0xa3 => Some('≤'),
            0xa5 => Some('∞'),
            0xb0 => Some('°'),
            0xb1 => Some('±'),
            0xb3 => Some('≥'),
            0xb4 => Some('×'),
            0xb7 => Some('•'),
            0xb8 => Some('÷'),
            0xb9 => Some('≠'),
            0x53 => Some('Σ'),
            0x57 => Some('Ω'),
            _ => None,
        };
    }
    match private {
        true => None,
        false => char::from_u32(code).filter(|c| !c.is_control()),
    }
}
