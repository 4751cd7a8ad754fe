//! Stripe, by Checkout Sessions: a page of Stripe's, which takes cards and whatever else the account
//! has switched on.
//!
//! Sources: <https://docs.stripe.com/api/checkout/sessions>,
//! <https://docs.stripe.com/checkout/fulfillment>, <https://docs.stripe.com/webhooks/signature>,
//! <https://docs.stripe.com/api/idempotent_requests>.

mod amounts;
mod notification;
#[cfg(test)]
mod notification_tests;
mod order;
mod payment;
#[cfg(test)]
mod tests;
mod wire;

use std::sync::Arc;
use std::time::Duration;

use api_types::Currency;
use reqwest::{Method, StatusCode};
use serde::de::DeserializeOwned;

use self::order::Fields;
use self::wire::{Failed, List, Refund, Session};
use super::http::{HttpClient, READS_WITHIN, WRITES_WITHIN};
use super::{
    Abilities, AmountLimits, BadNotification, Call, Closing, CredentialKind, Ended, Gateway,
    GatewayError, GatewayKind, IncomingNotification, Known, Notification, Order, PaymentEvents,
    ProviderPayment, ProviderRefund, ProviderState, READS_FOR_A_MONTH, RefundOrder, Refunds,
    Schedule, timed_signature,
};
use crate::settings::{GatewaySettings, Mode, PublicUrl, Secret};

/// What is known of it before it is set up.
pub(super) const KIND: GatewayKind = GatewayKind {
    name: "stripe",
    credentials: &[
        CredentialKind {
            name: "secret_key",
            least: 16,
        },
        CredentialKind {
            name: "webhook_secret",
            least: 16,
        },
    ],
    own_url: |_| Some(OWN_URL),
    check,
    open: |settings, http| Arc::new(Stripe::new(settings, http)),
};

/// Stripe's API. Which mode a call is in, its key says.
const OWN_URL: &str = "https://api.stripe.com";
/// Where Stripe's own pages are.
const OWN_PAGES: &str = "https://checkout.stripe.com";
/// The version of the API that this module was written by.
const VERSION: &str = "2026-02-25.clover";
/// The header that carries the signature of a notification.
const SIGNATURE_HEADER: &str = "stripe-signature";
/// What a session is read with.
const EXPAND: (&str, &str) = (
    "expand[0]",
    "payment_intent.latest_charge.balance_transaction",
);
/// A session can live from 30 minutes to 24 hours, by Stripe's clock. Bank debits take up to two
/// weeks, and vouchers and transfers longer.
const SCHEDULE: Schedule = Schedule {
    lifetime: Duration::from_mins(60),
    reads: READS_FOR_A_MONTH,
    waits_for_money: Duration::from_hours(21 * 24),
};
/// Keys are kept for 24 hours at least. What is not known some time before that is only read.
const KEY_LIVES: Duration = Duration::from_hours(20);

/// An account at Stripe.
#[derive(Debug)]
struct Stripe {
    id: String,
    http: HttpClient,
    url: PublicUrl,
    origins: Vec<String>,
    livemode: bool,
    secret_key: Secret,
    webhook_secret: Secret,
}

fn check(settings: &GatewaySettings) -> Vec<(String, String)> {
    let mut problems = Vec::new();
    let key = settings.credential("secret_key");
    let mode = settings.mode.as_str();
    let fits = ["sk", "rk"]
        .iter()
        .any(|kind| key.expose().starts_with(&format!("{kind}_{mode}_")));
    if !fits {
        let why = format!(
            "a key for mode = \"{mode}\" begins with sk_{mode}_, or with rk_{mode}_ if it is a \
             restricted one"
        );
        problems.push(("credentials.secret_key".to_owned(), why));
    }
    if !settings
        .credential("webhook_secret")
        .expose()
        .starts_with("whsec_")
    {
        let why = "the signing secret of a webhook endpoint begins with whsec_";
        problems.push(("credentials.webhook_secret".to_owned(), why.to_owned()));
    }
    problems
}

impl Stripe {
    /// Makes a client for the account that the settings name.
    fn new(settings: &GatewaySettings, http: HttpClient) -> Self {
        let pages = settings.pages.iter().map(|page| page.origin().to_owned());
        let own = match &settings.url {
            Some(url) if url.to_string() != OWN_URL => url.origin().to_owned(),
            _ => OWN_PAGES.to_owned(),
        };
        let url = settings.url.clone();
        Self {
            id: settings.id.clone(),
            http,
            url: url
                .or_else(|| PublicUrl::parse(OWN_URL).ok())
                .unwrap_or_else(|| PublicUrl::loopback(0)),
            origins: pages.chain([own]).collect(),
            livemode: settings.mode == Mode::Live,
            secret_key: settings.credential("secret_key"),
            webhook_secret: settings.credential("webhook_secret"),
        }
    }

    /// Writes, if need be by a key under which Stripe answers the same again.
    async fn post<T: DeserializeOwned>(
        &self,
        path: &str,
        fields: &Fields,
        key: Option<&str>,
    ) -> Result<T, GatewayError> {
        let mut call = self.call(Method::POST, path).form(fields);
        if let Some(key) = key {
            call = call.header("Idempotency-Key", key);
        }
        self.send(call, WRITES_WITHIN)
            .await?
            .ok_or(GatewayError::Refused)
    }

    /// Reads; `None` if there is no such thing.
    async fn get<T: DeserializeOwned>(
        &self,
        path: &str,
        query: &[(&str, &str)],
    ) -> Result<Option<T>, GatewayError> {
        let call = self.call(Method::GET, path).query(query);
        self.send(call, READS_WITHIN).await
    }

    fn call(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.http
            .client()
            .request(method, self.url.join(path))
            .bearer_auth(self.secret_key.expose())
            .header("Stripe-Version", VERSION)
    }

    async fn send<T: DeserializeOwned>(
        &self,
        call: reqwest::RequestBuilder,
        within: Duration,
    ) -> Result<Option<T>, GatewayError> {
        let answer = self.http.send(call, within).await?;
        if answer.status.is_success() {
            return self.http.read(&answer.body).map(Some);
        }
        let failed: Failed = serde_json::from_slice(&answer.body).unwrap_or_default();
        let failure = failed.error;
        let what = format!("{} {} {}", failure.kind, failure.code, failure.param);
        match answer.status {
            StatusCode::NOT_FOUND if failure.code == "resource_missing" => Ok(None),
            // The same call is under way: the next one finds what it has made.
            StatusCode::CONFLICT => Err(GatewayError::Away),
            status => Err(self.http.failure(status, what.trim())),
        }
    }

    async fn create_call(&self, order: &Order) -> Result<ProviderPayment, GatewayError> {
        let fields = order::session(order).ok_or(GatewayError::Refused)?;
        let key = format!("{}-create", order.reference);
        let session: Session = self
            .post("/v1/checkout/sessions", &fields, Some(&key))
            .await?;
        self.in_our_words(&session)
    }

    async fn read_call(&self, known: &Known) -> Result<Option<ProviderPayment>, GatewayError> {
        let id = known.id.as_deref().ok_or(GatewayError::Unsupported)?;
        let path = session_path(id, "")?;
        let Some(session) = self.get::<Session>(&path, &[EXPAND]).await? else {
            return Ok(None);
        };
        let mut payment = self.in_our_words(&session)?;
        if let ProviderState::Paid(money) = &payment.state {
            // That the money is there holds, whether or not the rest can be read now.
            payment.events = self.events(&money.payment_id).await;
        }
        Ok(Some(payment))
    }

    /// All refunds and disputes of an intent, as far as they can be read.
    async fn events(&self, intent: &str) -> PaymentEvents {
        let query = [("payment_intent", intent), ("limit", "100")];
        let refunds = self.get::<List>("/v1/refunds", &query);
        let disputes = self.get::<List>("/v1/disputes", &query);
        let (refunds, disputes) = tokio::join!(refunds, disputes);
        let is_missing = !matches!((&refunds, &disputes), (Ok(Some(_)), Ok(Some(_))));
        let nothing = || List {
            data: Vec::new(),
            has_more: false,
        };
        let refunds = refunds.ok().flatten().unwrap_or_else(nothing);
        let disputes = disputes.ok().flatten().unwrap_or_else(nothing);
        // More than a hundred of one payment are for a person to look at.
        let has_more = refunds.has_more || disputes.has_more;
        let events = payment::events(refunds.data, disputes.data);
        PaymentEvents {
            is_unreadable: events.is_unreadable || has_more,
            is_missing,
            ..events
        }
    }

    async fn cancel_call(&self, known: &Known) -> Result<ProviderPayment, GatewayError> {
        let id = known.id.as_deref().ok_or(GatewayError::Unsupported)?;
        let path = session_path(id, "/expire")?;
        // By a key, a fault would be answered again for a day; without one it is harmless twice.
        let expired = self.post::<Session>(&path, &Fields::new(), None).await;
        match expired {
            Ok(session) => {
                // The answer names the intent alone, and money may be on its way by it.
                let mut payment = match self.read_call(known).await {
                    Ok(Some(payment)) => payment,
                    _ => self.in_our_words(&session)?,
                };
                // It expires because it was cancelled here.
                if let ProviderState::Ended(ending) = &mut payment.state {
                    ending.how = Ended::Cancelled;
                }
                Ok(payment)
            }
            // Only an open session can be made to expire: the customer has paid, or it has ended.
            Err(GatewayError::Refused) => Err(GatewayError::TooLate),
            Err(error) => Err(error),
        }
    }

    async fn refund_call(&self, refund: &RefundOrder) -> Result<ProviderRefund, GatewayError> {
        let fields = order::refund(refund).ok_or(GatewayError::Refused)?;
        let made: Refund = self.post("/v1/refunds", &fields, Some(&refund.key)).await?;
        let unreadable = || self.http.senseless("its refund cannot be read");
        payment::refund(&made).ok_or_else(unreadable)
    }

    fn in_our_words(&self, session: &Session) -> Result<ProviderPayment, GatewayError> {
        let read = payment::payment(session, (&self.origins, self.livemode));
        read.map_err(|why| self.http.senseless(why))
    }
}

/// The path of a session. An id that would change the path is refused.
fn session_path(id: &str, below: &str) -> Result<String, GatewayError> {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    if id.is_empty() || !id.bytes().all(plain) {
        return Err(GatewayError::Refused);
    }
    Ok(format!("/v1/checkout/sessions/{id}{below}"))
}

impl Gateway for Stripe {
    fn id(&self) -> &str {
        &self.id
    }

    fn origins(&self) -> &[String] {
        &self.origins
    }

    fn abilities(&self) -> Abilities {
        Abilities {
            finds_by_reference: false,
            closing: Closing::ByCall,
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

    fn cancel<'a>(&'a self, payment: &'a Known) -> Call<'a, ProviderPayment> {
        Box::pin(self.cancel_call(payment))
    }

    fn refund<'a>(&'a self, refund: &'a RefundOrder) -> Call<'a, ProviderRefund> {
        Box::pin(self.refund_call(refund))
    }

    fn verify<'a>(
        &'a self,
        incoming: IncomingNotification<'a>,
    ) -> Call<'a, Notification, BadNotification> {
        Box::pin(async move {
            let IncomingNotification { headers, body, now } = incoming;
            let secret = self.webhook_secret.expose();
            timed_signature::check((headers, SIGNATURE_HEADER), body, secret, now)?;
            notification::read(body, self.livemode)
        })
    }
}
