//! What narrows the account history, and its order.

use api_types::{Currency, Day, HistoryOrder, HistoryQuery, Home};
use leptos::prelude::*;

use super::{narrowing, order_of, widest};
use crate::components::{CheckField, Choice, DateRangeField, DayRange, FilterBar, SelectField};
use crate::i18n::{self, fill, key, t};
use crate::state::{Loaded, use_home, use_portal};

/// `Service`, `Date Range`, the currency, `Include Only Outstanding`, `Order by`.
#[component]
pub(super) fn HistoryFilters(
    query: Memo<HistoryQuery>,
    on_change: Callback<HistoryQuery>,
) -> impl IntoView {
    let home = use_home();
    // Another question begins at its first page.
    let ask = move |change: &dyn Fn(&mut HistoryQuery)| {
        let mut query = query.get_untracked();
        query.cursor = None;
        change(&mut query);
        on_change.run(query);
    };
    let fields = move || {
        view! {
            {service(home, query, Callback::new(move |service| {
                ask(&|query| query.service.clone_from(&service));
            }))}
            {dates(query, Callback::new(move |range: DayRange| {
                ask(&|query| (query.from, query.to) = (range.from, range.to));
            }))}
            {currency(query, Callback::new(move |currency| ask(&|query| query.currency = currency)))}
            {order(query, Callback::new(move |order| ask(&|query| query.order = Some(order))))}
            <CheckField
                label=t(key::history::ONLY_OUTSTANDING)
                name="outstanding"
                checked=Signal::derive(move || query.with(|query| query.outstanding))
                on_change=Callback::new(move |on| ask(&|query| query.outstanding = on))
            />
        }
    };
    view! {
        <FilterBar
            id="history-filters"
            filters=fields
            active=Signal::derive(move || query.with(narrowing))
            on_clear=Callback::new(move |()| on_change.run(query.with_untracked(widest)))
            shown=Signal::derive(move || query.with(filter_words))
        />
    }
}

fn service(
    home: Loaded<Home>,
    query: Memo<HistoryQuery>,
    on_change: Callback<Option<String>>,
) -> impl IntoView {
    let chosen = move || query.with(|query| query.service.clone());
    let choices = move || {
        let known = home.of(|home| {
            let services = home.services.iter();
            services
                .map(|service| service.service.clone())
                .collect::<Vec<_>>()
        });
        let mut names = known.unwrap_or_default();
        // One that only the address knows is shown all the same.
        names.extend(chosen().filter(|chosen| !names.contains(chosen)));
        let any = Choice::new("", t(key::controls::ANY));
        let named = names
            .into_iter()
            .map(|name| Choice::new(name.clone(), name));
        [any].into_iter().chain(named).collect::<Vec<_>>()
    };
    view! {
        <SelectField
            label=t(key::history::SERVICE)
            name="service"
            choices=Signal::derive(choices)
            value=Signal::derive(move || chosen().unwrap_or_default())
            on_change=Callback::new(move |name: String| {
                on_change.run(Some(name).filter(|name| !name.is_empty()));
            })
        />
    }
}

fn dates(query: Memo<HistoryQuery>, on_change: Callback<DayRange>) -> impl IntoView {
    let range = move || {
        query.with(|query| DayRange {
            from: query.from,
            to: query.to,
        })
    };
    i18n::today().map(|today| {
        view! {
            <DateRangeField
                label=t(key::history::DATE_RANGE)
                name="dates"
                value=Signal::derive(range)
                today=Signal::stored(today)
                on_change=on_change
            />
        }
    })
}

/// Only where there is more than one.
fn currency(query: Memo<HistoryQuery>, on_change: Callback<Option<Currency>>) -> impl IntoView {
    let portal = use_portal();
    // The page waits for the portal, whose settings do not change while it stands.
    let currencies = untrack(|| portal.of(|portal| portal.currencies.clone()));
    let chosen = move || query.with(|query| query.currency);
    (currencies.len() > 1).then(|| {
        let any = Choice::new("", t(key::controls::ANY));
        let named = currencies
            .iter()
            .map(|currency| Choice::new(currency.code(), currency.code()));
        let choices: Vec<_> = [any].into_iter().chain(named).collect();
        view! {
            <SelectField
                label=t(key::history::CURRENCY)
                name="currency"
                choices=Signal::stored(choices)
                value=Signal::derive(move || {
                    chosen().map(|currency| currency.to_string()).unwrap_or_default()
                })
                on_change=Callback::new(move |code: String| on_change.run(code.parse().ok()))
            />
        }
    })
}

fn order(query: Memo<HistoryQuery>, on_change: Callback<HistoryOrder>) -> impl IntoView {
    let choices = vec![
        Choice::new(HistoryOrder::Newest.as_str(), t(key::history::NEWEST)),
        Choice::new(HistoryOrder::Oldest.as_str(), t(key::history::OLDEST)),
    ];
    let choose = move |word: String| {
        let mut known = [HistoryOrder::Newest, HistoryOrder::Oldest].into_iter();
        if let Some(order) = known.find(|order| order.as_str() == word) {
            on_change.run(order);
        }
    };
    view! {
        <SelectField
            label=t(key::history::ORDER_BY)
            name="order"
            choices=Signal::stored(choices)
            value=Signal::derive(move || query.with(|query| order_of(query).as_str().to_owned()))
            on_change=Callback::new(choose)
        />
    }
}

/// What the list shows, as in `Physiotherapy, from 1 Nov 2026, Newest on Top`.
fn filter_words(query: &HistoryQuery) -> String {
    let day = |day: &Day| i18n::day(day);
    let days = match (&query.from, &query.to) {
        (Some(from), Some(to)) => Some(fill(
            key::history::SHOWN_SPAN,
            [("from", &day(from)), ("to", &day(to))],
        )),
        (Some(from), None) => Some(fill(key::history::SHOWN_FROM, [("day", &day(from))])),
        (None, Some(to)) => Some(fill(key::history::SHOWN_UNTIL, [("day", &day(to))])),
        (None, None) => None,
    };
    let currency = query
        .currency
        .map(|currency| fill(key::history::IN_CURRENCY, [("currency", currency.code())]));
    let outstanding = query.outstanding.then(|| t(key::history::ONLY_OUTSTANDING));
    let all = (narrowing(query) == 0).then(|| t(key::history::SHOWN_ALL));
    let order = t(match order_of(query) {
        HistoryOrder::Oldest => key::history::OLDEST,
        _ => key::history::NEWEST,
    });
    let shown = [
        all,
        query.service.clone(),
        days,
        currency,
        outstanding,
        Some(order),
    ];
    let shown: Vec<String> = shown.into_iter().flatten().collect();
    i18n::join(&shown, ", ")
}
