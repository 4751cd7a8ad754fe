//! Runs the backend as a process: it listens, deletes old rows from time to time, and stops within
//! seconds when it is asked to.

use std::io;
use std::time::Duration;

use tokio::net::TcpListener;

use crate::app::App;
use crate::db::{DbError, idempotency, sessions, sign_in_tries};
use crate::http::idempotency::KEPT_FOR;
use crate::limits::login_throttle::{FAMILIAR_FOR, FORGOTTEN_AFTER};
use crate::{holds, http, listen, payments};

/// How long running requests may take to finish while it is stopping.
const LAST_REQUESTS: Duration = Duration::from_secs(10);
/// How often old rows are deleted.
const TIDY_EVERY: Duration = Duration::from_secs(60 * 60);

/// Serves until `shutdown` completes. Then streams end at once, and other requests and calls to
/// payment providers get ten seconds each to finish.
///
/// # Errors
/// None at present: a connection that fails is logged by `listen::serve`.
pub async fn serve(
    app: App,
    listener: TcpListener,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let tidying = tokio::spawn(tidy_now_and_then(app.clone()));
    let watching_holds = tokio::spawn(holds::run(app.clone()));
    let watching_payments = tokio::spawn(payments::poller::run(app.clone()));
    let stopping = app.clone();
    let serving = listen::serve(
        listener,
        http::router(&app),
        listen::HEAD_WITHIN,
        async move {
            shutdown.await;
            stopping.stop();
        },
    );
    let too_long = async {
        app.stopped().await;
        tokio::time::sleep(LAST_REQUESTS).await;
    };
    tokio::select! {
        () = serving => {}
        () = too_long => tracing::warn!("some requests did not finish in time"),
    }
    app.stop();
    tidying.abort();
    let at_rest = async {
        let _ = watching_holds.await;
        // The poller ends by itself, and what it has begun is among what is waited for.
        let _ = watching_payments.await;
        app.gateways().finish().await;
    };
    if tokio::time::timeout(LAST_REQUESTS, at_rest).await.is_err() {
        tracing::warn!("a call to a payment provider did not finish in time");
    }
    Ok(())
}

async fn tidy_now_and_then(app: App) {
    let mut every = tokio::time::interval(TIDY_EVERY);
    loop {
        every.tick().await;
        if let Err(error) = tidy_up(&app).await {
            tracing::error!(%error, "what has run out could not be deleted");
        }
    }
}

/// Deletes sessions, kept answers, sign-in failures, launch tokens and notifications whose time has
/// run out.
///
/// # Errors
/// [`DbError`] if the database fails. Nothing is deleted then.
pub async fn tidy_up(app: &App) -> Result<(), DbError> {
    let now = app.now();
    let times = app.settings().session;
    app.db()
        .write(async |tx| {
            let began_by = now.minus(times.absolute);
            sessions::purge(tx, began_by, now.minus(times.idle)).await?;
            idempotency::purge(tx, now.minus(KEPT_FOR)).await?;
            let succeeded = now.minus(FAMILIAR_FOR);
            sign_in_tries::purge(tx, now.minus(FORGOTTEN_AFTER), succeeded).await?;
            payments::forget_old(tx, now).await?;
            Ok(())
        })
        .await
}
