//! Which days and which currency a statement is for.

use api_types::{Currency, Day, StatementQuery};
use leptos::prelude::*;

use crate::components::{Choice, DateRangeField, DayRange, Preset, SelectField};
use crate::i18n::{key, t};
use crate::route::{Route, StatementChoice};
use crate::state::{Step, use_change, use_portal};

/// The days that an address asks for. Without any it is this month; an end that
/// is missing is the nearest sensible one, since a statement has both.
pub(super) fn days_of(choice: &StatementChoice, today: Day) -> StatementQuery {
    let (from, to) = match (choice.from, choice.to) {
        (Some(from), Some(to)) => (from.min(to), from.max(to)),
        (Some(from), None) => (from, from.max(today)),
        (None, Some(to)) => (to.first_of_year(), to),
        (None, None) => (today.first_of_month(), today.last_of_month()),
    };
    StatementQuery {
        from,
        to,
        currency: choice.currency,
    }
}

/// The fields; each acts at once.
#[component]
pub(super) fn ChooseDays(
    choice: Memo<StatementChoice>,
    query: Memo<StatementQuery>,
    today: Day,
) -> impl IntoView {
    let change = use_change();
    let ask = Callback::new(move |choice: StatementChoice| {
        let first_page = StatementChoice {
            cursor: None,
            ..choice
        };
        change(&Route::Statement(first_page), Step::Forward);
    });
    let range = move || {
        query.with(|query| DayRange {
            from: Some(query.from),
            to: Some(query.to),
        })
    };
    let choose_days = move |range: DayRange| {
        ask.run(StatementChoice {
            from: range.from,
            to: range.to,
            ..choice.get_untracked()
        });
    };
    let choose_currency = move |currency: Option<Currency>| {
        ask.run(StatementChoice {
            currency,
            ..choice.get_untracked()
        });
    };
    view! {
        <div class="filter_bar">
            <div class="filter_bar__row">
                <DateRangeField
                    label=t(key::statement::PERIOD)
                    name="days"
                    value=Signal::derive(range)
                    today=Signal::stored(today)
                    presets=&Preset::BOUNDED
                    on_change=Callback::new(choose_days)
                />
                {currency(choice, Callback::new(choose_currency))}
            </div>
        </div>
    }
}

/// Only where there is more than one.
fn currency(choice: Memo<StatementChoice>, on_change: Callback<Option<Currency>>) -> impl IntoView {
    let portal = use_portal();
    // The page waits for the portal, whose settings do not change while it stands.
    let currencies = untrack(|| portal.of(|portal| portal.currencies.clone()));
    let code = |currency: Currency| currency.code().to_owned();
    (currencies.len() > 1).then(|| {
        let any = Choice::new("", t(key::controls::ANY));
        let named = currencies
            .into_iter()
            .map(|of| Choice::new(code(of), code(of)));
        let choices: Vec<_> = [any].into_iter().chain(named).collect();
        let chosen = move || choice.with(|choice| choice.currency.map(code).unwrap_or_default());
        view! {
            <SelectField
                label=t(key::statement::CURRENCY)
                name="currency"
                choices=Signal::stored(choices)
                value=Signal::derive(chosen)
                on_change=Callback::new(move |code: String| on_change.run(code.parse().ok()))
            />
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_always_has_a_first_and_a_last_day() {
        let day = |text: &str| Day::parse(text).ok();
        let today = Day::parse("2026-11-21").unwrap();
        for (from, to, first, last) in [
            ("", "", "2026-11-01", "2026-11-30"),
            ("2026-03-01", "2026-03-31", "2026-03-01", "2026-03-31"),
            ("2026-03-31", "2026-03-01", "2026-03-01", "2026-03-31"),
            ("2026-03-01", "", "2026-03-01", "2026-11-21"),
            ("2027-03-01", "", "2027-03-01", "2027-03-01"),
            ("", "2025-06-30", "2025-01-01", "2025-06-30"),
        ] {
            let choice = StatementChoice {
                from: day(from),
                to: day(to),
                ..StatementChoice::default()
            };
            let query = days_of(&choice, today);
            let days = (query.from.to_string(), query.to.to_string());
            assert_eq!(days, (first.to_owned(), last.to_owned()), "{from} to {to}");
        }
    }
}
