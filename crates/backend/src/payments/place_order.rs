//! Asks a provider to make the payment of an attempt. The attempt is committed before, and the
//! order is made of stored values only, so asking again sends the same bytes under the same key.

use std::sync::Arc;

use api_types::{API_BASE, AttemptId, CheckoutId, FailureCode, Money};

use words::key;

use super::abandoned::is_abandoned;
use super::apply::{self, apply_answer};
use super::lookup::find_attempt;
use super::times;
use crate::app::App;
use crate::db::attempts::{self, Attempt, AttemptDetails, PaymentTerms};
use crate::db::checkouts::{self, Checkout};
use crate::db::{DbError, ReadTx, customers};
use crate::failpoints::failpoint;
use crate::gateways::{Ended, Gateway, GatewayError, Order, OrderItem, Payer, ReadOutcome};

/// How many things a provider is told one by one.
const MOST_ITEMS: usize = 30;
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
    let answer = gateway
        .create(&order(app, gateway, &attempt, &checkout))
        .await;
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

/// Reads what a provider is told of an attempt beside the amount, before the attempt is made.
///
/// # Errors
/// [`DbError::Unreadable`] if there is no such checkout or customer or a stored value cannot be
/// read; otherwise as the database fails.
pub(super) async fn details(
    app: &App,
    tx: &ReadTx,
    checkout: &CheckoutId,
    terms: &PaymentTerms,
) -> Result<AttemptDetails, DbError> {
    let settings = app.settings();
    let found = checkouts::find(tx, checkout).await?;
    let found = found.ok_or_else(|| DbError::Unreadable(format!("checkout {checkout}")))?;
    let customer = customers::find(tx, &found.customer).await?;
    let customer = customer.ok_or_else(|| DbError::Unreadable(found.customer.to_string()))?;
    let mut items = Vec::new();
    for item in checkouts::items(tx, &found).await? {
        let name = item.number.as_deref().unwrap_or(&found.description);
        items.push((truncate(name), item.amount.minor()));
    }
    if terms.surcharge.is_positive() {
        items.push((
            app.words().get(key::checkout::SURCHARGE),
            terms.surcharge.minor(),
        ));
    }
    // Where they do not come to the whole, such as where credit is used, they are left out; and
    // where they are more than providers take, or anyone reads on a payment page.
    let sum = items
        .iter()
        .try_fold(0_i64, |sum, (_, minor)| sum.checked_add(*minor));
    if sum != Some(terms.total.minor()) || items.len() > MOST_ITEMS {
        items.clear();
    }
    Ok(AttemptDetails {
        merchant: truncate(&settings.portal.name),
        items,
        payer: truncate(&customer.name),
        email: customer.email,
        language: settings.portal.locales.first().cloned(),
    })
}

fn order(app: &App, gateway: &Arc<dyn Gateway>, attempt: &Attempt, checkout: &Checkout) -> Order {
    let settings = app.settings();
    let s = app
        .gateways()
        .secret()
        .return_proof(&checkout.id, &attempt.id);
    let api = |path: &str| settings.public_url.join(&format!("{API_BASE}{path}"));
    let back = api(&format!("/pay/{}/return?s={s}", attempt.id));
    let secret = app.gateways().secret();
    let turned_back = secret.turn_back_proof(&checkout.id, &attempt.id);
    let details = attempt.details.clone().unwrap_or_default();
    let currency = attempt.terms.total.currency();
    let items = details.items.into_iter().map(|(name, minor)| OrderItem {
        name,
        amount: Money::from_minor(minor, currency),
    });
    Order {
        reference: attempt.id.clone(),
        amount: attempt.terms.total,
        option: attempt.terms.option.clone(),
        paid_by: attempt.terms.paid_by.clone(),
        description: truncate(&checkout.description),
        items: items.collect(),
        payer: Payer {
            name: details.payer,
            email: details.email,
            language: details.language,
        },
        merchant: details.merchant,
        cancel_url: format!("{back}&cancelled={turned_back}"),
        return_url: back,
        webhook_url: api(&format!("/webhooks/{}", attempt.gateway)),
        created_at: attempt.created_at,
        lifetime: gateway.schedule().lifetime,
    }
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
