//! Serves a stand-in's routes on an origin of its own, records every call, and lets calls meet the
//! faults that a test has planned.

use std::net::SocketAddr;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::{self, Next};
use axum::response::{Html, IntoResponse as _, Response};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::controls::{Controls, Fault, Recorded};

/// The most that a call may contain.
const MOST_BYTES: usize = 1 << 20;

/// Makes the provider's own error body for a status.
pub(crate) type ErrorBody = fn(StatusCode) -> Response;

/// A running server. It stops when it is dropped.
pub(crate) struct Server {
    address: SocketAddr,
    task: JoinHandle<()>,
}

impl Server {
    /// Listens; port 0 takes any that is free.
    pub(crate) async fn bind(listen: SocketAddr) -> std::io::Result<TcpListener> {
        TcpListener::bind(listen).await
    }

    /// Serves the routes on a listener. The calls whose paths begin with one of `api` are recorded
    /// and can meet faults; pages for customers do neither.
    pub(crate) fn serve(
        listener: TcpListener,
        routes: Router,
        (controls, api, error): (Controls, &'static [&'static str], ErrorBody),
    ) -> std::io::Result<Self> {
        let address = listener.local_addr()?;
        let layer = middleware::from_fn_with_state((controls, api, error), meet);
        let routes = routes.layer(layer);
        let task = tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, routes).await {
                tracing::error!(%error, "a stand-in has stopped");
            }
        });
        Ok(Self { address, task })
    }

    /// Its origin.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn meet(
    State((controls, api, error)): State<(Controls, &'static [&'static str], ErrorBody)>,
    request: Request,
    next: Next,
) -> Response {
    let path = request.uri().path().to_owned();
    if !api.iter().any(|prefix| path.starts_with(prefix)) {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let Ok(body) = axum::body::to_bytes(body, MOST_BYTES).await else {
        return error(StatusCode::PAYLOAD_TOO_LARGE);
    };
    let method = parts.method.to_string();
    let place = controls.record(Recorded {
        method: method.clone(),
        path: path.clone(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        headers: parts
            .headers
            .iter()
            .map(|(name, value)| {
                let value = String::from_utf8_lossy(value.as_bytes());
                (name.to_string(), value.into_owned())
            })
            .collect(),
        body: body.to_vec(),
        status: 0,
    });
    let fault = controls.fault_of(&method, &path);
    let go_on = || next.run(Request::from_parts(parts, Body::from(body)));
    let response = match fault {
        None => go_on().await,
        Some(Fault::Status(status)) => {
            error(StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR))
        }
        Some(Fault::Html) => Html("<!doctype html><title>Maintenance</title>").into_response(),
        Some(Fault::LostAnswer) => {
            go_on().await;
            error(StatusCode::BAD_GATEWAY)
        }
        Some(Fault::Slow(pause)) => {
            let response = go_on().await;
            tokio::time::sleep(pause).await;
            response
        }
        Some(Fault::CutShort) => cut_short(go_on().await).await,
    };
    controls.record_status(place, response.status().as_u16());
    response
}

/// The first half of an answer, as if it were all.
async fn cut_short(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    let body = axum::body::to_bytes(body, MOST_BYTES).await;
    let body = body.unwrap_or_default();
    parts.headers.remove("content-length");
    let half = Bytes::copy_from_slice(&body[..body.len() / 2]);
    Response::from_parts(parts, Body::from(half))
}
