//! The sandbox gateway: a client of its merchant API, and the check of its notifications. `wire`
//! converts its answers to our types.

mod payment_events;
mod wire;

use std::sync::Arc;
use std::time::Duration;

use api_types::Currency;
use reqwest::{RequestBuilder, StatusCode};

use self::wire::{NewPayment, Payment, Payments, Webhook};
use super::http::{HttpClient, READS_WITHIN, WRITES_WITHIN};
use super::timed_signature;
use super::{
    Abilities, AmountLimits, BadNotification, Call, Closing, CredentialKind, Gateway, GatewayError,
    GatewayKind, IncomingNotification, Known, Notification, Order, ProviderPayment,
    READS_FOR_A_WEEK, Schedule, Subject,
};
use crate::settings::{GatewaySettings, Mode, PublicUrl, Secret};

/// What is known of it before it is set up.
pub(super) const KIND: GatewayKind = GatewayKind {
    name: "sandbox",
    credentials: &[
        CredentialKind {
            name: "api_key",
            least: 16,
        },
        CredentialKind {
            name: "webhook_secret",
            least: 16,
        },
    ],
    own_url: |_| None,
    check,
    open: |settings, http| Arc::new(Sandbox::new(settings, http)),
};

/// The header that carries the signature of a notification.
const SIGNATURE_HEADER: &str = "sandbox-signature";
/// How long a payment can be paid, and is watched.
const SCHEDULE: Schedule = Schedule {
    lifetime: Duration::from_mins(30),
    reads: READS_FOR_A_WEEK,
    waits_for_money: Duration::from_hours(7 * 24),
};

/// The sandbox gateway.
#[derive(Debug)]
struct Sandbox {
    id: String,
    http: HttpClient,
    url: PublicUrl,
    origins: Vec<String>,
    api_key: Secret,
    webhook_secret: Secret,
}

fn check(settings: &GatewaySettings) -> Vec<(String, String)> {
    let mut problems = Vec::new();
    if settings.mode == Mode::Live {
        let why = "a sandbox gateway moves no money; write mode = \"test\"";
        problems.push(("mode".to_owned(), why.to_owned()));
    }
    problems
}

impl Sandbox {
    /// Makes a client for the gateway that the settings name.
    fn new(settings: &GatewaySettings, http: HttpClient) -> Self {
        // The check has refused settings without an address.
        let url = settings.url.clone();
        let url = url.unwrap_or_else(|| PublicUrl::loopback(0));
        let pages = settings.pages.iter();
        let pages = pages.map(|page| page.origin().to_owned());
        Self {
            id: settings.id.clone(),
            http,
            origins: [url.origin().to_owned()].into_iter().chain(pages).collect(),
            url,
            api_key: settings.credential("api_key"),
            webhook_secret: settings.credential("webhook_secret"),
        }
    }

    async fn send(&self, call: RequestBuilder, within: Duration) -> Result<Answer, GatewayError> {
        let call = call.bearer_auth(self.api_key.expose());
        let answer = self.http.send(call, within).await?;
        match answer.status {
            status if status.is_success() => Ok(Answer::Body(answer.body)),
            StatusCode::NOT_FOUND => Ok(Answer::Missing),
            StatusCode::CONFLICT => Ok(Answer::Conflict),
            status => Err(self.http.failure(status, "")),
        }
    }

    async fn create_call(&self, order: &Order) -> Result<ProviderPayment, GatewayError> {
        let call = self
            .http
            .client()
            .post(self.url.join("/api/payments"))
            .header("Idempotency-Key", order.reference.as_str())
            .json(&NewPayment::of(order));
        match self.send(call, WRITES_WITHIN).await? {
            Answer::Body(body) => self.payment(&body),
            Answer::Missing => Err(GatewayError::Refused),
            // The same call is under way: the next one finds what it has made.
            Answer::Conflict => Err(GatewayError::Away),
        }
    }

    async fn read_call(&self, known: &Known) -> Result<Option<ProviderPayment>, GatewayError> {
        let client = self.http.client();
        let Some(id) = &known.id else {
            let reference = known.reference.as_str();
            let call = client.get(self.url.join("/api/payments"));
            let call = call.query(&[("reference", reference)]);
            let Answer::Body(body) = self.send(call, READS_WITHIN).await? else {
                return Ok(None);
            };
            let found: Payments = self.http.read(&body)?;
            let first = found.data.into_iter().next();
            return first.map(|payment| self.in_our_words(payment)).transpose();
        };
        let call = client.get(self.payment_url(id, "")?);
        match self.send(call, READS_WITHIN).await? {
            Answer::Body(body) => self.payment(&body).map(Some),
            _ => Ok(None),
        }
    }

    async fn cancel_call(&self, known: &Known) -> Result<ProviderPayment, GatewayError> {
        let id = known.id.as_deref().unwrap_or_default();
        let client = self.http.client();
        let call = client.post(self.payment_url(id, "/cancel")?);
        match self.send(call, READS_WITHIN).await? {
            Answer::Body(body) => self.payment(&body),
            Answer::Conflict => Err(GatewayError::TooLate),
            Answer::Missing => Err(GatewayError::Refused),
        }
    }

    /// The address of a payment. An id that would change the path is refused.
    fn payment_url(&self, id: &str, below: &str) -> Result<String, GatewayError> {
        let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
        if id.is_empty() || !id.bytes().all(plain) {
            return Err(GatewayError::Refused);
        }
        Ok(self.url.join(&format!("/api/payments/{id}{below}")))
    }

    fn payment(&self, body: &[u8]) -> Result<ProviderPayment, GatewayError> {
        self.in_our_words(self.http.read(body)?)
    }

    fn in_our_words(&self, payment: Payment) -> Result<ProviderPayment, GatewayError> {
        let read = payment.in_our_words(&self.origins);
        read.map_err(|why| self.http.senseless(why))
    }
}

/// The answers of an API call that have a meaning.
enum Answer {
    Body(Vec<u8>),
    Missing,
    Conflict,
}

impl Gateway for Sandbox {
    fn id(&self) -> &str {
        &self.id
    }

    fn origins(&self) -> &[String] {
        &self.origins
    }

    fn abilities(&self) -> Abilities {
        Abilities {
            finds_by_reference: true,
            closing: Closing::ByCall,
            refunds: None,
        }
    }

    fn schedule(&self) -> Schedule {
        SCHEDULE
    }

    fn limits(&self, _: Currency) -> Option<AmountLimits> {
        Some(AmountLimits::default())
    }

    fn create<'a>(&'a self, order: &'a Order) -> Call<'a, ProviderPayment> {
        Box::pin(self.create_call(order))
    }

    fn read<'a>(&'a self, payment: &'a Known) -> Call<'a, Option<ProviderPayment>> {
        Box::pin(self.read_call(payment))
    }

    fn cancel<'a>(&'a self, payment: &'a Known) -> Call<'a, ProviderPayment> {
        Box::pin(self.cancel_call(payment))
    }

    fn verify<'a>(
        &'a self,
        incoming: IncomingNotification<'a>,
    ) -> Call<'a, Notification, BadNotification> {
        Box::pin(async move {
            let IncomingNotification { headers, body, now } = incoming;
            let secret = self.webhook_secret.expose();
            timed_signature::check((headers, SIGNATURE_HEADER), body, secret, now)?;
            let webhook: Webhook =
                serde_json::from_slice(body).map_err(|_| BadNotification::Unreadable)?;
            Ok(Notification {
                event_id: webhook.id,
                about: Some(Subject::Reference(webhook.payment.reference)),
                ids: Vec::new(),
            })
        })
    }
}
