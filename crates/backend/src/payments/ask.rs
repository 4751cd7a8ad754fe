//! Asks a provider to make the payment of an attempt. The attempt has been
//! committed before, and what is sent is made of stored values only: asking
//! again sends the same bytes under the same key.

use std::sync::Arc;

use api_types::{API_BASE, AttemptId, FailureCode, MethodKind, PaidBy};

use super::apply;
use super::booking::is_given_up;
use super::gateway::{Ended, Gateway, GatewayError, Order};
use super::reconcile::{Outcome, take_in};
use super::times;
use crate::app::App;
use crate::db::attempts::{self, Attempt};
use crate::db::checkouts::Checkout;
use crate::db::{DbError, ReadTx};
use crate::points::point;

/// What providers show of a text; a longer one is cut.
const MOST_LETTERS: usize = 100;

/// Asks the provider, and takes in its answer. Nothing is asked for what is over, and
/// nothing twice.
pub(super) async fn ask(
    app: &App,
    gateway: &Arc<dyn Gateway>,
    id: &AttemptId,
) -> Result<Outcome, DbError> {
    let (attempt, checkout) = app
        .db()
        .read(async |tx: &ReadTx| apply::find(tx, id).await)
        .await?;
    if is_given_up(&attempt, &checkout) || attempt.at_provider.is_some() {
        return Ok(Outcome::Done);
    }
    point!("ask.before");
    let answer = gateway.create(&order(app, &attempt, &checkout)).await;
    point!("ask.after");
    match answer {
        Ok(payment) => take_in(app, gateway, id, &payment).await,
        Err(GatewayError::Away) => {
            let again = times::after(app.now(), times::ASK_AGAIN).unwrap_or(app.now());
            app.db()
                .write(async |tx| attempts::read_next_at(tx, id, again).await)
                .await?;
            Ok(Outcome::Away)
        }
        Err(error) => {
            tracing::error!(attempt = %id, %error, "the provider does not make the payment");
            let why = Some(FailureCode::ProviderError);
            apply::ended(app, id, Ended::Failed, why).await?;
            app.db()
                .write(async |tx| attempts::leave(tx, id).await)
                .await?;
            Ok(Outcome::Done)
        }
    }
}

fn order(app: &App, attempt: &Attempt, checkout: &Checkout) -> Order {
    let settings = app.settings();
    let s = app
        .payments()
        .secret()
        .return_proof(&checkout.id, &attempt.id);
    let api = |path: &str| settings.public_url.join(&format!("{API_BASE}{path}"));
    Order {
        reference: attempt.id.clone(),
        amount: attempt.way.total,
        wallet: wallet(&attempt.way.paid_by),
        description: cut(&checkout.description),
        merchant: cut(&settings.portal.name),
        return_url: api(&format!("/pay/{}/return?s={s}", attempt.id)),
        webhook_url: api(&format!("/webhooks/{}", attempt.gateway)),
        lifetime: times::LIFETIME,
    }
}

/// The wallet that was chosen, where it is one.
fn wallet(by: &PaidBy) -> Option<String> {
    let is_wallet = by.kind == MethodKind::Wallet;
    let name = by.option.as_ref().or(by.label.as_ref());
    name.filter(|_| is_wallet).map(|name| cut(name))
}

fn cut(text: &str) -> String {
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
        assert_eq!(cut("INV-1"), "INV-1");
        let long = "é".repeat(101);
        assert_eq!(cut(&long), format!("{}…", "é".repeat(99)));
    }
}
