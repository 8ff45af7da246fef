//! Paths to handlers, with the limits and guards that stand before all of them.

use crate::answer::{Answer, plain, tagged};
use crate::config::{Config, ReadFn};
use crate::error::{Error, ErrorKind};
use crate::memory::{Memory, remembered};
use crate::pool::Pool;
use crate::{api, doc, files, guard};
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State as Held};
use axum::http::{StatusCode, Uri};
use axum::middleware;
use axum::response::IntoResponse;
use axum::routing::{get, post};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tower::limit::GlobalConcurrencyLimitLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;

/// Largest pasted page, in bytes.
const BODY: usize = 8 << 20;
/// Longest time for one answer.
const PATIENCE: Duration = Duration::from_secs(30);
/// Requests at the same time.
const REQUESTS: usize = 64;

/// What handlers share.
pub(crate) struct Shared {
    pub db: PathBuf,
    pub pool: Pool,
    pub memory: Memory,
    pub listen: SocketAddr,
    pub hosts: Vec<String>,
    pub token: Option<String>,
    pub csrf: String,
    pub allow_add: bool,
    pub read: Option<ReadFn>,
    pub version: String,
}

/// A shared [`Shared`].
pub(crate) type State = Arc<Shared>;

/// The whole server as one service, for [`crate::serve`] and for tests.
///
/// # Errors
/// The database cannot be opened, or the system gives no random bytes.
pub fn router(config: Config) -> Result<Router, Error> {
    let mut secret = [0u8; 24];
    getrandom::fill(&mut secret)
        .map_err(|e| Error::new(ErrorKind::Config, format!("no random bytes: {e}")))?;
    let state: State = Arc::new(Shared {
        db: config.db.clone(),
        memory: Memory::open(&config.db)?,
        pool: Pool::open(config.db)?,
        listen: config.listen,
        hosts: config.hosts,
        token: config.token,
        csrf: secret.iter().map(|b| format!("{b:02x}")).collect(),
        allow_add: config.allow_add,
        read: config.read,
        version: config.version,
    });
    let api = Router::new()
        .route("/front", get(api::front::front))
        .route("/events", get(api::events::events))
        .route("/events/{id}", get(api::events::event))
        .route("/facets", get(api::events::facets))
        .route("/timeline", get(api::series::timeline))
        .route("/dyad", get(api::series::dyad))
        .route("/pairs", get(api::series::pairs))
        .route("/network", get(api::graph::network))
        .route("/map", get(api::graph::map))
        .route("/articles/{id}", get(api::one::article))
        .route("/stories", get(api::one::stories))
        .route("/stories/{id}", get(api::one::story))
        .route("/stories/{id}/merge", post(api::decide::merge))
        .route("/stories/{id}/split", post(api::decide::split))
        .route("/decisions/{n}/undo", post(api::decide::undo))
        .route("/actors/{*id}", get(api::one::actor))
        .route("/search", get(api::events::search))
        .route("/status", get(api::status))
        .route("/read", post(api::paste::read))
        .route("/openapi.json", get(doc::openapi))
        .route("/{file}", get(api::file))
        .fallback(|| async { Error::new(ErrorKind::Missing, "no such answer").into_response() })
        .layer(middleware::from_fn_with_state(Arc::clone(&state), remembered));
    Ok(Router::new()
        .nest("/api/v1", api)
        .route("/static/{*path}", get(files::file))
        .route("/favicon.ico", get(|| async { plain(StatusCode::NO_CONTENT, "image/x-icon", Vec::new()) }))
        .fallback(page)
        .layer(DefaultBodyLimit::max(BODY))
        .layer(TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, PATIENCE))
        .layer(CompressionLayer::new().gzip(true))
        .layer(GlobalConcurrencyLimitLayer::new(REQUESTS))
        .layer(middleware::from_fn_with_state(Arc::clone(&state), guard::guard))
        .with_state(state))
}

/// The one page of the desk, for every view; a view with a file ending leads to the same data in that form.
async fn page(Held(state): Held<State>, uri: Uri, request: Request) -> Answer {
    let path = uri.path().trim_start_matches('/');
    if let Some((view, kind)) = path.rsplit_once('.') {
        let known = api::FILES.contains(&kind) && !view.contains('/');
        if known {
            let query = uri.query().map(|q| format!("?{q}")).unwrap_or_default();
            let to = if kind == "json" {
                format!("/api/v1/{view}{query}")
            } else {
                format!("/api/v1/{path}{query}")
            };
            return axum::response::Redirect::temporary(&to).into_response();
        }
    }
    let known = path.is_empty()
        || ["events", "timeline", "dyad", "network", "map", "paste"].contains(&path)
        || ["article/", "story/", "actor/"].iter().any(|p| path.starts_with(p));
    let view = path.split('/').next().filter(|v| !v.is_empty()).unwrap_or("front");
    let html = files::index(&state.csrf, view).into_bytes();
    let mut out = tagged(request.headers(), "text/html; charset=utf-8", html);
    if !known {
        *out.status_mut() = StatusCode::NOT_FOUND;
    }
    out
}
