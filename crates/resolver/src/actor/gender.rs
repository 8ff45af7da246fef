//! A person as the text names it to the pronoun that takes it up: by title, role noun or given name.

use hashbrown::HashMap;
use tables::actors::genders::{self, Gender};
use tables::tsv::TableError;

/// Words that tell a person's gender, each list by the words as they are written.
#[derive(Debug, Default)]
pub struct Genders {
    given: HashMap<&'static str, Gender>,
    titles: HashMap<&'static str, Gender>,
    roles: HashMap<&'static str, Gender>,
}

impl Genders {
    /// Loads the embedded table.
    ///
    /// # Errors
    /// The table does not keep its form.
    pub fn embedded() -> Result<Self, TableError> {
        let mut all = Genders::default();
        for row in genders::load()? {
            let list = match row.kind {
                "given" => &mut all.given,
                "title" => &mut all.titles,
                _ => &mut all.roles,
            };
            list.insert(row.word, row.gender);
        }
        Ok(all)
    }

    /// By a word before the name: "Mrs", "King".
    pub fn title(&self, word: &str) -> Option<Gender> {
        self.titles.get(word.trim_end_matches('.')).copied()
    }

    /// By a role noun in lower case: "spokeswoman".
    pub fn role(&self, noun: &str) -> Option<Gender> {
        self.roles.get(noun).copied()
    }

    /// By the first word of a name of two words or more that is a given name: "D. Angela Merkel". A family name alone
    /// tells nothing.
    pub fn name(&self, name: &str) -> Option<Gender> {
        let mut words = name.split_whitespace().filter(|w| !w.ends_with('.'));
        let first = words.next()?;
        words.next()?;
        let whole = self.given.get(first).copied();
        whole.or_else(|| first.split_once('-').and_then(|(a, _)| self.given.get(a).copied()))
    }
}

/// The gender that a pronoun asks for; `None` for all others.
pub fn of_pronoun(word: &str) -> Option<Gender> {
    match word {
        "he" | "him" | "his" | "himself" => Some(Gender::Masculine),
        "she" | "her" | "hers" | "herself" => Some(Gender::Feminine),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_roles_and_given_names_tell() {
        let all = Genders::embedded().unwrap();
        assert_eq!(all.name("Angela Merkel"), Some(Gender::Feminine));
        assert_eq!(all.name("Jean-Luc Picard"), Some(Gender::Masculine));
        assert_eq!((all.name("Merkel"), all.name("Xi Jinping")), (None, None));
        assert_eq!(all.title("Mrs."), Some(Gender::Feminine));
        assert_eq!(all.role("spokesman"), Some(Gender::Masculine));
        assert_eq!((of_pronoun("hers"), of_pronoun("its")), (Some(Gender::Feminine), None));
    }
}
