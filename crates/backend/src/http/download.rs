//! Files that are written while they are sent, as fast as the caller reads them.
//!
//! The whole file is of one snapshot, so a change that comes meanwhile is in none of it. That holds
//! a reader of the database, so only a few files are written at once, and one whose caller stops
//! reading is abandoned. If that happens, the connection is broken off, so that nobody mistakes a
//! part for the whole.

use std::time::Duration;

use api_types::CustomerId;
use axum::body::{Body, Bytes};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderName, HeaderValue};
use axum::response::{IntoResponse as _, Response};
use futures_util::StreamExt as _;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

use super::error::ApiError;
use crate::app::App;
use crate::csv::{File, What};
use crate::db::{DbError, ReadTx, Terms};

/// How long a part waits until the caller reads it.
const PATIENCE: Duration = Duration::from_secs(60);
/// The longest that a file may take.
const LONGEST: Duration = Duration::from_secs(15 * 60);

/// A part of a file, or why there is none.
type Part = Result<Bytes, DbError>;

/// Answers with a file of a customer under a name.
///
/// # Errors
/// [`ApiError::Fields`] if the order needs a currency, [`ApiError::AmountTooLarge`] if an amount or
/// a sum is beyond its bound, [`ApiError::Internal`] if a stored value cannot be read, the database
/// fails, or the file ends without a first part. An error after the first part breaks the
/// connection off.
pub(super) async fn csv(
    app: &App,
    customer: CustomerId,
    terms: Terms,
    what: What,
    name: &str,
) -> Result<Response, ApiError> {
    // One part is on its way to the caller, one waits here, and one is being written.
    let (sender, mut parts) = mpsc::channel(1);
    tokio::spawn(write(app.clone(), customer, terms, what, sender));
    // Whether it can be written at all has to be known before the answer begins.
    let first = match parts.recv().await {
        Some(first) => first?,
        None => return Err(anyhow::anyhow!("a file ended before it began").into()),
    };
    let first = futures_util::stream::once(async { Ok(first) });
    let body = Body::from_stream(first.chain(ReceiverStream::new(parts)));
    let headers = [
        (
            CONTENT_TYPE,
            HeaderValue::from_static("text/csv; charset=utf-8; header=present"),
        ),
        (CONTENT_DISPOSITION, attachment(&format!("{name}.csv"))),
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
        // A proxy that collects answers would hide how far it is.
        (
            HeaderName::from_static("x-accel-buffering"),
            HeaderValue::from_static("no"),
        ),
    ];
    Ok((headers, body).into_response())
}

/// Tells a browser to keep the answer as a file (RFC 6266). The plain name is for those that
/// do not read the other one.
pub(super) fn attachment(name: &str) -> HeaderValue {
    let spoken = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_');
    let plain: String = name
        .chars()
        .map(|c| match u8::try_from(c) {
            Ok(b) if spoken(b) => c,
            Ok(b' ') => ' ',
            _ => '_',
        })
        .collect();
    let mut encoded = String::new();
    for b in name.bytes() {
        if spoken(b) {
            encoded.push(char::from(b));
        } else {
            encoded.push_str(&format!("%{b:02X}"));
        }
    }
    let value = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}");
    HeaderValue::from_str(&value).unwrap_or(HeaderValue::from_static("attachment"))
}

async fn write(
    app: App,
    customer: CustomerId,
    terms: Terms,
    what: What,
    sender: mpsc::Sender<Part>,
) {
    let Ok(_turn) = app.downloads().acquire().await else {
        return;
    };
    let words = app.words().clone();
    let writing = async {
        let run = async |tx: &ReadTx| {
            let mut file = File::begin(tx, &customer, &what, words, terms).await?;
            while let Some(part) = file.next(tx).await? {
                if !send_part(&app, &sender, part).await {
                    return Err(DbError::Refused("nobody takes the file".to_owned()));
                }
            }
            Ok(())
        };
        app.db().read(run).await
    };
    let why = match tokio::time::timeout(LONGEST, writing).await {
        Ok(Ok(())) => return,
        Ok(Err(why)) => why,
        Err(_) => DbError::Refused("the file took too long".to_owned()),
    };
    tracing::debug!(%why, "a file was given up");
    // The error breaks the connection. Who has gone already does not hear it.
    let _ = tokio::time::timeout(PATIENCE, sender.send(Err(why))).await;
}

/// Whether the caller read a part within a minute and before the backend stopped.
async fn send_part(app: &App, sender: &mpsc::Sender<Part>, part: String) -> bool {
    tokio::select! {
        sent = sender.send(Ok(part.into())) => sent.is_ok(),
        () = app.stopped() => false,
        () = tokio::time::sleep(PATIENCE) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::attachment;

    #[test]
    fn a_file_name_is_told_plainly_and_in_full() {
        for (name, value) in [
            (
                "payments 2026-11-21.csv",
                "attachment; filename=\"payments 2026-11-21.csv\"; \
                 filename*=UTF-8''payments%202026-11-21.csv",
            ),
            (
                "relevé \"a\"\r\n.csv",
                "attachment; filename=\"relev_ _a___.csv\"; \
                 filename*=UTF-8''relev%C3%A9%20%22a%22%0D%0A.csv",
            ),
        ] {
            assert_eq!(attachment(name), value, "{name}");
        }
    }
}
