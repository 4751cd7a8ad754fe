//! A statement's head: whose it is, for which days, and its sums. Its entries
//! stand below it, as the history shows them.

use api_types::Statement;
use leptos::prelude::*;

use super::party_block::PartyBlock;
use super::statement_sums::StatementSums;
use crate::i18n::{self, fill, key, t};

/// The head of the document. What can be done with it stands outside.
#[component]
pub fn StatementDocument(
    /// The statement.
    statement: Statement,
) -> impl IntoView {
    let fact = |label, value: String| {
        view! {
            <div>
                <dt>{t(label)}</dt>
                <dd>{value}</dd>
            </div>
        }
    };
    let (from, to) = (i18n::day(&statement.from), i18n::day(&statement.to));
    let days = fill(key::statement::SPAN, [("from", &from), ("to", &to)]);
    let sums = statement
        .currencies
        .into_iter()
        .map(|sums| view! { <StatementSums sums=sums /> })
        .collect_view();
    view! {
        <article class="card invoice_document" aria-label=t(key::statement::DOCUMENT)>
            <div class="invoice_document__parties">
                <PartyBlock label=key::statement::FROM party=statement.seller />
                <PartyBlock label=key::statement::CUSTOMER party=statement.customer />
            </div>
            <dl class="invoice_document__facts">
                {fact(key::statement::PERIOD, days)}
                {fact(key::statement::ACCOUNT_NUMBER, statement.account_number)}
            </dl>
            <div class="statement_document__sums">{sums}</div>
        </article>
    }
}
