//! HTTP API and web desk over a store.
