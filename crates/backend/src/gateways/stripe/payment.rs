//! Converts a Checkout Session, its refunds and disputes to our types.

use api_types::{DisputeState, FailureCode, Timestamp};
use serde_json::Value;

use super::amounts::from_stripe;
use super::order::{REFERENCE, REFUND_KEY};
use super::wire::{BalanceTransaction, Dispute, Intent, Refund, Session, metadata_field};
use crate::gateways::{
    Ended, Ending, PaymentEvents, ProviderDispute, ProviderId, ProviderIdKind, ProviderPage,
    ProviderPayment, ProviderRefund, ProviderState, Received, RefundStatus,
};

/// Converts a session. The address of its page is checked, because customers are sent there.
///
/// # Errors
/// A sentence for the log if the session is of another mode than the account, or its page does not
/// lie on one of `origins`.
pub(super) fn payment(
    session: &Session,
    (origins, livemode): (&[String], bool),
) -> Result<ProviderPayment, &'static str> {
    if session.livemode != livemode {
        return Err("the session is of another mode than the account");
    }
    let page = match &session.url {
        None => None,
        Some(url) => {
            let parsed = reqwest::Url::parse(url).map_err(|_| "its page has no address")?;
            if !origins.contains(&parsed.origin().ascii_serialization()) {
                return Err("its page lies on another origin than the settings say");
            }
            Some(ProviderPage::at(url))
        }
    };
    let intent = session.payment_intent.as_ref().and_then(|of| of.whole());
    let mut ids = vec![ProviderId::new(ProviderIdKind::Order, &session.id)];
    if let Some(intent) = intent {
        ids.push(ProviderId::new(ProviderIdKind::Intent, &intent.id));
        let charge = intent.latest_charge.as_ref().and_then(|of| of.whole());
        let charge = charge.map(|charge| ProviderId::new(ProviderIdKind::Charge, &charge.id));
        ids.extend(charge);
    }
    let (state, fee) = (state(session, intent), intent.and_then(fee));
    Ok(ProviderPayment {
        id: session.id.clone(),
        reference: metadata_field(session.metadata.as_ref(), REFERENCE)
            .unwrap_or_default()
            .to_owned(),
        page,
        fee: fee.and_then(|fee| from_stripe(fee.fee, &fee.currency)),
        // With asynchronous capture the balance changes a little after the charge.
        awaits_fee: fee.is_none() && matches!(state, ProviderState::Paid(_)),
        state,
        events: PaymentEvents::default(),
        ids,
    })
}

fn state(session: &Session, intent: Option<&Intent>) -> ProviderState {
    match (
        session.status.as_deref(),
        session.payment_status.as_str(),
        intent,
    ) {
        (Some("open"), "unpaid", _) => ProviderState::Open,
        // Money that was on its way when the session expired counts all the same.
        (Some("expired"), _, Some(intent)) if intent.status == "succeeded" => paid(intent),
        (Some("expired"), _, Some(intent)) if intent.status == "processing" => {
            ProviderState::Processing(money(intent, intent.amount))
        }
        (Some("expired"), _, intent) => ended(Ended::Expired, intent),
        (Some("complete"), "paid", Some(intent)) => paid(intent),
        (Some("complete"), "unpaid", Some(intent)) => match intent.status.as_str() {
            "processing" => ProviderState::Processing(money(intent, intent.amount)),
            // The customer still has something to do, such as a transfer of their own.
            "requires_action" | "requires_confirmation" => ProviderState::Processing(None),
            "requires_payment_method" => ended(Ended::Failed, Some(intent)),
            "canceled" => ended(Ended::Cancelled, Some(intent)),
            _ => ProviderState::Unreadable,
        },
        _ => ProviderState::Unreadable,
    }
}

fn paid(intent: &Intent) -> ProviderState {
    match money(intent, intent.amount_received) {
        Some(money) => ProviderState::Paid(money),
        None => ProviderState::Unreadable,
    }
}

/// The money of an intent is called by the intent: it has one at most, however many cards were
/// tried.
fn money(intent: &Intent, units: i64) -> Option<Received> {
    Some(Received {
        payment_id: intent.id.clone(),
        amount: from_stripe(units, &intent.currency)?,
    })
}

fn ended(how: Ended, intent: Option<&Intent>) -> ProviderState {
    let error = intent.and_then(|intent| intent.last_payment_error.as_ref());
    let failure = error.map(|error| {
        let code = error.code.as_deref().unwrap_or_default();
        match (code, error.decline_code.as_deref()) {
            (_, Some("insufficient_funds")) => FailureCode::InsufficientFunds,
            ("expired_card", _) | (_, Some("expired_card")) => FailureCode::ExpiredCard,
            ("card_declined", _) => FailureCode::CardDeclined,
            // Whatever else it says, it is the provider's to explain.
            _ => FailureCode::ProviderError,
        }
    });
    ProviderState::Ended(Ending {
        how,
        tried: error.is_some() || how == Ended::Failed,
        failure,
    })
}

fn fee(intent: &Intent) -> Option<&BalanceTransaction> {
    let charge = intent.latest_charge.as_ref()?.whole()?;
    charge.balance_transaction.as_ref()?.whole()
}

/// Converts all refunds and disputes of a payment. What cannot be read is flagged, and the rest is
/// used all the same.
pub(super) fn events(refunds: Vec<Value>, disputes: Vec<Value>) -> PaymentEvents {
    let mut events = PaymentEvents::default();
    for refund in refunds {
        let read = serde_json::from_value::<Refund>(refund).ok();
        match read.as_ref().and_then(self::refund) {
            Some(refund) => events.refunds.push(refund),
            None => events.is_unreadable = true,
        }
    }
    for dispute in disputes {
        let read = serde_json::from_value::<Dispute>(dispute).ok();
        match read.as_ref().and_then(self::dispute) {
            Some(dispute) => events.disputes.push(dispute),
            None => events.is_unreadable = true,
        }
    }
    events
}

/// Converts a refund; `None` if it cannot be read.
pub(super) fn refund(refund: &Refund) -> Option<ProviderRefund> {
    let amount = from_stripe(refund.amount, &refund.currency)?;
    Some(ProviderRefund {
        id: refund.id.clone(),
        key: metadata_field(refund.metadata.as_ref(), REFUND_KEY).map(str::to_owned),
        amount: Some(amount).filter(|amount| amount.is_positive())?,
        at: instant(refund.created),
        status: match refund.status.as_deref()? {
            "succeeded" => RefundStatus::Done,
            "pending" | "requires_action" => RefundStatus::Pending,
            "failed" | "canceled" => RefundStatus::Failed,
            _ => return None,
        },
    })
}

fn dispute(dispute: &Dispute) -> Option<ProviderDispute> {
    let amount = from_stripe(dispute.amount, &dispute.currency)?;
    Some(ProviderDispute {
        id: dispute.id.clone(),
        amount: Some(amount).filter(|amount| amount.is_positive())?,
        at: instant(dispute.created),
        state: match dispute.status.as_str() {
            "warning_needs_response"
            | "warning_under_review"
            | "needs_response"
            | "under_review" => DisputeState::Open,
            // An inquiry that was closed, and a dispute that was kept from becoming one.
            "won" | "warning_closed" | "prevented" => DisputeState::Won,
            "lost" => DisputeState::Lost,
            _ => return None,
        },
        takes_money: true,
    })
}

fn instant(seconds: i64) -> Option<Timestamp> {
    Timestamp::from_millis(seconds.checked_mul(1000)?)
}
