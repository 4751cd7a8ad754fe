//! PayPal, by Orders v2: the customer agrees on PayPal's page, and the money is captured by a call.
//!
//! Sources: <https://developer.paypal.com/docs/api/orders/v2/>,
//! <https://developer.paypal.com/docs/api/payments/v2/>,
//! <https://developer.paypal.com/api/rest/reference/idempotency/>.

mod amounts;
mod client;
mod notification;
#[cfg(test)]
mod notification_tests;
mod order;
mod payment;
#[cfg(test)]
mod tests;
mod token;
mod wire;

use std::sync::Arc;
use std::time::Duration;

use api_types::{Currency, FailureCode, Timestamp};
use reqwest::StatusCode;

use self::client::Client;
use self::order::{NewOrder, NewRefund};
use self::wire::{Dispute, Disputes, Refund, Verification};
use super::http::HttpClient;
use super::{
    Abilities, AmountLimits, BadNotification, Call, Closing, CredentialKind, Ended, Gateway,
    GatewayError, GatewayKind, IncomingNotification, Known, Notification, Order, PaymentEvents,
    ProviderPayment, ProviderRefund, ProviderState, READS_FOR_A_MONTH, RefundOrder, Refunds,
    Schedule,
};
use crate::limits::RateLimit;
use crate::settings::{GatewaySettings, Mode, PublicUrl, Secret};

/// What is known of it before it is set up.
pub(super) const KIND: GatewayKind = GatewayKind {
    name: "paypal",
    credentials: &[
        CredentialKind {
            name: "client_id",
            least: 16,
        },
        CredentialKind {
            name: "client_secret",
            least: 16,
        },
        CredentialKind {
            name: "webhook_id",
            least: 8,
        },
    ],
    own_url: |mode| Some(own_url(mode)),
    check: |_| Vec::new(),
    open: |settings, http| Arc::new(PayPal::new(settings, http)),
};

/// How long customers have to pay. PayPal itself waits three hours for them to agree, and three more
/// for the capture. The money of bank debits comes within a week or so.
const SCHEDULE: Schedule = Schedule {
    lifetime: Duration::from_mins(60),
    reads: READS_FOR_A_MONTH,
    waits_for_money: Duration::from_hours(21 * 24),
};
/// PayPal keeps the keys of refunds for 45 days. What is not known some time before that is only
/// read.
const KEY_LIVES: Duration = Duration::from_hours(40 * 24);
/// How many notifications PayPal is asked about at once, and after what pause about one more: each
/// costs a call of ours, and anyone can send us some.
const QUESTIONS: (u32, Duration) = (30, Duration::from_millis(500));

fn own_url(mode: Mode) -> &'static str {
    match mode {
        Mode::Test => "https://api-m.sandbox.paypal.com",
        Mode::Live => "https://api-m.paypal.com",
    }
}

fn own_pages(mode: Mode) -> &'static str {
    match mode {
        Mode::Test => "https://www.sandbox.paypal.com",
        Mode::Live => "https://www.paypal.com",
    }
}

/// An account at PayPal.
#[derive(Debug)]
struct PayPal {
    id: String,
    client: Client,
    origins: Vec<String>,
    /// Whether the address is PayPal's own, whose certificates lie with PayPal.
    is_own: bool,
    webhook_id: Secret,
    questions: RateLimit<()>,
}

impl PayPal {
    /// Makes a client for the account that the settings name.
    fn new(settings: &GatewaySettings, http: HttpClient) -> Self {
        let own = own_url(settings.mode);
        let url = match &settings.url {
            Some(url) => Some(url.clone()),
            None => PublicUrl::parse(own).ok(),
        };
        let url = url.unwrap_or_else(|| PublicUrl::loopback(0));
        let is_own = url.to_string() == own;
        let pages = settings.pages.iter().map(|page| page.origin().to_owned());
        let first = match is_own {
            true => own_pages(settings.mode).to_owned(),
            false => url.origin().to_owned(),
        };
        let credentials = (
            settings.credential("client_id"),
            settings.credential("client_secret"),
        );
        Self {
            id: settings.id.clone(),
            client: Client::new(http, url, credentials),
            origins: pages.chain([first]).collect(),
            is_own,
            webhook_id: settings.credential("webhook_id"),
            questions: RateLimit::new(QUESTIONS.0, QUESTIONS.1),
        }
    }

    async fn create_call(&self, order: &Order) -> Result<ProviderPayment, GatewayError> {
        let body = NewOrder::of(order).ok_or(GatewayError::Refused)?;
        let key = format!("{}-create", order.reference);
        match self.client.post("/v2/checkout/orders", &body, &key).await? {
            Ok(made) => self.in_our_words(&made),
            Err(refusal) => Err(self.client.failure(&refusal)),
        }
    }

    async fn read_call(&self, known: &Known) -> Result<Option<ProviderPayment>, GatewayError> {
        let id = known.id.as_deref().ok_or(GatewayError::Unsupported)?;
        let path = path_of("/v2/checkout/orders", id, "")?;
        match self.client.get(&path, &[]).await? {
            Ok(order) => {
                let payment = self.in_our_words(&order)?;
                Ok(Some(self.with_disputes(payment).await))
            }
            Err(refusal) if refusal.status == StatusCode::NOT_FOUND => Ok(None),
            Err(refusal) => Err(self.client.failure(&refusal)),
        }
    }

    async fn capture_call(&self, known: &Known) -> Result<ProviderPayment, GatewayError> {
        let id = known.id.as_deref().ok_or(GatewayError::Unsupported)?;
        let path = path_of("/v2/checkout/orders", id, "/capture")?;
        let key = format!("{}-capture", known.reference);
        let nothing = serde_json::Map::new();
        let refusal = match self.client.post(&path, &nothing, &key).await? {
            Ok(order) => return self.in_our_words(&order),
            Err(refusal) => refusal,
        };
        let ended = |how, failure| ProviderPayment {
            id: id.to_owned(),
            reference: known.reference.to_string(),
            page: None,
            state: payment::ended(how, failure),
            fee: None,
            awaits_fee: false,
            events: PaymentEvents::default(),
            ids: Vec::new(),
        };
        match refusal.issue.as_str() {
            // How it stands instead is what is read.
            "ORDER_ALREADY_CAPTURED" | "ORDER_NOT_APPROVED" => {
                let found = self.read_call(known).await?;
                found.ok_or(GatewayError::Away)
            }
            "INSTRUMENT_DECLINED"
            | "PAYER_CANNOT_PAY"
            | "TRANSACTION_REFUSED"
            | "PAYER_ACCOUNT_RESTRICTED"
            | "PAYER_ACCOUNT_LOCKED_OR_CLOSED"
            | "MAX_NUMBER_OF_PAYMENT_ATTEMPTS_EXCEEDED" => {
                Ok(ended(Ended::Failed, Some(FailureCode::CardDeclined)))
            }
            "ORDER_EXPIRED" => Ok(ended(Ended::Expired, None)),
            // It was not captured in time, and PayPal has forgotten it.
            _ if refusal.status == StatusCode::NOT_FOUND => Ok(ended(Ended::Expired, None)),
            _ => Err(self.client.failure(&refusal)),
        }
    }

    async fn refund_call(&self, refund: &RefundOrder) -> Result<ProviderRefund, GatewayError> {
        let body = NewRefund::of(refund).ok_or(GatewayError::Refused)?;
        let path = path_of("/v2/payments/captures", &refund.payment_id, "/refund")?;
        match self
            .client
            .post::<Refund>(&path, &body, &refund.key)
            .await?
        {
            Ok(made) => {
                let unreadable = || self.client.senseless("its refund cannot be read");
                payment::refund(&made).ok_or_else(unreadable)
            }
            Err(refusal) => Err(self.client.failure(&refusal)),
        }
    }

    /// Adds the disputes over money that has come, as far as they can be read now.
    async fn with_disputes(&self, mut payment: ProviderPayment) -> ProviderPayment {
        let ProviderState::Paid(money) = &payment.state else {
            return payment;
        };
        let read = self.disputes(&money.payment_id).await;
        payment.events.is_missing = read.is_err();
        for dispute in read.unwrap_or_default() {
            match payment::dispute(&dispute) {
                Some(dispute) => payment.events.disputes.push(dispute),
                None => payment.events.is_unreadable = true,
            }
        }
        payment.events.is_unreadable |= payment::lacks_refund(&payment.events);
        payment
    }

    /// The disputes over a capture. Whether an account's key may read them is for the account to
    /// say; where it may not, there are none here.
    async fn disputes(&self, capture: &str) -> Result<Vec<Dispute>, GatewayError> {
        let query = [("disputed_transaction_id", capture)];
        let path = "/v1/customer/disputes";
        let found = match self.client.get::<Disputes>(path, &query).await? {
            Ok(found) => found,
            Err(refusal) => match refusal.status {
                StatusCode::NOT_FOUND => return Ok(Vec::new()),
                StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
                    tracing::warn!(gateway = self.id, "the account may not read its disputes");
                    return Ok(Vec::new());
                }
                _ => return Err(self.client.failure(&refusal)),
            },
        };
        let mut disputes = Vec::new();
        for dispute in found.items {
            disputes.push(self.with_outcome(dispute).await?);
        }
        Ok(disputes)
    }

    async fn with_outcome(&self, dispute: Dispute) -> Result<Dispute, GatewayError> {
        if !payment::is_resolved(&dispute) || dispute.dispute_outcome.is_some() {
            return Ok(dispute);
        }
        let path = path_of("/v1/customer/disputes", &dispute.dispute_id, "")?;
        match self.client.get(&path, &[]).await? {
            Ok(whole) => Ok(whole),
            Err(refusal) => Err(self.client.failure(&refusal)),
        }
    }

    fn in_our_words(&self, order: &wire::Order) -> Result<ProviderPayment, GatewayError> {
        let read = payment::payment(order, &self.origins);
        read.map_err(|why| self.client.senseless(why))
    }

    /// Whether a certificate lies where PayPal keeps its own.
    fn is_certificate(&self, address: &str) -> bool {
        let Ok(url) = reqwest::Url::parse(address) else {
            return false;
        };
        let host = url.host_str().unwrap_or_default();
        let at_paypal = url.scheme() == "https" && host.ends_with(".paypal.com");
        let at_stand_in = url.origin().ascii_serialization() == self.client.origin();
        at_paypal || (!self.is_own && at_stand_in)
    }

    async fn verify_call(
        &self,
        incoming: IncomingNotification<'_>,
    ) -> Result<Notification, BadNotification> {
        let IncomingNotification { headers, body, now } = incoming;
        let notification = notification::read(body)?;
        let webhook_id = self.webhook_id.expose();
        let is_certificate = |address: &str| self.is_certificate(address);
        let question = notification::question(headers, body, (webhook_id, is_certificate))?;
        if notification.about.is_none() {
            // There is nothing to do, whoever sent it.
            return Ok(notification);
        }
        self.may_ask(now)?;
        let path = "/v1/notifications/verify-webhook-signature";
        let unverified = |_: GatewayError| BadNotification::Unverified;
        let answer = self.client.ask::<Verification>(path, &question).await;
        match answer.map_err(unverified)? {
            Ok(told) if told.verification_status == "SUCCESS" => Ok(notification),
            Ok(_) => Err(BadNotification::Unsigned),
            Err(refusal) => Err(unverified(self.client.failure(&refusal))),
        }
    }

    fn may_ask(&self, now: Timestamp) -> Result<(), BadNotification> {
        self.questions.check((), now).map_err(|_| {
            tracing::warn!(
                gateway = self.id,
                "too many notifications to ask PayPal about"
            );
            BadNotification::Unverified
        })
    }
}

/// The path of a thing. An id that would change the path is refused.
fn path_of(folder: &str, id: &str, below: &str) -> Result<String, GatewayError> {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
    if id.is_empty() || !id.bytes().all(plain) {
        return Err(GatewayError::Refused);
    }
    Ok(format!("{folder}/{id}{below}"))
}

impl Gateway for PayPal {
    fn id(&self) -> &str {
        &self.id
    }

    fn origins(&self) -> &[String] {
        &self.origins
    }

    fn abilities(&self) -> Abilities {
        Abilities {
            finds_by_reference: false,
            closing: Closing::ByNotCapturing,
            refunds: Some(Refunds {
                key_lives: KEY_LIVES,
            }),
        }
    }

    fn schedule(&self) -> Schedule {
        SCHEDULE
    }

    fn limits(&self, currency: Currency) -> Option<AmountLimits> {
        amounts::limits(currency)
    }

    fn create<'a>(&'a self, order: &'a Order) -> Call<'a, ProviderPayment> {
        Box::pin(self.create_call(order))
    }

    fn read<'a>(&'a self, payment: &'a Known) -> Call<'a, Option<ProviderPayment>> {
        Box::pin(self.read_call(payment))
    }

    fn capture<'a>(&'a self, payment: &'a Known) -> Call<'a, ProviderPayment> {
        Box::pin(self.capture_call(payment))
    }

    fn refund<'a>(&'a self, refund: &'a RefundOrder) -> Call<'a, ProviderRefund> {
        Box::pin(self.refund_call(refund))
    }

    fn verify<'a>(
        &'a self,
        incoming: IncomingNotification<'a>,
    ) -> Call<'a, Notification, BadNotification> {
        Box::pin(self.verify_call(incoming))
    }
}
