//! An order as a Checkout Session, in the form that Stripe reads.
//!
//! Source: <https://docs.stripe.com/api/checkout/sessions/create>.

use api_types::MethodKind;

use super::amounts::to_stripe;
use crate::gateways::{Order, RefundOrder};

/// The name under which our id stands in metadata.
pub(super) const REFERENCE: &str = "portico_attempt";
/// The name under which the key of a refund stands in its metadata.
pub(super) const REFUND_KEY: &str = "portico_refund";
/// The most characters of a text.
const MOST_LETTERS: usize = 250;
/// The languages of Stripe's pages.
const LOCALES: &[&str] = &[
    "bg", "cs", "da", "de", "el", "en", "en-GB", "es", "es-419", "et", "fi", "fil", "fr", "fr-CA",
    "hr", "hu", "id", "it", "ja", "ko", "lt", "lv", "ms", "mt", "nb", "nl", "pl", "pt", "pt-BR",
    "ro", "ru", "sk", "sl", "sv", "th", "tr", "vi", "zh", "zh-HK", "zh-TW",
];

/// The fields of a form.
pub(super) type Fields = Vec<(String, String)>;

/// The fields of a session; `None` if the amount cannot be told in Stripe's units.
pub(super) fn session(order: &Order) -> Option<Fields> {
    let mut fields = Fields::new();
    let mut add = |name: &str, value: &str| fields.push((name.to_owned(), value.to_owned()));
    let reference = order.reference.as_str();
    add("mode", "payment");
    add("client_reference_id", reference);
    add(&format!("metadata[{REFERENCE}]"), reference);
    let intent = "payment_intent_data";
    add(&format!("{intent}[metadata][{REFERENCE}]"), reference);
    add(
        &format!("{intent}[description]"),
        &short(&order.description),
    );
    add("success_url", &order.return_url);
    add("cancel_url", &order.cancel_url);
    let created = order.created_at.as_millis() / 1000;
    let lifetime = i64::try_from(order.lifetime.as_secs()).ok()?;
    add("expires_at", &(created + lifetime).to_string());
    if let Some(method) = method_type(order) {
        add("payment_method_types[0]", method);
    }
    let language = order.payer.language.as_deref().and_then(locale);
    add("locale", language.unwrap_or("auto"));
    if let Some(email) = order.payer.email.as_deref().filter(|email| is_plain(email)) {
        add("customer_email", email);
    }
    let currency = order.amount.currency().code().to_ascii_lowercase();
    let whole = [(order.description.as_str(), order.amount)];
    let items = order
        .items
        .iter()
        .map(|item| (item.name.as_str(), item.amount));
    // Nothing is charged by the piece here, so each line is one of itself.
    let lines: Vec<_> = match order.items.is_empty() {
        true => whole.to_vec(),
        false => items.collect(),
    };
    let units: Option<Vec<_>> = lines.iter().map(|(_, amount)| to_stripe(*amount)).collect();
    let (lines, units) = match units {
        Some(units) => (lines, units),
        // The whole can be charged although its parts cannot be told one by one.
        None => (whole.to_vec(), vec![to_stripe(order.amount)?]),
    };
    for (index, ((name, _), units)) in lines.into_iter().zip(units).enumerate() {
        let line = format!("line_items[{index}]");
        add(&format!("{line}[price_data][currency]"), &currency);
        add(
            &format!("{line}[price_data][unit_amount]"),
            &units.to_string(),
        );
        add(
            &format!("{line}[price_data][product_data][name]"),
            &short(name),
        );
        add(&format!("{line}[quantity]"), "1");
    }
    Some(fields)
}

/// The fields of a refund; `None` if the amount cannot be told in Stripe's units.
pub(super) fn refund(order: &RefundOrder) -> Option<Fields> {
    let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    Some(vec![
        field("payment_intent", &order.payment_id),
        field("amount", &to_stripe(order.amount)?.to_string()),
        field(&format!("metadata[{REFUND_KEY}]"), &order.key),
    ])
}

/// Stripe's word for the method: the option that was chosen, or a card. A wallet without options
/// leaves it to what the account has switched on.
fn method_type(order: &Order) -> Option<&str> {
    match (&order.option, order.paid_by.kind) {
        (Some(option), _) => Some(option.as_str()),
        (None, MethodKind::Card) => Some("card"),
        (None, _) => None,
    }
}

/// The language of Stripe's pages that is nearest to a tag.
fn locale(tag: &str) -> Option<&'static str> {
    let known = |tag: &str| LOCALES.iter().copied().find(|known| *known == tag);
    let language = tag.split('-').next().unwrap_or_default();
    known(tag).or_else(|| known(language))
}

/// Whether Stripe is sure to take an address; one that it refuses would refuse the payment.
fn is_plain(email: &str) -> bool {
    let Some((name, domain)) = email.split_once('@') else {
        return false;
    };
    let ascii = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_' | b'+');
    let is_dotted = |text: &str| {
        !text.is_empty() && text.split('.').all(|part| !part.is_empty()) && text.bytes().all(ascii)
    };
    is_dotted(name) && is_dotted(domain) && domain.contains('.') && email.len() <= 254
}

fn short(text: &str) -> String {
    text.chars().take(MOST_LETTERS).collect()
}
