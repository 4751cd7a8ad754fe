//! Another try at a payment that did not go through.

use api_client::ApiError;
use api_types::{CheckoutId, Currency};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::{Button, Look, Notice, NoticeTone};
use crate::i18n::{key, t};
use crate::parts::methods_in;
use crate::state::{error_words, use_api, use_checkouts, use_portal};

/// A button that brings the payment's panel back, with the choice of another way to pay in it.
/// Nothing is asked of the server but how the checkout ended.
#[component]
pub(super) fn PayAgain(
    /// The checkout that failed.
    checkout: CheckoutId,
    /// What it was to be paid in.
    currency: Currency,
) -> impl IntoView {
    let (api, checkouts, portal) = (use_api(), use_checkouts(), use_portal());
    let busy = RwSignal::new(false);
    let error = RwSignal::new(None::<ApiError>);
    let checkout = StoredValue::new(checkout);
    let again = move |()| {
        busy.set(true);
        error.set(None);
        let (api, id) = (api.get(), checkout.get_value());
        spawn_local(async move {
            let answer = api.checkout(&id).await;
            // The customer may have gone on, or somebody else may be signed in by now.
            if busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(checkout) => checkouts.show(checkout, String::new()),
                Err(refused) => error.set(Some(refused)),
            }
        });
    };
    let again = Callback::new(again);
    move || {
        let label = match methods_in(portal, Some(currency)).len() {
            0 => return None,
            1 => key::checkout::TRY_AGAIN,
            _ => key::checkout::PAY_ANOTHER_WAY,
        };
        Some(view! {
            <div class="cancel_payment">
                <Button look=Look::Primary busy=busy on_press=again>
                    {t(label)}
                </Button>
            </div>
            {move || {
                error
                    .get()
                    .map(|error| view! { <Notice tone=NoticeTone::Bad body=error_words(&error) /> })
            }}
        })
    }
}
