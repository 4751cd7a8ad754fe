//! Faults by name: what a payment provider can do wrong, so that tests can ask for it.

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// Every fault: its name, the value that it takes, and what it does.
pub const FAULT_NAMES: [(&str, &str, &str); 18] = [
    (
        "webhook-late",
        "MS",
        "webhooks leave so many milliseconds late",
    ),
    ("webhook-lost", "", "webhooks are never sent"),
    ("webhook-doubled", "", "every webhook is sent twice"),
    (
        "webhook-out-of-order",
        "",
        "an older state is sent after the newer one",
    ),
    (
        "webhook-first",
        "",
        "customer pages wait until the merchant has taken what they did",
    ),
    (
        "no-return",
        "",
        "the closing page neither goes back to the merchant nor links there",
    ),
    (
        "coop",
        "same-origin|same-origin-allow-popups",
        "customer pages cut their opener",
    ),
    (
        "slow",
        "MS",
        "customer pages answer so many milliseconds late",
    ),
    (
        "by-form",
        "",
        "customer pages are opened by a form that is posted, not by an address",
    ),
    ("declined", "", "every card is declined"),
    (
        "processing-first",
        "MS",
        "money that a card pays arrives so many milliseconds later",
    ),
    ("amount-short", "", "less arrives than was asked for"),
    ("amount-over", "", "more arrives than was asked for"),
    (
        "other-currency",
        "",
        "another currency arrives than was asked for",
    ),
    ("api-away", "", "the merchant API answers 503"),
    (
        "cannot-cancel",
        "",
        "the merchant API has no call to cancel a payment",
    ),
    (
        "no-such-payment",
        "",
        "the merchant API knows none of its payments",
    ),
    (
        "refund-fails",
        "MS",
        "a refund that had gone fails so many milliseconds later",
    ),
];

/// The values of the `Cross-Origin-Opener-Policy` header that cut a window from its opener.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Coop {
    /// Only windows of the same origin and policy stay together.
    SameOrigin,
    /// As above, but what the page opens itself may keep its opener.
    SameOriginAllowPopups,
}

impl Coop {
    /// The header's text.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SameOrigin => "same-origin",
            Self::SameOriginAllowPopups => "same-origin-allow-popups",
        }
    }
}

/// The faults that are on. The default is a provider that does everything right.
///
/// A fault counts for what happens while it is on: a webhook that was lost stays lost, one that was
/// delayed stays delayed, whatever is switched afterwards.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct Faults {
    /// Webhooks leave so many milliseconds late.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub webhook_late: Option<u64>,
    /// Webhooks are never sent.
    pub webhook_lost: bool,
    /// Every webhook is sent twice, with the same event id.
    pub webhook_doubled: bool,
    /// A webhook waits until a newer one of the same payment has been delivered, unless the state
    /// that it tells is the payment's last.
    pub webhook_out_of_order: bool,
    /// Customer pages answer only when the merchant has taken every webhook about what they did.
    pub webhook_first: bool,
    /// The closing page neither goes back to the merchant nor links there.
    pub no_return: bool,
    /// Customer pages carry this `Cross-Origin-Opener-Policy`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coop: Option<Coop>,
    /// Customer pages answer so many milliseconds late; what they do is done at once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slow: Option<u64>,
    /// Merchants are told a form to post, and not the address of the customer's page.
    pub by_form: bool,
    /// Every card is declined.
    pub declined: bool,
    /// Money that a card pays is on its way for so many milliseconds before it arrives.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub processing_first: Option<u64>,
    /// Less arrives than was asked for.
    pub amount_short: bool,
    /// More arrives than was asked for.
    pub amount_over: bool,
    /// Another currency arrives than was asked for.
    pub other_currency: bool,
    /// The merchant API answers 503.
    pub api_away: bool,
    /// The merchant API answers that it has no call to cancel a payment.
    pub cannot_cancel: bool,
    /// The merchant API answers that there is no such payment, whichever is asked for.
    pub no_such_payment: bool,
    /// The customer's bank does not take refunds: each fails so many milliseconds after it had
    /// gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refund_fails: Option<u64>,
}

impl Faults {
    /// Switches one fault on, written as on the command line: `NAME` or `NAME=VALUE`. A `VALUE`
    /// that is a time is in milliseconds.
    ///
    /// # Errors
    /// [`UnknownFault`] if the text names no fault, has a value that the fault does not take, or
    /// lacks the value that it needs.
    pub fn switch_on(&mut self, text: &str) -> Result<(), UnknownFault> {
        let wrong = || UnknownFault(text.to_owned());
        let (name, value) = text
            .split_once('=')
            .map_or((text, None), |(n, v)| (n, Some(v)));
        let milliseconds = || value.and_then(|value| value.parse().ok()).ok_or_else(wrong);
        let bare = || value.is_none().then_some(true).ok_or_else(wrong);
        match name {
            "webhook-late" => self.webhook_late = Some(milliseconds()?),
            "webhook-lost" => self.webhook_lost = bare()?,
            "webhook-doubled" => self.webhook_doubled = bare()?,
            "webhook-out-of-order" => self.webhook_out_of_order = bare()?,
            "webhook-first" => self.webhook_first = bare()?,
            "no-return" => self.no_return = bare()?,
            "coop" => {
                let kinds = [Coop::SameOrigin, Coop::SameOriginAllowPopups];
                let kind = kinds.into_iter().find(|kind| value == Some(kind.as_str()));
                self.coop = Some(kind.ok_or_else(wrong)?);
            }
            "slow" => self.slow = Some(milliseconds()?),
            "by-form" => self.by_form = bare()?,
            "declined" => self.declined = bare()?,
            "processing-first" => self.processing_first = Some(milliseconds()?),
            "amount-short" => self.amount_short = bare()?,
            "amount-over" => self.amount_over = bare()?,
            "other-currency" => self.other_currency = bare()?,
            "api-away" => self.api_away = bare()?,
            "cannot-cancel" => self.cannot_cancel = bare()?,
            "no-such-payment" => self.no_such_payment = bare()?,
            "refund-fails" => self.refund_fails = Some(milliseconds()?),
            _ => return Err(wrong()),
        }
        Ok(())
    }

    /// Switches on every fault named in the texts, written as [`Faults::switch_on`] takes them.
    ///
    /// # Errors
    /// [`UnknownFault`] with the first text that [`Faults::switch_on`] refuses.
    pub fn from_names<T: AsRef<str>>(
        names: impl IntoIterator<Item = T>,
    ) -> Result<Self, UnknownFault> {
        let mut faults = Self::default();
        for name in names {
            faults.switch_on(name.as_ref())?;
        }
        Ok(faults)
    }

    /// By how much webhooks are delayed.
    pub(crate) fn webhook_delay(&self) -> Duration {
        Duration::from_millis(self.webhook_late.unwrap_or(0))
    }

    /// By how much customer pages are delayed.
    pub(crate) fn page_delay(&self) -> Duration {
        Duration::from_millis(self.slow.unwrap_or(0))
    }
}

/// The text names no fault, or not with a value that it takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownFault(String);

impl fmt::Display for UnknownFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown fault or value `{}`; there are:", self.0)?;
        for (name, value, _) in FAULT_NAMES {
            let equals = if value.is_empty() { "" } else { "=" };
            write!(f, " {name}{equals}{value}")?;
        }
        Ok(())
    }
}

impl std::error::Error for UnknownFault {}

#[cfg(test)]
mod tests {
    use super::*;

    /// A value that the fault takes, written as on the command line.
    fn example(name: &str, value: &str) -> String {
        match value {
            "" => name.to_owned(),
            "MS" => format!("{name}=250"),
            choices => format!("{name}={}", choices.split('|').next().unwrap()),
        }
    }

    #[test]
    fn every_named_fault_can_be_switched_on() {
        for (name, value, _) in FAULT_NAMES {
            let faults = Faults::from_names([example(name, value)]).unwrap();
            assert_ne!(faults, Faults::default(), "{name}");
            let json = serde_json::to_value(&faults).unwrap();
            assert!(json.get(name).is_some(), "{name} has the same name in JSON");
        }
    }

    #[test]
    fn the_list_names_every_fault_there_is() {
        let names = FAULT_NAMES.map(|(name, value, _)| example(name, value));
        let all = serde_json::to_value(Faults::from_names(names).unwrap()).unwrap();
        let on = all
            .as_object()
            .unwrap()
            .values()
            .filter(|value| **value != false)
            .count();
        assert_eq!(on, FAULT_NAMES.len());
        assert_eq!(all.as_object().unwrap().len(), FAULT_NAMES.len());
    }

    #[test]
    fn faults_survive_json() {
        let faults = Faults::from_names(["coop=same-origin-allow-popups", "slow=20"]).unwrap();
        let json = serde_json::to_string(&faults).unwrap();
        assert_eq!(serde_json::from_str::<Faults>(&json).unwrap(), faults);
        assert_eq!(
            serde_json::from_str::<Faults>("{}").unwrap(),
            Faults::default()
        );
    }

    #[test]
    fn wrong_names_and_values_are_refused() {
        for text in [
            "webhook",
            "coop",
            "coop=unsafe-none",
            "slow=soon",
            "declined=yes",
            "slow",
        ] {
            let refused = Faults::from_names([text]).unwrap_err();
            assert!(refused.to_string().contains(text));
        }
        assert!(serde_json::from_str::<Faults>(r#"{"webhook_lost":true}"#).is_err());
    }
}
