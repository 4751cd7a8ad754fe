//! The one way an amount of money is shown.

use api_types::Money;
use leptos::prelude::*;

use crate::i18n;

/// An amount, written as the language writes it, in tabular figures. When the amount changes in
/// place, it is highlighted once for a short time (`data-changed`).
#[component]
pub fn Amount(
    /// The amount; a plain value or a signal.
    #[prop(into)]
    money: Signal<Money>,
) -> impl IntoView {
    // The name alternates so that a second change plays the motion again.
    let changed = Memo::new(move |last: Option<&(Money, Option<bool>)>| {
        let now = money.get();
        match last {
            Some((before, turn)) if *before == now => (now, *turn),
            Some((_, turn)) => (now, Some(!turn.unwrap_or(false))),
            None => (now, None),
        }
    });
    let turn = move || changed.get().1.map(|odd| if odd { "odd" } else { "even" });
    view! {
        <data
            class="amount"
            value=move || money.with(Money::amount_text)
            data-currency=move || money.with(|money| money.currency().code().to_owned())
            data-negative=move || money.with(Money::is_negative).then_some("")
            data-changed=turn
        >
            {move || money.with(i18n::money)}
        </data>
    }
}
