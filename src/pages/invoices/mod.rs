//! `/invoices`

mod chosen;
mod filters;
mod listing;
mod pay_chosen;

use api_types::{InvoiceFilter, InvoiceId, InvoiceSummary};
use leptos::prelude::*;

use crate::components::{
    Button, ColumnChoice, ColumnsSheet, Glyph, Icon, InvoiceTable, PageHeading, Tab, Tabs, TickRow,
    Ticks,
};
use crate::i18n::{fill, fill_plain, key, t};
use crate::parts::{CheckoutPanels, EmptyWords, ListPage, ListQuery as _, ListWords, Listed};
use crate::route::{InvoiceList, Route};
use crate::state::{
    Api, Step, file_request, load, use_change, use_downloads, use_portal, use_title,
};

use chosen::see;
use filters::{Filters, services};
use listing::{column_choices, columns_of, sorting};
use pay_chosen::{Choosing, PayChosen};

const COLUMNS_BUTTON: &str = "invoice-columns";

const WORDS: ListWords = ListWords {
    filters_id: "invoice-filters",
    search: key::invoices::SEARCH,
    shown_all: key::invoices::SHOWN_ALL,
    shown_page: key::invoices::SHOWN_PAGE,
    failed: key::invoices::FAILED_TITLE,
    glyph: Glyph::Invoices,
};

/// Every invoice: searched, filtered, sorted, page by page, and several paid at once.
#[component]
pub fn InvoicesPage() -> impl IntoView {
    use_title(|| t(key::invoices::TITLE));
    let list = Listed::<InvoiceList>::of_address();
    let invoices = load(
        move || list.query.with(|list| list.query.clone()),
        |api, query| async move { api.invoices(&query).await },
    );
    let choosing = Choosing::new();
    Effect::new(move |_| {
        if let Some(page) = invoices.value() {
            choosing.seen.update(|seen| see(seen, &page.data));
        }
    });
    let heading = move || {
        let only = list.query.with(|list| list.query.state);
        tabs(only)
    };
    let services = services();
    let tools = view! {
        <div class="list_page__tools on-wide">
            <Columns listed=list.query />
        </div>
    };
    view! {
        <PageHeading text=t(key::invoices::TITLE) />
        {move || view! { <Tabs name=t(key::invoices::FILTER_NAME) tabs=heading() /> }}
        <CheckoutPanels />
        <ListPage
            list=list
            loaded=invoices
            words=WORDS
            fields=move || view! { <Filters list=list services=services /> }
            tools=tools.into_any()
            rows=move |rows, list| table(rows, list, choosing).into_any()
            empty=empty
        >
            <PayChosen choosing=choosing />
        </ListPage>
    }
    .into_any()
}

fn table(
    invoices: Vec<InvoiceSummary>,
    list: &InvoiceList,
    choosing: Choosing,
) -> impl IntoView + use<> {
    let downloads = use_downloads();
    let one_currency =
        list.query.currency.is_some() || use_portal().of(|portal| portal.currencies.len()) < 2;
    let columns = list
        .visible_columns()
        .into_iter()
        .map(|column| (column, sorting(list, column, one_currency)))
        .collect();
    let ticks = ticks(&invoices, choosing);
    let pdf = move |invoice: InvoiceSummary| {
        let name = fill_plain(key::invoices::PDF_NAME, [("number", &invoice.number)]);
        let fetch = move |api: Api| {
            let id = invoice.id.clone();
            async move { api.invoice_pdf(&id).await }
        };
        downloads.start(name, file_request(fetch));
    };
    view! {
        <InvoiceTable
            invoices=invoices
            columns=columns
            href=invoice_href
            ticks=ticks
            on_pdf=Callback::new(pdf)
        />
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
        href: Route::Invoices(InvoiceList::default().asking(|list| list.query.state = state))
            .href(),
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
        let shown = listed.with(InvoiceList::visible_columns);
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

fn empty(list: &InvoiceList) -> EmptyWords {
    let every = list.not_narrowed();
    let only_open = every.asking(|list| list.query.state = Some(InvoiceFilter::Outstanding));
    let (title, body, can_clear) = if !list.is_narrowed() {
        (key::invoices::EMPTY_TITLE, key::invoices::EMPTY_BODY, false)
    } else if *list == only_open {
        (
            key::invoices::EMPTY_OPEN_TITLE,
            key::invoices::EMPTY_OPEN_BODY,
            false,
        )
    } else {
        (
            key::invoices::EMPTY_NARROWED_TITLE,
            key::invoices::EMPTY_NARROWED_BODY,
            true,
        )
    };
    EmptyWords {
        title,
        body,
        can_clear,
    }
}
