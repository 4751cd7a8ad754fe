//! Paying what is owed in one currency: `Pay My Balance`, or the credit where
//! that covers everything.

use api_types::{Balance, CheckoutFor, Currency, CurrencyBalance};
use leptos::prelude::*;

use super::Pay;
use super::use_credit::UseCredit;
use crate::i18n::{fill, key, t};
use crate::state::Loaded;

/// The figures of one currency, which stay what they were while a new reading
/// does not have them.
pub fn figures_in(balance: Loaded<Balance>, currency: Currency) -> Option<Memo<CurrencyBalance>> {
    let find = move |balance: &Balance| {
        let mut all = balance.currencies.iter();
        all.find(|figures| figures.currency == currency).cloned()
    };
    let first = untrack(|| balance.of(find).flatten())?;
    Some(Memo::new(move |before: Option<&CurrencyBalance>| {
        let now = balance.of(find).flatten().or_else(|| before.cloned());
        now.unwrap_or_else(|| first.clone())
    }))
}

/// The button, its terms, and a word about money that is on its way.
#[component]
pub fn PayBalance(
    /// The figures.
    figures: Memo<CurrencyBalance>,
) -> impl IntoView {
    let covered = Memo::new(move |_| figures.with(|figures| figures.credit_covers));
    let currency = figures.with_untracked(|figures| figures.currency);
    let code = currency.code().to_owned();
    let what = fill(key::checkout::NOTICE_WHAT_BALANCE, [("currency", &code)]);
    let action = move || {
        if covered.get() {
            return view! { <UseCredit figures=figures /> }.into_any();
        }
        view! {
            <Pay
                pays_for=CheckoutFor::Balance { currency }
                label=t(key::account::PAY_MY_BALANCE)
                what=Signal::stored(what.clone())
                payable=Signal::derive(move || figures.with(|figures| figures.pay.clone()))
                id=format!("pay-balance-{}", code.to_ascii_lowercase())
            />
        }
        .into_any()
    };
    let on_its_way = move || {
        let waiting = figures.with(|f| f.on_its_way.is_positive() && f.owed.is_positive());
        waiting.then(|| {
            view! { <p class="balance_card__note">{t(key::account::ON_ITS_WAY_NOTE)}</p> }
        })
    };
    view! {
        {action}
        {on_its_way}
    }
}
