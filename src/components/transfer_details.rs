//! What to write on a transfer, and where to send it.

use api_types::TransferInstructions;
use leptos::prelude::*;

use super::details::{Detail, Details};
use crate::i18n::{key, t};

/// The bank's details in the provider's words, and the reference last, since
/// without it the money is not found.
#[component]
pub fn TransferDetails(
    /// What to write, and where to send it.
    transfer: TransferInstructions,
) -> impl IntoView {
    let mut facts: Vec<Detail> = transfer
        .details
        .into_iter()
        .map(|detail| Detail::new(detail.label, view! { <bdi>{detail.value}</bdi> }))
        .collect();
    let reference = view! { <strong class="transfer_details__reference"><bdi>{transfer.reference}</bdi></strong> };
    facts.push(Detail::new(t(key::checkout::TRANSFER_REFERENCE), reference));
    view! {
        <div class="transfer_details">
            <Details facts=facts />
            <p class="transfer_details__hint">{t(key::checkout::TRANSFER_REFERENCE_HINT)}</p>
        </div>
    }
}
