//! Words of made-up news: everyday words as frequent as they are, a long tail of pseudo-words, each topic with its own.

use super::Random;

const SYLLABLES: [&str; 24] = [
    "ba", "do", "fe", "gi", "ko", "la", "mu", "ne", "po", "ri", "sa", "te", "vo", "ze", "lin", "mar", "tor",
    "ven", "dar", "kel", "nis", "pol", "rus", "tan",
];
/// Pseudo-words of the vocabulary.
const TAIL: usize = 60_000;
/// Words of its own that a topic has.
const TOPIC_WORDS: usize = 150;

/// A pseudo-word of so many syllables; another number is another word, up to 24 to the power of `syllables`.
pub fn pseudo(n: usize, syllables: u32) -> String {
    let most = 24usize.pow(syllables);
    // An odd factor that shares no divisor with 24 scatters the numbers without two meeting.
    let mut rest = n.wrapping_mul(1_000_003) % most;
    let mut out = String::new();
    for _ in 0..syllables {
        out.push_str(SYLLABLES[rest % 24]);
        rest /= 24;
    }
    out
}

/// Name number `n`, of five syllables, as no word of the vocabulary has.
pub fn name(n: usize) -> String {
    let word = pseudo(n, 5);
    word[..1].to_uppercase() + &word[1..]
}

/// Words of everyday news, most frequent first.
fn common() -> &'static [String] {
    static COMMON: std::sync::OnceLock<Vec<String>> = std::sync::OnceLock::new();
    COMMON.get_or_init(|| {
        let (_, mut words) = tables::merge::background().unwrap();
        words.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        words.retain(|w| {
            w.0.bytes().all(|b| b.is_ascii_lowercase()) && !super::DEEDS.iter().any(|d| d.verb == w.0)
        });
        words.into_iter().map(|w| w.0).collect()
    })
}

/// Rank below `n` with a chance that falls as one over the rank (Zipf).
pub fn zipf(random: &mut Random, n: usize) -> usize {
    let u = random.below(1_000_000) as f64 / 1e6;
    ((n as f64 + 1.0).powf(u) - 1.0) as usize
}

/// What a story is told with: its topic, and words and names that its reports share.
#[derive(Debug, Clone, Default)]
pub struct Voice {
    /// Number of the topic.
    pub topic: usize,
    /// Names of its people and places; new ones and such that the topic knows.
    pub names: Vec<String>,
    /// Words that its reports share.
    pub words: Vec<String>,
}

impl Voice {
    /// The voice of story `number` of a topic.
    pub fn new(number: usize, topic: usize, random: &mut Random) -> Voice {
        let fresh = (0..3).map(|k| name(number * 3 + k));
        let cast: Vec<String> = (0..2).map(|_| name(7_000_000 + topic * 40 + zipf(random, 40))).collect();
        let words = (0..15).map(|_| pseudo(random.below(TAIL), 4)).collect();
        Voice { topic, names: fresh.chain(cast).collect(), words }
    }

    /// A sentence of sixteen words with one or two names.
    pub fn sentence(&self, random: &mut Random) -> String {
        let mut words = vec![self.names[random.below(self.names.len())].clone()];
        for _ in 0..14 {
            words.push(match random.below(100) {
                0..60 => common()[zipf(random, common().len())].clone(),
                60..75 => pseudo(self.topic * TOPIC_WORDS + zipf(random, TOPIC_WORDS), 4),
                75..88 => self.words[random.below(self.words.len())].clone(),
                _ => pseudo(zipf(random, TAIL), 4),
            });
        }
        words.push(self.names[random.below(self.names.len())].clone());
        words.join(" ") + "."
    }
}
