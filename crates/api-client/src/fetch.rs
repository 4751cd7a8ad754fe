//! The browser's way to the backend: `fetch`.

use futures_util::stream;
use gloo_net::http::RequestBuilder;
use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortSignal, ReadableStreamDefaultReader, ReferrerPolicy, RequestCache, RequestCredentials,
};

use crate::{Chunks, Method, Request, Response, Transport, TransportError};

/// How long an answer may take, in milliseconds. The backend bounds its own
/// calls well below this.
const PATIENCE_MS: u32 = 20_000;

/// Sends with the browser's `fetch`, with the session's cookie.
#[derive(Clone, Debug)]
pub struct FetchTransport {
    base: String,
}

impl FetchTransport {
    /// `base` is the API's address, absolute or relative to the page's base,
    /// with no `/` at its end, as in `/api/v1`.
    pub fn new(base: &str) -> Self {
        Self {
            base: base.trim_end_matches('/').to_owned(),
        }
    }

    fn build(&self, request: &Request) -> Result<gloo_net::http::Request, TransportError> {
        let address = format!("{}{}", self.base, request.path);
        let mut builder = match request.method {
            Method::Get => RequestBuilder::new(&address),
            Method::Post => gloo_net::http::Request::post(&address),
            Method::Delete => gloo_net::http::Request::delete(&address),
        }
        .credentials(RequestCredentials::SameOrigin)
        .cache(RequestCache::NoStore)
        .referrer_policy(ReferrerPolicy::NoReferrer);
        for (name, value) in &request.headers {
            builder = builder.header(name, value);
        }
        let built = match &request.body {
            Some(body) => builder
                .header("Content-Type", "application/json")
                .body(body.as_str()),
            None => builder.build(),
        };
        built.map_err(|_| TransportError::Unreachable)
    }
}

impl Transport for FetchTransport {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        // The signal is read when the browser's request is made of this one.
        let signal = AbortSignal::timeout_with_u32(PATIENCE_MS);
        let built = self.build(&request)?;
        let options = web_sys::RequestInit::new();
        options.set_signal(Some(&signal));
        let raw: web_sys::Request = built.into();
        let timed = web_sys::Request::new_with_request_and_init(&raw, &options)
            .map_err(|_| TransportError::Unreachable)?;
        let answer = gloo_net::http::Request::from(timed).send().await;
        let response = answer.map_err(|_| failed(&signal))?;
        whole(response).await.map_err(|_| failed(&signal))
    }

    async fn open(&self, request: Request) -> Result<Result<Chunks, Response>, TransportError> {
        let unreachable = |_| TransportError::Unreachable;
        let response = self.build(&request)?.send().await.map_err(unreachable)?;
        if !response.ok() {
            return whole(response).await.map(Err).map_err(unreachable);
        }
        let body = response.body().ok_or(TransportError::Unreachable)?;
        let reader = body
            .get_reader()
            .unchecked_into::<ReadableStreamDefaultReader>();
        let chunks = stream::unfold(OpenReader(reader), |reader| async move {
            let chunk = reader.next().await?;
            Some((chunk, reader))
        });
        Ok(Ok(Box::pin(chunks)))
    }
}

fn failed(signal: &AbortSignal) -> TransportError {
    if signal.aborted() {
        TransportError::TimedOut
    } else {
        TransportError::Unreachable
    }
}

async fn whole(response: gloo_net::http::Response) -> Result<Response, gloo_net::Error> {
    Ok(Response {
        status: response.status(),
        etag: response.headers().get("ETag"),
        date: response.headers().get("Date"),
        body: response.text().await?,
    })
}

/// A body that is being read; dropping it ends the connection.
struct OpenReader(ReadableStreamDefaultReader);

impl OpenReader {
    async fn next(&self) -> Option<Result<Vec<u8>, TransportError>> {
        let Ok(step) = JsFuture::from(self.0.read()).await else {
            return Some(Err(TransportError::Unreachable));
        };
        let field = |name: &str| Reflect::get(&step, &JsValue::from_str(name)).ok();
        if field("done")?.is_truthy() {
            return None;
        }
        Some(Ok(Uint8Array::new(&field("value")?).to_vec()))
    }
}

impl Drop for OpenReader {
    fn drop(&mut self) {
        // Nobody waits for the end, and nothing can be done if it fails.
        let _ = self.0.cancel();
    }
}
