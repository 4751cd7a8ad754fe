//! Converts an order, its refunds and disputes to our types.

use api_types::{DisputeState, FailureCode, Money, Timestamp};

use super::amounts::from_paypal;
use super::order::reference;
use super::wire::{Amount, Capture, Dispute, Order, Refund};
use crate::gateways::{
    Ended, Ending, PaymentEvents, ProviderDispute, ProviderId, ProviderIdKind, ProviderPage,
    ProviderPayment, ProviderRefund, ProviderState, REFUND_KEYS, Received, RefundStatus,
};

/// Converts an order. The address of its page is checked, because customers are sent there.
///
/// # Errors
/// A sentence for the log if its page does not lie on one of `origins`.
pub(super) fn payment(order: &Order, origins: &[String]) -> Result<ProviderPayment, &'static str> {
    let capture = capture(order);
    let mut ids = vec![ProviderId::new(ProviderIdKind::Order, &order.id)];
    ids.extend(capture.map(|capture| ProviderId::new(ProviderIdKind::Capture, &capture.id)));
    let mut events = PaymentEvents::default();
    for refund in order
        .purchase_units
        .iter()
        .flat_map(|unit| &unit.payments.refunds)
    {
        match self::refund(refund) {
            Some(refund) => events.refunds.push(refund),
            None => events.is_unreadable = true,
        }
    }
    Ok(ProviderPayment {
        id: order.id.clone(),
        reference: our_reference(order).unwrap_or_default().to_owned(),
        page: page(order, origins)?,
        state: state(order, capture),
        fee: capture.and_then(fee),
        awaits_fee: false,
        events,
        ids,
    })
}

fn page(order: &Order, origins: &[String]) -> Result<Option<ProviderPage>, &'static str> {
    // `approve` is what an order without a payment source has.
    let named = |rel: &str| order.links.iter().find(|link| link.rel == rel);
    let Some(link) = named("payer-action").or_else(|| named("approve")) else {
        return Ok(None);
    };
    let url = reqwest::Url::parse(&link.href).map_err(|_| "its page has no address")?;
    if !origins.contains(&url.origin().ascii_serialization()) {
        return Err("its page lies on another origin than the settings say");
    }
    Ok(Some(ProviderPage::at(&link.href)))
}

fn our_reference(order: &Order) -> Option<&str> {
    let units = order.purchase_units.iter();
    let ids = units.flat_map(|unit| {
        let captures = unit.payments.captures.iter();
        [&unit.custom_id]
            .into_iter()
            .chain(captures.map(|capture| &capture.custom_id))
    });
    ids.filter_map(|id| reference(id)).next()
}

/// The capture that counts: one whose money is there, or else the last one.
fn capture(order: &Order) -> Option<&Capture> {
    let mut captures = order
        .purchase_units
        .iter()
        .flat_map(|unit| &unit.payments.captures);
    let mut last = None;
    captures
        .find(|capture| {
            last = Some(*capture);
            is_paid(capture)
        })
        .or(last)
}

fn is_paid(capture: &Capture) -> bool {
    matches!(
        capture.status.as_str(),
        "COMPLETED" | "PARTIALLY_REFUNDED" | "REFUNDED"
    )
}

fn state(order: &Order, capture: Option<&Capture>) -> ProviderState {
    if let Some(capture) = capture {
        // A completed order can hold a capture that was declined.
        return match capture.status.as_str() {
            _ if is_paid(capture) => match money(capture) {
                Some(money) => ProviderState::Paid(money),
                None => ProviderState::Unreadable,
            },
            "PENDING" => ProviderState::Processing(money(capture)),
            "DECLINED" | "FAILED" => ended(Ended::Failed, Some(FailureCode::CardDeclined)),
            _ => ProviderState::Unreadable,
        };
    }
    match order.status.as_str() {
        "CREATED" | "SAVED" | "PAYER_ACTION_REQUIRED" => ProviderState::Open,
        "APPROVED" => ProviderState::Approved,
        "VOIDED" => ended(Ended::Cancelled, None),
        _ => ProviderState::Unreadable,
    }
}

/// A payment that ended without money, for all that the customer agreed to it.
pub(super) fn ended(how: Ended, failure: Option<FailureCode>) -> ProviderState {
    ProviderState::Ended(Ending {
        how,
        tried: failure.is_some(),
        failure,
    })
}

fn money(capture: &Capture) -> Option<Received> {
    Some(Received {
        payment_id: capture.id.clone(),
        amount: amount(&capture.amount)?,
    })
}

fn fee(capture: &Capture) -> Option<Money> {
    let breakdown = capture.seller_receivable_breakdown.as_ref()?;
    amount(breakdown.paypal_fee.as_ref()?)
}

fn amount(amount: &Amount) -> Option<Money> {
    from_paypal(&amount.value, &amount.currency_code)
}

/// Converts a refund; `None` if it cannot be read.
pub(super) fn refund(refund: &Refund) -> Option<ProviderRefund> {
    let at = refund.update_time.as_ref().or(refund.create_time.as_ref());
    Some(ProviderRefund {
        id: refund.id.clone(),
        // One that was made elsewhere may carry the id of what it refunds.
        key: reference(&refund.custom_id)
            .filter(|key| key.starts_with(REFUND_KEYS))
            .map(str::to_owned),
        amount: refund
            .amount
            .as_ref()
            .and_then(amount)
            .filter(Money::is_positive)?,
        at: at.and_then(|text| Timestamp::parse(text).ok()),
        status: match refund.status.as_str() {
            "COMPLETED" => RefundStatus::Done,
            "PENDING" => RefundStatus::Pending,
            "CANCELLED" | "FAILED" => RefundStatus::Failed,
            _ => return None,
        },
    })
}

/// Whether a dispute has to be read by itself, because only there its outcome is told.
pub(super) fn is_resolved(dispute: &Dispute) -> bool {
    dispute.status == "RESOLVED"
}

/// Converts a dispute; `None` if it cannot be read.
pub(super) fn dispute(dispute: &Dispute) -> Option<ProviderDispute> {
    let outcome = dispute.dispute_outcome.as_ref();
    let state = match dispute.status.as_str() {
        "RESOLVED" => match outcome?.outcome_code.as_str() {
            "RESOLVED_BUYER_FAVOUR" | "ACCEPTED" => DisputeState::Lost,
            // With a payout, PayPal itself pays the buyer.
            "RESOLVED_SELLER_FAVOUR"
            | "RESOLVED_WITH_PAYOUT"
            | "CANCELED_BY_BUYER"
            | "DENIED"
            | "NONE" => DisputeState::Won,
            _ => return None,
        },
        "OPEN"
        | "OPEN_INQUIRIES"
        | "WAITING_FOR_BUYER_RESPONSE"
        | "WAITING_FOR_SELLER_RESPONSE"
        | "UNDER_REVIEW"
        | "APPEALABLE"
        | "OTHER" => DisputeState::Open,
        _ => return None,
    };
    Some(ProviderDispute {
        id: dispute.dispute_id.clone(),
        amount: dispute
            .dispute_amount
            .as_ref()
            .and_then(amount)
            .filter(Money::is_positive)?,
        at: dispute
            .update_time
            .as_deref()
            .and_then(|text| Timestamp::parse(text).ok()),
        state,
        takes_money: false,
    })
}

/// Whether a lost dispute took money that no refund tells of. PayPal tells of it as a refund that
/// nobody asked for here; should it not, a person has to look.
pub(super) fn lacks_refund(events: &PaymentEvents) -> bool {
    let mut refunds: Vec<Money> = events
        .refunds
        .iter()
        .filter(|refund| refund.key.is_none() && refund.status != RefundStatus::Failed)
        .map(|refund| refund.amount)
        .collect();
    let lost = events
        .disputes
        .iter()
        .filter(|dispute| dispute.state == DisputeState::Lost);
    lost.map(|dispute| dispute.amount).any(|amount| {
        match refunds.iter().position(|refund| *refund == amount) {
            Some(place) => {
                refunds.swap_remove(place);
                false
            }
            None => true,
        }
    })
}
