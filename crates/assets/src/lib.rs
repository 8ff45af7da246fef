//! Pinned registry data, embedded at build time: model weights and the gazetteer.
