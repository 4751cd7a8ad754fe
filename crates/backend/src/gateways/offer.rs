//! A method as customers are offered it: what the settings say of it, within what its gateway
//! takes.

use api_types::{MethodKind, Money, PaymentMethod};

use super::{AmountLimits, Gateway};
use crate::settings::{CheckoutLimits, Method, PublicUrl};

/// The method as it is offered; `None` if its gateway takes no new payments, or none of its
/// currencies.
pub(super) fn offer(
    method: &Method,
    gateway: Option<&dyn Gateway>,
    limits: &CheckoutLimits,
) -> Option<PaymentMethod> {
    let mut offered = method.to_wire(limits);
    if method.kind == MethodKind::BankTransfer {
        return Some(offered);
    }
    let gateway = gateway?;
    offered.pay_host = host(gateway);
    offered.terms.retain_mut(|terms| {
        let Some(AmountLimits { least, most, step }) = gateway.limits(terms.currency) else {
            return false;
        };
        terms.minimum = pick(terms.minimum, least, i64::max);
        terms.maximum = pick(terms.maximum, most, i64::min);
        terms.step = step;
        true
    });
    let terms = &offered.terms;
    let is_taken = |currency| terms.iter().any(|terms| terms.currency == currency);
    offered.currencies.retain(|currency| is_taken(*currency));
    (!offered.currencies.is_empty()).then_some(offered)
}

/// The host of the gateway's first page.
pub(super) fn host(gateway: &dyn Gateway) -> String {
    let first = gateway.origins().first();
    let url = first.and_then(|origin| PublicUrl::parse(origin).ok());
    url.map(|url| url.host().to_owned()).unwrap_or_default()
}

/// Of two bounds in one currency the one that `of` picks; the other one if there is only one.
fn pick(own: Option<Money>, other: Option<Money>, of: fn(i64, i64) -> i64) -> Option<Money> {
    match (own, other) {
        (Some(own), Some(other)) => Some(Money::from_minor(
            of(own.minor(), other.minor()),
            own.currency(),
        )),
        (own, other) => own.or(other),
    }
}
