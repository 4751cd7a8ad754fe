//! The HTTP client of the gateways: bounded in time and size, without redirects and proxies.

use std::time::Duration;

use reqwest::{RequestBuilder, StatusCode};
use serde::de::DeserializeOwned;

use super::{GatewayError, Transcript};

/// The timeout of a call that makes or moves something. It is long, because the customer does not
/// wait for its end.
pub(super) const WRITES_WITHIN: Duration = Duration::from_secs(10);
/// The timeout of a read. It is short, because the next read follows soon.
pub(super) const READS_WITHIN: Duration = Duration::from_secs(4);
/// The timeout of connecting, after which the provider counts as unreachable.
const CONNECTS_WITHIN: Duration = Duration::from_secs(2);
/// The most that an answer may contain.
const MOST_BYTES: usize = 1 << 20;

/// The client of one gateway.
#[derive(Clone, Debug)]
pub struct HttpClient {
    http: reqwest::Client,
    gateway: String,
    /// Where calls and answers are written down, for a trial.
    transcript: Option<Transcript>,
}

/// An answer, read to its end.
pub(super) struct HttpAnswer {
    pub(super) status: StatusCode,
    pub(super) body: Vec<u8>,
}

impl HttpClient {
    /// Makes the client of a gateway, which the logs name.
    ///
    /// # Errors
    /// [`reqwest::Error`] if it cannot be built, for example because TLS cannot be set up.
    pub(super) fn new(
        gateway: &str,
        transcript: Option<Transcript>,
    ) -> Result<Self, reqwest::Error> {
        let http = reqwest::Client::builder()
            .connect_timeout(CONNECTS_WITHIN)
            // A provider that sends us elsewhere is not the one that was set up.
            .redirect(reqwest::redirect::Policy::none())
            // The proxy of the machine's environment is not meant for payments.
            .no_proxy()
            .user_agent(concat!("portico/", env!("CARGO_PKG_VERSION")))
            .build()?;
        Ok(Self {
            http,
            gateway: gateway.to_owned(),
            transcript,
        })
    }

    /// The client itself, to begin a call with.
    pub(super) fn client(&self) -> &reqwest::Client {
        &self.http
    }

    /// Sends a call and reads its answer, whatever its status.
    ///
    /// # Errors
    /// [`GatewayError::Away`] if the provider cannot be reached, is slow, or answers with more than
    /// a megabyte.
    pub(super) async fn send(
        &self,
        call: RequestBuilder,
        within: Duration,
    ) -> Result<HttpAnswer, GatewayError> {
        let request = call.timeout(within).build();
        let request = request.map_err(|error| self.away(&error))?;
        if let Some(transcript) = &self.transcript {
            transcript.sent(&request);
        }
        let response = self.http.execute(request).await;
        let mut response = response.map_err(|error| self.away(&error))?;
        let status = response.status();
        let mut body = Vec::new();
        while let Some(part) = response.chunk().await.map_err(|error| self.away(&error))? {
            body.extend_from_slice(&part);
            if body.len() > MOST_BYTES {
                tracing::error!(gateway = self.gateway, "the provider's answer is too long");
                return Err(GatewayError::Away);
            }
        }
        if let Some(transcript) = &self.transcript {
            transcript.answered(status, &body);
        }
        Ok(HttpAnswer { status, body })
    }

    /// Reads a JSON body.
    ///
    /// # Errors
    /// [`GatewayError::Away`] if it is no JSON of the type.
    pub(super) fn read<T: DeserializeOwned>(&self, body: &[u8]) -> Result<T, GatewayError> {
        serde_json::from_slice(body).map_err(|error| {
            // What stands there may be a secret address; where it stands says enough.
            let (line, column) = (error.line(), error.column());
            tracing::error!(
                gateway = self.gateway,
                line,
                column,
                "the provider's answer cannot be read"
            );
            GatewayError::Away
        })
    }

    /// What a status without a meaning of its own comes to. `code` is the provider's word for it.
    pub(super) fn failure(&self, status: StatusCode, code: &str) -> GatewayError {
        let gateway = self.gateway.as_str();
        match status {
            // A wrong key is ours to mend, and the same call works once it is mended.
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
                tracing::error!(gateway, code, "the provider does not take our credentials");
                GatewayError::Away
            }
            StatusCode::METHOD_NOT_ALLOWED | StatusCode::NOT_IMPLEMENTED => {
                GatewayError::Unsupported
            }
            StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT => {
                tracing::warn!(gateway, code, "the provider asks for patience");
                GatewayError::Away
            }
            status if status.is_client_error() => {
                let status = status.as_u16();
                tracing::error!(gateway, status, code, "the provider refuses");
                GatewayError::Refused
            }
            status => {
                let status = status.as_u16();
                tracing::warn!(gateway, status, code, "the provider has a fault");
                GatewayError::Away
            }
        }
    }

    /// Notes an answer that can be read and makes no sense.
    pub(super) fn senseless(&self, why: &str) -> GatewayError {
        let gateway = self.gateway.as_str();
        tracing::error!(gateway, why, "the provider's answer makes no sense");
        GatewayError::Away
    }

    fn away(&self, error: &reqwest::Error) -> GatewayError {
        // The error would name the address; what kind of failure it is says enough.
        tracing::warn!(
            gateway = self.gateway,
            timeout = error.is_timeout(),
            connect = error.is_connect(),
            "the provider is away"
        );
        GatewayError::Away
    }
}
