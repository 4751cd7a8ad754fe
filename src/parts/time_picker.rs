//! `Preferred Time`: offered times by day.

use api_types::{Day, OfferedDay, OfferedTime, OfferedTimes};
use leptos::prelude::*;

use super::reading::Reading;
use super::time_search::{NoTime, TimeSearch, earlier, later};
use super::time_zone::readable_zone;
use crate::components::{Button, DayChoice, Look, SkeletonOf, TimeChoice};
use crate::i18n::{self, fill, key, t};
use crate::state::{Step, use_time_zones};

/// The id of what is said when there is no time, which can take the keyboard.
pub const NO_TIME: &str = "preferred-time-wrong";

/// The days that have times, the times of the chosen one, and what is wrong.
#[component]
pub fn TimePicker(
    /// The search.
    search: TimeSearch,
) -> impl IntoView {
    let zones = use_time_zones();
    let zone = move || {
        fill(
            key::booking::ZONE,
            [("zone", &readable_zone(&zones.shown()))],
        )
    };
    let wrong = move || {
        search.wrong.get().map(|wrong| {
            t(match wrong {
                NoTime::NotChosen => key::booking::CHOOSE_TIME,
                NoTime::Taken => key::errors::TIME_TAKEN,
            })
        })
    };
    let any = Memo::new(move |_| search.times.of(|times| !times.days.is_empty()));
    let content = move || match any.get() {
        Some(true) => offered(search).into_any(),
        _ => view! { <NoDays search=search /> }.into_any(),
    };
    view! {
        <fieldset class="time_picker" aria-describedby=NO_TIME>
            <legend class="time_picker__legend">{t(key::booking::PREFERRED_TIME)}</legend>
            <p class="time_picker__zone">{zone}</p>
            <Stretch search=search />
            <Reading
                loaded=search.times
                failed_title=t(key::booking::TIMES_FAILED)
                skeleton=SkeletonOf::Rows(3)
            >
                {content}
            </Reading>
            <div class="time_picker__wrong" id=NO_TIME tabindex="-1" aria-live="polite">
                {move || wrong().map(|words| view! { <p class="field__error">{words}</p> })}
            </div>
        </fieldset>
    }
}

/// Which days are looked at, and the way to others. It stays while they are read,
/// so that the keyboard stays with it.
#[component]
fn Stretch(search: TimeSearch) -> impl IntoView {
    let before = Memo::new(move |_| earlier(search.today.get()?, search.stretch.get()?));
    let after = Memo::new(move |_| later(search.last_on.get()?, search.stretch.get()?));
    let go = move |to: Memo<Option<Day>>| {
        Callback::new(move |()| {
            if let Some(day) = to.get_untracked() {
                search.on_day.run((day, Step::Forward));
            }
        })
    };
    let days = move || {
        let (first, last) = search.stretch.get()?;
        let last = search
            .last_on
            .get()
            .map_or(last, |last_on| last.min(last_on.max(first)));
        Some(i18n::days_between(&first, &last))
    };
    let is_none = |of: Memo<Option<Day>>| Signal::derive(move || of.with(Option::is_none));
    view! {
        <div class="time_picker__stretch">
            <Button look=Look::Quiet disabled=is_none(before) on_press=go(before)>
                {t(key::booking::EARLIER)}
            </Button>
            <p class="time_picker__days" aria-live="polite">
                {days}
            </p>
            <Button look=Look::Quiet disabled=is_none(after) on_press=go(after)>
                {t(key::booking::LATER)}
            </Button>
        </div>
    }
}

fn offered(search: TimeSearch) -> impl IntoView {
    let days = Memo::new(move |_| {
        let days = search.times.of(|times: &OfferedTimes| times.days.clone());
        days.unwrap_or_default()
    });
    let times = Memo::new(move |_| {
        let day = search.day.get();
        days.with(|days| times_of(days, day))
    });
    let title = move || {
        let day = search.day.get().map(|day| i18n::day_in_full(&day));
        fill(key::booking::TIMES_ON, [("day", &day.unwrap_or_default())])
    };
    view! {
        <DayChoice
            name="preferred-day"
            days=days
            chosen=search.day
            on_choose=Callback::new(move |day| search.on_day.run((day, Step::InPlace)))
        />
        <TimeChoice
            name="preferred-time"
            title=Signal::derive(title)
            times=times
            chosen=Signal::derive(move || search.chosen_time())
            on_choose=Callback::new(move |time: OfferedTime| search.choose(&time))
        />
    }
}

fn times_of(days: &[OfferedDay], day: Option<Day>) -> Vec<OfferedTime> {
    let found = days.iter().find(|offered| Some(offered.day) == day);
    found
        .map(|offered| offered.times.clone())
        .unwrap_or_default()
}

/// That there is nothing on these days, and where there is something.
#[component]
fn NoDays(search: TimeSearch) -> impl IntoView {
    let next = Memo::new(move |_| search.times.of(|times| times.next_on).flatten());
    let words = move || {
        t(match next.get() {
            Some(_) => key::booking::NO_TIMES_HERE,
            None => key::booking::NO_TIMES,
        })
    };
    let way = move || {
        next.get().map(|day| {
            let words = fill(
                key::booking::NEXT_TIMES,
                [("day", &i18n::day_with_weekday(&day))],
            );
            let go = move |()| search.on_day.run((day, Step::Forward));
            view! { <Button on_press=Callback::new(go)>{words}</Button> }
        })
    };
    view! {
        <div class="time_picker__none">
            <p role="status">{words}</p>
            {way}
        </div>
    }
}
