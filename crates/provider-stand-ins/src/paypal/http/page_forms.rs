//! The pages for customers as values; their HTML stands in `templates/paypal`.

use askama::Template;

use crate::paypal::options::{Funding, Options};
use crate::paypal::order::Order;

/// Asks for the customer's e-mail address.
#[derive(Template)]
#[template(path = "paypal/sign_in.html")]
pub(super) struct SignInPage<'a> {
    pub merchant: &'a str,
    pub amount: &'a str,
    pub order: &'a str,
    pub email: &'a str,
    pub error: Option<&'a str>,
    /// Whether the last way to pay was declined.
    pub declined: bool,
}

/// One way to pay.
pub(super) struct Choice {
    pub value: &'static str,
    pub label: &'static str,
}

/// Asks for the way to pay.
#[derive(Template)]
#[template(path = "paypal/choose.html")]
pub(super) struct ChoosePage<'a> {
    pub merchant: &'a str,
    pub amount: &'a str,
    pub order: &'a str,
    pub email: &'a str,
    pub error: Option<&'a str>,
    pub choices: Vec<Choice>,
    pub chosen: &'a str,
    pub approve: &'static str,
}

/// Says one thing, and perhaps leads back to the merchant.
#[derive(Template)]
#[template(path = "paypal/notice.html")]
pub(super) struct NoticePage<'a> {
    pub title: &'a str,
    pub text: &'a str,
    pub back: Option<&'a str>,
}

/// Who is paid, as the page says it.
pub(super) fn merchant(order: &Order, options: &Options) -> String {
    let brand = order.experience.brand.as_ref();
    brand.unwrap_or(&options.merchant_name).clone()
}

/// The amount of an order, with its currency.
pub(super) fn amount(order: &Order) -> String {
    let total = order.total();
    total.map_or_else(String::new, |total| {
        format!("{} {}", total.value(), total.currency)
    })
}

/// The ways to pay an order.
pub(super) fn choices(order: &Order) -> Vec<Choice> {
    let all = Funding::ALL.into_iter();
    all.filter(|funding| !(order.experience.immediate && *funding == Funding::ECheck))
        .map(|funding| Choice {
            value: funding.form_value(),
            label: funding.label(),
        })
        .collect()
}

/// The words on the button that approves.
pub(super) fn approve(order: &Order) -> &'static str {
    if order.experience.pay_now {
        "Pay now"
    } else {
        "Agree and continue"
    }
}
