//! What a driver is told, and what it tells.

use api_client::ApiError;
use api_types::{Checkout, CheckoutFor, MethodId, Money, OptionId};

use super::super::presenter::Presenter;

/// What the customer asked for by pressing a pay button.
#[derive(Clone, Debug)]
pub struct Intent {
    /// What to pay for.
    pub pays_for: CheckoutFor,
    /// How.
    pub method: MethodId,
    /// Which of the method's options, where it has some.
    pub option: Option<OptionId>,
    /// The total that stands on the button.
    pub displayed_total: Money,
    /// Whether the method has a page of its own, which a window is opened for.
    pub window: bool,
    /// The id of the button, where the keyboard returns to.
    pub button_id: String,
}

/// Another way to pay the same, as the customer chose it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MethodChange {
    /// How from now on.
    pub method: MethodId,
    /// Which of the method's options, where it has some.
    pub option: Option<OptionId>,
    /// The total that stands on the button.
    pub displayed_total: Money,
    /// Whether the method has a page of its own, which a window is opened for.
    pub window: bool,
    /// The customer has been told that the page that is open cannot be closed at its payment
    /// provider, and goes on all the same.
    pub although_open: bool,
}

/// What a checkout knows of the app around it.
pub trait CheckoutHost {
    /// Where the provider's page opens.
    fn presenter(&self) -> Presenter;
    /// How often an open checkout is asked about while the page is seen, in milliseconds.
    fn poll_millis(&self) -> i64;
    /// Money may have moved.
    fn moved(&self);
    /// A request failed.
    fn failed(&self, error: &ApiError);
    /// The other tabs may want to ask about this checkout.
    fn notify_tabs(&self, checkout: &Checkout);
}
