//! `/`: what is owed, what is open, and the ways on.

use api_types::Balance;
use leptos::prelude::*;

use crate::components::{Amount, AsOf, Card, Glyph, PageHeading, Skeleton, SkeletonOf, Tile};
use crate::i18n::{fill, key, t};
use crate::parts::{CheckoutPanels, LoadFailure, OpenInvoices, use_freshness};
use crate::route::Route;
use crate::state::{Loaded, load, use_session, use_title};

/// Tiles for the screens that exist, the balance, and what is due next.
#[component]
pub fn HomePage() -> impl IntoView {
    let session = use_session();
    use_title(|| t(key::home::TITLE));
    let balance = load(|| (), |api, ()| async move { api.balance().await });
    let greeting = move || {
        let name = session
            .session()
            .map(|session| session.name)
            .unwrap_or_default();
        fill(key::home::GREETING, [("name", &name)])
    };
    view! {
        <PageHeading text=Signal::derive(greeting) />
        <CheckoutPanels />
        <div class="columns">
            <div class="columns__main">
                <Owed balance=balance />
                <OpenInvoices />
            </div>
            <div class="columns__side">
                <nav class="tiles" aria-label=t(key::common::SECTIONS)>
                    <Tile
                        href=Route::ACCOUNT.href()
                        glyph=Glyph::Account
                        label=t(key::common::NAV_ACCOUNT)
                        body=t(key::home::TILE_ACCOUNT_BODY)
                    />
                    <Tile
                        href=Route::all_invoices().href()
                        glyph=Glyph::Invoices
                        label=t(key::common::NAV_INVOICES)
                        body=t(key::home::TILE_INVOICES_BODY)
                    />
                    <Tile
                        href=Route::all_payments().href()
                        glyph=Glyph::Payments
                        label=t(key::common::NAV_PAYMENTS)
                        body=t(key::home::TILE_PAYMENTS_BODY)
                    />
                </nav>
            </div>
        </div>
    }
    .into_any()
}

/// What is owed in each currency, and the way to pay it.
#[component]
fn Owed(balance: Loaded<Balance>) -> impl IntoView {
    let freshness = use_freshness(balance);
    let figures = move || {
        balance.of(|balance| {
            let owed: Vec<_> = balance
                .currencies
                .iter()
                .map(|figures| figures.owed)
                .collect();
            let due = owed.iter().copied().filter(|owed| owed.is_positive());
            let due: Vec<_> = due.collect();
            // Nothing owed at all still has a figure: nothing, in the account's first currency.
            if due.is_empty() {
                owed.into_iter().take(1).collect()
            } else {
                due
            }
        })
    };
    let as_of = Memo::new(move |_| balance.of(|balance| balance.as_of));
    view! {
        <Card
            title=t(key::account::YOU_OWE)
            id="owed"
            more=(Route::ACCOUNT.href(), t(key::home::VIEW_ACCOUNT))
        >
            <LoadFailure loaded=balance title=t(key::account::FAILED_TITLE) />
            {move || match figures() {
                None if balance.error().is_some() => ().into_any(),
                Some(figures) if figures.is_empty() => {
                    view! { <p class="home__nothing">{t(key::account::EMPTY_TITLE)}</p> }.into_any()
                }
                None => view! { <Skeleton of=SkeletonOf::Figure /> }.into_any(),
                Some(figures) => {
                    view! {
                        <ul class="home__owed" role="list">
                            {figures
                                .into_iter()
                                .map(|owed| view! { <li><Amount money=owed /></li> })
                                .collect_view()}
                        </ul>
                    }
                        .into_any()
                }
            }}
            {move || {
                as_of.get().map(|at| view! { <AsOf at=Signal::stored(at) freshness=freshness /> })
            }}
        </Card>
    }
}
