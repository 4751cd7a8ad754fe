//! Paying a part of an invoice, where the provider lets a part be paid.

use api_types::{CheckoutFor, Money, Payable};
use leptos::prelude::*;

use crate::components::{CheckField, MoneyField};
use crate::i18n::{self, MoneyEntryError, fill, key, t};

/// Whether a part is paid, and how much.
#[derive(Clone, Copy)]
pub struct PartChoice {
    chosen: RwSignal<bool>,
    text: RwSignal<String>,
    entry: RwSignal<Result<Money, MoneyEntryError>>,
    tried: RwSignal<bool>,
}

impl PartChoice {
    /// All of it, until the customer says otherwise.
    pub fn new() -> Self {
        Self {
            chosen: RwSignal::new(false),
            text: RwSignal::new(String::new()),
            entry: RwSignal::new(Err(MoneyEntryError::Empty)),
            tried: RwSignal::new(false),
        }
    }

    /// Whether all of it is paid.
    pub fn is_all(self) -> bool {
        !self.chosen.get()
    }

    /// What is paid for and how much; nothing while the part cannot be read or paid.
    pub fn of(self, pays_for: &CheckoutFor, payable: &Payable) -> Option<(CheckoutFor, Money)> {
        let part = self.chosen.get() && payable.least.is_some();
        let CheckoutFor::Invoice { invoice } = pays_for else {
            return Some((pays_for.clone(), payable.amount));
        };
        if !part {
            return Some((pays_for.clone(), payable.amount));
        }
        let amount = self.entry.get().ok()?;
        if outside(amount, payable).is_some() {
            return None;
        }
        if amount == payable.amount {
            return Some((pays_for.clone(), amount));
        }
        let invoice = invoice.clone();
        Some((CheckoutFor::Part { invoice, amount }, amount))
    }

    /// The button was pressed: what is missing is said now.
    pub fn tried(self) {
        self.tried.set(true);
    }
}

/// What is wrong with a part, if something is.
fn outside(amount: Money, payable: &Payable) -> Option<(Money, Money)> {
    let least = payable.least?;
    let bounds = least.minor()..=payable.amount.minor();
    let fits = amount.currency() == least.currency() && bounds.contains(&amount.minor());
    (!fits).then_some((least, payable.amount))
}

/// The choice of a part, where there is one.
#[component]
pub fn PayPart(
    /// What is chosen.
    part: PartChoice,
    /// What is paid for.
    pays_for: Signal<CheckoutFor>,
    /// Whether and how much can be paid.
    payable: Signal<Payable>,
    /// The most that the chosen way to pay takes of it at once.
    most: Signal<Money>,
    /// What the ids of the fields begin with.
    id: String,
) -> impl IntoView {
    let possible = Memo::new(move |_| {
        let of_invoice = pays_for.with(|of| matches!(of, CheckoutFor::Invoice { .. }));
        of_invoice && payable.with(|payable| payable.least.is_some())
    });
    let currency = Memo::new(move |_| payable.with(|payable| payable.amount.currency()));
    let bounds = move |least: Money, most: Money| {
        let (least, most) = (i18n::money(&least), i18n::money(&most));
        fill(
            key::checkout::BOUNDS_BOTH,
            [("least", &least), ("most", &most)],
        )
    };
    let wrong = move || {
        let amount = part.entry.get().ok()?;
        let (least, _) = outside(amount, &payable.get())?;
        Some(bounds(least, most.get()))
    };
    let amount_name = format!("{id}-amount");
    let toggle_name = format!("{id}-part");
    move || {
        let amount_name = amount_name.clone();
        possible.get().then(|| {
            let hint = move || {
                let least = payable.with(|payable| payable.least);
                least.map(|least| bounds(least, most.get()))
            };
            view! {
                <CheckField
                    label=t(key::checkout::PAY_PART)
                    name=toggle_name.clone()
                    checked=part.chosen
                    on_change=Callback::new(move |on| part.chosen.set(on))
                />
                {move || {
                    let (name, hint) = (amount_name.clone(), hint());
                    part.chosen.get().then(|| {
                        view! {
                            <MoneyField
                                label=t(key::checkout::AMOUNT)
                                name=name
                                value=part.text
                                currency=currency
                                on_entry=Callback::new(move |entry| part.entry.set(entry))
                                tried=part.tried
                                hint=hint.unwrap_or_default()
                                error=Signal::derive(wrong)
                            />
                        }
                    })
                }}
            }
        })
    }
}
