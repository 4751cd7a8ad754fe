//! What narrows the list of payments.

use api_types::{Currency, PaymentKind, PaymentQuery, PaymentStatus};
use leptos::prelude::*;

use super::listing::{asking, filters_on, not_narrowed};
use crate::components::{Choice, DateRangeField, DayRange, FilterBar, SearchField, SelectField};
use crate::i18n::{self, key, payment_badge, payment_kind_words, t};
use crate::route::Route;
use crate::state::{Step, use_change, use_portal};

/// The search, and the filters: state, kind, currency and days. Each acts at
/// once, by the address.
#[component]
pub(super) fn PaymentFilters(
    /// What is asked for now.
    query: Memo<PaymentQuery>,
    /// What the list shows now, in words.
    shown: Signal<String>,
) -> impl IntoView {
    let change = use_change();
    let go = Callback::new(move |query| change(&Route::Payments(query), Step::Forward));
    let searched = move || query.with(|query| query.search.clone().unwrap_or_default());
    let search = move |text: String| {
        go.run(asking(&query.get_untracked(), |query| {
            query.search = Some(text).filter(|text| !text.is_empty());
        }));
    };
    let fields = move || {
        view! {
            {status(query, go)}
            {kind(query, go)}
            {currency(query, go)}
            {days(query, go)}
        }
        .into_any()
    };
    view! {
        <FilterBar
            id="payment-filters"
            filters=fields
            active=Signal::derive(move || query.with(filters_on))
            on_clear=Callback::new(move |()| go.run(not_narrowed(&query.get_untracked())))
            shown=shown
        >
            <SearchField
                label=t(key::payments::SEARCH)
                name="search"
                value=Signal::derive(searched)
                on_search=Callback::new(search)
            />
        </FilterBar>
    }
}

fn with_any(choices: impl Iterator<Item = Choice>) -> Vec<Choice> {
    let any = Choice::new("", t(key::controls::ANY));
    [any].into_iter().chain(choices).collect()
}

fn status(query: Memo<PaymentQuery>, go: Callback<PaymentQuery>) -> impl IntoView {
    let known = PaymentStatus::ALL.iter().copied();
    let choices =
        with_any(known.map(|status| Choice::new(status.as_str(), payment_badge(status).word)));
    let value = move || query.with(|query| query.status.map(PaymentStatus::as_str));
    let choose = move |chosen: String| {
        go.run(asking(&query.get_untracked(), |query| {
            let mut known = PaymentStatus::ALL.iter().copied();
            query.status = known.find(|status| status.as_str() == chosen);
        }));
    };
    view! {
        <SelectField
            label=t(key::payments::COLUMN_STATUS)
            name="state"
            choices=Signal::stored(choices)
            value=Signal::derive(move || value().unwrap_or_default().to_owned())
            on_change=Callback::new(choose)
        />
    }
}

fn kind(query: Memo<PaymentQuery>, go: Callback<PaymentQuery>) -> impl IntoView {
    let known = PaymentKind::ALL.iter().copied();
    let choices = with_any(known.map(|kind| Choice::new(kind.as_str(), payment_kind_words(kind))));
    let value = move || query.with(|query| query.kind.map(PaymentKind::as_str));
    let choose = move |chosen: String| {
        go.run(asking(&query.get_untracked(), |query| {
            let mut known = PaymentKind::ALL.iter().copied();
            query.kind = known.find(|kind| kind.as_str() == chosen);
        }));
    };
    view! {
        <SelectField
            label=t(key::payments::KIND)
            name="kind"
            choices=Signal::stored(choices)
            value=Signal::derive(move || value().unwrap_or_default().to_owned())
            on_change=Callback::new(choose)
        />
    }
}

/// Only where accounts are kept in several.
fn currency(query: Memo<PaymentQuery>, go: Callback<PaymentQuery>) -> Option<impl IntoView> {
    let codes: Vec<Choice> = use_portal().of(|portal| {
        let codes = portal.currencies.iter().map(Currency::code);
        codes.map(|code| Choice::new(code, code)).collect()
    });
    let several = codes.len() > 1;
    let value = move || {
        let currency = query.with(|query| query.currency);
        currency.map(|currency| currency.code().to_owned())
    };
    let choose = move |code: String| {
        go.run(asking(&query.get_untracked(), |query| {
            query.currency = Currency::parse(&code).ok();
        }));
    };
    several.then(|| {
        view! {
            <SelectField
                label=t(key::common::CURRENCY)
                name="currency"
                choices=Signal::stored(with_any(codes.into_iter()))
                value=Signal::derive(move || value().unwrap_or_default())
                on_change=Callback::new(choose)
            />
        }
    })
}

fn days(query: Memo<PaymentQuery>, go: Callback<PaymentQuery>) -> Option<impl IntoView> {
    let today = i18n::today()?;
    let value = move || {
        query.with(|query| DayRange {
            from: query.from,
            to: query.to,
        })
    };
    let choose = move |days: DayRange| {
        go.run(asking(&query.get_untracked(), |query| {
            (query.from, query.to) = (days.from, days.to);
        }));
    };
    Some(view! {
        <DateRangeField
            label=t(key::payments::DATE_RANGE)
            name="dates"
            value=Signal::derive(value)
            today=Signal::stored(today)
            on_change=Callback::new(choose)
        />
    })
}
