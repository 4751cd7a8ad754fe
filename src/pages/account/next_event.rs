//! `Pay For My Next Unpaid Event`: a pre-payment, or the reason why there is none.

use api_types::{Balance, CheckoutFor, EventPart, Money, UnpaidEvent};
use leptos::prelude::*;

use crate::components::{Card, PayButton};
use crate::i18n::{self, fill, key, t};
use crate::parts::Pay;
use crate::route::Route;
use crate::state::Loaded;

const BUTTON_ID: &str = "pay-next-event";

/// The next event that can be paid ahead, with its button. Without one the
/// button keeps its place and says so.
#[component]
pub(super) fn NextUnpaidEvent(balance: Loaded<Balance>) -> impl IntoView {
    let event = Memo::new(move |_| balance.of(|balance| balance.next_unpaid.clone()));
    let known = Memo::new(move |_| event.with(|event| event.as_ref().map(Option::is_some)));
    let content = move || match known.get()? {
        true => untrack(|| event.get().flatten()).map(|first| payable(event, first).into_any()),
        false => Some(no_event().into_any()),
    };
    move || {
        known.with(Option::is_some).then(|| {
            view! {
                <Card title=t(key::account::NEXT_EVENT) id="next-event">
                    <div class="card__body next_event">{content}</div>
                </Card>
            }
        })
    }
}

fn no_event() -> impl IntoView {
    let nothing: Option<Money> = None;
    view! {
        <PayButton
            label=t(key::account::PAY_NEXT_EVENT)
            amount=nothing
            id=BUTTON_ID
            off_because=Some(t(key::account::NO_UNPAID_EVENT))
            on_press=Callback::new(|()| ())
        />
    }
}

fn payable(event: Memo<Option<Option<UnpaidEvent>>>, first: UnpaidEvent) -> impl IntoView {
    // The button stays while the event behind it changes.
    let now = Memo::new(move |before: Option<&UnpaidEvent>| {
        let event = event.get().flatten();
        event
            .or_else(|| before.cloned())
            .unwrap_or_else(|| first.clone())
    });
    let pays_for = move || CheckoutFor::Event {
        event: now.with(|event| event.event.clone()),
        part: EventPart::Balance,
    };
    let when =
        move || now.with(|event| i18n::event_begins(&event.starts_at, event.all_day.as_ref()));
    let title = move || now.with(|event| event.title.clone());
    let words = move || {
        fill(
            key::account::EVENT_TITLE,
            [("title", &title()), ("when", &when())],
        )
    };
    let what = move || fill(key::account::NOTICE_WHAT_EVENT, [("title", &title())]);
    let pay = Signal::derive(move || now.with(|event| event.pay.clone()));
    let href = move || now.with(|event| Route::Event(event.event.clone()).href());
    view! {
        <p class="next_event__words">
            <a class="next_event__link" href=href>
                {words}
            </a>
        </p>
        <Pay
            pays_for=Signal::derive(pays_for)
            label=t(key::account::PAY_NEXT_EVENT)
            what=Signal::derive(what)
            payable=pay
            id=BUTTON_ID
        />
    }
}
