//! The fields that narrow a list. Each acts at once, by the address.

use api_types::{Currency, Day};
use leptos::prelude::*;

use super::query::{ListFilters, ListQuery};
use crate::components::{Choice, DateRangeField, DayRange, SearchField, SelectField};
use crate::i18n::{self, Text, key, t};
use crate::state::{Step, use_change, use_portal, use_route};

/// The list that the address asks for, and the way to another one.
pub struct Listed<Q: ListQuery> {
    /// What is asked for now.
    pub query: Memo<Q>,
    go: Callback<Q>,
}

impl<Q: ListQuery> Clone for Listed<Q> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<Q: ListQuery> Copy for Listed<Q> {}

impl<Q: ListQuery> Listed<Q> {
    /// The list of the address. On the way to another page it stays as it was.
    pub fn of_address() -> Self {
        let place = use_route();
        let query = Memo::new(move |before: Option<&Q>| {
            let asked = place.get().and_then(Q::of_route);
            asked.unwrap_or_else(|| before.cloned().unwrap_or_default())
        });
        let change = use_change();
        let go = Callback::new(move |list: Q| change(&list.route(), Step::Forward));
        Self { query, go }
    }

    /// Goes to another question, from its first page on.
    pub fn ask(self, change: impl FnOnce(&mut Q)) {
        self.go
            .run(self.query.with_untracked(|list| list.asking(change)));
    }

    /// Takes every filter off.
    pub(super) fn clear(self) {
        self.go.run(self.query.with_untracked(Q::not_narrowed));
    }

    fn narrow(self, change: impl FnOnce(&mut ListFilters)) {
        self.ask(|list| {
            let mut filters = list.filters();
            change(&mut filters);
            list.set_filters(filters);
        });
    }

    /// A filter of one value, or any: `value` reads it, and `set` sets the one that was chosen,
    /// which is empty for any.
    pub fn select(
        self,
        (label, name): (Text, &'static str),
        choices: impl IntoIterator<Item = Choice>,
        value: fn(&Q) -> Option<String>,
        set: fn(&mut Q, String),
    ) -> AnyView {
        let value = Signal::derive(move || self.query.with(value).unwrap_or_default());
        let choose = Callback::new(move |chosen| self.ask(|list| set(list, chosen)));
        select_field((label, name), choices.into_iter().collect(), value, choose)
    }

    /// The filter of the currency, only where accounts are kept in several.
    pub fn currency(self) -> Option<AnyView> {
        let codes: Vec<Choice> = use_portal().of(|portal| {
            let codes = portal.currencies.iter().map(Currency::code);
            codes.map(|code| Choice::new(code, code)).collect()
        });
        (codes.len() > 1).then(|| {
            self.select(
                (key::common::CURRENCY, "currency"),
                codes,
                |list| {
                    list.filters()
                        .currency
                        .map(|chosen| chosen.code().to_owned())
                },
                |list, code| {
                    let currency = Currency::parse(&code).ok();
                    list.set_filters(ListFilters {
                        currency,
                        ..list.filters()
                    });
                },
            )
        })
    }

    /// The filter of the days.
    pub fn days(self, label: Text, name: &'static str) -> Option<AnyView> {
        let today = i18n::today()?;
        let value = move || {
            let ListFilters { from, to, .. } = self.query.with(Q::filters);
            DayRange { from, to }
        };
        let choose = move |days: DayRange| {
            self.narrow(|filters| (filters.from, filters.to) = (days.from, days.to));
        };
        let value = Signal::derive(value);
        Some(days_field(
            (label, name),
            value,
            today,
            Callback::new(choose),
        ))
    }

    /// The search.
    pub(super) fn search(self, label: Text) -> AnyView {
        let value = move || self.query.with(Q::filters).search.unwrap_or_default();
        let search = move |text: String| {
            self.narrow(|filters| filters.search = Some(text).filter(|text| !text.is_empty()));
        };
        search_field(label, Signal::derive(value), Callback::new(search))
    }
}

// The functions below do not know the query: each list would bring a copy of its own into the
// module.

fn select_field(
    (label, name): (Text, &'static str),
    choices: Vec<Choice>,
    value: Signal<String>,
    on_change: Callback<String>,
) -> AnyView {
    let any = Choice::new("", t(key::controls::ANY));
    let choices: Vec<Choice> = [any].into_iter().chain(choices).collect();
    view! {
        <SelectField
            label=t(label)
            name=name
            choices=Signal::stored(choices)
            value=value
            on_change=on_change
        />
    }
    .into_any()
}

fn days_field(
    (label, name): (Text, &'static str),
    value: Signal<DayRange>,
    today: Day,
    on_change: Callback<DayRange>,
) -> AnyView {
    view! {
        <DateRangeField
            label=t(label)
            name=name
            value=value
            today=Signal::stored(today)
            on_change=on_change
        />
    }
    .into_any()
}

fn search_field(label: Text, value: Signal<String>, on_search: Callback<String>) -> AnyView {
    view! { <SearchField label=t(label) name="search" value=value on_search=on_search /> }
        .into_any()
}
