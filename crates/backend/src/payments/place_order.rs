//! Asks a provider to make the payment of an attempt. The attempt is committed before, and the
//! order is made of stored values only, so asking again sends the same bytes under the same key.

use std::sync::Arc;

use api_types::{API_BASE, AttemptId, FailureCode, MethodKind, PaidBy};

use super::abandoned::is_abandoned;
use super::apply::{self, apply_answer};
use super::lookup::find_attempt;
use super::times;
use crate::app::App;
use crate::db::attempts::{self, Attempt};
use crate::db::checkouts::Checkout;
use crate::db::{DbError, ReadTx};
use crate::failpoints::failpoint;
use crate::gateways::{Ended, Gateway, GatewayError, Order, ReadOutcome};

/// How many characters providers show of a text; a longer one is cut.
const MOST_LETTERS: usize = 100;

/// Asks the provider to make the payment, and applies its answer. Nothing is asked if the attempt
/// is abandoned or the provider has made its payment already. If the provider refuses, the attempt
/// ends as failed; if it cannot be reached, the attempt is read again three seconds later.
///
/// # Errors
/// [`DbError::Refused`] if there is no such attempt, [`DbError::Taken`] if another attempt of the
/// gateway has the provider's id, [`DbError::Unreadable`] if a stored value cannot be read;
/// otherwise as the database fails. A provider that cannot be reached is no error: that is
/// [`ReadOutcome::Away`].
pub(super) async fn place_order(
    app: &App,
    gateway: &Arc<dyn Gateway>,
    id: &AttemptId,
) -> Result<ReadOutcome, DbError> {
    let (attempt, checkout) = app
        .db()
        .read(async |tx: &ReadTx| find_attempt(tx, id).await)
        .await?;
    if is_abandoned(&attempt, &checkout) || attempt.at_provider.is_some() {
        return Ok(ReadOutcome::Done);
    }
    failpoint!("order.before");
    let answer = gateway.create(&order(app, &attempt, &checkout)).await;
    failpoint!("order.after");
    match answer {
        Ok(payment) => apply_answer(app, gateway, id, &payment).await,
        Err(GatewayError::Away) => {
            let again = app.now().plus(times::ASK_AGAIN);
            app.db()
                .write(async |tx| attempts::read_next_at(tx, id, again).await)
                .await?;
            Ok(ReadOutcome::Away)
        }
        Err(error) => {
            tracing::error!(attempt = %id, %error, "the provider does not make the payment");
            let why = Some(FailureCode::ProviderError);
            apply::end_attempt(app, id, Ended::Failed, why).await?;
            app.db()
                .write(async |tx| attempts::leave(tx, id).await)
                .await?;
            Ok(ReadOutcome::Done)
        }
    }
}

fn order(app: &App, attempt: &Attempt, checkout: &Checkout) -> Order {
    let settings = app.settings();
    let s = app
        .gateways()
        .secret()
        .return_proof(&checkout.id, &attempt.id);
    let api = |path: &str| settings.public_url.join(&format!("{API_BASE}{path}"));
    Order {
        reference: attempt.id.clone(),
        amount: attempt.terms.total,
        wallet: wallet(&attempt.terms.paid_by),
        description: truncate(&checkout.description),
        merchant: truncate(&settings.portal.name),
        return_url: api(&format!("/pay/{}/return?s={s}", attempt.id)),
        webhook_url: api(&format!("/webhooks/{}", attempt.gateway)),
        lifetime: times::LIFETIME,
    }
}

/// The label of the wallet that was chosen, if the method is a wallet.
fn wallet(by: &PaidBy) -> Option<String> {
    let is_wallet = by.kind == MethodKind::Wallet;
    let name = by.option.as_ref().or(by.label.as_ref());
    name.filter(|_| is_wallet).map(|name| truncate(name))
}

fn truncate(text: &str) -> String {
    if text.chars().count() <= MOST_LETTERS {
        return text.to_owned();
    }
    text.chars().take(MOST_LETTERS - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_between_letters() {
        assert_eq!(truncate("INV-1"), "INV-1");
        let long = "é".repeat(101);
        assert_eq!(truncate(&long), format!("{}…", "é".repeat(99)));
    }
}
