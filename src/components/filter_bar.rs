//! What narrows a list: a row of fields on a wide screen, a sheet on a phone.

use leptos::prelude::*;

use super::button::{Button, Look};
use super::icon::{Glyph, Icon};
use super::sheet::Sheet;
use crate::browser::screen;
use crate::i18n::{key, plural, t};

/// Where the styles have room for a row of fields.
const WIDE: &str = "(min-width: 60rem)";

/// The filters of a list. They stand on the page once: in a row where there is
/// room, else in a sheet behind a button that tells how many are on.
#[component]
pub fn FilterBar(
    /// Its id, unique on the page.
    id: &'static str,
    /// The fields, each of which acts at once.
    #[prop(into)]
    filters: ViewFn,
    /// How many of them narrow the list now.
    #[prop(into)]
    active: Signal<u32>,
    /// Takes all of them off.
    #[prop(into)]
    on_clear: Callback<()>,
    /// What the list shows now, in words; read out when it changes.
    #[prop(into)]
    shown: Signal<String>,
    /// What the filters are called together, where they have a name of their own.
    #[prop(optional, into)]
    title: Option<String>,
    /// What stands before the filters on every screen: a search.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let wide = RwSignal::new(true);
    let watching = screen::watch(WIDE, move |is_wide| wide.set(is_wide));
    if let Some((now, _)) = &watching {
        wide.set(*now);
    }
    StoredValue::new_local(watching);
    let fields = move || {
        if wide.get() {
            let (filters, name) = (filters.run(), title.clone());
            let heading = title.clone().map(|title| {
                view! {
                    <p class="filter_bar__title" aria-hidden="true">
                        {title}
                    </p>
                }
            });
            view! {
                {heading}
                <div class="filter_bar__row" role=name.is_some().then_some("group") aria-label=name>
                    {filters}
                    {clear(active, on_clear)}
                </div>
            }
            .into_any()
        } else {
            let filters = filters.clone();
            let title = title.clone().unwrap_or_else(|| t(key::controls::FILTER));
            view! {
                <FilterSheet
                    id=id
                    title=title
                    filters=filters
                    active=active
                    on_clear=on_clear
                    shown=shown
                />
            }
            .into_any()
        }
    };
    view! {
        <div class="filter_bar">
            {children.map(|children| view! { <div class="filter_bar__lead">{children()}</div> })}
            {fields} <p class="filter_bar__shown" role="status">
                {move || shown.get()}
            </p>
        </div>
    }
}

fn clear(active: Signal<u32>, on_clear: Callback<()>) -> impl IntoView {
    let nothing_on = Signal::derive(move || active.get() == 0);
    view! {
        <Button look=Look::Quiet disabled=nothing_on on_press=on_clear>
            {t(key::controls::CLEAR_FILTERS)}
        </Button>
    }
}

#[component]
fn FilterSheet(
    id: &'static str,
    title: String,
    filters: ViewFn,
    active: Signal<u32>,
    on_clear: Callback<()>,
    shown: Signal<String>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let button_id = format!("{id}-button");
    let label = title.clone();
    let count = move || {
        let active = active.get();
        (active > 0).then(|| {
            view! {
                <span class="filter_bar__count" aria-hidden="true">
                    {active}
                </span>
                <span class="visually-hidden">
                    {plural(key::controls::FILTERS_ON, active, [])}
                </span>
            }
        })
    };
    let actions = move || {
        view! {
            {clear(active, on_clear)}
            <Button look=Look::Primary on_press=Callback::new(move |()| open.set(false))>
                {t(key::controls::DONE)}
            </Button>
        }
    };
    // While the sheet lies over the page, nothing behind it is read out.
    let body = move || {
        view! {
            {filters.run()}
            <p class="filter_bar__shown" role="status">
                {move || shown.get()}
            </p>
        }
    };
    view! {
        <Button id=button_id.clone() on_press=Callback::new(move |()| open.set(true))>
            <Icon glyph=Glyph::Filter />
            {label}
            " "
            {count}
        </Button>
        <Sheet
            id=format!("{id}-sheet")
            title=title
            open=open
            opener=button_id
            on_close=Callback::new(move |()| open.set(false))
            actions=actions
        >
            {body()}
        </Sheet>
    }
}
