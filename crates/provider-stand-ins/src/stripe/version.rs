//! Versions of the API, and what changed between them.

use super::error::ApiError;

/// A version: a day, and since 2024 a name after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Version(String);

impl Version {
    /// Reads a version such as `2024-06-20` or `2026-02-25.clover`.
    pub(super) fn parse(text: &str) -> Result<Self, ApiError> {
        let (day, name) = match text.split_once('.') {
            Some((day, name)) => (day, Some(name)),
            None => (text, None),
        };
        let named = name.is_none_or(|name| {
            !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase())
        });
        // Only a full date of ten characters can be compared as text.
        if day.len() == 10 && day.parse::<jiff::civil::Date>().is_ok() && named {
            return Ok(Self(text.to_owned()));
        }
        Err(ApiError::invalid(format!(
            "Invalid Stripe API version: {text}"
        )))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    fn since(&self, day: &str) -> bool {
        self.0.get(..10).is_some_and(|own| own >= day)
    }

    /// Whether `ui_mode` has its names of 2026.
    pub(super) fn has_new_ui_modes(&self) -> bool {
        self.since("2026-03-25")
    }

    /// The name of the mode in which the provider shows the page itself.
    pub(super) fn hosted(&self) -> &'static str {
        if self.has_new_ui_modes() {
            "hosted_page"
        } else {
            "hosted"
        }
    }

    /// Whether `payment_method_types` cannot be given any more, but
    /// `allowed_payment_method_types`.
    pub(super) fn filters_methods(&self) -> bool {
        self.since("2026-09-30")
    }
}
