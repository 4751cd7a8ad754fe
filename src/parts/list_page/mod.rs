//! A list of the server's: searched, filtered, sorted, page by page. What it is asked for stands
//! in the address.

mod filters;
mod query;

use api_types::Page;
use leptos::prelude::*;

use crate::components::{EmptyState, FilterBar, Glyph, Pager, Skeleton, SkeletonOf};
use crate::i18n::{Plural, Text, key, plural, t};
use crate::parts::LoadFailure;
use crate::state::Loaded;

pub use filters::Listed;
pub use query::{ListFilters, ListQuery};

/// What a list says.
#[derive(Clone, Copy)]
pub struct ListWords {
    /// The id of its filters, unique on the page.
    pub filters_id: &'static str,
    /// The label of its search.
    pub search: Text,
    /// How many rows there are, where all of them are on the page.
    pub shown_all: Plural<0>,
    /// How many rows are on this page of several.
    pub shown_page: Plural<0>,
    /// What is missing if it cannot be read.
    pub failed: Text,
    /// What stands beside the words of an empty list.
    pub glyph: Glyph,
}

/// What stands in the place of a list's rows when there is none.
pub struct EmptyWords {
    /// What there is none of.
    pub title: Text,
    /// What to do, or why.
    pub body: Text,
    /// Whether the way to the list without filters is offered.
    pub can_clear: bool,
}

/// The filters of a list and its rows, or what stands in their place.
#[component]
pub fn ListPage<Q, R>(
    /// The list that the address asks for.
    list: Listed<Q>,
    /// The page of it that has been read.
    loaded: Loaded<Page<R>>,
    /// What it says.
    words: ListWords,
    /// The fields that narrow it.
    #[prop(into)]
    fields: ViewFn,
    /// What stands above the rows.
    tools: AnyView,
    /// The rows of a page.
    rows: impl Fn(Vec<R>, &Q) -> AnyView + Send + 'static,
    /// What to say where there is no row.
    empty: fn(&Q) -> EmptyWords,
    /// What stands below the rows.
    children: Children,
) -> impl IntoView
where
    Q: ListQuery,
    R: Clone + Send + Sync + 'static,
{
    let shown = Memo::new(move |before: Option<&String>| {
        let now = loaded.of(|page| count_words(page, words));
        now.or_else(|| before.cloned()).unwrap_or_default()
    });
    let content = move || match loaded.value() {
        None if loaded.error().is_some() => ().into_any(),
        None => view! { <Skeleton of=SkeletonOf::Rows(8) /> }.into_any(),
        Some(page) if page.data.is_empty() => list.query.with(|query| {
            let of = empty(query);
            let clear = of.can_clear.then(|| query.not_narrowed().route().href());
            nothing(&of, words.glyph, clear)
        }),
        Some(page) => list.query.with(|query| {
            let pages = [page.previous_cursor, page.next_cursor].map(|to| query.page_href(to));
            with_pager(rows(page.data, query), pages)
        }),
    };
    let above = filter_bar(
        words,
        fields,
        (
            Signal::derive(move || list.query.with(Q::filters_on)),
            Callback::new(move |()| list.clear()),
        ),
        shown,
        list.search(words.search),
    );
    view! {
        {above}
        <LoadFailure loaded=loaded title=t(words.failed) />
        <div class="list_page">{tools} {content} {children()}</div>
    }
}

// The functions below know neither the query nor the rows: each list would bring a copy of its own
// into the module.

fn filter_bar(
    words: ListWords,
    fields: ViewFn,
    (active, on_clear): (Signal<u32>, Callback<()>),
    shown: Memo<String>,
    search: AnyView,
) -> AnyView {
    view! {
        <FilterBar
            id=words.filters_id
            filters=fields
            active=active
            on_clear=on_clear
            shown=Signal::derive(move || shown.get())
        >
            {search}
        </FilterBar>
    }
    .into_any()
}

fn with_pager(rows: AnyView, [previous, next]: [Option<String>; 2]) -> AnyView {
    view! {
        {rows}
        <Pager previous=previous next=next />
    }
    .into_any()
}

fn count_words<R>(page: &Page<R>, words: ListWords) -> String {
    let count = u32::try_from(page.data.len()).unwrap_or(u32::MAX);
    let whole = page.next_cursor.is_none() && page.previous_cursor.is_none();
    let counted = if whole {
        words.shown_all
    } else {
        words.shown_page
    };
    plural(counted, count, [])
}

fn nothing(words: &EmptyWords, glyph: Glyph, clear: Option<String>) -> AnyView {
    let clear = clear.map(|href| {
        view! {
            <a class="button" href=href>
                {t(key::controls::CLEAR_FILTERS)}
            </a>
        }
    });
    view! {
        <EmptyState title=t(words.title) body=t(words.body) glyph=glyph>
            {clear}
        </EmptyState>
    }
    .into_any()
}
