//! PayPal's notifications: whether one is PayPal's, which PayPal is asked, and what it is about.
//!
//! Source: <https://developer.paypal.com/api/rest/webhooks/rest/>,
//! <https://developer.paypal.com/docs/api/webhooks/v1/#verify-webhook-signature_post>.

use axum::http::HeaderMap;

use super::order::reference;
use super::wire::{Event, Resource};
use crate::gateways::{BadNotification, Notification, ProviderId, ProviderIdKind, Subject};

/// The headers that prove a notification, with the names of PayPal's fields for them.
const PROOFS: [(&str, &str); 5] = [
    ("auth_algo", "paypal-auth-algo"),
    ("cert_url", "paypal-cert-url"),
    ("transmission_id", "paypal-transmission-id"),
    ("transmission_sig", "paypal-transmission-sig"),
    ("transmission_time", "paypal-transmission-time"),
];
/// The most bytes of such a header.
const MOST_BYTES: usize = 1000;

/// Reads a notification. It is not proven yet.
///
/// # Errors
/// [`BadNotification::Unreadable`] if it cannot be read.
pub(super) fn read(body: &[u8]) -> Result<Notification, BadNotification> {
    let event: Event = serde_json::from_slice(body).map_err(|_| BadNotification::Unreadable)?;
    let (about, ids) = subject(&event.event_type, &event.resource);
    Ok(Notification {
        event_id: event.id,
        about,
        ids,
    })
}

/// The question whether a notification is PayPal's. The event stands in it byte by byte as it came,
/// because the signature is over its bytes.
///
/// # Errors
/// [`BadNotification::Unsigned`] if a header is missing, appears twice or is no text, or names a
/// certificate elsewhere than at `certificates`.
pub(super) fn question(
    headers: &HeaderMap,
    body: &[u8],
    (webhook_id, certificates): (&str, impl Fn(&str) -> bool),
) -> Result<String, BadNotification> {
    let mut fields = serde_json::Map::new();
    for (field, header) in PROOFS {
        let mut values = headers.get_all(header).iter();
        // Two of them would leave open which one was checked.
        let (Some(value), None) = (values.next(), values.next()) else {
            return Err(BadNotification::Unsigned);
        };
        let value = value.to_str().map_err(|_| BadNotification::Unsigned)?;
        if value.is_empty() || value.len() > MOST_BYTES {
            return Err(BadNotification::Unsigned);
        }
        if field == "cert_url" && !certificates(value) {
            return Err(BadNotification::Unsigned);
        }
        fields.insert(field.to_owned(), value.into());
    }
    fields.insert("webhook_id".to_owned(), webhook_id.into());
    let proofs = serde_json::Value::Object(fields).to_string();
    let event = std::str::from_utf8(body).map_err(|_| BadNotification::Unreadable)?;
    let open = proofs.trim_end_matches('}');
    Ok(format!("{open},\"webhook_event\":{event}}}"))
}

/// What a notification is about. The account may have payments that are none of the portal's: only
/// what carries our id, or an id that is known, is about one of ours.
fn subject(kind: &str, resource: &Resource) -> (Option<Subject>, Vec<ProviderId>) {
    const KINDS: [&str; 3] = ["CHECKOUT.", "PAYMENT.CAPTURE.", "CUSTOMER.DISPUTE."];
    if !KINDS.iter().any(|known| kind.starts_with(known)) {
        return (None, Vec::new());
    }
    let disputed = resource.disputed_transactions.first();
    let order = match kind {
        kind if kind.starts_with("CHECKOUT.") && resource.order_id.is_empty() => &resource.id,
        kind if kind.starts_with("CHECKOUT.") => &resource.order_id,
        _ => &resource.supplementary_data.related_ids.order_id,
    };
    let capture = match (kind, disputed) {
        (_, Some(disputed)) => disputed.seller_transaction_id.clone(),
        ("PAYMENT.CAPTURE.REFUNDED" | "PAYMENT.CAPTURE.REVERSED", None) => {
            refunded_capture(resource).unwrap_or_default()
        }
        (kind, None) if kind.starts_with("PAYMENT.CAPTURE.") => resource.id.clone(),
        _ => String::new(),
    };
    let known = [
        (ProviderIdKind::Order, order.as_str()),
        (ProviderIdKind::Capture, capture.as_str()),
    ];
    let ids: Vec<_> = known
        .into_iter()
        .filter(|(_, id)| !id.is_empty())
        .map(|(kind, id)| ProviderId::new(kind, id))
        .collect();
    let units = resource.purchase_units.iter().map(|unit| &unit.custom_id);
    let named = units
        .chain([&resource.custom_id])
        .chain(disputed.map(|disputed| &disputed.custom))
        .find_map(|id| reference(id));
    // The id of a refund's own is the key that it was asked for by, and names no attempt.
    let named = named.filter(|_| !kind.ends_with("REFUNDED") && !kind.ends_with("REVERSED"));
    let about = match named {
        Some(named) => Some(Subject::Reference(named.to_owned())),
        None => ids.first().cloned().map(Subject::Id),
    };
    (about, ids)
}

/// The capture that a refund is of, by the refund's link to it.
fn refunded_capture(resource: &Resource) -> Option<String> {
    let up = resource.links.iter().find(|link| link.rel == "up")?;
    let (before, id) = up.href.rsplit_once('/')?;
    before.ends_with("/captures").then(|| id.to_owned())
}
