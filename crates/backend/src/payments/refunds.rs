//! Refunds that are asked for here: money of a payment is sent back through its provider.
//!
//! A refund is stored with its key before the provider is called, and counts against what is left
//! of its payment from then on; so two that are asked for at once never come to more than was
//! received. One whose outcome is not known is read with its payment, and sent again by the same
//! key as long as the provider knows that key again. It is booked like every refund, when the
//! provider tells of it with the payment.

mod error;

use std::sync::Arc;

use api_types::{Money, PaymentId, PaymentKind, PaymentStatus, Timestamp};

pub use error::RefundError;

use super::reconcile::{reconcile, reconcile_within};
use super::{provider, times};
use crate::app::App;
use crate::db::attempts::{self, Attempt};
use crate::db::payments::{self, ProviderPayment};
use crate::db::refund_orders::{self, RefundOrder, RefundOrderStatus};
use crate::db::reviews::{self, NewReview, ReviewKind};
use crate::db::{DbError, ReadTx, WriteTx};
use crate::failpoints::failpoint;
use crate::gateways::{self, Gateway, GatewayError, RefundStatus, Refunds};
use crate::ids;

/// How many refunds are looked at in one round.
const MOST_AT_ONCE: u64 = 16;

/// A refund that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefundResult {
    /// Its key.
    pub key: String,
    /// How much.
    pub amount: Money,
    /// How it stands at the provider; `None` if it is not known whether it has it.
    pub status: Option<RefundStatus>,
}

/// Sends money of a payment back, as much as is left of it unless `amount` says less, as in 45.00.
///
/// # Errors
/// [`RefundError::Unknown`] if there is no such payment, [`RefundError::NotRefundable`] if it is no
/// completed payment of a provider, [`RefundError::NoGateway`] if its gateway is not set up any
/// more, [`RefundError::CannotRefund`] if its provider has no call for it,
/// [`RefundError::BadAmount`] if the amount cannot be read, is not more than zero, or is one that
/// the provider does not take, [`RefundError::TooMuch`] if less is left,
/// [`RefundError::Refused`] if the provider refuses it, [`RefundError::Broken`] if the database
/// fails. Nothing goes back then, but for a database that fails after the call: what became of that
/// refund is read later.
pub async fn refund(
    app: &App,
    payment: &PaymentId,
    amount: Option<&str>,
) -> Result<RefundResult, RefundError> {
    let (order, attempt) = app
        .db()
        .write(async |tx| ask(app, tx, payment, amount).await)
        .await?;
    failpoint!("refund.kept");
    tracing::info!(refund = order.id, %payment, amount = ?order.amount, "a refund is asked for");
    let sent = send(app, &order).await;
    if !matches!(sent, Ok(None) | Err(RefundError::Broken(_))) {
        // It is booked with the payment that it is told with; and where it was refused, the payment
        // says why.
        reconcile(app, &attempt.id).await;
    }
    Ok(RefundResult {
        key: order.id,
        amount: order.amount,
        status: sent?,
    })
}

/// Checks what is asked for, and stores it.
async fn ask(
    app: &App,
    tx: &WriteTx,
    id: &PaymentId,
    amount: Option<&str>,
) -> Result<(RefundOrder, Attempt), RefundError> {
    let payment = payments::refundable(tx, id).await?;
    let payment = payment.ok_or_else(|| RefundError::Unknown(id.clone()))?;
    let not_refundable = || RefundError::NotRefundable(id.clone());
    let is_completed =
        payment.kind == PaymentKind::Payment && payment.status == PaymentStatus::Completed;
    let key = payment.provider.as_ref().filter(|_| is_completed);
    let key = key.ok_or_else(not_refundable)?;
    let attempt = attempts::of_payment(tx, id).await?;
    let attempt = attempt.ok_or_else(not_refundable)?;
    let (gateway, _) = gateway_of(app, &key.gateway)?;
    let left = left_of(tx, id, payment.total).await?;
    let currency = payment.total.currency();
    let amount = match amount {
        None => left,
        Some(text) => {
            Money::parse(text, currency).map_err(|why| RefundError::BadAmount(why.to_string()))?
        }
    };
    let step = gateway.limits(currency).and_then(|limits| limits.step);
    if let Some(step) = step.filter(|step| amount.minor() % step.minor() != 0) {
        let why = format!("its provider takes only multiples of {step:?}");
        return Err(RefundError::BadAmount(why));
    }
    if amount.minor() > left.minor() || !left.is_positive() {
        return Err(RefundError::TooMuch { left });
    }
    if !amount.is_positive() {
        return Err(RefundError::BadAmount(
            "it is not more than zero".to_owned(),
        ));
    }
    let now = app.now();
    let order = RefundOrder {
        id: ids::refund(),
        payment: id.clone(),
        attempt: attempt.id.clone(),
        gateway: key.gateway.clone(),
        amount,
        status: RefundOrderStatus::Asked,
        provider_ref: None,
        created_at: now,
        updated_at: now,
    };
    refund_orders::insert(tx, &order).await?;
    Ok((order, attempt))
}

/// What is left of a payment after what has gone back, and what has been asked for and is not
/// booked yet.
async fn left_of(tx: &ReadTx, id: &PaymentId, total: Money) -> Result<Money, RefundError> {
    let mut left = total;
    let minus = |left: Money, gone: Money| {
        left.checked_sub(gone)
            .map_err(|why| DbError::Unreadable(why.to_string()))
    };
    for refund in payments::refunds_of(tx, id).await? {
        let gone = refund.total.negated();
        let gone = gone.map_err(|why| DbError::Unreadable(why.to_string()))?;
        left = minus(left, gone)?;
    }
    for order in refund_orders::of_payment(tx, id).await? {
        let is_reserved = match (&order.status, &order.provider_ref) {
            (RefundOrderStatus::Refused, _) => false,
            (RefundOrderStatus::Asked, _) | (_, None) => true,
            (RefundOrderStatus::Known, Some(provider_ref)) => {
                let key = ProviderPayment {
                    gateway: order.gateway.clone(),
                    id: provider_ref.clone(),
                };
                payments::find_by_provider(tx, &key).await?.is_none()
            }
        };
        if is_reserved {
            left = minus(left, order.amount)?;
        }
    }
    Ok(left)
}

fn gateway_of<'a>(app: &'a App, id: &str) -> Result<(&'a Arc<dyn Gateway>, Refunds), RefundError> {
    let gateway = app.gateways().find(id);
    let gateway = gateway.ok_or_else(|| RefundError::NoGateway(id.to_owned()))?;
    let refunds = gateway.abilities().refunds;
    let refunds = refunds.ok_or_else(|| RefundError::CannotRefund(id.to_owned()))?;
    Ok((gateway, refunds))
}

/// Sends a refund by its key; `None` if it is not known what became of it.
async fn send(app: &App, order: &RefundOrder) -> Result<Option<RefundStatus>, RefundError> {
    let (gateway, _) = gateway_of(app, &order.gateway)?;
    let asked = app
        .db()
        .read(async |tx: &ReadTx| {
            let attempt = attempts::find(tx, &order.attempt).await?;
            let payment = payments::refundable(tx, &order.payment).await?;
            let (attempt, payment) = attempt
                .zip(payment)
                .ok_or_else(|| DbError::Unreadable(format!("refund {}", order.id)))?;
            let key = payment.provider;
            let key = key.ok_or_else(|| DbError::Unreadable(format!("refund {}", order.id)))?;
            Ok::<_, DbError>(gateways::RefundOrder {
                key: order.id.clone(),
                payment: provider::known(tx, &attempt).await?,
                payment_id: key.id,
                amount: order.amount,
            })
        })
        .await?;
    failpoint!("refund.before");
    let answer = gateway.refund(&asked).await;
    failpoint!("refund.after");
    match answer {
        Ok(made) => {
            record_known(app, order, &made.id).await?;
            failpoint!("refund.known");
            match made.status {
                RefundStatus::Failed => Err(RefundError::Refused),
                status => Ok(Some(status)),
            }
        }
        Err(GatewayError::Away) => Ok(None),
        Err(error) => {
            tracing::error!(refund = order.id, %error, "the provider does not send the money back");
            let now = app.now();
            app.db()
                .write(async |tx| refund_orders::refuse(tx, &order.id, now).await)
                .await?;
            Err(RefundError::Refused)
        }
    }
}

async fn record_known(app: &App, order: &RefundOrder, provider_ref: &str) -> Result<(), DbError> {
    let now = app.now();
    app.db()
        .write(async |tx| {
            refund_orders::record_known(tx, &order.id, provider_ref, now).await?;
            // It is booked when it is told with the payment, which is read soon.
            attempts::read_next_at(tx, &order.attempt, now).await
        })
        .await
}

/// Looks after the refunds whose outcome is not known: each is read with its payment, and sent again
/// by its key if the provider has not got it.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read; otherwise as the database fails. What
/// was done before the error stays.
pub(super) async fn recheck(app: &App) -> Result<(), DbError> {
    let now = app.now();
    let before = now.minus(times::REFUND_AGAIN);
    let due = app
        .db()
        .read(async |tx: &ReadTx| refund_orders::asked_before(tx, before, MOST_AT_ONCE).await)
        .await?;
    for order in due {
        // The older it is, the longer the pause.
        let pause = now.since(order.created_at) / 2;
        let pause = pause.clamp(times::REFUND_AGAIN, times::REFUND_AGAIN_AT_LAST);
        if now.since(order.updated_at) >= pause {
            recheck_one(app, &order, now).await?;
        }
    }
    Ok(())
}

async fn recheck_one(app: &App, order: &RefundOrder, now: Timestamp) -> Result<(), DbError> {
    app.db()
        .write(async |tx| refund_orders::look_again_after(tx, &order.id, now).await)
        .await?;
    let read = reconcile_within(app, &order.attempt, times::READ_ANSWERS_WITHIN).await;
    let found = app
        .db()
        .read(async |tx: &ReadTx| refund_orders::find(tx, &order.id).await)
        .await?;
    let is_asked = found.is_some_and(|found| found.status == RefundOrderStatus::Asked);
    // Only an answer of the provider's that does not have it says that it has not got it.
    if !is_asked || read != Some(gateways::ReadOutcome::Done) {
        return Ok(());
    }
    let Ok((_, refunds)) = gateway_of(app, &order.gateway) else {
        return Ok(());
    };
    if now.since(order.created_at) >= refunds.key_lives {
        return give_up(app, order, now).await;
    }
    match send(app, order).await {
        Ok(Some(_)) => {
            reconcile_within(app, &order.attempt, times::READ_ANSWERS_WITHIN).await;
            Ok(())
        }
        Ok(None) => Ok(()),
        Err(RefundError::Broken(error)) => Err(error),
        Err(_) => give_up(app, order, now).await,
    }
}

/// Gives up a refund that the provider has not got or refuses: a person has to look. It could be
/// taken for another one if it were sent again.
async fn give_up(app: &App, order: &RefundOrder, now: Timestamp) -> Result<(), DbError> {
    tracing::error!(refund = order.id, "a refund has not reached its provider");
    app.db()
        .write(async |tx| {
            refund_orders::refuse(tx, &order.id, now).await?;
            let attempt = attempts::find(tx, &order.attempt).await?;
            let payment = payments::refundable(tx, &order.payment).await?;
            let review = NewReview {
                kind: ReviewKind::RefundFailed,
                customer: payment.map(|payment| payment.customer),
                checkout: attempt.map(|attempt| attempt.checkout),
                attempt: Some(order.attempt.clone()),
                payment: Some(order.payment.clone()),
                gateway: order.gateway.clone(),
                provider_ref: order.id.clone(),
                amount: Some(order.amount),
                asked: None,
            };
            reviews::note(tx, &review, now).await?;
            Ok::<_, DbError>(())
        })
        .await
}
