//! Orders and refunds, as PayPal is asked for them.
//!
//! Source: <https://developer.paypal.com/docs/api/orders/v2/>,
//! <https://developer.paypal.com/docs/api/payments/v2/>.

use serde::Serialize;

use super::amounts::to_paypal;
use crate::gateways::{Order, RefundOrder};

/// What our ids begin with in PayPal's `custom_id`, by which they are told from those of whatever
/// else uses the account.
const OURS: &str = "portico.";
/// The most characters of PayPal's short texts.
const MOST_LETTERS: usize = 127;

/// Our id, as `custom_id` has it.
pub(super) fn custom_id(reference: &str) -> String {
    format!("{OURS}{reference}")
}

/// Our id in a `custom_id`; `None` if that is not one of ours.
pub(super) fn reference(custom_id: &str) -> Option<&str> {
    custom_id.strip_prefix(OURS)
}

/// The body of `POST /v2/checkout/orders`.
#[derive(Serialize)]
pub(super) struct NewOrder {
    intent: &'static str,
    purchase_units: [PurchaseUnit; 1],
    payment_source: PaymentSource,
}

#[derive(Serialize)]
struct PurchaseUnit {
    reference_id: &'static str,
    custom_id: String,
    invoice_id: String,
    description: String,
    amount: Amount,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    items: Vec<Item>,
}

#[derive(Serialize)]
struct Amount {
    currency_code: String,
    value: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    breakdown: Option<Breakdown>,
}

#[derive(Serialize)]
struct Breakdown {
    item_total: Total,
}

#[derive(Clone, Serialize)]
struct Total {
    currency_code: String,
    value: String,
}

#[derive(Serialize)]
struct Item {
    name: String,
    quantity: &'static str,
    unit_amount: Total,
}

#[derive(Serialize)]
struct PaymentSource {
    paypal: PayPal,
}

#[derive(Serialize)]
struct PayPal {
    experience_context: Experience,
}

#[derive(Serialize)]
struct Experience {
    return_url: String,
    cancel_url: String,
    user_action: &'static str,
    shipping_preference: &'static str,
    payment_method_preference: &'static str,
    landing_page: &'static str,
    brand_name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    locale: Option<String>,
}

impl NewOrder {
    /// The body for an order; `None` if the amount has decimals that PayPal does not take.
    pub(super) fn of(order: &Order) -> Option<Self> {
        let currency = order.amount.currency();
        let code = currency.code();
        let total = Total {
            currency_code: code.to_owned(),
            value: to_paypal(order.amount)?,
        };
        // Items whose amounts cannot be told one by one are left out.
        let items: Option<Vec<Item>> = order.items.iter().map(Item::of).collect();
        let items = items.unwrap_or_default();
        let breakdown = (!items.is_empty()).then(|| Breakdown {
            item_total: total.clone(),
        });
        let reference = order.reference.as_str();
        Some(Self {
            intent: "CAPTURE",
            purchase_units: [PurchaseUnit {
                reference_id: "default",
                custom_id: custom_id(reference),
                invoice_id: reference.to_owned(),
                description: short(&order.description),
                amount: Amount {
                    currency_code: total.currency_code,
                    value: total.value,
                    breakdown,
                },
                items,
            }],
            payment_source: PaymentSource {
                paypal: PayPal {
                    experience_context: Experience {
                        return_url: order.return_url.clone(),
                        cancel_url: order.cancel_url.clone(),
                        user_action: "PAY_NOW",
                        shipping_preference: "NO_SHIPPING",
                        // Without this a bank may take days to decide.
                        payment_method_preference: "IMMEDIATE_PAYMENT_REQUIRED",
                        landing_page: "NO_PREFERENCE",
                        brand_name: short(&order.merchant),
                        locale: order.payer.language.as_deref().and_then(locale),
                    },
                },
            },
        })
    }
}

impl Item {
    fn of(item: &crate::gateways::OrderItem) -> Option<Self> {
        Some(Self {
            name: short(&item.name),
            quantity: "1",
            unit_amount: Total {
                currency_code: item.amount.currency().code().to_owned(),
                value: to_paypal(item.amount)?,
            },
        })
    }
}

/// The body of `POST /v2/payments/captures/ID/refund`.
#[derive(Serialize)]
pub(super) struct NewRefund {
    amount: Total,
    custom_id: String,
}

impl NewRefund {
    /// The body for a refund; `None` if the amount has decimals that PayPal does not take.
    pub(super) fn of(order: &RefundOrder) -> Option<Self> {
        Some(Self {
            amount: Total {
                currency_code: order.amount.currency().code().to_owned(),
                value: to_paypal(order.amount)?,
            },
            custom_id: custom_id(&order.key),
        })
    }
}

/// A language tag of the form that PayPal takes: two letters, and a script and a region if need be.
fn locale(tag: &str) -> Option<String> {
    let mut parts = tag.split('-');
    let language = parts.next()?;
    let is_language = language.len() == 2 && language.bytes().all(|b| b.is_ascii_lowercase());
    let fits = |part: &str| match part.len() {
        2 => part.bytes().all(|b| b.is_ascii_uppercase()),
        3 => part.bytes().all(|b| b.is_ascii_digit()),
        4 => {
            let (first, rest) = part.split_at(1);
            first.bytes().all(|b| b.is_ascii_uppercase())
                && rest.bytes().all(|b| b.is_ascii_lowercase())
        }
        _ => false,
    };
    let rest: Vec<&str> = parts.collect();
    let in_order = match rest[..] {
        [] => true,
        [one] => fits(one),
        [script, region] => script.len() == 4 && fits(script) && region.len() < 4 && fits(region),
        _ => false,
    };
    (is_language && in_order && tag.len() <= 10).then(|| tag.to_owned())
}

fn short(text: &str) -> String {
    text.chars().take(MOST_LETTERS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_tags_that_paypal_reads_are_sent() {
        for tag in ["en", "en-IE", "zh-Hant-TW", "zh-Hans", "es-419"] {
            assert_eq!(locale(tag).as_deref(), Some(tag));
        }
        for tag in ["fil", "EN", "en-ie", "de-CH-1996", "en-IE-GB", "", "en-"] {
            assert_eq!(locale(tag), None, "{tag}");
        }
    }

    #[test]
    fn our_ids_are_told_from_those_of_others() {
        assert_eq!(reference(&custom_id("A-1")), Some("A-1"));
        assert_eq!(reference("A-1"), None);
    }
}
