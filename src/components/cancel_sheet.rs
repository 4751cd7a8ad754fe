//! The dialog before an event is cancelled: which one, what it costs now, and
//! what becomes of the money.

use api_types::{CancelTerms, Money, Timestamp};
use leptos::prelude::*;

use super::button::{Button, Look};
use super::details::{Detail, Details};
use super::notice::{Notice, NoticeTone};
use super::sheet::Sheet;
use crate::i18n::{self, fill, key, t};

/// Why an event was not cancelled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotCancelled {
    /// It costs something else by now: the new terms are on screen.
    TermsChanged,
    /// Anything else, in words.
    Failed(String),
}

/// The dialog. New terms take the place of old ones while it is open.
#[component]
pub fn CancelSheet(
    /// Whether it is open.
    #[prop(into)]
    open: Signal<bool>,
    /// What is cancelled: its name and when it is.
    #[prop(into)]
    what: Signal<(String, String)>,
    /// What cancelling means now.
    #[prop(into)]
    terms: Signal<CancelTerms>,
    /// It is under way.
    #[prop(into)]
    busy: Signal<bool>,
    /// Why it did not go through.
    #[prop(into)]
    refused: Signal<Option<NotCancelled>>,
    /// The customer cancels the event.
    #[prop(into)]
    on_cancel: Callback<()>,
    /// The customer keeps it.
    #[prop(into)]
    on_close: Callback<()>,
    /// The id of what opens the dialog.
    #[prop(into)]
    opener: String,
) -> impl IntoView {
    let facts = Memo::new(move |_| terms.with(cancel_facts));
    let details = move || {
        let facts = facts.get();
        let facts = facts
            .into_iter()
            .map(|fact| Detail::new(fact.label(), fact.words()));
        view! { <Details facts=facts.collect() /> }
    };
    let changed = move || {
        let changed = refused.with(|refused| *refused == Some(NotCancelled::TermsChanged));
        changed.then(|| {
            let words = t(key::booking::CANCEL_CHANGED);
            view! { <Notice tone=NoticeTone::Waiting body=words /> }
        })
    };
    let failed = move || match refused.get() {
        Some(NotCancelled::Failed(words)) => {
            Some(view! { <Notice tone=NoticeTone::Bad body=words /> })
        }
        _ => None,
    };
    let actions = move || {
        view! {
            <Button disabled=busy on_press=on_close>
                {t(key::booking::KEEP_IT)}
            </Button>
            <Button look=Look::Primary busy=busy on_press=on_cancel>
                {t(key::booking::CANCEL_THIS_EVENT)}
            </Button>
        }
    };
    view! {
        <Sheet
            id="cancel-event-sheet"
            title=t(key::booking::CANCEL_QUESTION)
            open=open
            on_close=on_close
            opener=opener
            actions=actions
        >
            <div class="cancel_event__what">
                <p class="cancel_event__title">{move || what.with(|(title, _)| title.clone())}</p>
                <p>{move || what.with(|(_, when)| when.clone())}</p>
            </div>
            <div class="cancel_event__news" aria-live="polite">
                {changed}
            </div>
            {failed}
            {details}
        </Sheet>
    }
}

/// Something to know before cancelling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CancelFact {
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
fn cancel_facts(terms: &CancelTerms) -> Vec<CancelFact> {
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
