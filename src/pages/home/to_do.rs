//! `Things I Need To Do`: each leads to what to do.

use api_types::{CheckoutId, EventSummary, Home, ToDo};
use leptos::prelude::*;

use crate::checkout::machine::Event;
use crate::components::{
    Button, Card, EmptyState, Glyph, LiveRegion, Look, Rows, Skeleton, SkeletonOf, ToDoRow,
};
use crate::i18n::{self, fill, key, overdue_badge, plural, t};
use crate::parts::{ConfirmAttendance, LoadFailure};
use crate::route::Route;
use crate::state::{Loaded, use_checkouts};

/// The list, the most urgent first.
#[component]
pub(super) fn ToDoList(
    /// What stands on the first screen.
    home: Loaded<Home>,
) -> impl IntoView {
    let told = RwSignal::new(String::new());
    let to_do = Memo::new(move |_| home.of(|home| (home.to_do.clone(), home.to_do_count)));
    let list = move || match to_do.get() {
        None if home.error().is_some() => ().into_any(),
        None => view! { <Skeleton of=SkeletonOf::Rows(3) /> }.into_any(),
        Some((items, _)) if items.is_empty() => view! {
            <EmptyState
                title=t(key::home::TO_DO_EMPTY_TITLE)
                body=t(key::home::TO_DO_EMPTY_BODY)
                glyph=Glyph::Done
            />
        }
        .into_any(),
        Some((items, count)) => {
            let shown = u32::try_from(items.len()).unwrap_or(u32::MAX);
            let rest = count.saturating_sub(shown);
            let more = (rest > 0).then(|| {
                view! { <p class="home__more">{plural(key::home::TO_DO_MORE, rest, [])}</p> }
            });
            view! {
                <Rows name=t(key::home::TO_DO)>
                    {items.into_iter().map(|item| row(item, told)).collect_view()}
                </Rows>
                {more}
            }
            .into_any()
        }
    };
    view! {
        <Card
            title=t(key::home::TO_DO)
            id="to-do"
            more=(Route::all_invoices().href(), t(key::home::ALL_INVOICES))
        >
            <LoadFailure loaded=home title=t(key::home::FAILED_TITLE) />
            {list}
            <LiveRegion text=told />
        </Card>
    }
}

fn row(item: ToDo, told: RwSignal<String>) -> AnyView {
    match item {
        ToDo::PayInvoice {
            invoice,
            number,
            name,
            due_on,
            overdue,
            remaining,
        } => {
            let due = fill(key::invoices::DUE, [("day", &i18n::day(&due_on))]);
            view! {
                <ToDoRow
                    glyph=Glyph::Invoices
                    title=fill(key::home::PAY_INVOICE, [("number", &number)])
                    note=fill(key::home::PAY_INVOICE_NOTE, [("name", &name), ("due", &due)])
                    amount=Some(remaining)
                    badge=overdue.then(overdue_badge)
                    href=Some(Route::Invoice(invoice).href())
                />
            }
            .into_any()
        }
        ToDo::FinishCheckout {
            checkout, total, ..
        } => view! {
            <ToDoRow
                glyph=Glyph::Payments
                title=t(key::home::FINISH_PAYMENT)
                note=t(key::home::FINISH_PAYMENT_NOTE)
                amount=Some(total)
            >
                <FinishCheckout checkout=checkout />
            </ToDoRow>
        }
        .into_any(),
        ToDo::SendTransfer {
            payment,
            total,
            created_at,
        } => {
            let since = i18n::instant(&created_at);
            view! {
                <ToDoRow
                    glyph=Glyph::Payments
                    title=t(key::home::SEND_TRANSFER)
                    note=fill(key::home::SEND_TRANSFER_NOTE, [("when", &since)])
                    amount=Some(total)
                    href=Some(Route::Payment(payment).href())
                />
            }
            .into_any()
        }
        ToDo::ConfirmEvent { event } => confirm(*event, told).into_any(),
    }
}

/// Brings the payment's window back, inside the click.
#[component]
fn FinishCheckout(checkout: CheckoutId) -> impl IntoView {
    let checkouts = use_checkouts();
    let finish = move |()| {
        match untrack(|| checkouts.run_of(&checkout)) {
            Some(run) => run.driver.tell(Event::ShowPressed),
            // Not known here yet: its panel comes with the answer.
            None => checkouts.load(),
        }
    };
    view! {
        <Button look=Look::Primary on_press=Callback::new(finish)>
            {t(key::home::FINISH_PAYMENT_BUTTON)}
        </Button>
    }
}

fn confirm(event: EventSummary, told: RwSignal<String>) -> impl IntoView {
    let when = i18n::event_when(&event);
    let place = event.location.clone();
    let note = match place {
        Some(place) => fill(key::home::EVENT_NOTE, [("when", &when), ("place", &place)]),
        None => when,
    };
    view! {
        <ToDoRow
            glyph=Glyph::Calendar
            title=event.title.clone()
            note=note
            href=Some(Route::Event(event.id.clone()).href())
        >
            <ConfirmAttendance id=event.id title=event.title told=told />
        </ToDoRow>
    }
}
