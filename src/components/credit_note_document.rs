//! A credit note as a document: of the same family as an invoice, under its own name.

use api_types::{CreditNote, Money};
use leptos::prelude::*;

use super::amount::Amount;
use super::party_block::PartyBlock;
use crate::i18n::{self, key, t};

/// The document. What can be done with it stands outside.
#[component]
pub fn CreditNoteDocument(
    /// The credit note.
    note: CreditNote,
    /// Where the invoice is that it takes back a part of.
    invoice_href: String,
) -> impl IntoView {
    let fact = |label, value: AnyView| {
        view! {
            <div>
                <dt>{t(label)}</dt>
                <dd>{value}</dd>
            </div>
        }
    };
    let sum = |label, amount: Money, part: &'static str| {
        view! {
            <div class="invoice_document__sum" data-part=part>
                <dt>{t(label)}</dt>
                <dd>
                    <Amount money=amount />
                </dd>
            </div>
        }
    };
    let invoice = view! {
        <a class="invoice_document__link" href=invoice_href>
            {note.invoice_number}
        </a>
    };
    view! {
        <article class="card invoice_document" aria-label=t(key::credit_notes::DOCUMENT)>
            <div class="invoice_document__parties">
                <PartyBlock label=key::credit_notes::FROM party=note.seller />
                <PartyBlock label=key::credit_notes::CREDITED_TO party=note.customer />
            </div>
            <dl class="invoice_document__facts">
                {fact(key::credit_notes::NUMBER, note.number.into_any())}
                {fact(key::credit_notes::ISSUED, i18n::day(&note.issued_on).into_any())}
                {fact(key::credit_notes::INVOICE, invoice.into_any())}
                {fact(key::credit_notes::ACCOUNT_NUMBER, note.account_number.into_any())}
                {fact(
                    key::credit_notes::REASON,
                    view! { <span class="line-breaks">{note.reason}</span> }.into_any(),
                )}
            </dl>
            <dl class="invoice_document__sums">
                {sum(key::credit_notes::NET, note.net, "net")}
                {sum(key::credit_notes::TAX, note.tax, "tax")}
                {sum(key::credit_notes::TOTAL, note.total, "total")}
            </dl>
        </article>
    }
}
