//! What came instead of a value, in the customer's words.

use api_client::ApiError;

use crate::i18n::{self, key, t};

/// What happened and what to do about it.
pub fn error_words(error: &ApiError) -> String {
    match error {
        ApiError::Away(_) => i18n::network_words(),
        ApiError::Refused(problem) => i18n::problem_words(problem),
        ApiError::Garbled { .. } => t(key::errors::UNREADABLE),
    }
}
