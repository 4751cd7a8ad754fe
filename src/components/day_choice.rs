//! The days that have offered times, month by month, to choose one from.

use api_types::{Day, OfferedDay};
use leptos::prelude::*;

use crate::i18n::{self, key, plural, t};

/// Days as radio buttons, which every keyboard and screen reader knows: the
/// arrows go from one to the next. Days without times are not there.
#[component]
pub fn DayChoice(
    /// The name that the buttons share, unique on the page.
    #[prop(into)]
    name: String,
    /// The days that have times, in order.
    #[prop(into)]
    days: Signal<Vec<OfferedDay>>,
    /// The one whose times are shown.
    #[prop(into)]
    chosen: Signal<Option<Day>>,
    /// Another one was chosen.
    #[prop(into)]
    on_choose: Callback<Day>,
) -> impl IntoView {
    let months = Memo::new(move |_| days.with(|days| months_of(days)));
    let month = move |first: Day| {
        let name = name.clone();
        let of_month = Signal::derive(move || {
            days.with(|days| {
                let within = days
                    .iter()
                    .filter(|offered| offered.day.first_of_month() == first);
                within.map(|offered| offered.day).collect::<Vec<_>>()
            })
        });
        view! {
            <div class="day_choice__month">
                // Each day says its month itself to those who do not see this.
                <p class="day_choice__name" aria-hidden="true">
                    {i18n::month_of_year(&first)}
                </p>
                <div class="day_choice__days">
                    <For each=move || of_month.get() key=|day| *day let:day>
                        {one(name.clone(), day, days, chosen, on_choose)}
                    </For>
                </div>
            </div>
        }
    };
    view! {
        <fieldset class="day_choice">
            <legend class="day_choice__legend">{t(key::booking::DAY)}</legend>
            <For each=move || months.get() key=|first| *first let:first>
                {month(first)}
            </For>
        </fieldset>
    }
}

fn one(
    name: String,
    day: Day,
    days: Signal<Vec<OfferedDay>>,
    chosen: Signal<Option<Day>>,
    on_choose: Callback<Day>,
) -> impl IntoView {
    let count = Memo::new(move |_| {
        let count = days.with(|days| {
            let found = days.iter().find(|offered| offered.day == day);
            found.map_or(0, |offered| offered.times.len())
        });
        u32::try_from(count).unwrap_or(u32::MAX)
    });
    view! {
        <label class="day_choice__day">
            <input
                class="day_choice__radio"
                type="radio"
                name=name
                value=day.to_string()
                prop:checked=move || chosen.get() == Some(day)
                on:change=move |_| on_choose.run(day)
            />
            <span class="day_choice__weekday">{i18n::weekday(&day)}</span>
            " "
            <span class="day_choice__number">{i18n::day_of_month(&day)}</span>
            <span class="visually-hidden">" "{i18n::month_of_year(&day)}", "</span>
            <span class="day_choice__count">
                {move || plural(key::booking::TIMES, count.get(), [])}
            </span>
        </label>
    }
}

/// The first day of each month that has an offered one.
fn months_of(days: &[OfferedDay]) -> Vec<Day> {
    let mut firsts: Vec<Day> = days
        .iter()
        .map(|offered| offered.day.first_of_month())
        .collect();
    firsts.dedup();
    firsts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_month_with_times_is_named_once() {
        let days =
            ["2026-11-28", "2026-11-30", "2026-12-01", "2027-11-02"].map(|text| OfferedDay {
                day: Day::parse(text).unwrap(),
                times: vec![],
            });
        let firsts: Vec<String> = months_of(&days).iter().map(Day::to_string).collect();
        assert_eq!(firsts, ["2026-11-01", "2026-12-01", "2027-11-01"]);
    }
}
