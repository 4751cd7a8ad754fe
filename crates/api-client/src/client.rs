//! The caller: whose account, in whose name, and what was heard before.

use api_types::{
    BACKGROUND_HEADER, CustomerId, IDEMPOTENCY_HEADER, PERSON_HEADER, REQUEST_HEADER, Timestamp,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::cache::Cache;
use crate::{ApiError, Chunks, Method, Request, Response, Transport, http_date};

/// Calls the backend. A clone shares the transport and the answers that were kept.
#[derive(Clone)]
pub struct Client<T> {
    transport: T,
    person: Option<CustomerId>,
    background: bool,
    cache: Cache,
}

/// A value that says when the server reckoned it.
pub(crate) trait Renewable {
    /// Notes that the server has just confirmed the value, at `as_of` by its own clock.
    fn renew(&mut self, as_of: Timestamp);
}

impl<T: Transport + Clone> Client<T> {
    /// A caller who is not signed in.
    pub fn new(transport: T) -> Self {
        Self {
            transport,
            person: None,
            background: false,
            cache: Cache::default(),
        }
    }

    /// The same caller for one person's account. It starts without kept answers, so that none about
    /// another person's account is used.
    pub fn about(&self, person: CustomerId) -> Self {
        Self {
            transport: self.transport.clone(),
            person: Some(person),
            background: false,
            cache: Cache::default(),
        }
    }

    /// The same caller for requests that the customer did not cause: they do
    /// not keep the session alive.
    pub fn in_background(&self) -> Self {
        Self {
            background: true,
            ..self.clone()
        }
    }

    /// Forgets the answers that were kept, for every clone too.
    pub fn forget_answers(&self) {
        self.cache.forget();
    }

    /// The transport that requests go through.
    pub(crate) fn transport(&self) -> &T {
        &self.transport
    }

    /// A request with the headers that every one of this caller's has.
    pub(crate) fn request(&self, method: Method, path: impl Into<String>) -> Request {
        let mut headers = Vec::new();
        if let Some(person) = &self.person {
            headers.push((PERSON_HEADER, person.to_string()));
        }
        if self.background {
            headers.push((BACKGROUND_HEADER, "1".to_owned()));
        }
        if method != Method::Get {
            headers.push((REQUEST_HEADER, "1".to_owned()));
        }
        Request {
            method,
            path: path.into(),
            headers,
            body: None,
        }
    }

    /// Reads a value.
    pub(crate) async fn get<V: DeserializeOwned>(&self, path: &str) -> Result<V, ApiError> {
        self.read(path).await.map(|(value, _)| value)
    }

    /// Reads a value that says how old it is.
    pub(crate) async fn get_dated<V>(&self, path: &str) -> Result<V, ApiError>
    where
        V: DeserializeOwned + Renewable,
    {
        let (mut value, confirmed_at) = self.read::<V>(path).await?;
        if let Some(as_of) = confirmed_at {
            value.renew(as_of);
        }
        Ok(value)
    }

    /// Reads a value. Where the server says that the kept answer still holds, also returns when it
    /// said so, by its own clock.
    async fn read<V: DeserializeOwned>(
        &self,
        path: &str,
    ) -> Result<(V, Option<Timestamp>), ApiError> {
        let mut request = self.request(Method::Get, path);
        let known = self.cache.get(path);
        if let Some(kept) = &known {
            request.headers.push(("If-None-Match", kept.etag.clone()));
        }
        let response = self.transport.send(request).await?;
        if let (304, Some(kept)) = (response.status, known) {
            let value = parse(response.status, &kept.body)?;
            return Ok((value, response.date.as_deref().and_then(http_date::parse)));
        }
        let value = success(&response)?;
        if let Some(etag) = response.etag {
            self.cache.keep(path, etag, response.body);
        }
        Ok((value, None))
    }

    /// Reads a file piece by piece; dropping what comes back ends the reading.
    pub(crate) async fn file(&self, path: &str) -> Result<Chunks, ApiError> {
        let opened = self.transport.open(self.request(Method::Get, path)).await?;
        opened.map_err(|response| ApiError::of(&response))
    }

    /// Writes, and reads the value that comes of it.
    pub(crate) async fn post<V: DeserializeOwned>(
        &self,
        path: &str,
        body: &impl Serialize,
    ) -> Result<V, ApiError> {
        success(&self.transport.send(self.write(path, body)?).await?)
    }

    /// Writes what must not happen twice: the same key gives the same answer.
    pub(crate) async fn post_once<V: DeserializeOwned>(
        &self,
        path: &str,
        key: &str,
        body: &impl Serialize,
    ) -> Result<V, ApiError> {
        let mut request = self.write(path, body)?;
        request.headers.push((IDEMPOTENCY_HEADER, key.to_owned()));
        success(&self.transport.send(request).await?)
    }

    fn write(&self, path: &str, body: &impl Serialize) -> Result<Request, ApiError> {
        let mut request = self.request(Method::Post, path);
        let text = serde_json::to_string(body).map_err(|_| ApiError::Garbled { status: 0 })?;
        request.body = Some(text);
        Ok(request)
    }
}

pub(crate) fn success<V: DeserializeOwned>(response: &Response) -> Result<V, ApiError> {
    if (200..300).contains(&response.status) {
        parse(response.status, &response.body)
    } else {
        Err(ApiError::of(response))
    }
}

fn parse<V: DeserializeOwned>(status: u16, body: &str) -> Result<V, ApiError> {
    serde_json::from_str(body).map_err(|_| ApiError::Garbled { status })
}
