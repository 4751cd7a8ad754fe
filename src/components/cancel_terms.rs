//! What cancelling an event means for its money, in facts. Pure.

use api_types::{CancelTerms, Money, Timestamp};

use crate::i18n::{self, fill, key, t};

/// Something to know before cancelling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CancelFact {
    /// It costs nothing now.
    Free,
    /// It costs so much now.
    Costs(Money),
    /// It costs nothing until then.
    FreeUntil(Timestamp),
    /// It would have cost nothing until then.
    WasFreeUntil(Timestamp),
    /// So much of what was paid becomes credit.
    Credit(Money),
    /// All that was paid goes into the cost.
    NoCredit,
    /// So much of the cost remains to be paid.
    Owed(Money),
}

/// What there is to know, in the order of saying it.
pub(super) fn cancel_facts(terms: &CancelTerms) -> Vec<CancelFact> {
    let cost = terms.charge.map_or(CancelFact::Free, CancelFact::Costs);
    let until = terms.free_until.map(|until| match terms.charge {
        None => CancelFact::FreeUntil(until),
        Some(_) => CancelFact::WasFreeUntil(until),
    });
    let credit = terms.returned.map(|returned| {
        if returned.is_positive() {
            CancelFact::Credit(returned)
        } else {
            CancelFact::NoCredit
        }
    });
    let owed = terms.owed.filter(Money::is_positive).map(CancelFact::Owed);
    let more = [until, credit, owed].into_iter().flatten();
    [cost].into_iter().chain(more).collect()
}

impl CancelFact {
    /// What it is about.
    pub(super) fn label(self) -> String {
        t(match self {
            Self::Free | Self::Costs(_) => key::booking::COST_NOW,
            Self::FreeUntil(_) | Self::WasFreeUntil(_) => key::booking::FREE_UNTIL,
            Self::Credit(_) | Self::NoCredit => key::booking::WHAT_YOU_PAID,
            Self::Owed(_) => key::booking::TO_PAY,
        })
    }

    /// What is so.
    pub(super) fn words(self) -> String {
        match self {
            Self::Free => t(key::booking::NO_COST),
            Self::Costs(money) | Self::Owed(money) => i18n::money(&money),
            Self::FreeUntil(until) => i18n::instant_with_zone(&until),
            Self::WasFreeUntil(until) => {
                let when = i18n::instant_with_zone(&until);
                fill(key::booking::WAS_FREE_UNTIL, [("when", &when)])
            }
            Self::Credit(money) => fill(
                key::booking::BECOMES_CREDIT,
                [("amount", &i18n::money(&money))],
            ),
            Self::NoCredit => t(key::booking::GOES_INTO_COST),
        }
    }
}

#[cfg(test)]
mod tests {
    use api_types::Currency;

    use super::*;

    fn euro(minor: i64) -> Money {
        Money::from_minor(minor, Currency::parse("EUR").unwrap())
    }

    fn until() -> Timestamp {
        Timestamp::parse("2026-12-01T10:00:00Z").unwrap()
    }

    fn terms(charge: Option<i64>, returned: Option<i64>, owed: Option<i64>) -> CancelTerms {
        CancelTerms {
            allowed: true,
            reason: None,
            free_until: Some(until()),
            charge: charge.map(euro),
            returned: returned.map(euro),
            owed: owed.map(euro),
        }
    }

    #[test]
    fn cancelling_in_time_gives_everything_back() {
        use CancelFact::{Credit, Free, FreeUntil};
        assert_eq!(
            cancel_facts(&terms(None, None, None)),
            [Free, FreeUntil(until())]
        );
        let paid = cancel_facts(&terms(None, Some(6500), None));
        assert_eq!(paid, [Free, FreeUntil(until()), Credit(euro(6500))]);
    }

    #[test]
    fn cancelling_late_says_what_it_costs_and_who_pays_it() {
        use CancelFact::{Costs, Credit, NoCredit, Owed, WasFreeUntil};
        let (costs, was) = (Costs(euro(3250)), WasFreeUntil(until()));
        assert_eq!(
            cancel_facts(&terms(Some(3250), None, Some(3250))),
            [costs, was, Owed(euro(3250))]
        );
        assert_eq!(
            cancel_facts(&terms(Some(3250), Some(3250), None)),
            [costs, was, Credit(euro(3250))]
        );
        assert_eq!(
            cancel_facts(&terms(Some(3250), Some(0), Some(1250))),
            [costs, was, NoCredit, Owed(euro(1250))]
        );
    }
}
