//! `Event Options`: which events are shown.

use api_types::{Day, EventFilters, EventStatus};
use leptos::prelude::*;

use crate::components::{CheckField, Choice, DateRangeField, DayRange, FilterBar, SelectField};
use crate::i18n::{self, event_status_badge, fill, key, t};

/// Service, status, dates and `Unpaid only`. Each acts at once.
#[component]
pub fn EventOptions(
    /// What the events are filtered by now.
    #[prop(into)]
    filters: Signal<EventFilters>,
    /// The services that the customer has events of.
    #[prop(into)]
    services: Signal<Vec<String>>,
    /// Whether days can be chosen: a month or a week has its own.
    dates: bool,
    /// Something else is wanted.
    #[prop(into)]
    on_change: Callback<EventFilters>,
) -> impl IntoView {
    let filters = Memo::new(move |_| filters.get());
    let change = Change { filters, on_change };
    let fields = move || {
        view! {
            {move || service(change, services)}
            {status(change)}
            {dates.then(|| days(change))}
            <CheckField
                label=t(key::calendar::OPTION_UNPAID)
                name="event-unpaid"
                checked=Signal::derive(move || filters.with(|filters| filters.unpaid))
                on_change=Callback::new(move |on| change.to(|filters| filters.unpaid = on))
            />
        }
    };
    view! {
        <FilterBar
            id="event-options"
            title=t(key::calendar::OPTIONS)
            filters=fields
            active=Signal::derive(move || filters.with(options_on))
            on_clear=Callback::new(move |()| on_change.run(EventFilters::default()))
            shown=Signal::derive(move || filters.with(filter_words))
        />
    }
}

/// How many of the options narrow the list; the two days are one of them.
pub fn options_on(filters: &EventFilters) -> u32 {
    let on = [
        filters.service.is_some(),
        filters.status.is_some(),
        filters.from.is_some() || filters.to.is_some(),
        filters.unpaid,
    ];
    on.into_iter().map(u32::from).sum()
}

/// What is asked for, and whom to tell what is wanted instead.
#[derive(Clone, Copy)]
struct Change {
    filters: Memo<EventFilters>,
    on_change: Callback<EventFilters>,
}

impl Change {
    fn to(self, change: impl FnOnce(&mut EventFilters)) {
        let mut filters = self.filters.get_untracked();
        change(&mut filters);
        self.on_change.run(filters);
    }
}

fn any() -> Choice {
    Choice::new("", t(key::controls::ANY))
}

/// Only where the customer has some, or the address names one.
fn service(change: Change, services: Signal<Vec<String>>) -> Option<impl IntoView> {
    let Change { filters, .. } = change;
    let asked = filters.with_untracked(|filters| filters.service.clone());
    let mut names = services.get();
    names.extend(asked.filter(|asked| !services.with_untracked(|names| names.contains(asked))));
    let named = names
        .into_iter()
        .map(|name| Choice::new(name.clone(), name));
    let choices: Vec<Choice> = [any()].into_iter().chain(named).collect();
    let value = move || filters.with(|filters| filters.service.clone());
    (choices.len() > 1).then(|| {
        view! {
            <SelectField
                label=t(key::calendar::OPTION_SERVICE)
                name="event-service"
                choices=Signal::stored(choices)
                value=Signal::derive(move || value().unwrap_or_default())
                on_change=Callback::new(move |name: String| {
                    change.to(|filters| {
                        filters.service = Some(name).filter(|name| !name.is_empty());
                    });
                })
            />
        }
    })
}

fn status(change: Change) -> impl IntoView {
    let known = EventStatus::ALL
        .iter()
        .map(|status| Choice::new(status.as_str(), event_status_badge(*status).word));
    let choices: Vec<Choice> = [any()].into_iter().chain(known).collect();
    let value = move || change.filters.with(|filters| filters.status);
    view! {
        <SelectField
            label=t(key::calendar::OPTION_STATUS)
            name="event-status"
            choices=Signal::stored(choices)
            value=Signal::derive(move || {
                value().map(|status| status.as_str().to_owned()).unwrap_or_default()
            })
            on_change=Callback::new(move |word: String| {
                change.to(|filters| {
                    let mut all = EventStatus::ALL.iter().copied();
                    filters.status = all.find(|status| status.as_str() == word);
                });
            })
        />
    }
}

fn days(change: Change) -> Option<impl IntoView> {
    let today = i18n::today()?;
    let value = move || {
        change.filters.with(|filters| DayRange {
            from: filters.from,
            to: filters.to,
        })
    };
    Some(view! {
        <DateRangeField
            label=t(key::calendar::OPTION_DATES)
            name="event-dates"
            value=Signal::derive(value)
            today=Signal::stored(today)
            on_change=Callback::new(move |days: DayRange| {
                change.to(|filters| (filters.from, filters.to) = (days.from, days.to));
            })
        />
    })
}

/// What is shown, as in `Physiotherapy, Booked, from 1 Nov 2026`.
fn filter_words(filters: &EventFilters) -> String {
    let day = |day: &Day| i18n::day(day);
    let days = match (&filters.from, &filters.to) {
        (Some(from), Some(to)) => Some(fill(
            key::calendar::SHOWN_SPAN,
            [("from", &day(from)), ("to", &day(to))],
        )),
        (Some(from), None) => Some(fill(key::calendar::SHOWN_FROM, [("day", &day(from))])),
        (None, Some(to)) => Some(fill(key::calendar::SHOWN_UNTIL, [("day", &day(to))])),
        (None, None) => None,
    };
    let all = (options_on(filters) == 0).then(|| t(key::calendar::SHOWN_ALL));
    let shown = [
        all,
        filters.service.clone(),
        filters.status.map(|status| event_status_badge(status).word),
        days,
        filters.unpaid.then(|| t(key::calendar::OPTION_UNPAID)),
    ];
    let shown: Vec<String> = shown.into_iter().flatten().collect();
    i18n::join(&shown, ", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_counted_and_days_are_one_of_them() {
        assert_eq!(options_on(&EventFilters::default()), 0);
        let all = EventFilters {
            service: Some("Yoga".to_owned()),
            status: Some(EventStatus::Held),
            from: Day::parse("2026-11-01").ok(),
            to: Day::parse("2026-11-30").ok(),
            unpaid: true,
        };
        assert_eq!(options_on(&all), 4);
    }
}
