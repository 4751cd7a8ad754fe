//! A field for a stretch of days: one with a name, or the customer's own.

use api_types::Day;
use leptos::prelude::*;

use super::day_field::DayField;
use super::day_range::{DayRange, Preset};
use super::select_field::{Choice, SelectField};
use crate::i18n::{key, t};

/// What the list of presets calls the customer's own days.
const OWN: &str = "own";

/// A list of presets and, for own dates, a first and a last day. Days that run
/// backwards are told and go no further.
#[component]
pub fn DateRangeField(
    /// The label.
    #[prop(into)]
    label: String,
    /// Its id and its name in the form; those of the days begin with it.
    #[prop(into)]
    name: String,
    /// The days.
    #[prop(into)]
    value: Signal<DayRange>,
    /// Today in the portal's zone.
    #[prop(into)]
    today: Signal<Day>,
    /// Other days were chosen.
    #[prop(into)]
    on_change: Callback<DayRange>,
    /// The stretches that are offered by their names.
    #[prop(default = &Preset::ALL)]
    presets: &'static [Preset],
) -> impl IntoView {
    let entered = RwSignal::new(value.get_untracked());
    let own = RwSignal::new(false);
    // Days that come from elsewhere, as from Back, take the place of what was entered.
    Effect::new(move |_| {
        let value = value.get();
        if value != entered.get_untracked() {
            entered.set(value);
            own.set(false);
        }
    });
    let preset = Memo::new(move |_| {
        let named = Preset::of(value.get(), today.get());
        named.filter(|preset| !own.get() && presets.contains(preset))
    });
    let choose = move |chosen: String| {
        let named = Preset::ALL
            .into_iter()
            .find(|preset| name_of(*preset) == chosen);
        own.set(named.is_none());
        if let Some(preset) = named {
            let range = preset.range(today.get_untracked());
            entered.set(range);
            on_change.run(range);
        }
    };
    let enter = move |change: &dyn Fn(&mut DayRange)| {
        own.set(true);
        entered.update(change);
        let range = entered.get_untracked();
        if !range.is_backwards() && range != value.get_untracked() {
            on_change.run(range);
        }
    };
    let backwards = Signal::derive(move || {
        let is_backwards = entered.with(|range| range.is_backwards());
        is_backwards.then(|| t(key::controls::DATE_ORDER))
    });
    let days = {
        let name = name.clone();
        move || {
            let is_own = preset.get().is_none();
            is_own.then(|| {
                view! {
                    <div class="date_range__days">
                        <DayField
                            label=t(key::controls::DATE_FROM)
                            name=format!("{name}-from")
                            value=Signal::derive(move || entered.get().from)
                            on_change=Callback::new(move |day| enter(&|range| range.from = day))
                        />
                        <DayField
                            label=t(key::controls::DATE_TO)
                            name=format!("{name}-to")
                            value=Signal::derive(move || entered.get().to)
                            on_change=Callback::new(move |day| enter(&|range| range.to = day))
                            error=backwards
                        />
                    </div>
                }
            })
        }
    };
    view! {
        <div class="date_range">
            <SelectField
                label=label
                name=name
                choices=Signal::stored(choices(presets))
                value=Signal::derive(move || preset.get().map_or(OWN, name_of).to_owned())
                on_change=Callback::new(choose)
            />
            {days}
        </div>
    }
}

fn choices(offered: &[Preset]) -> Vec<Choice> {
    let presets = offered.iter().copied().map(|preset| {
        let words = match preset {
            Preset::AllTime => key::controls::RANGE_ALL_TIME,
            Preset::ThisMonth => key::controls::RANGE_THIS_MONTH,
            Preset::LastMonth => key::controls::RANGE_LAST_MONTH,
            Preset::ThisYear => key::controls::RANGE_THIS_YEAR,
            Preset::LastYear => key::controls::RANGE_LAST_YEAR,
        };
        Choice::new(name_of(preset), t(words))
    });
    presets
        .chain([Choice::new(OWN, t(key::controls::RANGE_OWN))])
        .collect()
}

fn name_of(preset: Preset) -> &'static str {
    match preset {
        Preset::AllTime => "all",
        Preset::ThisMonth => "this-month",
        Preset::LastMonth => "last-month",
        Preset::ThisYear => "this-year",
        Preset::LastYear => "last-year",
    }
}
