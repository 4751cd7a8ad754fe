//! What narrows the list of invoices.

use api_types::{Currency, InvoiceFilter};
use leptos::prelude::*;

use super::listing::{asking, filters_on, not_narrowed};
use crate::components::{Choice, DateRangeField, DayRange, FilterBar, SearchField, SelectField};
use crate::i18n::{self, key, t};
use crate::route::{InvoiceList, Route};
use crate::state::{Step, use_change, use_home, use_portal};

/// The search, and the filters: state, currency, service and days. Each acts at
/// once, by the address.
#[component]
pub(super) fn InvoiceFilters(
    /// What is asked for now.
    list: Memo<InvoiceList>,
    /// What the list shows now, in words.
    shown: Signal<String>,
) -> impl IntoView {
    let change = use_change();
    let go = Callback::new(move |list: InvoiceList| change(&Route::Invoices(list), Step::Forward));
    let searched = move || list.with(|list| list.query.search.clone().unwrap_or_default());
    let search = move |text: String| {
        go.run(asking(&list.get_untracked(), |query| {
            query.search = Some(text).filter(|text| !text.is_empty());
        }));
    };
    let services = services();
    view! {
        <FilterBar
            id="invoice-filters"
            filters=move || fields(list, go, services).into_any()
            active=Signal::derive(move || list.with(|list| filters_on(&list.query)))
            on_clear=Callback::new(move |()| go.run(not_narrowed(&list.get_untracked())))
            shown=shown
        >
            <SearchField
                label=t(key::invoices::SEARCH)
                name="search"
                value=Signal::derive(searched)
                on_search=Callback::new(search)
            />
        </FilterBar>
    }
}

/// The names of the customer's services.
fn services() -> Memo<Vec<String>> {
    let home = use_home();
    Memo::new(move |_| {
        let names = home.of(|home| {
            let services = home.services.iter();
            services.map(|service| service.service.clone()).collect()
        });
        names.unwrap_or_default()
    })
}

fn fields(
    list: Memo<InvoiceList>,
    go: Callback<InvoiceList>,
    services: Memo<Vec<String>>,
) -> impl IntoView {
    let state = move || list.with(|list| list.query.state.map(InvoiceFilter::as_str));
    let choose_state = move |chosen: String| {
        go.run(asking(&list.get_untracked(), |query| {
            query.state = InvoiceFilter::ALL
                .iter()
                .copied()
                .find(|state| state.as_str() == chosen);
        }));
    };
    view! {
        <SelectField
            label=t(key::invoices::COLUMN_STATUS)
            name="state"
            choices=Signal::stored(states())
            value=Signal::derive(move || state().unwrap_or_default().to_owned())
            on_change=Callback::new(choose_state)
        />
        {currencies(list, go)}
        {move || service(list, go, services)}
        {days(list, go)}
    }
}

fn any() -> Choice {
    Choice::new("", t(key::controls::ANY))
}

fn states() -> Vec<Choice> {
    let known = InvoiceFilter::ALL.iter().filter_map(|state| {
        let words = match state {
            InvoiceFilter::Outstanding => key::invoices::FILTER_OPEN,
            InvoiceFilter::Overdue => key::invoices::STATE_OVERDUE,
            InvoiceFilter::Pending => key::invoices::STATE_PENDING,
            InvoiceFilter::Paid => key::invoices::STATE_PAID,
            InvoiceFilter::Refunded => key::invoices::STATE_REFUNDED,
            InvoiceFilter::Void => key::invoices::FILTER_VOID,
            _ => return None,
        };
        Some(Choice::new(state.as_str(), t(words)))
    });
    [any()].into_iter().chain(known).collect()
}

/// Only where accounts are kept in several.
fn currencies(list: Memo<InvoiceList>, go: Callback<InvoiceList>) -> Option<impl IntoView> {
    let codes: Vec<Choice> = use_portal().of(|portal| {
        let codes = portal.currencies.iter().map(Currency::code);
        codes.map(|code| Choice::new(code, code)).collect()
    });
    let value = move || {
        let currency = list.with(|list| list.query.currency);
        currency.map(|currency| currency.code().to_owned())
    };
    let choose = move |code: String| {
        go.run(asking(&list.get_untracked(), |query| {
            query.currency = Currency::parse(&code).ok();
        }));
    };
    let choices: Vec<Choice> = [any()].into_iter().chain(codes).collect();
    (choices.len() > 2).then(|| {
        view! {
            <SelectField
                label=t(key::common::CURRENCY)
                name="currency"
                choices=Signal::stored(choices)
                value=Signal::derive(move || value().unwrap_or_default())
                on_change=Callback::new(choose)
            />
        }
    })
}

/// Only where the customer has some, or the address names one.
fn service(
    list: Memo<InvoiceList>,
    go: Callback<InvoiceList>,
    services: Memo<Vec<String>>,
) -> Option<impl IntoView> {
    let asked = list.with_untracked(|list| list.query.service.clone());
    let mut names = services.get();
    names.extend(asked.filter(|asked| !services.with_untracked(|names| names.contains(asked))));
    let choose = move |name: String| {
        go.run(asking(&list.get_untracked(), |query| {
            query.service = Some(name).filter(|name| !name.is_empty());
        }));
    };
    let value = move || list.with(|list| list.query.service.clone());
    (!names.is_empty()).then(|| {
        let names = names
            .into_iter()
            .map(|name| Choice::new(name.clone(), name));
        let choices: Vec<Choice> = [any()].into_iter().chain(names).collect();
        view! {
            <SelectField
                label=t(key::invoices::COLUMN_SERVICE)
                name="service"
                choices=Signal::stored(choices)
                value=Signal::derive(move || value().unwrap_or_default())
                on_change=Callback::new(choose)
            />
        }
    })
}

fn days(list: Memo<InvoiceList>, go: Callback<InvoiceList>) -> Option<impl IntoView> {
    let today = i18n::today()?;
    let value = move || {
        list.with(|list| DayRange {
            from: list.query.from,
            to: list.query.to,
        })
    };
    let choose = move |days: DayRange| {
        go.run(asking(&list.get_untracked(), |query| {
            (query.from, query.to) = (days.from, days.to);
        }));
    };
    Some(view! {
        <DateRangeField
            label=t(key::invoices::COLUMN_ISSUED)
            name="issued"
            value=Signal::derive(value)
            today=Signal::stored(today)
            on_change=Callback::new(choose)
        />
    })
}
