//! `/calendar/feed`: the customer's feed for other calendars, and the feed itself. The feed is read
//! without a session: whoever knows its address may read it, so the address is shown once only.

use api_types::{
    API_BASE, Change, Changed, CreateFeed, CustomerId, FeedState, FeedUrl, InvoiceFilter,
    InvoiceQuery, InvoiceSummary, NewFeed,
};
use axum::Json;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH, REFERRER_POLICY};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::Type;
use utoipa::openapi::{ObjectBuilder, Required};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::address::Id;
use super::customer::Customer;
use super::error::ApiError;
use super::etag::lists;
use super::json::JsonBody;
use super::peer::Peer;
use crate::app::App;
use crate::db::{DbError, ReadTx, Terms, customers, events, feeds, invoices};
use crate::digest::sha256_hex;
use crate::ics::{self, FeedToken};
use crate::limits::network_of;

/// The most due days in a feed: the earliest ones.
const MOST_DUE_DAYS: u32 = 200;

/// What the customer does with their feed.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(read, create, delete))
}

/// What other calendars read.
pub(super) fn read_by_calendars() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(entries))
}

const NO_STORE: (HeaderName, HeaderValue) = (CACHE_CONTROL, HeaderValue::from_static("no-store"));

/// Whether there is a feed, and when another calendar last read it.
#[utoipa::path(
    get,
    path = "/calendar/feed",
    tag = "feed",
    responses(
        (status = OK, body = FeedState),
        (status = NOT_FOUND, description = "`feature_off`: there are no feeds."),
    )
)]
async fn read(State(app): State<App>, customer: Customer) -> Result<Response, ApiError> {
    is_on(&app)?;
    let id = &customer.id;
    let read = async |tx: &ReadTx| state(tx, id).await;
    let state = app.db().read(read).await?;
    Ok(([NO_STORE], Json(state)).into_response())
}

/// Makes a feed. Its address is told this once; the address of one that there was ends.
#[utoipa::path(
    post,
    path = "/calendar/feed",
    tag = "feed",
    request_body = CreateFeed,
    responses(
        (status = CREATED, body = NewFeed),
        (status = NOT_FOUND, description = "`feature_off`: there are no feeds."),
    )
)]
async fn create(
    State(app): State<App>,
    customer: Customer,
    body: JsonBody<CreateFeed>,
) -> Result<Response, ApiError> {
    is_on(&app)?;
    let (id, now, token) = (&customer.id, app.now(), FeedToken::random());
    let hash = token.hash();
    let due_days = body.value.due_days;
    let (feed, version) = app
        .db()
        .write(async |tx| {
            feeds::put(tx, id, &hash, due_days, now).await?;
            let version = customers::touch(tx, id).await?;
            Ok::<_, DbError>((feeds::of_customer(tx, id).await?, version))
        })
        .await?;
    let feed = feed.ok_or_else(|| anyhow::anyhow!("a feed is gone that was made just now"))?;
    publish_change(&app, id, version);
    let path = format!("{API_BASE}/calendar/feeds/{}", token.file());
    let new = NewFeed {
        url: FeedUrl(app.settings().public_url.join(&path)),
        feed,
        version,
    };
    Ok((StatusCode::CREATED, [NO_STORE], Json(new)).into_response())
}

/// Ends the feed: its address is nobody's from now on.
#[utoipa::path(
    delete,
    path = "/calendar/feed",
    tag = "feed",
    responses(
        (status = OK, body = FeedState),
        (status = NOT_FOUND, description = "`feature_off`: there are no feeds."),
    )
)]
async fn delete(State(app): State<App>, customer: Customer) -> Result<Response, ApiError> {
    is_on(&app)?;
    let id = &customer.id;
    let (was, state) = app
        .db()
        .write(async |tx| {
            let was = feeds::delete(tx, id).await?;
            if was {
                customers::touch(tx, id).await?;
            }
            Ok::<_, DbError>((was, state(tx, id).await?))
        })
        .await?;
    if was {
        publish_change(&app, id, state.version);
    }
    Ok(([NO_STORE], Json(state)).into_response())
}

/// The feed as iCalendar (RFC 5545), by the secret in its address: no session, and no word
/// about why there is none.
#[utoipa::path(
    get,
    path = "/calendar/feeds/{file}",
    tag = "feeds",
    params(FeedFile),
    responses(
        (status = OK, body = String, content_type = "text/calendar"),
        (status = NOT_MODIFIED, description = "The caller has it already."),
        (status = NOT_FOUND, description = "`feature_off`: there are no feeds."),
    )
)]
async fn entries(
    State(app): State<App>,
    Peer(address): Peer,
    headers: HeaderMap,
    Id(file): Id<String>,
) -> Result<Response, ApiError> {
    is_on(&app)?;
    let (limit, network, terms) = (&app.limits().feeds, network_of(address), app.terms());
    let hash = FeedToken::of_file(&file).map(|token| token.hash());
    let allowed = limit.check(network, hash.as_deref(), terms.now);
    allowed.map_err(ApiError::from)?;
    let hash = hash.ok_or(ApiError::NotFound)?;
    let read = async |tx: &ReadTx| {
        let Some((customer, feed)) = feeds::by_hash(tx, &hash).await? else {
            return Ok(None);
        };
        let entries = events::entries(tx, &customer, &terms).await?;
        let due = match feed.due_days {
            true => due(tx, &customer, &terms).await?,
            false => Vec::new(),
        };
        Ok::<_, DbError>(Some((feed, entries, due)))
    };
    let found = app.db().read(read).await?;
    let Some((feed, entries, due)) = found else {
        limit.record_missing(network, &hash);
        return Err(ApiError::NotFound);
    };
    limit.record_success(network, &hash, terms.now);
    if feeds::is_to_be_noted(&feed, terms.now) {
        let note = async |tx: &_| feeds::note_read(tx, &hash, terms.now).await;
        app.db().write(note).await?;
    }
    let text = ics::Writer::of(&app).feed(&entries, &due)?;
    Ok(answer(text, headers.get(IF_NONE_MATCH)))
}

/// The name that a feed has in its address.
struct FeedFile;

impl utoipa::IntoParams for FeedFile {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let name = ObjectBuilder::new()
            .schema_type(Type::String)
            .pattern(Some(FeedToken::file_pattern()));
        let file = ParameterBuilder::new()
            .name("file")
            .parameter_in(ParameterIn::Path)
            .required(Required::True)
            .description(Some("The feed's secret, and `.ics`."))
            .schema(Some(name))
            .build();
        vec![file]
    }
}

fn answer(text: String, known: Option<&HeaderValue>) -> Response {
    let tag = format!("\"{}\"", sha256_hex(&text));
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(ics::CONTENT_TYPE));
    // Only the calendar that asked may keep it, and it asks again each time.
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    if let Ok(value) = HeaderValue::from_str(&tag) {
        headers.insert(ETAG, value);
    }
    if known.is_some_and(|known| lists(known, &tag)) {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    (headers, text).into_response()
}

/// The invoices that something remains of, the first due first.
async fn due(
    tx: &ReadTx,
    customer: &CustomerId,
    terms: &Terms,
) -> Result<Vec<InvoiceSummary>, DbError> {
    let query = InvoiceQuery {
        state: Some(InvoiceFilter::Outstanding),
        limit: Some(MOST_DUE_DAYS),
        ..InvoiceQuery::default()
    };
    Ok(invoices::list(tx, customer, &query, terms).await?.data)
}

async fn state(tx: &ReadTx, customer: &CustomerId) -> Result<FeedState, DbError> {
    Ok(FeedState {
        feed: feeds::of_customer(tx, customer).await?,
        version: customers::version(tx, customer).await?,
    })
}

fn is_on(app: &App) -> Result<(), ApiError> {
    match app.settings().features().feed {
        true => Ok(()),
        false => Err(ApiError::FeatureOff),
    }
}

fn publish_change(app: &App, customer: &CustomerId, version: u64) {
    let change = Change {
        changed: Changed::Account,
        checkout: None,
        version,
    };
    app.publish(customer, change);
}
