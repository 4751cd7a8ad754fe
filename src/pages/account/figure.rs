//! The entries that make up a figure of the balance, in a sheet. Which figure
//! is open stands in the address.

use api_types::{Balance, CurrencyBalance, Cursor, Figure, FigureEntry, FigureQuery, Money, Page};
use leptos::prelude::*;

use crate::components::{
    Amount, Cell, Column, DataTable, EmptyState, Glyph, Pager, Sheet, SkeletonOf, Slot,
    figure_link_id,
};
use crate::i18n::{self, figure_words, fill, key, t};
use crate::parts::{Reading, record_href};
use crate::route::Route;
use crate::state::{Loaded, Step, load, use_change, use_route};

/// The sheet; closed while the address names no figure.
#[component]
pub(super) fn FigureSheet(balance: Loaded<Balance>) -> impl IntoView {
    let place = use_route();
    let opened = Memo::new(move |_| match place.get() {
        Some(Route::Account { figure }) => figure,
        _ => None,
    });
    let change = use_change();
    let close = move |()| change(&Route::ACCOUNT, Step::InPlace);
    // What was open last keeps its words while the sheet closes.
    let last = Memo::new(move |before: Option<&Option<FigureQuery>>| {
        opened.get().or_else(|| before.cloned().flatten())
    });
    let title = move || {
        last.get().map_or_else(String::new, |query| {
            let figure = figure_words(query.figure);
            fill(
                key::account::FIGURE_TITLE,
                [("figure", &figure), ("currency", query.currency.code())],
            )
        })
    };
    let opener = move || {
        last.get()
            .map(|query| figure_link_id(query.figure, query.currency))
    };
    let in_all = Memo::new(move |_| {
        let query = last.get()?;
        balance.of(|balance| {
            let mut currencies = balance.currencies.iter();
            let figures = currencies.find(|figures| figures.currency == query.currency)?;
            Some(figure_of(figures, query.figure))
        })?
    });
    view! {
        <Sheet
            id="figure"
            title=Signal::derive(title)
            open=Signal::derive(move || opened.with(Option::is_some))
            on_close=Callback::new(close)
            opener=Signal::derive(opener)
        >
            <FigureEntries query=last in_all=in_all />
        </Sheet>
    }
}

fn figure_of(figures: &CurrencyBalance, figure: Figure) -> Money {
    match figure {
        Figure::Overdue => figures.overdue,
        Figure::Credit => figures.credit,
        Figure::Held => figures.held,
        Figure::OnItsWay => figures.on_its_way,
        _ => figures.owed,
    }
}

#[component]
fn FigureEntries(query: Memo<Option<FigureQuery>>, in_all: Memo<Option<Money>>) -> impl IntoView {
    let entries: Loaded<Page<FigureEntry>> = load(
        move || query.get(),
        |api, query| async move {
            match query {
                Some(query) => api.figure_entries(&query).await,
                // The sheet's content stands only while a figure is open.
                None => Err(api_client::ApiError::Garbled { status: 404 }),
            }
        },
    );
    let sum = move || {
        in_all.get().map(|money| {
            view! {
                <p class="figure_sheet__sum">
                    <span>{t(key::account::FIGURE_IN_ALL)}</span>
                    <Amount money=money />
                </p>
            }
        })
    };
    view! {
        {sum}
        <Reading
                loaded=entries
                failed_title=t(key::account::FIGURE_FAILED_TITLE)
                skeleton=SkeletonOf::Rows(3)
                is_empty=|page| page.data.is_empty()
                empty=nothing
        >
            {move || entries.value().map(|page| page_of_entries(query.get_untracked(), page))}
        </Reading>
    }
}

fn nothing() -> impl IntoView {
    view! {
        <EmptyState
            title=t(key::account::FIGURE_EMPTY_TITLE)
            body=t(key::account::FIGURE_EMPTY_BODY)
            glyph=Glyph::Account
        />
    }
}

fn page_of_entries(query: Option<FigureQuery>, page: Page<FigureEntry>) -> impl IntoView {
    let columns = vec![
        Column::words(t(key::account::FIGURE_DAY), Slot::Note),
        Column::words(t(key::account::FIGURE_RECORD), Slot::Title),
        Column::figures(t(key::account::FIGURE_AMOUNT), Slot::Figure),
    ];
    let name = query
        .as_ref()
        .map_or_else(String::new, |query| figure_words(query.figure));
    let href = |cursor: Option<Cursor>| {
        let query = query.clone()?;
        let figure = FigureQuery {
            cursor: Some(cursor?),
            ..query
        };
        Some(
            Route::Account {
                figure: Some(figure),
            }
            .href(),
        )
    };
    let (previous, next) = (href(page.previous_cursor), href(page.next_cursor));
    let rows = page.data.into_iter().map(cells).collect();
    view! {
        <DataTable name=name columns=columns rows=rows />
        <Pager previous=previous next=next />
    }
}

fn cells(entry: FigureEntry) -> Vec<Cell> {
    let FigureEntry {
        record,
        label,
        on,
        amount,
    } = entry;
    let what = match record_href(&record) {
        Some(href) => view! { <a class="data_table__link" href=href>{label}</a> }.into_any(),
        None => label.into_any(),
    };
    vec![
        view! { <time datetime=on.to_string()>{i18n::day(&on)}</time> }.into_any(),
        what,
        view! { <Amount money=amount /> }.into_any(),
    ]
}
