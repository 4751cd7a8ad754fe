//! The way to pay that was chosen: whether it is one, and what it makes of an amount.

use api_types::{CreateCheckout, MethodKind, MethodOption, MethodRefuses, Money, PaidBy};

use super::checkouts::CheckoutError;
use super::secrets;
use crate::app::App;
use crate::settings::Method;

/// A method with the option that was chosen.
#[derive(Clone, Copy, Debug)]
pub(super) struct Choice<'a> {
    /// The method.
    pub method: &'a Method,
    /// The option, where the method has some.
    pub option: Option<&'a MethodOption>,
}

impl<'a> Choice<'a> {
    /// Reads the choice of a wish.
    pub(super) fn of(app: &'a App, wish: &CreateCheckout) -> Result<Self, CheckoutError> {
        let mut methods = app.settings().methods.iter();
        let method = methods
            .find(|method| method.id == wish.method)
            .ok_or(CheckoutError::UnknownMethod)?;
        let option = match &wish.option {
            None if method.options.is_empty() => None,
            None => return Err(CheckoutError::Field("option", "missing")),
            Some(id) => {
                let chosen = method.options.iter().find(|option| option.id == *id);
                Some(chosen.ok_or(CheckoutError::Field("option", "invalid"))?)
            }
        };
        let choice = Self { method, option };
        match &wish.launch_token {
            None if choice.is_transfer() => Ok(choice),
            Some(token) if !choice.is_transfer() && secrets::is_launch_token(token) => Ok(choice),
            // A transfer has no window, and everything else cannot do without one.
            _ => Err(CheckoutError::BadToken),
        }
    }

    /// Whether the customer pays at their own bank.
    pub(super) fn is_transfer(&self) -> bool {
        self.method.kind == MethodKind::BankTransfer
    }

    /// What the customer pays in all for an amount.
    pub(super) fn total_for(&self, amount: Money) -> Result<Money, CheckoutError> {
        let told = self.method.told(String::new());
        told.total_for(amount).map_err(|why| match why {
            MethodRefuses::Currency => CheckoutError::Field("amount", "wrong_currency"),
            MethodRefuses::TooSmall(_) => CheckoutError::Field("amount", "too_small"),
            MethodRefuses::TooLarge(_) | MethodRefuses::Sum(_) => {
                CheckoutError::Field("amount", "too_large")
            }
        })
    }

    /// What the customer is told about it later on.
    pub(super) fn paid_by(&self) -> PaidBy {
        PaidBy {
            kind: self.method.kind,
            label: self.method.label.clone(),
            option: self.option.map(|option| option.label.clone()),
        }
    }
}
