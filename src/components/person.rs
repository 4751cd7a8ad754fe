//! Who is signed in, and the letters that stand for a name.

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The name.
    pub name: String,
    /// The sign-in name.
    pub email: String,
}

/// The first letters of a name's words.
pub(super) fn initials(name: &str, most: usize) -> String {
    name.split_whitespace()
        .filter_map(|word| word.chars().find(|letter| letter.is_alphanumeric()))
        .take(most)
        .flat_map(char::to_uppercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_the_first_letters_of_the_first_words() {
        for (name, most, letters) in [
            ("Harbour Clinic", 1, "H"),
            ("Ada Lindqvist", 2, "AL"),
            ("  jean-luc  (de) la Tour ", 2, "JD"),
            ("élan", 2, "É"),
            ("", 2, ""),
            ("…", 1, ""),
        ] {
            assert_eq!(initials(name, most), letters, "{name}");
        }
    }
}
