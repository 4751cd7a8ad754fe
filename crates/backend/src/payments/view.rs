//! A checkout as the wire has it.

use api_types::{Checkout, CheckoutItem, CheckoutStatus};

use crate::app::App;
use crate::db::attempts::Attempt;
use crate::db::{DbError, ReadTx, checkouts, customers, launch_tokens};

/// Puts a checkout into the words of the wire, all from one snapshot.
pub(super) async fn of(
    app: &App,
    tx: &ReadTx,
    checkout: &checkouts::Checkout,
    attempt: &Attempt,
) -> Result<Checkout, DbError> {
    let items = checkouts::items(tx, checkout).await?;
    let settings = app.settings();
    let method = settings.methods.iter().find(|m| m.id == checkout.method);
    Ok(Checkout {
        id: checkout.id.clone(),
        status: checkout.status,
        pays_for: checkout.pays_for.clone(),
        items: items
            .into_iter()
            .map(|item| CheckoutItem {
                invoice: item.invoice,
                number: item.number,
                amount: item.amount,
            })
            .collect(),
        total: checkout.total,
        method: checkout.method.clone(),
        pay_host: method
            .map(|method| settings.pay_host(method))
            .unwrap_or_default(),
        launched: launch_tokens::launched(tx, &checkout.id).await?,
        can_cancel: matches!(
            checkout.status,
            CheckoutStatus::Created | CheckoutStatus::Open
        ),
        failure: checkout.failure,
        payment: checkout.payment.clone(),
        created_at: checkout.created_at,
        expires_at: checkout.expires_at,
        as_of: app.now(),
        nonce: app.payments().secret().nonce(&checkout.id, &attempt.id),
        version: customers::version(tx, &checkout.customer).await?,
    })
}
