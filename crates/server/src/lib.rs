//! A database to a news desk in the browser: versioned JSON under `/api/v1`, files of the same data, embedded pages.
//!
//! The server reads; only pasted pages are written, and only through the function that its caller passes in.
//! It answers nobody but the hosts it was told of, sends nothing anywhere, and never turns page text into markup.

mod answer;
mod api;
mod app;
mod ask;
mod config;
mod doc;
mod error;
mod export;
mod files;
mod guard;
mod memory;
mod pool;

pub use app::router;
pub use config::{Config, Paste, Read, ReadFn};
pub use error::{Error, ErrorKind};

use std::future::Future;
use tokio::net::TcpListener;

/// Serves until `stop` is done. `ready` is told the address that was bound.
///
/// # Errors
/// The database cannot be opened, the address cannot be bound, or it is open to others and no token was given.
pub async fn serve(
    config: Config,
    ready: impl FnOnce(std::net::SocketAddr),
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), Error> {
    if !config.listen.ip().is_loopback() && config.token.as_deref().is_none_or(|t| t.len() < 16) {
        return Err(Error::new(
            ErrorKind::Config,
            "an address that others can reach needs a token of 16 or more characters",
        ));
    }
    let listener = TcpListener::bind(config.listen)
        .await
        .map_err(|e| Error::new(ErrorKind::Listen, format!("cannot listen on {}: {e}", config.listen)))?;
    let bound = listener.local_addr().map_err(|e| Error::new(ErrorKind::Listen, e.to_string()))?;
    let app = router(Config { listen: bound, ..config })?;
    ready(bound);
    axum::serve(listener, app)
        .with_graceful_shutdown(stop)
        .await
        .map_err(|e| Error::new(ErrorKind::Listen, e.to_string()))
}

/// [`serve`] on a runtime of its own until the program is interrupted (Ctrl C).
///
/// # Errors
/// As [`serve`], or the system gives no threads.
pub fn run(config: Config, ready: impl FnOnce(std::net::SocketAddr)) -> Result<(), Error> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|e| Error::new(ErrorKind::Listen, format!("no threads: {e}")))?;
    // When the signal cannot be heard, the server runs until it is killed.
    let stop = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    runtime.block_on(serve(config, ready, stop))
}
