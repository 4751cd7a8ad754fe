//! Calls of PayPal's API: with an access token, by a key where something is made, and with PayPal's
//! own words where it refuses.

use std::time::Duration;

use reqwest::{Method, RequestBuilder, StatusCode};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::token::TokenStore;
use super::wire::{Failed, Token};
use crate::gateways::GatewayError;
use crate::gateways::http::{HttpAnswer, HttpClient, READS_WITHIN, WRITES_WITHIN};
use crate::settings::{PublicUrl, Secret};

/// The client of one account.
#[derive(Debug)]
pub(super) struct Client {
    http: HttpClient,
    url: PublicUrl,
    client_id: Secret,
    client_secret: Secret,
    token: TokenStore,
}

/// An answer that is no success: its status, PayPal's name for the error, and what exactly it is.
pub(super) struct Refusal {
    pub(super) status: StatusCode,
    name: String,
    pub(super) issue: String,
    field: String,
}

impl Client {
    /// A client by an account's credentials.
    pub(super) fn new(
        http: HttpClient,
        url: PublicUrl,
        (client_id, client_secret): (Secret, Secret),
    ) -> Self {
        Self {
            http,
            url,
            client_id,
            client_secret,
            token: TokenStore::default(),
        }
    }

    /// The origin of the API.
    pub(super) fn origin(&self) -> &str {
        self.url.origin()
    }

    /// Notes an answer that can be read and makes no sense.
    pub(super) fn senseless(&self, why: &str) -> GatewayError {
        self.http.senseless(why)
    }

    async fn ask_for_token(&self) -> Result<(Secret, Duration), GatewayError> {
        let call = self
            .http
            .client()
            .post(self.url.join("/v1/oauth2/token"))
            .basic_auth(self.client_id.expose(), Some(self.client_secret.expose()))
            .form(&[("grant_type", "client_credentials")]);
        let answer = self.http.send(call, READS_WITHIN).await?;
        if !answer.status.is_success() {
            return Err(self.http.failure(answer.status, "token"));
        }
        let token: Token = self.http.read(&answer.body)?;
        let lives = Duration::from_secs(token.expires_in);
        Ok((Secret::new(&token.access_token), lives))
    }

    /// Sends a call with an access token; with a fresh one if the first one is not taken any more.
    async fn send(
        &self,
        call: impl Fn() -> RequestBuilder,
        within: Duration,
    ) -> Result<HttpAnswer, GatewayError> {
        for is_last in [false, true] {
            let token = self.token.get(self.ask_for_token()).await?;
            let with_token = call().bearer_auth(token.expose());
            let answer = self.http.send(with_token, within).await?;
            if answer.status == StatusCode::UNAUTHORIZED && !is_last {
                self.token.forget(&token).await;
                continue;
            }
            return Ok(answer);
        }
        Err(GatewayError::Away)
    }

    fn call(&self, method: Method, path: &str) -> RequestBuilder {
        let call = self.http.client().request(method, self.url.join(path));
        call.header("Prefer", "return=representation")
            .header("Content-Type", "application/json")
    }

    /// Writes by a key, under which PayPal does it once.
    ///
    /// # Errors
    /// [`GatewayError::Away`] if PayPal cannot be reached, takes no token of ours, or its answer
    /// cannot be read.
    pub(super) async fn post<T: DeserializeOwned>(
        &self,
        path: &str,
        body: &impl Serialize,
        key: &str,
    ) -> Result<Result<T, Refusal>, GatewayError> {
        let call = || {
            let call = self.call(Method::POST, path);
            call.header("PayPal-Request-Id", key).json(body)
        };
        let answer = self.send(call, WRITES_WITHIN).await?;
        self.read_answer(&answer)
    }

    /// Reads.
    ///
    /// # Errors
    /// [`GatewayError::Away`] if PayPal cannot be reached, takes no token of ours, or its answer
    /// cannot be read.
    pub(super) async fn get<T: DeserializeOwned>(
        &self,
        path: &str,
        query: &[(&str, &str)],
    ) -> Result<Result<T, Refusal>, GatewayError> {
        let call = || self.call(Method::GET, path).query(query);
        let answer = self.send(call, READS_WITHIN).await?;
        self.read_answer(&answer)
    }

    fn read_answer<T: DeserializeOwned>(
        &self,
        answer: &HttpAnswer,
    ) -> Result<Result<T, Refusal>, GatewayError> {
        if answer.status.is_success() {
            return self.http.read(&answer.body).map(Ok);
        }
        let failed: Failed = serde_json::from_slice(&answer.body).unwrap_or_default();
        let detail = failed.details.into_iter().next().unwrap_or_default();
        Ok(Err(Refusal {
            status: answer.status,
            name: failed.name,
            issue: detail.issue,
            field: detail.field,
        }))
    }

    /// What a refusal without a meaning of its own comes to.
    pub(super) fn failure(&self, refusal: &Refusal) -> GatewayError {
        let Refusal {
            status,
            name,
            issue,
            field,
        } = refusal;
        // The same call is under way: the next one finds what it has made.
        if issue == "PREVIOUS_REQUEST_IN_PROGRESS" || *status == StatusCode::CONFLICT {
            return GatewayError::Away;
        }
        self.http
            .failure(*status, format!("{name} {issue} {field}").trim())
    }

    /// Asks a question whose body is given byte by byte.
    ///
    /// # Errors
    /// [`GatewayError::Away`] if PayPal cannot be reached, takes no token of ours, or its answer
    /// cannot be read.
    pub(super) async fn ask<T: DeserializeOwned>(
        &self,
        path: &str,
        body: &str,
    ) -> Result<Result<T, Refusal>, GatewayError> {
        let call = || self.call(Method::POST, path).body(body.to_owned());
        let answer = self.send(call, READS_WITHIN).await?;
        self.read_answer(&answer)
    }
}
