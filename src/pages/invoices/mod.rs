//! `/invoices`

mod chosen;
mod filters;
mod listing;
mod pay_chosen;

use api_types::{Cursor, InvoiceFilter, InvoiceId, InvoiceSummary, Page};
use leptos::prelude::*;

use crate::components::{
    Button, ColumnChoice, ColumnsSheet, EmptyState, Glyph, Icon, InvoiceTable, PageHeading, Pager,
    Skeleton, SkeletonOf, Tab, Tabs, TickRow, Ticks,
};
use crate::i18n::{fill, fill_plain, key, plural, t};
use crate::parts::{CheckoutPanels, LoadFailure};
use crate::route::{InvoiceList, Route};
use crate::state::{
    Api, Step, file_request, load, use_change, use_downloads, use_portal, use_route, use_title,
};

use chosen::see;
use filters::InvoiceFilters;
use listing::{asking, column_choices, columns_of, is_narrowed, not_narrowed, sorting};
use pay_chosen::{Choosing, PayChosen};

const COLUMNS_BUTTON: &str = "invoice-columns";

/// Every invoice: searched, filtered, sorted, page by page, and several paid at once.
#[component]
pub fn InvoicesPage() -> impl IntoView {
    use_title(|| t(key::invoices::TITLE));
    let place = use_route();
    let listed = Memo::new(move |before: Option<&InvoiceList>| match place.get() {
        Some(Route::Invoices(list)) => list,
        // On the way to another page the list stays as it was.
        _ => before.cloned().unwrap_or_default(),
    });
    let invoices = load(
        move || listed.with(|list| list.query.clone()),
        |api, query| async move { api.invoices(&query).await },
    );
    let choosing = Choosing::new();
    Effect::new(move |_| {
        if let Some(page) = invoices.value() {
            choosing.seen.update(|seen| see(seen, &page.data));
        }
    });
    let shown = Memo::new(move |before: Option<&String>| {
        let told = invoices.of(shown_words);
        told.or_else(|| before.cloned()).unwrap_or_default()
    });
    let content = move || match invoices.value() {
        None if invoices.error().is_some() => ().into_any(),
        None => view! { <Skeleton of=SkeletonOf::Rows(8) /> }.into_any(),
        Some(page) if page.data.is_empty() => empty(&listed.get()).into_any(),
        Some(page) => table(page, &listed.get(), choosing).into_any(),
    };
    let heading = move || {
        let only = listed.with(|list| list.query.state);
        tabs(only)
    };
    view! {
        <PageHeading text=t(key::invoices::TITLE) />
        {move || view! { <Tabs name=t(key::invoices::FILTER_NAME) tabs=heading() /> }}
        <CheckoutPanels />
        <InvoiceFilters list=listed shown=Signal::derive(move || shown.get()) />
        <LoadFailure loaded=invoices title=t(key::invoices::FAILED_TITLE) />
        <div class="list_page">
            <div class="list_page__tools on-wide">
                <Columns listed=listed />
            </div>
            {content}
            <PayChosen choosing=choosing />
        </div>
    }
    .into_any()
}

fn shown_words(page: &Page<InvoiceSummary>) -> String {
    let count = u32::try_from(page.data.len()).unwrap_or(u32::MAX);
    let whole = page.next_cursor.is_none() && page.previous_cursor.is_none();
    if whole {
        plural(key::invoices::SHOWN_ALL, count, [])
    } else {
        plural(key::invoices::SHOWN_PAGE, count, [])
    }
}

fn table(
    page: Page<InvoiceSummary>,
    list: &InvoiceList,
    choosing: Choosing,
) -> impl IntoView + use<> {
    let downloads = use_downloads();
    let one_currency =
        list.query.currency.is_some() || use_portal().of(|portal| portal.currencies.len()) < 2;
    let columns = list
        .shown()
        .into_iter()
        .map(|column| (column, sorting(list, column, one_currency)))
        .collect();
    let ticks = ticks(&page.data, choosing);
    let pdf = move |invoice: InvoiceSummary| {
        let name = fill_plain(key::invoices::PDF_NAME, [("number", &invoice.number)]);
        let fetch = move |api: Api| {
            let id = invoice.id.clone();
            async move { api.invoice_pdf(&id).await }
        };
        downloads.start(name, file_request(fetch));
    };
    let href = |cursor: Option<Cursor>| {
        cursor.map(|cursor| {
            let mut list = list.clone();
            list.query.cursor = Some(cursor);
            Route::Invoices(list).href()
        })
    };
    view! {
        <InvoiceTable
            invoices=page.data
            columns=columns
            href=invoice_href
            ticks=ticks
            on_pdf=Callback::new(pdf)
        />
        <Pager previous=href(page.previous_cursor) next=href(page.next_cursor) />
    }
}

/// Nothing to tick where nothing can be paid.
fn ticks(invoices: &[InvoiceSummary], choosing: Choosing) -> Option<Ticks> {
    let rows: Vec<TickRow> = invoices
        .iter()
        .map(|invoice| TickRow {
            key: invoice.id.to_string(),
            name: fill(key::invoices::INVOICE_TITLE, [("number", &invoice.number)]),
            can: invoice.pay.allowed,
        })
        .collect();
    let ticked = choosing.ticked;
    rows.iter()
        .any(|row| row.can)
        .then_some(Ticks { rows, ticked })
}

fn invoice_href(id: &InvoiceId) -> String {
    Route::Invoice(id.clone()).href()
}

fn tabs(only: Option<InvoiceFilter>) -> Vec<Tab> {
    let tab = |state, label| Tab {
        href: Route::Invoices(asking(&InvoiceList::default(), |query| query.state = state)).href(),
        label: t(label),
        current: only == state,
        count: None,
    };
    vec![
        tab(None, key::invoices::FILTER_ALL),
        tab(Some(InvoiceFilter::Outstanding), key::invoices::FILTER_OPEN),
    ]
}

/// The columns of a wide screen, and the button that opens their sheet.
#[component]
fn Columns(listed: Memo<InvoiceList>) -> impl IntoView {
    let change = use_change();
    let open = RwSignal::new(false);
    // The address knows only what is shown; the order of the rest lives here.
    let choices = RwSignal::new(listed.with_untracked(column_choices));
    Effect::new(move |_| {
        let shown = listed.with(InvoiceList::shown);
        if choices.with_untracked(|choices| columns_of(choices)) != shown {
            choices.set(listed.with_untracked(column_choices));
        }
    });
    let go = Callback::new(move |columns| {
        let list = listed.get_untracked().with_columns(columns);
        change(&Route::Invoices(list), Step::InPlace);
    });
    let choose = move |wanted: Vec<ColumnChoice>| {
        let columns = columns_of(&wanted);
        choices.set(wanted);
        go.run(columns);
    };
    view! {
        <Button id=COLUMNS_BUTTON on_press=Callback::new(move |()| open.set(true))>
            <Icon glyph=Glyph::Columns />
            {t(key::controls::COLUMNS)}
        </Button>
        <ColumnsSheet
            open=open
            opener=COLUMNS_BUTTON
            on_close=Callback::new(move |()| open.set(false))
            columns=choices
            on_change=Callback::new(choose)
            on_reset=Callback::new(move |()| go.run(Vec::new()))
        />
    }
}

fn empty(list: &InvoiceList) -> impl IntoView + use<> {
    let clear = Route::Invoices(not_narrowed(list)).href();
    let only_open = *list
        == asking(&not_narrowed(list), |query| {
            query.state = Some(InvoiceFilter::Outstanding);
        });
    let (title, body) = if !is_narrowed(&list.query) {
        (key::invoices::EMPTY_TITLE, key::invoices::EMPTY_BODY)
    } else if only_open {
        (
            key::invoices::EMPTY_OPEN_TITLE,
            key::invoices::EMPTY_OPEN_BODY,
        )
    } else {
        (
            key::invoices::EMPTY_NARROWED_TITLE,
            key::invoices::EMPTY_NARROWED_BODY,
        )
    };
    let narrowed = is_narrowed(&list.query) && !only_open;
    view! {
        <EmptyState title=t(title) body=t(body) glyph=Glyph::Invoices>
            {narrowed
                .then(|| {
                    view! {
                        <a class="button" href=clear>
                            {t(key::controls::CLEAR_FILTERS)}
                        </a>
                    }
                })}
        </EmptyState>
    }
}
