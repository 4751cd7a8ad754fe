//! The browser's way to the backend: `fetch`.

use futures_util::stream;
use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, AbortSignal, Headers, ReadableStreamDefaultReader, ReferrerPolicy,
    RequestCache, RequestCredentials, RequestInit,
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

    fn build(
        &self,
        request: &Request,
        call: &Call,
    ) -> Result<gloo_net::http::Request, TransportError> {
        let built = self.try_build(request, call);
        built.map_err(|_| TransportError::Unreachable)
    }

    fn try_build(
        &self,
        request: &Request,
        call: &Call,
    ) -> Result<gloo_net::http::Request, JsValue> {
        let options = RequestInit::new();
        options.set_method(request.method.as_str());
        options.set_credentials(RequestCredentials::SameOrigin);
        options.set_cache(RequestCache::NoStore);
        options.set_referrer_policy(ReferrerPolicy::NoReferrer);
        options.set_signal(Some(&call.controller.signal()));
        let headers = Headers::new()?;
        for (name, value) in &request.headers {
            headers.append(name, value)?;
        }
        if let Some(body) = &request.body {
            headers.append("Content-Type", "application/json")?;
            options.set_body(&JsValue::from_str(body));
        }
        options.set_headers(&headers);
        if request.method != Method::Get && outlives_the_page(request) {
            Reflect::set(&options, &JsValue::from_str("keepalive"), &JsValue::TRUE)?;
        }
        let address = format!("{}{}", self.base, request.path);
        web_sys::Request::new_with_str_and_init(&address, &options).map(Into::into)
    }
}

/// Whether a write reaches the server even if the page goes away while it is sent. Browsers allow
/// that for about 64 KB. A browser within an app may leave the page the moment that a window is
/// opened.
fn outlives_the_page(request: &Request) -> bool {
    request
        .body
        .as_ref()
        .is_none_or(|body| body.len() <= 16_000)
}

impl Transport for FetchTransport {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        // What is written is written, whether or not anybody waits for the answer.
        let reads = request.method == Method::Get;
        let call = Call::new(reads).ok_or(TransportError::Unreachable)?;
        let answer = self.build(&request, &call)?.send().await;
        let response = answer.map_err(|_| call.failure())?;
        whole(response).await.map_err(|_| call.failure())
    }

    async fn open(&self, request: Request) -> Result<Result<Chunks, Response>, TransportError> {
        let call = Call::new(true).ok_or(TransportError::Unreachable)?;
        let answer = self.build(&request, &call)?.send().await;
        let response = answer.map_err(|_| call.failure())?;
        if !response.ok() {
            return whole(response).await.map(Err).map_err(|_| call.failure());
        }
        // It has begun to answer, and may go on for as long as it likes.
        call.be_patient();
        let body = response.body().ok_or(TransportError::Unreachable)?;
        let reader = body
            .get_reader()
            .unchecked_into::<ReadableStreamDefaultReader>();
        let open = OpenReader {
            reader,
            _call: call,
        };
        let chunks = stream::unfold(open, |open| async move {
            let chunk = open.next().await?;
            Some((chunk, open))
        });
        Ok(Ok(Box::pin(chunks)))
    }
}

/// A request that is under way. It ends when its time is up. A read also ends when it is dropped,
/// even before the first byte, because nobody is left to take the answer.
struct Call {
    controller: AbortController,
    patience: AbortSignal,
    ends_when_dropped: bool,
    _give_up: Closure<dyn FnMut()>,
}

impl Call {
    fn new(ends_when_dropped: bool) -> Option<Self> {
        let controller = AbortController::new().ok()?;
        let patience = AbortSignal::timeout_with_u32(PATIENCE_MS);
        let give_up = {
            let controller = controller.clone();
            Closure::<dyn FnMut()>::new(move || controller.abort())
        };
        patience.set_onabort(Some(give_up.as_ref().unchecked_ref()));
        Some(Self {
            controller,
            patience,
            ends_when_dropped,
            _give_up: give_up,
        })
    }

    /// Lifts the time limit.
    fn be_patient(&self) {
        self.patience.set_onabort(None);
    }

    fn failure(&self) -> TransportError {
        if self.patience.aborted() {
            TransportError::TimedOut
        } else {
            TransportError::Unreachable
        }
    }
}

impl Drop for Call {
    fn drop(&mut self) {
        self.be_patient();
        if self.ends_when_dropped {
            self.controller.abort();
        }
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
struct OpenReader {
    reader: ReadableStreamDefaultReader,
    _call: Call,
}

impl OpenReader {
    async fn next(&self) -> Option<Result<Vec<u8>, TransportError>> {
        let Ok(step) = JsFuture::from(self.reader.read()).await else {
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
        let _ = self.reader.cancel();
    }
}
