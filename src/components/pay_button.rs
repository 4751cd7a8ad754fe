//! The button that starts a payment: first its label, then how much.

use api_types::Money;
use leptos::prelude::*;

use super::amount::Amount;
use super::button::Look;
use super::focus_field::pass_focus_on;

/// A pay button. Its name begins with its label and the amount follows. While it
/// is off it stays in the tab order and says why, so the keyboard can return to it.
#[component]
pub fn PayButton(
    /// What it does, as in `Pay This Invoice`.
    #[prop(into)]
    label: String,
    /// How much it asks for; `None` where the button asks for nothing, as in
    /// `Use My Credit`.
    #[prop(into)]
    amount: Signal<Option<Money>>,
    /// Its id; the keyboard comes back to it when the payment window has gone.
    #[prop(into)]
    id: String,
    /// Why it cannot be used now; `None` while it can.
    #[prop(optional, into)]
    off_because: Signal<Option<String>>,
    /// Off without a reason of its own, because another part of the page says it.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// What it started is still under way.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// How much it asks for attention.
    #[prop(default = Look::Primary)]
    look: Look,
    /// Called inside the click, before anything is awaited.
    #[prop(into)]
    on_press: Callback<()>,
) -> impl IntoView {
    pass_focus_on(id.clone());
    let reason_id = format!("{id}-reason");
    let described = {
        let reason_id = reason_id.clone();
        move || off_because.with(|why| why.is_some().then(|| reason_id.clone()))
    };
    let off = move || busy.get() || disabled.get() || off_because.with(Option::is_some);
    let press = move |_| {
        if !off() {
            on_press.run(());
        }
    };
    let asks = move || {
        amount.get().map(|money| {
            view! {
                " "
                <span class="pay_button__amount">
                    <Amount money=money />
                </span>
            }
        })
    };
    view! {
        <div class="pay_button">
            <button
                type="button"
                class=look.class()
                id=id
                aria-describedby=described
                aria-disabled=move || off().then_some("true")
                aria-busy=move || busy.get().then_some("true")
                on:click=press
            >
                <span class="pay_button__label">{label}</span>
                {asks}
            </button>
            {move || {
                let id = reason_id.clone();
                off_because
                    .get()
                    .map(|why| {
                        view! {
                            <p class="pay_button__reason" id=id>
                                {why}
                            </p>
                        }
                    })
            }}
        </div>
    }
}
