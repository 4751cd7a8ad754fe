//! `/account`: Event Balance, per currency.

use api_client::ApiError;
use api_types::{ApplyCredit, Balance, CheckoutFor, Currency, CurrencyBalance};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::{
    BalanceCard, Button, Contact, EmptyState, Freshness, Glyph, Look, Notice, NoticeTone,
    PageHeading, Skeleton, SkeletonOf, Tab, Tabs,
};
use crate::i18n::{fill, key, t};
use crate::parts::{CheckoutPanels, LoadFailure, OpenInvoices, Pay, use_freshness};
use crate::route::Route;
use crate::state::{Loaded, error_words, load, new_key, use_api, use_live, use_portal, use_title};

/// The figures, and one `Pay My Balance` for each currency.
#[component]
pub fn AccountPage() -> impl IntoView {
    use_title(|| t(key::account::TITLE));
    let balance = load(|| (), |api, ()| async move { api.balance().await });
    let freshness = use_freshness(balance);
    let portal = use_portal();
    let currencies = Memo::new(move |_| {
        balance.of(|balance| {
            balance
                .currencies
                .iter()
                .map(|figures| figures.currency)
                .collect::<Vec<_>>()
        })
    });
    let cards = move || match currencies.get() {
        None if balance.error().is_some() => ().into_any(),
        None => view! { <Skeleton of=SkeletonOf::Balance /> }.into_any(),
        Some(none) if none.is_empty() => view! {
            <EmptyState
                title=t(key::account::EMPTY_TITLE)
                body=t(key::account::EMPTY_BODY)
                glyph=Glyph::Account
            />
        }
        .into_any(),
        Some(currencies) => currencies
            .into_iter()
            .map(|currency| one_currency(balance, currency, freshness))
            .collect_view()
            .into_any(),
    };
    view! {
        <PageHeading text=t(key::account::TITLE) />
        <Tabs name=t(key::account::TITLE) tabs=tabs() />
        <div class="columns">
            <div class="columns__side">
                <CheckoutPanels />
            </div>
            <div class="columns__main">
                <LoadFailure loaded=balance title=t(key::account::FAILED_TITLE) />
                {cards}
                <OpenInvoices />
            </div>
            <div class="columns__foot">
                <Contact
                    portal=Signal::derive(move || portal.of(|portal| portal.name.clone()))
                    support=Signal::derive(move || portal.of(|portal| portal.support.clone()))
                />
            </div>
        </div>
    }
    .into_any()
}

fn tabs() -> Vec<Tab> {
    let tab = |route: &Route, label, current| Tab {
        href: route.href(),
        label: t(label),
        current,
    };
    vec![
        tab(&Route::ACCOUNT, key::account::TAB_EVENT_BALANCE, true),
        tab(&Route::all_invoices(), key::account::TAB_INVOICES, false),
    ]
}

fn one_currency(
    balance: Loaded<Balance>,
    currency: Currency,
    freshness: Signal<Freshness>,
) -> Option<impl IntoView> {
    let find = move |balance: &Balance| {
        balance
            .currencies
            .iter()
            .find(|figures| figures.currency == currency)
            .cloned()
    };
    let first = untrack(|| balance.of(find).flatten())?;
    // The card stays while its figures change in place.
    let figures = Memo::new(move |before: Option<&CurrencyBalance>| {
        balance
            .of(find)
            .flatten()
            .or_else(|| before.cloned())
            .unwrap_or_else(|| first.clone())
    });
    let first_as_of = untrack(|| balance.of(|balance| balance.as_of))?;
    let as_of = Memo::new(move |_| balance.of(|balance| balance.as_of).unwrap_or(first_as_of));
    let covered = Memo::new(move |_| figures.with(|figures| figures.credit_covers));
    let code = currency.code().to_owned();
    let what = fill(key::checkout::NOTICE_WHAT_BALANCE, [("currency", &code)]);
    let actions = move || {
        if covered.get() {
            return view! { <UseCredit figures=figures /> }.into_any();
        }
        view! {
            <Pay
                pays_for=CheckoutFor::Balance { currency }
                label=t(key::account::PAY_MY_BALANCE)
                what=Signal::stored(what.clone())
                payable=Signal::derive(move || figures.with(|figures| figures.pay.clone()))
                id=format!("pay-balance-{}", code.to_lowercase())
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
    Some(view! {
        <BalanceCard balance=figures as_of=as_of freshness=freshness>
            {actions}
            {on_its_way}
        </BalanceCard>
    })
}

/// Where credit covers everything, the button applies it: no window, no provider.
#[component]
fn UseCredit(figures: Memo<CurrencyBalance>) -> impl IntoView {
    let (api, live) = (use_api(), use_live());
    let busy = RwSignal::new(false);
    let error = RwSignal::new(None::<ApiError>);
    // One key for one wish: pressing again after a lost answer uses it no second time.
    let wish = StoredValue::new(new_key());
    let apply = move |()| {
        busy.set(true);
        error.set(None);
        let request = ApplyCredit {
            displayed_credit: figures.with_untracked(|f| f.credit),
        };
        spawn_local(async move {
            match api.get().apply_credit(&wish.get_value(), &request).await {
                Ok(_) => live.refresh(),
                Err(refused) => {
                    if !refused.is_passing() {
                        wish.try_set_value(new_key());
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
        <Button look=Look::Primary busy=busy on_press=Callback::new(apply)>
            {t(key::account::APPLY_CREDIT)}
        </Button>
        {move || {
            error.get().map(|error| view! { <Notice tone=NoticeTone::Bad body=error_words(&error) /> })
        }}
    }
}
