//! What the event costs, how much of that is paid, and paying the rest.

use api_types::{Event, EventInvoice, EventMoney, EventPart, EventSummary};
use leptos::prelude::*;

use super::paying::{Choice, Paying};
use crate::components::{AsOf, EventFigures, RadioChoice, RadioField, StatusBadge};
use crate::i18n::{self, event_money_badge, fill, key, t};
use crate::parts::{Pay, use_freshness};
use crate::route::Route;
use crate::state::Loaded;

const DEPOSIT: &str = "deposit";
const BALANCE: &str = "balance";
/// Its radio buttons are `event-part-deposit` and `event-part-balance`.
const PART_FIELD: &str = "event-part";
const BUTTON_ID: &str = "pay-event";

/// The figures, the invoice if it is on one, and `Pay Your Event Balance`. Nothing where the
/// event costs nothing, or nothing any more.
#[component]
pub(super) fn MoneyCard(event: Loaded<Event>) -> impl IntoView {
    let money = Memo::new(move |_| event.of(|event| event.event.money.clone()).flatten());
    let costs = Memo::new(move |_| money.with(Option::is_some));
    move || {
        costs.get().then(|| {
            // The card stays while its figures change in place.
            let first = untrack(|| money.get());
            first.map(|first| {
                let now = Memo::new(move |before: Option<&EventMoney>| {
                    let now = money.get().or_else(|| before.cloned());
                    now.unwrap_or_else(|| first.clone())
                });
                card(event, now)
            })
        })
    }
}

fn card(event: Loaded<Event>, money: Memo<EventMoney>) -> impl IntoView {
    let freshness = use_freshness(event);
    let as_of = Memo::new(move |_| event.of(|event| event.as_of));
    let state = Memo::new(move |_| money.with(|money| money.state));
    let invoice = Memo::new(move |_| money.with(|money| money.invoice.clone()));
    view! {
        <section class="card event_money" aria-labelledby="event-money-heading">
            <header class="card__header">
                <h2 class="card__title" id="event-money-heading">
                    {t(key::event::MONEY)}
                </h2>
                {move || view! { <StatusBadge badge=event_money_badge(state.get()) /> }}
            </header>
            <div class="card__body event_money__body">
                {move || invoice.get().map(through_invoice)} <EventFigures money=money />
                <PayEvent event=event />
                {move || {
                    as_of.get().map(|at| view! { <AsOf at=Signal::stored(at) freshness=freshness /> })
                }}
            </div>
        </section>
    }
}

fn through_invoice(invoice: EventInvoice) -> impl IntoView {
    view! {
        <div class="event_money__invoice">
            <p>
                {t(key::invoices::COLUMN_INVOICE)}
                " "
                <a class="event_money__link" href=Route::Invoice(invoice.id).href()>
                    {invoice.number}
                </a>
            </p>
            <p class="event_money__note">{t(key::event::INVOICED_NOTE)}</p>
        </div>
    }
}

/// The choice between the deposit and the whole where there is one, then the button.
#[component]
fn PayEvent(event: Loaded<Event>) -> impl IntoView {
    let wanted = RwSignal::new(EventPart::Deposit);
    let paying = Memo::new(move |_| event.of(Paying::of).flatten());
    let any = Memo::new(move |_| paying.with(Option::is_some));
    move || {
        any.get().then(|| {
            untrack(|| paying.get()).map(|first| {
                // The button stays while what is behind it changes.
                let now = Memo::new(move |before: Option<&Paying>| {
                    let now = paying.get().or_else(|| before.cloned());
                    now.unwrap_or_else(|| first.clone())
                });
                pay(event, now, wanted)
            })
        })
    }
}

fn pay(event: Loaded<Event>, paying: Memo<Paying>, wanted: RwSignal<EventPart>) -> impl IntoView {
    let choice = Memo::new(move |_| paying.with(Paying::choice));
    let choosable = Memo::new(move |_| choice.with(Option::is_some));
    let choose = Callback::new(move |part| {
        wanted.set(if part == DEPOSIT {
            EventPart::Deposit
        } else {
            EventPart::Balance
        });
    });
    let chosen = move || match wanted.get() {
        EventPart::Deposit => DEPOSIT,
        EventPart::Balance => BALANCE,
    };
    let ahead = Memo::new(move |_| paying.with(Paying::is_ahead));
    let pays_for = move || paying.with(|paying| paying.pays_for(wanted.get()));
    let payable = move || paying.with(|paying| paying.payable(wanted.get()));
    let what = move || {
        event
            .of(|event| what_words(&event.event))
            .unwrap_or_default()
    };
    view! {
        {move || {
            choosable.get().then(|| {
                view! {
                    <RadioField
                        label=t(key::event::CHOICE)
                        name=PART_FIELD
                        choices=Signal::derive(move || choice.get().map(choices).unwrap_or_default())
                        value=Signal::derive(chosen)
                        on_change=choose
                    />
                }
            })
        }}
        <Pay
            pays_for=Signal::derive(pays_for)
            label=t(key::event::PAY)
            what=Signal::derive(what)
            payable=Signal::derive(payable)
            id=BUTTON_ID
        />
        {move || {
            ahead
                .get()
                .then(|| view! { <p class="event_money__note">{t(key::event::PREPAY_NOTE)}</p> })
        }}
    }
}

/// What each part asks for and what comes of it.
fn choices(choice: Choice) -> Vec<RadioChoice> {
    let rest = i18n::money(&choice.rest);
    vec![
        RadioChoice {
            value: DEPOSIT,
            label: t(key::event::CHOICE_DEPOSIT),
            amount: Some(choice.deposit),
            note: fill(key::event::CHOICE_DEPOSIT_NOTE, [("rest", &rest)]),
        },
        RadioChoice {
            value: BALANCE,
            label: t(key::event::CHOICE_WHOLE),
            amount: Some(choice.whole),
            note: t(key::event::CHOICE_WHOLE_NOTE),
        },
    ]
}

/// What is paid for, as the payment's terms name it.
fn what_words(event: &EventSummary) -> String {
    let invoice = event
        .money
        .as_ref()
        .and_then(|money| money.invoice.as_ref());
    match invoice {
        Some(invoice) => fill(
            key::checkout::NOTICE_WHAT_INVOICE,
            [("number", &invoice.number)],
        ),
        None => fill(
            key::checkout::NOTICE_WHAT_EVENT,
            [("title", &event.title), ("date", &i18n::event_date(event))],
        ),
    }
}
