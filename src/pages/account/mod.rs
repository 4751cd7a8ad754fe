//! `/account`: Event Balance, per currency.

mod figure;
mod next_event;

use api_types::{Balance, Currency, FigureQuery};
use leptos::prelude::*;

use crate::components::{
    BalanceCard, Contact, EmptyState, Freshness, Glyph, PageHeading, Skeleton, SkeletonOf,
};
use crate::i18n::{key, t};
use crate::parts::{
    AccountTab, AccountTabs, CheckoutPanels, LoadFailure, OpenInvoices, PayBalance, figures_in,
    use_freshness,
};
use crate::route::Route;
use crate::state::{Loaded, load, use_portal, use_title};

use figure::FigureSheet;
use next_event::NextUnpaidEvent;

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
        <AccountTabs current=AccountTab::Balance />
        <div class="columns">
            <div class="columns__side">
                <CheckoutPanels />
            </div>
            <div class="columns__main">
                <LoadFailure loaded=balance title=t(key::account::FAILED_TITLE) />
                {cards}
                <NextUnpaidEvent balance=balance />
                <OpenInvoices />
            </div>
            <div class="columns__foot">
                <Contact
                    portal=Signal::derive(move || portal.of(|portal| portal.name.clone()))
                    support=Signal::derive(move || portal.of(|portal| portal.support.clone()))
                />
            </div>
        </div>
        <FigureSheet balance=balance />
    }
    .into_any()
}

fn one_currency(
    balance: Loaded<Balance>,
    currency: Currency,
    freshness: Signal<Freshness>,
) -> Option<impl IntoView> {
    // The card stays while its figures change in place.
    let figures = figures_in(balance, currency)?;
    let first_as_of = untrack(|| balance.of(|balance| balance.as_of))?;
    let as_of = Memo::new(move |_| balance.of(|balance| balance.as_of).unwrap_or(first_as_of));
    Some(view! {
        <BalanceCard
            balance=figures
            as_of=as_of
            freshness=freshness
            href=Callback::new(|(figure, currency)| {
                let opened = FigureQuery {
                    figure,
                    currency,
                    cursor: None,
                    limit: None,
                };
                Route::Account { figure: Some(opened) }.href()
            })
        >
            <PayBalance figures=figures />
        </BalanceCard>
    })
}
