//! What a notification of Stripe's is about.
//!
//! Source: <https://docs.stripe.com/api/events/types>.

use super::order::REFERENCE;
use super::wire::{Event, EventObject, metadata_field};
use crate::gateways::{BadNotification, Notification, ProviderId, ProviderIdKind, Subject};

/// Reads a notification whose signature is right.
///
/// # Errors
/// [`BadNotification::Unreadable`] if it cannot be read, or is of another mode than the account.
pub(super) fn read(body: &[u8], livemode: bool) -> Result<Notification, BadNotification> {
    let event: Event = serde_json::from_slice(body).map_err(|_| BadNotification::Unreadable)?;
    if event.livemode != livemode {
        return Err(BadNotification::Unreadable);
    }
    let object = &event.data.object;
    let intent = intent_of(object);
    let mut ids = Vec::new();
    if let Some(intent) = &intent {
        ids.push(ProviderId::new(ProviderIdKind::Intent, intent));
    }
    if event.kind.starts_with("checkout.session.") {
        ids.push(ProviderId::new(ProviderIdKind::Order, &object.id));
    }
    Ok(Notification {
        event_id: event.id,
        about: subject(&event.kind, object, intent.as_deref()),
        ids,
    })
}

/// The account may have sessions that are none of the portal's: only what carries our id, or
/// belongs to an intent that is known, is about one of ours.
fn subject(kind: &str, object: &EventObject, intent: Option<&str>) -> Option<Subject> {
    const KINDS: [&str; 4] = ["checkout.session.", "payment_intent.", "charge.", "refund."];
    if !KINDS.iter().any(|known| kind.starts_with(known)) {
        return None;
    }
    if let Some(reference) = metadata_field(object.metadata.as_ref(), REFERENCE) {
        return Some(Subject::Reference(reference.to_owned()));
    }
    let intent = intent?;
    Some(Subject::Id(ProviderId::new(ProviderIdKind::Intent, intent)))
}

/// The intent that an object belongs to, or is.
fn intent_of(object: &EventObject) -> Option<String> {
    if object.object == "payment_intent" {
        return Some(object.id.clone());
    }
    let intent = object.payment_intent.as_ref()?;
    let id = intent.as_str().or_else(|| intent["id"].as_str());
    id.map(str::to_owned)
}
