//! A statement's head: whose it is, for which days, and its sums. Its entries
//! stand below it, as the history shows them.

use api_types::{Money, Statement, StatementSums as Sums};
use leptos::prelude::*;

use super::amount::Amount;
use super::party_block::PartyBlock;
use crate::i18n::{self, entry_kind_words, fill, key, t};

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

/// Opening balance, what each kind of movement adds up to, closing balance.
#[component]
fn StatementSums(
    /// The sums.
    sums: Sums,
) -> impl IntoView {
    let line = |label: String, amount: Money, part: &'static str| {
        view! {
            <div class="invoice_document__sum" data-part=part>
                <dt>{label}</dt>
                <dd>
                    <Amount money=amount />
                </dd>
            </div>
        }
    };
    let code = sums.currency.code().to_owned();
    let kinds = sums
        .sums
        .into_iter()
        .map(|kind| line(entry_kind_words(kind.kind), kind.sum, "kind"))
        .collect_view();
    view! {
        <section class="statement_sums" data-currency=code.clone()>
            <h2 class="invoice_document__label">
                {fill(key::statement::SUMS, [("currency", &code)])}
            </h2>
            <dl class="statement_sums__list">
                {line(t(key::statement::OPENING), sums.opening, "opening")} {kinds}
                {line(t(key::statement::CLOSING), sums.closing, "total")}
            </dl>
        </section>
    }
}
