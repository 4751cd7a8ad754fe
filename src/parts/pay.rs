//! A pay button with what it means beside it, so that the customer sees what
//! is paid, to whom, how and where before leaving (OWASP ASVS 3.7.3).

use api_types::{CheckoutFor, NotPayable, Payable};
use leptos::prelude::*;

use crate::checkout::Intent;
use crate::components::{PayButton, PayNotice, PayTerms};
use crate::i18n;
use crate::state::{use_checkouts, use_portal};

/// The button, its terms, and while it is off the reason why.
#[component]
pub fn Pay(
    /// What is paid for.
    pays_for: CheckoutFor,
    /// The button's words.
    #[prop(into)]
    label: String,
    /// What is paid for, in words.
    #[prop(into)]
    what: Signal<String>,
    /// Whether and how much can be paid.
    #[prop(into)]
    payable: Signal<Payable>,
    /// The button's id, where the keyboard returns to.
    #[prop(into)]
    id: String,
) -> impl IntoView {
    let checkouts = use_checkouts();
    let portal = use_portal();
    let method = Memo::new(move |_| portal.method_for(payable.with(|pay| pay.amount.currency())));
    let terms = Memo::new(move |_| {
        let method = method.get()?;
        let payable = payable.get();
        payable.allowed.then(|| PayTerms {
            what: what.get(),
            to: portal.of(|portal| portal.name.clone()),
            how: i18n::method_words(&method),
            host: method.pay_host,
            total: payable.amount,
        })
    });
    let off_because = move || {
        let reason = match payable.get() {
            Payable { allowed: true, .. } if method.with(Option::is_some) => return None,
            Payable { allowed: true, .. } => NotPayable::NoMethod,
            Payable { reason, .. } => reason.unwrap_or(NotPayable::Unknown),
        };
        Some(portal.of(|portal| i18n::not_payable_words(reason, &portal.name)))
    };
    let amount = move || {
        let amount = payable.with(|pay| pay.amount);
        amount.is_positive().then_some(amount)
    };
    let button_id = id.clone();
    let press = move |()| {
        let Some(method) = method.get_untracked() else {
            return;
        };
        checkouts.press(Intent {
            pays_for: pays_for.clone(),
            method: method.id,
            displayed_total: payable.with_untracked(|pay| pay.amount),
            button_id: button_id.clone(),
        });
    };
    view! {
        <div class="pay">
            <PayButton
                label=label
                amount=Signal::derive(amount)
                id=id
                off_because=Signal::derive(off_because)
                on_press=Callback::new(press)
            />
            {move || terms.get().map(|terms| view! { <PayNotice terms=Signal::stored(terms) /> })}
        </div>
    }
}
