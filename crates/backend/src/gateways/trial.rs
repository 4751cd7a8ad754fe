//! A trial of a gateway: every call that it has, against a real account or any other address.

use std::time::Duration;

use api_types::{AttemptId, Currency, MethodKind, Money, OptionId, PaidBy, Timestamp};

use super::{
    Closing, Gateway, GatewayError, Known, Order, OrderItem, Payer, ProviderPayment, ProviderState,
    RefundOrder,
};

/// What the names of trial payments begin with, which no name of an attempt does.
pub const TRIAL_REFERENCES: &str = "check-";

/// What a trial is made with.
#[derive(Clone, Debug)]
pub struct TrialSettings {
    /// Our name for the payment of the trial.
    pub reference: AttemptId,
    /// How much.
    pub amount: Money,
    /// The option of a method, where the gateway has some.
    pub option: Option<OptionId>,
    /// Where the customer is sent back to.
    pub return_url: String,
    /// Where notifications would be sent to.
    pub webhook_url: String,
    /// When it begins.
    pub now: Timestamp,
}

/// What came of a step.
pub type TrialResult = Result<String, GatewayError>;

/// A trial that is under way.
#[derive(Debug)]
pub struct Trial<'a> {
    gateway: &'a dyn Gateway,
    order: Order,
    payment: Option<ProviderPayment>,
}

impl<'a> Trial<'a> {
    /// A trial that has not begun.
    pub fn new(gateway: &'a dyn Gateway, settings: TrialSettings) -> Self {
        let separator = if settings.return_url.contains('?') {
            '&'
        } else {
            '?'
        };
        let order = Order {
            amount: settings.amount,
            option: settings.option,
            paid_by: PaidBy {
                kind: MethodKind::Card,
                label: None,
                option: None,
            },
            description: "Portico gateway check".to_owned(),
            items: vec![OrderItem {
                name: "Portico gateway check".to_owned(),
                amount: settings.amount,
            }],
            payer: Payer::default(),
            merchant: "Portico gateway check".to_owned(),
            cancel_url: format!("{}{separator}cancelled=1", settings.return_url),
            return_url: settings.return_url,
            webhook_url: settings.webhook_url,
            created_at: settings.now,
            lifetime: gateway.schedule().lifetime,
            reference: settings.reference,
        };
        Self {
            gateway,
            order,
            payment: None,
        }
    }

    /// The smallest amount of a currency that the gateway takes and that is no trifle: its least,
    /// or one whole unit; `None` if it does not take the currency.
    pub fn amount_in(gateway: &dyn Gateway, currency: Currency) -> Option<Money> {
        let limits = gateway.limits(currency)?;
        let unit = Money::from_minor(10_i64.pow(currency.minor_digits()), currency);
        let least = limits.least.map_or(0, |least| least.minor());
        Some(Money::from_minor(unit.minor().max(least), currency))
    }

    /// Makes the payment.
    ///
    /// # Errors
    /// As [`Gateway::create`].
    pub async fn create(&mut self) -> TrialResult {
        let made = self.gateway.create(&self.order).await?;
        let text = self.describe(&made);
        self.payment = Some(made);
        Ok(text)
    }

    /// The provider's page, once the payment is made.
    pub fn page(&self) -> Option<&str> {
        let page = self.payment.as_ref()?.page.as_ref()?;
        Some(&page.url)
    }

    /// Whether the customer can still pay, by the last answer.
    pub fn is_open(&self) -> bool {
        self.state() == Some(&ProviderState::Open)
    }

    /// Whether money has come, by the last answer.
    pub fn has_money(&self) -> bool {
        matches!(self.state(), Some(ProviderState::Paid(_)))
    }

    fn state(&self) -> Option<&ProviderState> {
        Some(&self.payment.as_ref()?.state)
    }

    /// Whether money is captured by a call.
    pub fn captures(&self) -> bool {
        self.gateway.abilities().closing == Closing::ByNotCapturing
    }

    /// Whether there is a call to cancel a payment.
    pub fn cancels(&self) -> bool {
        self.gateway.abilities().closing == Closing::ByCall
    }

    /// Whether there is a call to send money back.
    pub fn refunds(&self) -> bool {
        self.gateway.abilities().refunds.is_some()
    }

    /// Reads the payment.
    ///
    /// # Errors
    /// As [`Gateway::read`]; [`GatewayError::Refused`] if the provider does not know it.
    pub async fn read(&mut self) -> TrialResult {
        let read = self.gateway.read(&self.known()).await?;
        self.keep(read.ok_or(GatewayError::Refused)?)
    }

    /// Captures the money.
    ///
    /// # Errors
    /// As [`Gateway::capture`].
    pub async fn capture(&mut self) -> TrialResult {
        let captured = self.gateway.capture(&self.known()).await?;
        self.keep(captured)
    }

    /// Cancels the payment.
    ///
    /// # Errors
    /// As [`Gateway::cancel`].
    pub async fn cancel(&mut self) -> TrialResult {
        let cancelled = self.gateway.cancel(&self.known()).await?;
        self.keep(cancelled)
    }

    /// Sends all of the money back.
    ///
    /// # Errors
    /// As [`Gateway::refund`]; [`GatewayError::Refused`] if no money has come.
    pub async fn refund(&mut self) -> TrialResult {
        let Some(ProviderState::Paid(money)) = self.state() else {
            return Err(GatewayError::Refused);
        };
        let order = RefundOrder {
            key: format!("{}-refund", self.order.reference),
            payment: self.known(),
            payment_id: money.payment_id.clone(),
            amount: money.amount,
        };
        let refund = self.gateway.refund(&order).await?;
        let (id, amount, status) = (&refund.id, refund.amount, refund.status);
        Ok(format!("refund {id} of {amount:?}: {status:?}"))
    }

    fn known(&self) -> Known {
        let payment = self.payment.as_ref();
        Known {
            reference: self.order.reference.clone(),
            id: payment.map(|payment| payment.id.clone()),
            ids: payment
                .map(|payment| payment.ids.clone())
                .unwrap_or_default(),
            amount: self.order.amount,
        }
    }

    fn keep(&mut self, payment: ProviderPayment) -> TrialResult {
        let text = self.describe(&payment);
        let before = self.payment.take().and_then(|before| before.page);
        self.payment = Some(ProviderPayment {
            page: payment.page.clone().or(before),
            ..payment
        });
        Ok(text)
    }

    /// An answer in words, with nothing in them that opens a page.
    fn describe(&self, payment: &ProviderPayment) -> String {
        let (id, state) = (&payment.id, &payment.state);
        let named = match payment.reference == self.order.reference.as_str() {
            true => "",
            false => "; it names another payment than ours, which the portal would refuse",
        };
        let fee = payment
            .fee
            .map(|fee| format!(", the provider keeps {fee:?}"));
        let fee = fee.unwrap_or_default();
        format!("payment {id}: {state:?}{fee}{named}")
    }
}

/// How often a trial that waits for somebody reads the payment.
pub const READS_EVERY: Duration = Duration::from_secs(3);
