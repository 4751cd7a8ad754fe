//! The method that a customer has chosen: checks it, and computes the payment terms of an amount.

use api_types::{
    ChangeMethod, CreateCheckout, LaunchToken, MethodId, MethodKind, MethodOption, MethodRefuses,
    Money, OptionId, PaidBy, Timestamp,
};

use super::CheckoutError;
use super::times;
use crate::app::App;
use crate::db::attempts::PaymentTerms;
use crate::settings::{CheckoutLimits, Method};

/// A method with the option that was chosen.
#[derive(Clone, Copy, Debug)]
pub(super) struct Choice<'a> {
    /// The method.
    pub method: &'a Method,
    /// The option, where the method has some.
    pub option: Option<&'a MethodOption>,
    /// What the portal allows beside the method.
    limits: &'a CheckoutLimits,
}

impl<'a> Choice<'a> {
    /// Reads and checks the choice in a request for a checkout.
    ///
    /// # Errors
    /// [`CheckoutError::UnknownMethod`] if there is no such method, [`CheckoutError::Field`] if its
    /// option is missing or unknown, [`CheckoutError::BadToken`] if the launch token is missing or
    /// malformed, or is given for a bank transfer.
    pub(super) fn of(app: &'a App, wish: &CreateCheckout) -> Result<Self, CheckoutError> {
        let window = wish.launch_token.as_ref();
        Self::read(app, (&wish.method, wish.option.as_ref()), window)
    }

    /// Reads and checks the choice in a request to change the method.
    ///
    /// # Errors
    /// As [`Choice::of`].
    pub(super) fn another(app: &'a App, wish: &ChangeMethod) -> Result<Self, CheckoutError> {
        let window = wish.launch_token.as_ref();
        Self::read(app, (&wish.method, wish.option.as_ref()), window)
    }

    fn read(
        app: &'a App,
        (method, option): (&MethodId, Option<&OptionId>),
        window: Option<&LaunchToken>,
    ) -> Result<Self, CheckoutError> {
        let mut methods = app.settings().methods.iter();
        let method = methods
            .find(|known| known.id == *method)
            .ok_or(CheckoutError::UnknownMethod)?;
        let option = match option {
            None if method.options.is_empty() => None,
            None => return Err(CheckoutError::Field("option", "missing")),
            Some(id) => {
                let chosen = method.options.iter().find(|known| known.id == *id);
                Some(chosen.ok_or(CheckoutError::Field("option", "invalid"))?)
            }
        };
        let limits = &app.settings().checkout_limits;
        let choice = Self {
            method,
            option,
            limits,
        };
        match window {
            None if choice.is_transfer() => Ok(choice),
            Some(token) if !choice.is_transfer() && token.is_whole() => Ok(choice),
            // A transfer has no window, and everything else cannot do without one.
            _ => Err(CheckoutError::BadToken),
        }
    }

    /// Whether the customer pays by bank transfer.
    pub(super) fn is_transfer(&self) -> bool {
        self.method.kind == MethodKind::BankTransfer
    }

    /// Computes what the customer pays for an amount, with the surcharge.
    fn total_for(&self, amount: Money) -> Result<Money, CheckoutError> {
        let told = self.method.to_wire(self.limits, String::new());
        told.total_for(amount).map_err(|why| match why {
            MethodRefuses::Currency => CheckoutError::Field("amount", "wrong_currency"),
            MethodRefuses::TooSmall(least) => CheckoutError::TooSmall(least),
            MethodRefuses::TooLarge(most) => CheckoutError::TooLarge(most),
        })
    }

    /// Computes the payment terms of an amount.
    ///
    /// # Errors
    /// [`CheckoutError::Field`] if the method does not take the currency,
    /// [`CheckoutError::TooSmall`] or [`CheckoutError::TooLarge`] if it does not take the amount,
    /// [`CheckoutError::TotalChanged`] if the surcharge cannot be computed.
    pub(super) fn terms(&self, amount: Money) -> Result<PaymentTerms, CheckoutError> {
        let total = self.total_for(amount)?;
        let surcharge = total.checked_sub(amount);
        Ok(PaymentTerms {
            total,
            surcharge: surcharge.map_err(|_| CheckoutError::TotalChanged)?,
            method: self.method.id.clone(),
            option: self.option.map(|option| option.id.clone()),
            paid_by: self.paid_by(),
        })
    }

    /// When a checkout or attempt that begins now expires if nothing happens.
    pub(super) fn expires_at(&self, now: Timestamp) -> Timestamp {
        let lifetime = if self.is_transfer() {
            times::TRANSFER_WAITS
        } else {
            times::LIFETIME
        };
        now.plus(lifetime)
    }

    /// What the customer is shown later of how they paid.
    fn paid_by(&self) -> PaidBy {
        PaidBy {
            kind: self.method.kind,
            label: self.method.label.clone(),
            option: self.option.map(|option| option.label.clone()),
        }
    }
}
