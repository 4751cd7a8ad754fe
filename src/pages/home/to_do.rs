//! `Things I Need To Do`: each leads to what to do.

use api_client::ApiError;
use api_types::{CheckoutId, EventId, EventSummary, Home, ToDo};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::checkout::machine::Event;
use crate::components::{
    Button, Card, EmptyState, Glyph, LiveRegion, Look, Notice, NoticeTone, Rows, Skeleton,
    SkeletonOf, ToDoRow,
};
use crate::i18n::{self, fill, key, overdue_badge, plural, t};
use crate::parts::LoadFailure;
use crate::route::Route;
use crate::state::{Loaded, error_words, use_api, use_checkouts, use_live};

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
        ToDo::ConfirmEvent { event } => confirm(event, told).into_any(),
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
    let when = i18n::instant_with_zone(&event.starts_at);
    let place = event.location.clone();
    let note = match place {
        Some(place) => fill(key::home::EVENT_NOTE, [("when", &when), ("place", &place)]),
        None => when,
    };
    view! {
        <ToDoRow glyph=Glyph::Calendar title=event.title.clone() note=note>
            <ConfirmEvent id=event.id title=event.title told=told />
        </ToDoRow>
    }
}

/// `Confirm Attendance`, then `Confirm`.
#[component]
fn ConfirmEvent(id: EventId, title: String, told: RwSignal<String>) -> impl IntoView {
    let (api, live) = (use_api(), use_live());
    let asking = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let error = RwSignal::new(None::<ApiError>);
    let event = StoredValue::new((id, title));
    let confirm = move |()| {
        busy.set(true);
        error.set(None);
        let (id, title) = event.get_value();
        let api = api.get();
        spawn_local(async move {
            match api.confirm_event(&id).await {
                Ok(_) => {
                    told.try_set(fill(key::home::CONFIRMED_TOLD, [("title", &title)]));
                }
                Err(refused) => {
                    error.try_set(Some(refused));
                }
            }
            busy.try_set(false);
            live.refresh();
        });
    };
    let ask = move |on: bool| Callback::new(move |()| asking.set(on));
    let buttons = move || {
        if !asking.get() {
            return view! {
                <Button on_press=ask(true)>{t(key::home::CONFIRM_ATTENDANCE)}</Button>
            }
            .into_any();
        }
        view! {
            <Button look=Look::Primary busy=busy on_press=Callback::new(confirm)>
                {t(key::home::CONFIRM)}
            </Button>
            <Button disabled=busy on_press=ask(false)>
                {t(key::home::NOT_NOW)}
            </Button>
        }
        .into_any()
    };
    view! {
        {buttons}
        {move || {
            error.get().map(|error| view! { <Notice tone=NoticeTone::Bad body=error_words(&error) /> })
        }}
    }
}
