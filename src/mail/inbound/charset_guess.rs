//! Which reading of unlabelled bytes looks most like Chinese: the one with the fewest unreadable
//! places and the most of the characters that make up half of all running text.

use super::charset::Decoded;
use encoding_rs::{BIG5, EUC_KR, Encoding, GB18030, SHIFT_JIS, UTF_8, WINDOWS_1252};
use std::sync::LazyLock;

/// The commonest characters of written Chinese, simplified and traditional, with its punctuation.
const COMMON: &str = "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用\
    道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心本前开但因只从想实日军者意无力它与长把机十民\
    第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代\
    内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才\
    结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且\
    权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运局质您请谢意见建议您好邮件\
    這個們來為國說時會對過發後裡經學現當沒動還進樣開從實與長機問關點業將間應戰頭體見產話東聲員義認條題別變總電數報結計資統區隊決\
    術領傳師觀讓識帶導爭運質請謝議張，。、：；？！“”（）《》";

/// A bit for each character of the basic plane.
static COMMON_BITS: LazyLock<Vec<u64>> = LazyLock::new(|| {
    let mut bits = vec![0_u64; 0x1_0000 / 64];
    for c in COMMON.chars() {
        if let Some((word, bit)) = bit_of(c)
            && let Some(word) = bits.get_mut(word)
        {
            *word |= bit;
        }
    }
    bits
});

fn bit_of(c: char) -> Option<(usize, u64)> {
    let code = usize::try_from(u32::from(c)).ok()?;
    Some((code / 64, 1 << (code % 64)))
}

fn is_common(c: char) -> bool {
    bit_of(c).is_some_and(|(word, bit)| COMMON_BITS.get(word).is_some_and(|word| word & bit != 0))
}

/// Whether a reading has no unreadable place and is largely made of common characters.
#[must_use]
pub fn looks_chinese(decoded: &Decoded) -> bool {
    let (common, other, _) = weigh(&decoded.text);
    !decoded.lossy && common * 4 >= other && common > 0
}

/// Whether a reading without unreadable places is for the most part of common characters: in the
/// wrong charset they hardly ever come.
fn is_plainly_chinese(decoded: &Decoded) -> bool {
    let (common, other, broken) = weigh(&decoded.text);
    !decoded.lossy && broken == 0 && common >= 4 && common > other * 2
}

/// Common characters, other non-ASCII characters, unreadable or private-use ones.
fn weigh(text: &str) -> (usize, usize, usize) {
    let mut counts = (0, 0, 0);
    for c in text.chars().filter(|c| !c.is_ascii()).take(4000) {
        match c {
            '\u{fffd}' | '\u{e000}'..='\u{f8ff}' | '\u{80}'..='\u{9f}' => counts.2 += 1,
            _ if is_common(c) => counts.0 += 1,
            _ => counts.1 += 1,
        }
    }
    counts
}

/// Common characters count for a reading, unreadable ones heavily against it; letters of an alphabet
/// that nobody here writes and half-width kana a little against.
fn score(decoded: &Decoded) -> i64 {
    let (common, other, broken) = weigh(&decoded.text);
    let odd = decoded
        .text
        .chars()
        .take(4000)
        .filter(|c| matches!(c, '\u{a0}'..='\u{24f}' | '\u{ff61}'..='\u{ff9f}' | '\u{ac00}'..='\u{d7a3}'))
        .count();
    let signed = |count: usize| i64::try_from(count).unwrap_or(i64::MAX / 100);
    signed(common) * 3 + signed(other) / 4 - signed(broken) * 8 - signed(odd) * 2
}

/// The best reading among the usual ones and the one already tried. On a tie the earlier stays.
#[must_use]
pub fn best(bytes: &[u8], tried: Option<Decoded>) -> Decoded {
    let sample = |encoding: &'static Encoding| {
        let (text, lossy) = encoding.decode_without_bom_handling(bytes);
        Decoded {
            text: text.into_owned(),
            charset: encoding.name(),
            lossy,
        }
    };
    let usual = [UTF_8, GB18030, BIG5, SHIFT_JIS, EUC_KR, WINDOWS_1252];
    // Nearly always it is Chinese in one of the GB charsets, and plainly so.
    let gb = sample(GB18030);
    if is_plainly_chinese(&gb) {
        return gb;
    }
    let mut winner = tried.unwrap_or_else(|| sample(UTF_8));
    let mut highest = score(&winner);
    for encoding in usual {
        let reading = sample(encoding);
        let points = score(&reading);
        if points > highest {
            (winner, highest) = (reading, points);
        }
    }
    winner
}
