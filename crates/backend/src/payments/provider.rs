//! An attempt as its gateway is asked about it, and an answer's ids as they are stored.

use api_types::AttemptId;

use crate::db::attempts::Attempt;
use crate::db::{DbError, ReadTx, WriteTx, provider_ids};
use crate::gateways::{Known, ProviderId, ProviderIdKind};

/// What is known of an attempt that helps its provider to find it.
///
/// # Errors
/// [`DbError`] if the database fails.
pub(super) async fn known(tx: &ReadTx, attempt: &Attempt) -> Result<Known, DbError> {
    let ids = provider_ids::of_attempt(tx, &attempt.id).await?;
    // A word of a later version is nothing that this one can use.
    let ids = ids.into_iter().filter_map(|(kind, id)| {
        let kind = ProviderIdKind::from_word(&kind)?;
        Some(ProviderId { kind, id })
    });
    Ok(Known {
        reference: attempt.id.clone(),
        id: attempt.at_provider.as_ref().map(|at| at.id.clone()),
        ids: ids.collect(),
        amount: attempt.terms.total,
    })
}

/// Stores that ids of the provider's belong to an attempt.
///
/// # Errors
/// [`DbError`] if the database fails.
pub(super) async fn add_ids(
    tx: &WriteTx,
    gateway: &str,
    ids: &[ProviderId],
    attempt: &AttemptId,
) -> Result<(), DbError> {
    for ProviderId { kind, id } in ids {
        provider_ids::add(tx, gateway, (kind.as_str(), id), attempt).await?;
    }
    Ok(())
}
