//! The launch page's question: where to? It has nothing but its token, and a
//! wrong token learns nothing that a right one would not.

use api_types::{CheckoutStatus, LaunchAnswer, LaunchToken};

use super::{apply, secrets};
use crate::app::App;
use crate::db::{DbError, ReadTx, WriteTx, attempts, checkouts, customers, launch_tokens};
use crate::points::point;

/// Answers a launch page: where to go, once, or to ask again. The page may ask before its
/// checkout is made, and before the provider has answered.
pub async fn launch(app: &App, token: &LaunchToken) -> Result<LaunchAnswer, DbError> {
    if !secrets::is_launch_token(token) {
        return Ok(LaunchAnswer::Wait);
    }
    let hash = secrets::hash_of(token);
    let now = app.now();
    let found = app
        .db()
        .read(async |tx: &ReadTx| {
            let Some(token) = launch_tokens::find(tx, &hash, now).await? else {
                return Ok(None);
            };
            let page = page(app, tx, &token).await?;
            Ok::<_, DbError>(Some((token, page)))
        })
        .await?;
    match found {
        // Guesses write nothing.
        None => Ok(LaunchAnswer::Wait),
        Some((token, None)) if token.asked => Ok(LaunchAnswer::Wait),
        Some(_) => hand_out(app, &hash).await,
    }
}

/// Notes that the page has asked, and hands out the address if there is one by now.
async fn hand_out(app: &App, hash: &str) -> Result<LaunchAnswer, DbError> {
    let now = app.now();
    let (answer, news) = app
        .db()
        .write(async |tx| {
            let Some(token) = launch_tokens::find(tx, hash, now).await? else {
                return Ok((LaunchAnswer::Wait, None));
            };
            let news = if launch_tokens::launched(tx, &token.checkout).await? {
                None
            } else {
                Some(launched(tx, &token.checkout).await?)
            };
            launch_tokens::asked(tx, hash, now).await?;
            let answer = match page(app, tx, &token).await? {
                Some(go) if launch_tokens::spend(tx, hash, now).await? => go,
                _ => LaunchAnswer::Wait,
            };
            Ok::<_, DbError>((answer, news))
        })
        .await?;
    if matches!(answer, LaunchAnswer::Go { .. }) {
        point!("launch.handed_out");
    }
    if let Some((checkout, version)) = news {
        tracing::info!(checkout = %checkout.id, version, "a window has been launched");
        apply::publish(app, &checkout.customer, checkout.id, version);
    }
    Ok(answer)
}

async fn launched(
    tx: &WriteTx,
    id: &api_types::CheckoutId,
) -> Result<(checkouts::Checkout, u64), DbError> {
    let checkout = checkouts::find(tx, id).await?;
    let checkout = checkout
        .ok_or_else(|| DbError::Unreadable(format!("a token leads to no checkout {id}")))?;
    let version = customers::touch(tx, &checkout.customer).await?;
    Ok((checkout, version))
}

async fn page(
    app: &App,
    tx: &ReadTx,
    token: &launch_tokens::LaunchToken,
) -> Result<Option<LaunchAnswer>, DbError> {
    let checkout = checkouts::find(tx, &token.checkout).await?;
    if !checkout.is_some_and(|checkout| checkout.status == CheckoutStatus::Open) {
        return Ok(None);
    }
    let attempt = attempts::of_checkout(tx, &token.checkout).await?;
    let Some(attempt) = attempt else {
        return Ok(None);
    };
    let gateway = app.payments().gateway(&attempt.gateway);
    Ok(attempt
        .at_provider
        .zip(gateway)
        .map(|(at, gateway)| LaunchAnswer::Go {
            url: at.url,
            origins: gateway.origins().to_vec(),
        }))
}
