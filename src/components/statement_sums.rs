//! The sums of a statement in one currency: from what the account stood at to
//! what it stands at.

use api_types::{Money, StatementSums as Sums};
use leptos::prelude::*;

use super::amount::Amount;
use crate::i18n::{entry_kind_words, fill, key, t};

/// Opening balance, what each kind of movement adds up to, closing balance.
#[component]
pub fn StatementSums(
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
