//! What narrows the list of payments.

use api_types::{PaymentKind, PaymentQuery, PaymentStatus};
use leptos::prelude::*;

use crate::components::Choice;
use crate::i18n::{key, payment_badge, payment_kind_words};
use crate::parts::Listed;

/// The filters: state, kind, currency and days.
#[component]
pub(super) fn Filters(
    /// The list that the address asks for.
    list: Listed<PaymentQuery>,
) -> impl IntoView {
    let states = PaymentStatus::ALL.iter().copied();
    let states = states.map(|status| Choice::new(status.as_str(), payment_badge(status).word));
    let kinds = PaymentKind::ALL.iter().copied();
    let kinds = kinds.map(|kind| Choice::new(kind.as_str(), payment_kind_words(kind)));
    view! {
        {list
            .select(
                (key::payments::COLUMN_STATUS, "state"),
                states,
                |query| query.status.map(|status| status.as_str().to_owned()),
                |query, chosen| {
                    let mut known = PaymentStatus::ALL.iter().copied();
                    query.status = known.find(|status| status.as_str() == chosen);
                },
            )}
        {list
            .select(
                (key::payments::KIND, "kind"),
                kinds,
                |query| query.kind.map(|kind| kind.as_str().to_owned()),
                |query, chosen| {
                    let mut known = PaymentKind::ALL.iter().copied();
                    query.kind = known.find(|kind| kind.as_str() == chosen);
                },
            )}
        {list.currency()}
        {list.days(key::payments::DATE_RANGE, "dates")}
    }
}
