//! Text to sub-words: folded, hashed runs of letters and digits, the unit in which names are compared.

use record::Syntax;

/// One run of letters or digits inside a token. Full stops between letters belong to the run ("U.S." is `us`);
/// hyphens, apostrophes and all else end it, so that names match however a tokenizer cuts them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// Hash of the folded run.
    pub hash: u64,
    /// Token it stands in (0 for free strings).
    pub token: u32,
    /// Starts with a capital letter.
    pub capital: bool,
    /// Has more than one letter, all capital.
    pub upper: bool,
    /// First run of its token.
    pub first: bool,
    /// Last run of its token.
    pub last: bool,
}

const SEED: u64 = 0x51_7c_c1_b7_27_22_0a_95;

fn mix(hash: u64, unit: u32) -> u64 {
    (hash.rotate_left(5) ^ u64::from(unit)).wrapping_mul(SEED)
}

/// Hash of a sequence of words, one word at a time (start with 0).
pub fn join(hash: u64, word: u64) -> u64 {
    (hash.rotate_left(7) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (word >> 29)
}

/// Letters without their marks, for the letters of Latin-script names. Source: Unicode character names.
fn fold(c: char) -> &'static str {
    match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' | 'ạ' | 'ả' | 'ấ' | 'ầ' | 'ẩ' | 'ẫ' | 'ậ'
        | 'ắ' | 'ằ' | 'ẳ' | 'ẵ' | 'ặ' | 'ǎ' => "a",
        'ç' | 'ć' | 'ĉ' | 'č' | 'ċ' => "c",
        'ď' | 'đ' | 'ð' | 'ḍ' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' | 'ẹ' | 'ẻ' | 'ẽ' | 'ế' | 'ề' | 'ể' | 'ễ'
        | 'ệ' | 'ə' => "e",
        'ğ' | 'ģ' | 'ĝ' | 'ġ' => "g",
        'ħ' | 'ḥ' => "h",
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'į' | 'ı' | 'ị' | 'ỉ' | 'ĩ' | 'ǐ' => "i",
        'ķ' | 'ḳ' => "k",
        'ł' | 'ļ' | 'ľ' | 'ĺ' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' | 'ŋ' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ő' | 'ơ' | 'ọ' | 'ỏ' | 'ố' | 'ồ' | 'ổ' | 'ỗ' | 'ộ'
        | 'ớ' | 'ờ' | 'ở' | 'ỡ' | 'ợ' | 'ǒ' => "o",
        'ŕ' | 'ř' => "r",
        'ś' | 'ş' | 'š' | 'ș' | 'ŝ' | 'ṣ' => "s",
        'ţ' | 'ť' | 'ț' | 'ṭ' => "t",
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' | 'ư' | 'ụ' | 'ủ' | 'ũ' | 'ứ' | 'ừ' | 'ử'
        | 'ữ' | 'ự' | 'ǔ' => "u",
        'ý' | 'ÿ' | 'ỳ' | 'ỵ' | 'ỷ' | 'ỹ' => "y",
        'ź' | 'ż' | 'ž' | 'ẓ' => "z",
        'æ' => "ae",
        'œ' => "oe",
        'ß' => "ss",
        'þ' => "th",
        _ => "",
    }
}

/// True for signs that neither end a run nor belong to it: combining marks and the modifier letters of
/// transliterated names.
fn is_silent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | 'ʿ' | 'ʾ' | 'ʻ' | 'ʼ')
}

/// Appends the sub-words of `text` to `out`.
pub fn split(text: &str, token: u32, out: &mut Vec<Word>) {
    let start = out.len();
    let mut run: Option<Word> = None;
    let mut letters = 0;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c.is_alphanumeric() {
            let word = run.get_or_insert_with(|| {
                letters = 0;
                let capital = c.is_uppercase() || c.is_ascii_digit();
                Word { hash: SEED, token, capital, upper: true, first: false, last: false }
            });
            letters += 1;
            word.upper &= !c.is_lowercase();
            add(word, c);
        } else if let Some(mut word) = run.take() {
            let inside = is_silent(c) || (c == '.' && chars.peek().is_some_and(|n| n.is_alphanumeric()));
            if inside {
                run = Some(word);
            } else {
                word.upper &= letters > 1;
                out.push(word);
            }
        }
    }
    if let Some(mut word) = run {
        word.upper &= letters > 1;
        out.push(word);
    }
    if let Some([first, ..]) = out.get_mut(start..) {
        first.first = true;
    }
    if out.len() > start
        && let Some(last) = out.last_mut()
    {
        last.last = true;
    }
}

fn add(word: &mut Word, c: char) {
    if c.is_ascii() {
        word.hash = mix(word.hash, u32::from(c.to_ascii_lowercase() as u8));
        return;
    }
    for low in c.to_lowercase() {
        match fold(low) {
            "" if is_silent(low) => {}
            "" => word.hash = mix(word.hash, low.into()),
            plain => plain.bytes().for_each(|b| word.hash = mix(word.hash, b.into())),
        }
    }
}

/// Sub-words of a free string.
pub fn of(text: &str) -> Vec<Word> {
    let mut out = Vec::new();
    split(text, 0, &mut out);
    out
}

/// Sub-words of all tokens of a page.
pub fn of_doc(syntax: &Syntax<'_>) -> Vec<Word> {
    let mut out = Vec::with_capacity(syntax.len());
    for i in 0..syntax.len() {
        split(syntax.text(i), i as u32, &mut out);
    }
    out
}

/// Folded text: lower case, no marks, words parted by one space.
pub fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            if gap && !out.is_empty() {
                out.push(' ');
            }
            gap = false;
            match fold(c) {
                "" => out.push(c),
                plain => out.push_str(plain),
            }
        } else if c != '.' && !is_silent(c) {
            gap = true;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hashes(text: &str) -> Vec<u64> {
        of(text).iter().map(|w| w.hash).collect()
    }

    #[test]
    fn spelling_does_not_matter_where_it_should_not() {
        assert_eq!(hashes("U.S."), hashes("us"));
        assert_eq!(hashes("al-Qaeda"), hashes("Al Qaeda"));
        assert_eq!(hashes("Türkiye"), hashes("TURKIYE"));
        assert_eq!(hashes("Côte d’Ivoire"), hashes("Cote d'Ivoire"));
        assert_ne!(hashes("Iran"), hashes("Iraq"));
        assert_eq!(folded("N’Djamena, Côte"), "n djamena cote");
    }

    #[test]
    fn capitals_are_kept_beside() {
        let words = of("US al-Shabab");
        assert!(words[0].upper && words[0].capital);
        assert!(!words[1].capital && words[2].capital && !words[2].upper);
    }
}
