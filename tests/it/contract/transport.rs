//! The browser's own client over the backend's real router, in this process.

use std::sync::{Arc, Mutex};

use api_client::{Chunks, Method, Request, Response, Transport, TransportError};
use axum::Router;
use axum::body::Body;
use axum::http::{self, HeaderMap, header};
use futures_util::StreamExt;
use tower::ServiceExt;

/// Sends as one browser would: from the portal's origin, with the cookies that
/// it was given.
#[derive(Clone)]
pub struct InProcess {
    router: Router,
    origin: String,
    cookie: Arc<Mutex<Option<String>>>,
}

impl InProcess {
    /// A browser with no cookies at the portal of this origin.
    pub fn new(router: Router, origin: &str) -> Self {
        Self {
            router,
            origin: origin.to_owned(),
            cookie: Arc::default(),
        }
    }

    async fn call(&self, request: Request) -> http::Response<Body> {
        let host = self.origin.split_once("://").unwrap().1;
        let mut built = http::Request::builder()
            .method(request.method.as_str())
            .uri(format!("{}{}", api_types::API_BASE, request.path))
            .header(header::HOST, host);
        if request.method != Method::Get {
            built = built.header(header::ORIGIN, &self.origin);
        }
        if let Some(cookie) = &*self.cookie.lock().unwrap() {
            built = built.header(header::COOKIE, cookie);
        }
        for (name, value) in &request.headers {
            built = built.header(*name, value);
        }
        let body = match request.body {
            Some(json) => {
                built = built.header(header::CONTENT_TYPE, "application/json");
                Body::from(json)
            }
            None => Body::empty(),
        };
        let answer = self
            .router
            .clone()
            .oneshot(built.body(body).unwrap())
            .await
            .unwrap();
        self.keep_cookie(answer.headers());
        answer
    }

    fn keep_cookie(&self, headers: &HeaderMap) {
        let Some(set) = headers.get(header::SET_COOKIE) else {
            return;
        };
        let pair = set.to_str().unwrap().split(';').next().unwrap();
        let ended = pair.ends_with('=');
        *self.cookie.lock().unwrap() = (!ended).then(|| pair.to_owned());
    }
}

async fn whole(answer: http::Response<Body>) -> Response {
    let text = |name| {
        answer
            .headers()
            .get(name)
            .map(|v| v.to_str().unwrap().to_owned())
    };
    let (etag, date) = (text(header::ETAG), text(header::DATE));
    let status = answer.status().as_u16();
    let bytes = axum::body::to_bytes(answer.into_body(), 1 << 20)
        .await
        .unwrap();
    Response {
        status,
        etag,
        date,
        body: String::from_utf8(bytes.to_vec()).unwrap(),
    }
}

impl Transport for InProcess {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        Ok(whole(self.call(request).await).await)
    }

    async fn open(&self, request: Request) -> Result<Result<Chunks, Response>, TransportError> {
        let answer = self.call(request).await;
        if !answer.status().is_success() {
            return Ok(Err(whole(answer).await));
        }
        let chunks = answer.into_body().into_data_stream();
        let read = chunks.map(|chunk| {
            chunk
                .map(|bytes| bytes.to_vec())
                .map_err(|_| TransportError::Unreachable)
        });
        Ok(Ok(Box::pin(read)))
    }
}
