//! Who gives a document, or who gets it.

use api_types::Party;
use leptos::prelude::*;

use crate::i18n::{fill, key, t};

/// A party to a document: name, address, tax number, and how to reach it.
#[component]
pub(super) fn PartyBlock(
    /// What the party is to the document.
    label: words::Text,
    /// The party.
    party: Party,
) -> impl IntoView {
    let number = party
        .tax_number
        .map(|number| fill(key::invoices::TAX_NUMBER, [("number", &number)]));
    view! {
        <div class="invoice_document__party">
            <h2 class="invoice_document__label">{t(label)}</h2>
            <p class="invoice_document__name">{party.name}</p>
            {party.address.into_iter().map(|line| view! { <p>{line}</p> }).collect_view()}
            {number.map(|number| view! { <p>{number}</p> })}
            {party.phone.map(|phone| view! { <p>{phone}</p> })}
            {party.email.map(|email| view! { <p>{email}</p> })}
        </div>
    }
}
