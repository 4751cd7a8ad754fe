//! Turning back a payment while that is possible.

use api_client::ApiError;
use api_types::CheckoutId;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::{Button, Look, Notice, NoticeTone};
use crate::i18n::{key, t};
use crate::state::{error_words, use_api, use_live};

/// A button that asks once more before it cancels: what is cancelled cannot be
/// taken up again.
#[component]
pub(super) fn CancelPayment(
    /// The checkout that the payment came from.
    checkout: CheckoutId,
) -> impl IntoView {
    let (api, live) = (use_api(), use_live());
    let asking = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let error = RwSignal::new(None::<ApiError>);
    let checkout = StoredValue::new(checkout);
    let cancel = move |()| {
        busy.set(true);
        error.set(None);
        let (api, id) = (api.get(), checkout.get_value());
        spawn_local(async move {
            let answer = api.cancel_checkout(&id).await;
            error.try_set(answer.err());
            asking.try_set(false);
            busy.try_set(false);
            // Whatever came of it, the page shows how it stands now.
            live.refresh();
        });
    };
    let ask = move |on: bool| Callback::new(move |()| asking.set(on));
    let buttons = move || {
        if !asking.get() {
            return view! {
                <Button on_press=ask(true)>{t(key::payments::CANCEL_THIS_PAYMENT)}</Button>
            }
            .into_any();
        }
        view! {
            <p class="cancel_payment__question" role="status">
                {t(key::payments::CANCEL_QUESTION)}
            </p>
            <Button look=Look::Primary busy=busy on_press=Callback::new(cancel)>
                {t(key::payments::CANCEL_YES)}
            </Button>
            <Button disabled=busy on_press=ask(false)>
                {t(key::payments::CANCEL_NO)}
            </Button>
        }
        .into_any()
    };
    view! {
        <div class="cancel_payment">{buttons}</div>
        {move || {
            error.get().map(|error| view! { <Notice tone=NoticeTone::Bad body=error_words(&error) /> })
        }}
    }
}
