//! How checkouts are shown and followed: as it is written in the settings, and what of it
//! cannot be meant.

use api_types::{CheckoutChoices, SameTab};
use serde::Deserialize;

use super::CheckoutLimits;
use super::amounts::Amounts;

/// As it is written.
#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct CheckoutPart {
    poll_seconds: u16,
    same_tab: String,
    /// Read by `limits`.
    pub(super) most: Amounts,
    /// Read by `limits`.
    pub(super) most_open: u16,
}

impl Default for CheckoutPart {
    fn default() -> Self {
        let choices = CheckoutChoices::default();
        Self {
            poll_seconds: choices.poll_seconds,
            same_tab: choices.same_tab.as_str().to_owned(),
            most: Amounts::new(),
            most_open: CheckoutLimits::default().most_open,
        }
    }
}

/// Reads the choices. What cannot be meant is noted.
pub(super) fn read(part: &CheckoutPart, problems: &mut Vec<String>) -> CheckoutChoices {
    let bounds = CheckoutChoices::LEAST_POLL..=CheckoutChoices::MOST_POLL;
    if !bounds.contains(&part.poll_seconds) {
        problems.push(format!(
            "checkout.poll_seconds: {} is not between {} and {}",
            part.poll_seconds,
            bounds.start(),
            bounds.end()
        ));
    }
    let same_tab = SameTab::from_word(&part.same_tab);
    if same_tab == SameTab::Unknown {
        let known: Vec<_> = SameTab::ALL.iter().map(|place| place.as_str()).collect();
        problems.push(format!(
            "checkout.same_tab: `{}` is none of {}",
            part.same_tab,
            known.join(", ")
        ));
    }
    CheckoutChoices {
        poll_seconds: part.poll_seconds,
        same_tab,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_is_the_least_intrusive() {
        let mut problems = Vec::new();
        let choices = read(&CheckoutPart::default(), &mut problems);
        assert_eq!(choices, CheckoutChoices::default());
        assert_eq!(problems, Vec::<String>::new());
    }

    #[test]
    fn what_cannot_be_meant_is_said() {
        let part = CheckoutPart {
            poll_seconds: 0,
            same_tab: "never".to_owned(),
            ..CheckoutPart::default()
        };
        let mut problems = Vec::new();
        read(&part, &mut problems);
        assert_eq!(problems.len(), 2, "{problems:?}");
        assert!(problems[0].contains("between 3 and 60"));
        assert!(problems[1].contains("needed, phones, always"));
    }
}
