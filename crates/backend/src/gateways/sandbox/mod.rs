//! The sandbox gateway: a client of its merchant API, and the check of its notifications. `wire`
//! converts its answers to our types.

mod payment_events;
mod signature;
mod wire;

use std::fmt;
use std::time::Duration;

use api_types::Timestamp;
use axum::http::HeaderMap;
use reqwest::{RequestBuilder, Response, StatusCode};

use self::wire::{NewPayment, Payment, Payments, Webhook};
use super::{
    BadNotification, Call, Gateway, GatewayError, Notification, Order, ProviderPayment, Which,
};
use crate::settings::{PublicUrl, SandboxGateway, Secret};

/// Its name in the settings, the database and the address of its notifications.
pub const NAME: &str = "sandbox";
/// The timeout of a create call. It is long, because the customer does not wait for its end.
const CREATE_WITHIN: Duration = Duration::from_secs(10);
/// The timeout of a read. It is short, because the next read follows soon.
const READ_WITHIN: Duration = Duration::from_secs(4);
/// The timeout of connecting, after which the provider counts as unreachable.
const CONNECT_WITHIN: Duration = Duration::from_secs(2);

/// The sandbox gateway.
pub struct Sandbox {
    http: reqwest::Client,
    url: PublicUrl,
    origins: Vec<String>,
    api_key: Secret,
    webhook_secret: Secret,
}

impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox")
            .field("url", &self.url)
            .finish_non_exhaustive()
    }
}

impl Sandbox {
    /// Makes a client for the gateway that the settings name. It follows no redirects and uses no
    /// proxy, so that payment calls reach only the address that was set up.
    ///
    /// # Errors
    /// [`reqwest::Error`] if the HTTP client cannot be built, for example because TLS cannot be set
    /// up.
    pub fn new(settings: &SandboxGateway) -> Result<Self, reqwest::Error> {
        let http = reqwest::Client::builder()
            .connect_timeout(CONNECT_WITHIN)
            // A provider that sends us elsewhere is not the one that was set up.
            .redirect(reqwest::redirect::Policy::none())
            // The proxy of the machine's environment is not meant for payments.
            .no_proxy()
            .build()?;
        Ok(Self {
            http,
            origins: vec![settings.url.origin().to_owned()],
            url: settings.url.clone(),
            api_key: settings.api_key.clone(),
            webhook_secret: settings.webhook_secret.clone(),
        })
    }

    async fn send(&self, call: RequestBuilder, within: Duration) -> Result<Answer, GatewayError> {
        let call = call.bearer_auth(self.api_key.expose()).timeout(within);
        let response = call.send().await.map_err(|error| away(&error))?;
        answer(response).await
    }

    async fn create_call(&self, order: &Order) -> Result<ProviderPayment, GatewayError> {
        let call = self
            .http
            .post(self.url.join("/api/payments"))
            .header("Idempotency-Key", order.reference.as_str())
            .json(&NewPayment::of(order));
        match self.send(call, CREATE_WITHIN).await? {
            Answer::Body(body) => self.payment(&body),
            Answer::Missing => Err(GatewayError::Refused),
            // The same call is under way: the next one finds what it has made.
            Answer::Conflict => Err(GatewayError::Away),
        }
    }

    async fn read_call(&self, which: &Which) -> Result<Option<ProviderPayment>, GatewayError> {
        let call = match which {
            Which::Id(id) => self.http.get(self.payment_url(id, "")?),
            Which::Reference(reference) => self
                .http
                .get(self.url.join("/api/payments"))
                .query(&[("reference", reference.as_str())]),
        };
        let Answer::Body(body) = self.send(call, READ_WITHIN).await? else {
            return Ok(None);
        };
        match which {
            Which::Id(_) => self.payment(&body).map(Some),
            Which::Reference(_) => {
                let found: Payments = read(&body)?;
                let first = found.data.into_iter().next();
                first.map(|payment| self.in_our_words(payment)).transpose()
            }
        }
    }

    async fn cancel_call(&self, provider_id: &str) -> Result<ProviderPayment, GatewayError> {
        let call = self.http.post(self.payment_url(provider_id, "/cancel")?);
        match self.send(call, READ_WITHIN).await? {
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
        self.in_our_words(read(body)?)
    }

    fn in_our_words(&self, payment: Payment) -> Result<ProviderPayment, GatewayError> {
        payment.in_our_words(&self.origins).map_err(|why| {
            tracing::error!(gateway = NAME, why, "the provider's answer makes no sense");
            GatewayError::Away
        })
    }
}

/// The answers of an API call that have a meaning.
enum Answer {
    Body(Vec<u8>),
    Missing,
    Conflict,
}

async fn answer(response: Response) -> Result<Answer, GatewayError> {
    let status = response.status();
    match status {
        status if status.is_success() => {
            let body = response.bytes().await.map_err(|error| away(&error))?;
            Ok(Answer::Body(body.to_vec()))
        }
        StatusCode::NOT_FOUND => Ok(Answer::Missing),
        StatusCode::CONFLICT => Ok(Answer::Conflict),
        // A wrong key is ours to mend, and the same call works once it is mended.
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
            tracing::error!(gateway = NAME, "the provider does not take our API key");
            Err(GatewayError::Away)
        }
        StatusCode::METHOD_NOT_ALLOWED | StatusCode::NOT_IMPLEMENTED => {
            Err(GatewayError::Unsupported)
        }
        StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT => Err(GatewayError::Away),
        status if status.is_client_error() => {
            tracing::error!(
                gateway = NAME,
                status = status.as_u16(),
                "the provider refuses"
            );
            Err(GatewayError::Refused)
        }
        _ => Err(GatewayError::Away),
    }
}

fn read<T: serde::de::DeserializeOwned>(body: &[u8]) -> Result<T, GatewayError> {
    serde_json::from_slice(body).map_err(|error| {
        // What stands there may be a secret address; where it stands says enough.
        let column = error.column();
        tracing::error!(
            gateway = NAME,
            column,
            "the provider's answer cannot be read"
        );
        GatewayError::Away
    })
}

fn away(error: &reqwest::Error) -> GatewayError {
    // The error would name the address; what kind of failure it is says enough.
    tracing::warn!(
        gateway = NAME,
        timeout = error.is_timeout(),
        connect = error.is_connect(),
        "the provider is away"
    );
    GatewayError::Away
}

impl Gateway for Sandbox {
    fn name(&self) -> &'static str {
        NAME
    }

    fn origins(&self) -> &[String] {
        &self.origins
    }

    fn create<'a>(&'a self, order: &'a Order) -> Call<'a, ProviderPayment> {
        Box::pin(self.create_call(order))
    }

    fn read<'a>(&'a self, which: &'a Which) -> Call<'a, Option<ProviderPayment>> {
        Box::pin(self.read_call(which))
    }

    fn cancel<'a>(&'a self, provider_id: &'a str) -> Call<'a, ProviderPayment> {
        Box::pin(self.cancel_call(provider_id))
    }

    fn verify_webhook(
        &self,
        headers: &HeaderMap,
        body: &[u8],
        now: Timestamp,
    ) -> Result<Notification, BadNotification> {
        signature::check(headers, body, self.webhook_secret.expose(), now)?;
        let webhook: Webhook =
            serde_json::from_slice(body).map_err(|_| BadNotification::Unreadable)?;
        Ok(Notification {
            event_id: webhook.id,
            reference: webhook.payment.reference,
        })
    }
}
