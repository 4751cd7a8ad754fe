//! What is owed in each currency, with its button.

use api_types::{Balance, Currency};
use leptos::prelude::*;

use crate::components::{Amount, AsOf, Card, Skeleton, SkeletonOf};
use crate::i18n::{key, t};
use crate::parts::{LoadFailure, PayBalance, figures_in, use_freshness};
use crate::route::Route;
use crate::state::{Loaded, load};

/// The figure that matters in each currency, and the way to pay it.
#[component]
pub(super) fn Owed() -> impl IntoView {
    let balance = load(|| (), |api, ()| async move { api.balance().await });
    let freshness = use_freshness(balance);
    let currencies = Memo::new(move |_| balance.of(owing));
    let as_of = Memo::new(move |_| balance.of(|balance| balance.as_of));
    let figures = move || match currencies.get() {
        None if balance.error().is_some() => ().into_any(),
        None => view! { <Skeleton of=SkeletonOf::Figure /> }.into_any(),
        Some(none) if none.is_empty() => {
            view! { <p class="home__nothing">{t(key::account::EMPTY_TITLE)}</p> }.into_any()
        }
        Some(currencies) => {
            let one = |currency| one_currency(balance, currency);
            view! {
                <ul class="home__owed" role="list">
                    {currencies.into_iter().map(one).collect_view()}
                </ul>
            }
            .into_any()
        }
    };
    view! {
        <Card
            title=t(key::account::YOU_OWE)
            id="owed"
            more=(Route::ACCOUNT.href(), t(key::home::VIEW_ACCOUNT))
        >
            <LoadFailure loaded=balance title=t(key::account::FAILED_TITLE) />
            {figures}
            {move || {
                as_of.get().map(|at| view! { <AsOf at=Signal::stored(at) freshness=freshness /> })
            }}
        </Card>
    }
}

/// The currencies in which something is owed; where nothing is, the account's
/// first, so that the figure says so.
fn owing(balance: &Balance) -> Vec<Currency> {
    let all = balance.currencies.iter();
    let owing = all.clone().filter(|figures| figures.owed.is_positive());
    let owing: Vec<_> = owing.map(|figures| figures.currency).collect();
    if owing.is_empty() {
        all.map(|figures| figures.currency).take(1).collect()
    } else {
        owing
    }
}

fn one_currency(balance: Loaded<Balance>, currency: Currency) -> Option<impl IntoView> {
    let figures = figures_in(balance, currency)?;
    let owed = Signal::derive(move || figures.with(|figures| figures.owed));
    let any = Memo::new(move |_| owed.get().is_positive());
    let pay = move || any.get().then(|| view! { <PayBalance figures=figures /> });
    Some(view! {
        <li class="home__currency">
            <p class="home__figure">
                <Amount money=owed />
            </p>
            {pay}
        </li>
    })
}

#[cfg(test)]
mod tests {
    use api_types::{CurrencyBalance, Money, Payable, Timestamp};

    use super::*;

    fn figures(code: &str, owed: i64) -> CurrencyBalance {
        let currency = Currency::parse(code).unwrap();
        let nothing = Money::zero(currency);
        CurrencyBalance {
            currency,
            owed: Money::from_minor(owed, currency),
            overdue: nothing,
            credit: nothing,
            held: nothing,
            on_its_way: nothing,
            net: nothing,
            pay: Payable {
                allowed: false,
                reason: None,
                amount: nothing,
                least: None,
            },
            credit_covers: false,
            checkout: None,
        }
    }

    fn owing_in(currencies: Vec<CurrencyBalance>) -> Vec<String> {
        let balance = Balance {
            currencies,
            next_unpaid: None,
            as_of: Timestamp::parse("2026-11-21T14:02:00Z").unwrap(),
            version: 1,
        };
        let codes = owing(&balance);
        codes.iter().map(|code| code.code().to_owned()).collect()
    }

    #[test]
    fn what_is_owed_stands_in_each_currency_that_owes() {
        let all = vec![figures("EUR", 100), figures("PHP", 0), figures("GBP", 5)];
        assert_eq!(owing_in(all), ["EUR", "GBP"]);
    }

    #[test]
    fn nothing_owed_still_has_a_figure() {
        assert_eq!(
            owing_in(vec![figures("EUR", 0), figures("GBP", 0)]),
            ["EUR"]
        );
        assert_eq!(owing_in(vec![]), Vec::<String>::new());
    }
}
