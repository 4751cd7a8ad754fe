//! Which columns a table shows, and in which order.

use leptos::prelude::*;

use super::button::{Button, Look};
use super::check_field::CheckField;
use super::icon::{Glyph, Icon};
use super::live_region::LiveRegion;
use super::sheet::Sheet;
use crate::browser::focus;
use crate::i18n::{fill, key, t};

/// A column that can be shown or hidden.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnChoice {
    /// What it is in the address and to the page.
    pub key: String,
    /// Its heading.
    pub label: String,
    /// Whether it is shown.
    pub shown: bool,
    /// Whether it must be: without it the rows could not be told apart.
    pub locked: bool,
}

/// A sheet with one line a column: shown or not, and one place up or down.
#[component]
pub fn ColumnsSheet(
    /// Whether it is open.
    #[prop(into)]
    open: Signal<bool>,
    /// The customer wants it closed.
    #[prop(into)]
    on_close: Callback<()>,
    /// The id of what opens it.
    #[prop(optional, into)]
    opener: Option<String>,
    /// All columns, in their order.
    #[prop(into)]
    columns: Signal<Vec<ColumnChoice>>,
    /// Other columns, or another order, are wanted.
    #[prop(into)]
    on_change: Callback<Vec<ColumnChoice>>,
    /// The usual ones are wanted.
    #[prop(into)]
    on_reset: Callback<()>,
) -> impl IntoView {
    let told = RwSignal::new(String::new());
    let line = move |column: ColumnChoice| {
        view! { <ColumnLine column=column columns=columns on_change=on_change told=told /> }
    };
    let opener = opener.unwrap_or_default();
    let actions = move || {
        view! {
            <Button look=Look::Quiet on_press=on_reset>
                {t(key::controls::COLUMNS_RESET)}
            </Button>
            <Button look=Look::Primary on_press=on_close>
                {t(key::controls::DONE)}
            </Button>
        }
    };
    view! {
        <Sheet
            id="columns"
            title=t(key::controls::COLUMNS)
            open=open
            on_close=on_close
            opener=opener
            actions=actions
        >
            <p class="columns_sheet__note">{t(key::controls::COLUMNS_NOTE)}</p>
            <ul class="columns_sheet">
                <For each=move || columns.get() key=|column| column.key.clone() let:column>
                    {line(column)}
                </For>
            </ul>
            <LiveRegion text=told />
        </Sheet>
    }
}

#[component]
fn ColumnLine(
    column: ColumnChoice,
    columns: Signal<Vec<ColumnChoice>>,
    on_change: Callback<Vec<ColumnChoice>>,
    told: RwSignal<String>,
) -> impl IntoView {
    let ColumnChoice {
        key, label, locked, ..
    } = column;
    let place = {
        let key = key.clone();
        Memo::new(move |_| columns.with(|all| all.iter().position(|column| column.key == key)))
    };
    let shown = Signal::derive(move || {
        let at = place.get();
        at.is_some_and(|at| columns.with(|all| all.get(at).is_some_and(|column| column.shown)))
    });
    let show = {
        let label = label.clone();
        move |shown: bool| {
            let mut all = columns.get_untracked();
            if let Some(column) = place.get_untracked().and_then(|at| all.get_mut(at)) {
                column.shown = shown;
                told.set(visibility_words(&label, shown));
                on_change.run(all);
            }
        }
    };
    view! {
        <li class="columns_sheet__line">
            <CheckField
                label=label.clone()
                name=format!("column-{key}")
                checked=shown
                locked=locked
                on_change=Callback::new(show)
            />
            <span class="columns_sheet__moves">
                {[MoveDirection::Up, MoveDirection::Down]
                    .map(|way| move_button(way, &key, &label, place, columns, on_change, told))}
            </span>
        </li>
    }
}

fn visibility_words(column: &str, shown: bool) -> String {
    let words = if shown {
        key::controls::COLUMN_SHOWN
    } else {
        key::controls::COLUMN_HIDDEN
    };
    fill(words, [("column", column)])
}

/// One place nearer to the start, or to the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum MoveDirection {
    Up,
    Down,
}

impl MoveDirection {
    /// The place next to this one, if there is one.
    fn from(self, at: usize, count: usize) -> Option<usize> {
        match self {
            Self::Up => at.checked_sub(1),
            Self::Down => Some(at + 1).filter(|to| *to < count),
        }
    }
}

fn move_button(
    way: MoveDirection,
    column: &str,
    label: &str,
    place: Memo<Option<usize>>,
    columns: Signal<Vec<ColumnChoice>>,
    on_change: Callback<Vec<ColumnChoice>>,
    told: RwSignal<String>,
) -> impl IntoView + use<> {
    let (id, name, glyph) = match way {
        MoveDirection::Up => (
            format!("column-{column}-up"),
            key::controls::MOVE_UP,
            Glyph::Up,
        ),
        MoveDirection::Down => (
            format!("column-{column}-down"),
            key::controls::MOVE_DOWN,
            Glyph::Down,
        ),
    };
    let to = move || way.from(place.get()?, columns.with(Vec::len));
    let label = label.to_owned();
    let name = fill(name, [("column", &label)]);
    let button_id = id.clone();
    let step = move |_| {
        let (Some(at), Some(to)) = (place.get_untracked(), untrack(to)) else {
            return;
        };
        let mut all = columns.get_untracked();
        all.swap(at, to);
        let (number, count) = ((to + 1).to_string(), all.len().to_string());
        told.set(fill(
            key::controls::COLUMN_MOVED,
            [("column", &label), ("place", &number), ("count", &count)],
        ));
        on_change.run(all);
        keep_keyboard(button_id.clone());
    };
    view! {
        <button
            type="button"
            class="columns_sheet__move"
            id=id
            aria-label=name
            aria-disabled=move || to().is_none().then_some("true")
            on:click=step
        >
            <Icon glyph=glyph />
        </button>
    }
}

/// A browser takes the keyboard from an element that is moved.
fn keep_keyboard(id: String) {
    leptos::task::spawn_local(async move {
        leptos::task::tick().await;
        focus::to(&id);
    });
}
