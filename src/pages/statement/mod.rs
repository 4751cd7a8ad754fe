//! `/account/statement`: the account between two days, on screen, on paper, as
//! PDF and as CSV. All four show the same entries.

mod choice;
mod entries;

use api_types::{Statement, StatementQuery};
use leptos::prelude::*;

use crate::browser::print;
use crate::components::{Button, Glyph, Icon, PageHeading, SkeletonOf, StatementDocument};
use crate::i18n::{self, fill_plain, key, t};
use crate::parts::{AccountTab, AccountTabs, Download, Reading};
use crate::route::{Route, StatementChoice};
use crate::state::{Loaded, load, use_route, use_title};

use choice::{ChooseDays, days_of};
use entries::StatementEntries;

/// Choose days, see the statement, take it along.
#[component]
pub fn StatementPage() -> impl IntoView {
    use_title(|| t(key::statement::TITLE));
    let place = use_route();
    let choice = Memo::new(move |_| match place.get() {
        Some(Route::Statement(choice)) => choice,
        _ => StatementChoice::default(),
    });
    // A page is shown only after the portal has told its zone.
    let today = i18n::today();
    let content = today.map(|today| {
        let query = Memo::new(move |_| choice.with(|choice| days_of(choice, today)));
        view! {
            <ChooseDays choice=choice query=query today=today />
            <Chosen query=query choice=choice />
        }
    });
    view! {
        <PageHeading text=t(key::statement::TITLE) />
        <AccountTabs current=AccountTab::Statement />
        <div class="list_page">{content}</div>
    }
    .into_any()
}

#[component]
fn Chosen(query: Memo<StatementQuery>, choice: Memo<StatementChoice>) -> impl IntoView {
    let statement: Loaded<Statement> = load(
        move || query.get(),
        |api, query| async move { api.statement(&query).await },
    );
    let document = move || {
        let statement = statement.value();
        statement.map(|statement| view! { <StatementDocument statement=statement /> })
    };
    view! {
        <Actions query=query />
        <Reading
            loaded=statement
            failed_title=t(key::statement::FAILED_TITLE)
            skeleton=SkeletonOf::Document
        >
            {document}
        </Reading>
        <StatementEntries query=query choice=choice />
    }
}

#[component]
fn Actions(query: Memo<StatementQuery>) -> impl IntoView {
    let name = move |ending: &'static str| {
        Signal::derive(move || {
            let (from, to) = query.with(|query| (query.from.to_string(), query.to.to_string()));
            fill_plain(
                key::statement::FILE_NAME,
                [("from", &from), ("to", &to), ("ending", ending)],
            )
        })
    };
    view! {
        <div class="document_actions">
            <Download
                label=t(key::statement::DOWNLOAD_PDF)
                name=name("pdf")
                fetch=move |api| {
                    let query = query.get_untracked();
                    async move { api.statement_pdf(&query).await }
                }
            />
            <Download
                label=t(key::statement::DOWNLOAD_CSV)
                name=name("csv")
                fetch=move |api| {
                    let query = query.get_untracked();
                    async move { api.statement_csv(&query).await }
                }
            />
            <Button on_press=Callback::new(|()| print::page_as_it_is())>
                <Icon glyph=Glyph::Print />
                {t(key::statement::PRINT)}
            </Button>
        </div>
    }
}
