//! What is wrong with a message. Pure; the server has the last word, in the same codes.

use api_types::{FieldError, Problem, SendMessage};

use crate::components::{MOST_TEXT, SUBJECT_FIELD, TEXT_FIELD};

/// What is wrong with each field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wrong {
    /// With what it is about.
    pub subject: Option<FieldError>,
    /// With what it says.
    pub text: Option<FieldError>,
}

impl Wrong {
    /// What the server says is wrong.
    pub fn of_problem(problem: &Problem) -> Self {
        Self {
            subject: problem.field_errors.get("subject").cloned(),
            text: problem.field_errors.get("text").cloned(),
        }
    }

    /// The name of the first field with something wrong.
    pub fn first_field(&self) -> Option<&'static str> {
        match (&self.subject, &self.text) {
            (Some(_), _) => Some(SUBJECT_FIELD),
            (None, Some(_)) => Some(TEXT_FIELD),
            (None, None) => None,
        }
    }
}

/// What is wrong before it is sent.
pub fn wrong_fields(message: &SendMessage) -> Wrong {
    Wrong {
        subject: wrong(&message.subject, SendMessage::MOST_SUBJECT_CHARACTERS),
        text: wrong(&message.text, MOST_TEXT),
    }
}

fn wrong(text: &str, most: usize) -> Option<FieldError> {
    let code = match text.chars().count() {
        0 => "missing",
        count if count > most => "too_long",
        _ => return None,
    };
    Some(FieldError {
        code: code.to_owned(),
        bound: None,
    })
}

#[cfg(test)]
mod tests {
    use api_types::Code;

    use super::*;

    fn message(subject: &str, text: &str) -> Wrong {
        wrong_fields(&SendMessage {
            subject: subject.to_owned(),
            text: text.to_owned(),
        })
    }

    #[test]
    fn a_message_needs_a_subject_and_words_that_fit() {
        assert_eq!(message("Parking", "Where can I park?"), Wrong::default());
        let codes = |wrong: Wrong| [wrong.subject, wrong.text].map(|e| e.map(|e| e.code));
        let code = |text: &str| Some(text.to_owned());
        assert_eq!(codes(message("", "")), [code("missing"), code("missing")]);
        let long = "ž".repeat(121);
        assert_eq!(codes(message(&long, "a")), [code("too_long"), None]);
        let fits = "ž".repeat(4000);
        assert_eq!(codes(message("a", &fits)), [None, None]);
        assert_eq!(
            codes(message("a", &format!("{fits}a"))),
            [None, code("too_long")]
        );
    }

    #[test]
    fn the_keyboard_goes_to_the_first_field_that_is_wrong() {
        assert_eq!(message("", "").first_field(), Some(SUBJECT_FIELD));
        assert_eq!(message("a", "").first_field(), Some(TEXT_FIELD));
        assert_eq!(message("a", "b").first_field(), None);
        let mut problem = Problem::new(422, Code::Invalid);
        let too_long = FieldError {
            code: "too_long".to_owned(),
            bound: None,
        };
        problem.field_errors.insert("text".to_owned(), too_long);
        assert_eq!(Wrong::of_problem(&problem).first_field(), Some(TEXT_FIELD));
    }
}
