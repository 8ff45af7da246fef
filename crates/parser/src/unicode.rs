//! Characters to the classes that spaCy takes from Python's `str` methods; Rust's own methods differ on many.

use unicode_general_category::{GeneralCategory as G, get_general_category};

/// Python's `str.isspace`.
pub fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}

/// Python's `str.isalpha`: a letter by general category; marks and letter-like numbers are not.
pub fn is_alpha(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphabetic();
    }
    matches!(
        get_general_category(c),
        G::UppercaseLetter | G::LowercaseLetter | G::TitlecaseLetter | G::ModifierLetter | G::OtherLetter
    )
}

/// Python's `str.isdigit`: numeric type Decimal or Digit.
pub fn is_digit(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_digit();
    }
    get_general_category(c) == G::DecimalNumber || OTHER_DIGITS.iter().any(|&(a, b)| (a..=b).contains(&c))
}

/// Python's `str.isdecimal`, the `\\d` of its regular expressions.
pub fn is_decimal(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_digit() } else { get_general_category(c) == G::DecimalNumber }
}

/// Unicode's Numeric_Type=Digit (superscripts, circled digits …), as in Unicode 14 to 16.
const OTHER_DIGITS: &[(char, char)] = &[
    ('\u{b2}', '\u{b3}'),
    ('\u{b9}', '\u{b9}'),
    ('\u{1369}', '\u{1371}'),
    ('\u{19da}', '\u{19da}'),
    ('\u{2070}', '\u{2070}'),
    ('\u{2074}', '\u{2079}'),
    ('\u{2080}', '\u{2089}'),
    ('\u{2460}', '\u{2468}'),
    ('\u{2474}', '\u{247c}'),
    ('\u{2488}', '\u{2490}'),
    ('\u{24ea}', '\u{24ea}'),
    ('\u{24f5}', '\u{24fd}'),
    ('\u{24ff}', '\u{24ff}'),
    ('\u{2776}', '\u{277e}'),
    ('\u{2780}', '\u{2788}'),
    ('\u{278a}', '\u{2792}'),
    ('\u{10a40}', '\u{10a43}'),
    ('\u{10e60}', '\u{10e68}'),
    ('\u{11052}', '\u{1105a}'),
    ('\u{1f100}', '\u{1f10a}'),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_follow_python() {
        assert!(is_space('\u{1c}') && is_space('\u{a0}') && !is_space('\u{200b}') && !is_space('\u{feff}'));
        assert!(is_alpha('é') && is_alpha('ª') && !is_alpha('Ⅳ') && !is_alpha('\u{93e}'));
        assert!(is_digit('²') && is_digit('①') && is_digit('٣') && !is_digit('½') && !is_digit('Ⅳ'));
    }
}
