//! The browser's own client over the backend's real router, in this process. Whatever goes to
//! and fro has to be what openapi.json says.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use api_client::{Chunks, EventParser, Method, Request, Response, Transport, TransportError};
use axum::Router;
use axum::body::Body;
use axum::http::{self, HeaderMap, header};
use futures_util::StreamExt;
use tower::ServiceExt;

use super::description::{COMMITTED, Exchange};

/// The names of the operations that have been answered with what was asked for.
pub type Answered = Arc<Mutex<BTreeSet<String>>>;

/// Sends as one browser would: from the portal's origin, with the cookies that
/// it was given.
#[derive(Clone)]
pub struct InProcess {
    router: Router,
    origin: String,
    cookie: Arc<Mutex<Option<String>>>,
    answered: Answered,
}

/// What was sent, for the description to be held against.
struct Sent {
    request: Request,
    headers: HeaderMap,
}

impl InProcess {
    /// A browser with no cookies at the portal of this origin.
    pub fn new(router: Router, origin: &str, answered: Answered) -> Self {
        Self {
            router,
            origin: origin.to_owned(),
            cookie: Arc::default(),
            answered,
        }
    }

    async fn call(&self, request: Request) -> (Sent, http::Response<Body>) {
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
        let body = match &request.body {
            Some(json) => {
                built = built.header(header::CONTENT_TYPE, "application/json");
                Body::from(json.clone())
            }
            None => Body::empty(),
        };
        let built = built.body(body).unwrap();
        let headers = built.headers().clone();
        let answer = self.router.clone().oneshot(built).await.unwrap();
        self.keep_cookie(answer.headers());
        (Sent { request, headers }, answer)
    }

    /// Ends the test where the description says otherwise.
    fn check(&self, sent: &Sent, answer: &http::Response<Body>, body: Option<&[u8]>) {
        let (request, status) = (&sent.request, answer.status());
        let exchange = Exchange {
            method: request.method.as_str(),
            path: &format!("{}{}", api_types::API_BASE, request.path),
            sent: &sent.headers,
            sent_body: request.body.as_deref(),
            status: status.as_u16(),
            answered: answer.headers(),
            body,
        };
        match COMMITTED.check(&exchange) {
            Ok(operation) if status.is_success() || status.is_redirection() => {
                let mut answered = self.answered.lock().unwrap();
                answered.insert(operation.to_owned());
            }
            Ok(_) => {}
            Err(faults) => panic!(
                "openapi.json says otherwise of {request:?}, answered with {status}:\n{}",
                faults.join("\n")
            ),
        }
    }

    async fn whole(&self, sent: &Sent, answer: http::Response<Body>) -> Response {
        let (parts, body) = answer.into_parts();
        let bytes = axum::body::to_bytes(body, 1 << 20).await.unwrap();
        let answer = http::Response::from_parts(parts, Body::empty());
        self.check(sent, &answer, Some(&bytes));
        let text = |name| {
            let value = answer.headers().get(name);
            value.map(|value| value.to_str().unwrap().to_owned())
        };
        Response {
            status: answer.status().as_u16(),
            etag: text(header::ETAG),
            date: text(header::DATE),
            body: String::from_utf8(bytes.to_vec()).unwrap(),
        }
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

/// Ends the test where an event of a stream is not what the description says.
fn check_events(parser: &mut EventParser, bytes: &[u8]) {
    for event in parser.feed(bytes) {
        let faults = COMMITTED.event(&event.data);
        assert!(faults.is_empty(), "{}:\n{}", event.data, faults.join("\n"));
    }
}

impl Transport for InProcess {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        let (sent, answer) = self.call(request).await;
        Ok(self.whole(&sent, answer).await)
    }

    async fn open(&self, request: Request) -> Result<Result<Chunks, Response>, TransportError> {
        let (sent, answer) = self.call(request).await;
        if !answer.status().is_success() {
            return Ok(Err(self.whole(&sent, answer).await));
        }
        self.check(&sent, &answer, None);
        let kind = answer.headers().get(header::CONTENT_TYPE);
        let mut events = kind
            .is_some_and(|kind| kind == "text/event-stream")
            .then(EventParser::default);
        let chunks = answer.into_body().into_data_stream();
        let read = chunks.map(move |chunk| {
            let chunk = chunk.map_err(|_| TransportError::Unreachable)?;
            if let Some(events) = &mut events {
                check_events(events, &chunk);
            }
            Ok(chunk.to_vec())
        });
        Ok(Ok(Box::pin(read)))
    }
}
