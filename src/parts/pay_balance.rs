//! Paying what is owed in one currency: `Pay My Balance`, or the credit where
//! that covers everything.

use api_client::ApiError;
use api_types::{ApplyCredit, Balance, CheckoutFor, Currency, CurrencyBalance};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Pay;
use crate::components::{Button, Look, Notice, NoticeTone, pass_focus_on};
use crate::i18n::{fill, key, t};
use crate::state::{Loaded, error_words, new_key, use_api, use_live};

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

/// The button that applies the credit.
#[component]
fn UseCredit(
    /// The figures of its currency.
    figures: Memo<CurrencyBalance>,
) -> impl IntoView {
    let (api, live) = (use_api(), use_live());
    let code = figures.with_untracked(|figures| figures.currency.code().to_ascii_lowercase());
    let id = format!("use-credit-{code}");
    pass_focus_on(id.clone());
    let busy = RwSignal::new(false);
    let error = RwSignal::new(None::<ApiError>);
    // One key for one request: pressing again after a lost answer uses it no second time.
    let asked = StoredValue::new(new_key());
    let apply = move |()| {
        busy.set(true);
        error.set(None);
        let request = ApplyCredit {
            displayed_credit: figures.with_untracked(|f| f.credit),
        };
        spawn_local(async move {
            match api.get().apply_credit(&asked.get_value(), &request).await {
                Ok(_) => live.refresh(),
                Err(refused) => {
                    if !refused.is_passing() {
                        asked.try_set_value(new_key());
                    }
                    live.refresh();
                    error.try_set(Some(refused));
                }
            }
            busy.try_set(false);
        });
    };
    view! {
        <p class="balance_card__note">{t(key::account::CREDIT_COVERS)}</p>
        <Button look=Look::Primary busy=busy id=id on_press=Callback::new(apply)>
            {t(key::account::APPLY_CREDIT)}
        </Button>
        {move || {
            error.get().map(|error| view! { <Notice tone=NoticeTone::Bad body=error_words(&error) /> })
        }}
    }
}
